use alloc::vec::Vec;

use crate::scan::Range;
use crate::{Canonicalizer, Field, Name, write};

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
        let Some(whole) = field.whole() else {
            return self.rewritten(field, room);
        };
        // One byte between two members can only be the comma.
        if !self.run.is_empty() && self.run.end + 1 == whole.start {
            self.run.end = whole.end;
            return;
        }
        self.start_run(whole);
    }

    /// Begins to copy elsewhere.
    fn start_run(&mut self, run: Range) {
        self.separate();
        self.run = run;
    }

    /// Adds a member that does not stand in the text as canonical JSON writes it.
    #[cold]
    fn rewritten(&mut self, field: &Field<'a>, room: &mut Canonicalizer) {
        self.separate();
        field.write_key(self.out);
        self.out.push(b':');
        field.write_value(room, self.out);
    }

    /// Adds a key, whose value the caller appends to what this returns.
    pub fn key(&mut self, name: &Name<'_>) -> &mut Vec<u8> {
        self.separate();
        if name.is_plain() {
            self.out.push(b'"');
            self.out.extend_from_slice(name.as_str().as_bytes());
            self.out.push(b'"');
        } else {
            write::string(name.as_str(), self.out);
        }
        self.out.push(b':');
        self.out
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
