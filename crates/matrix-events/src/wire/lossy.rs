use crate::Misfit;

/// What lenient reading makes of a text: the value, and what of the text is not in it.
///
/// A field that does not fit counts as absent, an entry of a list or a map that does not fit counts as not listed, and
/// a field that has to be there gets the empty value of its type where there is a sensible one.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct Lossy<T> {
    /// The value.
    pub value: T,
    /// What was dropped or filled in, with the paths, in the order in which it was met.
    pub dropped: Vec<Misfit>,
}

impl<T> Lossy<T> {
    /// Returns whether strict reading would have given the same.
    pub fn is_lossless(&self) -> bool {
        self.dropped.is_empty()
    }

    /// Returns the paths of what was dropped.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.dropped.iter().map(Misfit::path)
    }

    /// Changes the value and keeps the report.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Lossy<U> {
        Lossy { value: change(self.value), dropped: self.dropped }
    }
}
