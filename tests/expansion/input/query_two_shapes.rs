query! { [::secure_forms] "SELECT id, age FROM users WHERE username = {name} [AND age >= {min?}]" }
