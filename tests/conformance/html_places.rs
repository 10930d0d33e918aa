//! Every place of a page that takes text, with thousands of hostile strings in it: a real parser (html5ever, HTML Standard 13.2) reads the same
//! tree as with a harmless string, and every value as it was.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails where it stands")]

use std::collections::BTreeSet;

use html5ever::tendril::TendrilSink;
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use secure_forms::html::{AttributeValue, SafeUrl};
use secure_forms::{Html, Routes, html};
use secure_forms_tests::render;

/// Stands where a hostile string will stand; it is in nothing else.
const HARMLESS: &str = "HarmlessWord7";

#[derive(Routes)]
enum Page {
    #[get("/find?{q}")]
    Find { q: String },
}

#[derive(Routes)]
enum Action {
    #[post("/change?{what}")]
    Change { what: String },
}

/// Ends of elements, attributes and comments; beginnings of scripts; what filters forget.
const PIECES: [&str; 44] = [
    "<",
    ">",
    "\"",
    "'",
    "&",
    "`",
    "=",
    " ",
    "/",
    "\\",
    "\n",
    "\r",
    "\t",
    "\0",
    "\u{c}",
    "\u{2028}",
    "\u{feff}",
    "\u{1f600}",
    "é",
    "-->",
    "--!>",
    "<!--",
    "]]>",
    "<![CDATA[",
    "<?xml ",
    "</script>",
    "<script>alert(1)</script>",
    "</title>",
    "</textarea>",
    "</style>",
    "</noscript>",
    "</template>",
    "</svg>",
    "</p></div></body></html>",
    "<plaintext>",
    "<img src=x onerror=alert(1)>",
    " onmouseover=alert(1) ",
    "\" autofocus onfocus=alert(1) x=\"",
    "' style='x",
    "javascript:alert(1)",
    "&quot;&#34;&#x22;",
    "&lt;b&gt;&amp;",
    "%22%3E%3Cscript%3E",
    "${alert(1)}{{7*7}}",
];

/// Each piece, each pair, and each three of the first fifteen.
fn hostile() -> Vec<String> {
    let mut all: Vec<String> = PIECES.iter().map(|piece| (*piece).to_owned()).collect();
    all.extend(PIECES.iter().flat_map(|one| PIECES.iter().map(move |two| format!("{one}{two}"))));
    let short = &PIECES[..15];
    for one in short {
        for two in short {
            all.extend(short.iter().map(|three| format!("{one}{two}{three}")));
        }
    }
    all
}

/// All places that take text, and those that take what is made of it.
fn page(text: &str) -> Html {
    let find = Page::Find { q: text.to_owned() };
    let change = Action::Change { what: text.to_owned() };
    html! {
        (Html::DOCTYPE)
        html lang="en" {
            head {
                meta name="description" content=(text);
                title { (text) }
                (Html::json_script(text, text).unwrap())
                link rel="canonical" href=(find.path());
                noscript { link rel="icon" href={ "/icon?v=" (text) }; }
            }
            body.(text) {
                div #(text) title=(text) data-text=(text) aria-label={ "a " (text) " b" } { (text) }
                p class=(text) lang=[Some(text)] hidden[true] { b { (text) } (Html::text(text)) "'" (text) "\"" }
                a href={ "/find?q=" (text) "&r=" (text) "#" (text) } target=(text) { (text) }
                a href={ "#" (text) } rel=(text) { (text.to_owned()) }
                form action=(change.path()) name=(text) {
                    input type="text" name=(text) value=(text) placeholder=(text) pattern=(text);
                    input type="hidden" value=(AttributeValue::new(text));
                    textarea name=(text) { (text) }
                    select { optgroup label=(text) { option value=(text) { (text) } } }
                    button formaction=(change.path()) value=(text) { (text) }
                }
                img alt=(text) src=(find.path()) srcset={ (find.path()) " 1x, " (find.path()) " 2x" };
                iframe title=(text) src=(find.path()) {}
                object data=(find.path()) title=(text) { (text) }
                pre { (text) }
                table { caption { (text) } tr { td title=(text) { (text) } } }
                svg viewBox="0 0 1 1" aria-label=(text) {
                    title { (text) }
                    text fill=(text) { (text) }
                    foreignObject { p title=(text) { (text) } }
                    animate attributeName="width" to=(text) {}
                }
                math { mtext title=(text) { (text) } annotation-xml encoding="text/html" { p { (text) } } }
                template { p title=(text) { (text) } }
                noscript { p title=(text) { (text) } }
                script { "var one = '<p>';" }
                style { "p > b { color: red }" }
                @for word in [text, text] { details open[true] { summary { (word) } } }
                @match text.len() { 0 => { hr; }, _ => { q cite={ "https://site.example/?" (text) } { (text) } } }
            }
        }
    }
}

