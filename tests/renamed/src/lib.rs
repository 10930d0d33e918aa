//! A crate that depends on `secure-forms` under the name `forms`.
