asset! { [::secure_forms] "../tests/assets/hello.js" }
