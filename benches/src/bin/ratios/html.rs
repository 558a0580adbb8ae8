//! HTML in messages.

use std::hint::black_box;
use std::time::{Duration, Instant};

use ammonia::Builder;
use matrix_benches::html;
use matrix_benches::table::{Table, timed};
use ruma_html::{HtmlSanitizerMode, RemoveReplyFallback, sanitize_html};

const MIXED: usize = 2_000;
const PLAIN: usize = 623;

pub(crate) fn rows(table: &mut Table) {
    let (mixed, plain) = (html::mixed(7, MIXED), html::plain(8, PLAIN));
    let bytes: usize = mixed.iter().map(String::len).sum();
    let mixed_name = format!("sanitise {MIXED} mixed messages of {} bytes", bytes / MIXED);
    let plain_name = format!("sanitise {PLAIN} plain messages");
    let ammonia = ammonia();
    for (name, messages) in [(mixed_name, &mixed), (plain_name, &plain)] {
        table.row(&format!("{name}, beside ruma-html"), || each(messages, ours), || each(messages, peers));
        let clean = |html: &str| ammonia.clean(html).to_string().len();
        table.row(&format!("{name}, beside ammonia"), || each(messages, ours), || each(messages, clean));
    }
    let deep = |count: usize| format!("{}x{}", "<div>".repeat(count), "</div>".repeat(count));
    let (short, long) = (deep(2_000), deep(20_000));
    table.row(
        "sanitise elements 20000 deep, beside ten times 2000 deep",
        || timed(|| ours(black_box(&long))),
        || timed(|| (0..10).map(|_| ours(black_box(&short))).sum::<usize>()),
    );
    table.row(
        "sanitise elements 20000 deep, beside ammonia",
        || timed(|| ours(black_box(&long))),
        || timed(|| ammonia.clean(black_box(&long)).to_string()),
    );
}

/// The mean time of a message.
fn each(messages: &[String], work: impl Fn(&str) -> usize) -> Duration {
    let start = Instant::now();
    let length: usize = messages.iter().map(|message| work(black_box(message))).sum();
    let time = start.elapsed();
    assert!(black_box(length) > 0);
    time / messages.len() as u32
}

fn ours(html: &str) -> usize {
    matrix_html::sanitize(html).len()
}

fn peers(html: &str) -> usize {
    sanitize_html(html, HtmlSanitizerMode::Compat, RemoveReplyFallback::Yes).len()
}

/// The list of the specification, as far as ammonia can be told of it.
fn ammonia() -> Builder<'static> {
    let tags = "del h1 h2 h3 h4 h5 h6 blockquote p a ul ol sup sub li b i u strong em s code hr br div table thead tbody \
                tr th td caption pre span img details summary";
    let mut builder = Builder::empty();
    builder
        .tags(tags.split_whitespace().collect())
        .clean_content_tags(["script", "style", "mx-reply"].into())
        .tag_attributes(
            [
                ("span", ["data-mx-bg-color", "data-mx-color", "data-mx-spoiler", "data-mx-maths"].into()),
                ("a", ["target", "href"].into()),
                ("img", ["width", "height", "alt", "title", "src"].into()),
                ("ol", ["start"].into()),
                ("code", ["class"].into()),
                ("div", ["data-mx-maths"].into()),
            ]
            .into(),
        )
        .url_schemes(["https", "http", "ftp", "mailto", "magnet", "mxc"].into());
    builder
}
