//! Every place of `html!` with what it takes: the table of attributes, the elements that are read otherwise, the parts of a URL.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails where it stands")]

use super::super::model::html::{Place, Step};
use super::Errors;
use super::attribute::html::read;
use super::check::html::check;

/// The places of a template's values in order, or how many mistakes it has.
fn judged(template: &str) -> Result<Vec<Place>, usize> {
    let written = read(format!("[::secure_forms] {template}").parse().unwrap()).unwrap();
    let mut errors = Errors::default();
    let checked = check(written, &mut errors);
    let count = errors.finish().to_string().matches("compile_error").count();
    checked.map(|template| found(&template.steps)).map_err(|_| count)
}

fn found(steps: &[Step]) -> Vec<Place> {
    let place = |step: &Step| match step {
        Step::Splice { place, .. } | Step::Optional { place, .. } => vec![*place],
        Step::Element(body) | Step::Block(body) | Step::For { body, .. } | Step::While { body, .. } => found(body),
        Step::If { then, otherwise, .. } => [found(then), found(otherwise)].concat(),
        Step::Match { arms, .. } => arms.iter().flat_map(|arm| found(&arm.body)).collect(),
        Step::Text(_) | Step::Let(_) => Vec::new(),
    };
    steps.iter().flat_map(place).collect()
}

/// Each with one place for its value `x`.
fn takes(place: Place, templates: &[&str]) {
    for template in templates {
        assert_eq!(judged(template), Ok(vec![place]), "{template}");
    }
}

fn is_refused(templates: &[&str]) {
    for template in templates {
        assert_eq!(judged(template), Err(1), "{template}");
    }
}

#[test]
fn text_stands_in_content_in_rcdata_and_in_plain_attributes() {
    takes(
        Place::Content,
        &[
            "(x)",
            "p { (x) }",
            "svg { text { (x) } }",
            "svg { title { (x) } }",
            "noscript { p { (x) } }",
            "@if a { (x) }",
        ],
    );
    takes(Place::Text, &["title { (x) }", "textarea { (x) }", "TITLE { @for y in z { (x) } }"]);
    takes(
        Place::Attribute,
        &[
            "p title=(x) {}",
            "p data-user=[x] {}",
            "p.(x) {}",
            "p #(x) {}",
            "p.{ \"a\" (x) }[y] {}",
            "input type=(x);",
            "meta name=\"description\" content=(x);",
            "meta property=\"og:title\" content=(x);",
            "script nonce=(x) {}",
            "svg { animate attributeName=\"width\" to=(x) {} }",
            "p hx-target=(x) {}",
        ],
    );
}

#[test]
fn a_url_is_no_text_in_any_spelling() {
    takes(
        Place::Url,
        &[
            "a href=(x) {}",
            "a HREF=(x) {}",
            "a \"href\"=(x) {}",
            "a r#href=(x) {}",
            "a href=[x] {}",
            "a href={ (x) } {}",
            "a href={ (x) \"#top\" } {}",
            "a href={ @if a { (x) } } {}",
            "svg { a xlink:href=(x) {} }",
            "svg { image href=(x) {} }",
            "img src=(x);",
            "video poster=(x) {}",
            "q cite=(x) {}",
            "body background=(x) {}",
            "link rel=\"icon\" href=(x);",
            "link rel=\"shortcut icon\" href=(x);",
            "my-link href=(x) {}",
        ],
    );
    takes(Place::UrlOfList, &["img srcset={ (x) \" 2x\" };", "a ping=(x) {}", "source srcset=(x);"]);
}

#[test]
fn what_a_url_decides_takes_only_this_sites() {
    takes(
        Place::OwnUrl,
        &[
            "form action=(x) {}",
            "button formaction=(x) {}",
            "input formaction=(x);",
            "iframe src=(x) {}",
            "embed src=(x);",
            "object data=(x) {}",
            "svg { use href=(x) {} }",
            "svg { use xlink:href=(x) {} }",
            "link rel=\"manifest\" href=(x);",
            "p hx-post=(x) {}",
            "p data-hx-get=(x) {}",
            "p ws-connect=(x) {}",
            "turbo-frame src=(x) {}",
        ],
    );
}

