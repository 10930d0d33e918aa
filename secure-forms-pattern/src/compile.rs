//! From the text of a regular expression to its table, or to the mistake in it with its place in the text.

use std::fmt;
use std::ops::Range;

use regex_syntax::ast;
use regex_syntax::ast::parse::Parser;
use regex_syntax::hir::translate::Translator;
use regex_syntax::hir::{Hir, HirKind, Look};

use crate::automaton::{self, NoTable, Owned};
use crate::options::{Options, PerlClasses, Scope};
use crate::{ascii, html};
use secure_forms_core::pattern::{ClassCount, Pattern};

/// What is wrong with a pattern.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum PatternProblem {
    /// It is not a regular expression; the text says why, as the `regex` crate does.
    Syntax(String),
    /// Its table would be too large.
    TooLarge,
    /// It would be too large for the `regex` crate too.
    TooLargeForRegex,
    /// It asks for a word boundary of Unicode, which no table can judge.
    UnicodeWordBoundary,
}

/// A pattern that has no table, and where in its text the reason is.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PatternError {
    /// The bytes of the pattern that are wrong; all of it where no part is to blame.
    pub span: Range<usize>,
    /// What is wrong with them.
    pub problem: PatternProblem,
}

impl PatternError {
    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> Option<&'static str> {
        match self.problem {
            PatternProblem::Syntax(_) => None,
            PatternProblem::TooLarge => Some(
                "shorten its counted repetitions, use `length` for the length, or write `features = [\"regex\"]` at `secure-forms` in Cargo.toml",
            ),
            PatternProblem::TooLargeForRegex => Some("shorten its counted repetitions, or use `length` for the length"),
            PatternProblem::UnicodeWordBoundary => Some(
                "write `(?-u:\\b)`, leave `unicode` away, or write `features = [\"regex\"]` at `secure-forms` in Cargo.toml",
            ),
        }
    }
}

impl fmt::Display for PatternError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.problem {
            PatternProblem::Syntax(reason) => write!(f, "invalid pattern: {reason}"),
            PatternProblem::TooLarge => f.write_str("this pattern is too large for a table"),
            PatternProblem::TooLargeForRegex => f.write_str("this pattern is too large even for the `regex` crate"),
            PatternProblem::UnicodeWordBoundary => f.write_str("a Unicode word boundary cannot be put into a table"),
        }
    }
}

impl std::error::Error for PatternError {}

/// A pattern that owns its table.
#[derive(Clone, Debug)]
pub struct Compiled {
    engine: Engine,
    html: Option<Box<str>>,
}

#[derive(Clone, Debug)]
enum Engine {
    Table(Owned),
    ClassCount { members: Owned, ascii: u8, min: u32, max: u32 },
}

impl Compiled {
    /// The table: for running it here, or for printing it into generated code.
    #[must_use]
    pub fn pattern(&self) -> Pattern<'_> {
        match &self.engine {
            Engine::Table(table) => Pattern::Table(table.table()),
            &Engine::ClassCount { ref members, ascii, min, max } => {
                Pattern::ClassCount(ClassCount { members: members.table(), ascii, min, max })
            }
        }
    }

    /// Whether the text matches.
    #[must_use]
    pub fn matches(&self, text: &str) -> bool {
        self.pattern().matches(text)
    }

    /// The text for an HTML `pattern` attribute: that of the pattern, if browsers read it with the same meaning.
    ///
    /// Browsers compile the attribute with the `v` flag and match all of a value (HTML Standard, 4.10.5.3.6). Only what
    /// is provably the same in ECMA-262 is given out; all else is left to the server.
    ///
    /// ```
    /// # use secure_forms_pattern::{compile, Options};
    /// let html = |pattern| compile(pattern, Options::default()).unwrap().html().map(str::to_owned);
    /// assert_eq!(html("[a-z]{3,9}"), Some("[a-z]{3,9}".into()));
    /// assert_eq!(html("[a-z-]{3,9}"), None); // the `v` flag wants `\-`
    /// assert_eq!(html(r"\s*"), None); // here ASCII, in a browser Unicode
    /// ```
    #[must_use]
    pub fn html(&self) -> Option<&str> {
        self.html.as_deref()
    }
}

/// Compiles a regular expression in the syntax of the `regex` crate.
///
/// ```
/// use secure_forms_pattern::{compile, Options};
///
/// let username = compile("[A-Za-z][A-Za-z0-9_.]*", Options::default()).unwrap();
/// assert!(username.matches("ada.lovelace"));
/// assert!(!username.matches("ada lovelace"), "the whole value has to match");
///
/// let error = compile("[a-z", Options::default()).unwrap_err();
/// assert_eq!(error.to_string(), "invalid pattern: unclosed character class");
/// assert_eq!(error.span, 0..1);
/// ```
///
/// # Errors
/// The text is no regular expression, or it cannot become a table: the automaton would need more than 256 KiB while it
/// is made, its table more than 64 KiB, or it asks for a word boundary of Unicode.
pub fn compile(source: &str, options: Options) -> Result<Compiled, PatternError> {
    let Parsed { ast, html } = parse(source, options)?;
    let hir = Translator::new().translate(source, &ast).map_err(|error| syntax(error.kind(), error.span()))?;
    let engine = engine(&hir, options.scope).map_err(|reason| PatternError {
        span: 0..source.len(),
        problem: match reason {
            NoTable::TooLarge => PatternProblem::TooLarge,
            NoTable::Assertion => PatternProblem::UnicodeWordBoundary,
        },
    })?;
    Ok(Compiled { engine, html })
}

