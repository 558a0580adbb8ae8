use std::borrow::Cow;

use matrix_canonicaljson::shallow::{self, Items};
use matrix_canonicaljson::{Member, Members, Mode, Value};

/// A value in text that was checked: one that a scan has found the members of, or an item of an array.
#[derive(Clone, Copy)]
pub enum Node<'a> {
    Member(Member<'a>),
    Text(&'a str),
}

impl<'a> Node<'a> {
    /// Returns the text of the value.
    pub(crate) fn raw(&self) -> &'a str {
        match self {
            Self::Member(member) => member.raw(),
            Self::Text(text) => text,
        }
    }

    /// Returns the decoded string, when this is one.
    pub(crate) fn as_str(&self) -> Option<Cow<'a, str>> {
        match self {
            Self::Member(member) => member.as_str(),
            Self::Text(text) => shallow::string(text),
        }
    }

    /// Returns the integer, when this is one within the range of an `i64`.
    pub(crate) fn as_i64(&self) -> Option<i64> {
        self.raw().parse().ok()
    }

    /// Returns the items, when this is an array.
    pub(crate) fn items(&self) -> Option<Items<'a>> {
        shallow::is_array(self.raw()).then(|| shallow::items(self.raw()))
    }

    /// Returns the members that the scan found, when it looked for them.
    pub(crate) fn members(&self) -> Option<Members<'a>> {
        match self {
            Self::Member(member) => member.members(),
            Self::Text(_) => None,
        }
    }

    /// Returns whether this is an object.
    pub(crate) fn is_object(&self) -> bool {
        self.raw().starts_with('{')
    }

    /// Returns whether this is `null`.
    pub(crate) fn is_null(&self) -> bool {
        self.raw() == "null"
    }

    /// Returns the value as a tree.
    pub(crate) fn value(&self) -> Value {
        // The text was checked, in this mode and at a greater depth, so that this cannot fail.
        Value::parse(self.raw().as_bytes(), Mode::Lenient).unwrap_or_default()
    }
}
