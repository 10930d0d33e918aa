fn expansion() {
    const {
        ::secure_forms::__private_0_1::local_asset::<
            ::secure_forms::__private_0_1::Script,
        >(
            "/assets/hello.1fc05187c8f8f0ef.js",
            "sha384-H8BRh8j48O9oYatfu5AZzq6A9RINhZO5H16dQZngK7T62em8MUt1FLm52t+eX6xO",
            "text/javascript; charset=utf-8",
            ::secure_forms::__private_0_1::include_bytes!(
                "…/secure-forms-derive/../tests/assets/hello.js"
            ),
        )
    }
}
