//! `html!` as a language: what maud's macro writes, it writes; what it does beyond.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails where it stands")]

use std::borrow::Cow;
use std::rc::Rc;

use secure_forms::asset::{RemoteAsset, Stylesheet};
use secure_forms::html::{AttributeValue, SafeUrl};
use secure_forms::redirect::AllowedOrigins;
use secure_forms::upload::FileName;
use secure_forms::{EmailAddress, Html, Routes, SafeRedirect, html, safe_path};

/// The same template through both macros.
macro_rules! same_as_maud {
    ($($template:tt)*) => {
        assert_eq!(html! { $($template)* }.as_str(), maud::html! { $($template)* }.into_string());
    };
}

#[test]
fn elements_classes_ids_and_attributes_are_mauds() {
    let (word, yes, no, some, none) = ("<w&\">", true, false, Some("s"), None::<&str>);
    same_as_maud! {}
    same_as_maud! { p { "a < b & \"c\" 'd'" } br; }
    same_as_maud! { .lead { "x" } #main { "y" } p.a.b-c."d" #e-f title="t<" { "z" } }
    same_as_maud! { p.(word) #(word) title=(word) { (word) } }
    same_as_maud! { p.{ "a-" (word) } #{ "b-" (word) } title={ "c" (word) "d" } { { "in a block" (word) } } }
    same_as_maud! { p title=[some] lang=[none] hidden[yes] dir[no] { } }
    same_as_maud! { p.always.sometimes[yes].never[no].(word)[yes] {} }
    same_as_maud! { input type="checkbox" checked disabled?[yes]; }
    same_as_maud! { p data-a-1="b" aria-label="c" "d"="e" xml:lang="f" {} }
    same_as_maud! { my-element { custom-"x" { "y" } } };
    same_as_maud! { p { "a"; (word); "b" } }
}

#[test]
fn control_structures_are_mauds() {
    let (words, option) = (["a", "b"], Some(3));
    for number in 0..3 {
        same_as_maud! { @if number == 0 { "none" } @else if number == 1 { b { "one" } } @else { (number) } }
        same_as_maud! { @match number { 0 => "none", 1 | 2 if number > 1 => { i { "two" } } _ => (number), } }
    }
    same_as_maud! { @for word in &words { li { (word) } } }
    same_as_maud! { @for (at, word) in words.iter().enumerate() { @let place = at + 1; li value=(place) { (word) } } }
    same_as_maud! { @if let Some(value) = option { (value) } @else { "none" } }
    same_as_maud! { @let Some(value) = option else { return }; p { (value) } }
    same_as_maud! { p title={ @for word in &words { (word) " " } @if option.is_some() { "some" } } {} }
    let mut rest = vec![1, 2, 3];
    let ours = html! { @while let Some(last) = rest.pop() { (last) } };
    assert_eq!(ours.as_str(), "321");
}

#[test]
fn text_of_every_type_is_escaped() {
    let owned = String::from("<");
    let values = html! {
        (owned) (&owned) (owned[..1]) (Cow::Borrowed("<")) (Box::new("<")) (Rc::from("<") as Rc<str>) ('<') (format_args!("{}", "<"))
        (true) (1u8) (-2i64) (1.5) (3usize)
    };
    assert_eq!(values.as_str(), format!("{}true1-21.53", "&lt;".repeat(8)));
}

#[test]
fn what_a_form_has_read_is_text() {
    let email = "o'neil@example.org".parse::<EmailAddress>().unwrap();
    let page = html! { p title=(email) { (email) (FileName::clean("a&b.png")) } };
    assert_eq!(page.as_str(), "<p title=\"o&#39;neil@example.org\">o&#39;neil@example.orga&amp;b.png</p>");
}

#[test]
fn html_stands_in_content_as_it_is_and_an_escaped_value_in_an_attribute() {
    let inner = html! { b { "<" } };
    let page = html! { p title=(AttributeValue::new("\"")) { (inner) (&inner) (Html::text("&")) } };
    assert_eq!(page.as_str(), "<p title=\"&quot;\"><b>&lt;</b><b>&lt;</b>&amp;</p>");
}

#[derive(Routes)]
enum Page {
    #[get("/files/{id}?{tab}")]
    File { id: u32, tab: Option<String> },
}

#[derive(Routes)]
enum Action {
    #[post("/save")]
    Save,
}

const BACK: SafeRedirect = safe_path!("/back");
const STYLE: RemoteAsset<Stylesheet> = secure_forms::remote_asset!(
    "https://cdn.example.org/a,b.css",
    "sha384-OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb"
);

#[test]
fn links_lead_to_routes_redirects_assets_and_checked_urls() {
    let file = Page::File { id: 7, tab: Some("a&b".to_owned()) };
    let far = SafeUrl::parse("https://far.example/?a&b").unwrap();
    let page = html! {
        a href=(file.path()) { "1" } a href=(BACK) { "2" } a href=(far) { (far) } a href=[Some(&far)] { "4" }
        form action=(Action::Save.path()) {} iframe src=(file.path()) {} link rel="preload" as="style" href=(STYLE);
        img srcset={ (STYLE) " 2x" } alt="";
    };
    assert_eq!(
        page.as_str(),
        "<a href=\"/files/7?tab=a%26b\">1</a><a href=\"/back\">2</a>\
         <a href=\"https://far.example/?a&amp;b\">https://far.example/?a&amp;b</a><a href=\"https://far.example/?a&amp;b\">4</a>\
         <form action=\"/save\"></form><iframe src=\"/files/7?tab=a%26b\"></iframe>\
         <link rel=\"preload\" as=\"style\" href=\"https://cdn.example.org/a,b.css\">\
         <img srcset=\"https://cdn.example.org/a%2Cb.css 2x\" alt=\"\">"
    );
    let listed = AllowedOrigins::new(["https://id.example"]).unwrap().redirect("https://id.example/a").unwrap();
    assert_eq!(html! { a href=(listed) {} }.as_str(), "<a href=\"https://id.example/a\"></a>");
    let links = [SafeUrl::from(file.path()), SafeUrl::from(BACK), far];
    assert_eq!(links.map(|url| url.as_str().len()), [18, 5, 24]);
}

#[test]
fn values_behind_a_question_mark_or_a_hash_are_encoded() {
    let (q, is_far) = ("a&b=<\"#'", true);
    let page = html! {
        a href={ "/find?q=" (q) "&page=" (2) "#" (q) } {}
        a href={ @if is_far { "https://far.example/?" } @else { "/near?" } (q) } {}
        a href={ (BACK) "?from=" (q) } {}
    };
    let encoded = "a%26b%3D%3C%22%23%27";
    assert_eq!(
        page.as_str(),
        format!(
            "<a href=\"/find?q={encoded}&amp;page=2#{encoded}\"></a>\
             <a href=\"https://far.example/?{encoded}\"></a><a href=\"/back?from={encoded}\"></a>"
        )
    );
}

#[test]
fn literals_in_scripts_and_styles_are_written_as_they_are() {
    let is_dark = true;
    let page = html! {
        script { "if (a < b && c) { d('</p>') }" }
        style { @if is_dark { "a > b { color: white }" } }
        p onclick="go('x')" style="color: red" {}
    };
    assert_eq!(
        page.as_str(),
        "<script>if (a < b && c) { d('</p>') }</script><style>a > b { color: white }</style>\
         <p onclick=\"go('x')\" style=\"color: red\"></p>"
    );
}

#[test]
fn a_first_line_break_in_pre_and_textarea_survives() {
    let text = "\n\na";
    assert_eq!(html! { pre { (text) } textarea { (text) } }.as_str(), "<pre>\n\n\na</pre><textarea>\n\n\na</textarea>");
}

#[test]
fn questions_and_awaits_stand_in_values() {
    fn page(text: &str) -> Result<Html, std::num::ParseIntError> {
        Ok(html! { p { (text.parse::<u8>()?) } })
    }
    assert_eq!(page("7").unwrap().as_str(), "<p>7</p>");
    assert!(page("x").is_err());
}

#[test]
fn in_another_macro_html_is_text() {
    let html = html! { b title="\"" {} };
    let page = maud::html! { p title=(html) { (html) } };
    let escaped = "&lt;b title=&quot;&amp;quot;&quot;&gt;&lt;/b&gt;";
    assert_eq!(page.into_string(), format!("<p title=\"{escaped}\">{escaped}</p>"));
}

#[test]
fn what_maud_wrote_is_html_on_somebodys_word() {
    let html = Html::dangerously_from_maud(maud::html! { p { "<" } }, "a literal between two tags");
    assert_eq!(html! { div { (html) } }.as_str(), "<div><p>&lt;</p></div>");
}

#[test]
fn what_leaves_the_whole_template_leaves_no_half_of_it() {
    let mut pages = Html::default();
    for word in [Some("a"), None, Some("c")] {
        // The loop is the program's own.
        pages.push(&html! { p title=(match word { Some(word) => word, None => continue }) {} });
    }
    assert_eq!(pages.as_str(), "<p title=\"a\"></p><p title=\"c\"></p>");
    let words = [Some("a"), None, Some("c"), Some("d")];
    let page = html! {
        @for word in words { @let Some(word) = word else { continue }; @let true = word != "d" else { break }; p title=(word) { i {} (word) } }
    };
    assert_eq!(page.as_str(), "<p title=\"a\"><i></i>a</p><p title=\"c\"><i></i>c</p>");
    let sum = html! { @for n in [1, 2] { (loop { if n > 0 { break n * 2 } }) } };
    assert_eq!(sum.as_str(), "24");
}
