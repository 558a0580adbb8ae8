use crate::Error;
use crate::grammar::{Class, check_simple};

identifier! {
    /// The `order` of a child in a space (MSC1772): 1 to 50 characters from `0x20` to `0x7E`.
    ///
    /// `Ord` is by code point, as spaces are sorted. A value that is not one counts as absent.
    ///
    /// Source: [ordering of children within a space](https://spec.matrix.org/v1.19/client-server-api/#ordering-of-children-within-a-space).
    SpaceOrder, OwnedSpaceOrder, check, shown
}

fn check(text: &str) -> Result<(), Error> {
    check_simple(text, Class::PRINTABLE, 50)
}
