//! What may stand in a field.

use std::borrow::Cow;
use std::collections::BTreeMap;

use matrix_canonicaljson::{Integer, Members, Object, Value};
use matrix_identifiers as ids;

use super::write::{write_integer, write_string};
use super::{Node, State};
use crate::{Misfit, Problem};

/// A type whose values stand in fields.
pub trait Field: Sized {
    /// Reads a value.
    ///
    /// # Errors
    ///
    /// When it does not fit; reading leniently, only when there is no value without what does not fit.
    #[doc(hidden)]
    fn read(node: &Node<'_>, state: &mut State) -> Result<Self, Misfit>;

    /// Reads the members of an object.
    #[doc(hidden)]
    fn read_members(_members: Members<'_>, _state: &mut State) -> Result<Self, Misfit> {
        Err(Misfit::expected("of a type that is an object"))
    }

    /// Appends the canonical form.
    #[doc(hidden)]
    fn write(&self, out: &mut Vec<u8>);

    /// Returns what a field has that is not there, if it may be so.
    #[doc(hidden)]
    fn absent() -> Option<Self> {
        None
    }

    /// Returns whether the field is not to be written.
    #[doc(hidden)]
    fn is_absent(&self) -> bool {
        false
    }

    /// Returns what lenient reading puts in a field that has to be there and is not.
    #[doc(hidden)]
    fn fallback(_state: &State) -> Option<Self> {
        None
    }
}

impl Field for String {
    fn read(node: &Node<'_>, _: &mut State) -> Result<Self, Misfit> {
        node.as_str().map(Cow::into_owned).ok_or_else(|| Misfit::expected("a string"))
    }

    fn write(&self, out: &mut Vec<u8>) {
        write_string(self, out);
    }

    fn fallback(_: &State) -> Option<Self> {
        Some(Self::new())
    }
}

impl Field for bool {
    fn read(node: &Node<'_>, _: &mut State) -> Result<Self, Misfit> {
        match node.raw() {
            "true" => Ok(true),
            "false" => Ok(false),
            _ => Err(Misfit::expected("a boolean")),
        }
    }

    fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(if *self { b"true" } else { b"false" });
    }
}

impl Field for Integer {
    fn read(node: &Node<'_>, _: &mut State) -> Result<Self, Misfit> {
        node.as_i64().and_then(Self::new).ok_or_else(|| Misfit::expected("an integer within ±(2^53 − 1)"))
    }

    fn write(&self, out: &mut Vec<u8>) {
        write_integer(self.get(), out);
    }

    fn fallback(_: &State) -> Option<Self> {
        Some(Self::default())
    }
}

/// An integer of a PDU, which may be beyond the range of canonical JSON in rooms 1 to 5.
impl Field for i64 {
    fn read(node: &Node<'_>, _: &mut State) -> Result<Self, Misfit> {
        node.as_i64().ok_or_else(|| Misfit::expected("an integer of 64 bits"))
    }

    fn write(&self, out: &mut Vec<u8>) {
        write_integer(*self, out);
    }

    fn fallback(_: &State) -> Option<Self> {
        Some(0)
    }
}

impl Field for Value {
    fn read(node: &Node<'_>, _: &mut State) -> Result<Self, Misfit> {
        Ok(node.value())
    }

    fn write(&self, out: &mut Vec<u8>) {
        self.write_canonical(out);
    }
}

impl Field for Object {
    fn read(node: &Node<'_>, _: &mut State) -> Result<Self, Misfit> {
        node.value().into_object().map_err(|_| Misfit::expected("an object"))
    }

    fn read_members(members: Members<'_>, _: &mut State) -> Result<Self, Misfit> {
        Ok(members.map(|member| (member.key().into_owned(), Node::Member(member).value())).collect())
    }

    fn write(&self, out: &mut Vec<u8>) {
        self.write_canonical(out);
    }

    fn fallback(_: &State) -> Option<Self> {
        Some(Self::new())
    }
}

impl<T: Field> Field for Option<T> {
    fn read(node: &Node<'_>, state: &mut State) -> Result<Self, Misfit> {
        if node.is_null() { Ok(None) } else { T::read(node, state).map(Some) }
    }

    fn write(&self, out: &mut Vec<u8>) {
        match self {
            Some(value) => value.write(out),
            None => out.extend_from_slice(b"null"),
        }
    }

