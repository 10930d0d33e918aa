//! AngularJS by its path, and JSONP that csp-evaluator does not know.

fn main() {
    let _ = secure_forms::csp! {
        default-src none;
        script-src "https://ajax.googleapis.com/ajax/libs/angularjs/1.8.2/angular.js" "https://api.github.com";
        base-uri none;
        form-action self;
        frame-ancestors none;
    };
}
