//! What the parts of a template stand in, and what a value may be there.

use super::literal;
use super::rule::Rule;
use crate::diagnostic::Message;
use crate::model::html::Place;

#[derive(Clone)]
pub(super) enum Within<'a> {
    /// Between tags; foreign is SVG and MathML (HTML Standard, 13.2.6.5).
    Content { is_foreign: bool },
    /// In `title` or `textarea`, where only references are read (13.1.2, escapable raw text).
    Text { tag: &'a str },
    /// In `script`, `style` and others, where nothing is read but the end tag (13.1.2, raw text).
    Raw { tag: &'a str, is_foreign: bool },
    /// In an attribute.
    Value { name: &'a str, rule: Rule, lead: Lead },
}

/// What stands before a part of a URL.
#[derive(Clone, Eq, PartialEq)]
pub(super) enum Lead {
    Nothing,
    /// This literal.
    Literal(String),
    /// A whole URL whose type has proved it.
    Proved,
    /// The `?` or `#` of a URL that cannot be a script.
    Tail,
    /// It depends.
    Unknown,
}

impl Within<'_> {
    /// The place of a value that stands here.
    pub(super) fn value(&mut self) -> Result<Place, Message> {
        match self {
            Self::Content { .. } => Ok(Place::Content),
            Self::Text { .. } => Ok(Place::Text),
            Self::Raw { tag, .. } => Err(raw(tag)),
            Self::Value { rule: Rule::Takes(place @ (Place::Url | Place::OwnUrl)), lead, .. } => lead.value(*place),
            Self::Value { rule: Rule::Takes(place), .. } => Ok(*place),
            Self::Value { rule: Rule::Refuses(refusal), name, .. } => Err(refusal.message(name)),
        }
    }

    /// The markup of a literal that stands here.
    pub(super) fn text(&mut self, text: &str) -> Result<String, Message> {
        match self {
            Self::Raw { tag, is_foreign } => literal::raw(tag, *is_foreign, text).map(|()| text.to_owned()),
            Self::Value { lead, .. } => {
                lead.literal(text);
                Ok(literal::escaped(text))
            }
            Self::Content { .. } | Self::Text { .. } => Ok(literal::escaped(text)),
        }
    }

    /// Two ways lead here.
    pub(super) fn join(&mut self, other: &Self) {
        if let (Self::Value { lead, .. }, Self::Value { lead: other, .. }) = (self, other)
            && lead != other
        {
            *lead = Lead::Unknown;
        }
    }

    /// What follows may run again behind itself.
    pub(super) fn repeat(&mut self) {
        if let Self::Value { lead, .. } = self
            && *lead != Lead::Tail
        {
            *lead = Lead::Unknown;
        }
    }
}

impl Lead {
    fn value(&mut self, whole: Place) -> Result<Place, Message> {
        match self {
            Self::Nothing => {
                *self = Self::Proved;
                Ok(whole)
            }
            Self::Tail => Ok(Place::UrlPart),
            Self::Literal(_) | Self::Proved | Self::Unknown => Err(Message::new(
                "a value cannot be a part of a URL here",
            )
            .help("make the whole URL a route: `Page::… { … }.path()`, or `SafeUrl::parse(&text)?`")
            .note(
                "values may follow a `?` or `#` in a literal that begins with `/`, `?`, `#`, `https://` or `http://`",
            )),
        }
    }

    fn literal(&mut self, text: &str) {
        let is_settled = match self {
            Self::Nothing => {
                *self = Self::Literal(text.to_owned());
                leads_to_a_page(text) && text.contains(['?', '#'])
            }
            Self::Literal(before) => {
                before.push_str(text);
                leads_to_a_page(before) && before.contains(['?', '#'])
            }
            Self::Proved => text.contains(['?', '#']),
            Self::Tail | Self::Unknown => false,
        };
        if is_settled {
            *self = Self::Tail;
        }
    }
}

/// Not `javascript:…#`: what follows there is decoded and run (HTML Standard, 7.4.2.3.2).
fn leads_to_a_page(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    ["/", "?", "#", "https://", "http://"].iter().any(|start| lower.starts_with(start))
}

fn raw(tag: &str) -> Message {
    let message = |what: &str| Message::new(format_args!("no value may stand in `{tag}`: {what}"));
    match tag {
        "script" => message("it is run as a script")
            .help("write `(Html::json_script(\"id\", &value)?)`, and read it from a script file"),
        "style" => message("it is read as CSS").help("choose a class instead, `.wide[is_wide]`"),
        _ => message("it cannot be escaped").help("write it into another element"),
    }
}
