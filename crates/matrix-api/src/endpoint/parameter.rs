use std::borrow::Cow;

/// What can stand in the path of an endpoint.
pub trait PathParameter: Sized {
    /// Returns the text, not yet percent-encoded.
    fn to_text(&self) -> Cow<'_, str>;

    /// Reads the text, percent-decoded.
    ///
    /// # Errors
    ///
    /// A reason when it is nothing of this type.
    fn from_text(text: String) -> Result<Self, String>;
}

impl PathParameter for String {
    fn to_text(&self) -> Cow<'_, str> {
        Cow::Borrowed(self)
    }

    fn from_text(text: String) -> Result<Self, String> {
        Ok(text)
    }
}

/// Makes types that are strings of a grammar path parameters.
macro_rules! text_parameters {
    ($($type:ty),+ $(,)?) => {
        $(impl $crate::endpoint::PathParameter for $type {
            fn to_text(&self) -> std::borrow::Cow<'_, str> {
                std::borrow::Cow::Borrowed(self.as_str())
            }

            fn from_text(text: String) -> Result<Self, String> {
                Self::try_from(text).map_err(|error| error.to_string())
            }
        })+
    };
}
text_parameters! {
    matrix_identifiers::OwnedDeviceId,
    matrix_identifiers::OwnedEventId,
    matrix_identifiers::OwnedMxcUri,
    matrix_identifiers::OwnedOpaqueId,
    matrix_identifiers::OwnedRoomAliasId,
    matrix_identifiers::OwnedRoomId,
    matrix_identifiers::OwnedRoomVersionId,
    matrix_identifiers::OwnedServerName,
    matrix_identifiers::OwnedServerSigningKeyId,
    matrix_identifiers::OwnedUserId,
}
