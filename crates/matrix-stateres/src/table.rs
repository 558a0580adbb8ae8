//! A table by number, for what one resolution notes about events and keys.

/// How many values stand side by side.
const PAGE: usize = 512;

/// A value for each number up to a count, all of them `T::default()` at first.
///
/// Memory is taken page by page where something is noted, so that a small conflict in a large room stays cheap.
pub(crate) struct Table<T> {
    pages: Vec<Option<Box<[T; PAGE]>>>,
}

impl<T: Copy + Default> Table<T> {
    pub(crate) fn new(count: usize) -> Self {
        let mut pages = Vec::new();
        pages.resize_with(count.div_ceil(PAGE), || None);
        Self { pages }
    }

    pub(crate) fn get(&self, number: u32) -> T {
        match self.pages.get(number as usize / PAGE) {
            Some(Some(page)) => page.get(number as usize % PAGE).copied().unwrap_or_default(),
            _ => T::default(),
        }
    }

    /// Notes a value, and returns the one before it.
    pub(crate) fn replace(&mut self, number: u32, value: T) -> T {
        let Some(page) = self.pages.get_mut(number as usize / PAGE) else { return T::default() };
        let page = page.get_or_insert_with(new_page);
        page.get_mut(number as usize % PAGE).map_or_else(T::default, |place| core::mem::replace(place, value))
    }
}

#[cold]
fn new_page<T: Copy + Default>() -> Box<[T; PAGE]> {
    Box::new([T::default(); PAGE])
}
