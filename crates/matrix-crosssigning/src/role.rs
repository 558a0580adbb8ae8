use core::fmt;

/// The three roles of a user's cross-signing keys.
///
/// Source: [cross-signing](https://spec.matrix.org/v1.19/client-server-api/#cross-signing), MSC1756.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KeyRole {
    /// Identifies the user and signs the other two keys.
    Master,
    /// Signs the user's own devices.
    SelfSigning,
    /// Signs other users' master keys. Nobody but its owner gets to see it.
    UserSigning,
}

impl KeyRole {
    /// All roles.
    pub const ALL: [Self; 3] = [Self::Master, Self::SelfSigning, Self::UserSigning];

    /// Returns the word that stands in a key's `usage`.
    pub const fn usage(self) -> &'static str {
        match self {
            Self::Master => "master",
            Self::SelfSigning => "self_signing",
            Self::UserSigning => "user_signing",
        }
    }

    /// Returns the name under which the private key is kept in secret storage and shared between devices.
    ///
    /// Source: [secrets](https://spec.matrix.org/v1.19/client-server-api/#secrets).
    pub const fn secret_name(self) -> &'static str {
        match self {
            Self::Master => "m.cross_signing.master",
            Self::SelfSigning => "m.cross_signing.self_signing",
            Self::UserSigning => "m.cross_signing.user_signing",
        }
    }

    /// Returns the role of the key with that name in secret storage.
    pub fn from_secret_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.secret_name() == name)
    }

    /// Returns the key's field in an upload, in `m.signing_key_update` and in a federation answer about one user.
    pub const fn upload_field(self) -> &'static str {
        match self {
            Self::Master => "master_key",
            Self::SelfSigning => "self_signing_key",
            Self::UserSigning => "user_signing_key",
        }
    }

    /// Returns the field of the answer to `/keys/query` that holds such keys by user ID.
    pub const fn query_field(self) -> &'static str {
        match self {
            Self::Master => "master_keys",
            Self::SelfSigning => "self_signing_keys",
            Self::UserSigning => "user_signing_keys",
        }
    }
}

impl fmt::Display for KeyRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Master => "master key",
            Self::SelfSigning => "self-signing key",
            Self::UserSigning => "user-signing key",
        })
    }
}
