//! Paths on this site: the redirect rule, listed origins, the text of routes.
