use core::fmt;

use subtle::ConstantTimeEq as _;
use zeroize::{Zeroize, ZeroizeOnDrop};

/// Gives a type with one field what all secrets have: the field is wiped on drop, compared in constant time and not
/// shown.
macro_rules! wiped {
    ($type:ident, $shown:literal, $bytes:expr, $wipe:expr) => {
        impl Zeroize for $type {
            fn zeroize(&mut self) {
                $wipe(&mut self.0);
            }
        }

        impl Drop for $type {
            fn drop(&mut self) {
                self.zeroize();
            }
        }

        impl ZeroizeOnDrop for $type {}

        /// Compares in constant time, but for the length.
        impl PartialEq for $type {
            fn eq(&self, other: &Self) -> bool {
                let bytes: fn(&Self) -> &[u8] = $bytes;
                bytes(self).ct_eq(bytes(other)).into()
            }
        }

        impl Eq for $type {}

        impl fmt::Debug for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str($shown)
            }
        }
    };
}
pub(crate) use wiped;

/// Wipes a vector with all its room, and empties it. As `Vec::zeroize`, but not byte by byte.
pub(crate) fn wipe(bytes: &mut Vec<u8>) {
    bytes.as_mut_slice().zeroize();
    bytes.spare_capacity_mut().zeroize();
    bytes.clear();
}

fn wipe_text(text: &mut String) {
    wipe(&mut core::mem::take(text).into_bytes());
}

/// A secret in the clear: text, often base64 of a key.
///
/// It is wiped from memory when it is dropped, compared in constant time, and never shown: there is no `Display`, and
/// `Debug` prints no part of it.
#[derive(Clone)]
pub struct Secret(String);

impl Secret {
    /// Takes a text over, without copying it.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// Returns the text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

wiped!(Secret, "Secret(..)", |secret| secret.0.as_bytes(), wipe_text);

/// Bytes that are secret: what a backup held, or is to hold.
///
/// They are wiped from memory when they are dropped, compared in constant time, and never shown.
#[derive(Clone)]
pub struct SecretBytes(Vec<u8>);

impl SecretBytes {
    /// Takes bytes over, without copying them.
    pub fn new(bytes: impl Into<Vec<u8>>) -> Self {
        Self(bytes.into())
    }

    /// Returns the bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

wiped!(SecretBytes, "SecretBytes(..)", |secret| &secret.0, wipe);

#[cfg(test)]
mod tests {
    use core::cell::Cell;
    use std::rc::Rc;

    use super::*;

    /// Every secret type has its `Drop` from the macro.
    #[test]
    fn drop_wipes() {
        struct Probe(Rc<Cell<bool>>);
        wiped!(Probe, "Probe(..)", |_| &[], |wiped: &mut Rc<Cell<bool>>| wiped.set(true));
        let wiped = Rc::default();
        drop(Probe(Rc::clone(&wiped)));
        assert!(wiped.get());
    }

    #[test]
    fn wiping_leaves_nothing() {
        let mut secret = Secret::new("swordfish");
        secret.zeroize();
        assert_eq!(secret.as_str(), "");
        let mut secret = SecretBytes::new(*b"swordfish");
        secret.zeroize();
        assert_eq!(secret.as_bytes(), b"");
    }
}
