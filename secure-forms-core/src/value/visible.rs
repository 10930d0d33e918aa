//! Text that people can see: a text enters, a verdict leaves. Sources: the classes that RFC 8264 (PRECIS, 4.3 and 9)
//! keeps out of free text; UTS 39 and UTR 36 on what looks like something else; RFC 5892, appendix A, on joiners;
//! UTS 51 on emoji; UAX 9 on text that runs both ways.
//!
//! **One line** is a name, a title, an address: other people tell things apart by it. It holds nothing that cannot be
//! seen, and nothing that changes the order of what can. What some scripts and emoji need stays, where they need it:
//! a joiner after or before a virama, a non-joiner between two letters of a cursive script, a joiner between two
//! emoji, one variation selector behind a character that has variants, the tags of a flag, the vowel separator between
//! Mongolian letters. Private-use characters are refused: a page's icon font may draw a "verified" badge for one.
//! **Many lines** are read as a whole, and come out of word processors: soft hyphens, zero-width spaces, direction
//! marks, joiners, fillers and private-use characters stay. Overrides of the direction do not, embeddings and isolates must end in
//! their line, and tags and runs of variation selectors, which can carry whole hidden messages, are refused.
//!
//! Characters that are not assigned yet pass in both: they may be next year's emoji.

use unicode_normalization::char::{canonical_combining_class, is_combining_mark};

/// How many lines the text may have.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Lines {
    /// A name or a title.
    One,
    /// Prose.
    Many,
}

/// The text holds something that cannot be seen or that reorders it, or nothing that can be seen.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct NotVisible {
    /// The place of the first such character in bytes; 0 where nothing can be seen at all.
    pub place: usize,
}

/// Judges a text. Control characters are not looked at: line breaks are not this rule's.
///
/// ```
/// use secure_forms_core::value::visible::{check, Lines, NotVisible};
/// assert_eq!(check("Ada Lovelace 👩‍🚀", Lines::One), Ok(()));
/// assert_eq!(check("می‌خواهم", Lines::One), Ok(()), "a non-joiner between Persian letters");
/// assert_eq!(check("ad\u{200b}min", Lines::One), Err(NotVisible { place: 2 }));
/// assert_eq!(check("ad\u{200b}min", Lines::Many), Ok(()));
/// assert_eq!(check("\u{202e}nimda", Lines::Many), Err(NotVisible { place: 0 }));
/// assert_eq!(check("\u{3164}", Lines::One), Err(NotVisible { place: 0 }));
/// ```
///
/// # Errors
/// The first character that is not allowed here.
///
/// # Security
/// Stops names that look empty or like another's because of characters without a shape, and text that is read in
/// another order than it is stored in. It does not stop look-alikes: `а` of Cyrillic passes beside `a` of Latin (UTS 39, 4).
pub fn check(text: &str, lines: Lines) -> Result<(), NotVisible> {
    let mut before = Before::default();
    let mut direction = Direction::default();
    let mut flag_ends = 0;
    for (place, char) in text.char_indices() {
        if place < flag_ends {
            continue;
        }
        let kind = kind(char);
        let after = || text.get(place + char.len_utf8()..).and_then(|rest| rest.chars().next());
        let is_good = match kind {
            Kind::Seen | Kind::Blank | Kind::Mark => true,
            Kind::Layout | Kind::PrivateUse => lines == Lines::Many,
            Kind::Joiner => lines == Lines::Many || before.takes_joiner(char, after()),
            Kind::Selector => before.takes_selector(char, lines, after()),
            Kind::VowelSeparator => {
                lines == Lines::Many || before.is(is_mongolian) && after().is_some_and(is_mongolian)
            }
            Kind::Tag => {
                flag_ends = before.flag_end(text, place);
                flag_ends > 0
            }
            Kind::Direction => lines == Lines::Many && direction.enters(char),
            Kind::Never => false,
        };
        if !is_good || (char == '\n' && direction.is_open()) {
            return Err(NotVisible { place });
        }
        before.step(char, kind);
    }
    if !before.seen_any {
        return Err(NotVisible { place: 0 });
    }
    if direction.is_open() { Err(NotVisible { place: text.len() }) } else { Ok(()) }
}

