//! Measures each pair of works with a plain timer, one after the other in turn, and prints a Markdown table of the
//! medians and their ratio.
//!
//! An argument selects the rows whose name contains it.

mod events;
mod names;
mod rooms;
mod ssss;

use matrix_benches::table::Table;

fn main() {
    let mut table = Table::new(std::env::args().nth(1).unwrap_or_default());
    events::rows(&mut table);
    names::rows(&mut table);
    rooms::rows(&mut table);
    ssss::rows(&mut table);
}
