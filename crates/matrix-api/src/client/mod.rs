//! The client-server API: one module for each area, and in it one for each endpoint.
//!
//! Source: [client-server API](https://spec.matrix.org/v1.19/client-server-api/).

pub mod account;
pub mod backup;
pub mod backup_keys;
pub mod capabilities;
pub mod directory;
mod foreign;
pub mod keys;
pub mod knock;
mod login_info;
pub mod membership;
mod public_room;
pub mod push;
mod redirect;
pub mod relations;
pub mod reporting;
mod room_id_or_alias;
pub mod rooms;
pub mod session;
pub mod sync;
mod third_party_signed;
pub mod threepid;
pub mod to_device;
pub mod validation;
pub mod versions;

pub use self::login_info::LoginInfo;
pub use self::public_room::{PublicRoom, PublicRoomsFilter};
pub use self::redirect::Redirect;
pub use self::room_id_or_alias::RoomIdOrAlias;
pub use self::third_party_signed::ThirdPartySigned;

pub(crate) const AREAS: &[&[crate::Registered]] = &[
    account::ENDPOINTS,
    backup::ENDPOINTS,
    backup_keys::ENDPOINTS,
    capabilities::ENDPOINTS,
    directory::ENDPOINTS,
    keys::ENDPOINTS,
    knock::ENDPOINTS,
    membership::ENDPOINTS,
    push::ENDPOINTS,
    relations::ENDPOINTS,
    reporting::ENDPOINTS,
    rooms::ENDPOINTS,
    session::ENDPOINTS,
    sync::ENDPOINTS,
    threepid::ENDPOINTS,
    to_device::ENDPOINTS,
    validation::ENDPOINTS,
    versions::ENDPOINTS,
];
