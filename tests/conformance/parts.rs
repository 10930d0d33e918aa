//! Markup of one's own: from the parts of a form comes the tree that the form's own markup has, and a theme changes what it says and
//! nothing else.

use html5ever::tendril::TendrilSink;
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use secure_forms::form::FormPage;
use secure_forms::render::{Classes, FieldView, Summary, Theme};
use secure_forms::{Accepted, Blank, Choice, EmailAddress, Form, Html, Secret, html, testing};

#[derive(Choice, Clone, Copy, Debug, PartialEq)]
enum Plan {
    Free,
    #[choice(label = "<Large> & \"more\"")]
    Large,
}

#[derive(Debug, Form)]
struct SignUp {
    #[field(label = "<Name>", help = "Letters & digits.", trim = false, length(3..=32), pattern("[a-z]+", message = "Letters."))]
    username: String,
    email: EmailAddress,
    #[field(autocomplete = "new-password", length(8..))]
    password: Secret,
    #[field(multiline, length(..=200))]
    about: Option<String>,
    plan: Plan,
    terms: Accepted,
    #[field(hidden)]
    invitation: Option<String>,
}

const WRONG: &str = "username=%3Cb%3E%22&email=x&password=hunter2&about=%0Aa%0Ab&plan=large&invitation=%27%3E";

fn pages() -> [FormPage<SignUp>; 2] {
    let rejected = testing::submission(WRONG).bind::<SignUp>().unwrap_err();
    [Blank::<SignUp>::new().page(), rejected.into_page()]
}

/// The elements, their attributes in the order of their names, and the text, as a browser has them.
fn tree(html: &str) -> String {
    fn walk(node: &Handle, out: &mut String) {
        match &node.data {
            NodeData::Element { name, attrs, .. } => {
                let mut attributes: Vec<String> =
                    attrs.borrow().iter().map(|attr| format!("{}={:?}", attr.name.local, &*attr.value)).collect();
                attributes.sort();
                out.push_str(&format!("({} {}\n", name.local, attributes.join(" ")));
                node.children.borrow().iter().for_each(|child| walk(child, out));
                out.push_str(")\n");
            }
            NodeData::Text { contents } => out.push_str(&format!("{:?}\n", &**contents.borrow())),
            _ => node.children.borrow().iter().for_each(|child| walk(child, out)),
        }
    }
    let mut out = String::new();
    walk(&html5ever::parse_document(RcDom::default(), Default::default()).one(html).document, &mut out);
    out
}

/// A field around a control, by hand.
fn around(field: &FieldView<'_>, control: Html) -> Html {
    html! {
        div.field {
            label for=(field.id()) { (field.label()) }
            (control)
            @if let Some(help) = field.help() { p.help id=[field.help_id()] { (help) } }
            @for problem in field.problems() { p.error id=[field.problem_id()] { (problem) } }
        }
    }
}

/// An input by hand, and a select by hand.
fn controls(username: &FieldView<'_>, plan: &FieldView<'_>) -> [Html; 2] {
    let attributes = username.attributes();
    let input = html! {
        input type="text" id=(username.id()) name=(username.name()) required[username.is_required()]
            value=(username.text().unwrap_or_default())
            minlength=[attributes.get("minlength")] maxlength=[attributes.get("maxlength")]
            pattern=[attributes.get("pattern")] title=[attributes.get("title")]
            aria-invalid=[attributes.get("aria-invalid")] aria-describedby=[attributes.get("aria-describedby")];
    };
    let select = html! {
        select id=(plan.id()) name=(plan.name()) required[plan.is_required()] {
            option value="" { "–" }
            @for option in plan.options() {
                option value=(option.value) selected[plan.text() == Some(option.value)] { (option.label) }
            }
        }
    };
    [input, select]
}

/// The whole form by hand: what a designer would write.
fn by_hand(page: &FormPage<SignUp>) -> Html {
    let (username, plan) = (page.part(SignUp::FIELDS.username), page.part(SignUp::FIELDS.plan));
    let (email, password) = (page.part(SignUp::FIELDS.email), page.part(SignUp::FIELDS.password));
    let (about, terms) = (page.part(SignUp::FIELDS.about), page.part(SignUp::FIELDS.terms));
    let [input, select] = controls(&username, &plan);
    html! {
        (page.open()) (page.summary())
        (around(&username, input))
        (around(&email, email.control()))
        (around(&password, password.control()))
        (around(&about, about.control()))
        (around(&plan, select))
        div.field.box {
            (terms.control())
            label for=(terms.id()) { (terms.label()) }
            @for problem in terms.problems() { p.error id=[terms.problem_id()] { (problem) } }
        }
        (page.part(SignUp::FIELDS.invitation).control())
        button type="submit" { "Send" }
        (page.close())
    }
}

