//! The form of some responses of the first version.

use core::fmt;
use core::marker::PhantomData;

use serde::de::{DeserializeOwned, Error as _, IgnoredAny, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{EndpointResponse, Error, endpoint};

/// A response as `[200, response]`, as `v1` of `send_join`, `send_leave` and `invite` have it by accident (MSC1802).
///
/// It is written with 200; read, it has exactly two elements, of which the first is any integer.
///
/// ```
/// use matrix_api::federation::V1Tuple;
///
/// let read: V1Tuple<Vec<u8>> = serde_json::from_str("[200, [1, 2]]")?;
/// assert_eq!(read.0, [1, 2]);
/// assert_eq!(serde_json::to_string(&V1Tuple("x"))?, r#"[200,"x"]"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct V1Tuple<T>(pub T);

impl<T: Serialize> Serialize for V1Tuple<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (200, &self.0).serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for V1Tuple<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(TupleVisitor(PhantomData))
    }
}

struct TupleVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for TupleVisitor<T> {
    type Value = V1Tuple<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an integer and a response")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Self::Value, A::Error> {
        let first: Option<i128> = elements.next_element()?;
        first.ok_or_else(|| A::Error::invalid_length(0, &self))?;
        let response = elements.next_element()?.ok_or_else(|| A::Error::invalid_length(1, &self))?;
        match elements.next_element::<IgnoredAny>()? {
            Some(_) => Err(A::Error::custom("more than an integer and a response")),
            None => Ok(V1Tuple(response)),
        }
    }
}

impl<T: Serialize + DeserializeOwned> EndpointResponse for V1Tuple<T> {
    fn into_http_response(self) -> Result<http::Response<Vec<u8>>, Error> {
        endpoint::write(&self).map(endpoint::json)
    }

    fn from_success<B: AsRef<[u8]>>(response: &http::Response<B>) -> Result<Self, Error> {
        endpoint::read(response.body().as_ref())
    }
}
