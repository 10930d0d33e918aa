//! Several mistakes, told in one run.

fn main() {
    let _ = secure_forms::csp! {
        scrpt-src self;
        script-src * "self";
        style-src strict-dynamic;
        sandbox allow-script;
        base-uri none;
        form-action "a.example,b.example";
        frame-ancestors none self;
    };
}
