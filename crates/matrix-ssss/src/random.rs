use rand_core::TryCryptoRng;

use crate::error::Error;

/// The operating system's random number generator, ready to be passed to whatever here draws randomness.
///
/// ```
/// use matrix_ssss::{OsRng, SecretStorageKey};
///
/// let key = SecretStorageKey::generate(&mut OsRng)?;
/// assert_eq!(key.as_bytes().len(), 32);
/// # Ok::<(), matrix_ssss::Error>(())
/// ```
#[cfg(feature = "getrandom")]
pub use getrandom::SysRng as OsRng;

/// Draws bytes that are no secret.
pub(crate) fn array<R: TryCryptoRng + ?Sized, const N: usize>(rng: &mut R) -> Result<[u8; N], Error> {
    let mut bytes = [0; N];
    fill(rng, &mut bytes)?;
    Ok(bytes)
}

/// Fills what is there, so that a secret is made where it stays.
pub(crate) fn fill<R: TryCryptoRng + ?Sized>(rng: &mut R, bytes: &mut [u8]) -> Result<(), Error> {
    rng.try_fill_bytes(bytes).map_err(|_| Error::NoRandomness)
}
