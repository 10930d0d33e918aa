query_as! { [::forms] User, "SELECT id FROM users ORDER BY {sort: Sort::Name => username | Sort::Newest => id DESC} LIMIT {n: max 100}" }
