use std::fmt;

use matrix_roomversion::PowerLevelFormat;

use crate::{json, python_int};

/// How much power a user has.
///
/// Levels of power levels events are integers, kept as `i64`; one that is larger stands at its end of that range.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PowerLevel {
    /// A level as it stands in, or follows from, `m.room.power_levels`.
    Finite(i64),
    /// The level of a room 12's creators: above every other.
    Infinite,
}

impl fmt::Display for PowerLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Finite(level) => level.fmt(f),
            Self::Infinite => f.write_str("infinite"),
        }
    }
}

/// What a JSON value that should be a power level is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    /// A level.
    Level(i64),
    /// Something else.
    Misfit,
    /// A float beyond the range of a double.
    OutOfRange,
}

/// Reads the JSON text of one value as a power level.
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
