//! The way without a tree: HTML that is well nested is checked as it stands, and where little is to be changed,
//! copied with the change.

use std::borrow::Cow;

use smallvec::SmallVec;

use crate::{
    Attribute, Tag, escape,
    nesting::Nesting,
    sanitizer::Sanitizer,
    write::{Quote, is_white_space, push_end_tag, push_start_tag},
};

/// Sanitises HTML that a parser would read just as it stands; `None` where it takes a parser to tell.
pub(crate) fn rewrite(html: &str, sanitizer: Sanitizer) -> Option<Cow<'_, str>> {
    if memchr::memchr2(b'\r', b'\0', html.as_bytes()).is_some() {
        return None;
    }
    let mut rewriter =
        Rewriter { html, at: 0, out: String::new(), copied: 0, nesting: Nesting::new(), sanitizer };
    while rewriter.at < html.len() {
        rewriter.step()?;
    }
    if !rewriter.nesting.is_empty() {
        return None;
    }
    if rewriter.copied == 0 {
        return Some(Cow::Borrowed(html));
    }
    rewriter.out.push_str(html.get(rewriter.copied..)?);
    Some(Cow::Owned(rewriter.out))
}

struct Rewriter<'a> {
    html: &'a str,
    at: usize,
    out: String,
    /// What stands before this is in `out`.
    copied: usize,
    nesting: Nesting,
    sanitizer: Sanitizer,
}

/// An attribute that stays: its value as it stands between quotes.
type Kept<'a> = SmallVec<[(Attribute, Cow<'a, str>); 5]>;

/// The names of attributes that a start tag had so far.
type Names<'a> = SmallVec<[&'a str; MAX_NAMES]>;

/// How many attributes a start tag may have here; each is compared with those before it.
const MAX_NAMES: usize = 8;

/// A start tag as it was read.
struct StartTag<'a> {
    attributes: Kept<'a>,
    /// It is written as it stands.
    is_clean: bool,
    end: usize,
}

impl<'a> Rewriter<'a> {
    fn step(&mut self) -> Option<()> {
        let rest = self.html.get(self.at..)?;
        let length = memchr::memchr3(b'<', b'&', b'>', rest.as_bytes()).unwrap_or(rest.len());
        let (text, from) = rest.split_at_checked(length)?;
        if length > 0 && !self.nesting.admits_words() && !is_white_space(text) {
            return None;
        }
        self.at += length;
        match from.as_bytes() {
            [] => Some(()),
            [b'>', ..] => self.word(1, Some("&gt;")),
            [b'&', ..] => self.reference(from),
            [b'<', b'/', ..] => self.end_tag(from),
            [b'<', b'a'..=b'z', ..] => self.start_tag(from),
            [b'<', b'!' | b'?' | b'A'..=b'Z', ..] => None,
            // No tag begins with anything else.
            _ => self.word(1, Some("&lt;")),
        }
    }

    /// Goes on over text other than white space, with something else in its place if need be.
    fn word(&mut self, length: usize, replacement: Option<&str>) -> Option<()> {
        if !self.nesting.admits_words() {
            return None;
        }
        if let Some(replacement) = replacement {
            self.replace(self.at + length)?.push_str(replacement);
        }
        self.at += length;
        Some(())
    }

    /// Takes out what stands from here to `end`; what is to stand there instead goes into the output.
    fn replace(&mut self, end: usize) -> Option<&mut String> {
        if self.copied == 0 {
            self.out.reserve(self.html.len() + self.html.len() / 8 + 32);
        }
        self.out.push_str(self.html.get(self.copied..self.at)?);
        self.copied = end;
        Some(&mut self.out)
    }

