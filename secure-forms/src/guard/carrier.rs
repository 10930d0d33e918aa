//! Where a request carries its form.

use http::Method;

use crate::form::FormMethod;

/// Where a request carries its form, by its method (RFC 9110, 9.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Carrier {
    /// GET and HEAD: in the query.
    Query,
    /// POST, PUT, PATCH, DELETE and methods of one's own: in the body.
    Body,
    /// OPTIONS, TRACE and CONNECT ask something of the connection: they carry no form.
    Nothing,
}

impl Carrier {
    pub(super) fn of(method: &Method) -> Self {
        match *method {
            Method::GET | Method::HEAD => Self::Query,
            Method::OPTIONS | Method::TRACE | Method::CONNECT => Self::Nothing,
            _ => Self::Body,
        }
    }

    pub(super) fn carries(self, form: FormMethod) -> bool {
        self == match form {
            FormMethod::Get => Self::Query,
            FormMethod::Post => Self::Body,
        }
    }
}
