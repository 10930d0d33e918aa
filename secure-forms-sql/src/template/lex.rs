//! Template text → tokens. Only as much of SQL's and Rust's lexical rules as is needed to know what stands in quotes, what in braces, what in
//! brackets, and to refuse what a template must not hold: comments, `;`, placeholders written by hand.

use std::ops::Range;

use super::Dialect;
use crate::problem::Problem;

/// What a stretch of the template is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Space,
    /// A keyword or a bare name.
    Word,
    /// A name in double quotes or backticks.
    Name,
    /// A string literal.
    String,
    Number,
    /// An operator or a separator; `||` and `::` are one token, all others one character.
    Punct,
    /// `{ … }`, braces included.
    Slot,
    /// `[`
    Open,
    /// `]`
    Close,
}

/// A token and its place in the template.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) span: Range<usize>,
}

/// The tokens of a template, in order, without gaps, and what is refused.
pub(super) fn lex(text: &str, dialect: Dialect) -> (Vec<Token>, Vec<Problem>) {
    let mut lexer = Lexer { text, dialect, at: 0, tokens: Vec::new(), problems: Vec::new() };
    while lexer.step() {}
    (lexer.tokens, lexer.problems)
}

struct Lexer<'t> {
    text: &'t str,
    dialect: Dialect,
    at: usize,
    tokens: Vec<Token>,
    problems: Vec<Problem>,
}

impl<'t> Lexer<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn push(&mut self, kind: Kind, length: usize) {
        self.tokens.push(Token { kind, span: self.at..self.at + length });
        self.at += length;
    }

    /// Refuses a stretch and steps over it, so that one mistake is reported once.
    fn refuse(&mut self, length: usize, message: &str, help: &str) {
        let span = self.at..self.at + length;
        self.problems.push(Problem::new(span, message).help(help));
        self.push(Kind::Space, length);
    }

    fn step(&mut self) -> bool {
        let rest = self.rest();
        let Some(first) = rest.chars().next() else { return false };
        let second = rest[first.len_utf8()..].chars().next();
        match (first, second) {
            (c, _) if c.is_whitespace() => {
                self.push(Kind::Space, while_length(rest, char::is_whitespace));
            }
            ('\0', _) => self.refuse(1, "a NUL ends the statement for some databases", "remove the NUL"),
            ('-', Some('-')) => self.comment(rest.find('\n').unwrap_or(rest.len())),
            ('/', Some('*')) => self.comment(rest.find("*/").map_or(rest.len(), |end| end + 2)),
            ('#', _) if self.dialect == Dialect::Mysql => self.comment(rest.find('\n').unwrap_or(rest.len())),
            (';', _) => self.refuse(1, "one statement for one query: `;` is refused", "remove it"),
            ('\'', _) => self.quoted('\'', Kind::String),
            ('"', _) => self.quoted('"', Kind::Name),
            ('`', _) => self.quoted('`', Kind::Name),
            ('{', _) => self.slot(),
            ('}', _) => self.refuse(1, "this brace closes nothing", "write `{value}` for a bound value"),
            ('[', _) => self.push(Kind::Open, 1),
            (']', _) => self.push(Kind::Close, 1),
            ('|', Some('|')) | (':', Some(':')) => self.push(Kind::Punct, 2),
            (c, next) if self.is_placeholder(c, next) => self.placeholder(),
            ('0'..='9', _) => self.push(Kind::Number, number_length(rest)),
            (c, _) if is_word_start(c) => self.push(Kind::Word, while_length(rest, is_word)),
            (c, _) => self.push(Kind::Punct, c.len_utf8()),
        }
        true
    }

    fn comment(&mut self, length: usize) {
        self.refuse(length, "a comment in a statement is refused", "say it in a Rust comment beside the macro");
    }

    /// Each dialect's own ways to name a parameter; PostgreSQL keeps `?` for its JSON operators and `:` for array slices, and there
    /// `@` belongs to operators.
    fn is_placeholder(&self, first: char, next: Option<char>) -> bool {
        let named = next.is_some_and(|c| is_word(c) || c == '$');
        match self.dialect {
            _ if first == '$' => true,
            Dialect::Postgres => false,
            Dialect::Sqlite | Dialect::Mysql => match first {
                '?' => true,
                ':' => named,
                '@' => named || next == Some('@'),
                _ => false,
            },
        }
    }

    fn placeholder(&mut self) {
        let length = 1 + while_length(&self.rest()[1..], |c| is_word(c) || c == '@');
        let written = &self.rest()[..length];
        let message = format!("the placeholder `{written}` is written by hand");
        self.refuse(length, &message, "name the value in braces: `{value}`");
    }

    /// A quoted stretch; the quote is doubled inside, and where the dialect says so a backslash protects the next character.
    fn quoted(&mut self, quote: char, kind: Kind) {
        let rest = self.rest();
        let backslash = quote != '`' && (self.dialect == Dialect::Mysql || self.follows_escape_prefix());
        let mut chars = rest.char_indices().skip(1).peekable();
        let mut end = None;
        while let Some((at, c)) = chars.next() {
            if c == '\\' && backslash {
                chars.next();
            } else if c == quote {
                if chars.peek().is_some_and(|(_, next)| *next == quote) {
                    chars.next();
                } else {
                    end = Some(at + 1);
                    break;
                }
            }
        }
        let Some(length) = end else {
            let help = format!("close it with `{quote}`");
            return self.refuse(rest.len(), "this quote is not closed", &help);
        };
        if let Some(inner) = braced_value(&rest[1..length - 1]) {
            let from = self.at + 1 + inner.start;
            let written = &rest[1 + inner.start..1 + inner.end];
            let help = format!("write {written} without quotes; a search takes `LIKE {{q: contains}}`");
            let span = from..from + inner.len();
            self.problems.push(Problem::new(span, "values are bound without quotes").help(help));
        }
        self.push(kind, length);
    }

    /// PostgreSQL's `E'…'`.
    fn follows_escape_prefix(&self) -> bool {
        let Some(last) = self.tokens.last() else { return false };
        last.kind == Kind::Word && self.text[last.span.clone()].eq_ignore_ascii_case("e")
    }

    fn slot(&mut self) {
        let rest = self.rest();
        let Some(length) = rust_group_length(rest) else {
            return self.refuse(rest.len(), "this brace is not closed", "close it with `}`");
        };
        self.push(Kind::Slot, length);
    }
}

