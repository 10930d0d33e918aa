//! A crate that depends on `secure-forms` under the name `forms`.

/// `query!`, `query_as!` and `schema!`.
pub mod queries {
    use forms::query::{Db, Error, Schema};

    /// The embedded migrations.
    pub static SCHEMA: Schema = forms::schema!();

    /// A row of our own.
    #[derive(Debug)]
    pub struct User {
        /// The row's number.
        pub id: i64,
    }

    /// One of each.
    pub async fn find(db: &Db, name: &str) -> Result<Vec<User>, Error> {
        forms::query!("UPDATE users SET age = 1 WHERE username = {name}").execute(db).await?;
        forms::query_as!(User, "SELECT id FROM users WHERE username = {name}").all(db).await
    }
}

/// `csp!`, `asset!` and `remote_asset!`.
pub mod responses {
    use forms::Csp;
    use forms::asset::{Asset, RemoteAsset, Script, Stylesheet};

    /// Scripts with a nonce, and nothing else.
    pub const POLICY: Csp = forms::csp! {
        default-src none;
        script-src nonce strict-dynamic;
        object-src none;
        base-uri none;
        form-action self;
        frame-ancestors none;
    };

    /// A file of our own.
    pub const STRICT: Asset<Script> = forms::asset!("assets/strict.js");

    /// Somebody else's.
    pub const STYLE: RemoteAsset<Stylesheet> = forms::remote_asset!(
        "https://cdn.example.org/page.css",
        "sha384-H8BRh8j48O9oYatfu5AZzq6A9RINhZO5H16dQZngK7T62em8MUt1FLm52t+eX6xO"
    );
}

/// `derive(Form)`, `derive(Choice)`, `derive(Routes)`, `derive(Readable)` and `safe_path!`.
pub mod pages {
    use forms::{Choice, Form, Html, Invalid, Readable, Routes, SafeRedirect, Secret};

    /// What to choose from.
    #[derive(Choice, Clone, Copy, Debug)]
    #[choice(crate = ::forms)]
    pub enum Size {
        /// `small`
        Small,
        /// `large`
        Large,
    }

    /// One of most kinds.
    #[derive(Debug, Form)]
    #[form(crate = ::forms, check = differs)]
    pub struct SignUp {
        /// With rules.
        #[field(length(3..), pattern("[a-z]+"), check(async) = is_free)]
        pub username: String,
        /// A number.
        #[field(range(1..=10))]
        pub count: Option<u8>,
        /// A choice.
        pub size: Size,
        /// A secret.
        pub password: Secret,
    }

    async fn is_free(name: &str) -> Result<(), Invalid> {
        if name == "ada" { Err(Invalid::new("This name is taken.")) } else { Ok(()) }
    }

    fn differs(form: &SignUp) -> Result<(), Invalid> {
        if form.count == Some(4) { Err(Invalid::new("Not four.")) } else { Ok(()) }
    }

    /// The site's pages.
    #[derive(Routes)]
    #[routes(crate = ::forms)]
    pub enum Page {
        /// The first.
        #[get("/")]
        Home,
        /// One of a size.
        #[get("/things/{size}")]
        Things {
            /// Which size.
            size: Size,
        },
        /// Another enum's.
        #[nest("/areas")]
        Areas(Area),
    }

    /// Under a prefix.
    #[derive(Routes)]
    #[routes(crate = ::forms, prefix = "/areas")]
    pub enum Area {
        /// One of a size.
        #[get("/{size}")]
        Sized {
            /// Which size.
            size: Size,
        },
    }

    /// What a cookie may hold.
    #[derive(Readable)]
    #[readable(crate = ::forms)]
    pub struct Theme {
        /// Its name.
        pub name: String,
    }

    /// A path on this site.
    pub fn home() -> SafeRedirect {
        forms::safe_path!("/home")
    }

    /// A link, without maud among the dependencies.
    pub fn link(name: &str) -> Html {
        forms::html! { a href=(Page::Home.path()) title=[Some(name)] { (name) } }
    }
}

#[cfg(test)]
mod tests {
    use super::pages::{Area, Page, SignUp, Size, Theme, home, link};
    use super::responses::{POLICY, STRICT, STYLE};
    use forms::form::NoContext;
    use forms::{Readable, SafeRedirect, testing};

    #[tokio::test]
    async fn a_form_under_another_crate_name_binds() {
        let body = "username=grace&count=3&size=large&password=p";
        assert!(testing::submission(body).validate::<SignUp>(&NoContext).await.is_ok());
        let taken = "username=ada&count=3&size=large&password=p";
        assert!(testing::submission(taken).validate::<SignUp>(&NoContext).await.is_err());
    }

    #[test]
    fn a_path_under_another_crate_name_is_made() {
        assert_eq!(home().as_str(), "/home");
    }

    #[test]
    fn markup_under_another_crate_name_is_made() {
        assert_eq!(link("<").as_str(), "<a href=\"/\" title=\"&lt;\">&lt;</a>");
    }

    #[test]
    fn a_page_under_another_crate_name_is_a_redirect() {
        assert_eq!(SafeRedirect::from(Page::Things { size: Size::Small }).as_str(), "/things/small");
        assert_eq!(SafeRedirect::from(Page::Home).as_str(), "/");
        assert_eq!(SafeRedirect::from(Page::Areas(Area::Sized { size: Size::Small })).as_str(), "/areas/small");
    }

    #[test]
    fn a_readable_type_under_another_crate_name_is_one() {
        fn in_a_signed_cookie<T: Readable>() {}
        in_a_signed_cookie::<Theme>();
    }

    #[test]
    fn a_policy_and_assets_under_another_crate_name_are_constants() {
        assert!(POLICY.with_nonce("abc").contains("script-src 'nonce-abc' 'strict-dynamic'"));
        assert!(STRICT.url().starts_with("/") && STRICT.integrity().starts_with("sha384-"));
        assert_eq!(STYLE.url(), "https://cdn.example.org/page.css");
    }
}

/// Patterns that are too large for a table.
pub mod patterns {
    use forms::Form;

    /// One in a form that owns its text, one in another.
    #[derive(Debug, Form)]
    #[form(crate = ::forms)]
    pub struct Codes {
        /// What would need two million rows.
        #[field(pattern("[ab]*a[ab]{20}", message = "An `a` before the last twenty."))]
        pub code: String,
        /// A word boundary of Unicode, anywhere.
        #[field(pattern(r"\bé", search, unicode))]
        pub word: Option<String>,
    }

    #[cfg(test)]
    mod tests {
        use forms::testing;

        use super::*;

        fn told(body: &str) -> Vec<(String, &'static str)> {
            let mut sent = testing::submission(body);
            let rejected = sent.bind::<Codes>().err();
            let problems = rejected.iter().flat_map(|rejected| rejected.report().problems());
            problems.map(|problem| (problem.path().to_owned(), problem.kind().name())).collect()
        }

        #[test]
        fn the_whole_value_is_judged_at_first_use() {
            let good = format!("code=b{}", "a".repeat(21));
            assert_eq!(told(&good), []);
            for bad in [
                "a",
                "b".repeat(30).as_str(),
                format!("{}x", "a".repeat(21)).as_str(),
                format!("x{}", "a".repeat(21)).as_str(),
            ] {
                assert_eq!(told(&format!("code={bad}")), [("code".to_owned(), "Pattern")], "{bad}");
            }
            assert_eq!(told(&format!("{good}&word=caf%C3%A9")), [("word".to_owned(), "Pattern")]);
            assert_eq!(told(&format!("{good}&word=un+%C3%A9t%C3%A9")), []);
        }
    }
}
