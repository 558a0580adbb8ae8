use crate::Error;
use crate::grammar::{self, Class, check_simple};

identifier! {
    /// An identifier of the common namespaced grammar (MSC2758): 1 to 255 of `a-z`, `0-9`, `-`, `_` and
    /// `.`, the first of them a letter.
    ///
    /// Names that the specification does not define should start with a reversed domain name. Nothing in the
    /// grammar enforces that, and identifiers that do without namespacing are this type too, so reading takes
    /// every name of the grammar; [`OwnedNamespacedId::new`] makes only those that someone else than the
    /// specification may give.
    ///
    /// Source: [common namespaced identifier grammar](https://spec.matrix.org/v1.19/appendices/#common-namespaced-identifier-grammar).
    ///
    /// ```
    /// use matrix_identifiers::{NamespacedId, OwnedNamespacedId};
    ///
    /// assert!(NamespacedId::parse("m.annotation")?.is_reserved());
    /// assert!(!NamespacedId::parse("com.example.identifier")?.is_reserved());
    /// assert!(OwnedNamespacedId::new("com.example.identifier").is_ok());
    /// assert!(OwnedNamespacedId::new("m.annotation").is_err());
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

impl OwnedNamespacedId {
    /// Makes a name that the specification does not define: a reversed domain name, a dot and more.
    ///
    /// # Errors
    ///
    /// Fails as [`NamespacedId::parse`] does, where the name starts with `m.`, and where it has no dot or nothing
    /// before, between or after its dots.
    pub fn new(text: &str) -> Result<Self, Error> {
        let id = Self::new_without_namespace(text)?;
        grammar::check_labels(text)?;
        if text.contains('.') { Ok(id) } else { Err(Error::MissingNamespace) }
    }

    /// Makes a name for an identifier that has the grammar without its namespacing requirements.
    ///
    /// # Errors
    ///
    /// Fails as [`NamespacedId::parse`] does, and where the name starts with `m.`, which stays reserved.
    pub fn new_without_namespace(text: &str) -> Result<Self, Error> {
        let id = NamespacedId::parse(text)?;
        if id.is_reserved() { Err(Error::Reserved) } else { Ok(id.into()) }
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
