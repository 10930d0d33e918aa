//! Expressions.

pub(crate) mod call;
pub(crate) mod conditional;
pub(crate) mod expression;
pub(crate) mod keyword_call;
pub(crate) mod literal;
pub(crate) mod operator;
pub(crate) mod window;
