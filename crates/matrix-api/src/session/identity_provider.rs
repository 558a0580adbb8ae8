//! The providers of single sign-on.

use core::fmt;

use matrix_identifiers::{MxcUri, OpaqueId, OwnedMxcUri, OwnedOpaqueId};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

/// A provider of single sign-on that a user can choose.
///
/// Source: MSC2858.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct IdentityProvider {
    /// What the homeserver calls it: nothing to infer from, and nothing to show.
    pub id: OwnedOpaqueId,
    /// What people call it.
    pub name: String,
    /// An image for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub icon: Option<OwnedMxcUri>,
    /// What its button should look like.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub brand: Option<Brand>,
}

/// How to show a provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Appearance<'a> {
    /// In the style of a brand that the client knows.
    Brand(&'a Brand),
    /// With an image.
    Icon(&'a MxcUri),
    /// With its name only.
    Plain,
}

impl IdentityProvider {
    /// Reads an entry of `identity_providers`.
    ///
    /// `None` for an entry that is no object, has no `id` of the opaque grammar, or no `name`. An `icon` that is no `mxc`
    /// URI and a `brand` that is none count as absent: the provider can be chosen without. The registered brands are also
    /// known by the names that they had before (`org.matrix.github`).
    #[must_use]
    pub fn read(entry: &Value) -> Option<Self> {
        let text = |field: &str| entry.get(field).and_then(Value::as_str);
        Some(Self {
            id: OpaqueId::parse(text("id")?).ok()?.to_owned(),
            name: text("name")?.to_owned(),
            icon: text("icon").and_then(|icon| MxcUri::parse(icon).ok()).map(ToOwned::to_owned),
            brand: text("brand").and_then(|name| Brand::parse(registered(name).unwrap_or(name))),
        })
    }

    /// Decides how to show the provider to users of a client that knows the brands for which `known` is true. A brand
    /// that is known goes before an image.
    pub fn appearance(&self, known: impl Fn(&Brand) -> bool) -> Appearance<'_> {
        match (&self.brand, &self.icon) {
            (Some(brand), _) if known(brand) => Appearance::Brand(brand),
            (_, Some(icon)) => Appearance::Icon(icon),
            _ => Appearance::Plain,
        }
    }

    /// Reads the entries of a list that are readable. What is no list has none.
    pub(crate) fn read_list<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Self>, D::Error> {
        let list = Value::deserialize(deserializer)?;
        let entries = list.as_array().map(Vec::as_slice).unwrap_or_default();
        Ok(entries.iter().filter_map(Self::read).collect())
    }
}

/// The registered name of a brand that had an unstable one.
fn registered(name: &str) -> Option<&str> {
    name.strip_prefix("org.matrix.").filter(|name| Brand::REGISTERED.contains(name))
}

/// The name of a brand: 1 to 255 of `a-z`, `0-9`, `-`, `_` and `.`, the first a letter.
///
/// Source: MSC2858; [registry](https://github.com/matrix-org/matrix-spec/blob/main/informal/idp-brands.md).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Brand(Box<str>);

impl Brand {
    /// The names that are registered.
    pub const REGISTERED: [&'static str; 6] = ["apple", "facebook", "github", "gitlab", "google", "twitter"];

    /// Reads a name; `None` when it is none.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        let allowed = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.');
        let begins = name.as_bytes().first().is_some_and(u8::is_ascii_lowercase);
        (begins && name.len() <= 255 && name.bytes().all(allowed)).then(|| Self(name.into()))
    }

    /// Returns the name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Tells whether the name is registered.
    #[must_use]
    pub fn is_registered(&self) -> bool {
        Self::REGISTERED.contains(&self.as_str())
    }
}

impl fmt::Display for Brand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Brand {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
