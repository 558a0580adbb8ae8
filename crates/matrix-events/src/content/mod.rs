//! The contents of events: one type for each, with public fields, what is not known in `other`.
//!
//! Each is read strictly or leniently and written by [`Wire`](crate::Wire); those of a kind of event, told apart by its
//! type, by [`RoomContent`], [`ToDeviceContent`], [`AccountDataContent`], [`EphemeralContent`] and [`EduContent`].

mod account_data;
mod create;
mod edu;
mod encryption;
mod ephemeral;
mod join_rules;
mod kinds;
mod media;
mod member;
mod message;
mod moderation;
mod power_levels;
mod relates_to;
mod room;
mod secrets;
mod source;
mod space;
mod verification;
mod widget;

pub use account_data::*;
pub use create::*;
pub use edu::*;
pub use encryption::*;
pub use ephemeral::*;
pub use join_rules::*;
pub use kinds::*;
pub use media::*;
pub use member::*;
pub use message::*;
pub use moderation::*;
pub use power_levels::*;
pub use relates_to::*;
pub use room::*;
pub use secrets::*;
pub(crate) use source::Source;
pub use space::*;
pub use verification::*;
pub use widget::*;
