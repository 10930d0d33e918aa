fn expansion() {
    match (
        &n,
        match &sort {
            Sort::Name => 0,
            Sort::Newest => 1,
        },
    ) {
        (secure_forms_v0, s0) => {
            use ::forms::__private_0_1::sql as secure_forms_sql;
            const _: &[&[::forms::__private_0_1::u8]] = &[
                ::forms::__private_0_1::include_bytes!(
                    "…/tests/schema/migrations/0001_users.sql"
                ),
                ::forms::__private_0_1::include_bytes!(
                    "…/tests/schema/migrations/0002_notes.sql"
                ),
                ::forms::__private_0_1::include_bytes!("…/tests/Cargo.toml"),
            ];
            const _: ::forms::__private_0_1::Option<&::forms::__private_0_1::str> = ::forms::__private_0_1::option_env!(
                "SECURE_FORMS_MANIFEST"
            );
            struct SecureFormsQuery;
            impl secure_forms_sql::Checked for SecureFormsQuery {
                const TEXTS: &'static [secure_forms_sql::Texts] = &[
                    secure_forms_sql::Texts {
                        dialect: secure_forms_sql::Dialect::Sqlite,
                        schema: 14927049196042095988u64,
                        shapes: &[
                            "SELECT id FROM users ORDER BY username LIMIT +?",
                            "SELECT id FROM users ORDER BY id DESC LIMIT +?",
                        ],
                        parts: &[],
                    },
                ];
                const ACCESS: secure_forms_sql::Access = secure_forms_sql::Access::Read;
                type Params = (secure_forms_sql::BigInt, ());
                type Row = User;
                fn row(
                    columns: &secure_forms_sql::Columns<'_>,
                ) -> ::forms::__private_0_1::Result<User, secure_forms_sql::Error> {
                    ::forms::__private_0_1::Result::Ok(User {
                        id: columns
                            .required::<secure_forms_sql::BigInt, _>(0usize, "id")?,
                    })
                }
            }
            impl secure_forms_sql::Returning for SecureFormsQuery {}
            let secure_forms_v0 = secure_forms_sql::bind::<
                secure_forms_sql::BigInt,
                _,
            >(secure_forms_v0)
                .limit(100u32);
            secure_forms_sql::Stmt::<
                SecureFormsQuery,
            >::new(0usize + (s0 * 1usize), (secure_forms_v0, ()))
        }
    }
}
