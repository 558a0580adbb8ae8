//! Levels by name, in pieces that maps with a common history share.

use std::{cmp::Ordering, sync::Arc};

/// A name and its level.
type Level = (Arc<str>, i64);

/// Levels by name, sorted, each name once.
///
/// They are cut into chunks where a hash of the name says so, which makes equal parts of two maps equal chunks.
/// A map that shares its chunks and names with another ([`Levels::share_with`]) takes little room beside it, and what
/// differs between the two is found without looking at the rest.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Levels {
    chunks: Box<[Arc<[Level]>]>,
}

impl Levels {
    /// Takes levels that are sorted by name, each name once.
    pub(crate) fn from_sorted(levels: impl Iterator<Item = Level>) -> Self {
        let mut chunks: Vec<Arc<[Level]>> = Vec::new();
        let mut chunk: Vec<Level> = Vec::new();
        for level in levels {
            if starts_chunk(&level.0) && !chunk.is_empty() {
                chunks.push(chunk.drain(..).collect());
            }
            chunk.push(level);
        }
        if !chunk.is_empty() {
            chunks.push(chunk.into());
        }
        Self { chunks: chunks.into() }
    }

    /// Finds the level of a name.
    pub(crate) fn find(&self, name: &str) -> Option<i64> {
        self.entry(name).map(|(_, level)| *level)
    }

    fn entry(&self, name: &str) -> Option<&Level> {
        let starts_before = |chunk: &Arc<[Level]>| chunk.first().is_some_and(|(first, _)| **first <= *name);
        let after = self.chunks.partition_point(starts_before);
        let chunk = self.chunks.get(after.checked_sub(1)?)?;
        let at = chunk.binary_search_by(|(known, _)| (**known).cmp(name)).ok()?;
        chunk.get(at)
    }

    fn len(&self) -> usize {
        self.chunks.iter().map(|chunk| chunk.len()).sum()
    }

    pub(crate) fn iter(&self) -> Iter<'_> {
        Iter { cursor: Cursor::new(self), left: self.len() }
    }

    /// Takes the chunks of `other` in the place of equal ones, and in other chunks its names.
    pub(crate) fn share_with(&mut self, other: &Self) {
        for chunk in &mut self.chunks {
            let first = chunk.first().map(|(name, _)| name);
            let at = other.chunks.binary_search_by(|known| known.first().map(|(name, _)| name).cmp(&first));
            if let Some(known) = at.ok().and_then(|at| other.chunks.get(at)).filter(|known| *known == chunk) {
                *chunk = Arc::clone(known);
                continue;
            }
            for (name, _) in Arc::get_mut(chunk).unwrap_or_default() {
                if let Some((known, _)) = other.entry(name) {
                    *name = Arc::clone(known);
                }
            }
        }
    }

    /// Calls `differs` with each name whose level is not the same in both, ascending.
    pub(crate) fn each_difference(
        &self,
        new: &Self,
        mut differs: impl FnMut(&str, Option<i64>, Option<i64>),
    ) {
        let (mut old, mut new) = (Cursor::new(self), Cursor::new(new));
        loop {
            if old.is_at_shared_chunk(&new) {
                old.skip_chunk();
                new.skip_chunk();
                continue;
            }
            let order = match (old.peek(), new.peek()) {
                (None, None) => return,
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (Some((old, _)), Some((new, _))) if Arc::ptr_eq(old, new) => Ordering::Equal,
                (Some((old, _)), Some((new, _))) => old.cmp(new),
            };
            let removed = if order.is_le() { old.next() } else { None };
            let added = if order.is_ge() { new.next() } else { None };
            let (before, after) = (removed.map(|(_, level)| *level), added.map(|(_, level)| *level));
            if let (Some((name, _)), true) = (removed.or(added), before != after) {
                differs(name, before, after);
            }
        }
    }
}

/// Tells whether a chunk begins at a name: at one in 16 of them.
fn starts_chunk(name: &str) -> bool {
    // FNV-1a. Whoever chooses names to make long chunks only loses what the chunks save.
    let hash = name.bytes().fold(0xCBF2_9CE4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3)
    });
    hash >> 60 == 0
}

/// The names and levels of a map.
pub(crate) struct Iter<'a> {
    cursor: Cursor<'a>,
    left: usize,
}

