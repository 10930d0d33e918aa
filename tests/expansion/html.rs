fn expansion() {
    {
        enum __SecureFormsTexts {}
        impl ::secure_forms::__private_0_1::Texts for __SecureFormsTexts {
            const TEXTS: &'static [&'static ::secure_forms::__private_0_1::str] = &[
                "<h1 class=\"title\" id=\"top\">Files of ",
                "</h1>",
                "<p class=\"empty\">None &amp; nothing.</p>",
                "<ul>",
                "<li class=\"",
                "new",
                "\"><a href=\"",
                "\"",
                " title=\"",
                "\"",
                " hidden",
                ">",
                "</a></li>",
                "</ul>",
                "<a href=\"/find?q=",
                "\">Find</a>",
                "<form action=\"",
                "\"></form>",
                "closed",
            ];
        }
        #[allow(unused_mut, reason = "a template may be empty")]
        let mut page = ::secure_forms::__private_0_1::Page::with_capacity(294usize);
        page.literal::<__SecureFormsTexts>(0usize);
        <_ as ::secure_forms::__private_0_1::Content>::write_content(
            &(owner),
            page.slot(),
        );
        page.literal::<__SecureFormsTexts>(1usize);
        if files.is_empty() {
            page.literal::<__SecureFormsTexts>(2usize);
        } else {
            page.literal::<__SecureFormsTexts>(3usize);
            for file in &files {
                let url = file.url();
                '_element: {
                    page.literal::<__SecureFormsTexts>(4usize);
                    if file.is_new {
                        page.literal::<__SecureFormsTexts>(5usize);
                    }
                    page.literal::<__SecureFormsTexts>(6usize);
                    <_ as ::secure_forms::__private_0_1::Url>::write_url(
                        &(url),
                        page.slot(),
                    );
                    page.literal::<__SecureFormsTexts>(7usize);
                    if let ::secure_forms::__private_0_1::Option::Some(value) = (file
                        .note
                        .as_deref())
                    {
                        page.literal::<__SecureFormsTexts>(8usize);
                        <_ as ::secure_forms::__private_0_1::AttributeText>::write_attribute(
                            &value,
                            page.slot(),
                        );
                        page.literal::<__SecureFormsTexts>(9usize);
                    }
                    if file.is_old {
                        page.literal::<__SecureFormsTexts>(10usize);
                    }
                    page.literal::<__SecureFormsTexts>(11usize);
                    <_ as ::secure_forms::__private_0_1::Content>::write_content(
                        &(file.name),
                        page.slot(),
                    );
                    page.literal::<__SecureFormsTexts>(12usize);
                }
            }
            page.literal::<__SecureFormsTexts>(13usize);
        }
        page.literal::<__SecureFormsTexts>(14usize);
        <_ as ::secure_forms::__private_0_1::Text>::write_encoded(&(owner), page.slot());
        page.literal::<__SecureFormsTexts>(15usize);
        match state {
            State::Open => {
                page.literal::<__SecureFormsTexts>(16usize);
                <_ as ::secure_forms::__private_0_1::OwnUrl>::write_own_url(
                    &(target),
                    page.slot(),
                );
                page.literal::<__SecureFormsTexts>(17usize);
            }
            _ => {
                page.literal::<__SecureFormsTexts>(18usize);
            }
        }
        page.finish()
    }
}
