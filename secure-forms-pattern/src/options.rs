//! How a regular expression is to be read: what of a text it has to match, and what its lettered classes mean.

/// Which part of a text has to match.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub enum Scope {
    /// All of it, as HTML's `pattern` attribute does (HTML Standard, 4.10.5.3.6).
    #[default]
    Whole,
    /// Any part of it.
    Search,
}

/// What `\d`, `\w`, `\s` and `\b` mean. `.`, classes and `\p{…}` are Unicode with both.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub enum PerlClasses {
    /// `[0-9]`, `[0-9A-Za-z_]`, `[\t\n\v\f\r ]`.
    #[default]
    Ascii,
    /// All digits, letters and spaces of Unicode (UTS 18, annex C). `\b` has no table then.
    Unicode,
}

/// How a pattern is to be read.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub struct Options {
    /// Which part of a text has to match.
    pub scope: Scope,
    /// What the classes named by a letter mean.
    pub perl: PerlClasses,
}