/// Cuts white space and characters without a shape off both ends, where they are of no use to any script: pasted text
/// often has some there, and nobody can see to remove them.
///
/// ```
/// use secure_forms_core::value::visible::trim;
/// assert_eq!(trim("\u{202a}+43 1 234\u{202c} "), "+43 1 234");
/// assert_eq!(trim("\u{feff}Ada \u{3164}"), "Ada");
/// ```
#[must_use]
pub fn trim(text: &str) -> &str {
    let is_end = |char: char| {
        char.is_whitespace()
            || matches!(char, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}')
            || matches!(char, '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}')
            || matches!(char, '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}')
    };
    text.trim_matches(is_end)
}

/// What a character is to this rule.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
enum Kind {
    /// It has a shape of its own.
    #[default]
    Seen,
    /// White space, and controls.
    Blank,
    /// It is drawn on the character before it (general category M).
    Mark,
    /// Zero-width joiner and non-joiner.
    Joiner,
    /// Chooses a variant of the character before it.
    Selector,
    /// U+180E, a gap before the last vowel of a Mongolian word.
    VowelSeparator,
    /// A letter of an emoji flag's name.
    Tag,
    /// Embeddings and isolates, and their ends.
    Direction,
    /// Breaks, hyphens and marks of layout, which mean something in running text only.
    Layout,
    /// What it looks like is a matter of the font.
    PrivateUse,
    /// No use in any text of a form.
    Never,
}

// All of Default_Ignorable_Code_Point (Unicode 16, DerivedCoreProperties.txt), which a test compares, and what is empty
// without having that property.
fn kind(char: char) -> Kind {
    match char {
        '\u{ae}'..='\u{2ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' => Kind::Seen,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' => Kind::Layout,
        '\u{2028}' | '\u{2029}' | '\u{2060}' | '\u{feff}' | '\u{fffc}' => Kind::Layout,
        '\u{200c}' | '\u{200d}' => Kind::Joiner,
        '\u{180b}'..='\u{180d}' | '\u{180f}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' => Kind::Selector,
        '\u{180e}' => Kind::VowelSeparator,
        '\u{e0020}'..='\u{e007f}' => Kind::Tag,
        '\u{202a}'..='\u{202c}' | '\u{2066}'..='\u{2069}' => Kind::Direction,
        // Fillers of Hangul syllables, and a Braille cell without a dot.
        '\u{115f}' | '\u{1160}' | '\u{2800}' | '\u{3164}' | '\u{ffa0}' => Kind::Layout,
        '\u{17b4}' | '\u{17b5}' | '\u{202d}' | '\u{202e}' | '\u{2061}'..='\u{2065}' => Kind::Never,
        '\u{206a}'..='\u{206f}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}' => Kind::Never,
        '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}' => Kind::Never,
        // A note without a head, blanks of Egyptian, a filler of Khitan.
        '\u{1d159}' | '\u{13441}' | '\u{13442}' | '\u{16fe4}' => Kind::Never,
        // Noncharacters: 32 in the first plane, and the last two of each.
        '\u{fdd0}'..='\u{fdef}' => Kind::Never,
        _ if u32::from(char) & 0xfffe == 0xfffe => Kind::Never,
        '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}' => Kind::PrivateUse,
        _ if char.is_whitespace() || char.is_control() => Kind::Blank,
        '\u{300}'.. if is_combining_mark(char) => Kind::Mark,
        _ => Kind::Seen,
    }
}

/// Whether a character is drawn, by itself or on another.
pub(super) fn is_drawn(char: char) -> bool {
    matches!(kind(char), Kind::Seen | Kind::Mark)
}

/// What stands before a place.
#[derive(Default)]
struct Before {
    /// The character directly before, and what it is.
    last: Option<(char, Kind)>,
    /// The last character with a shape, if only marks and a selector follow it.
    base: Option<char>,
    seen_any: bool,
}

impl Before {
    fn step(&mut self, char: char, kind: Kind) {
        self.last = Some((char, kind));
        match kind {
            Kind::Seen => (self.base, self.seen_any) = (Some(char), true),
            Kind::Mark | Kind::Selector => {}
            _ => self.base = None,
        }
    }

    /// Whether the character directly before has a shape and is one of these.
    fn is(&self, one: impl FnOnce(char) -> bool) -> bool {
        self.last.is_some_and(|(char, kind)| kind == Kind::Seen && one(char))
    }

