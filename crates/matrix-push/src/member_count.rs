use std::{fmt, str::FromStr};

use crate::Error;

/// How the number of members is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Comparison {
    /// `==`, or nothing.
    Equal,
    /// `<`.
    Less,
    /// `>`.
    Greater,
    /// `<=`.
    LessOrEqual,
    /// `>=`.
    GreaterOrEqual,
}

/// How many members a room has to have, as `room_member_count` says in `is`.
///
/// Source: [Conditions](https://spec.matrix.org/v1.19/client-server-api/#conditions-1).
///
/// ```
/// use matrix_push::MemberCount;
///
/// let few: MemberCount = "<=10".parse()?;
/// assert!(few.includes(10) && !few.includes(11));
/// # Ok::<(), matrix_push::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct MemberCount {
    comparison: Comparison,
    count: u64,
}

impl MemberCount {
    /// Makes one.
    pub const fn new(comparison: Comparison, count: u64) -> Self {
        Self { comparison, count }
    }

    /// Tells whether a room with so many members is meant.
    pub const fn includes(self, members: u64) -> bool {
        match self.comparison {
            Comparison::Equal => members == self.count,
            Comparison::Less => members < self.count,
            Comparison::Greater => members > self.count,
            Comparison::LessOrEqual => members <= self.count,
            Comparison::GreaterOrEqual => members >= self.count,
        }
    }
}

/// The prefixes, longer ones before those that they begin with.
const PREFIXES: [(&str, Comparison); 5] = [
    ("==", Comparison::Equal),
    ("<=", Comparison::LessOrEqual),
    (">=", Comparison::GreaterOrEqual),
    ("<", Comparison::Less),
    (">", Comparison::Greater),
];

impl FromStr for MemberCount {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let prefixed =
            PREFIXES.iter().find_map(|(prefix, comparison)| Some((text.strip_prefix(prefix)?, *comparison)));
        let (digits, comparison) = prefixed.unwrap_or((text, Comparison::Equal));
        // `u64` would read a sign, too.
        let count = digits.bytes().all(|digit| digit.is_ascii_digit()).then(|| digits.parse().ok()).flatten();
        let count = count.ok_or_else(|| Error::InvalidMemberCount(text.to_owned()))?;
        Ok(Self { comparison, count })
    }
}

impl fmt::Display for MemberCount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let prefix = match self.comparison {
            Comparison::Equal => "",
            Comparison::Less => "<",
            Comparison::Greater => ">",
            Comparison::LessOrEqual => "<=",
            Comparison::GreaterOrEqual => ">=",
        };
        write!(f, "{prefix}{}", self.count)
    }
}
