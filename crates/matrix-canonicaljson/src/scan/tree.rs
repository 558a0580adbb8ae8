use alloc::string::String;
use alloc::vec::Vec;

use super::{Flow, Key, Sink};
use crate::lex::{self, NumberClass};
use crate::mode::{Duplicates, Options};
use crate::{Number, Object, Value};

/// The sink that builds a [`Value`].
pub(crate) struct Tree<'a> {
    text: &'a str,
    options: Options,
    open: Vec<Open>,
    /// The last value that ended and has not been put into what holds it.
    last: Value,
}

/// A container with what was read of it.
enum Open {
    Array(Vec<Value>),
    Object {
        object: Object,
        /// The key whose value is being read.
        key: String,
        /// The first key that was there before, when that is refused.
        repeated: Option<Key>,
    },
}

impl<'a> Tree<'a> {
    pub(crate) fn new(text: &'a str, options: Options) -> Self {
        Self { text, options, open: Vec::new(), last: Value::Null }
    }

    /// Returns the value of a text that was passed over to its end.
    pub(crate) fn into_value(self) -> Value {
        self.last
    }

    /// Takes a value that ended. What an object holds is put there when its member ends.
    fn put(&mut self, value: Value) {
        match self.open.last_mut() {
            Some(Open::Array(items)) => items.push(value),
            Some(Open::Object { .. }) | None => self.last = value,
        }
    }
}

impl Sink for Tree<'_> {
    fn gap(&mut self, _from: usize, _to: usize) -> Flow {
        Ok(())
    }

    fn open(&mut self, _at: usize, is_object: bool) {
        self.open.push(if is_object {
            Open::Object { object: Object::new(), key: String::new(), repeated: None }
        } else {
            Open::Array(Vec::new())
        });
    }

    fn key(&mut self, key: Key, _value: usize, _in_order: bool) -> Flow {
        let refuse = self.options.duplicates == Duplicates::Refuse;
        if let Some(Open::Object { object, key: last, repeated }) = self.open.last_mut() {
            *last = key.decoded(self.text.as_bytes()).into_owned();
            if refuse && repeated.is_none() && object.contains_key(last) {
                *repeated = Some(key);
            }
        }
        Ok(())
    }

    fn string(&mut self, start: usize, end: usize, escaped: bool) {
        let raw = self.text.get(start + 1..end - 1).unwrap_or_default();
        let string = if escaped { lex::decode(raw).collect() } else { String::from(raw) };
        self.put(Value::String(string));
    }

    fn escape(&mut self, _from: usize, _to: usize, _char: char) -> Flow {
        Ok(())
    }

    fn number(&mut self, start: usize, end: usize, class: NumberClass) -> Flow {
        let text = self.text.get(start..end).unwrap_or_default();
        let value = match class {
            NumberClass::Integer | NumberClass::NegativeZero => {
                Value::Integer(lex::integer(text.as_bytes()).unwrap_or_default())
            }
            NumberClass::BigInteger => Value::Number(Number::from_digits(text)),
            NumberClass::Float => Value::Number(Number::from_f64(lex::float(text, start)?)?),
        };
        self.put(value);
        Ok(())
    }

    fn word(&mut self, value: Option<bool>) {
        self.put(value.map_or(Value::Null, Value::Bool));
    }

    fn member_end(&mut self, _at: usize) {
        if let Some(Open::Object { object, key, .. }) = self.open.last_mut() {
            object.insert(core::mem::take(key), core::mem::take(&mut self.last));
        }
    }

    fn close(&mut self, _at: usize, _is_object: bool) -> Flow {
        let value = match self.open.pop() {
            Some(Open::Array(items)) => Value::Array(items),
            Some(Open::Object { repeated: Some(key), .. }) => {
                return Err(key.duplicate(self.text.as_bytes()).into());
            }
            Some(Open::Object { object, .. }) => Value::Object(object),
            None => Value::Null,
        };
        self.put(value);
        Ok(())
    }
}
