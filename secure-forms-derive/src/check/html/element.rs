//! `html!`: where an element can stand, whether it has content, and what can stand in it.

use super::literal;
use super::within::Within;
use crate::diagnostic::Message;

/// Elements without content and end tag (HTML Standard, 13.1.2, void elements), and the obsolete ones that parsers know.
const VOID: [&str; 18] = [
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "keygen", "link",
    "meta", "param", "source", "track", "wbr",
];

/// Elements whose content is read up to their end tag, without references (13.2.6.4).
const RAW: [&str; 6] = ["iframe", "noembed", "noframes", "script", "style", "xmp"];

/// Where HTML goes on inside of SVG and MathML (13.2.6.5).
const INTEGRATION: [&str; 3] = ["foreignobject", "desc", "annotation-xml"];

pub(super) fn content(tag: &str, is_foreign: bool) -> Within<'_> {
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
pub(super) fn misplaced(within: &Within<'_>, name: &str) -> Message {
    match within {
        Within::Text { tag } | Within::Raw { tag, .. } => {
            Message::new(format_args!("the element `{name}` cannot stand in `{tag}`"))
                .help("write text; a browser reads no tags there")
        }
        Within::Content { .. } | Within::Value { .. } => Message::new("an element cannot stand in an attribute"),
    }
}

pub(super) fn may_stand(tag: &str, is_foreign: bool, has_body: bool) -> Result<(), Message> {
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
