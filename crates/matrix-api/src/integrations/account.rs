//! Accounts (MSC1961).

crate::services::accounts!(
    "/_matrix/integrations/v1/account/register",
    "/_matrix/integrations/v1/account",
    "/_matrix/integrations/v1/account/logout"
);
