const _: () = {
    ///The names of the form's fields.
    #[allow(dead_code, non_snake_case, private_interfaces)]
    pub struct FieldsOfNote {
        ///The name of the field “Text”.
        pub text: ::forms::__private_0_1::FieldName<Note, String>,
    }
    #[automatically_derived]
    impl ::forms::__private_0_1::FieldNames for Note {
        type Names = FieldsOfNote;
        const NAMES: Self::Names = FieldsOfNote {
            text: ::forms::__private_0_1::FieldName::new(0usize, "text"),
        };
    }
    #[automatically_derived]
    impl ::forms::__private_0_1::Form for Note {
        type Context = ::forms::__private_0_1::NoContext;
        type Method = ::forms::__private_0_1::PostForm;
        const SPEC: &'static ::forms::__private_0_1::FormSpec = &::forms::__private_0_1::FormSpec::new(
            "note",
            ::forms::__private_0_1::concat!(
                ::forms::__private_0_1::module_path!(), "::", "Note"
            ),
            &[
                ::forms::__private_0_1::FieldSpec::new(
                        "text",
                        "Text",
                        <String as ::forms::__private_0_1::Field<'_>>::KIND,
                    )
                    .multiline()
                    .help("Up to a page"),
            ],
        );
        fn texts(
            &self,
        ) -> ::forms::__private_0_1::Vec<
            ::forms::__private_0_1::Option<::forms::__private_0_1::String>,
        > {
            ::forms::__private_0_1::texts(
                &[<String as ::forms::__private_0_1::Field<'_>>::shown(&self.text)],
            )
        }
    }
    #[automatically_derived]
    impl<'form> ::forms::__private_0_1::Bind<'form> for Note {
        type Entries = [::forms::__private_0_1::Entry<'form>; 1usize];
        fn bind(
            binder: &mut ::forms::__private_0_1::Binder<'_, 'form>,
            context: &<Self as ::forms::__private_0_1::Form>::Context,
        ) -> ::forms::__private_0_1::Option<Self> {
            let _ = context;
            let slots = (
                <::forms::__private_0_1::Binder<
                    '_,
                    '_,
                >>::field(
                    binder,
                    0usize,
                    <String as ::forms::__private_0_1::Field<'_>>::bind,
                ),
            );
            let (::forms::__private_0_1::Option::Some(slot_text),) = slots else {
                return ::forms::__private_0_1::Option::None
            };
            let form = Self { text: slot_text };
            ::forms::__private_0_1::Option::Some(form)
        }
    }
    #[automatically_derived]
    impl ::forms::__private_0_1::NoAsyncChecks for Note {}
};