    fn reference(&mut self, from: &str) -> Option<()> {
        const OTHERS: [(&str, &str); 6] = [
            ("&quot;", "\""),
            ("&#39;", "'"),
            ("&#x27;", "'"),
            ("&apos;", "'"),
            ("&#34;", "\""),
            ("&nbsp;", "\u{a0}"),
        ];
        if let Some((found, replacement)) = OTHERS.iter().find(|(other, _)| from.starts_with(other)) {
            return self.word(found.len(), Some(replacement));
        }
        if let Some((found, _)) = escape::reference(from) {
            return self.word(found.len(), None);
        }
        match from.as_bytes().get(1) {
            Some(b'#' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z') => None,
            _ => self.word(1, Some("&amp;")),
        }
    }

    fn end_tag(&mut self, from: &str) -> Option<()> {
        let (name, _) = from.strip_prefix("</")?.split_once('>')?;
        let tag = Tag::from_name(name).filter(|tag| self.nesting.innermost() == Some(*tag))?;
        let end = self.at + name.len() + "</>".len();
        let written = self.sanitizer.list().replace(tag);
        if written != tag {
            push_end_tag(self.replace(end)?, written);
        }
        self.nesting.pop();
        self.at = end;
        Some(())
    }

    fn start_tag(&mut self, from: &'a str) -> Option<()> {
        let length = from.bytes().skip(1).take_while(|unit| is_name(*unit)).count();
        let tag = Tag::from_name(from.get(1..=length)?).filter(|tag| self.nesting.admits(*tag))?;
        let written = self.sanitizer.list().replace(tag);
        let read = self.attributes(tag, from, length + 1)?;
        let end = self.at + read.end;
        if !read.is_clean || written != tag {
            let (attributes, sanitizer) = (read.attributes, self.sanitizer);
            let attributes = attributes.iter().map(|(attribute, value)| (*attribute, &**value));
            push_start_tag(self.replace(end)?, written, attributes, Quote::Markup, sanitizer);
        }
        self.at = end;
        if !tag.is_void() {
            self.nesting.push(tag);
        }
        if tag == Tag::Pre {
            self.line_feed_after_pre()?;
        }
        Some(())
    }

    /// A parser drops one line feed here, so one that is to stay is written twice.
    fn line_feed_after_pre(&mut self) -> Option<()> {
        let rest = self.html.get(self.at..)?;
        if rest.starts_with("\n\n") {
            self.at += 2;
        } else if rest.starts_with('\n') {
            self.replace(self.at + 1)?;
            self.at += 1;
        }
        Some(())
    }

    /// Reads the attributes of a start tag and its end. `from` is the tag, `at` where its name ends.
    fn attributes(&self, tag: Tag, from: &'a str, mut at: usize) -> Option<StartTag<'a>> {
        let (mut attributes, mut names, mut is_clean) = (Kept::new(), Names::new(), true);
        let mut has_noopener = !(tag == Tag::A && self.sanitizer.adds_noopener());
        loop {
            let bytes = from.as_bytes();
            let spaces = bytes.get(at..)?.iter().take_while(|unit| unit.is_ascii_whitespace()).count();
            match bytes.get(at + spaces..)? {
                [b'>', ..] => {
                    is_clean &= spaces == 0 && has_noopener;
                    return Some(StartTag { attributes, is_clean, end: at + spaces + 1 });
                }
                [b'/', b'>', ..] if tag.is_void() => {
                    return Some(StartTag { attributes, is_clean: false, end: at + spaces + 2 });
                }
                _ if spaces == 0 => return None,
                _ => {}
            }
            is_clean &= bytes.get(at..)?.starts_with(b" ") && spaces == 1;
            let (name, value, length) = attribute(from.get(at + spaces..)?)?;
            at += spaces + length;
            if name == "rel" && !has_noopener {
                // It is written last; what stands elsewhere or says something else is written anew.
                has_noopener = matches!(value, Some(Value { quote: b'"', markup: "noopener" }))
                    && bytes.get(at) == Some(&b'>');
                is_clean &= has_noopener;
                continue;
            }
            // Of equal names a parser takes the first, whatever its value is.
            if names.contains(&name) {
                is_clean = false;
                continue;
            }
            if names.len() == MAX_NAMES {
                return None;
            }
            names.push(name);
            is_clean &= self.keep(tag, name, value, &mut attributes)?;
        }
    }

    /// Takes an attribute in if it is permitted. Tells whether it stands there as it is written.
    fn keep(&self, tag: Tag, name: &str, value: Option<Value<'a>>, kept: &mut Kept<'a>) -> Option<bool> {
        let Some(attribute) = self.sanitizer.list().read(tag, name) else { return Some(false) };
        let markup = value.as_ref().map_or("", |value| value.markup);
        // The checks read the markup as the text: what they ask for has no references in it.
        let checked = attribute.check(markup, self.sanitizer.permits_matrix_links());
        let Some(checked) = checked else { return Some(false) };
        if kept.iter().any(|(other, _)| *other == attribute) {
            // Which of two colours of `font` counts is left to the other way.
            return None;
        }
        let is_clean = matches!(checked, Cow::Borrowed(same) if same.len() == markup.len())
            && attribute.name() == name
            && match value {
                None => attribute == Attribute::DataMxSpoiler,
                Some(value) => {
                    value.quote == b'"' && !(markup.is_empty() && attribute == Attribute::DataMxSpoiler)
                }
            };
        kept.push((attribute, checked));
        Some(is_clean)
    }
}

#[derive(Clone, Copy)]
struct Value<'a> {
    quote: u8,
    markup: &'a str,
}

/// Reads an attribute: its name, its value, and the length of both.
fn attribute(from: &str) -> Option<(&str, Option<Value<'_>>, usize)> {
    let bytes = from.as_bytes();
    let length = bytes.iter().take_while(|unit| is_name(**unit) || **unit == b'-').count();
    let name = from.get(..length).filter(|name| !name.is_empty())?;
    match bytes.get(length..)? {
        [b'=', quote @ (b'"' | b'\''), rest @ ..] => {
            let start = length + 2;
            let end = start + memchr::memchr(*quote, rest)?;
            let value = Value { quote: *quote, markup: from.get(start..end)? };
            value.is_plain().then_some((name, Some(value), end + 1))
        }
        [b'>', ..] | [b'/', b'>', ..] => Some((name, None, length)),
        [space, ..] if space.is_ascii_whitespace() => {
            let rest = from.get(length..)?.trim_ascii_start();
            (!rest.starts_with('=')).then_some((name, None, length))
        }
        _ => None,
    }
}

impl Value<'_> {
    /// Tells whether the value stands as it would be written, but for the quotes.
    fn is_plain(self) -> bool {
        let mut rest = self.markup;
        while let Some(at) = rest.bytes().position(|unit| matches!(unit, b'&' | b'<' | b'>' | b'"')) {
            let from = rest.get(at..).unwrap_or_default();
            let Some((reference, _)) = escape::reference(from) else { return false };
            rest = from.get(reference.len()..).unwrap_or_default();
        }
        true
    }
}

fn is_name(unit: u8) -> bool {
    unit.is_ascii_lowercase() || unit.is_ascii_digit()
}
