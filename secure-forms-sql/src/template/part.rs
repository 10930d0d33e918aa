//! Tokens → a flat list of items, each knowing the optional part that holds it.

use std::ops::Range;

use super::Dialect;
use super::independent;
use super::lex::{self, Kind, Token};
use super::model::{Item, Part, Template, What};
use super::slot::{self, Braces, Form};
use crate::problem::Problem as Fault;

/// Reads a whole template; what could not be read is left out and told.
pub(super) fn assemble(text: &str, dialect: Dialect) -> (Template<'_>, Vec<Fault>) {
    let (tokens, faults) = lex::lex(text, dialect);
    let template = Template { text, dialect, items: vec![], slots: vec![], sorts: vec![], parts: vec![] };
    let mut assembly = Assembly { tokens: &tokens, template, faults };
    assembly.range(0..tokens.len(), None);
    let Assembly { mut template, faults, .. } = assembly;
    mark_offsets(&mut template);
    independent::mark(&mut template);
    (template, faults)
}

/// A plain value behind `OFFSET` is a number of rows.
fn mark_offsets(template: &mut Template<'_>) {
    let mut offset = false;
    for item in &template.items {
        match item.what {
            What::Token(Kind::Space) => continue,
            What::Slot(index) if offset => {
                if let Some(slot) = template.slots.get_mut(index).filter(|slot| slot.form == Form::Value) {
                    slot.form = Form::Offset;
                }
            }
            _ => {}
        }
        offset = template.text[item.span.clone()].eq_ignore_ascii_case("offset");
    }
}

struct Assembly<'t, 'k> {
    tokens: &'k [Token],
    template: Template<'t>,
    faults: Vec<Fault>,
}

impl Assembly<'_, '_> {
    fn range(&mut self, range: Range<usize>, part: Option<usize>) {
        let mut at = range.start;
        while at < range.end {
            let token = &self.tokens[at];
            match token.kind {
                Kind::Slot => self.braces(at, part),
                Kind::Open => {
                    at = self.bracket(at, range.end, part);
                    continue;
                }
                kind => self.item(What::Token(kind), token.span.clone(), part),
            }
            at += 1;
        }
    }

    fn item(&mut self, what: What, span: Range<usize>, part: Option<usize>) {
        self.template.items.push(Item { what, span, part });
    }

    fn braces(&mut self, at: usize, part: Option<usize>) {
        let span = self.tokens[at].span.clone();
        let touches = |other: Option<&Token>| {
            other.is_some_and(|other| {
                let joins = matches!(other.kind, Kind::Word | Kind::Name | Kind::String | Kind::Number | Kind::Slot);
                joins && (other.span.end == span.start || other.span.start == span.end)
            })
        };
        if touches(at.checked_sub(1).and_then(|before| self.tokens.get(before))) || touches(self.tokens.get(at + 1)) {
            let fault = Fault::new(span.clone(), "a value cannot be a part of a name or a word");
            self.faults.push(fault.help("a bound value stands alone, with a space on both sides"));
        }
        match slot::read(self.template.text, span.clone()) {
            Ok(Braces::Slot(mut slot)) => {
                if slot.optional && part.is_none() {
                    let fault = Fault::new(span.clone(), "`?` stands only inside of an optional part");
                    self.faults.push(fault.help(
                        "write `[AND name = {name?}]`; a nullable value is bound by `{name}`; Rust's own `?` goes into parentheses",
                    ));
                }
                slot.part = part;
                self.template.slots.push(slot);
                self.item(What::Slot(self.template.slots.len() - 1), span, part);
            }
            Ok(Braces::Sort(mut sort)) => {
                sort.part = part;
                for arm in &sort.arms {
                    self.faults.extend(arm_faults(self.template.text, arm.sql.clone(), self.template.dialect));
                }
                self.template.sorts.push(sort);
                self.item(What::Sort(self.template.sorts.len() - 1), span, part);
            }
            Err(fault) => self.faults.push(fault),
        }
    }

