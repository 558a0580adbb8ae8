//! Secrets that are sent: tokens and passwords.

use core::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use subtle::ConstantTimeEq as _;
use zeroize::{Zeroize as _, ZeroizeOnDrop};

macro_rules! secret {
    ($(#[$doc:meta])+ $name:ident) => {
        $(#[$doc])+
        ///
        /// `Debug` does not show it, there is no `Display`; it is compared in constant time and wiped when it is dropped.
        #[derive(Clone)]
        pub struct $name(String);

        impl $name {
            /// Takes a secret.
            #[must_use]
            pub fn new(secret: String) -> Self {
                Self(secret)
            }

            /// Returns the secret, to be sent or stored.
            #[must_use]
            pub fn expose(&self) -> &str {
                &self.0
            }
        }

        impl Drop for $name {
            fn drop(&mut self) {
                self.0.zeroize();
            }
        }

        impl ZeroizeOnDrop for $name {}

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.0.as_bytes().ct_eq(other.0.as_bytes()).into()
            }
        }

        impl Eq for $name {}

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(..)"))
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer).map(Self)
            }
        }
    };
}

secret! {
    /// An access token: of a homeserver, an identity server, an integration manager or for OpenID.
    AccessToken
}
secret! {
    /// A refresh token (MSC2918).
    RefreshToken
}
secret! {
    /// A password.
    Password
}
secret! {
    /// A token that stands for a login once, such as that which single sign-on ends with.
    LoginToken
}
