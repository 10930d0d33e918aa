//! Ids are unique in a page (HTML Standard, 3.2.6), and whatever names one names one that exists.

use std::collections::BTreeSet;

use secure_forms::{Blank, Form, testing};

#[derive(Debug, Form)]
struct Note {
    #[field(help = "Up to a page", length(3..))]
    text: String,
    done: bool,
}

mod other {
    use secure_forms::Form;

    #[derive(Debug, Form)]
    pub(super) struct Note {
        #[field(rename = "text")]
        pub(super) body: String,
    }
}

/// The values of an attribute, each split at its spaces.
fn values<'h>(html: &'h str, attribute: &str) -> Vec<&'h str> {
    let start = format!(" {attribute}=\"");
    let whole = html.split(start.as_str()).skip(1).filter_map(|rest| rest.split('"').next());
    whole.flat_map(|value| value.split(' ')).collect()
}

#[test]
fn a_form_is_on_a_page_as_often_as_one_likes() {
    let refused = || testing::submission("text=a").bind::<Note>().unwrap_err().into_page();
    let names = ["7", "8", "a b", "a-b", "a.20.b", "ä", "a\"><b"];
    let pages = names.map(|name| refused().id(name).render().to_string());
    let page = format!("{}{}", refused().render(), pages.concat());
    let ids = values(&page, "id");
    let unique: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!((unique.len(), ids.len()), (4 * 8, 4 * 8), "{page}");
    for attribute in ["for", "aria-describedby"] {
        let named = values(&page, attribute);
        assert!(!named.is_empty() && named.iter().all(|name| unique.contains(name)), "{attribute}: {page}");
    }
    let links: Vec<&str> = values(&page, "href").iter().filter_map(|link| link.strip_prefix('#')).collect();
    assert_eq!(links.len(), 8);
    assert!(links.iter().all(|link| unique.contains(link)), "{page}");
    assert!(!page.contains("\"><b"), "{page}");
}

#[test]
fn two_forms_of_one_name_in_two_modules_are_two_forms() {
    assert_eq!(Note::SPEC.name, other::Note::SPEC.name);
    assert_ne!(Note::SPEC.path, other::Note::SPEC.path);
    assert_eq!(Note::SPEC.path, "render::ids::Note");
}

#[test]
fn the_name_of_a_field_is_the_one_on_the_wire() {
    assert_eq!((Note::FIELDS.text.as_str(), other::Note::FIELDS.body.as_str()), ("text", "text"));
    let page = Blank::<other::Note>::new().set(other::Note::FIELDS.body, &"typed".to_owned()).page().render();
    assert!(page.as_str().contains("value=\"typed\""), "{page}");
    let done = Blank::<Note>::new().set(Note::FIELDS.done, &true).page().render();
    assert!(done.as_str().contains(" checked"), "{done}");
}

#[derive(Debug, Form)]
struct Search<'q> {
    #[field(search)]
    q: &'q str,
    from: Option<std::borrow::Cow<'q, str>>,
}

#[test]
fn a_form_that_borrows_is_filled_field_by_field() {
    let typed = String::from("typed");
    let html = Blank::<Search<'_>>::new()
        .set(Search::FIELDS.q, &typed.as_str())
        .set(Search::FIELDS.from, &Some(typed.as_str().into()))
        .page()
        .render()
        .to_string();
    assert_eq!(html.matches("value=\"typed\"").count(), 2, "{html}");
}
