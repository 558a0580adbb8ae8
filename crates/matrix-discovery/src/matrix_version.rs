use core::{fmt, str::FromStr};

use crate::Error;

/// The longest version that is read, in bytes.
pub const MAX_VERSION_BYTES: usize = 255;

/// A version of the specification: `v1.11`, or `r0.6.1` from before there was one number for all of it, perhaps with
/// more after a dash, as `v1.1-alpha`.
///
/// Versions compare as they followed one another: all `r` before all `v`, by number. What stands behind the dash
/// (a pre-release, a patch of the text) compares last, by code points.
///
/// Source: MSC2844; [specification versions](https://spec.matrix.org/v1.19/#specification-versions).
///
/// ```
/// use matrix_discovery::MatrixVersion;
///
/// let version: MatrixVersion = "v1.11".parse()?;
/// assert!("r0.6.1".parse::<MatrixVersion>()? < version);
/// assert!("v1.2".parse::<MatrixVersion>()? < version);
/// assert!("1.11".parse::<MatrixVersion>().is_err());
/// # Ok::<(), matrix_discovery::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MatrixVersion {
    release: Release,
    metadata: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Release {
    Legacy { major: u16, minor: u16, patch: u16 },
    Global { major: u16, minor: u16 },
}

impl MatrixVersion {
    /// The version that these crates are written by: `v1.19`.
    pub const LATEST: Self = Self::new(1, 19);

    /// Makes the version `vMAJOR.MINOR`.
    #[must_use]
    pub const fn new(major: u16, minor: u16) -> Self {
        Self { release: Release::Global { major, minor }, metadata: None }
    }

    /// Makes the version `rMAJOR.MINOR.PATCH`.
    #[must_use]
    pub const fn legacy(major: u16, minor: u16, patch: u16) -> Self {
        Self { release: Release::Legacy { major, minor, patch }, metadata: None }
    }

    /// Returns the first number.
    #[must_use]
    pub fn major(&self) -> u16 {
        match self.release {
            Release::Legacy { major, .. } | Release::Global { major, .. } => major,
        }
    }

    /// Returns the second number.
    #[must_use]
    pub fn minor(&self) -> u16 {
        match self.release {
            Release::Legacy { minor, .. } | Release::Global { minor, .. } => minor,
        }
    }

    /// Tells whether it is one of the `r` versions, which each API had for itself.
    #[must_use]
    pub fn is_legacy(&self) -> bool {
        matches!(self.release, Release::Legacy { .. })
    }

    /// Returns what stands behind the dash.
    #[must_use]
    pub fn metadata(&self) -> Option<&str> {
        self.metadata.as_deref()
    }

    /// Tells whether something that came with the version `since` and went with the version `until` is part of this
    /// one. Metadata does not matter. Between `v` versions of different first numbers nothing is promised, so nothing
    /// is part.
    #[must_use]
    pub fn is_within(&self, since: &Self, until: Option<&Self>) -> bool {
        let comparable = match (self.release, since.release) {
            (Release::Global { major, .. }, Release::Global { major: other, .. }) => major == other,
            (Release::Global { major, .. }, Release::Legacy { .. }) => major == 1,
            (Release::Legacy { .. }, _) => true,
        };
        comparable && since.release <= self.release && until.is_none_or(|until| self.release < until.release)
    }
}

impl FromStr for MatrixVersion {
    type Err = Error;

    /// Reads a version.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidVersion`]: other letters, numbers with leading zeros or above 65,535, an empty part, or over
    /// 255 bytes. Servers may list such; they mean nothing here, and are no reason to refuse the server.
    fn from_str(text: &str) -> Result<Self, Error> {
        parse(text).ok_or_else(|| Error::InvalidVersion(text.chars().take(MAX_VERSION_BYTES).collect()))
    }
}

impl fmt::Display for MatrixVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.release {
            Release::Legacy { major, minor, patch } => write!(f, "r{major}.{minor}.{patch}")?,
            Release::Global { major, minor } => write!(f, "v{major}.{minor}")?,
        }
        self.metadata.as_ref().map_or(Ok(()), |metadata| write!(f, "-{metadata}"))
    }
}

fn parse(text: &str) -> Option<MatrixVersion> {
    if text.len() > MAX_VERSION_BYTES {
        return None;
    }
    let (numbers, metadata) = match text.split_once('-') {
        Some((numbers, metadata)) => (numbers, Some(metadata)),
        None => (text, None),
    };
    if metadata.is_some_and(|metadata| metadata.is_empty() || !metadata.bytes().all(|b| b.is_ascii_graphic()))
    {
        return None;
    }
    let release = if let Some(numbers) = numbers.strip_prefix('v') {
        let (major, minor) = numbers.split_once('.')?;
        Release::Global { major: number(major)?, minor: number(minor)? }
    } else {
        let (major, rest) = numbers.strip_prefix('r')?.split_once('.')?;
        let (minor, patch) = rest.split_once('.')?;
        Release::Legacy { major: number(major)?, minor: number(minor)?, patch: number(patch)? }
    };
    Some(MatrixVersion { release, metadata: metadata.map(str::to_owned) })
}

/// Reads decimal digits without a sign or leading zeros.
fn number(digits: &str) -> Option<u16> {
    let plain =
        digits.bytes().all(|byte| byte.is_ascii_digit()) && (digits.len() == 1 || !digits.starts_with('0'));
    if plain { digits.parse().ok() } else { None }
}
