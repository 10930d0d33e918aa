//! A template as it stands in `html!`, and as it is once every value has its place.

use proc_macro2::Span;
use syn::{Expr, LitStr, Local, Pat};

use crate::model::root::Root;

/// One part of a template, in maud's syntax.
pub(crate) enum Node {
    /// `"text"`
    Text(LitStr),
    /// `(value)`
    Splice(Expr),
    /// `p.lead { … }`
    Element(Element),
    /// `{ … }`
    Block(Vec<Node>),
    /// `@let name = value;`
    Let(Box<Local>),
    /// `@if condition { … } @else { … }`
    If { condition: Expr, then: Vec<Node>, otherwise: Vec<Node> },
    /// `@for pattern in values { … }`
    For { pattern: Box<Pat>, values: Expr, body: Vec<Node> },
    /// `@while condition { … }`
    While { condition: Expr, body: Vec<Node> },
    /// `@match value { pattern => …, }`
    Match { value: Expr, arms: Vec<Arm<Vec<Node>>> },
}

/// `pattern if guard => body`
pub(crate) struct Arm<B> {
    pub(crate) pattern: Pat,
    pub(crate) guard: Option<Expr>,
    pub(crate) body: B,
}

/// `name attributes { … }`, or `name attributes;`
pub(crate) struct Element {
    pub(crate) name: Name,
    pub(crate) attributes: Vec<Attribute>,
    /// None for what ends with `;`.
    pub(crate) body: Option<Vec<Node>>,
}

/// The name of an element or an attribute: `a`, `aria-label`, `xlink:href`.
pub(crate) struct Name {
    pub(crate) text: String,
    pub(crate) span: Span,
}

impl Name {
    /// As HTML compares names: without case (HTML Standard, 13.2.5.8 and 13.2.5.33).
    pub(crate) fn lower(&self) -> String {
        self.text.to_ascii_lowercase()
    }
}

pub(crate) enum Attribute {
    /// `.name`, `.(value)`, `.name[condition]`
    Class { value: Vec<Node>, condition: Option<Expr>, span: Span },
    /// `#name`, `#(value)`
    Id { value: Vec<Node>, span: Span },
    /// `name=…`
    Named { name: Name, value: Value },
}

pub(crate) enum Value {
    /// `name`
    Empty,
    /// `name[condition]`
    Toggled(Expr),
    /// `name=[option]`
    Optional(Expr),
    /// `name="text"`, `name=(value)`, `name={ … }`
    Given(Vec<Node>),
}

/// Where a value stands, and so what it may be.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Place {
    /// Between two tags.
    Content,
    /// Inside of `title` and `textarea`, where tags are text.
    Text,
    /// An attribute that is text.
    Attribute,
    /// A URL.
    Url,
    /// One URL of a list.
    UrlOfList,
    /// A URL that decides where a form is sent or what a frame shows.
    OwnUrl,
    /// A value in the query or the fragment of a URL.
    UrlPart,
}

/// A template as it is written.
pub(crate) struct Written {
    pub(crate) root: Root,
    pub(crate) nodes: Vec<Node>,
}

/// A template whose values have places.
pub(crate) struct Checked {
    pub(crate) root: Root,
    pub(crate) steps: Vec<Step>,
}

/// A template whose values have places: what is to be done, in order.
pub(crate) enum Step {
    /// Markup that is known at compile time.
    Text(String),
    Splice {
        value: Expr,
        place: Place,
    },
    /// `name="value"` if there is a value.
    Optional {
        option: Expr,
        before: String,
        place: Place,
    },
    /// All of an element, or none of it.
    Element(Vec<Step>),
    Block(Vec<Step>),
    Let(Box<Local>),
    If {
        condition: Expr,
        then: Vec<Step>,
        otherwise: Vec<Step>,
    },
    For {
        pattern: Box<Pat>,
        values: Expr,
        body: Vec<Step>,
    },
    While {
        condition: Expr,
        body: Vec<Step>,
    },
    Match {
        value: Expr,
        arms: Vec<Arm<Vec<Step>>>,
    },
}
