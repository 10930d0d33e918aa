//! `\d`, `\w`, `\s` and `\b` mean ASCII unless the pattern says `unicode`, while `.`, classes and `\p{…}` stay Unicode:
//! a syntax tree of the `regex` crate enters, one with those classes spelled out leaves. A `u` flag in the pattern itself
//! is obeyed as written.

use regex_syntax::ast::{
    Assertion, Ast, ClassBracketed, ClassPerl, ClassPerlKind, ClassSet, ClassSetItem, ClassSetRange, ClassSetUnion,
    Flag, Flags, FlagsItem, FlagsItemKind, Group, GroupKind, Literal, LiteralKind, Repetition, Span,
};
use regex_syntax::hir::translate::TranslatorBuilder;
use regex_syntax::hir::{Class, HirKind};

/// Spells out the ASCII classes of the whole tree.
pub(super) fn spell_out(ast: Ast) -> Ast {
    Flagged { unicode: None, fold: false }.ast(ast)
}

/// The flags in force at a place of the tree. Like the translator of `regex-syntax`, they hold to the end of the group,
/// also across `|`.
#[derive(Clone, Copy)]
struct Flagged {
    /// What a `u` flag said, if there was one.
    unicode: Option<bool>,
    /// `i`
    fold: bool,
}

impl Flagged {
    fn set(&mut self, flags: &Flags) {
        self.unicode = flags.flag_state(Flag::Unicode).or(self.unicode);
        self.fold = flags.flag_state(Flag::CaseInsensitive).unwrap_or(self.fold);
    }

    fn ast(&mut self, mut ast: Ast) -> Ast {
        match &mut ast {
            Ast::Flags(set) => self.set(&set.flags),
            Ast::Group(group) => {
                let mut inside = *self;
                if let GroupKind::NonCapturing(flags) = &group.kind {
                    inside.set(flags);
                }
                *group.ast = inside.ast(take(&mut group.ast));
            }
            Ast::Repetition(repetition) => {
                let Repetition { ast, .. } = &mut **repetition;
                **ast = self.ast(take(ast));
            }
            Ast::Alternation(alternation) => self.each(&mut alternation.asts),
            Ast::Concat(concat) => self.each(&mut concat.asts),
            Ast::ClassPerl(class) if self.unicode.is_none() => {
                let class = Ast::class_bracketed(ascii_class(class));
                return group(class, &[Item::On(Flag::Unicode), Item::Off(Flag::CaseInsensitive)]);
            }
            Ast::Assertion(assertion) if self.unicode.is_none() && looks_at_words(assertion) => {
                return group(ast, &[Item::Off(Flag::Unicode)]);
            }
            Ast::ClassBracketed(class) if self.unicode.is_none() && has_perl(&class.kind) => {
                self.class_set(&mut class.kind);
                if self.fold {
                    return group(ast, &[Item::Off(Flag::CaseInsensitive)]);
                }
            }
            _ => {}
        }
        ast
    }

    fn each(&mut self, asts: &mut [Ast]) {
        for ast in asts {
            *ast = self.ast(take(ast));
        }
    }

    fn class_set(&self, set: &mut ClassSet) {
        match set {
            ClassSet::Item(item) => self.item(item),
            ClassSet::BinaryOp(op) => {
                self.class_set(&mut op.lhs);
                self.class_set(&mut op.rhs);
            }
        }
    }

    fn item(&self, item: &mut ClassSetItem) {
        match item {
            ClassSetItem::Perl(class) => *item = ClassSetItem::Bracketed(Box::new(ascii_class(class))),
            ClassSetItem::Bracketed(class) => self.class_set(&mut class.kind),
            ClassSetItem::Union(union) => union.items.iter_mut().for_each(|item| self.item(item)),
            other if self.fold => {
                if let Some(folded) = folded(other) {
                    *other = folded;
                }
            }
            _ => {}
        }
    }
}

fn take(ast: &mut Ast) -> Ast {
    let span = *ast.span();
    std::mem::replace(ast, Ast::empty(span))
}

fn looks_at_words(assertion: &Assertion) -> bool {
    use regex_syntax::ast::AssertionKind as Kind;
    !matches!(assertion.kind, Kind::StartLine | Kind::EndLine | Kind::StartText | Kind::EndText)
}

fn has_perl(set: &ClassSet) -> bool {
    match set {
        ClassSet::BinaryOp(op) => has_perl(&op.lhs) || has_perl(&op.rhs),
        ClassSet::Item(item) => is_or_has_perl(item),
    }
}

fn is_or_has_perl(item: &ClassSetItem) -> bool {
    match item {
        ClassSetItem::Perl(_) => true,
        ClassSetItem::Bracketed(class) => has_perl(&class.kind),
        ClassSetItem::Union(union) => union.items.iter().any(is_or_has_perl),
        _ => false,
    }
}

fn ascii_class(class: &ClassPerl) -> ClassBracketed {
    let ranges: &[(char, char)] = match class.kind {
        ClassPerlKind::Digit => &[('0', '9')],
        ClassPerlKind::Space => &[('\t', '\r'), (' ', ' ')],
        ClassPerlKind::Word => &[('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')],
    };
    bracketed(class.span, class.negated, ranges.iter().copied())
}

/// The item with its other cases. Folding is done here, item by item, because folding a class as a whole would add
/// U+017F and U+212A to an ASCII `\w`.
fn folded(item: &ClassSetItem) -> Option<ClassSetItem> {
    let span = *item.span();
    let alone = ClassBracketed { span, negated: false, kind: ClassSet::Item(item.clone()) };
    let mut translator = TranslatorBuilder::new().case_insensitive(true).build();
    let hir = translator.translate("", &Ast::class_bracketed(alone)).ok()?;
    let ranges: Vec<(char, char)> = match hir.kind() {
        HirKind::Literal(one) => std::str::from_utf8(&one.0).ok()?.chars().map(|char| (char, char)).collect(),
        HirKind::Class(Class::Unicode(class)) => class.iter().map(|range| (range.start(), range.end())).collect(),
        _ => return None,
    };
    Some(ClassSetItem::Bracketed(Box::new(bracketed(span, false, ranges))))
}

fn bracketed(span: Span, negated: bool, ranges: impl IntoIterator<Item = (char, char)>) -> ClassBracketed {
    let literal = |c| Literal { span, kind: LiteralKind::Verbatim, c };
    let range = |(start, end)| ClassSetItem::Range(ClassSetRange { span, start: literal(start), end: literal(end) });
    let items = ranges.into_iter().map(range).collect();
    ClassBracketed { span, negated, kind: ClassSet::union(ClassSetUnion { span, items }) }
}

enum Item {
    On(Flag),
    Off(Flag),
}

/// `(?flags:ast)`; flags that are switched off come last.
fn group(ast: Ast, flags: &[Item]) -> Ast {
    let span = *ast.span();
    let mut items = Vec::new();
    for flag in flags {
        match *flag {
            Item::On(flag) => items.push(FlagsItemKind::Flag(flag)),
            Item::Off(flag) => items.extend([FlagsItemKind::Negation, FlagsItemKind::Flag(flag)]),
        }
    }
    let items = items.into_iter().map(|kind| FlagsItem { span, kind }).collect();
    Ast::group(Group { span, kind: GroupKind::NonCapturing(Flags { span, items }), ast: Box::new(ast) })
}
