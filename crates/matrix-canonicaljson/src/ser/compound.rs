use serde_core::Serialize;
use serde_core::ser::{
    SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant,
};

use super::serializer::Serializer;
use super::writer::{Object, Writer};
use crate::{Error, ErrorKind};

/// An array that is being written, within the object of its variant if it is the content of one.
pub(super) struct Array<'a> {
    writer: &'a mut Writer,
    variant: Option<&'static str>,
    len: usize,
}

impl<'a> Array<'a> {
    pub(super) fn open(writer: &'a mut Writer, variant: Option<&'static str>) -> Result<Self, Error> {
        writer.open(b'[')?;
        Ok(Self { writer, variant, len: 0 })
    }

    fn item<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        if self.len > 0 {
            self.writer.out.push(b',');
        }
        let written = value.serialize(Serializer::new(self.writer));
        written.map_err(|error| within_variant(error.within_index(self.len), self.variant))?;
        self.len += 1;
        Ok(())
    }

    fn close(self) -> Result<(), Error> {
        self.writer.close(b']');
        if self.variant.is_some() {
            self.writer.close(b'}');
        }
        Ok(())
    }
}

/// An object that is being written, within the object of its variant if it is the content of one.
pub(super) struct Map<'a> {
    writer: &'a mut Writer,
    variant: Option<&'static str>,
    /// `None` for a struct that stands for JSON text.
    object: Option<Object>,
}

impl<'a> Map<'a> {
    pub(super) fn open(writer: &'a mut Writer, variant: Option<&'static str>) -> Result<Self, Error> {
        let object = Some(writer.open_object()?);
        Ok(Self { writer, variant, object })
    }

    /// Stands for a struct whose one field holds JSON text, which takes the struct's place.
    pub(super) fn json_text(writer: &'a mut Writer) -> Self {
        Self { writer, variant: None, object: None }
    }

    fn key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Error> {
        let Some(object) = &mut self.object else {
            return Ok(());
        };
        let start = self.writer.before_key(*object);
        key.serialize(Serializer::key(self.writer)).map_err(|error| within_variant(error, self.variant))?;
        match self.writer.out.get(start) {
            Some(b'"') => {}
            Some(b'-' | b'0'..=b'9' | b't' | b'f') => {
                self.writer.out.insert(start, b'"');
                self.writer.out.push(b'"');
            }
            _ => return Err(within_variant(Error::new(ErrorKind::KeyNotAString), self.variant)),
        }
        self.writer.after_key(object, start)
    }

    fn value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        let start = self.writer.out.len();
        let written = value.serialize(Serializer::new(self.writer));
        let Some(object) = self.object else {
            return written.and_then(|()| self.writer.unwrap_json(start));
        };
        written.map_err(|error| within_variant(self.writer.within_member(object, error), self.variant))?;
        self.writer.after_value();
        Ok(())
    }

    fn close(self) -> Result<(), Error> {
        if let Some(object) = self.object {
            self.writer.close_object(object);
        }
        if self.variant.is_some() {
            self.writer.close(b'}');
        }
        Ok(())
    }
}

fn within_variant(error: Error, variant: Option<&'static str>) -> Error {
    match variant {
        Some(variant) => error.within_key(variant),
        None => error,
    }
}

macro_rules! array {
    ($($of:ident::$method:ident)*) => {$(
        impl $of for Array<'_> {
            type Ok = ();
            type Error = Error;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
                self.item(value)
            }

            fn end(self) -> Result<(), Error> {
                self.close()
            }
        }
    )*};
}

array!(SerializeSeq::serialize_element SerializeTuple::serialize_element);
array!(SerializeTupleStruct::serialize_field SerializeTupleVariant::serialize_field);

macro_rules! structs {
    ($($of:ident)*) => {$(
        impl $of for Map<'_> {
            type Ok = ();
            type Error = Error;

            fn serialize_field<T>(&mut self, key: &'static str, value: &T) -> Result<(), Error>
            where
                T: Serialize + ?Sized,
            {
                self.key(key)?;
                self.value(value)
            }

            fn end(self) -> Result<(), Error> {
                self.close()
            }
        }
    )*};
}

structs!(SerializeStruct SerializeStructVariant);

impl SerializeMap for Map<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Error> {
        self.key(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.value(value)
    }

    fn end(self) -> Result<(), Error> {
        self.close()
    }
}
