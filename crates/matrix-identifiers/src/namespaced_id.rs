use crate::Error;
use crate::grammar::{Class, check_simple};

identifier! {
    /// An identifier of the common namespaced grammar (MSC2758): 1 to 255 of `a-z`, `0-9`, `-`, `_` and
    /// `.`, the first of them a letter.
    ///
    /// Names that the specification does not define should start with a reversed domain name; nothing in
    /// the grammar enforces that, and identifiers that do without namespacing are this type too.
    ///
    /// Source: [common namespaced identifier grammar](https://spec.matrix.org/v1.19/appendices/#common-namespaced-identifier-grammar).
    ///
    /// ```
    /// use matrix_identifiers::NamespacedId;
    ///
    /// assert!(NamespacedId::parse("m.annotation")?.is_reserved());
    /// assert!(!NamespacedId::parse("com.example.identifier")?.is_reserved());
    /// # Ok::<(), matrix_identifiers::Error>(())
    /// ```
    NamespacedId, OwnedNamespacedId, check, shown
}

impl NamespacedId {
    /// Tells whether only the specification may define the name: it starts with `m.`.
    #[must_use]
    pub fn is_reserved(&self) -> bool {
        self.0.starts_with("m.")
    }
}

fn check(text: &str) -> Result<(), Error> {
    check_simple(text, Class::NAMESPACED, 255)?;
    if text.starts_with(|first: char| first.is_ascii_lowercase()) {
        Ok(())
    } else {
        Err(Error::character_at(text, 0))
    }
}
