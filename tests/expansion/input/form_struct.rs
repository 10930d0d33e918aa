#[derive(Form)]
#[form(context = App, check = password_is_not_username)]
struct SignUp {
    #[field(label = "Name", trim, length(3..=32), pattern("[a-z][a-z0-9]*", message = "Letters and digits"), check(async) = is_free)]
    username: String,
    #[field(check = is_no_robot)]
    email: EmailAddress,
    #[field(length(12..), autocomplete = "new-password")]
    password: Secret,
    #[field(equal_to = password)]
    confirm: Secret,
    #[field(hidden)]
    activation_key: Uuid,
    #[field(range(13..=150))]
    age: Option<u8>,
    #[field(accept = ["image/png"], max_size = "2MiB")]
    avatar: Option<Upload>,
}
