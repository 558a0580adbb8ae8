use foldhash::fast::RandomState;
use hashbrown::HashMap;

use super::{Case, Glob};

/// Many patterns, each with a value, held against one text in much less time than one by one.
///
/// Literal patterns are found by hash. A pattern that starts or ends with literal text is looked at only when the text
/// does too: for each length of such a start or end there is one lookup, whatever the number of patterns. Only
/// patterns like `*spam*` are tried one by one.
///
/// Hashes are seeded anew in each process; no order that depends on them is ever visible.
#[derive(Clone, Debug)]
pub struct GlobSet<V> {
    case: Case,
    len: usize,
    literals: HashMap<Box<str>, Vec<V>, RandomState>,
    prefixes: Ends<V>,
    suffixes: Ends<V>,
    others: Vec<(Glob, V)>,
}

impl<V> GlobSet<V> {
    /// Makes an empty set whose patterns all treat upper and lower case alike.
    #[must_use]
    pub fn new(case: Case) -> Self {
        let (prefixes, suffixes) = (Ends::new(), Ends::new());
        Self { case, len: 0, literals: HashMap::default(), prefixes, suffixes, others: Vec::new() }
    }

    /// Adds a pattern with its value; equal patterns may be there several times.
    pub fn insert(&mut self, pattern: &str, value: V) {
        self.len += 1;
        let pattern = self.case.fold(pattern);
        if is_literal(&pattern) {
            self.literals.entry((*pattern).into()).or_default().push(value);
            return;
        }
        let glob = Glob::compile(&pattern, self.case, false);
        match Place::of(&glob) {
            Place::Prefix(text) => self.prefixes.insert(text.into(), glob, value),
            Place::Suffix(text) => self.suffixes.insert(text.into(), glob, value),
            Place::Other => self.others.push((glob, value)),
        }
    }

    /// Takes out the first value under this pattern that `is_it` accepts, and returns it.
    pub fn remove(&mut self, pattern: &str, mut is_it: impl FnMut(&V) -> bool) -> Option<V> {
        let pattern = self.case.fold(pattern);
        let removed = if is_literal(&pattern) {
            self.remove_literal(&pattern, is_it)?
        } else {
            match Place::of(&Glob::compile(&pattern, self.case, false)) {
                Place::Prefix(text) => self.prefixes.remove(text, is_it)?,
                Place::Suffix(text) => self.suffixes.remove(text, is_it)?,
                Place::Other => {
                    let at = self.others.iter().position(|(_, value)| is_it(value))?;
                    self.others.swap_remove(at).1
                }
            }
        };
        self.len -= 1;
        Some(removed)
    }

    /// Calls `found` with the value of each pattern that matches the whole of `text`, in no particular order.
    pub fn each_match<'a>(&'a self, text: &str, mut found: impl FnMut(&'a V)) {
        let text = &*self.case.fold(text);
        self.literals.get(text).into_iter().flatten().for_each(&mut found);
        let globs = self.prefixes.starting(text).chain(self.suffixes.ending(text)).chain(&self.others);
        for (glob, value) in globs {
            if glob.is_match_folded(text) {
                found(value);
            }
        }
    }

    /// Returns whether a pattern matches the whole of `text`.
    #[must_use]
    pub fn is_match(&self, text: &str) -> bool {
        let text = &*self.case.fold(text);
        let mut globs = self.prefixes.starting(text).chain(self.suffixes.ending(text)).chain(&self.others);
        self.literals.contains_key(text) || globs.any(|(glob, _)| glob.is_match_folded(text))
    }

    /// Returns the number of patterns.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Returns whether there are no patterns.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    fn remove_literal(&mut self, text: &str, is_it: impl FnMut(&V) -> bool) -> Option<V> {
        let values = self.literals.get_mut(text)?;
        let at = values.iter().position(is_it)?;
        let value = values.swap_remove(at);
        if values.is_empty() {
            self.literals.remove(text);
        }
        Some(value)
    }
}

fn is_literal(pattern: &str) -> bool {
    !pattern.contains(['*', '?'])
}

/// Where a pattern that is not literal is kept, by the longest text that it has at an end.
enum Place<'a> {
    Prefix(&'a str),
    Suffix(&'a str),
    Other,
}

impl<'a> Place<'a> {
    fn of(glob: &'a Glob) -> Self {
        let (prefix, suffix) = (glob.literal_prefix(), glob.literal_suffix());
        if prefix.is_empty() && suffix.is_empty() {
            Self::Other
        } else if prefix.len() > suffix.len() {
            Self::Prefix(prefix)
        } else {
            Self::Suffix(suffix)
        }
    }
}

/// Patterns by the literal text at one of their ends.
#[derive(Clone, Debug)]
struct Ends<V> {
    /// How many texts there are of each length, sorted by length.
    lengths: Vec<(usize, usize)>,
    globs: HashMap<Box<str>, Vec<(Glob, V)>, RandomState>,
}

impl<V> Ends<V> {
    fn new() -> Self {
        Self { lengths: Vec::new(), globs: HashMap::default() }
    }

    fn insert(&mut self, end: Box<str>, glob: Glob, value: V) {
        let length = end.len();
        let globs = self.globs.entry(end).or_default();
        globs.push((glob, value));
        if globs.len() > 1 {
            return;
        }
        match self.lengths.binary_search_by_key(&length, |(length, _)| *length) {
            Ok(at) => self.lengths.get_mut(at).into_iter().for_each(|(_, count)| *count += 1),
            Err(at) => self.lengths.insert(at, (length, 1)),
        }
    }

    fn remove(&mut self, end: &str, mut is_it: impl FnMut(&V) -> bool) -> Option<V> {
        let globs = self.globs.get_mut(end)?;
        let at = globs.iter().position(|(_, value)| is_it(value))?;
        let (_, value) = globs.swap_remove(at);
        if globs.is_empty() {
            self.globs.remove(end);
            self.lengths
                .iter_mut()
                .filter(|(length, _)| *length == end.len())
                .for_each(|(_, count)| *count -= 1);
            self.lengths.retain(|(_, count)| *count > 0);
        }
        Some(value)
    }

    /// Returns the patterns with whose literal text `text` starts.
    fn starting<'a>(&'a self, text: &str) -> impl Iterator<Item = &'a (Glob, V)> {
        self.lengths
            .iter()
            .take_while(|(length, _)| *length <= text.len())
            .filter_map(|(length, _)| self.globs.get(text.get(..*length)?))
            .flatten()
    }

    /// Returns the patterns with whose literal text `text` ends.
    fn ending<'a>(&'a self, text: &str) -> impl Iterator<Item = &'a (Glob, V)> {
        self.lengths
            .iter()
            .map_while(|(length, _)| text.len().checked_sub(*length))
            .filter_map(|start| self.globs.get(text.get(start..)?))
            .flatten()
    }
}
