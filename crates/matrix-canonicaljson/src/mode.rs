/// Says which numbers are read and how they are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Mode {
    /// Takes [Canonical JSON] as it is specified, which is what room versions 6 and later demand (MSC2540):
    /// integers within ±(2<sup>53</sup> − 1), no fraction, no exponent, no negative zero.
    ///
    /// [Canonical JSON]: https://spec.matrix.org/v1.19/appendices/#canonical-json
    #[default]
    Strict,
    /// Takes every number of JSON that is finite, and writes it as Python's `json` module does, as events of
    /// room versions 1 to 5 need: integers of any size are kept digit by digit (`-0` becomes `0`), numbers
    /// with a fraction or an exponent are written in the shortest form that reads back as the same double
    /// (`1e-7` becomes `1e-07`, `1e10` becomes `10000000000.0`).
    Lenient,
}

/// Says what happens when an object names a key twice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Duplicates {
    /// Keeps the last of the values, as the other implementations do.
    #[default]
    KeepLast,
    /// Refuses the input.
    Refuse,
}

/// Says how JSON text is read: which numbers, and whether keys may repeat.
///
/// A [`Mode`] stands for the options of that mode with repeated keys allowed.
///
/// ```
/// use matrix_canonicaljson::{Duplicates, Mode, Options, canonicalize_with};
///
/// let options = Options::from(Mode::Lenient).duplicates(Duplicates::Refuse);
/// assert!(canonicalize_with(br#"{"a":1,"a":2}"#, options).is_err());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Options {
    pub(crate) mode: Mode,
    pub(crate) duplicates: Duplicates,
}

impl Options {
    /// Sets what happens when an object names a key twice.
    #[must_use]
    pub const fn duplicates(mut self, duplicates: Duplicates) -> Self {
        self.duplicates = duplicates;
        self
    }

    /// Sets which numbers are read.
    #[must_use]
    pub const fn mode(mut self, mode: Mode) -> Self {
        self.mode = mode;
        self
    }
}

impl From<Mode> for Options {
    fn from(mode: Mode) -> Self {
        Self { mode, duplicates: Duplicates::KeepLast }
    }
}
