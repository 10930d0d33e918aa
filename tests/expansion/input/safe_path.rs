safe_path! { [::secure_forms] "/caf\u{e9}?q=1" }
