//! Regular expressions as static tables. A regular expression in the syntax of the `regex` crate enters [`compile`]
//! (feature `pattern`, used by the macros); a [`Pattern`] leaves it: plain data that one small loop runs over a text,
//! without a heap, without a start-up and without the `regex` crate in the binary, unless a pattern is too large for one.
//!
//! | form | when | cost of a byte of input |
//! |---|---|---|
//! | [`ClassCount`] | `[class]{m,n}`, `[class]+`, … | one look-up for ASCII members; characters are counted only where bytes leave a doubt |
//! | [`Table`] over [`Alphabet::Bytes`] | most | two look-ups |
//! | [`Table`] over [`Alphabet::Chars`] | large sets of Unicode, as `\p{L}` is | two look-ups per character, from U+0800 on a binary search |
//! | [`Large`] | what no table can hold, with the feature `regex` alone | that of the `regex` crate, and a start-up |

#[cfg(test)]
#[cfg(feature = "pattern")]
mod agreement;
#[cfg(feature = "pattern")]
mod alphabet;
#[cfg(feature = "pattern")]
mod ascii;
#[cfg(feature = "pattern")]
mod automaton;
#[cfg(feature = "pattern")]
mod compile;
#[cfg(feature = "pattern")]
mod extent;
#[cfg(feature = "regex")]
mod first_use;
#[cfg(feature = "pattern")]
mod html;
#[cfg(feature = "pattern")]
mod options;
mod table;

#[cfg(feature = "pattern")]
pub use compile::{Compiled, PatternError, PatternProblem, compile};
#[cfg(all(feature = "pattern", feature = "regex"))]
pub use compile::{ForRegex, for_regex};
#[cfg(feature = "pattern")]
pub use extent::{Extent, extent};
#[cfg(feature = "regex")]
pub use first_use::AtFirstUse;
#[cfg(feature = "pattern")]
pub use options::{Options, PerlClasses, Scope};
pub use table::{Alphabet, Chars, ClassCount, Large, Pattern, Table};
