//! Expressions.

pub(crate) mod aggregate;
pub(crate) mod call;
pub(crate) mod column;
pub(crate) mod comparison;
pub(crate) mod composite;
pub(crate) mod conditional;
pub(crate) mod conversion;
pub(crate) mod expression;
pub(crate) mod keyword_call;
pub(crate) mod membership;
pub(crate) mod operator;
pub(crate) mod predicate;
pub(crate) mod window;
