//! `html!`: syntax. maud's: <https://maud.lambda.xyz>.

mod word;

use proc_macro2::{Ident, TokenStream};
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{Expr, Lit, LitStr, Pat, Stmt, Token, braced, token};

use crate::attribute::rooted;
use crate::diagnostic::Message;
use crate::model::html::{Arm, Attribute, Element, Name, Node, Value, Written};

/// Where elements may stand.
#[derive(Clone, Copy, PartialEq)]
enum Within {
    Content,
    /// The value of an attribute has none.
    Attribute,
}

pub(crate) fn read(input: TokenStream) -> syn::Result<Written> {
    let (root, tokens) = rooted(input)?;
    let parse = |stream: ParseStream<'_>| nodes(stream, Within::Content);
    Ok(Written { root, nodes: parse.parse2(tokens)? })
}

fn nodes(stream: ParseStream<'_>, within: Within) -> syn::Result<Vec<Node>> {
    let mut nodes = Vec::new();
    while !stream.is_empty() {
        if stream.parse::<Option<Token![;]>>()?.is_none() {
            nodes.push(node(stream, within)?);
        }
    }
    Ok(nodes)
}

fn node(stream: ParseStream<'_>, within: Within) -> syn::Result<Node> {
    if stream.peek(token::Brace) {
        return block(stream, within).map(Node::Block);
    }
    if stream.peek(token::Paren) {
        return word::splice(stream).map(Node::Splice);
    }
    if stream.peek(Token![@]) {
        return control(stream, within);
    }
    if stream.peek(Lit) {
        return word::text(stream).map(Node::Text);
    }
    if within == Within::Content && is_element(stream) {
        word::no_forgotten_at(stream)?;
        return element(stream).map(Node::Element);
    }
    let help = match within {
        Within::Content => "write `p { … }`, `\"text\"`, `(value)` or `@if condition { … }`",
        Within::Attribute => "write `name=\"text\"`, `name=(value)`, `name=[option]` or `name={ \"text\" (value) }`",
    };
    let what = match within {
        Within::Content => "expected an element, text or a value",
        Within::Attribute => "expected the value of an attribute",
    };
    Err(stream.error(Message::new(what).help(help)))
}

/// `{ … }`
fn block(stream: ParseStream<'_>, within: Within) -> syn::Result<Vec<Node>> {
    let inside;
    braced!(inside in stream);
    nodes(&inside, within)
}

