use matrix_identifiers::{OwnedUserId, UserId};

use crate::json;

/// The content of `m.room.third_party_invite`, as the rules read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThirdPartyInvite {
    sender: OwnedUserId,
    public_keys: Box<[Box<str>]>,
}

impl ThirdPartyInvite {
    /// Returns who sent the invite.
    pub fn sender(&self) -> &UserId {
        &self.sender
    }

    /// Returns the keys that may have signed the answer, in base64: `public_key`, then those of `public_keys`.
    pub fn public_keys(&self) -> &[Box<str>] {
        &self.public_keys
    }

    pub(crate) fn parse(sender: &UserId, content: &str) -> Self {
        let [single, list] = json::fields(content, ["public_key", "public_keys"]).unwrap_or_default();
        let mut public_keys: Vec<Box<str>> =
            single.and_then(json::string).map(Into::into).into_iter().collect();
        json::array(list.unwrap_or_default(), |item| {
            let [key] = json::fields(item, ["public_key"]).unwrap_or_default();
            public_keys.extend(key.and_then(json::string).map(Box::from));
        });
        Self { sender: sender.to_owned(), public_keys: public_keys.into() }
    }
}

/// `third_party_invite` in the content of an invite: what the identity server signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedInvite {
    signed: Option<Box<str>>,
    mxid: Option<Box<str>>,
    token: Option<Box<str>>,
}

impl SignedInvite {
    /// Returns the JSON text of `signed`, which its signatures are about.
    pub fn signed(&self) -> Option<&str> {
        self.signed.as_deref()
    }

    /// Returns `signed.mxid`, the invited user, where it is a string.
    pub fn mxid(&self) -> Option<&str> {
        self.mxid.as_deref()
    }

    /// Returns `signed.token`, the state key of the `m.room.third_party_invite`, where it is a string.
    pub fn token(&self) -> Option<&str> {
        self.token.as_deref()
    }

    pub(crate) fn parse(value: &str) -> Self {
        let [signed] = json::fields(value, ["signed"]).unwrap_or_default();
        let [mxid, token] =
            signed.and_then(|signed| json::fields(signed, ["mxid", "token"])).unwrap_or_default();
        Self {
            signed: signed.map(Into::into),
            mxid: mxid.and_then(json::string).map(Into::into),
            token: token.and_then(json::string).map(Into::into),
        }
    }
}
