//! The table of attributes: what a value in each of them decides, and so what it may be.
//!
//! Sources: HTML Standard (4.2.5, 4.6, 4.8, 4.10.19, 7.3, 8.1.8), SVG 2 (16), SVG Animations 2 (2.2), CSP Level 3; the libraries' own manuals for what
//! they run.

use crate::diagnostic::Message;
use crate::model::html::Place;

#[derive(Clone, Copy)]
pub(super) enum Rule {
    Takes(Place),
    /// Literals alone.
    Refuses(Refusal),
}

#[derive(Clone, Copy)]
pub(super) struct Refusal {
    because: &'static str,
    help: &'static str,
}

impl Refusal {
    pub(super) fn message(self, name: &str) -> Message {
        Message::new(format_args!("no value may stand in `{name}`: {}", self.because)).help(self.help)
    }
}

const RUN: Rule = Rule::Refuses(Refusal {
    because: "it is run as a script",
    help: "put the value into a `data-` attribute, and read it from a script file",
});
const STYLE: Rule = Rule::Refuses(Refusal {
    because: "it is read as CSS",
    help: "choose a class, `.wide[is_wide]`, or write the style as a string literal",
});
const PAGE: Rule = Rule::Refuses(Refusal {
    because: "it is a page of its own",
    help: "give the frame a page of this site, `src=(Page::….path())`",
});
const CODE: Rule = Rule::Refuses(Refusal {
    because: "it decides what code runs",
    help: "write an asset's `(APP.tag())`, which carries its hash, or a string literal",
});
const CHOOSE: &str = "write a string literal; choose between several with `@if`";
const KIND: Rule = Rule::Refuses(Refusal { because: "it decides what the element is", help: CHOOSE });
const RIGHTS: Rule = Rule::Refuses(Refusal { because: "it decides what the frame may do", help: CHOOSE });
const ORDER: Rule = Rule::Refuses(Refusal { because: "it tells the browser what to do", help: CHOOSE });
const BASE: Rule = Rule::Refuses(Refusal { because: "it changes where all links lead", help: CHOOSE });
const ANIMATED: Rule = Rule::Refuses(Refusal {
    because: "it can become a link or a script",
    help: "write `attributeName=\"…\"` as a literal that names no URL",
});

/// An element, as far as its attributes' meaning depends on it.
pub(super) struct Owner<'e> {
    pub(super) tag: &'e str,
    /// Its attributes in lower case, each with its text if that is one literal.
    pub(super) attributes: &'e [(String, Option<String>)],
}

impl Owner<'_> {
    fn has(&self, name: &str) -> bool {
        self.attributes.iter().any(|(other, _)| other == name)
    }

    fn literal(&self, name: &str) -> Option<String> {
        let (_, text) = self.attributes.iter().find(|(other, _)| other == name)?;
        text.as_deref().map(str::to_ascii_lowercase)
    }
}

/// What an attribute takes; its name in lower case.
pub(super) fn of(owner: &Owner<'_>, name: &str) -> Rule {
    if is_run(name) {
        return RUN;
    }
    match (owner.tag, name) {
        (_, "style") => STYLE,
        (_, "srcdoc") => PAGE,
        (_, "is" | "attributename") => KIND,
        (_, "sandbox" | "allow" | "csp") => RIGHTS,
        (_, "http-equiv") | ("meta", "name" | "charset") => ORDER,
        ("meta", "content") if is_instruction(owner) => ORDER,
        ("base", "href" | "target") | (_, "xml:base") => BASE,
        ("script" | "style" | "link" | "object" | "embed", "type" | "rel" | "as" | "language") => KIND,
        ("script", "src" | "href" | "xlink:href") => CODE,
        ("link", "href") => link(owner),
        (_, "codebase" | "classid" | "code" | "archive" | "object") => CODE,
        ("param", "value") => CODE,
        ("animate" | "set" | "animatetransform" | "animatemotion", "to" | "from" | "by" | "values") => animated(owner),
        ("iframe" | "frame" | "embed" | "portal" | "fencedframe", "src") => Rule::Takes(Place::OwnUrl),
        // Elements of libraries (`turbo-frame`, `include-fragment`) put what they load into the page.
        (tag, "src") if tag.contains('-') => Rule::Takes(Place::OwnUrl),
        ("object", "data") | ("use", "href" | "xlink:href") | ("html", "manifest") => Rule::Takes(Place::OwnUrl),
        (_, "action" | "formaction") => Rule::Takes(Place::OwnUrl),
        (_, "srcset" | "imagesrcset" | "ping") => Rule::Takes(Place::UrlOfList),
        (_, name) if is_sent(name) => Rule::Takes(Place::OwnUrl),
        (_, name) if is_url(name) => Rule::Takes(Place::Url),
        _ => Rule::Takes(Place::Attribute),
    }
}

