//! What the form derives emit depends on no prelude and on no name that a program may have taken. That it compiles is most of
//! the proof; that it works is the rest.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails where it stands")]

/// A program without a prelude, whose own types have the names of the standard's.
mod without_prelude {
    #![no_implicit_prelude]
    #![allow(dead_code, non_camel_case_types, reason = "names taken on purpose")]

    struct Option;
    struct Result;
    struct String;
    struct Vec;
    struct Box;
    struct Some;
    struct None;
    struct Ok;
    struct Err;
    struct Cow;
    struct str;
    struct usize;
    struct u8;
    struct u64;
    struct i64;
    struct f64;
    struct bool;
    struct Form;
    struct Field;
    struct Report;

    #[derive(::secure_forms::Choice, ::std::fmt::Debug, ::std::cmp::PartialEq)]
    pub(crate) enum Size {
        Small,
        Some,
        None,
    }

    #[derive(::secure_forms::Form, ::std::fmt::Debug)]
    #[form(check = whole)]
    pub(crate) struct Names<'form> {
        #[field(length(1..), pattern("[a-z]+"), check = fits)]
        pub(crate) self_: ::std::string::String,
        #[field(equal_to = self_)]
        pub(crate) result: ::std::string::String,
        pub(crate) r#type: &'form ::std::primitive::str,
        pub(crate) binder: ::std::option::Option<::std::primitive::u8>,
        #[field(range(1..=5))]
        pub(crate) context: ::std::primitive::u8,
        pub(crate) form: Size,
        pub(crate) slot_a: ::std::primitive::bool,
        pub(crate) a: ::secure_forms::Accepted,
        pub(crate) value: ::std::string::String,
    }

    #[derive(::secure_forms::Routes, ::std::fmt::Debug, ::std::cmp::PartialEq)]
    pub(crate) enum Page {
        #[get("/people/{id}?{tab}")]
        Person { id: ::std::primitive::u64, tab: ::std::option::Option<::std::string::String> },
        #[get("/path/{query}/{out}")]
        Named { query: ::std::primitive::i64, out: Size },
    }

    #[derive(::secure_forms::Readable)]
    pub(crate) struct Token {
        pub(crate) id: ::std::primitive::u64,
    }

    pub(crate) fn target() -> ::secure_forms::SafeRedirect {
        ::secure_forms::safe_path!("/people")
    }

    /// The names of the expansion are taken.
    pub(crate) fn markup(page: &::std::primitive::str) -> ::secure_forms::Html {
        let value = ::std::option::Option::Some(page);
        ::secure_forms::html! {
            p title=[value] { (page) (::secure_forms::html! { b { (page) } }) }
            @if let ::std::option::Option::Some(value) = value { i { (value) } }
        }
    }

    pub(crate) fn policy() -> ::secure_forms::Csp {
        ::secure_forms::csp! {
            default-src none;
            script-src nonce;
            base-uri none;
            form-action self;
            frame-ancestors none;
        }
    }

    pub(crate) async fn texts_and_numbers(
        db: &::secure_forms::query::Db,
        id: ::std::primitive::i64,
    ) -> ::std::result::Result<::std::option::Option<::std::string::String>, ::secure_forms::query::Error> {
        let query =
            ::secure_forms::query!("SELECT id, username, id > 1 AS late, 1.5 AS part FROM users WHERE id = {id}");
        query.optional(db).await.map(|row| row.map(|row| row.username))
    }

    fn fits(_: &::std::primitive::str) -> ::std::result::Result<(), ::secure_forms::Invalid> {
        ::std::result::Result::Ok(())
    }

    fn whole(_: &Names<'_>) -> ::std::result::Result<(), ::secure_forms::Invalid> {
        ::std::result::Result::Ok(())
    }
}

use secure_forms::{Form, Routes, testing};
use without_prelude::{Names, Page, Size};

#[test]
fn a_form_without_a_prelude_binds() {
    let body = "self_=a&result=a&type=t&binder=&context=3&form=none&slot_a=on&a=on&value=v";
    let mut submission = testing::submission(body);
    let names = submission.bind::<Names<'_>>().unwrap();
    assert_eq!((names.self_.as_str(), names.result.as_str(), names.r#type), ("a", "a", "t"));
    assert_eq!((names.binder, names.context, &names.form, names.slot_a), (None, 3, &Size::None, true));
    assert_eq!(names.value, "v");
    let _ = names.a;
}

#[test]
fn routes_queries_and_policies_without_a_prelude_work() {
    let person = Page::Person { id: 7, tab: Some("a b".to_owned()) };
    assert_eq!(person.path().as_str(), "/people/7?tab=a%20b");
    assert_eq!(Page::parse("/people/7", Some("tab=a%20b")), Ok(person));
    let named = Page::Named { query: -1, out: Size::Some };
    assert_eq!(Page::parse(named.path().as_str(), None), Ok(named));
    assert_eq!(without_prelude::target().as_str(), "/people");
    let _ = (without_prelude::policy(), without_prelude::texts_and_numbers, without_prelude::Token { id: 1 }.id);
}

#[test]
fn markup_without_a_prelude_is_made() {
    let markup = without_prelude::markup("<");
    assert_eq!(markup.as_str(), "<p title=\"&lt;\">&lt;<b>&lt;</b></p><i>&lt;</i>");
}

#[test]
fn a_raw_name_loses_its_prefix_on_the_wire() {
    assert_eq!(Names::SPEC.fields[2].name, "type");
}

/// Macros that write forms hand over types and names in groups.
macro_rules! form_of {
    ($name:ident, $field:ident: $type:ty, $least:expr) => {
        #[derive(Debug, Form)]
        struct $name {
            #[field(range($least..))]
            $field: $type,
        }
    };
}
form_of!(Counter, count: Option<u8>, 3);

#[test]
fn a_form_that_a_macro_writes_binds() {
    assert_eq!(testing::submission("count=3").bind::<Counter>().unwrap().count, Some(3));
    assert!(testing::submission("count=2").bind::<Counter>().is_err());
}

/// Checks may have any name, also those of what the expansion calls its own.
mod checks_named_as_ours {
    use secure_forms::{Form, Invalid};

    #[derive(Debug, Form)]
    #[form(check = form, context = u8)]
    pub(crate) struct Named {
        #[field(check = value, check = binder, check = context, check(async) = report)]
        pub(crate) name: String,
    }

    fn value(_: &str, _: &u8) -> Result<(), Invalid> {
        Ok(())
    }

    fn binder(_: &str, _: &u8) -> Result<(), Invalid> {
        Ok(())
    }

    fn context(_: &str, _: &u8) -> Result<(), Invalid> {
        Ok(())
    }

    fn form(_: &Named, _: &u8) -> Result<(), Invalid> {
        Ok(())
    }

    async fn report(_: &str, limit: &u8) -> Result<(), Invalid> {
        if *limit == 0 { Err(Invalid::new("none left")) } else { Ok(()) }
    }
}

#[tokio::test]
async fn checks_may_have_any_name() {
    for (limit, passes) in [(1, true), (0, false)] {
        let mut submission = testing::submission("name=a");
        assert_eq!(submission.validate::<checks_named_as_ours::Named>(&limit).await.is_ok(), passes);
    }
}
