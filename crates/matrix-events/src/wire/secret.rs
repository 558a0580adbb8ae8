use std::fmt;

use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use super::{Field, Node, State, write_string};
use crate::Misfit;

/// Text that must not be seen: a key, or a secret that is shared between devices.
///
/// It is wiped from memory when dropped, compared in constant time, and shown by no `Debug`. The text that it was read
/// from, and the text that it is written to, are the caller's to wipe.
///
/// ```
/// use matrix_events::Secret;
///
/// let secret = Secret::from("EsTc 5rr1…".to_owned());
/// assert_eq!(format!("{secret:?}"), "Secret(..)");
/// assert_eq!(secret.expose(), "EsTc 5rr1…");
/// ```
#[derive(Clone)]
pub struct Secret(Zeroizing<Box<str>>);

impl Secret {
    /// Returns the text.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        // `into_boxed_str` may move the text and leave a copy behind, so the copy is made and the original wiped.
        Self::from(Zeroizing::new(text).as_str())
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(Zeroizing::new(text.into()))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}

impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        self.0.as_bytes().ct_eq(other.0.as_bytes()).into()
    }
}

impl Eq for Secret {}

impl Field for Secret {
    fn read(node: &Node<'_>, _: &mut State) -> Result<Self, Misfit> {
        match node.as_str() {
            Some(std::borrow::Cow::Borrowed(text)) => Ok(text.into()),
            Some(std::borrow::Cow::Owned(text)) => Ok(text.into()),
            None => Err(Misfit::expected("a string")),
        }
    }

    fn write(&self, out: &mut Vec<u8>) {
        write_string(&self.0, out);
    }
}
