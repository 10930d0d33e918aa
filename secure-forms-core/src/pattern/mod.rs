//! Regular expressions as static tables, which the crate `secure-forms-pattern` makes for the macros. A [`Pattern`] is plain data that one small loop runs over a text,
//! without a heap, without a start-up and without the `regex` crate in the binary, unless a pattern is too large for one.
//!
//! | form | when | cost of a byte of input |
//! |---|---|---|
//! | [`ClassCount`] | `[class]{m,n}`, `[class]+`, … | one look-up for ASCII members; characters are counted only where bytes leave a doubt |
//! | [`Table`] over [`Alphabet::Bytes`] | most | two look-ups |
//! | [`Table`] over [`Alphabet::Chars`] | large sets of Unicode, as `\p{L}` is | two look-ups per character, from U+0800 on a binary search |
//! | [`Large`] | what no table can hold, with the feature `regex` alone | that of the `regex` crate, and a start-up |

#[cfg(feature = "regex")]
mod first_use;
mod table;

#[cfg(feature = "regex")]
pub use first_use::{AtFirstUse, NotTaken, try_out};
pub use table::{Alphabet, Chars, ClassCount, LOW_CHARS, Large, Pattern, Table};
