//! Every address of the site: pages, which links and redirects lead to, and the targets of forms.

use secure_forms::{Choice, Routes, SafeRedirect};

/// Pages.
#[derive(Clone, Debug, PartialEq, Routes)]
pub(crate) enum Page {
    #[get("/")]
    Home,
    #[get("/register?{next}")]
    Register { next: Option<SafeRedirect> },
    #[get("/login?{next}")]
    Login { next: Option<SafeRedirect> },
    #[get("/profile")]
    Profile,
    #[get("/search?{q}&{sort}&{page}")]
    Search { q: Option<String>, sort: Option<Sort>, page: Option<u32> },
    #[get("/upload")]
    Upload,
    #[get("/files/{id}")]
    File { id: i64 },
    #[get("/healthz")]
    Healthz,
}

/// Targets of forms, and of browsers' reports.
#[derive(Clone, Copy, Debug, PartialEq, Routes)]
pub(crate) enum Action {
    #[post("/register")]
    Register,
    #[post("/login")]
    Login,
    #[post("/profile")]
    Profile,
    #[post("/upload")]
    Upload,
    #[post("/logout")]
    Logout,
    #[post("/csp-report", dangerously_without_csrf = "a browser's report carries no token, and acts for nobody")]
    CspReport,
}

/// The order of a search's results.
#[derive(Choice, Clone, Copy, Debug, Default, PartialEq)]
pub(crate) enum Sort {
    #[default]
    #[choice(label = "Name")]
    Name,
    #[choice(label = "Newest first")]
    Newest,
}
