//! Enums of routes in enums, at compile time: the tables of several enter, their one table leaves; what does not fit together does
//! not compile. The rule of overlaps is that of the router matchit.

use super::table::{Method, Route, RoutePart};

/// One table of several, for generated code; `N` is the sum of their lengths.
#[must_use]
pub const fn join_routes<const N: usize>(tables: &[&[Route]]) -> [Route; N] {
    let mut joined = [Route::new(Method::Get, "/", "", &[RoutePart::Literal("")]); N];
    let (mut next, mut table) = (0, 0);
    while table < tables.len() {
        let mut row = 0;
        while row < tables[table].len() && next < N {
            joined[next] = tables[table][row];
            next += 1;
            row += 1;
        }
        table += 1;
    }
    joined
}

/// Compares the routes of a nested enum, which begin at `first` in `table`, with what the outer enum says and with all routes before
/// them; for generated code, which calls it in a constant. `name` is the nested enum's.
///
/// # Panics
/// While the program is compiled: where a route has another method or is not below `prefix`, and where a request could mean two
/// routes.
#[track_caller]
pub const fn check_nested(table: &[Route], first: usize, nested: &[Route], method: Method, name: &str, prefix: &str) {
    let mut row = 0;
    while row < nested.len() {
        let route = &nested[row];
        if !is_same_method(route.method, method) {
            fail(&[
                "`",
                name,
                "` has routes of another method\nhelp: nest enums with the method of the outer one only",
            ]);
        }
        if !is_below(route.pattern, prefix) {
            let parts = [
                "`",
                route.pattern,
                "` of `",
                name,
                "` is not below `",
                prefix,
                "`\nhelp: write `#[routes(prefix = \"",
            ];
            fail(&[Text::of(&parts).as_str(), prefix, "\")]` above `", name, "`"]);
        }
        let mut earlier = 0;
        while earlier < first + row && earlier < table.len() {
            let twin = &table[earlier];
            if overlaps(twin.parts, route.parts) {
                let names = ["`", twin.variant, "` and `", route.variant, "` of `", name, "` overlap: `"];
                let help = "`\nhelp: a request could mean both: give one of them another path";
                fail(&[Text::of(&names).as_str(), twin.pattern, "` and `", route.pattern, help]);
            }
            earlier += 1;
        }
        row += 1;
    }
}

const fn is_same_method(a: Method, b: Method) -> bool {
    a as u8 == b as u8
}

/// Whether the pattern is the prefix, or goes on behind it with a slash.
const fn is_below(pattern: &str, prefix: &str) -> bool {
    match pattern.as_bytes().split_at_checked(prefix.len()) {
        Some((start, rest)) => is_equal(start, prefix.as_bytes()) && (rest.is_empty() || rest[0] == b'/'),
        None => false,
    }
}

/// Whether the router would refuse the second of the two: text stands where text stands, a value where a value does.
const fn overlaps(a: &[RoutePart], b: &[RoutePart]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let mut at = 0;
    while at < a.len() {
        match (a[at], b[at]) {
            (RoutePart::Literal(a), RoutePart::Literal(b)) if is_equal(a.as_bytes(), b.as_bytes()) => {}
            (RoutePart::Field(_), RoutePart::Field(_)) => {}
            (RoutePart::Literal(_), RoutePart::Literal(_) | RoutePart::Field(_))
            | (RoutePart::Field(_), RoutePart::Literal(_)) => return false,
        }
        at += 1;
    }
    true
}

const fn is_equal(a: &[u8], b: &[u8]) -> bool {
    let mut at = 0;
    while at < a.len() && at < b.len() && a[at] == b[at] {
        at += 1;
    }
    at == a.len() && at == b.len()
}

/// Stops the compiler with a message.
#[track_caller]
#[allow(clippy::panic, reason = "only a constant calls it: the panic is the compiler's message")]
const fn fail(parts: &[&str]) -> ! {
    panic!("{}", Text::of(parts).as_str())
}