impl<'a> Iterator for Iter<'a> {
    type Item = (&'a str, i64);

    fn next(&mut self) -> Option<Self::Item> {
        self.left = self.left.saturating_sub(1);
        self.cursor.next().map(|(name, level)| (&**name, *level))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl ExactSizeIterator for Iter<'_> {}

/// A place in a map.
struct Cursor<'a> {
    chunks: &'a [Arc<[Level]>],
    /// How far into the first of `chunks`.
    at: usize,
}

impl<'a> Cursor<'a> {
    fn new(levels: &'a Levels) -> Self {
        Self { chunks: &levels.chunks, at: 0 }
    }

    fn is_at_shared_chunk(&self, other: &Self) -> bool {
        match (self.chunks.first(), other.chunks.first()) {
            (Some(own), Some(others)) => self.at == 0 && other.at == 0 && Arc::ptr_eq(own, others),
            _ => false,
        }
    }

    fn skip_chunk(&mut self) {
        self.chunks = self.chunks.get(1..).unwrap_or_default();
        self.at = 0;
    }

    fn peek(&self) -> Option<&'a Level> {
        self.chunks.first()?.get(self.at)
    }

    fn next(&mut self) -> Option<&'a Level> {
        let chunk = self.chunks.first()?;
        let level = chunk.get(self.at);
        self.at += 1;
        if self.at == chunk.len() {
            self.skip_chunk();
        }
        level
    }
}

#[cfg(test)]
#[allow(clippy::indexing_slicing, clippy::unwrap_used)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    fn levels(map: &BTreeMap<String, i64>) -> Levels {
        Levels::from_sorted(map.iter().map(|(name, level)| (name.as_str().into(), *level)))
    }

    fn maps() -> impl Strategy<Value = (BTreeMap<String, i64>, BTreeMap<String, i64>)> {
        let map = prop::collection::btree_map("[a-c]{1,4}", 0..3i64, 0..90);
        let changes = prop::collection::btree_map("[a-c]{1,4}", prop::option::of(0..3i64), 0..9);
        (map, changes).prop_map(|(old, changes)| {
            let mut new = old.clone();
            for (name, level) in changes {
                match level {
                    Some(level) => _ = new.insert(name, level),
                    None => _ = new.remove(&name),
                }
            }
            (old, new)
        })
    }

    proptest! {
        #[test]
        fn differences_and_findings_are_those_of_maps((old, new) in maps(), shared in any::<bool>()) {
            let names: std::collections::BTreeSet<&String> = old.keys().chain(new.keys()).collect();
            let wanted: Vec<(String, Option<i64>, Option<i64>)> = names
                .iter()
                .map(|name| ((*name).clone(), old.get(*name).copied(), new.get(*name).copied()))
                .filter(|(_, old, new)| old != new)
                .collect();
            let (left, mut right) = (levels(&old), levels(&new));
            if shared {
                right.share_with(&left);
            }
            let mut found = Vec::new();
            left.each_difference(&right, |name, old, new| found.push((name.to_owned(), old, new)));
            prop_assert_eq!(found, wanted);
            prop_assert_eq!(right.iter().len(), new.len());
            prop_assert_eq!(right.iter().map(|(name, level)| (name.to_owned(), level)).collect::<BTreeMap<_, _>>(), new.clone());
            for name in names {
                prop_assert_eq!(right.find(name), new.get(name).copied());
            }
            prop_assert_eq!(right.find(""), None);
        }
    }

    #[test]
    fn a_map_with_one_change_shares_all_chunks_but_one() {
        let old: BTreeMap<String, i64> =
            (0..1_000).map(|number| (format!("@user{number}:a.example"), 1)).collect();
        let mut new = old.clone();
        new.insert("@user500:a.example".to_owned(), 2);
        let (left, mut right) = (levels(&old), levels(&new));
        assert!((30..120).contains(&left.chunks.len()), "{}", left.chunks.len());
        right.share_with(&left);
        let own = right.chunks.iter().zip(&left.chunks).filter(|(own, known)| !Arc::ptr_eq(own, known));
        let own: Vec<&Arc<[Level]>> = own.map(|(own, _)| own).collect();
        assert_eq!((own.len(), right.chunks.len()), (1, left.chunks.len()));
        for (name, _) in own[0].iter() {
            assert!(Arc::ptr_eq(name, &left.entry(name).unwrap().0));
        }
    }
}
