//! `html!`: an element becomes its tags, with its attributes and its content in between.

use super::rule::Owner;
use super::within::Within;
use super::{Walk, attributes, literal};
use crate::diagnostic::Message;
use crate::model::html::{Attribute, Element, Node, Step};

/// Elements without content and end tag (HTML Standard, 13.1.2, void elements), and the obsolete ones that parsers know.
const VOID: [&str; 18] = [
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "keygen", "link",
    "meta", "param", "source", "track", "wbr",
];

/// Elements whose content is read up to their end tag, without references (13.2.6.4).
const RAW: [&str; 6] = ["iframe", "noembed", "noframes", "script", "style", "xmp"];

/// Where HTML goes on inside of SVG and MathML (13.2.6.5).
const INTEGRATION: [&str; 3] = ["foreignobject", "desc", "annotation-xml"];

impl Walk<'_> {
    pub(super) fn element(&mut self, element: Element, within: &Within<'_>) {
        let Element { name, attributes: written, body } = element;
        let tag = name.lower();
        let Within::Content { is_foreign } = *within else {
            return self.errors.span(name.span, misplaced(within, &name.text));
        };
        if let Err(message) = may_stand(&tag, is_foreign, body.is_some()) {
            self.errors.span(name.span, message);
        }
        let outside = std::mem::take(&mut self.steps);
        self.tags(&name.text, &tag, is_foreign, written, body);
        let element = std::mem::replace(&mut self.steps, outside);
        self.steps.push(Step::Element(element));
    }

    fn tags(&mut self, name: &str, tag: &str, is_foreign: bool, written: Vec<Attribute>, body: Option<Vec<Node>>) {
        self.push(format!("<{name}"));
        let names = attributes::names(&written);
        self.attributes(&Owner { tag, attributes: &names }, written);
        self.push(">");
        let Some(body) = body else { return };
        // A parser drops one line break behind these tags: this one, not that of a value (13.2.6.4.7).
        if matches!(tag, "pre" | "listing" | "textarea") && !body.is_empty() {
            self.push("\n");
        }
        self.nodes(body, &mut content(tag, is_foreign));
        self.push(format!("</{name}>"));
    }
}

fn content(tag: &str, is_foreign: bool) -> Within<'_> {
    match tag {
        "title" if !is_foreign => Within::Text { tag },
        "textarea" => Within::Text { tag },
        _ if RAW.contains(&tag) => Within::Raw { tag, is_foreign },
        "svg" | "math" => Within::Content { is_foreign: true },
        _ if INTEGRATION.contains(&tag) => Within::Content { is_foreign: false },
        _ => Within::Content { is_foreign },
    }
}

/// An element where none can be.
fn misplaced(within: &Within<'_>, name: &str) -> Message {
    match within {
        Within::Text { tag } | Within::Raw { tag, .. } => {
            Message::new(format_args!("the element `{name}` cannot stand in `{tag}`"))
                .help("write text; a browser reads no tags there")
        }
        Within::Content { .. } | Within::Value { .. } => Message::new("an element cannot stand in an attribute"),
    }
}

fn may_stand(tag: &str, is_foreign: bool, has_body: bool) -> Result<(), Message> {
    if !literal::is_tag(tag) {
        let message = Message::new(format_args!("`{}` is not the name of an element", tag.escape_debug()));
        return Err(message.help("begin it with a letter from a to z; no blanks, quotes, `<`, `>`, `/`, `=` and `&`"));
    }
    if tag == "plaintext" {
        let message = Message::new("`plaintext` makes text of all that follows it");
        return Err(message.help("write `pre { … }`"));
    }
    if is_foreign && tag == "script" {
        let message = Message::new("a `script` in an `svg` is read as markup");
        return Err(message.help("put it outside of the `svg`"));
    }
    let is_void = VOID.contains(&tag) && !is_foreign;
    if is_void && has_body {
        let message = Message::new(format_args!("`{tag}` has no content"));
        return Err(message.help(format_args!("write `{tag};` or `{tag} name=\"…\";`")));
    }
    if !is_void && !has_body {
        let message = Message::new(format_args!("`{tag}` needs an end, or all that follows stands in it"));
        return Err(message.help(format_args!("write `{tag} {{}}` or `{tag} name=\"…\" {{ … }}`")));
    }
    Ok(())
}
