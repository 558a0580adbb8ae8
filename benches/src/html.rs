//! Messages in HTML, generated from a seed: what clients send, in about the proportions in which they do.

use crate::rng::Rng;

const WORDS: [&str; 24] = [
    "the",
    "a",
    "server",
    "room",
    "Alice",
    "is",
    "was",
    "not",
    "event",
    "state",
    "it's",
    "rebuild",
    "tomorrow",
    "1.2",
    "über",
    "日本",
    "ok",
    "why",
    "which",
    "database",
    "signature",
    "later",
    "🎉",
    "sync",
];

/// Plain text, as it stands in a `formatted_body`: nothing to escape in it.
pub fn plain(seed: u64, count: usize) -> Vec<String> {
    let mut rng = Rng::new(seed);
    (0..count).map(|_| words(&mut rng, 4, 40)).collect()
}

/// A mix: a quarter plain text, a half what Markdown becomes, and the rest replies, spoilers, rainbows, tables, and HTML
/// that people and bots wrote by hand.
pub fn mixed(seed: u64, count: usize) -> Vec<String> {
    let mut rng = Rng::new(seed);
    (0..count).map(|_| message(&mut rng)).collect()
}

fn message(rng: &mut Rng) -> String {
    match rng.below(100) {
        0..25 => words(rng, 4, 40),
        25..45 => inline(rng),
        45..60 => paragraphs(rng),
        60..68 => mention(rng),
        68..75 => list(rng),
        75..81 => format!(
            "<pre><code class=\"language-rust\">fn {}() {{\n    {}(&amp;x);\n}}\n</code></pre>\n",
            rng.pick(&WORDS),
            rng.pick(&WORDS)
        ),
        81..87 => reply(rng),
        87..89 => rainbow(rng),
        89..91 => format!("{} <span data-mx-spoiler=\"end\">{}</span>", words(rng, 2, 6), words(rng, 2, 9)),
        91..93 => table(rng),
        _ => by_hand(rng),
    }
}

fn words(rng: &mut Rng, low: usize, high: usize) -> String {
    let count = rng.between(low, high);
    (0..count).map(|_| *rng.pick(&WORDS)).collect::<Vec<_>>().join(" ")
}

fn inline(rng: &mut Rng) -> String {
    let (before, within, after) = (words(rng, 2, 12), words(rng, 1, 4), words(rng, 2, 12));
    match rng.below(6) {
        0 => format!("{before} <strong>{within}</strong> {after}"),
        1 => format!("{before} <em>{within}</em> {after}"),
        2 => format!("{before} <code>{within}</code> {after}"),
        3 => format!("{before} <del>{within}</del> {after} &amp; {within}"),
        4 => format!("{before}<br>{within}<br />{after}"),
        _ => format!(
            "{before} <a href=\"https://example.org/{within}?a=1&amp;b=2\">{within}</a> {after} &gt; 3"
        ),
    }
}

fn paragraphs(rng: &mut Rng) -> String {
    let count = rng.between(1, 5);
    (0..count).map(|_| format!("<p>{}</p>\n", inline(rng))).collect()
}

fn mention(rng: &mut Rng) -> String {
    let name = rng.pick(&WORDS);
    format!("<a href=\"https://matrix.to/#/@{name}:example.org\">{name}</a>: {}", words(rng, 3, 20))
}

fn list(rng: &mut Rng) -> String {
    let count = rng.between(2, 7);
    let items: String = (0..count).map(|_| format!("<li>{}</li>\n", inline(rng))).collect();
    format!("<p>{}</p>\n<ul>\n{items}</ul>\n", words(rng, 2, 8))
}

fn reply(rng: &mut Rng) -> String {
    format!(
        "<mx-reply><blockquote><a href=\"https://matrix.to/#/!room:example.org/$event\">In reply to</a> \
         <a href=\"https://matrix.to/#/@alice:example.org\">@alice:example.org</a><br>{}</blockquote></mx-reply>{}",
        words(rng, 4, 20),
        inline(rng)
    )
}

fn rainbow(rng: &mut Rng) -> String {
    let letters = words(rng, 3, 8);
    letters
        .chars()
        .map(|letter| format!("<font color=\"#{:06x}\">{letter}</font>", rng.below(1 << 24)))
        .collect()
}

fn table(rng: &mut Rng) -> String {
    let rows = rng.between(2, 5);
    let body: String = (0..rows)
        .map(|_| format!("<tr>\n<td>{}</td>\n<td>{}</td>\n</tr>\n", words(rng, 1, 4), words(rng, 1, 4)))
        .collect();
    format!(
        "<table>\n<thead>\n<tr>\n<th>a</th>\n<th>b</th>\n</tr>\n</thead>\n<tbody>\n{body}</tbody>\n</table>\n"
    )
}

fn by_hand(rng: &mut Rng) -> String {
    let (a, b) = (words(rng, 3, 12), words(rng, 3, 12));
    match rng.below(7) {
        0 => format!("<p>{a}<p>{b}"),
        1 => format!("<B>{a}</B><BR>{b}"),
        2 => format!("<section class=\"x\"><h2 id=\"y\">{a}</h2>{b}</section>"),
        3 => format!("<b><i>{a}</b>{b}</i>"),
        4 => {
            format!("<a class=\"z\" href=\"javascript:alert(1)\" onclick=\"x()\">{a}</a><script>{b}</script>")
        }
        5 => format!("<table><tr><td>{a}<td>{b}</table>"),
        _ => format!("<ul><li>{a}<li>{b}</ul><img src=\"https://example.org/x.png\">"),
    }
}