#[test]
fn markup_by_hand_from_the_parts_has_the_tree_of_the_form() {
    for page in pages() {
        assert_eq!(tree(by_hand(&page).as_str()), tree(page.render().as_str()));
    }
}

#[test]
fn the_attributes_as_text_are_the_controls() {
    for page in pages() {
        for field in page.parts() {
            let start = format!("{}>", field.attributes());
            assert!(field.control().as_str().contains(&start), "{start} in {}", field.control());
        }
    }
}

#[test]
fn no_part_has_a_secret() {
    let [_, page] = pages();
    let password = page.part(SignUp::FIELDS.password);
    assert_eq!(password.text(), None);
    assert!(!password.attributes().has("value"));
    for shown in [format!("{password:?}"), password.render().to_string(), by_hand(&page).to_string()] {
        assert!(!shown.contains("hunter2"), "{shown}");
    }
}

#[test]
fn every_part_says_what_the_page_shows() {
    let [blank, page] = pages();
    let name = page.part(SignUp::FIELDS.username);
    assert_eq!((name.name(), name.id(), name.label()), ("username", "sign-up-username", "<Name>"));
    assert_eq!((name.text(), name.help()), (Some("<b>\""), Some("Letters & digits.")));
    assert_eq!(name.problems(), ["Letters."]);
    assert_eq!(name.attributes().get("value").unwrap().as_str(), "&lt;b&gt;&quot;");
    assert!(name.is_required() && !page.part(SignUp::FIELDS.about).is_required());
    assert!(page.part(SignUp::FIELDS.invitation).is_hidden());
    assert_eq!(blank.part(SignUp::FIELDS.username).problems(), [""; 0]);
    assert_eq!(blank.part(SignUp::FIELDS.username).problem_id(), None);
}

/// Every field in a `fieldset`, whose legend is the label.
struct Fieldsets;

impl Theme for Fieldsets {
    fn classes(&self) -> Classes {
        Classes { form: "stacked", control: "input", button: "primary", ..Classes::DEFAULT }
    }

    fn field(&self, field: &FieldView<'_>) -> Html {
        html! {
            fieldset.wrong[!field.problems().is_empty()] {
                legend { (field.label_element()) }
                (field.control()) (field.problem_element()) (field.help_element())
            }
        }
    }

    fn summary(&self, summary: &Summary) -> Html {
        html! { section { h2 { (summary.text()) } (summary.entries().count()) } }
    }

    fn content(&self, summary: Html, fields: Vec<Html>, button: Html) -> Html {
        html! { @for field in fields { (field) } (button) (summary) }
    }
}

#[test]
fn a_theme_puts_the_parts_together_and_adds_classes() {
    let [blank, page] = pages();
    let html = page.theme(&Fieldsets).render().to_string();
    assert!(html.starts_with("<form class=\"stacked\" method=\"post\">"), "{html}");
    assert_eq!(html.matches("<fieldset").count(), 6);
    assert_eq!(html.matches("class=\"input\"").count(), 7);
    assert!(
        html.contains(
            "<fieldset class=\"wrong\"><legend><label for=\"sign-up-username\">&lt;Name&gt;</label></legend>"
        )
    );
    assert!(html.contains("<button type=\"submit\" class=\"primary\">Send</button><section><h2>There are"), "{html}");
    assert!(html.ends_with("</section></form>") && !html.contains("<b>") && !html.contains("hunter2"), "{html}");
    let field = page.theme(&Fieldsets).field(SignUp::FIELDS.email).to_string();
    assert!(field.starts_with("<fieldset") && html.contains(&field), "{field}");
    assert!(blank.theme(&Fieldsets).summary().is_empty());
}

/// A theme that says nothing.
struct Plain;

impl Theme for Plain {}

#[test]
fn a_theme_that_says_nothing_changes_nothing() {
    for page in pages() {
        assert_eq!(page.theme(&Plain).render(), page.render());
    }
}
