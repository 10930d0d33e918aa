//! SQL whose text was checked at compile time and whose values are bound.
