//! Rules that programs have shipped with, and how many of the 6,436,343 strings of 5 dangerous bytes get past each.

/// A rule that is not enough.
pub(crate) struct Rule {
    pub(crate) name: &'static str,
    pub(crate) accepts: fn(&str) -> bool,
    /// Strings that leave the origin or are invalid; strings whose path starts with `//` when a program emits it again.
    pub(crate) caught: [u64; 2],
}

pub(crate) const RULES: [Rule; 5] = [
    Rule { name: "starts with `/`, not `//`", accepts: one_slash, caught: [15_809, 132] },
    Rule { name: "and the second byte is not `\\`", accepts: no_backslash_second, caught: [3_642, 132] },
    Rule { name: "and no control characters", accepts: no_controls, caught: [0, 80] },
    Rule { name: "and no backslash or space", accepts: no_backslash_or_space, caught: [0, 18] },
    Rule { name: "no colon or `/` at first, not `//`", accepts: no_colon, caught: [54_639, 444] },
];

fn one_slash(text: &str) -> bool {
    text.starts_with('/') && !text.starts_with("//")
}

fn no_backslash_second(text: &str) -> bool {
    one_slash(text) && !text.starts_with("/\\")
}

fn no_controls(text: &str) -> bool {
    no_backslash_second(text) && !text.contains(char::is_control)
}

fn no_backslash_or_space(text: &str) -> bool {
    no_controls(text) && !text.contains(['\\', ' '])
}

fn no_colon(text: &str) -> bool {
    !text.starts_with("//") && (!text.contains(':') || text.starts_with('/'))
}
