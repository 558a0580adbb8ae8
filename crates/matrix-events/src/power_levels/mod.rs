//! Building and changing the content of `m.room.power_levels`: methods of
//! [`RoomPowerLevels`](crate::content::RoomPowerLevels).
//!
//! Who may do what with given levels, and how a room version reads them, is
//! [`matrix-authrules`](matrix_authrules::PowerLevels)' matter and asked there.
//!
//! Source: [`m.room.power_levels`](https://spec.matrix.org/v1.19/client-server-api/#mroompower_levels).

mod change;
mod setting;

pub use setting::LevelSetting;
