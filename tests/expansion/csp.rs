fn expansion() {
    const {
        ::secure_forms::__private_0_1::evaluated_policy(
            "default-src 'none'; script-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
            "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
            &[],
        )
    }
}
