#![doc = include_str!("../README.md")]
#![no_std]
#![deny(unsafe_code)]

extern crate alloc;

#[macro_use]
mod macros;

mod client_secret;
mod device_id;
mod error;
mod event_id;
mod grammar;
mod ip_literal;
mod key_id;
mod localpart;
mod mxc_uri;
mod namespaced_id;
mod opaque_id;
mod room_alias_id;
mod room_id;
mod room_version_id;
mod scan;
mod server_name;
mod space_order;
mod user_id;

pub use client_secret::{ClientSecret, OwnedClientSecret};
pub use device_id::{DeviceId, OwnedDeviceId};
pub use error::Error;
pub use event_id::{EventId, OwnedEventId};
pub use key_id::{DeviceKeyId, OwnedDeviceKeyId, OwnedServerSigningKeyId, ServerSigningKeyId};
pub use localpart::{LetterCase, map_localpart};
pub use mxc_uri::{MxcUri, OwnedMxcUri};
pub use namespaced_id::{NamespacedId, OwnedNamespacedId};
pub use opaque_id::{OpaqueId, OwnedOpaqueId};
pub use room_alias_id::{OwnedRoomAliasId, RoomAliasId};
pub use room_id::{OwnedRoomId, RoomId};
pub use room_version_id::{OwnedRoomVersionId, RoomVersionId};
pub use server_name::{OwnedServerName, ServerName};
pub use space_order::{OwnedSpaceOrder, SpaceOrder};
pub use user_id::{OwnedUserId, UserId};
