//! Accounts (MSC2140).
//!
//! Source: [authentication](https://spec.matrix.org/v1.19/identity-service-api/#authentication).

crate::services::accounts!(
    "/_matrix/identity/v2/account/register",
    "/_matrix/identity/v2/account",
    "/_matrix/identity/v2/account/logout"
);
