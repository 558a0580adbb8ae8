/// Makes an enum of contents, told apart by the type that stands beside them.
macro_rules! contents {
    (
        $(#[$meta:meta])*
        pub enum $name:ident {
            $($(#[$vmeta:meta])* $variant:ident($content:ty) = $type:literal,)*
        }
        $(prefix { $(#[$pmeta:meta])* $pvariant:ident($pcontent:ty) = $prefix:literal, })?
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$vmeta])* $variant($content),)*
            $(
                $(#[$pmeta])*
                $pvariant {
                    /// The type, which begins with the prefix.
                    event_type: Box<str>,
                    /// The content.
                    content: $pcontent,
                },
            )?
            /// A content of a type that is not known here.
            Custom($crate::content::RawContent),
            /// A content of which a redaction has left less than its type needs.
            Redacted($crate::content::RawContent),
            /// A content that lenient reading found to lack what its type needs.
            Unreadable($crate::content::RawContent),
        }

        impl $name {
            /// The types that are known, in the order of the variants.
            pub const TYPES: &'static [&'static str] = &[$($type),*];

            /// Reads a content of a type, all of whose fields have to fit. A type that is not known has none.
            ///
            /// # Errors
            ///
            /// When the text is no JSON object or a field does not fit; the error has the path of the first misfit.
            pub fn read_strict(event_type: &str, content: &[u8]) -> Result<Self, $crate::Error> {
                let mut state = $crate::wire::State::strict();
                state.tag.0.push_str(event_type);
                $crate::Reader::new().read(content, &mut state)
            }

            /// Reads a content of a type, leaving out what does not fit and saying what that was.
            ///
            /// # Errors
            ///
            /// When the text is no JSON object.
            pub fn read_lenient(event_type: &str, content: &[u8]) -> Result<$crate::Lossy<Self>, $crate::Error> {
                let mut state = $crate::wire::State::lenient();
                state.tag.0.push_str(event_type);
                let value = $crate::Reader::new().read(content, &mut state)?;
                Ok($crate::Lossy { value, dropped: state.into_dropped() })
            }

            /// Returns the type of the event that this is the content of.
            pub fn event_type(&self) -> &str {
                match self {
                    $(Self::$variant(_) => $type,)*
                    $(Self::$pvariant { event_type, .. } => event_type,)?
                    Self::Custom(raw) | Self::Redacted(raw) | Self::Unreadable(raw) => &raw.event_type,
                }
            }

            /// Appends the canonical form to `out`.
            pub fn write_canonical(&self, out: &mut Vec<u8>) {
                $crate::wire::Field::write(self, out);
            }

            /// Returns the canonical form.
            pub fn to_canonical(&self) -> Vec<u8> {
                let mut out = Vec::with_capacity(512);
                self.write_canonical(&mut out);
                out
            }

            /// Returns the form as an object.
            pub fn to_object(&self) -> matrix_canonicaljson::Object {
                matrix_canonicaljson::Object::parse(&self.to_canonical(), matrix_canonicaljson::Mode::Lenient)
                    .unwrap_or_default()
            }

            fn read_known(
                node: $crate::content::Source<'_, '_>,
                event_type: &str,
                state: &mut $crate::wire::State,
            ) -> Option<Result<Self, $crate::Misfit>> {
                $(
                    if event_type.starts_with($prefix) {
                        let content = node.read(state);
                        return Some(content.map(|content| Self::$pvariant { event_type: event_type.into(), content }));
                    }
                )?
                Some(match event_type {
                    $($type => node.read(state).map(Self::$variant),)*
                    _ => return None,
                })
            }

            fn read_source(
                node: $crate::content::Source<'_, '_>,
                state: &mut $crate::wire::State,
            ) -> Result<Self, $crate::Misfit> {
                let (event_type, redacted) = std::mem::take(&mut state.tag);
                let mark = state.mark();
                // What a redaction has left is either all that the type needs or not of the type.
                let lenient = state.set_lenient(state.is_lenient() && !redacted);
                let known = Self::read_known(node, &event_type, state);
                state.set_lenient(lenient);
                let raw = |content| $crate::content::RawContent { event_type: (&*event_type).into(), content };
                let result = match known {
                    None => node.object().map(|content| Self::Custom(raw(content))),
                    Some(Err(misfit)) => match (redacted, node.object()) {
                        (true, Ok(content)) => Ok(Self::Redacted(raw(content))),
                        (false, Ok(content)) if state.is_lenient() => {
                            state.drop_value(mark, misfit)?;
                            Ok(Self::Unreadable(raw(content)))
                        }
                        _ => Err(misfit),
                    },
                    Some(read) => read,
                };
                state.tag = (event_type, redacted);
                result
            }
        }

        impl $crate::wire::Field for $name {
            fn read(node: &$crate::wire::Node<'_>, state: &mut $crate::wire::State) -> Result<Self, $crate::Misfit> {
                Self::read_source($crate::content::Source::Node(node), state)
            }

            fn read_members(
                members: matrix_canonicaljson::Members<'_>,
                state: &mut $crate::wire::State,
            ) -> Result<Self, $crate::Misfit> {
                Self::read_source($crate::content::Source::Members(&members), state)
            }

            fn write(&self, out: &mut Vec<u8>) {
                match self {
                    $(Self::$variant(content) => content.write(out),)*
                    $(Self::$pvariant { content, .. } => content.write(out),)?
                    Self::Custom(raw) | Self::Redacted(raw) | Self::Unreadable(raw) => raw.content.write(out),
                }
            }

            fn fallback(state: &$crate::wire::State) -> Option<Self> {
                let event_type = (&*state.tag.0).into();
                let content = matrix_canonicaljson::Object::new();
                Some(Self::Unreadable($crate::content::RawContent { event_type, content }))
            }
        }
    };
}
