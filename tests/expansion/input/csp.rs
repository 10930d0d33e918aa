csp! { [::secure_forms] default-src none; script-src nonce strict-dynamic; base-uri none; form-action self; frame-ancestors none; }
