#[derive(Routes)]
pub enum Page {
    #[get("/")]
    Home,
    #[get("/users/{id}?{tab}")]
    User { id: u64, tab: Option<Tab> },
}
