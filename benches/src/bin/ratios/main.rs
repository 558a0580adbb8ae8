//! Measures each pair of works with a plain timer, one after the other in turn, and prints a Markdown table of the
//! medians and their ratio.
//!
//! An argument selects the rows whose name contains it. The whole table is written into `RATIOS.md`.

mod content;
mod contents;
mod events;
mod html;
mod names;
mod push;
mod rooms;
mod ssss;
mod verification;

use matrix_benches::table::Table;

fn main() {
    let mut table = Table::new(std::env::args().nth(1).unwrap_or_default());
    content::rows(&mut table);
    contents::rows(&mut table);
    events::rows(&mut table);
    html::rows(&mut table);
    names::rows(&mut table);
    push::rows(&mut table);
    rooms::rows(&mut table);
    ssss::rows(&mut table);
    verification::rows(&mut table);
    table.finish();
}
