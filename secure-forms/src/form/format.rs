//! Which kind of text a text must be, where its type stays text (WTForms `URL`, `IPAddress`, `MacAddress`, `UUID`). What each
//! kind looks like is said by its standard, in `secure_forms_core::value`.

pub use secure_forms_core::value::format::TextFormat;
pub use secure_forms_core::value::ip::Version as IpVersion;
pub use secure_forms_core::value::public::is_public_address;
