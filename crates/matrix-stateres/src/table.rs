//! A dense table by number, for what one resolution notes about events and keys.

/// A value for each number up to a count, all of them `T::default()` at first.
///
/// The memory comes zeroed from the system and is touched only where something is noted, so that a small
/// conflict in a large room stays cheap.
pub(crate) struct Table<T> {
    values: Vec<T>,
}

impl<T: Copy + Default> Table<T> {
    pub(crate) fn new(count: usize) -> Self {
        Self { values: vec![T::default(); count] }
    }

    pub(crate) fn get(&self, number: u32) -> T {
        self.values.get(number as usize).copied().unwrap_or_default()
    }

    /// Notes a value, and returns the one before it.
    pub(crate) fn replace(&mut self, number: u32, value: T) -> T {
        self.values.get_mut(number as usize).map_or_else(T::default, |place| core::mem::replace(place, value))
    }
}
