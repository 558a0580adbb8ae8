/// The number of objects and arrays that may be open at once: 127 pass, the 128th is an error.
///
/// The specification sets no limit. This is the one that the JSON readers of the Matrix world share, so
/// that servers agree on which events can be read at all.
pub const MAX_DEPTH: usize = 127;
