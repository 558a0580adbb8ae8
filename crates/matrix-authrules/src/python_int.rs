/// Reads an integer as Python's `int()` does.
pub(crate) fn parse(text: &str) -> Option<i64> {
    text.trim().parse().ok()
}
