fn expansion() {
    {
        ::core::compile_error! {
            "no file `../tests/assets/hello.js` in this package\nhelp: write the path as seen from the folder of Cargo.toml: `asset!(\"static/app.js\")`"
        }
        ::secure_forms::__private_0_1::unreachable!()
    }
}
