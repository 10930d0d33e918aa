//! Whether browsers read a pattern as we do. An HTML `pattern` attribute is a regular expression of ECMA-262 with the
//! `v` flag (HTML Standard, 4.10.5.3.6); a syntax tree of the `regex` crate enters, and only what is known to mean the
//! same in both passes (ECMA-262, 22.2.1 Patterns). A wrong "no" costs a hint in the browser, a wrong "yes" would lock
//! people out.

use regex_syntax::ast::{
    AssertionKind, Ast, ClassBracketed, ClassPerl, ClassPerlKind, ClassSet, ClassSetItem, ClassUnicode,
    ClassUnicodeKind, GroupKind, HexLiteralKind, Literal, LiteralKind, Repetition, Span, SpecialLiteralKind,
};

use crate::options::{Options, PerlClasses, Scope};

/// Whether the text means the same as the value of an HTML `pattern` attribute.
pub(super) fn same_meaning(source: &str, ast: &Ast, options: Options) -> bool {
    options.scope == Scope::Whole && Reader { source, perl: options.perl }.ast(ast)
}

/// `SyntaxCharacter` of ECMA-262: these must be escaped outside of classes, and only these and `/` may be.
const SYNTAX: &str = "^$\\.*+?()[]{}|";
/// `ClassSetSyntaxCharacter`: these must be escaped in classes.
const CLASS_SYNTAX: &str = "()[]{}/-\\|";
/// `ClassSetReservedPunctuator`: these may be escaped in classes, too.
const CLASS_PUNCTUATION: &str = "&-!#%,:;<=>@`~";
/// The characters of `ClassSetReservedDoublePunctuator`: two of one in a row are kept for later use.
const CLASS_DOUBLES: &str = "&!#$%*+,.:;<=>?@^`~";

/// Where a literal stands.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Place {
    Outside,
    InClass,
}

struct Reader<'s> {
    source: &'s str,
    perl: PerlClasses,
}

