const _: () = {
    ///The names of the form's fields.
    #[allow(dead_code, non_snake_case, private_interfaces)]
    pub struct FieldsOfSignUp {
        ///The name of the field “Name”.
        pub username: ::secure_forms::__private_0_1::FieldName<SignUp, String>,
        ///The name of the field “Email”.
        pub email: ::secure_forms::__private_0_1::FieldName<SignUp, EmailAddress>,
        ///The name of the field “Password”.
        pub password: ::secure_forms::__private_0_1::FieldName<SignUp, Secret>,
        ///The name of the field “Confirm”.
        pub confirm: ::secure_forms::__private_0_1::FieldName<SignUp, Secret>,
        ///The name of the field “Activation key”.
        pub activation_key: ::secure_forms::__private_0_1::FieldName<SignUp, Uuid>,
        ///The name of the field “Age”.
        pub age: ::secure_forms::__private_0_1::FieldName<SignUp, Option<u8>>,
        ///The name of the field “Avatar”.
        pub avatar: ::secure_forms::__private_0_1::FieldName<SignUp, Option<Upload>>,
    }
    #[automatically_derived]
    impl ::secure_forms::__private_0_1::FieldNames for SignUp {
        type Names = FieldsOfSignUp;
        const NAMES: Self::Names = FieldsOfSignUp {
            username: ::secure_forms::__private_0_1::FieldName::new(0usize, "username"),
            email: ::secure_forms::__private_0_1::FieldName::new(1usize, "email"),
            password: ::secure_forms::__private_0_1::FieldName::new(2usize, "password"),
            confirm: ::secure_forms::__private_0_1::FieldName::new(3usize, "confirm"),
            activation_key: ::secure_forms::__private_0_1::FieldName::new(
                4usize,
                "activation_key",
            ),
            age: ::secure_forms::__private_0_1::FieldName::new(5usize, "age"),
            avatar: ::secure_forms::__private_0_1::FieldName::new(6usize, "avatar"),
        };
    }
    #[automatically_derived]
    impl ::secure_forms::__private_0_1::Form for SignUp {
        type Context = App;
        type Method = ::secure_forms::__private_0_1::PostForm;
        const SPEC: &'static ::secure_forms::__private_0_1::FormSpec = &::secure_forms::__private_0_1::FormSpec::new(
            "sign-up",
            ::secure_forms::__private_0_1::concat!(
                ::secure_forms::__private_0_1::module_path!(), "::", "SignUp"
            ),
            &[
                ::secure_forms::__private_0_1::FieldSpec::new(
                        "username",
                        "Name",
                        <String as ::secure_forms::__private_0_1::Field<'_>>::KIND,
                    )
                    .trim(::secure_forms::__private_0_1::Trim::Both)
                    .rules(
                        &[
                            ::secure_forms::__private_0_1::Rule {
                                constraint: ::secure_forms::__private_0_1::Constraint::Length(::secure_forms::__private_0_1::Length {
                                    min: 3,
                                    max: 32,
                                    unit: ::secure_forms::__private_0_1::Unit::Utf16,
                                }),
                                message: ::secure_forms::__private_0_1::Option::None,
                            },
                            ::secure_forms::__private_0_1::Rule {
                                constraint: ::secure_forms::__private_0_1::Constraint::Pattern(
                                    &::secure_forms::__private_0_1::pattern::Pattern::Table(::secure_forms::__private_0_1::pattern::Table {
                                        alphabet: ::secure_forms::__private_0_1::pattern::Alphabet::Bytes(
                                            b"\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x02\x02\x02\x02\x02\x02\x02\x02\x02\x02\x02\x02\x02\x02\x02\x02\x02\x02\x02\x02\x02\x02\x02\x02\x02\x02\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
                                        ),
                                        next: b"\t\0\t\0\x03\0\t\0\x03\0\x03\0",
                                        start: 0u16,
                                        accept_from: 3u16,
                                        accept_to: 6u16,
                                    }),
                                    ::secure_forms::__private_0_1::Option::Some(
                                        "[a-z][a-z0-9]*",
                                    ),
                                ),
                                message: ::secure_forms::__private_0_1::Option::Some(
                                    "Letters and digits",
                                ),
                            },
                        ],
                    ),
                ::secure_forms::__private_0_1::FieldSpec::new(
                    "email",
                    "Email",
                    <EmailAddress as ::secure_forms::__private_0_1::Field<'_>>::KIND,
                ),
                ::secure_forms::__private_0_1::FieldSpec::new(
                        "password",
                        "Password",
                        <Secret as ::secure_forms::__private_0_1::Field<'_>>::KIND,
                    )
                    .autocomplete("new-password")
                    .rules(
                        &[
                            ::secure_forms::__private_0_1::Rule {
                                constraint: ::secure_forms::__private_0_1::Constraint::Length(::secure_forms::__private_0_1::Length {
                                    min: 12,
                                    max: ::secure_forms::__private_0_1::usize::MAX,
                                    unit: ::secure_forms::__private_0_1::Unit::Utf16,
                                }),
                                message: ::secure_forms::__private_0_1::Option::None,
                            },
                        ],
                    ),
                ::secure_forms::__private_0_1::FieldSpec::new(
                    "confirm",
                    "Confirm",
                    <Secret as ::secure_forms::__private_0_1::Field<'_>>::KIND,
                ),
                ::secure_forms::__private_0_1::FieldSpec::new(
                        "activation_key",
                        "Activation key",
                        <Uuid as ::secure_forms::__private_0_1::Field<'_>>::KIND,
                    )
                    .widget(::secure_forms::__private_0_1::Input::Hidden),
                ::secure_forms::__private_0_1::FieldSpec::new(
                        "age",
                        "Age",
                        <Option<u8> as ::secure_forms::__private_0_1::Field<'_>>::KIND,
                    )
                    .rules(
                        &[
                            ::secure_forms::__private_0_1::Rule {
                                constraint: ::secure_forms::__private_0_1::Constraint::Range(::secure_forms::__private_0_1::Range {
                                    min: ::secure_forms::__private_0_1::Option::Some(
                                        ::secure_forms::__private_0_1::Number::Integer(13),
                                    ),
                                    max: ::secure_forms::__private_0_1::Option::Some(
                                        ::secure_forms::__private_0_1::Number::Integer(150),
                                    ),
                                }),
                                message: ::secure_forms::__private_0_1::Option::None,
                            },
                        ],
                    ),
                ::secure_forms::__private_0_1::FieldSpec::new(
                        "avatar",
                        "Avatar",
                        <Option<
                            Upload,
                        > as ::secure_forms::__private_0_1::Field<'_>>::KIND,
                    )
                    .accept(&["image/png"])
                    .max_size(2097152u64),
            ],
        );
        fn texts(
            &self,
        ) -> ::secure_forms::__private_0_1::Vec<
            ::secure_forms::__private_0_1::Option<::secure_forms::__private_0_1::String>,
        > {
            ::secure_forms::__private_0_1::texts(
                &[
                    <String as ::secure_forms::__private_0_1::Field<
                        '_,
                    >>::shown(&self.username),
                    <EmailAddress as ::secure_forms::__private_0_1::Field<
                        '_,
                    >>::shown(&self.email),
                    <Secret as ::secure_forms::__private_0_1::Field<
                        '_,
                    >>::shown(&self.password),
                    <Secret as ::secure_forms::__private_0_1::Field<
                        '_,
                    >>::shown(&self.confirm),
                    <Uuid as ::secure_forms::__private_0_1::Field<
                        '_,
                    >>::shown(&self.activation_key),
                    <Option<
                        u8,
                    > as ::secure_forms::__private_0_1::Field<'_>>::shown(&self.age),
                    <Option<
                        Upload,
                    > as ::secure_forms::__private_0_1::Field<'_>>::shown(&self.avatar),
                ],
            )
        }
    }
    #[automatically_derived]
    impl<'form> ::secure_forms::__private_0_1::Bind<'form> for SignUp {
        type Entries = [::secure_forms::__private_0_1::Entry<'form>; 7usize];
        fn bind_waiting<'waiting>(
            binder: &'waiting mut ::secure_forms::__private_0_1::Binder<'_, 'form>,
            context: &'waiting <Self as ::secure_forms::__private_0_1::Form>::Context,
        ) -> ::secure_forms::__private_0_1::Waiting<'waiting, Self> {
            ::secure_forms::__private_0_1::Waiting::later(async move {
                let _ = context;
                let () = <String as ::secure_forms::__private_0_1::Textual>::JUDGED;
                let () = <Secret as ::secure_forms::__private_0_1::Textual>::JUDGED;
                let () = <Option<u8> as ::secure_forms::__private_0_1::Numeric>::JUDGED;
                let slots = (
                    <::secure_forms::__private_0_1::Binder<
                        '_,
                        '_,
                    >>::field(
                        binder,
                        0usize,
                        <String as ::secure_forms::__private_0_1::Field<'_>>::bind,
                    ),
                    <::secure_forms::__private_0_1::Binder<
                        '_,
                        '_,
                    >>::field(
                        binder,
                        1usize,
                        <EmailAddress as ::secure_forms::__private_0_1::Field<'_>>::bind,
                    ),
                    <::secure_forms::__private_0_1::Binder<
                        '_,
                        '_,
                    >>::field(
                        binder,
                        2usize,
                        <Secret as ::secure_forms::__private_0_1::Field<'_>>::bind,
                    ),
                    <::secure_forms::__private_0_1::Binder<
                        '_,
                        '_,
                    >>::field(
                        binder,
                        3usize,
                        <Secret as ::secure_forms::__private_0_1::Field<'_>>::bind,
                    ),
                    <::secure_forms::__private_0_1::Binder<
                        '_,
                        '_,
                    >>::field(
                        binder,
                        4usize,
                        <Uuid as ::secure_forms::__private_0_1::Field<'_>>::bind,
                    ),
                    <::secure_forms::__private_0_1::Binder<
                        '_,
                        '_,
                    >>::field(
                        binder,
                        5usize,
                        <Option<u8> as ::secure_forms::__private_0_1::Field<'_>>::bind,
                    ),
                    <::secure_forms::__private_0_1::Binder<
                        '_,
                        '_,
                    >>::field(
                        binder,
                        6usize,
                        <Option<
                            Upload,
                        > as ::secure_forms::__private_0_1::Field<'_>>::bind,
                    ),
                );
                binder
                    .check(
                        1usize,
                        slots
                            .1
                            .as_ref()
                            .and_then(|field| <EmailAddress as ::secure_forms::__private_0_1::Field<
                                '_,
                            >>::value(field)),
                        |value| is_no_robot(value, context),
                    );
                binder.equal_to(3usize, &slots.3, 2usize, &slots.2);
                if let ::secure_forms::__private_0_1::Option::Some(value) = binder
                    .good(
                        0usize,
                        slots
                            .0
                            .as_ref()
                            .and_then(|field| <String as ::secure_forms::__private_0_1::Field<
                                '_,
                            >>::value(field)),
                    )
                {
                    if let ::secure_forms::__private_0_1::Result::Err(error) = is_free(
                            value,
                            context,
                        )
                        .await
                    {
                        binder.refuse_check(0usize, error);
                    }
                }
                let (
                    ::secure_forms::__private_0_1::Option::Some(slot_username),
                    ::secure_forms::__private_0_1::Option::Some(slot_email),
                    ::secure_forms::__private_0_1::Option::Some(slot_password),
                    ::secure_forms::__private_0_1::Option::Some(slot_confirm),
                    ::secure_forms::__private_0_1::Option::Some(slot_activation_key),
                    ::secure_forms::__private_0_1::Option::Some(slot_age),
                    ::secure_forms::__private_0_1::Option::Some(slot_avatar),
                ) = slots else { return ::secure_forms::__private_0_1::Option::None };
                let form = Self {
                    username: slot_username,
                    email: slot_email,
                    password: slot_password,
                    confirm: slot_confirm,
                    activation_key: slot_activation_key,
                    age: slot_age,
                    avatar: slot_avatar,
                };
                binder.check_form(|| password_is_not_username(&form, context));
                ::secure_forms::__private_0_1::Option::Some(form)
            })
        }
    }
};
