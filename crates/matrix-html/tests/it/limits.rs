//! Depth, size, and what misnesting multiplies.

use std::{
    borrow::Cow,
    time::{Duration, Instant},
};

use matrix_html::{MAX_DEPTH, from_plain_text_with_links, sanitize};

use crate::checker::{complaints, sanitized};

#[test]
fn a_hundred_levels_stay_and_the_next_gives_way_to_its_content() {
    let nested = |depth: usize| format!("{}x{}", "<div>".repeat(depth), "</div>".repeat(depth));
    assert_eq!(sanitized(&nested(MAX_DEPTH)), nested(100));
    assert_eq!(sanitized(&nested(101)), nested(100));
    assert_eq!(sanitized(&nested(5_000)), nested(100));
    let void = |depth: usize| format!("{}<br>{}", "<div>".repeat(depth), "</div>".repeat(depth));
    assert_eq!(sanitized(&void(99)), void(99));
    assert_eq!(sanitized(&void(100)), nested(100).replace('x', ""));
}

#[test]
fn elements_off_the_list_do_not_count() {
    let html = format!("{}<b>x</b>{}", "<section>".repeat(150), "</section>".repeat(150));
    assert_eq!(sanitized(&html), "<b>x</b>");
}

#[test]
fn text_beyond_the_limit_is_kept_where_it_can_stand() {
    let html = format!("{}<i>x</i><p>y</p>{}z", "<div>".repeat(300), "</div>".repeat(300));
    let clean = sanitized(&html);
    assert!(clean.contains("xy") && clean.ends_with("</div>z"), "{clean}");
    let table = format!("{}<table><tr><td>x</td></tr></table>", "<div>".repeat(98));
    sanitized(&table);
}

#[test]
fn nothing_overflows_the_stack() {
    let inputs =
        ["<div>", "<b>", "<table><tr><td>", "<svg>", "<ul><li>", "<a><table>", "<template>", "<section>"];
    let run = move || {
        for tag in inputs {
            sanitized(&tag.repeat(20_000));
        }
    };
    std::thread::Builder::new().stack_size(128 * 1024).spawn(run).unwrap().join().unwrap();
}

/// How long it takes to sanitise one input, and ten of a tenth of its length: equally long, also while other work goes on.
fn whole_and_tenths(input: impl Fn(usize) -> String, count: usize) -> (Duration, Duration) {
    whole_and_tenths_of(|html| _ = std::hint::black_box(sanitize(html)), input, count)
}

fn whole_and_tenths_of(
    work: impl Fn(&str),
    input: impl Fn(usize) -> String,
    count: usize,
) -> (Duration, Duration) {
    let (whole, tenth) = (input(count), input(count / 10));
    let time = |text: &str, times: usize| {
        let start = Instant::now();
        (0..times).for_each(|_| work(text));
        start.elapsed()
    };
    let least = |html: &str, times: usize| (0..2).map(|_| time(html, times)).min().unwrap();
    (least(&whole, 1), least(&tenth, 10))
}

#[test]
fn time_is_linear_in_the_depth() {
    for tag in ["<div>", "<b>", "<span data-mx-spoiler>", "<section>", "<blockquote>", "<i><p>"] {
        let input = |count: usize| format!("{}x{}", tag.repeat(count), "</div>".repeat(count));
        let (whole, tenths) = whole_and_tenths(input, 20_000);
        assert!(whole < tenths * 5, "{tag}: {whole:?} and {tenths:?}");
    }
}

#[test]
fn time_is_linear_in_the_number_of_attributes() {
    let input = |count: usize| {
        let attributes: String = (0..count).map(|number| format!(" a{number}")).collect();
        format!("<b{attributes}>x</b>")
    };
    let (whole, tenths) = whole_and_tenths(input, 60_000);
    assert!(whole < tenths * 5, "{whole:?} and {tenths:?}");
}

#[test]
fn time_is_linear_in_what_could_be_links() {
    let make = |text: &str| _ = std::hint::black_box(from_plain_text_with_links(text));
    for (start, part) in
        [("https://a/", ")"), ("https://a/", ".)]"), ("", "http:///"), ("", "http://a"), ("", "://")]
    {
        let input = |count: usize| format!("{start}{}", part.repeat(count));
        let (whole, tenths) = whole_and_tenths_of(make, input, 30_000);
        assert!(whole < tenths * 5, "{part}: {whole:?} and {tenths:?}");
    }
}

#[test]
fn a_tag_with_thousands_of_attributes_is_as_if_the_text_ended_in_it() {
    let tag = |count: usize| {
        let attributes: String = (0..count).map(|number| format!(" a{number}")).collect();
        format!("a<b{attributes}>x</b>y")
    };
    assert_eq!(sanitized(&tag(500)), "a<b>x</b>y");
    assert_eq!(sanitized(&tag(10_000)), "a");
}

#[test]
fn long_text_and_long_values_stay() {
    let text = format!("<i>{}</i><!--{}-->{}", "é ".repeat(30_000), "c".repeat(8_000), "x".repeat(40_000));
    assert_eq!(sanitized(&text), format!("<i>{}</i>{}", "é ".repeat(30_000), "x".repeat(40_000)));
    let value = format!("<img alt=\"{}\"><b>x", "&".repeat(30_000));
    assert_eq!(sanitized(&value), format!("<img alt=\"{}\"><b>x</b>", "&amp;".repeat(30_000)));
}

#[test]
fn misnesting_does_not_multiply_what_is_written() {
    let mut codes = String::new();
    for number in 0..200 {
        codes += &format!("<code class=\"language-{number}\">");
    }
    for html in [
        format!("{codes}{}", "</p><p>x".repeat(5_000)),
        format!("{codes}{}", "<div>x</code></div>".repeat(2_000)),
        format!("<code class=\"language-{}\">{}", "x".repeat(20_000), "<p>x".repeat(5_000)),
        "<b><i><u><s><em><p>".repeat(3_000),
        "<a><b><i><p></a>".repeat(3_000),
    ] {
        let clean = sanitize(&html);
        assert_eq!(complaints(&clean), [""; 0]);
        assert!(matches!(sanitize(&clean), Cow::Borrowed(_)));
        assert!(clean.len() < 20 * html.len(), "{} bytes become {}", html.len(), clean.len());
    }
}
