use core::fmt;

use crate::{Error, ErrorKind};

/// An integer that canonical JSON can hold: from −(2<sup>53</sup> − 1) to 2<sup>53</sup> − 1.
///
/// See [Canonical JSON](https://spec.matrix.org/v1.19/appendices/#canonical-json).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Integer(i64);

impl Integer {
    /// The largest integer, 2<sup>53</sup> − 1.
    pub const MAX: Self = Self((1 << 53) - 1);
    /// The smallest integer, −(2<sup>53</sup> − 1).
    pub const MIN: Self = Self(-Self::MAX.0);

    /// Returns the integer when it is within the range.
    #[must_use]
    pub const fn new(value: i64) -> Option<Self> {
        if value >= Self::MIN.0 && value <= Self::MAX.0 { Some(Self(value)) } else { None }
    }

    /// Returns the value.
    #[must_use]
    pub const fn get(self) -> i64 {
        self.0
    }
}

impl fmt::Display for Integer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

fn out_of_range(value: impl fmt::Display) -> Error {
    Error::new(ErrorKind::IntegerOutOfRange).detail(&alloc::format!("{value}"))
}

macro_rules! always_fits {
    ($($int:ty)*) => {$(
        impl From<$int> for Integer {
            fn from(value: $int) -> Self {
                Self(i64::from(value))
            }
        }
    )*};
}

macro_rules! may_not_fit {
    ($($int:ty)*) => {$(
        impl TryFrom<$int> for Integer {
            type Error = Error;

            fn try_from(value: $int) -> Result<Self, Error> {
                i64::try_from(value).ok().and_then(Self::new).ok_or_else(|| out_of_range(value))
            }
        }
    )*};
}

always_fits!(i8 i16 i32 u8 u16 u32);
may_not_fit!(i64 u64 i128 u128 isize usize);

impl From<Integer> for i64 {
    fn from(value: Integer) -> Self {
        value.0
    }
}

impl From<Integer> for i128 {
    fn from(value: Integer) -> Self {
        Self::from(value.0)
    }
}

impl From<Integer> for f64 {
    /// Converts without loss: every integer of the range is a double.
    #[allow(clippy::cast_precision_loss)]
    fn from(value: Integer) -> Self {
        value.0 as Self
    }
}

impl TryFrom<Integer> for u64 {
    type Error = core::num::TryFromIntError;

    fn try_from(value: Integer) -> Result<Self, Self::Error> {
        Self::try_from(value.0)
    }
}

impl PartialEq<i64> for Integer {
    fn eq(&self, other: &i64) -> bool {
        self.0 == *other
    }
}
