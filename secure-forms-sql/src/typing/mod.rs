//! The questions about types that each dialect answers its own way. In go values with their types, out comes what is made of
//! them; what is wrong is reported, and parameters whose type was open are settled. This floor knows no scope and no query.
//!
//! | file | subject |
//! |---|---|
//! | `value`, `call` | what an expression is; a call with its arguments |
//! | `parameters` | what each placeholder was found to be |
//! | `inference` | the parts that typing works with |
//! | `sqlite`, `mysql` | what those two have to themselves |
//! | `dynamic`, `dynamic_call` | what they share: any value goes anywhere |
//! | `functions` | their functions, from tables |
//! | `postgres/` | an operator or a conversion that does not exist is refused |
//! | `conditional`, `literal`, `rows` | `coalesce` and its kin; literals; the rows that a function gives in FROM |

pub(crate) mod call;
mod conditional;
mod dynamic;
mod dynamic_call;
mod functions;
pub(crate) mod inference;
mod literal;
mod mysql;
pub(crate) mod parameters;
pub(crate) mod postgres;
pub(crate) mod rows;
mod sqlite;
mod typed;
pub(crate) mod value;

pub(crate) use typed::Typing;

use crate::dialect::Dialect;

/// The types of this dialect.
pub(crate) fn of(dialect: Dialect) -> &'static dyn Typing {
    match dialect {
        Dialect::Sqlite => &sqlite::Sqlite,
        Dialect::Postgres => &postgres::Postgres,
        Dialect::Mysql => &mysql::Mysql,
    }
}