/// What a pattern says, with its lettered classes spelled out, and its text for a browser.
struct Parsed {
    ast: ast::Ast,
    html: Option<Box<str>>,
}

fn parse(source: &str, options: Options) -> Result<Parsed, PatternError> {
    let ast = Parser::new().parse(source).map_err(|error| syntax(error.kind(), error.span()))?;
    let html = html::same_meaning(source, &ast, options).then(|| source.into());
    let ast = match options.perl {
        PerlClasses::Ascii => ascii::spell_out(ast),
        PerlClasses::Unicode => ast,
    };
    Ok(Parsed { ast, html })
}

/// A pattern as the `regex` crate takes it, with the meaning that [`compile`] gives it.
#[cfg(feature = "regex")]
#[derive(Clone, Debug)]
pub struct ForRegex {
    source: String,
    html: Option<Box<str>>,
}

#[cfg(feature = "regex")]
impl ForRegex {
    /// The text for [`AtFirstUse`](super::AtFirstUse).
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// As [`Compiled::html`].
    #[must_use]
    pub fn html(&self) -> Option<&str> {
        self.html.as_deref()
    }
}

/// Spells a pattern out for the `regex` crate, and tries whether that takes it.
///
/// ```
/// use secure_forms_pattern::{Options, for_regex};
/// assert_eq!(for_regex(r"\d{3}", Options::default()).unwrap().source(), r"\A(?:(?u-i:[0-9]){3})\z");
/// ```
///
/// # Errors
/// The text is no regular expression, or its program would need more than 4 MiB.
#[cfg(feature = "regex")]
pub fn for_regex(source: &str, options: Options) -> Result<ForRegex, PatternError> {
    use secure_forms_core::pattern::{NotTaken, try_out};

    let Parsed { ast, html } = parse(source, options)?;
    let spelled = match options.scope {
        Scope::Whole => format!(r"\A(?:{ast})\z"),
        Scope::Search => ast.to_string(),
    };
    try_out(&spelled).map_err(|reason| PatternError {
        span: 0..source.len(),
        problem: match reason {
            NotTaken::TooLarge => PatternProblem::TooLargeForRegex,
            NotTaken::Other(reason) => PatternProblem::Syntax(reason),
        },
    })?;
    Ok(ForRegex { source: spelled, html })
}

fn syntax(reason: &impl fmt::Display, span: &ast::Span) -> PatternError {
    PatternError { span: span.start.offset..span.end.offset, problem: PatternProblem::Syntax(reason.to_string()) }
}

fn engine(hir: &Hir, scope: Scope) -> Result<Engine, NoTable> {
    let Some(Counted { class, min, max }) = Counted::read(hir, scope) else {
        return automaton::build(hir, scope).map(Engine::Table);
    };
    let any_number = regex_syntax::hir::Repetition { min: 0, max: None, greedy: true, sub: Box::new(class.clone()) };
    let members = automaton::build(&Hir::repetition(any_number), Scope::Whole)?;
    let ascii = members.ascii_members();
    Ok(Engine::ClassCount { members, ascii, min, max })
}

/// `^[class]{min,max}$`, the anchors only where the scope does not imply them.
struct Counted<'h> {
    class: &'h Hir,
    min: u32,
    max: u32,
}

impl<'h> Counted<'h> {
    fn read(hir: &'h Hir, scope: Scope) -> Option<Self> {
        let HirKind::Repetition(repetition) = between_anchors(bare(hir), scope)?.kind() else { return None };
        let class = bare(&repetition.sub);
        let one_char = match class.kind() {
            HirKind::Class(_) => true,
            HirKind::Literal(text) => std::str::from_utf8(&text.0).is_ok_and(|text| text.chars().count() == 1),
            _ => false,
        };
        one_char.then_some(Self { class, min: repetition.min, max: repetition.max.unwrap_or(u32::MAX) })
    }
}

/// Without the groups around it: groups capture, and here nothing is captured.
fn bare(mut hir: &Hir) -> &Hir {
    while let HirKind::Capture(group) = hir.kind() {
        hir = &group.sub;
    }
    hir
}

fn between_anchors(hir: &Hir, scope: Scope) -> Option<&Hir> {
    let HirKind::Concat(parts) = hir.kind() else { return (scope == Scope::Whole).then_some(hir) };
    let (starts, parts) = match parts.split_first() {
        Some((first, rest)) if *first.kind() == HirKind::Look(Look::Start) => (true, rest),
        _ => (false, &parts[..]),
    };
    let (ends, parts) = match parts.split_last() {
        Some((last, rest)) if *last.kind() == HirKind::Look(Look::End) => (true, rest),
        _ => (false, parts),
    };
    let [inner] = parts else { return None };
    (scope == Scope::Whole || starts && ends).then(|| bare(inner))
}