/// `p`, or `.lead` and `#main`, which are a `div`.
fn is_element(stream: ParseStream<'_>) -> bool {
    stream.peek(Ident::peek_any) || stream.peek(Token![.]) || stream.peek(Token![#])
}

fn element(stream: ParseStream<'_>) -> syn::Result<Element> {
    let name = match stream.peek(Ident::peek_any) {
        true => word::name(stream)?,
        false => Name { text: "div".to_owned(), span: stream.span() },
    };
    let mut attributes = Vec::new();
    while is_element(stream) || stream.peek(Lit) {
        attributes.push(attribute(stream)?);
    }
    Ok(Element { name, attributes, body: body(stream)? })
}

fn body(stream: ParseStream<'_>) -> syn::Result<Option<Vec<Node>>> {
    if stream.peek(token::Brace) {
        return block(stream, Within::Content).map(Some);
    }
    if stream.parse::<Option<Token![;]>>()?.is_some() {
        return Ok(None);
    }
    let message = Message::new("expected the content of the element");
    Err(stream.error(message.help("write `{ … }`, or `;` behind `br`, `input` and others that have none")))
}

fn attribute(stream: ParseStream<'_>) -> syn::Result<Attribute> {
    let span = stream.span();
    if stream.parse::<Option<Token![.]>>()?.is_some() {
        let value = name_or_value(stream)?;
        let condition = if stream.peek(token::Bracket) { Some(word::brackets(stream)?) } else { None };
        return Ok(Attribute::Class { value, condition, span });
    }
    if stream.parse::<Option<Token![#]>>()?.is_some() {
        return Ok(Attribute::Id { value: name_or_value(stream)?, span });
    }
    let name = word::name(stream)?;
    // maud's older spelling: `name?[condition]`.
    stream.parse::<Option<Token![?]>>()?;
    Ok(Attribute::Named { name, value: value(stream)? })
}

fn value(stream: ParseStream<'_>) -> syn::Result<Value> {
    if stream.peek(token::Bracket) {
        return word::brackets(stream).map(Value::Toggled);
    }
    if stream.parse::<Option<Token![=]>>()?.is_none() {
        return Ok(Value::Empty);
    }
    if stream.peek(token::Bracket) {
        return word::brackets(stream).map(Value::Optional);
    }
    if stream.peek(Lit) {
        return Ok(Value::Given(vec![Node::Text(word::text(stream)?)]));
    }
    Ok(Value::Given(vec![node(stream, Within::Attribute)?]))
}

/// What stands behind `.` and `#`.
fn name_or_value(stream: ParseStream<'_>) -> syn::Result<Vec<Node>> {
    if stream.peek(Ident::peek_any) || stream.peek(Lit) {
        let name = word::name(stream)?;
        return Ok(vec![Node::Text(LitStr::new(&name.text, name.span))]);
    }
    Ok(vec![node(stream, Within::Attribute)?])
}

fn control(stream: ParseStream<'_>, within: Within) -> syn::Result<Node> {
    stream.parse::<Token![@]>()?;
    if stream.peek(Token![if]) {
        return branch(stream, within);
    }
    if stream.peek(Token![for]) {
        return each(stream, within);
    }
    if stream.parse::<Option<Token![while]>>()?.is_some() {
        let condition = stream.call(Expr::parse_without_eager_brace)?;
        return Ok(Node::While { condition, body: block(stream, within)? });
    }
    if stream.parse::<Option<Token![match]>>()?.is_some() {
        return select(stream, within);
    }
    if stream.peek(Token![let]) {
        let ahead = stream.span();
        return match stream.parse()? {
            Stmt::Local(local) => Ok(Node::Let(Box::new(local))),
            _ => Err(syn::Error::new(ahead, "expected `let name = value;`")),
        };
    }
    let message = Message::new("expected `if`, `for`, `while`, `match` or `let` behind `@`");
    Err(stream.error(message.help("write `@if condition { … }` or `@for item in items { … }`")))
}

fn branch(stream: ParseStream<'_>, within: Within) -> syn::Result<Node> {
    stream.parse::<Token![if]>()?;
    let condition = stream.call(Expr::parse_without_eager_brace)?;
    let then = block(stream, within)?;
    let mut otherwise = Vec::new();
    if stream.peek(Token![@]) && stream.peek2(Token![else]) {
        stream.parse::<Token![@]>()?;
        stream.parse::<Token![else]>()?;
        otherwise = match stream.peek(Token![if]) {
            true => vec![branch(stream, within)?],
            false => block(stream, within)?,
        };
    }
    Ok(Node::If { condition, then, otherwise })
}

fn each(stream: ParseStream<'_>, within: Within) -> syn::Result<Node> {
    stream.parse::<Token![for]>()?;
    let pattern = Box::new(stream.call(Pat::parse_multi_with_leading_vert)?);
    stream.parse::<Token![in]>()?;
    let values = stream.call(Expr::parse_without_eager_brace)?;
    Ok(Node::For { pattern, values, body: block(stream, within)? })
}

fn select(stream: ParseStream<'_>, within: Within) -> syn::Result<Node> {
    let value = stream.call(Expr::parse_without_eager_brace)?;
    let inside;
    braced!(inside in stream);
    let mut arms = Vec::new();
    while !inside.is_empty() {
        let pattern = inside.call(Pat::parse_multi_with_leading_vert)?;
        let guard = match inside.parse::<Option<Token![if]>>()? {
            Some(_) => Some(inside.parse()?),
            None => None,
        };
        inside.parse::<Token![=>]>()?;
        let body = vec![node(&inside, within)?];
        inside.parse::<Option<Token![,]>>()?;
        arms.push(Arm { pattern, guard, body });
    }
    Ok(Node::Match { value, arms })
}
