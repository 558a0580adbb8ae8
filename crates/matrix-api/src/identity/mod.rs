//! The identity service API, version 2. The first version is gone (MSC2713).
//!
//! What clients and homeservers do with it, look-ups, terms and sessions, are conversations of `matrix-identity`; here are
//! the requests and responses by themselves.
//!
//! Source: [identity service API](https://spec.matrix.org/v1.19/identity-service-api/).

pub mod account;
pub mod association;
pub mod invitation;
pub mod lookup;
pub mod pubkey;
pub mod terms;
pub mod validation;
pub mod versions;

pub(crate) const AREAS: &[&[crate::Registered]] = &[
    account::ENDPOINTS,
    association::ENDPOINTS,
    invitation::ENDPOINTS,
    lookup::ENDPOINTS,
    pubkey::ENDPOINTS,
    terms::ENDPOINTS,
    validation::ENDPOINTS,
    versions::ENDPOINTS,
];