/// Event handlers, and what Alpine, Vue, Angular, htmx, Knockout and hyperscript evaluate.
fn is_run(name: &str) -> bool {
    let bare = name.strip_prefix("data-").unwrap_or(name);
    name.starts_with("on")
        || ["x-", "v-", ":", "@", "#", "(", "["].iter().any(|start| name.starts_with(start))
        || ["ng-", "hx-on"].iter().any(|start| bare.starts_with(start))
        || matches!(bare, "hx-vals" | "hx-vars" | "hx-headers" | "hx-request" | "hx-trigger")
        || matches!(name, "_" | "data-script" | "data-bind" | "data-hs" | "script")
}

/// Where htmx sends a request with the person's cookies.
fn is_sent(name: &str) -> bool {
    let bare = name.strip_prefix("data-").unwrap_or(name);
    matches!(bare, "hx-get" | "hx-post" | "hx-put" | "hx-patch" | "hx-delete" | "sse-connect" | "ws-connect")
}

fn is_url(name: &str) -> bool {
    const URLS: [&str; 13] = [
        "href",
        "xlink:href",
        "src",
        "poster",
        "cite",
        "background",
        "longdesc",
        "lowsrc",
        "dynsrc",
        "profile",
        "icon",
        "manifest",
        "attributionsrc",
    ];
    URLS.contains(&name)
}

/// What a `meta` tells the browser to do: go elsewhere, change the policy, the referrer.
fn is_instruction(owner: &Owner<'_>) -> bool {
    owner.has("http-equiv") || owner.literal("name").is_some_and(|name| name == "referrer")
}

/// Only some links are passive; a stylesheet or a preloaded module is code.
fn link(owner: &Owner<'_>) -> Rule {
    const PASSIVE: [&str; 18] = [
        "alternate",
        "apple-touch-icon",
        "author",
        "canonical",
        "dns-prefetch",
        "help",
        "icon",
        "license",
        "mask-icon",
        "me",
        "next",
        "nofollow",
        "noopener",
        "preconnect",
        "prev",
        "privacy-policy",
        "search",
        "shortcut",
    ];
    let Some(rel) = owner.literal("rel") else { return CODE };
    if rel == "manifest" || rel == "preload" {
        return Rule::Takes(Place::OwnUrl);
    }
    let is_passive = !rel.trim().is_empty() && rel.split_ascii_whitespace().all(|kind| PASSIVE.contains(&kind));
    if is_passive { Rule::Takes(Place::Url) } else { CODE }
}

/// What an SVG animation writes into an attribute of its parent is judged as if it stood there.
fn animated(owner: &Owner<'_>) -> Rule {
    let Some(name) = owner.literal("attributename") else { return ANIMATED };
    let parent = Owner { tag: "a", attributes: &[] };
    match of(&parent, &name) {
        Rule::Takes(Place::Attribute) => Rule::Takes(Place::Attribute),
        _ => ANIMATED,
    }
}
