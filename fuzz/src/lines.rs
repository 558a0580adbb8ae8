/// Answers, one a line; beyond the last there is none.
pub(crate) struct Lines<'a>(std::slice::Split<'a, u8, fn(&u8) -> bool>);

impl<'a> Lines<'a> {
    pub(crate) fn new(data: &'a [u8]) -> Self {
        Self(data.split(|byte| *byte == b'\n'))
    }

    pub(crate) fn next(&mut self) -> Option<&'a [u8]> {
        self.0.next()
    }

    pub(crate) fn next_text(&mut self) -> Option<&'a str> {
        self.next().and_then(|line| str::from_utf8(line).ok())
    }

    /// A status and the rest of its line; nothing for a line that does not begin with a number.
    pub(crate) fn next_response(&mut self) -> Option<(u16, &'a [u8])> {
        let line = self.next()?;
        let (status, rest) = match line.iter().position(|byte| *byte == b' ') {
            Some(space) => (&line[..space], &line[space + 1..]),
            None => (line, &[][..]),
        };
        Some((str::from_utf8(status).ok()?.parse().ok()?, rest))
    }
}
