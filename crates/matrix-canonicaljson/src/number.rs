use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::lex::{self, NumberClass};
use crate::{Error, ErrorKind, repr};

/// A number that strict canonical JSON excludes: an integer beyond ±(2<sup>53</sup> − 1), kept digit by digit, or a
/// finite number with a fraction or an exponent.
///
/// Only [`Mode::Lenient`](crate::Mode::Lenient) reads such numbers; they occur in events of room versions 1 to 5.
/// Two numbers are equal when they are written alike.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Number(Repr);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Repr {
    /// Digits with an optional minus sign, no leading zeros, outside the range of `Integer`.
    Integer(Box<str>),
    /// The bits of a finite double, so that equality and hashing are those of what is written (`-0.0` is not `0.0`).
    Float(u64),
}

impl Number {
    /// Makes a number of a double, which stays a number with a fraction even when it is whole (`1.0`).
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFinite`] for an infinity or not-a-number.
    pub fn from_f64(value: f64) -> Result<Self, Error> {
        if value.is_finite() { Ok(Self(Repr::Float(value.to_bits()))) } else { Err(not_finite(value)) }
    }

    /// Makes a number of the text of an integer that [`lex::number`] found to be beyond the range.
    pub(crate) fn from_digits(digits: &str) -> Self {
        Self(Repr::Integer(digits.into()))
    }

    /// Returns whether this is an integer (beyond the range of [`Integer`](crate::Integer)).
    #[must_use]
    pub fn is_integer(&self) -> bool {
        matches!(self.0, Repr::Integer(_))
    }

    /// Returns the integer when this is one and it fits.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        self.as_i128()?.try_into().ok()
    }

    /// Returns the integer when this is one and it fits.
    #[must_use]
    pub fn as_i128(&self) -> Option<i128> {
        match &self.0 {
            Repr::Integer(digits) => digits.parse().ok(),
            Repr::Float(_) => None,
        }
    }

    /// Returns the double when this is a number with a fraction or an exponent.
    #[must_use]
    pub fn as_f64(&self) -> Option<f64> {
        match self.0 {
            Repr::Integer(_) => None,
            Repr::Float(bits) => Some(f64::from_bits(bits)),
        }
    }

    pub(crate) fn write(&self, out: &mut Vec<u8>) {
        match &self.0 {
            Repr::Integer(digits) => out.extend_from_slice(digits.as_bytes()),
            Repr::Float(bits) => repr::write_float(f64::from_bits(*bits), out),
        }
    }

    /// Returns why strict canonical JSON excludes this number.
    pub(crate) fn misfit(&self) -> ErrorKind {
        match self.0 {
            Repr::Integer(_) => ErrorKind::IntegerOutOfRange,
            Repr::Float(_) => ErrorKind::NotAnInteger,
        }
    }
}

impl TryFrom<i128> for Number {
    type Error = Error;

    /// Makes a number of an integer beyond the range.
    ///
    /// # Errors
    ///
    /// An integer within the range is a [`Value::Integer`](crate::Value::Integer); so that there is one form of each
    /// value, it is refused here with [`ErrorKind::InvalidNumber`].
    fn try_from(value: i128) -> Result<Self, Error> {
        let text = alloc::format!("{value}");
        match lex::number(text.as_bytes(), 0) {
            Ok(token) if token.class == NumberClass::BigInteger => Ok(Self::from_digits(&text)),
            _ => Err(Error::new(ErrorKind::InvalidNumber).detail(&text)),
        }
    }
}

fn not_finite(value: f64) -> Error {
    Error::new(ErrorKind::NotFinite).detail(&alloc::format!("{value}"))
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = Vec::new();
        self.write(&mut out);
        f.write_str(&String::from_utf8_lossy(&out))
    }
}
