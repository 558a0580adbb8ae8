use std::fmt;

use matrix_roomversion::PowerLevelFormat;

use crate::{json, python_int};

/// How much power a user has, or an action takes.
///
/// Levels in events are integers of any size. Here they are `i64`: what lies beyond stands at the end of that
/// range, so that two such levels count as equal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PowerLevel {
    /// A level as it stands in, or follows from, `m.room.power_levels`.
    Finite(i64),
    /// The level of a room 12's creators, above every other.
    Infinite,
}

impl From<i64> for PowerLevel {
    fn from(level: i64) -> Self {
        Self::Finite(level)
    }
}

impl fmt::Display for PowerLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Finite(level) => level.fmt(f),
            Self::Infinite => f.write_str("infinite"),
        }
    }
}

/// What a JSON value that stands in the place of a power level is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    /// A level.
    Level(i64),
    /// No level, where one is asked for.
    Misfit,
    /// A float beyond the range of a double, which never is a level.
    OutOfRange,
}

impl Reading {
    pub(crate) fn level(self) -> Option<i64> {
        match self {
            Self::Level(level) => Some(level),
            Self::Misfit | Self::OutOfRange => None,
        }
    }
}

/// Reads the JSON text of one value as a power level.
///
/// Rooms 1 to 9 take strings as Python's `int()` reads them, and cut floats at the point:
/// <https://spec.matrix.org/v1.19/rooms/v1/#mroompower_levels-events-accept-values-as-strings> and the
/// section after it.
pub(crate) fn read(value: &str, format: PowerLevelFormat) -> Reading {
    let level = match value.as_bytes().first() {
        Some(b'-' | b'0'..=b'9') => return read_number(value, format),
        Some(b'"') if format == PowerLevelFormat::Tolerant => {
            json::string(value).and_then(|text| python_int::parse(&text))
        }
        _ => None,
    };
    level.map_or(Reading::Misfit, Reading::Level)
}

fn read_number(value: &str, format: PowerLevelFormat) -> Reading {
    if let Some(level) = python_int::parse(value) {
        return Reading::Level(level);
    }
    match (format, value.parse::<f64>()) {
        // `as` cuts the fraction off and stops at the ends of the range.
        (PowerLevelFormat::Tolerant, Ok(float)) if float.is_finite() => Reading::Level(float as i64),
        (PowerLevelFormat::Tolerant, Ok(_)) => Reading::OutOfRange,
        _ => Reading::Misfit,
    }
}