    /// An optional part, or PostgreSQL's subscript; gives the place to go on from.
    fn bracket(&mut self, open: usize, end: usize, part: Option<usize>) -> usize {
        let span = self.tokens[open].span.clone();
        let Some(close) = self.closing(open, end) else {
            self.faults.push(Fault::new(span, "this bracket is not closed").help("close it with `]`"));
            return open + 1;
        };
        let whole = span.start..self.tokens[close].span.end;
        if !self.has_option(open + 1..close) {
            self.plain_bracket(open, close, whole, part);
        } else if part.is_some() {
            let fault = Fault::new(whole, "an optional part stands inside of another");
            self.faults.push(fault.help("write two parts, one behind the other"));
        } else {
            self.template.parts.push(Part { span: whole, independent: false });
            let index = self.template.parts.len() - 1;
            self.range(open + 1..close, Some(index));
        }
        close + 1
    }

    fn plain_bracket(&mut self, open: usize, close: usize, whole: Range<usize>, part: Option<usize>) {
        if self.template.dialect == Dialect::Postgres && self.is_subscript(open) {
            self.item(What::Token(Kind::Punct), self.tokens[open].span.clone(), part);
            self.range(open + 1..close, part);
            self.item(What::Token(Kind::Punct), self.tokens[close].span.clone(), part);
            return;
        }
        let inner: Vec<_> = self.tokens[open + 1..close].iter().filter(|token| token.kind != Kind::Space).collect();
        let fault = match inner.as_slice() {
            [one] if matches!(one.kind, Kind::Word | Kind::Number) => {
                let name = &self.template.text[one.span.clone()];
                let help = format!("write \"{name}\" in double quotes; brackets are for optional parts");
                Fault::new(whole, "names are not quoted by brackets here").help(help)
            }
            _ => Fault::new(whole, "this optional part holds no optional value")
                .help("mark the value that decides: `[AND name = {name?}]`, where `name` is an `Option`"),
        };
        self.faults.push(fault);
    }

    /// Whether a bracket stands behind an expression or `ARRAY`.
    fn is_subscript(&self, open: usize) -> bool {
        let before = self.tokens[..open].iter().rev().find(|token| token.kind != Kind::Space);
        before.is_some_and(|token| match token.kind {
            Kind::Word | Kind::Name | Kind::String | Kind::Slot | Kind::Close => true,
            Kind::Punct => &self.template.text[token.span.clone()] == ")",
            _ => false,
        })
    }

    fn closing(&self, open: usize, end: usize) -> Option<usize> {
        let mut depth = 0usize;
        (open..end).find(|at| {
            match self.tokens[*at].kind {
                Kind::Open => depth += 1,
                Kind::Close => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth == 0
        })
    }

    /// Whether a value marked by `?` stands directly or deeper in these tokens.
    fn has_option(&self, range: Range<usize>) -> bool {
        self.tokens[range].iter().filter(|token| token.kind == Kind::Slot).any(|token| {
            let read = slot::read(self.template.text, token.span.clone());
            matches!(read, Ok(Braces::Slot(slot)) if slot.optional)
        })
    }
}

/// The SQL of a choice is plain: what would be refused in the template is refused here too, and values and parts have no place in it.
fn arm_faults(text: &str, sql: Range<usize>, dialect: Dialect) -> Vec<Fault> {
    let (tokens, mut faults) = lex::lex(&text[sql.clone()], dialect);
    for token in tokens {
        let message = match token.kind {
            Kind::Slot => "a choice cannot hold a bound value",
            Kind::Open | Kind::Close => "a choice cannot hold brackets",
            _ => continue,
        };
        faults.push(Fault::new(token.span, message).help("write the columns of this order, such as `created_at desc`"));
    }
    for fault in &mut faults {
        fault.span = fault.span.start + sql.start..fault.span.end + sql.start;
    }
    faults
}
