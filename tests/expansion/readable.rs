const _: () = {
    #[automatically_derived]
    #[allow(deprecated)]
    impl<
        T: ::secure_forms::__private_0_1::Readable,
    > ::secure_forms::__private_0_1::Readable for Theme<T> {
        const READABLE: () = {
            let () = <bool as ::secure_forms::__private_0_1::Readable>::READABLE;
            let () = <Option<T> as ::secure_forms::__private_0_1::Readable>::READABLE;
        };
    }
};
