use std::collections::BTreeMap;
use std::str::CharIndices;

/// How many bytes a stretch may have that is compared at place after place. Longer ones are searched for by [`Places`].
pub(super) const MAX_COMPARED: usize = 256;

/// Goes through the places of a long stretch of characters in a text, those that overlap too: where each starts and ends.
///
/// Comparing at each place takes as many steps as the product of the two lengths where the text is made for it. Here 64
/// characters of the stretch take one step for each character of the text: each bit of the state tells whether so many
/// characters of the stretch stand right before the place (the shift-and method).
pub(super) struct Places<'t> {
    /// For each character of the stretch, where it stands: the words in which there are bits of it.
    own: BTreeMap<char, Vec<(usize, u64)>>,
    /// Where any character may stand.
    any: Box<[u64]>,
    state: Box<[u64]>,
    /// The bit of the last character, in the last word.
    last: u64,
    from: usize,
    ends: CharIndices<'t>,
    /// Follows `ends` at the length of the stretch.
    starts: CharIndices<'t>,
    /// How many characters are to be read before the stretch fits in.
    missing: usize,
}

impl<'t> Places<'t> {
    /// Begins at `from`. `any` is the character of the stretch that stands for any one.
    pub(super) fn new(stretch: &str, any: Option<char>, text: &'t [u8], from: usize) -> Self {
        let length = stretch.chars().count();
        let state = vec![0; length.div_ceil(64)].into_boxed_slice();
        let (mut wildcards, mut own) = (state.clone(), BTreeMap::<char, Vec<(usize, u64)>>::new());
        for (at, c) in stretch.chars().enumerate() {
            let (word, bit) = (at / 64, 1 << (at % 64));
            if Some(c) == any {
                wildcards.get_mut(word).into_iter().for_each(|bits| *bits |= bit);
                continue;
            }
            let words = own.entry(c).or_default();
            match words.last_mut().filter(|(last, _)| *last == word) {
                Some((_, bits)) => *bits |= bit,
                None => words.push((word, bit)),
            }
        }
        // The places of both searches are between characters, so that the rest is text.
        let rest = text.get(from..).and_then(|rest| str::from_utf8(rest).ok()).unwrap_or_default();
        Self {
            own,
            any: wildcards,
            state,
            last: 1 << (length.saturating_sub(1) % 64),
            from,
            ends: rest.char_indices(),
            starts: rest.char_indices(),
            missing: length,
        }
    }

    /// Reads a character; tells whether the stretch ends with it.
    fn read(&mut self, c: char) -> bool {
        let mut own = self.own.get(&c).into_iter().flatten().peekable();
        let mut carry = 1;
        for (at, (word, any)) in self.state.iter_mut().zip(&self.any).enumerate() {
            let own = own.next_if(|(place, _)| *place == at).map_or(0, |(_, bits)| *bits);
            let out = *word >> 63;
            *word = (*word << 1 | carry) & (any | own);
            carry = out;
        }
        self.state.last().is_some_and(|word| word & self.last != 0)
    }
}

impl Iterator for Places<'_> {
    type Item = (usize, usize);

    fn next(&mut self) -> Option<(usize, usize)> {
        loop {
            let (at, c) = self.ends.next()?;
            self.missing = self.missing.saturating_sub(1);
            let start = if self.missing == 0 { self.starts.next() } else { None };
            if self.read(c)
                && let Some((start, _)) = start
            {
                return Some((self.from + start, self.from + at + c.len_utf8()));
            }
        }
    }
}
