//! Regular expressions as static tables: the compiler (feature `pattern`) and the loop that runs a table.
