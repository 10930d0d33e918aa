::core::compile_error! {
    "unknown key `lenght` on a `String` field\nhelp: did you mean `length`? a `String` field takes `label`, `help`, `rename`, `trim`, `nfc`, `allow`, `multiline`, `hidden`, `search`, `tel`, `url`, `length`, `pattern`, `email`, `uuid`, `ip`, `mac`, `hostname`, `slug`, `color`, `date`, `time`, `one_of`, `none_of`, `equal_to`, `check`, `message`, `autocomplete`"
}
const _: () = {
    ///The names of the form's fields.
    #[allow(dead_code, non_snake_case, private_interfaces)]
    pub struct FieldsOfSignUp {
        ///The name of the field “Username”.
        pub username: ::forms::__private_0_1::FieldName<SignUp, String>,
    }
    #[automatically_derived]
    impl ::forms::__private_0_1::FieldNames for SignUp {
        type Names = FieldsOfSignUp;
        const NAMES: Self::Names = FieldsOfSignUp {
            username: ::forms::__private_0_1::FieldName::new(0usize, "username"),
        };
    }
    #[automatically_derived]
    impl ::forms::__private_0_1::Form for SignUp {
        type Context = App;
        type Method = ::forms::__private_0_1::PostForm;
        const SPEC: &'static ::forms::__private_0_1::FormSpec = &::forms::__private_0_1::FormSpec::new(
            "",
            "",
            &[],
        );
        fn texts(
            &self,
        ) -> ::forms::__private_0_1::Vec<
            ::forms::__private_0_1::Option<::forms::__private_0_1::String>,
        > {
            ::forms::__private_0_1::Vec::new()
        }
    }
    #[automatically_derived]
    impl<'form> ::forms::__private_0_1::Bind<'form> for SignUp {
        type Entries = [::forms::__private_0_1::Entry<'form>; 0];
        fn bind(
            _: &mut ::forms::__private_0_1::Binder<'_, 'form>,
            _: &App,
        ) -> ::forms::__private_0_1::Option<Self> {
            ::forms::__private_0_1::Option::None
        }
    }
    #[automatically_derived]
    impl ::forms::__private_0_1::NoAsyncChecks for SignUp {}
};
