/// Makes a borrowed identifier (`str` underneath, like `Path`) and its owned twin (like `PathBuf`).
///
/// `check` is a `fn(&str) -> Result<(), Error>`. The last word says what `Debug` shows: `shown` prints the
/// string as Rust escapes it and lets `Display` print it; `redacted` is for secrets: it prints no part of it, has no
/// `Display`, compares in constant time, is neither sorted nor hashed, and is wiped when the owned form is dropped.
macro_rules! identifier {
    (
        $(#[$doc:meta])*
        $borrowed:ident, $owned:ident, $check:path, $debug:ident
    ) => {
        identifier!(@types $debug, $(#[$doc])* $borrowed, $owned);

        impl $borrowed {
            /// Reads the whole of `text` as this identifier, without copying it.
            ///
            /// # Errors
            ///
            /// Fails where `text` does not fit the grammar of the type.
            #[inline]
            pub fn parse(text: &str) -> Result<&Self, $crate::Error> {
                $check(text)?;
                Ok(Self::from_checked(text))
            }

            /// Views a string that has been checked, or taken out of one that has been.
            #[inline]
            #[allow(unsafe_code, reason = "the only way to view a str as a type that wraps one")]
            pub(crate) fn from_checked(text: &str) -> &Self {
                // SAFETY: the type is `repr(transparent)` over `str`, so both references have the same
                // layout, metadata, validity and lifetime. The grammar is a promise of the API and no
                // unsafe code relies on it.
                unsafe { &*(core::ptr::from_ref(text) as *const Self) }
            }

            /// Returns the identifier as the string it was read from.
            #[inline]
            #[must_use]
            pub const fn as_str(&self) -> &str {
                &self.0
            }

            /// Returns the identifier as UTF-8 bytes.
            #[inline]
            #[must_use]
            pub const fn as_bytes(&self) -> &[u8] {
                self.0.as_bytes()
            }
        }

        impl $owned {
            /// Takes a string that has been checked.
            #[allow(dead_code, reason = "not every type has a constructor")]
            pub(crate) fn from_checked(text: alloc::string::String) -> Self {
                Self(text.into_boxed_str())
            }
        }

        impl core::ops::Deref for $owned {
            type Target = $borrowed;
            #[inline]
            fn deref(&self) -> &$borrowed {
                $borrowed::from_checked(&self.0)
            }
        }

        impl core::borrow::Borrow<$borrowed> for $owned {
            #[inline]
            fn borrow(&self) -> &$borrowed {
                self
            }
        }

        impl alloc::borrow::ToOwned for $borrowed {
            type Owned = $owned;
            fn to_owned(&self) -> $owned {
                $owned(self.0.into())
            }
        }

        impl<'a> TryFrom<&'a str> for &'a $borrowed {
            type Error = $crate::Error;
            fn try_from(text: &'a str) -> Result<Self, $crate::Error> {
                $borrowed::parse(text)
            }
        }

        impl TryFrom<&str> for $owned {
            type Error = $crate::Error;
            fn try_from(text: &str) -> Result<Self, $crate::Error> {
                $borrowed::parse(text).map(alloc::borrow::ToOwned::to_owned)
            }
        }

        impl TryFrom<alloc::string::String> for $owned {
            type Error = $crate::Error;
            fn try_from(text: alloc::string::String) -> Result<Self, $crate::Error> {
                $check(&text)?;
                Ok(Self::from_checked(text))
            }
        }

        impl core::str::FromStr for $owned {
            type Err = $crate::Error;
            fn from_str(text: &str) -> Result<Self, $crate::Error> {
                Self::try_from(text)
            }
        }

        impl From<&$borrowed> for $owned {
            fn from(id: &$borrowed) -> Self {
                alloc::borrow::ToOwned::to_owned(id)
            }
        }

        impl From<$owned> for alloc::string::String {
            fn from(mut id: $owned) -> Self {
                core::mem::take(&mut id.0).into()
            }
        }

        impl From<$owned> for alloc::boxed::Box<str> {
            fn from(mut id: $owned) -> Self {
                core::mem::take(&mut id.0)
            }
        }

        identifier!(@drop $debug, $owned);
        identifier!(@format $debug, $borrowed, $borrowed);
        identifier!(@format $debug, $owned, $borrowed);

        identifier!(@eq $debug, $borrowed, str);
        identifier!(@eq $debug, $borrowed, &str);
        identifier!(@eq $debug, $borrowed, alloc::string::String);
        identifier!(@eq $debug, $borrowed, $owned);
        identifier!(@eq $debug, &$borrowed, $owned);
        identifier!(@eq $debug, $owned, str);
        identifier!(@eq $debug, $owned, &str);
        identifier!(@eq $debug, $owned, alloc::string::String);

        #[cfg(feature = "serde")]
        identifier!(@serde $borrowed, $owned);
    };

    (@types shown, $(#[$doc:meta])* $borrowed:ident, $owned:ident) => {
        $(#[$doc])*
        #[derive(PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(transparent)]
        pub struct $borrowed(str);

        #[doc = concat!("The owned form of [`", stringify!($borrowed), "`].")]
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $owned(alloc::boxed::Box<str>);
    };
    (@types redacted, $(#[$doc:meta])* $borrowed:ident, $owned:ident) => {
        $(#[$doc])*
        #[repr(transparent)]
        pub struct $borrowed(str);

        #[doc = concat!("The owned form of [`", stringify!($borrowed), "`].")]
        #[derive(Clone)]
        pub struct $owned(alloc::boxed::Box<str>);

        identifier!(@same_type $borrowed);
        identifier!(@same_type $owned);
    };

    (@same_type $type:ident) => {
        impl PartialEq for $type {
            fn eq(&self, other: &Self) -> bool {
                $crate::client_secret::are_same(&self.0, &other.0)
            }
        }

        impl Eq for $type {}
    };

    (@format $debug:ident, $type:ident, $borrowed:ident) => {
        impl AsRef<str> for $type {
            #[inline]
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl AsRef<$borrowed> for $type {
            #[inline]
            fn as_ref(&self) -> &$borrowed {
                self
            }
        }

        identifier!(@debug $debug, $type);
    };

    (@drop shown, $owned:ident) => {};
    (@drop redacted, $owned:ident) => {
        impl Drop for $owned {
            fn drop(&mut self) {
                zeroize::Zeroize::zeroize(&mut self.0);
            }
        }
    };

    (@debug shown, $type:ident) => {
        impl core::fmt::Display for $type {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                core::fmt::Display::fmt(&self.0, f)
            }
        }

        impl core::fmt::Debug for $type {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                core::fmt::Debug::fmt(&self.0, f)
            }
        }
    };
    (@debug redacted, $type:ident) => {
        impl core::fmt::Debug for $type {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str(concat!(stringify!($type), "(..)"))
            }
        }
    };

    (@are_same shown) => {
        <str as PartialEq>::eq
    };
    (@are_same redacted) => {
        $crate::client_secret::are_same
    };

    (@eq $debug:ident, $left:ty, $right:ty) => {
        impl PartialEq<$right> for $left {
            #[inline]
            fn eq(&self, other: &$right) -> bool {
                identifier!(@are_same $debug)(AsRef::<str>::as_ref(self), AsRef::<str>::as_ref(other))
            }
        }

        impl PartialEq<$left> for $right {
            #[inline]
            fn eq(&self, other: &$left) -> bool {
                identifier!(@are_same $debug)(AsRef::<str>::as_ref(self), AsRef::<str>::as_ref(other))
            }
        }
    };

    (@serde $borrowed:ident, $owned:ident) => {
        impl serde::Serialize for $borrowed {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl serde::Serialize for $owned {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de: 'a, 'a> serde::Deserialize<'de> for &'a $borrowed {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <&'a str>::deserialize(deserializer)?;
                $borrowed::parse(text).map_err(serde::de::Error::custom)
            }
        }

        impl<'de> serde::Deserialize<'de> for $owned {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = alloc::string::String::deserialize(deserializer)?;
                Self::try_from(text).map_err(serde::de::Error::custom)
            }
        }
    };
}
