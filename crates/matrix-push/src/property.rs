use std::{convert::Infallible, fmt, str::FromStr};

use matrix_canonicaljson::{Object, Value};

/// The place of a property in an event: the names that lead to it.
///
/// Source: [Dot-separated property paths](https://spec.matrix.org/v1.19/appendices/#dot-separated-property-paths).
///
/// ```
/// use matrix_canonicaljson::{Mode, Object};
/// use matrix_push::PropertyPath;
///
/// let event = Object::parse(br#"{"content": {"m.relates_to": {"rel_type": "m.replace"}}}"#, Mode::Strict)?;
/// let path = PropertyPath::parse(r"content.m\.relates_to.rel_type");
/// assert!(path.names().eq(["content", "m.relates_to", "rel_type"]));
/// assert_eq!(path.get(&event).and_then(|value| value.as_str()), Some("m.replace"));
/// # Ok::<(), matrix_canonicaljson::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PropertyPath(Box<[Box<str>]>);

impl PropertyPath {
    /// Reads a path. A backslash before a dot or a backslash makes it part of a name; before anything else it
    /// stands for itself.
    pub fn parse(path: &str) -> Self {
        let (mut names, mut name) = (Vec::new(), String::new());
        let mut rest = path.chars().peekable();
        while let Some(unit) = rest.next() {
            match unit {
                '.' => names.push(std::mem::take(&mut name).into_boxed_str()),
                '\\' => match rest.next_if(|escaped| matches!(escaped, '.' | '\\')) {
                    Some(escaped) => name.push(escaped),
                    None => name.push('\\'),
                },
                _ => name.push(unit),
            }
        }
        names.push(name.into_boxed_str());
        Self(names.into_boxed_slice())
    }

    /// Goes through the names, the outermost first. There is at least one.
    pub fn names(&self) -> impl ExactSizeIterator<Item = &str> {
        self.0.iter().map(|name| &**name)
    }

    /// Finds the property in an event.
    pub fn get<'e>(&self, event: &'e Object) -> Option<&'e Value> {
        let (last, outer) = self.0.split_last()?;
        let mut object = event;
        for name in outer {
            object = object.get_object(name)?;
        }
        object.get(last)
    }

    /// Tells whether the path has these names.
    pub(crate) fn is(&self, names: &[&str]) -> bool {
        self.names().eq(names.iter().copied())
    }
}

impl FromStr for PropertyPath {
    type Err = Infallible;

    fn from_str(path: &str) -> Result<Self, Infallible> {
        Ok(Self::parse(path))
    }
}

impl fmt::Display for PropertyPath {
    /// Writes the path, dots and backslashes in names escaped.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, name) in self.0.iter().enumerate() {
            if number > 0 {
                f.write_str(".")?;
            }
            for unit in name.chars() {
                if matches!(unit, '.' | '\\') {
                    f.write_str("\\")?;
                }
                write!(f, "{unit}")?;
            }
        }
        Ok(())
    }
}
