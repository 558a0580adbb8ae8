use crate::{Attribute, Tag};

/// Which list of tags and attributes is permitted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum List {
    /// Today's list: `font` becomes `span` with one colour attribute, `strike` becomes `s`.
    ///
    /// Source: [m.room.message msgtypes](https://spec.matrix.org/v1.19/client-server-api/#mroommessage-msgtypes).
    #[default]
    Today,
    /// The list up to version 1.9 of the specification: `font` with its `color` (MSC2422), `strike`, and `name` on
    /// links stay as they are; `data-mx-maths` is not there yet.
    ///
    /// Source: [m.room.message msgtypes](https://spec.matrix.org/v1.9/client-server-api/#mroommessage-msgtypes).
    V1_9,
}

impl List {
    /// Returns the tag that a tag is written as.
    ///
    /// ```
    /// use matrix_html::{List, Tag};
    ///
    /// assert_eq!(List::Today.replace(Tag::Font), Tag::Span);
    /// assert_eq!(List::V1_9.replace(Tag::Font), Tag::Font);
    /// ```
    pub const fn replace(self, tag: Tag) -> Tag {
        match (self, tag) {
            (Self::Today, Tag::Font) => Tag::Span,
            (Self::Today, Tag::Strike) => Tag::S,
            _ => tag,
        }
    }

    /// Tells whether a tag may stand in what comes out.
    pub fn has_tag(self, tag: Tag) -> bool {
        self.replace(tag) == tag
    }

    /// Tells whether an attribute may stand on a tag in what comes out; its value is another question.
    pub fn has_attribute(self, tag: Tag, attribute: Attribute) -> bool {
        self.has_tag(tag) && self.read(tag, attribute.name()) == Some(attribute)
    }

    /// Finds the attribute as which `name` on a tag is written.
    pub(crate) fn read(self, tag: Tag, name: &str) -> Option<Attribute> {
        let attribute = Attribute::from_name(name)?;
        let permitted = match tag {
            Tag::Span => match attribute {
                Attribute::DataMxMaths => self == Self::Today,
                Attribute::DataMxBgColor | Attribute::DataMxColor | Attribute::DataMxSpoiler => true,
                _ => false,
            },
            Tag::Font => {
                matches!(attribute, Attribute::DataMxBgColor | Attribute::DataMxColor | Attribute::Color)
            }
            Tag::A => match attribute {
                Attribute::Name => self == Self::V1_9,
                Attribute::Target | Attribute::Href => true,
                _ => false,
            },
            Tag::Img => matches!(
                attribute,
                Attribute::Width | Attribute::Height | Attribute::Alt | Attribute::Title | Attribute::Src
            ),
            Tag::Ol => attribute == Attribute::Start,
            Tag::Code => attribute == Attribute::Class,
            Tag::Div => attribute == Attribute::DataMxMaths && self == Self::Today,
            _ => false,
        };
        permitted.then_some(match (self, attribute) {
            (Self::Today, Attribute::Color) => Attribute::DataMxColor,
            _ => attribute,
        })
    }
}
