//! Paths on this site: redirects and typed routes.
