use std::fmt;

macro_rules! tags {
    ($($(#[$doc:meta])* $tag:ident $name:literal)*) => {
        /// An element that a message may hold, by its name.
        ///
        /// Source: [m.room.message msgtypes](https://spec.matrix.org/v1.19/client-server-api/#mroommessage-msgtypes).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Tag {
            $($(#[$doc])* #[doc = concat!("`", $name, "`.")] $tag,)*
        }

        impl Tag {
            /// Lists all tags, those of older versions included.
            pub const ALL: &[Self] = &[$(Self::$tag),*];

            /// Returns the name, in lower case.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$tag => $name,)*
                }
            }

            /// Finds the tag with a name in lower case.
            pub fn from_name(name: &str) -> Option<Self> {
                match name {
                    $($name => Some(Self::$tag),)*
                    _ => None,
                }
            }
        }
    };
}

tags! {
    A "a"
    B "b"
    Blockquote "blockquote"
    Br "br"
    Caption "caption"
    Code "code"
    Del "del"
    Details "details"
    Div "div"
    Em "em"
    /// Of version 1.9 and before: today it is read as `span`.
    Font "font"
    H1 "h1"
    H2 "h2"
    H3 "h3"
    H4 "h4"
    H5 "h5"
    H6 "h6"
    Hr "hr"
    I "i"
    Img "img"
    Li "li"
    Ol "ol"
    P "p"
    Pre "pre"
    S "s"
    Span "span"
    /// Of version 1.9 and before: today it is read as `s`.
    Strike "strike"
    Strong "strong"
    Sub "sub"
    Summary "summary"
    Sup "sup"
    Table "table"
    Tbody "tbody"
    Td "td"
    Th "th"
    Thead "thead"
    Tr "tr"
    U "u"
    Ul "ul"
}

impl Tag {
    /// Tells whether an element of this name has neither content nor an end tag.
    pub const fn is_void(self) -> bool {
        matches!(self, Self::Br | Self::Hr | Self::Img)
    }

    /// Tells whether an element of this name begins on a line of its own.
    pub const fn is_block(self) -> bool {
        self.closes_p() || matches!(self, Self::Caption | Self::Tr)
    }

    /// Returns the rank of a heading, 1 to 6.
    pub const fn heading(self) -> Option<u8> {
        match self {
            Self::H1 => Some(1),
            Self::H2 => Some(2),
            Self::H3 => Some(3),
            Self::H4 => Some(4),
            Self::H5 => Some(5),
            Self::H6 => Some(6),
            _ => None,
        }
    }

    /// Tells whether a parser that meets the start tag closes a paragraph that is open.
    pub(crate) const fn closes_p(self) -> bool {
        matches!(
            self,
            Self::Blockquote
                | Self::Details
                | Self::Div
                | Self::H1
                | Self::H2
                | Self::H3
                | Self::H4
                | Self::H5
                | Self::H6
                | Self::Hr
                | Self::Li
                | Self::Ol
                | Self::P
                | Self::Pre
                | Self::Summary
                | Self::Table
                | Self::Ul
        )
    }

    /// Tells whether this is a part of a table that stands in no other place.
    pub(crate) const fn is_table_part(self) -> bool {
        matches!(self, Self::Caption | Self::Thead | Self::Tbody | Self::Tr | Self::Td | Self::Th)
    }

    /// Tells whether this holds the parts of a table and no text.
    pub(crate) const fn holds_table_parts(self) -> bool {
        matches!(self, Self::Table | Self::Thead | Self::Tbody | Self::Tr)
    }

    /// Tells whether a parser that closes a list item looks beyond this element.
    pub(crate) const fn is_transparent_to_li(self) -> bool {
        matches!(
            self,
            Self::A
                | Self::B
                | Self::Code
                | Self::Del
                | Self::Div
                | Self::Em
                | Self::Font
                | Self::I
                | Self::P
                | Self::S
                | Self::Span
                | Self::Strike
                | Self::Strong
                | Self::Sub
                | Self::Sup
                | Self::U
        )
    }
}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