/// Room for a message that is put together at compile time; what is longer is cut.
struct Text {
    bytes: [u8; 512],
    length: usize,
}

impl Text {
    const fn of(parts: &[&str]) -> Self {
        let mut text = Self { bytes: [0; 512], length: 0 };
        let mut part = 0;
        while part < parts.len() {
            let bytes = parts[part].as_bytes();
            let mut at = 0;
            while at < bytes.len() && text.length < text.bytes.len() {
                text.bytes[text.length] = bytes[at];
                text.length += 1;
                at += 1;
            }
            part += 1;
        }
        text
    }

    const fn as_str(&self) -> &str {
        match std::str::from_utf8(self.bytes.split_at(self.length).0) {
            Ok(text) => text,
            // Cut inside a character.
            Err(_) => "the routes do not fit together",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn below_a_prefix_is_it_or_what_follows_a_slash() {
        for (pattern, prefix) in [("/users", "/users"), ("/users/{id}", "/users"), ("/x", ""), ("/", "")] {
            assert!(is_below(pattern, prefix), "{pattern} {prefix}");
        }
        for (pattern, prefix) in [("/usersx", "/users"), ("/user", "/users"), ("/", "/users"), ("/x/users", "/users")] {
            assert!(!is_below(pattern, prefix), "{pattern} {prefix}");
        }
    }

    #[test]
    fn the_router_refuses_what_overlaps_and_nothing_else() {
        let words = ["a", "b", "{x}", "{y}", ""];
        let mut patterns = Vec::new();
        for one in words {
            patterns.push(format!("/{one}"));
            patterns.extend(words[..4].iter().map(|two| format!("/{two}/{one}")));
        }
        patterns.retain(|pattern| !pattern.contains("{x}/{x}") && !pattern.contains("{y}/{y}"));
        let parts = |pattern: &str| -> &'static [RoutePart] {
            let part = |text: &str| match text.strip_prefix('{') {
                Some(_) => RoutePart::Field("x"),
                None => RoutePart::Literal(text.to_owned().leak()),
            };
            pattern.split('/').skip(1).map(part).collect::<Vec<_>>().leak()
        };
        for a in &patterns {
            for b in &patterns {
                let mut router = matchit::Router::new();
                router.insert(a.as_str(), ()).unwrap();
                assert_eq!(overlaps(parts(a), parts(b)), router.insert(b.as_str(), ()).is_err(), "{a} {b}");
            }
        }
    }

    #[test]
    #[should_panic(expected = "is not below `/users`")]
    fn a_route_beside_the_prefix_stops_the_compiler() {
        let routes = [Route::new(Method::Get, "/x", "X", &[RoutePart::Literal("x")])];
        check_nested(&routes, 0, &routes, Method::Get, "UserPage", "/users");
    }

    #[test]
    #[should_panic(expected = "`Old` and `New` of `UserPage` overlap")]
    fn a_path_of_two_enums_stops_the_compiler() {
        let parts = &[RoutePart::Literal("users"), RoutePart::Field("x")];
        let [old, new] = ["Old", "New"].map(|name| Route::new(Method::Get, "/users/{x}", name, parts));
        check_nested(&[old, new], 1, &[new], Method::Get, "UserPage", "/users");
    }

    #[test]
    fn what_fits_together_goes_on() {
        let own =
            Route::new(Method::Get, "/users/new", "New", &[RoutePart::Literal("users"), RoutePart::Literal("new")]);
        let nested =
            Route::new(Method::Get, "/users/{x}", "One", &[RoutePart::Literal("users"), RoutePart::Field("x")]);
        check_nested(&[own, nested], 1, &[nested], Method::Get, "UserPage", "/users");
    }

    #[test]
    fn a_message_that_is_too_long_is_cut() {
        assert_eq!(Text::of(&["x".repeat(600).as_str()]).as_str().len(), 512);
        assert_eq!(Text::of(&["é".repeat(300).as_str()]).as_str().len(), 512);
        assert_eq!(Text::of(&["x", &"é".repeat(300)]).as_str(), "the routes do not fit together");
    }
}
