use alloc::boxed::Box;
use alloc::string::String;
use core::fmt;

use crate::path;

/// The longest piece of input that an error message repeats, in code points.
const MAX_DETAIL: usize = 48;

/// Says what is wrong with some JSON, and where.
///
/// Errors about text carry the byte offset at which the offending token starts and, inside an object or an array, the
/// path to it; errors about values carry the path alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error(Box<Inner>);

/// Kept behind a box so that what succeeds returns little.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Inner {
    kind: ErrorKind,
    offset: Option<usize>,
    path: Option<Box<str>>,
    detail: Option<Box<str>>,
}

/// Names the ways in which JSON can be unfit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The text ends inside a value.
    UnexpectedEnd,
    /// A byte stands where the grammar of JSON allows none like it.
    UnexpectedCharacter,
    /// Something other than white space follows the value.
    TrailingCharacters,
    /// The text is not UTF-8.
    InvalidUtf8,
    /// A string holds a control character that is not escaped.
    ControlCharacter,
    /// A backslash is followed by something that JSON does not define.
    InvalidEscape,
    /// A `\u` escape names half of a surrogate pair, which UTF-8 cannot express.
    LoneSurrogate,
    /// A number does not follow the grammar of JSON: a leading zero, a missing digit.
    InvalidNumber,
    /// A number has a fraction or an exponent, which strict canonical JSON excludes.
    NotAnInteger,
    /// The number is `-0`, which strict canonical JSON excludes.
    NegativeZero,
    /// An integer lies outside ±(2<sup>53</sup> − 1).
    IntegerOutOfRange,
    /// A number is not finite: `NaN`, an infinity, or too large for a double.
    NotFinite,
    /// An object names a key twice and the caller asked to refuse that.
    DuplicateKey,
    /// More than [`MAX_DEPTH`](crate::MAX_DEPTH) objects and arrays are open at once.
    TooDeep,
    /// The text is 1 GiB long or longer.
    TooLong,
    /// The value is no object where one is needed.
    NotAnObject,
    /// A map is serialized with a key that is no string and has no usual form as one.
    KeyNotAString,
    /// The type being serialized or deserialized reported an error of its own.
    Custom,
}

impl ErrorKind {
    /// Returns the name in snake case, such as `integer_out_of_range`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::UnexpectedEnd => "unexpected_end",
            Self::UnexpectedCharacter => "unexpected_character",
            Self::TrailingCharacters => "trailing_characters",
            Self::InvalidUtf8 => "invalid_utf8",
            Self::ControlCharacter => "control_character",
            Self::InvalidEscape => "invalid_escape",
            Self::LoneSurrogate => "lone_surrogate",
            Self::InvalidNumber => "invalid_number",
            Self::NotAnInteger => "not_an_integer",
            Self::NegativeZero => "negative_zero",
            Self::IntegerOutOfRange => "integer_out_of_range",
            Self::NotFinite => "not_finite",
            Self::DuplicateKey => "duplicate_key",
            Self::TooDeep => "too_deep",
            Self::TooLong => "too_long",
            Self::NotAnObject => "not_an_object",
            Self::KeyNotAString => "key_not_a_string",
            Self::Custom => "custom",
        }
    }

    const fn message(self) -> &'static str {
        match self {
            Self::UnexpectedEnd => "the text ends inside a value",
            Self::UnexpectedCharacter => "unexpected character",
            Self::TrailingCharacters => "something follows the value",
            Self::InvalidUtf8 => "the text is not UTF-8",
            Self::ControlCharacter => "unescaped control character in a string",
            Self::InvalidEscape => "invalid escape in a string",
            Self::LoneSurrogate => "lone surrogate in a string",
            Self::InvalidNumber => "invalid number",
            Self::NotAnInteger => "not an integer",
            Self::NegativeZero => "negative zero",
            Self::IntegerOutOfRange => "integer outside ±(2^53 − 1)",
            Self::NotFinite => "not a finite number",
            Self::DuplicateKey => "duplicate key",
            Self::TooDeep => "more than 127 objects and arrays within one another",
            Self::TooLong => "text of 1 GiB or more",
            Self::NotAnObject => "not an object",
            Self::KeyNotAString => "a map key that is no string",
            Self::Custom => "error of the serialized type",
        }
    }
}

