use std::borrow::Cow;

/// How upper and lower case compare.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Case {
    /// Characters equal themselves only.
    #[default]
    Sensitive,
    /// `A` to `Z` equal `a` to `z`; what server names need.
    Ascii,
    /// Letters of all scripts equal their other case, one character for one: Unicode's simple case folding as far as
    /// Rust's own case mappings have it. `ß` equals `ẞ` but not `ss`, and no character beyond ASCII equals
    /// one in ASCII (the Kelvin sign is no `k`), so that folding moves no word boundary.
    Unicode,
}

impl Case {
    /// Returns the text in which equal characters are the same: as it is, or in lower case.
    ///
    /// Folding twice changes nothing, and the number of characters stays.
    #[must_use]
    pub fn fold(self, text: &str) -> Cow<'_, str> {
        let changes = |c: char| fold_char(c) != c;
        match self {
            Self::Ascii if text.bytes().any(|byte| byte.is_ascii_uppercase()) => {
                text.to_ascii_lowercase().into()
            }
            Self::Unicode if text.is_ascii() => Self::Ascii.fold(text),
            Self::Unicode if text.chars().any(changes) => {
                text.chars().map(fold_char).collect::<String>().into()
            }
            _ => text.into(),
        }
    }
}

/// Folds one character onto one: the lower case of its upper case, so that `σ` and `ς` meet.
fn fold_char(c: char) -> char {
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    let upper = single(c.to_uppercase()).unwrap_or(c);
    let lower = single(upper.to_lowercase()).unwrap_or(c);
    if lower.is_ascii() { c } else { lower }
}

/// Returns the one character of a mapping, unless it has more.
fn single(mut mapping: impl Iterator<Item = char>) -> Option<char> {
    let first = mapping.next()?;
    mapping.next().is_none().then_some(first)
}
