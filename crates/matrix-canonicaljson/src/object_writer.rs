use alloc::vec::Vec;

use crate::scan::Range;
use crate::{Canonicalizer, Field};

/// Writes an object of selected members of a text as canonical JSON.
///
/// Members that stand side by side in the text, as canonical JSON has them, are copied together. They have to be
/// handed over in the order of canonical JSON.
#[derive(Debug)]
pub struct ObjectWriter<'a, 'w> {
    json: &'a [u8],
    out: &'w mut Vec<u8>,
    /// What is still to be copied.
    run: Range,
    is_empty: bool,
}

impl<'a, 'w> ObjectWriter<'a, 'w> {
    /// Opens an object at the end of `out`, of members of `json`.
    pub fn new(json: &'a [u8], out: &'w mut Vec<u8>) -> Self {
        out.push(b'{');
        Self { json, out, run: Range::default(), is_empty: true }
    }

    /// Adds a member.
    #[inline(always)]
    pub fn field(&mut self, field: &Field<'a>, room: &mut Canonicalizer) {
        match field.whole() {
            Some(whole) => self.add(whole),
            None => self.rewritten(field, room),
        }
    }

    /// Adds a member of which only the key is copied, and whose value the caller appends to what this returns.
    pub fn key_of(&mut self, field: &Field<'a>) -> &mut Vec<u8> {
        match field.whole_key() {
            Some(key) => {
                self.add(key);
                self.copy_run();
            }
            None => self.rewritten_key(field),
        }
        self.out
    }

    /// Adds a part of the text that begins with a member.
    #[inline]
    fn add(&mut self, part: Range) {
        // One byte between two members can only be the comma.
        if !self.run.is_empty() && self.run.end + 1 == part.start {
            self.run.end = part.end;
            return;
        }
        self.separate();
        self.run = part;
    }

    /// Adds a member that does not stand in the text as canonical JSON writes it.
    #[cold]
    fn rewritten(&mut self, field: &Field<'a>, room: &mut Canonicalizer) {
        self.rewritten_key(field);
        field.write_value(room, self.out);
    }

    fn rewritten_key(&mut self, field: &Field<'a>) {
        self.separate();
        field.write_key(self.out);
        self.out.push(b':');
    }

    /// Closes the object.
    pub fn finish(mut self) {
        self.copy_run();
        self.out.push(b'}');
    }

    #[inline]
    fn separate(&mut self) {
        self.copy_run();
        if !core::mem::replace(&mut self.is_empty, false) {
            self.out.push(b',');
        }
    }

    #[inline]
    fn copy_run(&mut self) {
        self.out.extend_from_slice(core::mem::take(&mut self.run).of(self.json));
    }
}