fn while_length(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|c| !belongs(c)).unwrap_or(text.len())
}

fn number_length(text: &str) -> usize {
    let mut previous = ' ';
    text.find(|c: char| {
        let exponent_sign = matches!(c, '+' | '-') && matches!(previous, 'e' | 'E') && !text.starts_with("0x");
        previous = c;
        !(c.is_ascii_alphanumeric() || matches!(c, '.' | '_') || exponent_sign)
    })
    .unwrap_or(text.len())
}

fn is_word_start(c: char) -> bool {
    c.is_alphabetic() || c == '_' || !c.is_ascii()
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '$' || !c.is_ascii()
}

/// The first `{name}`, `{user.name}` or `{name: …}` within a quoted text, braces included. JSON such as `{"a": 1}` and PostgreSQL's `{}` and
/// `{1,2}` are plain text.
fn braced_value(quoted: &str) -> Option<Range<usize>> {
    let mut from = 0;
    while let Some(open) = quoted[from..].find('{').map(|at| from + at) {
        let inner = &quoted[open + 1..];
        let close = inner.find('}')?;
        let head = inner[..close].split(':').next().unwrap_or_default();
        let head = head.trim().trim_end_matches(['?', '.']);
        let is_path = head.split('.').all(|part| {
            let part = part.strip_suffix("()").unwrap_or(part);
            part.starts_with(|c: char| c.is_alphabetic() || c == '_')
                && part.chars().all(|c| c.is_alphanumeric() || c == '_')
        });
        if is_path {
            return Some(open..open + close + 2);
        }
        from = open + 1;
    }
    None
}

/// The length of the group that opens at the start of `text`, by Rust's rules: nesting of `( [ {`, strings and characters.
pub(super) fn rust_group_length(text: &str) -> Option<usize> {
    let mut depth = 0usize;
    for (at, c) in RustChars::new(text) {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return (c == '}').then_some(at + 1);
                }
            }
            _ => {}
        }
    }
    None
}

/// The characters of Rust text that stand outside of its string and character literals.
pub(super) struct RustChars<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> RustChars<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    fn skip_string(&mut self) {
        let mut escaped = false;
        let rest = &self.text[self.at..];
        let end = rest.find(|c| {
            let closes = c == '"' && !escaped;
            escaped = c == '\\' && !escaped;
            closes
        });
        self.at += end.map_or(rest.len(), |end| end + 1);
    }

    /// `'a'` and `'\n'` are literals, `'a` is a lifetime.
    fn skip_character(&mut self) {
        let rest = &self.text[self.at..];
        let mut chars = rest.char_indices();
        let Some((_, first)) = chars.next() else { return };
        let end = match first {
            // The character behind the backslash may itself be a quote.
            '\\' => rest.get(2..).and_then(|tail| tail.find('\'')).map(|at| at + 2),
            _ => chars.next().map(|(at, _)| at),
        };
        if let Some(end) = end.filter(|end| rest[*end..].starts_with('\'')) {
            self.at += end + 1;
        }
    }
}

impl Iterator for RustChars<'_> {
    type Item = (usize, char);

    fn next(&mut self) -> Option<(usize, char)> {
        loop {
            let at = self.at;
            let c = self.text[at..].chars().next()?;
            self.at += c.len_utf8();
            match c {
                '"' => self.skip_string(),
                '\'' => self.skip_character(),
                _ => return Some((at, c)),
            }
        }
    }
}
