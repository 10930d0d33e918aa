const _: () = {
    #[automatically_derived]
    #[allow(deprecated, reason = "the enum may use what its author has deprecated")]
    impl ::secure_forms::__private_0_1::Routes for Page {
        type Handlers<HandlerType> = PageHandlers<HandlerType>;
        const ROUTES: &'static [::secure_forms::__private_0_1::Route] = &[
            ::secure_forms::__private_0_1::Route::new(
                ::secure_forms::__private_0_1::Method::Get,
                "/",
                "Home",
                &[::secure_forms::__private_0_1::RoutePart::Literal("")],
            ),
            ::secure_forms::__private_0_1::Route::new(
                ::secure_forms::__private_0_1::Method::Get,
                "/users/{id}",
                "User",
                &[
                    ::secure_forms::__private_0_1::RoutePart::Literal("users"),
                    ::secure_forms::__private_0_1::RoutePart::Field("id"),
                ],
            ),
        ];
        fn index(&self) -> ::secure_forms::__private_0_1::usize {
            match self {
                Page::Home { .. } => 0usize,
                Page::User { .. } => 1usize,
            }
        }
        fn path(&self) -> ::secure_forms::__private_0_1::RoutePath {
            let mut out = ::secure_forms::__private_0_1::PathWriter::new();
            match self {
                Page::Home {} => {
                    out.literal("/");
                }
                Page::User { id: field_id, tab: field_tab } => {
                    out.literal("/users/");
                    out.segment(
                        &<u64 as ::secure_forms::__private_0_1::PathSegment>::segment(
                            field_id,
                        ),
                    );
                    <Option<
                        Tab,
                    > as ::secure_forms::__private_0_1::QueryPart>::write(
                        field_tab,
                        "tab",
                        &mut out,
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
                0usize => ::secure_forms::__private_0_1::Result::Ok(Page::Home {}),
                1usize => {
                    ::secure_forms::__private_0_1::Result::Ok(Page::User {
                        id: found
                            .segment(
                                1usize,
                                <u64 as ::secure_forms::__private_0_1::PathSegment>::from_segment,
                            )?,
                        tab: found
                            .query(
                                "tab",
                                <Option<
                                    Tab,
                                > as ::secure_forms::__private_0_1::QueryPart>::read,
                            )?,
                    })
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
    impl ::secure_forms::__private_0_1::PageRoutes for Page {}
};
///One handler for each route of [`Page`]; without one of them it does not compile.
#[allow(dead_code, reason = "a site may be routed by hand")]
pub struct PageHandlers<HandlerType> {
    ///Handles `GET /`.
    pub home: HandlerType,
    ///Handles `GET /users/{id}`.
    pub user: HandlerType,
}
const _: () = {
    #[automatically_derived]
    impl<HandlerType> ::secure_forms::__private_0_1::Handlers
    for PageHandlers<HandlerType> {
        type Routes = Page;
        type Handler = HandlerType;
        fn into_list(self) -> ::secure_forms::__private_0_1::Vec<HandlerType> {
            let mut list = ::secure_forms::__private_0_1::Vec::new();
            list.push(self.home);
            list.push(self.user);
            list
        }
    }
};
