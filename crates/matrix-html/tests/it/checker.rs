//! What the specification permits, written down once more, and a check of HTML against it that shares no code with
//! the crate: the tokens are html5ever's.

use std::cell::RefCell;

use html5ever::{
    buffer_queue::BufferQueue,
    tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts},
};

const TAGS: &str = "del h1 h2 h3 h4 h5 h6 blockquote p a ul ol sup sub li b i u strong em s code hr br div table \
                    thead tbody tr th td caption pre span img details summary";

const ATTRIBUTES: [(&str, &str); 6] = [
    ("span", "data-mx-bg-color data-mx-color data-mx-spoiler data-mx-maths"),
    ("a", "target href"),
    ("img", "width height alt title src"),
    ("ol", "start"),
    ("code", "class"),
    ("div", "data-mx-maths"),
];

#[derive(Default)]
struct Checker {
    open: RefCell<Vec<String>>,
    complaints: RefCell<Vec<String>>,
}

/// Lists what is wrong with sanitised HTML.
pub(crate) fn complaints(html: &str) -> Vec<String> {
    let options = TokenizerOpts { exact_errors: true, discard_bom: false, ..TokenizerOpts::default() };
    let tokenizer = Tokenizer::new(Checker::default(), options);
    let input = BufferQueue::default();
    input.push_back(html.into());
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    let mut complaints = tokenizer.sink.complaints.take();
    complaints.extend(tokenizer.sink.open.take().iter().map(|tag| format!("{tag} is not closed")));
    complaints
}

impl Checker {
    fn complain(&self, complaint: impl Into<String>) {
        self.complaints.borrow_mut().push(complaint.into());
    }

    fn start(&self, tag: &Tag) {
        let name = &*tag.name;
        if !TAGS.split_whitespace().any(|known| known == name) {
            self.complain(format!("<{name}> is not on the list"));
        }
        if tag.had_duplicate_attributes {
            self.complain(format!("<{name}> has an attribute twice"));
        }
        let known = ATTRIBUTES.iter().find(|(known, _)| *known == name).map_or("", |(_, known)| *known);
        for attribute in &tag.attrs {
            let (attribute, value) = (&*attribute.name.local, &*attribute.value);
            if !known.split_whitespace().any(|known| known == attribute) || !is_good(attribute, value) {
                self.complain(format!("<{name} {attribute}={value:?}>"));
            }
        }
        if !matches!(name, "br" | "hr" | "img") {
            self.open.borrow_mut().push(name.to_owned());
            if self.open.borrow().len() > 100 {
                self.complain("deeper than 100");
            }
        }
    }
}

impl TokenSink for Checker {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => self.start(&tag),
            Token::TagToken(tag) => {
                if self.open.borrow_mut().pop().as_deref() != Some(&*tag.name) {
                    self.complain(format!("</{}> closes nothing", tag.name));
                }
            }
            Token::CharacterTokens(_) | Token::EOFToken => {}
            // As the tokenizer reports them, these are remarks and not errors.
            Token::ParseError(error) if error.contains("Bad character") => {}
            other => self.complain(format!("{other:?}")),
        }
        TokenSinkResult::Continue
    }
}

fn is_good(attribute: &str, value: &str) -> bool {
    let is_number = |value: &str| !value.is_empty() && value.bytes().all(|digit| digit.is_ascii_digit());
    match attribute {
        "href" => ["https://", "http://", "ftp://", "mailto:", "magnet:"]
            .iter()
            .any(|scheme| value.to_ascii_lowercase().starts_with(scheme)),
        "src" => value.to_ascii_lowercase().starts_with("mxc://") && !value.contains(['?', '#', ' ']),
        "class" => value.split(' ').all(|class| class.starts_with("language-")),
        "data-mx-color" | "data-mx-bg-color" => value
            .strip_prefix('#')
            .is_some_and(|digits| digits.len() == 6 && digits.bytes().all(|digit| digit.is_ascii_hexdigit())),
        "start" => is_number(value.strip_prefix('-').unwrap_or(value)),
        "width" | "height" => is_number(value),
        _ => true,
    }
}

/// Asserts that HTML comes out fit to be shown, the same each time, and the same with and without a tree; returns
/// what comes out.
#[track_caller]
pub(crate) fn sanitized(html: &str) -> String {
    let clean = matrix_html::sanitize(html);
    let complaints = complaints(&clean);
    assert!(complaints.is_empty(), "{html:?} → {clean:?}: {complaints:?}");
    let again = matrix_html::sanitize(&clean);
    assert!(matches!(again, std::borrow::Cow::Borrowed(_)), "{html:?} → {clean:?} → {again:?}");
    assert_eq!(by_tree(&clean), clean, "{html:?} is read differently the next time");
    assert_eq!(by_tree(html), clean, "{html:?} depends on the way");
    clean.into_owned()
}

/// Sanitises with a comment in front, which only the parser knows what to do with.
pub(crate) fn by_tree(html: &str) -> String {
    matrix_html::sanitize(&format!("<!---->{html}")).into_owned()
}
