//! One property for each parser of bytes from outside. Each is a function that panics where the property does not hold:
//! `tests/properties.rs` asks it with random inputs in `cargo test`, the targets of `fuzz/` with those that a fuzzer finds.

mod client_ip;
mod cookie;
mod csp;
mod csrf;
mod filename;
mod multipart;
mod redirect;
mod template;
mod upload;
mod url;
mod urlencoded;
mod visible;

/// A property, by the name of its parser.
pub struct Property {
    /// The parser, and the fuzz target.
    pub name: &'static str,
    /// Inputs that reach far into the parser, to start from.
    pub seeds: &'static [&'static str],
    /// Panics where the property does not hold.
    pub holds: fn(&[u8]),
}

/// All of them.
pub const ALL: [Property; 12] = [
    client_ip::PROPERTY,
    cookie::PROPERTY,
    csp::PROPERTY,
    csrf::PROPERTY,
    filename::PROPERTY,
    multipart::PROPERTY,
    redirect::PROPERTY,
    template::PROPERTY,
    upload::PROPERTY,
    url::PROPERTY,
    urlencoded::PROPERTY,
    visible::PROPERTY,
];

/// Runs the property of this name; a fuzz target without a property is a mistake.
pub fn judge(name: &str, input: &[u8]) {
    let property = ALL.iter().find(|property| property.name == name);
    assert!(property.is_some(), "no property is called `{name}`");
    property.into_iter().for_each(|property| (property.holds)(input));
}
