//! What messages are about.

use core::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// What a message is about: its `action`.
///
/// Source: MSC1236, MSC1960.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Action {
    /// `supported_api_versions`: either side asks which versions the other knows.
    SupportedApiVersions,
    /// `capabilities`: the client asks which capabilities the widget wants.
    Capabilities,
    /// `content_loaded`: the widget is ready.
    ContentLoaded,
    /// `get_openid`: the widget asks who the user is (MSC1960).
    GetOpenId,
    /// `openid_credentials`: the client tells what the user has decided (MSC1960).
    OpenIdCredentials,
    /// `screenshot`: the client asks for an image.
    Screenshot,
    /// `visibility`: the client tells whether the widget can be seen.
    Visibility,
    /// `m.sticker`: the widget sends a sticker.
    Sticker,
    /// `set_always_on_screen`: the widget asks to stay visible.
    SetAlwaysOnScreen,
    /// Another action, by name.
    Other(String),
}

impl Action {
    /// The actions that are known here.
    pub const KNOWN: [Self; 9] = [
        Self::SupportedApiVersions,
        Self::Capabilities,
        Self::ContentLoaded,
        Self::GetOpenId,
        Self::OpenIdCredentials,
        Self::Screenshot,
        Self::Visibility,
        Self::Sticker,
        Self::SetAlwaysOnScreen,
    ];

    /// Returns the name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::SupportedApiVersions => "supported_api_versions",
            Self::Capabilities => "capabilities",
            Self::ContentLoaded => "content_loaded",
            Self::GetOpenId => "get_openid",
            Self::OpenIdCredentials => "openid_credentials",
            Self::Screenshot => "screenshot",
            Self::Visibility => "visibility",
            Self::Sticker => "m.sticker",
            Self::SetAlwaysOnScreen => "set_always_on_screen",
            Self::Other(name) => name,
        }
    }
}

impl From<&str> for Action {
    fn from(name: &str) -> Self {
        let known = Self::KNOWN.into_iter().find(|known| known.as_str() == name);
        known.unwrap_or_else(|| Self::Other(name.to_owned()))
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Action {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Action {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        Ok(Self::from(name.as_str()))
    }
}
