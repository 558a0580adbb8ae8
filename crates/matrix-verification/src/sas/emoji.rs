use core::fmt;

/// The names by language, a line for each: the language, and 64 names. Empty where there is no translation.
const NAMES: &str = include_str!("../../data/sas-emoji-names.txt");

/// The symbols in the order of their numbers.
#[rustfmt::skip]
const SYMBOLS: [&str; 64] = [
    "🐶", "🐱", "🦁", "🐎", "🦄", "🐷", "🐘", "🐰", "🐼", "🐓", "🐧", "🐢", "🐟", "🐙", "🦋", "🌷",
    "🌳", "🌵", "🍄", "🌏", "🌙", "☁️", "🔥", "🍌", "🍎", "🍓", "🌽", "🍕", "🎂", "❤️", "😀", "🤖",
    "🎩", "👓", "🔧", "🎅", "👍", "☂️", "⌛", "⏰", "🎁", "💡", "📕", "✏️", "📎", "✂️", "🔒", "🔑",
    "🔨", "☎️", "🏁", "🚂", "🚲", "✈️", "🚀", "🏆", "⚽", "🎸", "🎺", "🔔", "⚓", "🎧", "📁", "📌",
];

/// One of the 64 emoji that users compare.
///
/// ```
/// use matrix_verification::sas::Emoji;
///
/// let cat = Emoji::from_index(1).unwrap();
/// assert_eq!((cat.symbol(), cat.name(), cat.name_in("de")), ("🐱", "Cat", Some("Katze")));
/// ```
///
/// Source: [SAS method: emoji](https://spec.matrix.org/v1.19/client-server-api/#sas-method-emoji), with the names of
/// `data-definitions/sas-emoji.json` of the specification (Apache-2.0).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Emoji(u8);

impl Emoji {
    /// Returns the emoji with that number, from 0 to 63.
    pub const fn from_index(index: u8) -> Option<Self> {
        if index < 64 { Some(Self(index)) } else { None }
    }

    /// The emoji of the lowest six bits.
    pub(crate) const fn of_bits(bits: u8) -> Self {
        Self(bits & 0x3f)
    }

    /// Returns the number, from 0 to 63.
    pub const fn index(self) -> u8 {
        self.0
    }

    /// Returns the symbol, with a variation selector where the specification has one.
    pub fn symbol(self) -> &'static str {
        SYMBOLS.get(usize::from(self.0)).copied().unwrap_or_default()
    }

    /// Returns the name in English.
    pub fn name(self) -> &'static str {
        self.name_in("en").unwrap_or_default()
    }

    /// Returns the name in a [language](Self::languages), where it is translated. `pt-BR` is taken for `pt_BR`.
    pub fn name_in(self, language: &str) -> Option<&'static str> {
        let language = language.replace('-', "_");
        let mut languages = NAMES.lines().filter_map(|line| line.split_once('|'));
        let (_, names) = languages.find(|(code, _)| *code == language)?;
        names.split('|').nth(self.0.into()).filter(|name| !name.is_empty())
    }

    /// Iterates over the languages that there are names in, as the specification writes them: `en`, `ar`, `pt_BR`.
    pub fn languages() -> impl Iterator<Item = &'static str> {
        NAMES.lines().filter_map(|line| line.split_once('|')).map(|(language, _)| language)
    }
}

impl fmt::Debug for Emoji {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.symbol(), self.name())
    }
}