    /// RFC 5892, A.1 and A.2, where a letter's script stands for its joining type; UTS 51, ED-16, for emoji; and before a
    /// virama, where Bengali and Kannada write it (The Unicode Standard, 12.2 and 12.8).
    fn takes_joiner(&self, joiner: char, after: Option<char>) -> bool {
        let is_virama = |char: char| canonical_combining_class(char) == 9;
        let between = |one: fn(char) -> bool| self.base.is_some_and(one) && after.is_some_and(one);
        self.last.is_some_and(|(char, _)| is_virama(char))
            || self.is(|char| !char.is_ascii()) && after.is_some_and(is_virama)
            || if joiner == '\u{200c}' { between(is_cursive) } else { between(is_pictograph) }
    }

    /// The bases of StandardizedVariants.txt, emoji-variation-sequences.txt and the Ideographic Variation Database, by block.
    fn takes_selector(&self, selector: char, lines: Lines, after: Option<char>) -> bool {
        match selector {
            _ if lines == Lines::Many => self.is(|_| true),
            '\u{fe0e}' | '\u{fe0f}' => {
                let is_keycap = after == Some('\u{20e3}');
                self.is(|char| is_pictograph(char) || is_keycap && matches!(char, '0'..='9' | '#' | '*'))
            }
            '\u{fe00}'..='\u{fe0d}' => self.is(|char| char >= '\u{1000}'),
            '\u{e0100}'..='\u{e01ef}' => self.is(is_ideograph),
            _ => self.is(is_mongolian),
        }
    }

    /// Where the flag of a part of a country ends whose first tag is at `place`; 0 if there is none (UTS 51, ED-14a, and
    /// CLDR's names of subdivisions: two letters of the country, one to four of the part).
    fn flag_end(&self, text: &str, place: usize) -> usize {
        let tags = text.get(place..).unwrap_or_default();
        let is_name = |char: char| matches!(char, '\u{e0030}'..='\u{e0039}' | '\u{e0061}'..='\u{e007a}');
        let rest = tags.trim_start_matches(is_name);
        let letters = (tags.len() - rest.len()) / '\u{e0061}'.len_utf8();
        let is_flag =
            self.is(|char| char == '\u{1f3f4}') && (3..=6).contains(&letters) && rest.starts_with('\u{e007f}');
        if is_flag { text.len() - rest.len() + '\u{e007f}'.len_utf8() } else { 0 }
    }
}

/// Embeddings and isolates that are open (UAX 9, 2.1 to 2.3).
#[derive(Default)]
struct Direction {
    embeddings: u32,
    isolates: u32,
}

impl Direction {
    /// Opens or closes one; not if it closes what is not open.
    fn enters(&mut self, char: char) -> bool {
        let (open, by) = match char {
            '\u{202a}' | '\u{202b}' => (&mut self.embeddings, 1),
            '\u{202c}' => (&mut self.embeddings, -1),
            '\u{2069}' => (&mut self.isolates, -1),
            _ => (&mut self.isolates, 1),
        };
        let changed = open.checked_add_signed(by);
        *open = changed.unwrap_or_default();
        changed.is_some()
    }

    fn is_open(&self) -> bool {
        self.embeddings > 0 || self.isolates > 0
    }
}

/// Blocks of the scripts whose letters join: Arabic, Syriac, N'Ko, Mandaic, Mongolian, Phags-pa, Manichaean and their like.
fn is_cursive(char: char) -> bool {
    let is_arabic = matches!(char, '\u{600}'..='\u{7ff}' | '\u{840}'..='\u{8ff}' | '\u{fb50}'..='\u{fefc}');
    is_arabic
        || is_mongolian(char)
        || matches!(char, '\u{a840}'..='\u{a877}' | '\u{10ac0}'..='\u{10aff}' | '\u{10b80}'..='\u{10baf}')
        || matches!(char, '\u{10d00}'..='\u{10d3f}' | '\u{10ec0}'..='\u{10fdf}' | '\u{1e900}'..='\u{1e95f}')
}

fn is_mongolian(char: char) -> bool {
    matches!(char, '\u{1807}' | '\u{1820}'..='\u{18aa}')
}

fn is_ideograph(char: char) -> bool {
    matches!(char, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Blocks of Extended_Pictographic (emoji-data.txt), and its single characters elsewhere.
fn is_pictograph(char: char) -> bool {
    matches!(char, '\u{2190}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}' | '©' | '®' | '‼' | '⁉' | '™' | 'ℹ')
        || matches!(char, '〰' | '〽' | '㊗' | '㊙')
}

#[cfg(test)]
mod tests;
