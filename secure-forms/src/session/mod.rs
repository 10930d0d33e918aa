//! Cookies and CSRF tokens.
