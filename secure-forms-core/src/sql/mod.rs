//! SQL statements judged against a schema.
