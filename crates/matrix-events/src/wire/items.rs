//! The items of an array whose text was checked.

/// Iterates over the texts of the items of an array.
#[derive(Clone, Debug)]
pub(crate) struct Items<'a> {
    /// What follows the opening bracket or the last comma.
    rest: &'a str,
}

impl<'a> Items<'a> {
    /// Takes the text of a value that was found to be sound JSON; `None` when it is no array.
    pub(crate) fn new(array: &'a str) -> Option<Self> {
        let rest = array.strip_prefix('[')?.strip_suffix(']')?;
        Some(Self { rest })
    }
}

impl<'a> Iterator for Items<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let end = item_end(self.rest.as_bytes());
        let item = self.rest.get(..end).unwrap_or_default().trim_ascii();
        self.rest = self.rest.get(end + 1..).unwrap_or_default();
        (!item.is_empty()).then_some(item)
    }
}

/// Returns the offset of the comma that ends the first item, or the length.
fn item_end(text: &[u8]) -> usize {
    let mut depth = 0_usize;
    let mut bytes = text.iter().enumerate();
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'"' => skip_string(&mut bytes),
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            b',' if depth == 0 => return at,
            _ => {}
        }
    }
    text.len()
}

fn skip_string<'a>(bytes: &mut impl Iterator<Item = (usize, &'a u8)>) {
    while let Some((_, byte)) = bytes.next() {
        match byte {
            b'"' => return,
            b'\\' => drop(bytes.next()),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Items;

    #[test]
    fn items_are_cut_at_their_own_commas_alone() {
        let items = |text| Items::new(text).map(|items| items.collect::<Vec<_>>());
        assert_eq!(items("[]").unwrap(), [""; 0]);
        assert_eq!(items("[ ]").unwrap(), [""; 0]);
        assert_eq!(
            items(r#"[1, "a,]\",", [2,3] , {"x":[4,{}],"y":"}"}]"#).unwrap(),
            ["1", r#""a,]\",""#, "[2,3]", r#"{"x":[4,{}],"y":"}"}"#]
        );
        assert_eq!(items("{}"), None);
        assert_eq!(items(r#""[]""#), None);
    }
}
