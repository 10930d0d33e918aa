const _: () = {
    #[automatically_derived]
    #[allow(deprecated, reason = "the enum may use what its author has deprecated")]
    impl ::secure_forms::__private_0_1::Routes for Admin {
        type Handlers<HandlerType> = AdminHandlers<HandlerType>;
        const ROUTES: &'static [::secure_forms::__private_0_1::Route] = &::secure_forms::__private_0_1::join_routes::<
            {
                1usize
                    + <UserPage as ::secure_forms::__private_0_1::Routes>::ROUTES.len()
                    + <teams::Page as ::secure_forms::__private_0_1::Routes>::ROUTES
                        .len()
            },
        >(
            &[
                &[
                    ::secure_forms::__private_0_1::Route::new(
                        ::secure_forms::__private_0_1::Method::Get,
                        "/admin",
                        "Home",
                        &[::secure_forms::__private_0_1::RoutePart::Literal("admin")],
                    ),
                ],
                <UserPage as ::secure_forms::__private_0_1::Routes>::ROUTES,
                <teams::Page as ::secure_forms::__private_0_1::Routes>::ROUTES,
            ],
        );
        fn index(&self) -> ::secure_forms::__private_0_1::usize {
            match self {
                Admin::Home { .. } => 0usize,
                Admin::Users(nested) => {
                    1usize
                        + <UserPage as ::secure_forms::__private_0_1::Routes>::index(
                            nested,
                        )
                }
                Admin::Teams(nested) => {
                    1usize
                        + <UserPage as ::secure_forms::__private_0_1::Routes>::ROUTES
                            .len()
                        + <teams::Page as ::secure_forms::__private_0_1::Routes>::index(
                            nested,
                        )
                }
            }
        }
        fn path(&self) -> ::secure_forms::__private_0_1::RoutePath {
            let mut out = ::secure_forms::__private_0_1::PathWriter::new();
            match self {
                Admin::Home {} => {
                    out.literal("/admin");
                }
                Admin::Users(nested) => {
                    return <UserPage as ::secure_forms::__private_0_1::Routes>::path(
                        nested,
                    );
                }
                Admin::Teams(nested) => {
                    return <teams::Page as ::secure_forms::__private_0_1::Routes>::path(
                        nested,
                    );
                }
            }
            out.finish()
        }
        fn read(
            found: &::secure_forms::__private_0_1::Matched<'_>,
            index: ::secure_forms::__private_0_1::usize,
        ) -> ::secure_forms::__private_0_1::Result<
            Self,
            ::secure_forms::__private_0_1::RouteError,
        > {
            match index {
                0usize => ::secure_forms::__private_0_1::Result::Ok(Admin::Home {}),
                _ if index
                    < 1usize
                        + <UserPage as ::secure_forms::__private_0_1::Routes>::ROUTES
                            .len() => {
                    <UserPage as ::secure_forms::__private_0_1::Routes>::read(
                            found,
                            index - (1usize),
                        )
                        .map(Admin::Users)
                }
                _ if index
                    < 1usize
                        + <UserPage as ::secure_forms::__private_0_1::Routes>::ROUTES
                            .len()
                        + <teams::Page as ::secure_forms::__private_0_1::Routes>::ROUTES
                            .len() => {
                    <teams::Page as ::secure_forms::__private_0_1::Routes>::read(
                            found,
                            index
                                - (1usize
                                    + <UserPage as ::secure_forms::__private_0_1::Routes>::ROUTES
                                        .len()),
                        )
                        .map(Admin::Teams)
                }
                _ => {
                    ::secure_forms::__private_0_1::Result::Err(
                        ::secure_forms::__private_0_1::RouteError::NotFound,
                    )
                }
            }
        }
    }
    #[automatically_derived]
    impl ::secure_forms::__private_0_1::PageRoutes for Admin {}
    const _: () = ::secure_forms::__private_0_1::check_nested(
        <Admin as ::secure_forms::__private_0_1::Routes>::ROUTES,
        1usize,
        <UserPage as ::secure_forms::__private_0_1::Routes>::ROUTES,
        ::secure_forms::__private_0_1::Method::Get,
        "UserPage",
        "/admin/users",
    );
    const _: () = ::secure_forms::__private_0_1::check_nested(
        <Admin as ::secure_forms::__private_0_1::Routes>::ROUTES,
        1usize + <UserPage as ::secure_forms::__private_0_1::Routes>::ROUTES.len(),
        <teams::Page as ::secure_forms::__private_0_1::Routes>::ROUTES,
        ::secure_forms::__private_0_1::Method::Get,
        "teams::Page",
        "/admin/teams",
    );
};
///One handler for each route of [`Admin`]; without one of them it does not compile.
#[allow(dead_code, reason = "a site may be routed by hand")]
struct AdminHandlers<HandlerType> {
    ///Handles what is below `/admin/users/`.
    users: <UserPage as ::secure_forms::__private_0_1::Routes>::Handlers<HandlerType>,
    ///Handles what is below `/admin/teams/`.
    teams: <teams::Page as ::secure_forms::__private_0_1::Routes>::Handlers<HandlerType>,
    ///Handles `GET /admin`.
    home: HandlerType,
}
const _: () = {
    #[automatically_derived]
    impl<HandlerType> ::secure_forms::__private_0_1::Handlers
    for AdminHandlers<HandlerType> {
        type Routes = Admin;
        type Handler = HandlerType;
        fn into_list(self) -> ::secure_forms::__private_0_1::Vec<HandlerType> {
            let mut list = ::secure_forms::__private_0_1::Vec::new();
            list.push(self.home);
            let Self { users: nested, .. } = self;
            list.append(&mut ::secure_forms::__private_0_1::Handlers::into_list(nested));
            let Self { teams: nested, .. } = self;
            list.append(&mut ::secure_forms::__private_0_1::Handlers::into_list(nested));
            list
        }
    }
};
