use super::{Flow, Key, Sink, Stop};
use crate::lex::NumberClass;

/// The sink that records nothing and stops where text departs from its canonical form.
///
/// It is for strict mode, where every number that passes is canonical.
pub(crate) struct Check;

impl Sink for Check {
    #[inline]
    fn gap(&mut self, _from: usize, _to: usize) -> Flow {
        Err(Stop::Enough)
    }

    #[inline]
    fn open(&mut self, _at: usize, _is_object: bool) {}

    #[inline]
    fn key(&mut self, key: Key, _value: usize, in_order: bool) -> Flow {
        if in_order && !key.needs_rewriting() { Ok(()) } else { Err(Stop::Enough) }
    }

    #[inline]
    fn escape(&mut self, _from: usize, _to: usize, _char: char) -> Flow {
        Err(Stop::Enough)
    }

    #[inline]
    fn number(&mut self, _start: usize, _end: usize, _class: NumberClass) -> Flow {
        Ok(())
    }

    #[inline]
    fn close(&mut self, _at: usize, _is_object: bool) -> Flow {
        Ok(())
    }
}
