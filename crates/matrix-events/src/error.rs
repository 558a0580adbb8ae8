use std::fmt;

/// The ways in which reading an event or a content can fail.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The text is no JSON.
    #[error(transparent)]
    Json(#[from] matrix_canonicaljson::Error),
    /// A field is not what it should be.
    #[error(transparent)]
    Misfit(#[from] Misfit),
}

impl Error {
    /// Returns the kind of error in snake case: that of the JSON error or of the [`Problem`].
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Json(error) => error.kind(),
            Self::Misfit(misfit) => misfit.problem.kind(),
        }
    }

    /// Returns the path to the offending value; `None` at the root.
    pub fn path(&self) -> Option<&str> {
        match self {
            Self::Json(error) => error.path(),
            Self::Misfit(misfit) => Some(misfit.path()).filter(|path| !path.is_empty()),
        }
    }
}

/// A field that is not what it should be, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    path: String,
    problem: Problem,
}

/// What is wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Problem {
    /// A field that has to be there is not.
    Missing,
    /// The value is of another type than this one.
    Expected(&'static str),
    /// The value is no identifier of the kind that stands here.
    Identifier(matrix_identifiers::Error),
    /// The values do not go together.
    Rule(&'static str),
}

impl Problem {
    /// Returns the variant's name in snake case.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Missing => "missing_field",
            Self::Expected(_) => "invalid_field",
            Self::Identifier(_) => "invalid_identifier",
            Self::Rule(_) => "inconsistent_fields",
        }
    }
}

impl Misfit {
    pub(crate) fn new(problem: Problem) -> Self {
        Self { path: String::new(), problem }
    }

    #[cold]
    pub(crate) fn expected(what: &'static str) -> Self {
        Self::new(Problem::Expected(what))
    }

    #[cold]
    pub(crate) fn missing(key: &str) -> Self {
        Self::new(Problem::Missing).within_key(key)
    }

    /// Says that a field is missing which others of the same object call for.
    #[cold]
    pub(crate) fn rule(key: &str, rule: &'static str) -> Self {
        Self::new(Problem::Rule(rule)).within_key(key)
    }

    /// Puts a key before the path.
    #[cold]
    pub(crate) fn within_key(self, key: &str) -> Self {
        let mut path = String::new();
        push_key(&mut path, key);
        self.within(path)
    }

    /// Puts a place in an array before the path.
    #[cold]
    pub(crate) fn within_index(self, index: usize) -> Self {
        self.within(format!("[{index}]"))
    }

    fn within(mut self, mut outer: String) -> Self {
        if !self.path.is_empty() && !self.path.starts_with('[') {
            outer.push('.');
        }
        outer.push_str(&self.path);
        self.path = outer;
        self
    }

    /// Returns the path to the value, such as `content.users."@a:b"` or `via[2]`; empty at the root.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns what is wrong with the value.
    pub fn problem(&self) -> &Problem {
        &self.problem
    }
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = if self.path.is_empty() { "the value" } else { &self.path };
        match &self.problem {
            Problem::Missing => write!(f, "{path} is missing"),
            Problem::Expected(what) => write!(f, "{path} is not {what}"),
            Problem::Identifier(error) => write!(f, "{path}: {error}"),
            Problem::Rule(rule) => write!(f, "{path}: {rule}"),
        }
    }
}

impl std::error::Error for Misfit {}

/// The longest key that a path repeats whole, in code points.
const MAX_KEY: usize = 64;

/// Writes a key as the paths of `matrix-canonicaljson` do: bare when it looks like a word, quoted otherwise.
fn push_key(path: &mut String, key: &str) {
    let word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    if !key.is_empty() && key.bytes().all(word) && key.len() <= MAX_KEY {
        path.push_str(key);
        return;
    }
    let mut shown: String = key.chars().take(MAX_KEY).collect();
    if shown.len() < key.len() {
        shown.push('…');
    }
    path.push_str(&matrix_canonicaljson::Value::String(shown).to_string());
}