    fn absent() -> Option<Self> {
        Some(None)
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T: Field> Field for Box<T> {
    fn read(node: &Node<'_>, state: &mut State) -> Result<Self, Misfit> {
        T::read(node, state).map(Self::new)
    }

    fn read_members(members: Members<'_>, state: &mut State) -> Result<Self, Misfit> {
        T::read_members(members, state).map(Self::new)
    }

    fn write(&self, out: &mut Vec<u8>) {
        T::write(self, out);
    }

    fn fallback(state: &State) -> Option<Self> {
        T::fallback(state).map(Self::new)
    }
}

impl<T: Field> Field for Vec<T> {
    fn read(node: &Node<'_>, state: &mut State) -> Result<Self, Misfit> {
        let items = node.items().ok_or_else(|| Misfit::expected("an array"))?;
        let mut list = Self::new();
        for (index, item) in items.enumerate() {
            let mark = state.mark();
            match T::read(&Node::Text(item), state) {
                Ok(value) => list.push(value),
                Err(misfit) => {
                    state.drop_value(mark, misfit.within_index(index))?;
                    continue;
                }
            }
            state.place(mark, |misfit| misfit.within_index(index));
        }
        Ok(list)
    }

    fn write(&self, out: &mut Vec<u8>) {
        out.push(b'[');
        for (index, item) in self.iter().enumerate() {
            if index > 0 {
                out.push(b',');
            }
            item.write(out);
        }
        out.push(b']');
    }

    fn fallback(_: &State) -> Option<Self> {
        Some(Self::new())
    }
}

/// A type whose values stand as keys.
pub trait KeyField: Ord + Sized {
    /// Reads a key.
    ///
    /// # Errors
    ///
    /// When it does not fit.
    #[doc(hidden)]
    fn read_key(key: Cow<'_, str>) -> Result<Self, Misfit>;

    /// Returns the key.
    #[doc(hidden)]
    fn key(&self) -> &str;
}

impl KeyField for String {
    fn read_key(key: Cow<'_, str>) -> Result<Self, Misfit> {
        Ok(key.into_owned())
    }

    fn key(&self) -> &str {
        self
    }
}

impl<K: KeyField, T: Field> Field for BTreeMap<K, T> {
    fn read(node: &Node<'_>, state: &mut State) -> Result<Self, Misfit> {
        match node.members() {
            Some(members) => Self::read_members(members, state),
            None => Self::read_members(super::rescan(&mut Default::default(), node)?, state),
        }
    }

    fn read_members(members: Members<'_>, state: &mut State) -> Result<Self, Misfit> {
        let mut map = Self::new();
        for member in members {
            let mark = state.mark();
            let read =
                K::read_key(member.key()).and_then(|key| Ok((key, T::read(&Node::Member(member), state)?)));
            match read {
                Ok((key, value)) => map.insert(key, value),
                Err(misfit) => {
                    state.drop_value(mark, misfit.within_key(&member.key()))?;
                    continue;
                }
            };
            state.place(mark, |misfit| misfit.within_key(&member.key()));
        }
        Ok(map)
    }

    fn write(&self, out: &mut Vec<u8>) {
        out.push(b'{');
        for (index, (key, value)) in self.iter().enumerate() {
            if index > 0 {
                out.push(b',');
            }
            write_string(key.key(), out);
            out.push(b':');
            value.write(out);
        }
        out.push(b'}');
    }

    fn fallback(_: &State) -> Option<Self> {
        Some(Self::new())
    }
}

macro_rules! identifiers {
    ($($owned:ident)*) => {$(
        impl Field for ids::$owned {
            fn read(node: &Node<'_>, _: &mut State) -> Result<Self, Misfit> {
                match node.as_str() {
                    Some(text) => ids::$owned::try_from(&*text).map_err(|error| Misfit::new(Problem::Identifier(error))),
                    None => Err(Misfit::expected("a string")),
                }
            }

            fn write(&self, out: &mut Vec<u8>) {
                write_string(self.as_str(), out);
            }
        }

        impl KeyField for ids::$owned {
            fn read_key(key: Cow<'_, str>) -> Result<Self, Misfit> {
                ids::$owned::try_from(&*key).map_err(|error| Misfit::new(Problem::Identifier(error)))
            }

            fn key(&self) -> &str {
                self.as_str()
            }
        }
    )*};
}

identifiers! {
    OwnedDeviceId OwnedDeviceKeyId OwnedEventId OwnedMxcUri OwnedRoomAliasId OwnedRoomId OwnedRoomVersionId
    OwnedServerName OwnedServerSigningKeyId OwnedSpaceOrder OwnedUserId
}
