use crate::Error;
use crate::grammar::{Class, check_simple};

identifier! {
    /// An identifier of the opaque grammar: 1 to 255 of `0-9`, `A-Z`, `a-z`, `-`, `.`, `_` and `~`, which
    /// are the unreserved characters of URIs.
    ///
    /// Transaction IDs, call IDs and identity provider IDs are such.
    ///
    /// Source: [opaque identifiers](https://spec.matrix.org/v1.19/appendices/#opaque-identifiers).
    OpaqueId, OwnedOpaqueId, check, shown
}

fn check(text: &str) -> Result<(), Error> {
    check_simple(text, Class::OPAQUE, 255)
}
