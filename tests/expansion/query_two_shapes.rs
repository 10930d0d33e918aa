fn expansion() {
    match (&name, &min) {
        (secure_forms_v0, secure_forms_v1) => {
            use ::secure_forms::__private_0_1::sql as secure_forms_sql;
            #[allow(dead_code, non_snake_case)]
            #[derive(
                ::secure_forms::__private_0_1::Clone,
                ::secure_forms::__private_0_1::Debug
            )]
            pub struct SecureFormsRow {
                pub id: ::secure_forms::__private_0_1::i64,
                pub age: ::secure_forms::__private_0_1::Option<
                    ::secure_forms::__private_0_1::i64,
                >,
            }
            struct SecureFormsQuery;
            impl secure_forms_sql::Checked for SecureFormsQuery {
                const TEXTS: &'static [secure_forms_sql::Texts] = &[
                    secure_forms_sql::Texts {
                        dialect: secure_forms_sql::Dialect::Sqlite,
                        schema: 14927049196042095988u64,
                        shapes: &[
                            "SELECT id, age FROM users WHERE username = ? AND age >= ?",
                        ],
                        parts: &[&[(44, 57)]],
                    },
                ];
                const ACCESS: secure_forms_sql::Access = secure_forms_sql::Access::Read;
                type Params = (secure_forms_sql::Text, (secure_forms_sql::BigInt, ()));
                type Row = SecureFormsRow;
                fn row(
                    columns: &secure_forms_sql::Columns<'_>,
                ) -> ::secure_forms::__private_0_1::Result<
                    SecureFormsRow,
                    secure_forms_sql::Error,
                > {
                    ::secure_forms::__private_0_1::Result::Ok(SecureFormsRow {
                        id: columns
                            .required::<secure_forms_sql::BigInt, _>(0usize, "id")?,
                        age: columns
                            .nullable::<secure_forms_sql::BigInt, _>(1usize, "age")?,
                    })
                }
            }
            impl secure_forms_sql::Returning for SecureFormsQuery {}
            let secure_forms_v0 = secure_forms_sql::bind::<
                secure_forms_sql::Text,
                _,
            >(secure_forms_v0);
            let secure_forms_v1 = secure_forms_sql::optional(
                secure_forms_v1,
                secure_forms_sql::bind::<secure_forms_sql::BigInt, _>,
            );
            let p0 = secure_forms_v1.is_present();
            secure_forms_sql::Stmt::<
                SecureFormsQuery,
            >::with_parts(
                0usize,
                (p0 as ::secure_forms::__private_0_1::u64),
                (secure_forms_v0, (secure_forms_v1.when(p0), ())),
            )
        }
    }
}
