use std::{borrow::Cow, fmt};

use crate::{color, url};

macro_rules! attributes {
    ($($(#[$doc:meta])* $attribute:ident $name:literal)*) => {
        /// An attribute that an element in a message may have.
        ///
        /// On which tag which of them may stand is said by [`List::has_attribute`](crate::List::has_attribute).
        ///
        /// Source: [m.room.message msgtypes](https://spec.matrix.org/v1.19/client-server-api/#mroommessage-msgtypes).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Attribute {
            $(#[doc = concat!("`", $name, "`:")] $(#[$doc])* $attribute,)*
        }

        impl Attribute {
            /// Lists all attributes, those of older versions included.
            pub const ALL: &[Self] = &[$(Self::$attribute),*];

            /// Returns the name, in lower case.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$attribute => $name,)*
                }
            }

            /// Finds the attribute with a name in lower case.
            pub fn from_name(name: &str) -> Option<Self> {
                match name {
                    $($name => Some(Self::$attribute),)*
                    _ => None,
                }
            }
        }
    };
}

attributes! {
    /// what stands for an image where it cannot be shown.
    Alt "alt"
    /// the language of a piece of code, as classes that begin with `language-`.
    Class "class"
    /// the colour of `font`, of version 1.9 and before: a name or `#rrggbb`.
    Color "color"
    /// the colour behind the text, `#rrggbb`.
    DataMxBgColor "data-mx-bg-color"
    /// the colour of the text, `#rrggbb`.
    DataMxColor "data-mx-color"
    /// a formula in LaTeX.
    DataMxMaths "data-mx-maths"
    /// a spoiler, and the reason for it if there is one.
    DataMxSpoiler "data-mx-spoiler"
    /// the height of an image in pixels.
    Height "height"
    /// the target of a link: an absolute URL with one of the permitted schemes.
    Href "href"
    /// the name of a place, of version 1.9 and before.
    Name "name"
    /// the rel of a link: `noopener`, where that is asked for.
    Rel "rel"
    /// the image, an `mxc:` URI.
    Src "src"
    /// the number of a list's first item.
    Start "start"
    /// the window that a link opens in.
    Target "target"
    /// what is shown beside an image that is pointed at.
    Title "title"
    /// the width of an image in pixels.
    Width "width"
}

impl Attribute {
    /// Returns the value as it may stand in a message, if it may.
    pub(crate) fn check(self, value: &str, matrix_links: bool) -> Option<Cow<'_, str>> {
        let as_it_is = match self {
            Self::Href => url::is_permitted_link(value, matrix_links),
            Self::Src => url::is_mxc(value),
            Self::Start => is_digits(value.strip_prefix('-').unwrap_or(value)),
            Self::Width | Self::Height => is_digits(value),
            Self::DataMxColor | Self::DataMxBgColor => return color::to_hex(value),
            Self::Color => color::is_color(value),
            Self::Class => return languages(value),
            Self::Rel => false,
            Self::Alt | Self::DataMxMaths | Self::DataMxSpoiler | Self::Name | Self::Target | Self::Title => {
                true
            }
        };
        as_it_is.then_some(Cow::Borrowed(value))
    }
}

impl fmt::Display for Attribute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

fn is_digits(value: &str) -> bool {
    !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit())
}

/// The classes that name a language, with single spaces between them.
fn languages(value: &str) -> Option<Cow<'_, str>> {
    let is_language = |class: &&str| class.starts_with("language-");
    if is_language(&value) && !value.contains(|unit: char| unit.is_ascii_whitespace()) {
        return Some(Cow::Borrowed(value));
    }
    let mut kept = String::new();
    for class in value.split_ascii_whitespace().filter(is_language) {
        if !kept.is_empty() {
            kept.push(' ');
        }
        kept.push_str(class);
    }
    match kept.is_empty() {
        true => None,
        false if kept == value => Some(Cow::Borrowed(value)),
        false => Some(Cow::Owned(kept)),
    }
}
