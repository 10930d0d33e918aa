html! { [::secure_forms]
    h1.title #top { "Files of " (owner) }
    @if files.is_empty() { p.empty { "None & nothing." } } @else {
        ul {
            @for file in &files {
                @let url = file.url();
                li.new[file.is_new] { a href=(url) title=[file.note.as_deref()] hidden[file.is_old] { (file.name) } }
            }
        }
    }
    a href={ "/find?q=" (owner) } { "Find" }
    @match state { State::Open => { form action=(target) {} }, _ => "closed", }
}
