//! Forms as markup (HTML Standard, 4.10; WAI-ARIA 1.2): labels, constraints, what a screen reader is told, and the escaping of
//! every text in every place. The property below holds for any text: what a page shows again is what was typed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails where it stands")]

mod browser;
mod ids;
mod parts;

use proptest::prelude::*;
use secure_forms::{Accepted, Blank, Choice, Form, Invalid, Secret, Upload, testing};
use secure_forms_core::value::visible::{self, Lines};
use secure_forms_tests::{form, render};
use serde_json::json;
use uuid::Uuid;

const HOSTILE: &str = "\"'><script>alert(1)</script>&amp;</textarea>";

#[derive(Choice, Clone, Copy, Debug, PartialEq)]
enum Size {
    #[choice(value = "s&m", label = "<Small> & \"medium\"")]
    Small,
    Large,
}

#[derive(Debug, Form)]
#[form(name = "all")]
struct All {
    #[field(label = "<Your> \"name\" & 'title'", help = "<b>Help</b>", length(3..=32), pattern("[A-Za-z]+"))]
    name: String,
    #[field(multiline, length(..=500, unit = chars))]
    bio: Option<String>,
    #[field(length(2..=9, unit = bytes))]
    code: Option<String>,
    #[field(trim = false, length(2..=9, unit = bytes))]
    raw: Option<String>,
    size: Size,
    #[field(range(13..=150))]
    age: u8,
    ratio: Option<f64>,
    #[field(autocomplete = "new-password", length(8..))]
    password: Secret,
    newsletter: bool,
    #[field(label = "I accept")]
    terms: Accepted,
    #[field(hidden)]
    key: Option<Uuid>,
}

#[derive(Form)]
struct Picture {
    #[field(accept = ["image/png", "image/jpeg"])]
    file: Option<Upload>,
}

fn blank(field: &str) -> String {
    Blank::<All>::new().page().field_by_name(field).unwrap().to_string()
}

