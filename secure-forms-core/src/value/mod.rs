//! The syntax of values: email addresses, numbers, sizes with units.
