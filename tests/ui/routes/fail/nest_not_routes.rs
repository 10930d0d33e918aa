use secure_forms::Routes;

#[derive(Routes)]
enum Page {
    #[get("/")]
    Home,
    #[nest("/users")]
    Users(UserPage),
}

enum UserPage {
    Profile,
}

fn main() {
    let _ = Page::Users(UserPage::Profile);
}
