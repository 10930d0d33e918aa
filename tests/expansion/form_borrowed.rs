const _: () = {
    ///The names of the form's fields.
    #[allow(dead_code, non_snake_case, private_interfaces)]
    pub struct FieldsOfSearch<'q> {
        ///The name of the field “Q”.
        pub q: ::secure_forms::__private_0_1::FieldName<Search<'q>, &'q str>,
    }
    #[automatically_derived]
    impl<'q> ::secure_forms::__private_0_1::FieldNames for Search<'q> {
        type Names = FieldsOfSearch<'q>;
        const NAMES: Self::Names = FieldsOfSearch {
            q: ::secure_forms::__private_0_1::FieldName::new(0usize, "q"),
        };
    }
    #[automatically_derived]
    impl<'q> ::secure_forms::__private_0_1::Form for Search<'q> {
        type Context = ::secure_forms::__private_0_1::NoContext;
        type Method = ::secure_forms::__private_0_1::PostForm;
        const SPEC: &'static ::secure_forms::__private_0_1::FormSpec = &::secure_forms::__private_0_1::FormSpec::new(
                "search",
                ::secure_forms::__private_0_1::concat!(
                    ::secure_forms::__private_0_1::module_path!(), "::", "Search"
                ),
                &[
                    ::secure_forms::__private_0_1::FieldSpec::new(
                            "q",
                            "Q",
                            <&'q str as ::secure_forms::__private_0_1::Field<'_>>::KIND,
                        )
                        .widget(::secure_forms::__private_0_1::Input::Search)
                        .rules(
                            &[
                                ::secure_forms::__private_0_1::Rule {
                                    constraint: ::secure_forms::__private_0_1::Constraint::Length(::secure_forms::__private_0_1::Length {
                                        min: 0,
                                        max: 100,
                                        unit: ::secure_forms::__private_0_1::Unit::Utf16,
                                    }),
                                    message: ::secure_forms::__private_0_1::Option::None,
                                },
                            ],
                        ),
                ],
            )
            .reject_unknown();
        fn texts(
            &self,
        ) -> ::secure_forms::__private_0_1::Vec<
            ::secure_forms::__private_0_1::Option<::secure_forms::__private_0_1::String>,
        > {
            ::secure_forms::__private_0_1::texts(
                &[<&'q str as ::secure_forms::__private_0_1::Field<'_>>::shown(&self.q)],
            )
        }
    }
    #[automatically_derived]
    impl<'q> ::secure_forms::__private_0_1::Bind<'q> for Search<'q> {
        type Entries = [::secure_forms::__private_0_1::Entry<'q>; 1usize];
        fn bind(
            binder: &mut ::secure_forms::__private_0_1::Binder<'_, 'q>,
            context: &<Self as ::secure_forms::__private_0_1::Form>::Context,
        ) -> ::secure_forms::__private_0_1::Option<Self> {
            let _ = context;
            let () = <&'q str as ::secure_forms::__private_0_1::Textual>::JUDGED;
            let slots = (
                <::secure_forms::__private_0_1::Binder<
                    '_,
                    '_,
                >>::field(
                    binder,
                    0usize,
                    <&'q str as ::secure_forms::__private_0_1::Field<'_>>::bind,
                ),
            );
            let (::secure_forms::__private_0_1::Option::Some(slot_q),) = slots else {
                return ::secure_forms::__private_0_1::Option::None
            };
            let form = Self { q: slot_q };
            ::secure_forms::__private_0_1::Option::Some(form)
        }
    }
    #[automatically_derived]
    impl<'q> ::secure_forms::__private_0_1::NoAsyncChecks for Search<'q> {}
};