impl Reader<'_> {
    fn text(&self, span: &Span) -> &str {
        self.source.get(span.start.offset..span.end.offset).unwrap_or_default()
    }

    fn ast(&self, ast: &Ast) -> bool {
        match ast {
            Ast::Empty(_) => true,
            // `.` leaves out line feed here, and three more line ends there; inline flags are too new or unknown there.
            Ast::Dot(_) | Ast::Flags(_) => false,
            Ast::Literal(literal) => self.literal(literal, Place::Outside),
            Ast::Assertion(assertion) => match assertion.kind {
                AssertionKind::StartLine | AssertionKind::EndLine => true,
                AssertionKind::WordBoundary | AssertionKind::NotWordBoundary => self.perl == PerlClasses::Ascii,
                _ => false,
            },
            Ast::ClassUnicode(class) => self.property(class),
            Ast::ClassPerl(class) => self.perl(class),
            Ast::ClassBracketed(class) => self.class(class),
            Ast::Repetition(repetition) => self.repetition(repetition),
            Ast::Group(group) => self.group(&group.kind) && self.ast(&group.ast),
            Ast::Alternation(branches) => branches.asts.iter().all(|ast| self.ast(ast)),
            Ast::Concat(parts) => parts.asts.iter().all(|ast| self.ast(ast)),
        }
    }

    fn literal(&self, literal: &Literal, place: Place) -> bool {
        let Literal { span, kind, c } = literal;
        let digits = |open: &str, close: &str| {
            let inner = self.text(span).strip_prefix(open).and_then(|text| text.strip_suffix(close));
            inner.is_some_and(|text| text.bytes().all(|byte| byte.is_ascii_hexdigit()))
        };
        match kind {
            // The parser of HTML changes carriage returns and NUL before the attribute is one.
            LiteralKind::Verbatim if matches!(c, '\r' | '\0') => false,
            LiteralKind::Verbatim if place == Place::InClass => !CLASS_SYNTAX.contains(*c),
            LiteralKind::Verbatim => !SYNTAX.contains(*c),
            LiteralKind::Meta | LiteralKind::Superfluous => {
                SYNTAX.contains(*c) || *c == '/' || place == Place::InClass && CLASS_PUNCTUATION.contains(*c)
            }
            LiteralKind::HexFixed(HexLiteralKind::X) => digits("\\x", ""),
            LiteralKind::HexFixed(HexLiteralKind::UnicodeShort) => digits("\\u", ""),
            LiteralKind::HexBrace(HexLiteralKind::UnicodeShort) => digits("\\u{", "}"),
            LiteralKind::Special(special) => !matches!(special, SpecialLiteralKind::Bell | SpecialLiteralKind::Space),
            LiteralKind::Octal | LiteralKind::HexFixed(_) | LiteralKind::HexBrace(_) => false,
        }
    }

    fn perl(&self, class: &ClassPerl) -> bool {
        // `\s` of ECMA-262 is neither the ASCII nor the Unicode set: it has U+FEFF and lacks U+0085.
        self.perl == PerlClasses::Ascii && class.kind != ClassPerlKind::Space
    }

    /// General categories by the very names of ECMA-262 (table 68); here names are read loosely, there they are not.
    fn property(&self, class: &ClassUnicode) -> bool {
        let ClassUnicodeKind::Named(name) = &class.kind else { return false };
        let braced = self.text(&class.span);
        let braced = braced.strip_prefix("\\p").or(braced.strip_prefix("\\P")).unwrap_or_default();
        GENERAL_CATEGORIES.contains(&name.as_str()) && braced.len() == name.len() + 2
    }

    fn class(&self, class: &ClassBracketed) -> bool {
        let text = self.text(&class.span);
        let doubled = text.chars().zip(text.chars().skip(1)).any(|(a, b)| a == b && CLASS_DOUBLES.contains(a));
        match &class.kind {
            ClassSet::Item(item) => !doubled && self.item(item),
            ClassSet::BinaryOp(_) => false,
        }
    }

    fn item(&self, item: &ClassSetItem) -> bool {
        match item {
            ClassSetItem::Empty(_) | ClassSetItem::Ascii(_) => false,
            ClassSetItem::Literal(literal) => self.literal(literal, Place::InClass),
            ClassSetItem::Range(range) => {
                self.literal(&range.start, Place::InClass) && self.literal(&range.end, Place::InClass)
            }
            ClassSetItem::Unicode(class) => self.property(class),
            ClassSetItem::Perl(class) => self.perl(class),
            ClassSetItem::Bracketed(class) => self.class(class),
            ClassSetItem::Union(union) => union.items.iter().all(|item| self.item(item)),
        }
    }

    fn repetition(&self, repetition: &Repetition) -> bool {
        // There, an assertion or a repetition cannot be repeated, and nothing but digits and a comma counts.
        let atom = !matches!(*repetition.ast, Ast::Assertion(_) | Ast::Repetition(_) | Ast::Empty(_));
        let plain = self.text(&repetition.op.span).bytes().all(|byte| b"*+?{},0123456789".contains(&byte));
        atom && plain && self.ast(&repetition.ast)
    }

    fn group(&self, kind: &GroupKind) -> bool {
        match kind {
            GroupKind::CaptureIndex(_) => true,
            GroupKind::CaptureName { starts_with_p, name } => {
                let letter = |byte: u8| byte.is_ascii_alphabetic() || byte == b'_';
                !starts_with_p
                    && name.name.bytes().next().is_some_and(letter)
                    && name.name.bytes().all(|byte| letter(byte) || byte.is_ascii_digit())
            }
            GroupKind::NonCapturing(flags) => flags.items.is_empty(),
        }
    }
}

#[rustfmt::skip]
const GENERAL_CATEGORIES: &[&str] = &[
    "L", "Letter", "LC", "Cased_Letter", "Lu", "Uppercase_Letter", "Ll", "Lowercase_Letter", "Lt", "Titlecase_Letter",
    "Lm", "Modifier_Letter", "Lo", "Other_Letter", "M", "Mark", "Combining_Mark", "Mn", "Nonspacing_Mark",
    "Mc", "Spacing_Mark", "Me", "Enclosing_Mark", "N", "Number", "Nd", "Decimal_Number", "digit", "Nl", "Letter_Number",
    "No", "Other_Number", "P", "Punctuation", "punct", "Pc", "Connector_Punctuation", "Pd", "Dash_Punctuation",
    "Ps", "Open_Punctuation", "Pe", "Close_Punctuation", "Pi", "Initial_Punctuation", "Pf", "Final_Punctuation",
    "Po", "Other_Punctuation", "S", "Symbol", "Sm", "Math_Symbol", "Sc", "Currency_Symbol", "Sk", "Modifier_Symbol",
    "So", "Other_Symbol", "Z", "Separator", "Zs", "Space_Separator", "Zl", "Line_Separator", "Zp", "Paragraph_Separator",
];