impl Error {
    #[cold]
    pub(crate) fn new(kind: ErrorKind) -> Self {
        Self(Box::new(Inner { kind, offset: None, path: None, detail: None }))
    }

    #[cold]
    pub(crate) fn at(kind: ErrorKind, offset: usize) -> Self {
        let mut error = Self::new(kind);
        error.0.offset = Some(offset);
        error
    }

    #[cold]
    #[cfg(feature = "serde")]
    pub(crate) fn custom(message: impl fmt::Display) -> Self {
        let mut error = Self::new(ErrorKind::Custom);
        error.0.detail = Some(alloc::format!("{message}").into());
        error
    }

    /// Adds the offending token to the message, shortened.
    #[cold]
    pub(crate) fn detail(mut self, text: &str) -> Self {
        let mut detail: String = text.chars().take(MAX_DETAIL).collect();
        if detail.len() < text.len() {
            detail.push('…');
        }
        self.0.detail = Some(detail.into());
        self
    }

    /// Adds the path; an empty one is the root and says nothing.
    #[cold]
    pub(crate) fn path_to(mut self, path: String) -> Self {
        self.0.path = (!path.is_empty()).then(|| path.into());
        self
    }

    /// Adds the path to the offset, as far as the text before it can be read.
    #[cold]
    pub(crate) fn locate(self, json: &[u8]) -> Self {
        match self.0.offset {
            Some(offset) => self.path_to(path::locate(json, offset)),
            None => self,
        }
    }

    /// Puts a key before the path.
    #[cold]
    #[cfg(feature = "serde")]
    pub(crate) fn within_key(self, key: &str) -> Self {
        let mut path = String::new();
        path::push_key(&mut path, key);
        self.within(path)
    }

    /// Puts a place in an array before the path.
    #[cold]
    #[cfg(feature = "serde")]
    pub(crate) fn within_index(self, index: usize) -> Self {
        let mut path = String::new();
        path::push_index(&mut path, index);
        self.within(path)
    }

    #[cfg(feature = "serde")]
    fn within(self, mut path: String) -> Self {
        if let Some(rest) = self.path() {
            if !rest.starts_with('[') {
                path.push('.');
            }
            path.push_str(rest);
        }
        self.path_to(path)
    }

    /// Forgets the offset, which is that of a text the caller has not seen.
    #[cold]
    #[cfg(feature = "serde")]
    pub(crate) fn without_offset(mut self) -> Self {
        self.0.offset = None;
        self
    }

    /// Returns the name of the [`ErrorKind`] in snake case.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        self.0.kind.as_str()
    }

    /// Returns what is wrong.
    #[must_use]
    pub fn error_kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Returns the byte offset into the text, when text was read.
    #[must_use]
    pub fn offset(&self) -> Option<usize> {
        self.0.offset
    }

    /// Returns the path to the offending value, such as `content.users."@a:b"` or `auth_events[2]`; `None` at the
    /// root.
    #[must_use]
    pub fn path(&self) -> Option<&str> {
        self.0.path.as_deref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { kind, offset, path, detail } = &*self.0;
        match (detail, kind) {
            (Some(detail), ErrorKind::Custom) => f.write_str(detail)?,
            (Some(detail), kind) => write!(f, "{}: {detail}", kind.message())?,
            (None, kind) => f.write_str(kind.message())?,
        }
        if let Some(path) = path {
            write!(f, " in {path}")?;
        }
        if let Some(offset) = offset {
            write!(f, " at byte {offset}")?;
        }
        Ok(())
    }
}

impl core::error::Error for Error {}
