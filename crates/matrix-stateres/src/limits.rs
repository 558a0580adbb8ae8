//! How much a graph takes from those who may be hostile.

/// How many auth events an event may name: the limit that the specification's PDU schemas set.
///
/// <https://spec.matrix.org/v1.19/rooms/v12/#event-format>
pub const MAX_AUTH_EVENTS: usize = 10;

/// How deep an auth chain may be, unless the caller says otherwise.
pub const MAX_AUTH_DEPTH: u32 = 1 << 24;

/// How many auth events may be named and not given, unless the caller says otherwise.
pub const MAX_MISSING: usize = 1 << 20;

/// How many events a graph may know, given or only named. Numbers above this one are never given to events, edges
/// and keys.
pub const MAX_EVENTS: usize = (u32::MAX - 64) as usize;

/// Limits against hostile rooms. [`Limits::default`] takes the constants of this crate.
///
/// Whatever the limits, an event adds no more to a graph than itself and the auth events that it names; nothing in this
/// crate calls itself with the depth of a room; an event whose auth chain runs in a circle, or through what is
/// missing, is never part of a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// How many auth events an event may name: [`MAX_AUTH_EVENTS`].
    pub auth_events: usize,
    /// How deep an auth chain may be: [`MAX_AUTH_DEPTH`]. An event above a deeper one cannot be part of a state.
    pub auth_depth: u32,
    /// How many auth events may be named and not given: [`MAX_MISSING`].
    pub missing: usize,
    /// How many events the graph may know, given or only named: [`MAX_EVENTS`], and never more.
    pub events: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            auth_events: MAX_AUTH_EVENTS,
            auth_depth: MAX_AUTH_DEPTH,
            missing: MAX_MISSING,
            events: MAX_EVENTS,
        }
    }
}
