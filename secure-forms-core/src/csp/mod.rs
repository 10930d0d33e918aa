//! Content Security Policy: the model and its evaluator (W3C CSP Level 3).
