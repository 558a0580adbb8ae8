use serde_core::{Serialize, ser};

use super::compound::{Array, Map};
use super::writer::Writer;
use super::{NUMBER, RAW};
use crate::{Error, ErrorKind, Integer, write};

/// Writes one value, or the key of a map.
pub(super) struct Serializer<'a> {
    writer: &'a mut Writer,
    is_key: bool,
}

impl<'a> Serializer<'a> {
    pub(super) fn new(writer: &'a mut Writer) -> Self {
        Self { writer, is_key: false }
    }

    /// Writes a key. Integers are written without a limit of range, for they will be strings.
    pub(super) fn key(writer: &'a mut Writer) -> Self {
        Self { writer, is_key: true }
    }

    fn literal(self, text: &str) -> Result<(), Error> {
        self.writer.out.extend_from_slice(text.as_bytes());
        Ok(())
    }

    fn integer<T: TryInto<Integer, Error = Error> + ToDecimal>(self, value: T) -> Result<(), Error> {
        if self.is_key {
            return self.literal(&value.to_decimal());
        }
        write::integer(value.try_into()?.get(), &mut self.writer.out);
        Ok(())
    }

    fn float(self, value: f64) -> Result<(), Error> {
        let kind = match value.is_finite() {
            _ if self.is_key => ErrorKind::KeyNotAString,
            true => ErrorKind::NotAnInteger,
            false => ErrorKind::NotFinite,
        };
        Err(Error::new(kind).detail(&alloc::format!("{value}")))
    }

    /// Opens the object with one member that stands for a variant with content.
    fn variant(self, variant: &str) -> Result<&'a mut Writer, Error> {
        self.writer.open(b'{')?;
        write::string(variant, &mut self.writer.out);
        self.writer.out.push(b':');
        Ok(self.writer)
    }
}

/// The decimal digits of an integer of any width.
trait ToDecimal: Copy {
    fn to_decimal(self) -> alloc::string::String;
}

impl<T: Copy + alloc::string::ToString> ToDecimal for T {
    fn to_decimal(self) -> alloc::string::String {
        self.to_string()
    }
}

macro_rules! integers {
    ($($method:ident($int:ty))*) => {$(
        fn $method(self, value: $int) -> Result<(), Error> {
            self.integer(i128::from(value))
        }
    )*};
}

impl<'a> ser::Serializer for Serializer<'a> {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Array<'a>;
    type SerializeTuple = Array<'a>;
    type SerializeTupleStruct = Array<'a>;
    type SerializeTupleVariant = Array<'a>;
    type SerializeMap = Map<'a>;
    type SerializeStruct = Map<'a>;
    type SerializeStructVariant = Map<'a>;

    integers! {
        serialize_i8(i8) serialize_i16(i16) serialize_i32(i32) serialize_i64(i64) serialize_i128(i128)
        serialize_u8(u8) serialize_u16(u16) serialize_u32(u32) serialize_u64(u64)
    }

    fn serialize_u128(self, value: u128) -> Result<(), Error> {
        self.integer(value)
    }

    fn serialize_f32(self, value: f32) -> Result<(), Error> {
        self.float(value.into())
    }

    fn serialize_f64(self, value: f64) -> Result<(), Error> {
        self.float(value)
    }

    fn serialize_bool(self, value: bool) -> Result<(), Error> {
        self.literal(if value { "true" } else { "false" })
    }

    fn serialize_char(self, value: char) -> Result<(), Error> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Result<(), Error> {
        write::string(value, &mut self.writer.out);
        Ok(())
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<(), Error> {
        self.collect_seq(value)
    }

    fn serialize_none(self) -> Result<(), Error> {
        self.literal("null")
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Error> {
        self.literal("null")
    }

    fn serialize_unit_struct(self, _name: &'static str) -> Result<(), Error> {
        self.literal("null")
    }

    fn serialize_unit_variant(self, _name: &'static str, _: u32, variant: &'static str) -> Result<(), Error> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T>(self, _name: &'static str, value: &T) -> Result<(), Error>
    where
        T: Serialize + ?Sized,
    {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T>(
        self,
        _name: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Error>
    where
        T: Serialize + ?Sized,
    {
        let writer = self.variant(variant)?;
        value.serialize(Serializer::new(writer)).map_err(|error| error.within_key(variant))?;
        writer.close(b'}');
        Ok(())
    }

    fn serialize_seq(self, _len: Option<usize>) -> Result<Array<'a>, Error> {
        Array::open(self.writer, None)
    }

    fn serialize_tuple(self, _len: usize) -> Result<Array<'a>, Error> {
        Array::open(self.writer, None)
    }

    fn serialize_tuple_struct(self, _name: &'static str, _len: usize) -> Result<Array<'a>, Error> {
        Array::open(self.writer, None)
    }

    fn serialize_tuple_variant(
        self,
        _name: &'static str,
        _: u32,
        variant: &'static str,
        _len: usize,
    ) -> Result<Array<'a>, Error> {
        Array::open(self.variant(variant)?, Some(variant))
    }

    fn serialize_map(self, _len: Option<usize>) -> Result<Map<'a>, Error> {
        Map::open(self.writer, None)
    }

    fn serialize_struct(self, name: &'static str, _len: usize) -> Result<Map<'a>, Error> {
        if name == NUMBER || name == RAW {
            return Ok(Map::json_text(self.writer));
        }
        Map::open(self.writer, None)
    }

    fn serialize_struct_variant(
        self,
        _name: &'static str,
        _: u32,
        variant: &'static str,
        _len: usize,
    ) -> Result<Map<'a>, Error> {
        Map::open(self.variant(variant)?, Some(variant))
    }
}