#[test]
fn what_is_run_or_decides_takes_literals_alone() {
    is_refused(&[
        "script { (x) }",
        "script type=\"application/json\" { (x) }",
        "script { \"a\" @if b { (x) } }",
        "style { (x) }",
        "svg { style { (x) } }",
        "xmp { (x) }",
        "iframe { (x) }",
        "noembed { (x) }",
        "noframes { (x) }",
        "a onclick=(x) {}",
        "a ONCLICK=[x] {}",
        "a onclick={ \"go('\" (x) \"')\" } {}",
        "a on-anything=(x) {}",
        "p style=(x) {}",
        "p style={ \"color:\" (x) } {}",
        "iframe srcdoc=(x) {}",
        "script src=(x) {}",
        "svg { a { set attributeName=\"href\" to=(x) {} } }",
        "svg { animate attributeName=\"onclick\" values=(x) {} }",
        "svg { animate to=(x) {} }",
        "svg { animate attributeName=(x) {} }",
        "link href=(x);",
        "link rel=\"stylesheet\" href=(x);",
        "link rel=\"icon stylesheet\" href=(x);",
        "link rel=\"modulepreload\" href=(x);",
        "link rel=(x);",
        "base href=(x);",
        "base target=(x);",
        "meta http-equiv=(x);",
        "meta http-equiv=\"refresh\" content=(x);",
        "meta content={ \"0;url=\" (x) } HTTP-EQUIV=\"refresh\";",
        "meta name=\"referrer\" content=(x);",
        "meta name=(x);",
        "meta charset=(x);",
        "script type=(x) {}",
        "iframe sandbox=(x) {}",
        "object classid=(x) {}",
        "object codebase=(x) {}",
        "param value=(x);",
        "p is=(x) {}",
        "p x-data=(x) {}",
        "p v-html=(x) {}",
        "p ng-click=(x) {}",
        "p data-ng-bind=(x) {}",
        "p \"@click\"=(x) {}",
        "p \":href\"=(x) {}",
        "p \"_\"=(x) {}",
        "p hx-on:click=(x) {}",
        "p hx-vals=(x) {}",
    ]);
}

#[test]
fn a_part_of_a_url_stands_behind_a_question_mark_of_a_page() {
    takes(
        Place::UrlPart,
        &[
            "a href={ \"/find?q=\" (x) } {}",
            "a href={ \"#\" (x) } {}",
            "a href={ \"https://a.example/?\" (x) } {}",
            "a href={ \"/a\" \"?b=\" (x) } {}",
            "a href={ \"?a=1&b=\" @if c { (x) } } {}",
            "a href={ \"?\" @for c in d { (x) } } {}",
            "iframe src={ \"https://video.example/?v=\" (x) } {}",
        ],
    );
    is_refused(&[
        "a href={ \"/users/\" (x) } {}",
        "a href={ \"java\" (x) } {}",
        "a href={ \"javascript:a('?\" (x) } {}",
        "a href={ \" javascript:a('#\" (x) } {}",
        "a href={ \"data:text/html,?\" (x) } {}",
        "a href={ \"JavaScript:\" @if a { \"?\" } (x) } {}",
        "a href={ @if a { \"javascript:'?\" } @else { \"/?\" } (x) } {}",
        "a href={ @match a { 1 => \"javascript:'?\", _ => \"/?\", } (x) } {}",
        "a href={ @for a in b { (x) } } {}",
        "a href={ @while a { \"/?\" } (x) } {}",
    ]);
    assert_eq!(judged("a href={ (x) (y) } {}"), Err(1));
    assert_eq!(judged("a href={ (x) \"?a=\" (y) } {}"), Ok(vec![Place::Url, Place::UrlPart]));
}

#[test]
fn a_loop_goes_on_between_elements_not_in_one() {
    is_refused(&[
        "@for x in y { p title=(match x { Some(x) => x, None => continue }) {} }",
        "@for x in y { p { @let Some(x) = x else { continue }; (x) } }",
        "@while a { p title=[if b { break } else { c }] {} }",
        "@for x in y { p { @if (if x { break } else { true }) { \"z\" } } }",
        "p { @for x in y { @for z in x { b { i { (continue) } } } } }",
    ]);
    for good in [
        "@for x in y { @let Some(x) = x else { continue }; p { \"a\" } }",
        "@for x in y { @if a { @let _ = break; } p { \"a\" } }",
        "p { @for x in y { @let Some(x) = x else { break }; b { \"a\" } } }",
        "p { @let Some(x) = x else { return }; }",
    ] {
        assert_eq!(judged(good), Ok(vec![]), "{good}");
    }
    assert_eq!(judged("@for x in y { p { (loop { break 5 }) } }"), Ok(vec![Place::Content]));
}

#[test]
fn what_a_browser_reads_otherwise_than_it_is_written_is_refused() {
    is_refused(&[
        "p \"x onclick\"=(x) {}",
        "p \"a\\\"b\"=(x) {}",
        "p \"\" {}",
        "é {}",
        "p-\"x y\" {}",
        "a href=(x) HREF=\"y\" {}",
        "meta name=\"a\" content=(x) name=\"b\";",
        "p.a class=\"b\" {}",
        "script;",
        "p;",
        "br {}",
        "plaintext {}",
        "title { b {} }",
        "script { b {} }",
        "script { \"</script>\" }",
        "script { \"<\" \"/script>\" }",
        "script { \"<!--\" }",
        "style { \"</STYLE\" }",
        "svg { script {} }",
        "svg { style { \"a<b\" } }",
        "svg { path d=\"\"; }",
    ]);
}
