::core::compile_error! {
    "the variant `Other` holds data, so no single text stands for it\nhelp: write `Other` alone"
}
const _: () = {
    #[automatically_derived]
    impl ::secure_forms::__private_0_1::Choice for Country {
        const OPTIONS: &'static [::secure_forms::__private_0_1::ChoiceOption] = &[];
        fn from_value(
            value: &::secure_forms::__private_0_1::str,
        ) -> ::secure_forms::__private_0_1::Option<Self> {
            {
                let _ = value;
                ::secure_forms::__private_0_1::Option::None
            }
        }
        fn value(&self) -> &'static ::secure_forms::__private_0_1::str {
            ""
        }
    }
    #[automatically_derived]
    impl<'form> ::secure_forms::__private_0_1::FieldValue<'form> for Country {
        type Text<'text> = ::secure_forms::__private_0_1::Cow<
            'text,
            ::secure_forms::__private_0_1::str,
        >;
        const KIND: ::secure_forms::__private_0_1::FieldKind = ::secure_forms::__private_0_1::FieldKind::required(
                ::secure_forms::__private_0_1::Input::Select,
            )
            .with_options(<Self as ::secure_forms::__private_0_1::Choice>::OPTIONS);
        fn parse(
            text: &'form ::secure_forms::__private_0_1::str,
        ) -> ::secure_forms::__private_0_1::Result<
            Self,
            ::secure_forms::__private_0_1::ProblemKind,
        > {
            ::secure_forms::__private_0_1::choice(text)
        }
        fn to_text(
            &self,
        ) -> ::secure_forms::__private_0_1::Cow<'_, ::secure_forms::__private_0_1::str> {
            ::secure_forms::__private_0_1::Cow::Borrowed(
                ::secure_forms::__private_0_1::Choice::value(self),
            )
        }
    }
    #[automatically_derived]
    impl ::secure_forms::__private_0_1::QueryValue for Country {
        fn query_text(
            &self,
        ) -> ::secure_forms::__private_0_1::Cow<'_, ::secure_forms::__private_0_1::str> {
            ::secure_forms::__private_0_1::Cow::Borrowed(
                ::secure_forms::__private_0_1::Choice::value(self),
            )
        }
        fn from_query_text(
            text: &::secure_forms::__private_0_1::str,
        ) -> ::secure_forms::__private_0_1::Option<Self> {
            <Self as ::secure_forms::__private_0_1::Choice>::from_value(text)
        }
    }
    #[automatically_derived]
    impl ::secure_forms::__private_0_1::PathSegment for Country {
        fn segment(&self) -> ::secure_forms::__private_0_1::Segment {
            ::secure_forms::__private_0_1::literal_segment(
                ::secure_forms::__private_0_1::Choice::value(self),
            )
        }
        fn from_segment(
            segment: &::secure_forms::__private_0_1::Segment,
        ) -> ::secure_forms::__private_0_1::Option<Self> {
            <Self as ::secure_forms::__private_0_1::Choice>::from_value(segment.as_str())
        }
    }
};
