//! What an identity server answers, and what its errors ask for.

use serde_json::Value;

use crate::{Error, json};

/// The largest response that is read, in bytes: 4 MiB.
pub const MAX_RESPONSE_BYTES: usize = 4 * 1024 * 1024;

/// A response over HTTP.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Response<'a> {
    /// The status code.
    pub status: u16,
    /// The body.
    pub body: &'a [u8],
}

impl<'a> Response<'a> {
    /// Makes a response.
    #[must_use]
    pub fn new(status: u16, body: &'a [u8]) -> Self {
        Self { status, body }
    }

    /// Returns the error code: the string `errcode` of a body that is an object.
    #[must_use]
    pub fn errcode(&self) -> Option<String> {
        self.string("errcode")
    }

    /// Tells whether the body is an error as the specification has them: an object with an `errcode` and an `error`, both
    /// strings.
    pub(crate) fn is_matrix_error(&self) -> bool {
        self.string("errcode").is_some() && self.string("error").is_some()
    }

    fn string(&self, field: &str) -> Option<String> {
        let fields = json::read(self.body, MAX_RESPONSE_BYTES).ok()?;
        fields.get(field).and_then(Value::as_str).map(str::to_owned)
    }

    /// Tells whether the server knows no such endpoint, so that a client falls back to the first version of the API
    /// (MSC2134): status 400 or 404 and no error code that only a server with this endpoint would give.
    ///
    /// That version is gone since 1.1 (MSC2713), takes addresses in plain text only, and may answer 403 `M_FORBIDDEN`
    /// where it was switched off: the user should be warned, or better, the address not be looked up.
    #[must_use]
    pub fn falls_back_to_v1(&self) -> bool {
        let unknown = |errcode: &str| matches!(errcode, "M_UNRECOGNIZED" | "M_NOT_FOUND");
        matches!(self.status, 400 | 404) && self.errcode().is_none_or(|errcode| unknown(&errcode))
    }

    /// Returns the body of a success.
    ///
    /// # Errors
    ///
    /// [`Error::Unauthorized`] for 401, [`Error::TermsNotSigned`] for 403 `M_TERMS_NOT_SIGNED`,
    /// [`Error::TooOld`] where [`falls_back_to_v1`](Self::falls_back_to_v1), and otherwise [`Error::Refused`].
    pub fn success(&self) -> Result<&'a [u8], Error> {
        if self.status == 200 {
            return Ok(self.body);
        }
        if self.falls_back_to_v1() {
            return Err(Error::TooOld);
        }
        let errcode = self.errcode().unwrap_or_else(|| "no error code".to_owned());
        Err(match (self.status, errcode.as_str()) {
            (401, _) => Error::Unauthorized,
            (403, "M_TERMS_NOT_SIGNED") => Error::TermsNotSigned,
            _ => Error::Refused { status: self.status, errcode: errcode.chars().take(255).collect() },
        })
    }
}
