use subtle::ConstantTimeEq as _;

use crate::Error;
use crate::grammar::{Class, check_simple};

identifier! {
    /// The secret that a client makes to prove that a validation session of a third-party identifier is
    /// its own: 1 to 255 of `0-9`, `a-z`, `A-Z`, `.`, `=`, `_` and `-`.
    ///
    /// `Debug` does not show it, there is no `Display`, two are compared in constant time (but for their lengths),
    /// and the owned form is wiped when it is dropped.
    ///
    /// Source: `client_secret` in the
    /// [identity service API](https://spec.matrix.org/v1.19/identity-service-api/#establishing-associations).
    ClientSecret, OwnedClientSecret, check, redacted
}

fn check(text: &str) -> Result<(), Error> {
    check_simple(text, Class::SECRET, 255)
}

/// Compares two secrets in a time that depends on their lengths alone.
pub(crate) fn are_same(one: &str, other: &str) -> bool {
    one.as_bytes().ct_eq(other.as_bytes()).into()
}
