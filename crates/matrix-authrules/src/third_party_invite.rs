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
        let (mut single, mut list) = (None, None);
        json::object(content, |key, value| match &*key {
            "public_key" => single = json::string(value),
            "public_keys" => list = Some(value),
            _ => {}
        });
        let mut public_keys: Vec<Box<str>> = single.into_iter().map(Into::into).collect();
        json::array(list.unwrap_or_default(), |item| {
            let mut key = None;
            json::object(item, |name, value| {
                if name == "public_key" {
                    key = json::string(value);
                }
            });
            public_keys.extend(key.map(Into::into));
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
        let (mut signed, mut mxid, mut token) = (None, None, None);
        json::object(value, |key, value| {
            if key == "signed" {
                signed = Some(value);
            }
        });
        json::object(signed.unwrap_or_default(), |key, value| match &*key {
            "mxid" => mxid = json::string(value),
            "token" => token = json::string(value),
            _ => {}
        });
        Self {
            signed: signed.map(Into::into),
            mxid: mxid.map(Into::into),
            token: token.map(Into::into),
        }
    }
}
