//! Hosts where anybody publishes: a reason where scripts come in, an acknowledgement elsewhere.

fn main() {
    let _ = secure_forms::csp! {
        default-src none;
        script-src "https://unpkg.com" "*.github.io" "https://cdn.jsdelivr.net/npm/";
        worker-src "https://esm.sh";
        base-uri none;
        form-action self;
        frame-ancestors none;
    };
}
