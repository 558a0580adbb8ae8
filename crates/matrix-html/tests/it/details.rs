//! MSC2184.

use matrix_html::{Clean, Details, Sanitizer};

use crate::checker::sanitized;

fn parts(html: &str) -> Vec<(String, String)> {
    let clean = Sanitizer::new().clean(html);
    clean.details().iter().map(|it| (it.summary().to_string(), it.content().to_string())).collect()
}

#[test]
fn msc2184_details_and_summary_are_permitted_without_attributes() {
    assert_eq!(
        sanitized("<details open name=x><summary class=y>s</summary><p>c</p></details>"),
        "<details><summary>s</summary><p>c</p></details>"
    );
}

#[test]
fn msc2184_the_summary_is_told_from_the_content() {
    let pair = |summary: &str, content: &str| (summary.to_owned(), content.to_owned());
    assert_eq!(
        parts("<details><summary>a <b>b</b></summary>c<p>d</p></details>"),
        [pair("a <b>b</b>", "c<p>d</p>")]
    );
    assert_eq!(
        parts("<details>c</details>x<details><summary>s</summary></details>"),
        [pair("", "c"), pair("s", "")]
    );
    assert_eq!(
        parts(
            "<details>a<div><summary>no</summary></div><summary>yes</summary>b<summary>no</summary></details>"
        ),
        [pair("yes", "a<div><summary>no</summary></div>b<summary>no</summary>")]
    );
    assert_eq!(
        parts("<details><summary>o</summary><details><summary>i</summary>x</details></details>"),
        [pair("o", "<details><summary>i</summary>x</details>")]
    );
}

#[test]
fn msc2184_what_is_built_is_found_again() {
    let details = Details::new(Clean::from_text("<s>"), Sanitizer::new().clean("<p>c</p>"));
    let html = details.to_html();
    assert_eq!(html.as_str(), "<details><summary>&lt;s&gt;</summary><p>c</p></details>");
    assert_eq!(html.details(), [details]);
}