/// One node of a tree: an element with its attributes, or a text.
#[derive(Clone, Debug, PartialEq)]
enum Node {
    Element { depth: usize, name: String, attributes: Vec<(String, String)> },
    Text { depth: usize, parent: String, text: String },
    Other { depth: usize, what: &'static str },
}

fn parsed(page: &str, has_scripts: bool) -> Vec<Node> {
    let tree_builder = TreeBuilderOpts { scripting_enabled: has_scripts, ..TreeBuilderOpts::default() };
    let options = ParseOpts { tree_builder, ..ParseOpts::default() };
    let dom = parse_document(RcDom::default(), options).one(page);
    let mut nodes = Vec::new();
    walk(&dom.document, "", 0, &mut nodes);
    nodes
}

fn walk(handle: &Handle, parent: &str, depth: usize, nodes: &mut Vec<Node>) {
    let mut own = String::new();
    match &handle.data {
        NodeData::Text { contents } => {
            nodes.push(Node::Text { depth, parent: parent.to_owned(), text: contents.borrow().to_string() });
        }
        NodeData::Element { name, attrs, template_contents, .. } => {
            own = format!("{} {}", name.ns, name.local);
            let attributes =
                attrs.borrow().iter().map(|one| (one.name.local.to_string(), one.value.to_string())).collect();
            nodes.push(Node::Element { depth, name: own.clone(), attributes });
            if let Some(contents) = &*template_contents.borrow() {
                walk(contents, &own, depth + 1, nodes);
            }
        }
        NodeData::Document => nodes.push(Node::Other { depth, what: "document" }),
        NodeData::Doctype { .. } => nodes.push(Node::Other { depth, what: "doctype" }),
        NodeData::Comment { .. } => nodes.push(Node::Other { depth, what: "comment" }),
        NodeData::ProcessingInstruction { .. } => nodes.push(Node::Other { depth, what: "instruction" }),
    }
    for child in handle.children.borrow().iter() {
        walk(child, &own, depth + 1, nodes);
    }
}

/// What a value must read as when this text stands where the harmless one stood.
fn value(place: &str, harmless: &str, text: &str) -> String {
    match place {
        "href" | "src" | "srcset" | "action" | "formaction" | "data" | "cite" => {
            let mut encoded = String::new();
            secure_forms_core::percent::encode_value(&mut encoded, text);
            harmless.replace(HARMLESS, &encoded)
        }
        // No page can hold U+0000 (HTML Standard, 13.2.5.1).
        _ => harmless.replace(HARMLESS, &text.replace('\0', "\u{fffd}")),
    }
}

/// The tree of the harmless page, with this text in its values.
fn expected(harmless: &[Node], text: &str) -> Vec<Node> {
    let mut nodes = harmless.to_vec();
    for node in &mut nodes {
        match node {
            Node::Element { attributes, .. } => {
                for (name, read) in attributes {
                    *read = value(name, read, text);
                }
            }
            // A data block: read below, as a script reads it.
            Node::Text { parent, text: read, .. } if parent.ends_with(" script") && read.contains(HARMLESS) => {
                *read = serde_json::to_string(text).unwrap();
            }
            Node::Text { text: read, .. } => *read = value("text", read, text),
            Node::Other { .. } => {}
        }
    }
    nodes
}

/// As `JSON.parse` reads it; and without what only a parser with scripts sees, the markup in a `noscript` as text.
fn comparable(mut nodes: Vec<Node>) -> Vec<Node> {
    for node in &mut nodes {
        if let Node::Text { parent, text, .. } = node {
            if parent.ends_with(" noscript") {
                text.clear();
            } else if let Ok(value) = serde_json::from_str::<String>(text)
                && parent.ends_with(" script")
            {
                *text = value;
            }
        }
    }
    nodes
}

#[test]
fn no_text_changes_the_tree_of_a_page_and_every_value_reads_back() {
    let hostile = hostile();
    assert!(hostile.len() >= 5000, "{}", hostile.len());
    // Without scripts a `noscript` is read as markup; no other place changes, so the pairs are enough.
    for (has_scripts, hostile) in [(true, hostile.as_slice()), (false, &hostile[..PIECES.len() * (PIECES.len() + 1)])] {
        let harmless = parsed(page(HARMLESS).as_str(), has_scripts);
        for text in hostile {
            let page = page(text);
            let (read, expected) = (parsed(page.as_str(), has_scripts), expected(&harmless, text));
            assert_eq!(comparable(read), comparable(expected), "{text:?} in\n{page}");
        }
    }
}

#[test]
fn the_page_has_every_place_of_a_text() {
    let nodes = parsed(page(HARMLESS).as_str(), false);
    let values = |node: &Node| match node {
        Node::Text { text, .. } => text.matches(HARMLESS).count(),
        Node::Element { attributes, .. } => attributes.iter().map(|(_, value)| value.matches(HARMLESS).count()).sum(),
        Node::Other { .. } => 0,
    };
    let read: usize = nodes.iter().map(values).sum();
    assert_eq!(read, page(HARMLESS).as_str().matches(HARMLESS).count(), "none is lost");
    assert!(read > 70, "{read}");
}

/// The refused form with this text in every field of text, inside of a page.
fn refused_form(text: &str) -> Html {
    let mut value = String::new();
    secure_forms_core::percent::encode_value(&mut value, text);
    let names = ["username", "nickname", "bio", "code", "email", "age", "size", "handle"];
    let body: Vec<String> = names.iter().map(|name| format!("{name}={value}")).collect();
    let answer = render::answer(&serde_json::json!({ "form": "kitchen_sink", "body": body.join("&") }));
    let form = Html::dangerously_trusted(answer["html"].as_str().unwrap(), "what the library rendered");
    html! { (Html::DOCTYPE) html { head {} body { (form) } } }
}

/// Each element with the name of each of its attributes.
fn names(page: &Html) -> BTreeSet<(String, String)> {
    let mut names = BTreeSet::new();
    for node in parsed(page.as_str(), true) {
        if let Node::Element { name, attributes, .. } = node {
            names.extend(attributes.into_iter().map(|(attribute, _)| (name.clone(), attribute)));
            names.insert((name, String::new()));
        }
    }
    names
}

#[test]
fn a_form_that_comes_back_has_no_element_or_attribute_of_the_sender() {
    let ours: BTreeSet<_> =
        ["", HARMLESS, "\u{1}", "admin", "small"].iter().flat_map(|text| names(&refused_form(text))).collect();
    for text in &hostile()[..PIECES.len() * (PIECES.len() + 1)] {
        let page = refused_form(text);
        let strange: Vec<_> = names(&page).difference(&ours).cloned().collect();
        assert_eq!(strange, [], "{text:?} in\n{page}");
    }
}

/// The text that a parser reads in an element that the macro lets have one.
macro_rules! each_reads_back {
    ($text:ident: $($tag:ident)*) => {
        $(
            let page = html! { (Html::DOCTYPE) html { head {} body { table { tbody { tr { td { $tag title=($text) { "[" ($text) "]" } } } } } } } };
            let read: String = parsed(page.as_str(), true).iter().map(|node| match node {
                Node::Text { text, .. } => text.as_str(),
                _ => "",
            }).collect();
            assert_eq!(read.trim_start_matches('\n'), format!("[{}]", $text), "{}", stringify!($tag));
        )*
    };
}

#[test]
fn every_element_that_takes_a_value_reads_references_there() {
    // All elements of the HTML Standard (index of elements) and the obsolete ones (16.2) with content; `noscript` is read above, `frameset` drops text.
    let text = "</x> <b> & \" ' <!-- &amp;";
    each_reads_back!(text:
        a abbr acronym address applet article aside audio b bdi bdo big blink blockquote body button canvas caption center cite code
        colgroup data datalist dd del details dfn dialog dir div dl dt em fieldset figcaption figure font footer form h1 h2 h3 h4 h5
        h6 head header hgroup html i ins kbd label legend li listing main map mark marquee math menu meter multicol nav nobr object
        ol optgroup option output p picture pre progress q rb rp rt rtc ruby s samp search section select selectedcontent slot small
        spacer span strike strong sub summary sup svg table tbody td template textarea tfoot th thead time title tr tt u ul var video
    );
}

#[test]
fn a_url_that_is_taken_runs_no_script_and_reads_back() {
    let base = url::Url::parse("https://site.example/dir/page").unwrap();
    let starts =
        ["", "/", "?", "#", "https://a.example/", "mailto:", "tel:", "javascript:", " javascript:", "//", "http:"];
    let mut taken = 0;
    for text in hostile().iter().flat_map(|text| starts.map(|start| format!("{start}{text}"))) {
        let Ok(safe) = SafeUrl::parse(&text) else { continue };
        taken += 1;
        let page = html! { p { a href=(safe) { (safe) } img src=(&safe) alt=""; q cite=[Some(&safe)] {} } };
        let nodes = parsed(page.as_str(), true);
        let values: Vec<&str> = nodes
            .iter()
            .filter_map(|node| match node {
                Node::Element { attributes, .. } => attributes.iter().find(|(name, _)| name != "alt"),
                _ => None,
            })
            .map(|(_, value)| value.as_str())
            .collect();
        assert_eq!(values, [safe.as_str(); 3], "{text:?}");
        let read = base.join(values[0]).unwrap();
        assert!(["http", "https", "mailto", "tel"].contains(&read.scheme()), "{text:?}");
        if text.starts_with(['/', '?', '#']) {
            assert_eq!(read.origin(), base.origin(), "{text:?}");
        }
    }
    assert!(taken > 5000, "{taken}");
}