/// The field as it is shown again after this body.
fn again(field: &str, body: &str) -> String {
    testing::submission(body).bind::<All>().unwrap_err().page().field_by_name(field).unwrap().to_string()
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// Undoes the escapes that we write.
fn unescaped(text: &str) -> String {
    let references = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#x27;", "'"), ("&#13;", "\r")];
    let plain = references.iter().fold(text.to_owned(), |text, (reference, plain)| text.replace(reference, plain));
    plain.replace("&amp;", "&")
}

/// What stands in the attribute, as a parser reads it.
fn value_of(html: &str, attribute: &str) -> Option<String> {
    let value = html.split(&format!(" {attribute}=\"")).nth(1)?;
    value.split('"').next().map(unescaped)
}

#[test]
fn every_control_has_a_label_of_its_own() {
    for field in ["name", "bio", "size", "age", "password", "newsletter", "terms"] {
        let html = blank(field);
        assert_eq!(value_of(&html, "for"), value_of(&html, "id"), "{html}");
        assert_eq!(value_of(&html, "id").as_deref(), Some(format!("all-{field}").as_str()));
        assert_eq!(value_of(&html, "name").as_deref(), Some(field));
    }
}

#[test]
fn what_must_come_is_required_and_the_rest_is_not() {
    for field in ["name", "size", "age", "password", "terms"] {
        assert!(blank(field).contains(" required"), "{field}");
    }
    for field in ["bio", "ratio", "newsletter", "key"] {
        assert!(!blank(field).contains(" required"), "{field}");
    }
}

#[test]
fn a_browser_checks_what_the_server_checks_and_never_more() {
    let has = |field: &str, parts: &[&str]| parts.iter().all(|part| blank(field).contains(part));
    assert!(has("name", &["minlength=\"3\"", "pattern=\""]));
    // 500 characters may be 1,000 UTF-16 units; 2 bytes may be one.
    assert!(has("bio", &["maxlength=\"1000\""]));
    // White space alone is nothing, and it may be left empty.
    assert!(has("raw", &["maxlength=\"9\""]) && !blank("raw").contains("minlength="));
    assert!(has("age", &["type=\"number\"", "min=\"13\"", "max=\"150\""]));
    assert!(has("ratio", &["step=\"any\""]));
    assert!(!blank("bio").contains("pattern="));
}

#[derive(Form)]
#[form(name = "numbers")]
struct Numbers {
    #[field(range(0.5..=9.5))]
    whole: u8,
    large: u128,
    #[field(range(-0.5..))]
    fraction: f64,
    #[field(email)]
    address: String,
    #[field(email(rfc))]
    quoted: String,
    #[field(multiline, email)]
    many: String,
    #[field(date, length(..=10))]
    day: String,
    #[field(range(0.05..), step(0.05))]
    price: f64,
    #[field(step(0.05))]
    change: f32,
    #[field(step(5))]
    count: u8,
    #[field(step(5))]
    balance: i8,
    #[field(range(3..), step(5))]
    from_three: i8,
}

#[test]
fn a_browser_takes_every_number_and_address_that_the_server_takes() {
    let field = |name: &str| Blank::<Numbers>::new().page().field_by_name(name).unwrap().to_string();
    let shown = |name: &str| ["type", "min", "max", "step"].map(|attribute| value_of(&field(name), attribute));
    let texts = |texts: [&str; 4]| texts.map(|text| (!text.is_empty()).then(|| text.to_owned()));
    // From `min` browsers count in ones: from 0.5 they would refuse 1.
    assert_eq!(shown("whole"), texts(["number", "1", "9", ""]));
    assert_eq!(shown("large"), texts(["number", "0", "", ""]));
    assert_eq!(shown("fraction"), texts(["number", "-0.5", "", "any"]));
    assert_eq!(shown("address"), texts(["email", "", "", ""]));
    assert_eq!(shown("quoted"), texts(["text", "", "", ""]));
    assert!(field("many").contains("<textarea"));
    assert_eq!(shown("day"), texts(["date", "", "", ""]));
    assert!(!field("day").contains("maxlength"), "{}", field("day"));
}

#[test]
fn a_browser_is_told_the_steps_that_it_counts_from_the_same_number() {
    let field = |name: &str| Blank::<Numbers>::new().page().field_by_name(name).unwrap().to_string();
    let told = |name: &str| (value_of(&field(name), "min"), value_of(&field(name), "step"));
    let text = |text: &str| Some(text.to_owned());
    assert_eq!(told("price"), (text("0.05"), text("0.05")));
    assert_eq!(told("count"), (text("0"), text("5")));
    assert_eq!(told("from_three"), (text("3"), text("5")));
    // Browsers would count these from the value that is shown, or from -128.
    assert_eq!(told("change"), (None, text("any")));
    assert_eq!(told("balance"), (text("-128"), None));
}

#[test]
fn a_problem_is_tied_to_its_control() {
    let html = again("name", "name=ab");
    assert_eq!(value_of(&html, "aria-invalid").as_deref(), Some("true"));
    assert_eq!(value_of(&html, "aria-describedby").as_deref(), Some("all-name-error all-name-help"));
    assert!(html.contains("id=\"all-name-error\"") && html.contains("id=\"all-name-help\""), "{html}");
    assert!(!blank("name").contains("aria-invalid"));
}

#[test]
fn the_summary_leads_to_each_field() {
    let rejected = testing::submission("name=ab").bind::<All>().unwrap_err();
    let summary = rejected.page().summary().to_string();
    for field in ["name", "size", "age", "password", "terms"] {
        assert!(summary.contains(&format!("href=\"#all-{field}\"")), "{summary}");
    }
    assert!(summary.contains("role=\"alert\""));
    assert!(Blank::<All>::new().page().summary().is_empty());
}

#[test]
fn labels_hints_and_offers_are_escaped() {
    let name = blank("name");
    assert!(name.contains("&lt;Your&gt;") && name.contains("&lt;b&gt;Help&lt;/b&gt;"), "{name}");
    let size = blank("size");
    assert!(size.contains("value=\"s&amp;m\"") && size.contains("&lt;Small&gt; &amp; "), "{size}");
}

#[test]
fn hostile_text_stays_text_in_every_place() {
    for field in ["name", "bio", "code", "age", "ratio", "size", "key", "newsletter", "terms"] {
        let html = again(field, &format!("{field}={}", encoded(HOSTILE)));
        assert!(!html.contains("<script") && !html.contains("\"'>"), "{field}: {html}");
    }
    assert_eq!(value_of(&again("code", &format!("code={}", encoded(HOSTILE))), "value").as_deref(), Some(HOSTILE));
}

#[test]
fn a_sentence_of_the_application_is_escaped() {
    let rejected = testing::submission("").bind::<All>().unwrap_err();
    let page = rejected.into_page().reject(Invalid::new(HOSTILE).on(All::FIELDS.bio)).into_page();
    for html in [page.field(All::FIELDS.bio), page.summary()] {
        assert!(!html.as_str().contains("<script") && html.as_str().contains("&lt;script"), "{html}");
    }
}

#[test]
fn a_text_area_keeps_its_first_line_break() {
    let html = again("bio", "bio=%0Aa%0Ab");
    // A parser drops the first line break behind the tag, so there are two.
    assert!(html.contains(">\n\na\nb</textarea>"), "{html}");
}

#[test]
fn line_breaks_of_a_text_area_are_those_of_a_browsers_value() {
    let html = again("bio", "bio=a%0D%0Ab%0Dc%0Ad");
    assert!(html.contains(">\na\nb\nc\nd</textarea>"), "{html}");
}

#[test]
fn a_password_is_never_shown_again() {
    let html = again("password", "password=hunter2hunter2");
    assert!(html.contains("type=\"password\"") && !html.contains("value=") && !html.contains("hunter2"), "{html}");
}

#[test]
fn choices_and_boxes_are_kept() {
    assert!(again("size", "size=large").contains("<option value=\"large\" selected>"));
    assert!(!blank("size").contains(" selected"));
    assert!(blank("size").contains("<option value=\"\">–</option>"), "an entry without words is no entry");
    assert!(again("newsletter", "newsletter=on").contains(" checked"));
    assert!(!again("newsletter", "").contains(" checked"));
}

#[test]
fn a_hidden_field_is_nothing_but_its_input() {
    let html = again("key", "key=67e55044-10b1-426f-9247-bb680e5fe0c8");
    assert!(html.starts_with("<input type=\"hidden\"") && html.matches('<').count() == 1, "{html}");
}

#[test]
fn files_are_sent_as_multipart() {
    let page = Blank::<Picture>::new().page();
    assert!(page.open().as_str().contains("enctype=\"multipart/form-data\""));
    assert!(page.field(Picture::FIELDS.file).as_str().contains("accept=\"image/png,image/jpeg\""));
    assert!(!Blank::<All>::new().page().open().as_str().contains("enctype"));
}

#[test]
fn a_form_posts_and_has_a_button() {
    let html = Blank::<All>::new().page().submit("Save & close").render().to_string();
    assert!(html.starts_with("<form method=\"post\"") && html.ends_with("</form>"), "{html}");
    assert!(html.contains("<button type=\"submit\">Save &amp; close</button>"));
}

#[test]
fn a_field_that_the_form_does_not_have_is_nothing() {
    assert!(Blank::<All>::new().page().field_by_name("nothing").is_none());
    // Nor has it the fields of another form.
    assert!(Blank::<All>::new().page().field(Picture::FIELDS.file).is_empty());
}

/// What stands in the text area, as a parser reads it: without the line break behind the tag.
fn area_of(html: &str) -> Option<String> {
    let content = html.split_once("<textarea")?.1.split_once(">\n")?.1;
    content.split_once("</textarea>").map(|(text, _)| unescaped(text))
}

proptest! {
    #[test]
    fn what_is_shown_again_is_what_was_typed(text in any::<String>()) {
        let body = format!("code={0}&bio={0}", encoded(&text));
        let rejected = testing::submission(body).bind::<All>().unwrap_err();
        prop_assert_eq!(value_of(rejected.page().field(All::FIELDS.code).as_str(), "value"), Some(text.clone()));
        prop_assert_eq!(area_of(rejected.page().field(All::FIELDS.bio).as_str()), Some(text));
    }

    #[test]
    fn no_bytes_make_a_form_panic_or_a_page_break(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let html = testing::submission(bytes).bind::<All>().unwrap_err().render().to_string();
        let tags = html.matches('<').count();
        prop_assert_eq!(tags, html.matches('>').count());
    }

    #[test]
    fn bytes_that_look_like_a_form_do_not_either(body in "((name|bio|age|size|terms|key)=(%[0-9A-F]{2}|[a-z<>\"'&+%]){0,9}&){0,9}") {
        let html = testing::submission(body.into_bytes()).bind::<All>().unwrap_err().render().to_string();
        prop_assert_eq!(html.matches('<').count(), html.matches('>').count());
    }

    #[test]
    fn a_bound_form_binds_again_from_its_own_texts(q in "[\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}\\p{Z}]{1,50}", page in proptest::option::of(1u16..=1000)) {
        prop_assume!(visible::check(visible::trim(&q), Lines::One).is_ok());
        let page = page.map(|page| page.to_string()).unwrap_or_default();
        let case = json!({ "form": "search", "body": format!("q={}&page={page}", encoded(&q)) });
        let first = form::answer(&case);
        prop_assert_eq!(&first["ok"], &json!(true));
        let text = |name: &str| first["value"][name].as_str().unwrap_or_default().to_owned();
        let body = format!("q={}&page={}", encoded(&text("q")), text("page"));
        prop_assert_eq!(form::answer(&json!({ "form": "search", "body": body })), first);
    }
}

#[test]
fn every_form_of_the_program_renders_blank_and_filled() {
    for form in ["kitchen_sink", "sign_up", "login", "search"] {
        for body in [json!(null), json!(""), json!("username=%3Ca%3E&q=%3Ca%3E")] {
            let html = render::answer(&json!({ "form": form, "body": body }))["html"].as_str().map(str::to_owned);
            let html = html.unwrap_or_default();
            assert!(html.starts_with("<form") && !html.contains("<a>"), "{form}: {html}");
        }
    }
}
