fn expansion() {
    const { ::secure_forms::__private_0_1::literal_redirect("/caf%C3%A9?q=1") }
}
