/// Makes an enum of names that keeps the names it does not know.
macro_rules! names {
    (
        $(#[$meta:meta])*
        pub enum $name:ident / $other:ident { $($(#[$vmeta:meta])* $variant:ident = $text:literal,)* }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$vmeta])* $variant,)*
            /// A name that is not known here.
            Other($other),
        }

        #[doc = concat!("A name that [`", stringify!($name), "`] does not know; it is made of text by that alone.")]
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        pub struct $other(Box<str>);

        impl $name {
            /// Returns the name as it stands in JSON.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)*
                    Self::Other($other(name)) => name,
                }
            }
        }

        impl From<&str> for $name {
            fn from(name: &str) -> Self {
                match name {
                    $($text => Self::$variant,)*
                    _ => Self::Other($other(name.into())),
                }
            }
        }

        /// By the text, so that maps with such keys are in the order of canonical JSON.
        impl Ord for $name {
            fn cmp(&self, other: &Self) -> std::cmp::Ordering {
                self.as_str().cmp(other.as_str())
            }
        }

        impl PartialOrd for $name {
            fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
                Some(self.cmp(other))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl $crate::wire::Field for $name {
            fn read(node: &$crate::wire::Node<'_>, _: &mut $crate::wire::State) -> Result<Self, $crate::Misfit> {
                node.as_str().map(|name| Self::from(&*name)).ok_or_else(|| $crate::Misfit::expected("a string"))
            }

            fn write(&self, out: &mut Vec<u8>) {
                $crate::wire::write_string(self.as_str(), out);
            }
        }

        impl $crate::wire::KeyField for $name {
            fn read_key(key: std::borrow::Cow<'_, str>) -> Result<Self, $crate::Misfit> {
                Ok(Self::from(&*key))
            }

            fn key(&self) -> &str {
                self.as_str()
            }
        }
    };
}
