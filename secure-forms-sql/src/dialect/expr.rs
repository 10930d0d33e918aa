//! What the dialects' grammars allow and demand for expressions: one line for each difference, one table for each dialect, so that
//! a new dialect has to answer each.

use super::Dialect;

/// The rules for expressions.
#[derive(Debug)]
pub(crate) struct ExprRules {
    /// Arrays: `ARRAY[…]`, `a[1]`, `= ANY (array)`.
    pub(crate) arrays: bool,
    /// `ILIKE`.
    pub(crate) ilike: bool,
    /// `SIMILAR TO`.
    pub(crate) similar_to: bool,
    /// `RLIKE`.
    pub(crate) rlike: bool,
    /// `IS DISTINCT FROM`.
    pub(crate) is_distinct_from: bool,
    /// `a IS b` compares any two values.
    pub(crate) is_compares: bool,
    /// `= ANY (SELECT …)` and `= ALL (SELECT …)`.
    pub(crate) quantified: bool,
    /// `IN ()`.
    pub(crate) empty_in: bool,
    /// A row can stand beside a value in an operator.
    pub(crate) row_operands: bool,
    /// `+a` is an operator, which not every type has.
    pub(crate) sign_is_operator: bool,
    /// `CONVERT(a, type)` and `CONVERT(a USING charset)`.
    pub(crate) convert: bool,
    /// The text of `DATE '…'` is read when a statement is prepared, so that it is a value and not NULL.
    pub(crate) literals_are_read: bool,
    /// `EXTRACT(field FROM a)`.
    pub(crate) extract: bool,
    /// `POSITION(a IN b)`.
    pub(crate) position_in: bool,
    /// `OVERLAY(…)`.
    pub(crate) overlay: bool,
    /// `AT TIME ZONE`.
    pub(crate) at_time_zone: bool,
    /// `INTERVAL …`.
    pub(crate) interval: bool,
    /// `INTERVAL` takes text in quotes only.
    pub(crate) interval_of_text: bool,
    /// `_utf8 '…'`.
    pub(crate) charset_prefix: bool,
    /// `MATCH … AGAINST`.
    pub(crate) match_against: bool,
    /// `@name` is a variable, which has no declared type.
    pub(crate) variables: bool,
    /// The name of a table is its row, or the value of a function that gives one column.
    pub(crate) table_is_row: bool,
    /// `schema.table.column.field` of a composite type.
    pub(crate) composite_fields: bool,
    /// What is in double quotes and names no column is text.
    pub(crate) text_in_double_quotes: bool,
    /// Words like `position` are no names of functions unless they are quoted.
    pub(crate) keyword_functions: bool,
    /// `f(name => value)`.
    pub(crate) named_arguments: bool,
    /// DISTINCT in a call takes one argument.
    pub(crate) distinct_of_one: bool,
    /// FILTER behind an aggregate.
    pub(crate) filter: bool,
    /// SEPARATOR and LIMIT in a call.
    pub(crate) group_concat_clauses: bool,
    /// `timestampdiff(DAY, a, b)` begins with a unit.
    pub(crate) unit_arguments: bool,
    /// Functions of a row's place need an ORDER BY in their window.
    pub(crate) ordered_windows: bool,
    /// The function that `TRIM(a)` calls.
    pub(crate) trim: &'static str,
}

impl Dialect {
    pub(crate) fn expr(self) -> &'static ExprRules {
        match self {
            Self::Sqlite => &SQLITE,
            Self::Postgres => &POSTGRES,
            Self::Mysql => &MYSQL,
        }
    }
}

const SQLITE: ExprRules = ExprRules {
    arrays: false,
    ilike: false,
    similar_to: false,
    rlike: false,
    is_distinct_from: true,
    is_compares: true,
    quantified: false,
    empty_in: true,
    row_operands: false,
    sign_is_operator: false,
    convert: false,
    literals_are_read: false,
    extract: false,
    position_in: false,
    overlay: false,
    at_time_zone: false,
    interval: false,
    interval_of_text: false,
    charset_prefix: false,
    match_against: false,
    variables: false,
    table_is_row: false,
    composite_fields: false,
    text_in_double_quotes: true,
    keyword_functions: false,
    named_arguments: false,
    distinct_of_one: true,
    filter: true,
    group_concat_clauses: false,
    unit_arguments: false,
    ordered_windows: false,
    trim: "trim",
};

const POSTGRES: ExprRules = ExprRules {
    arrays: true,
    ilike: true,
    similar_to: true,
    rlike: false,
    is_distinct_from: true,
    is_compares: false,
    quantified: true,
    empty_in: false,
    row_operands: true,
    sign_is_operator: true,
    convert: false,
    literals_are_read: true,
    extract: true,
    position_in: true,
    overlay: true,
    at_time_zone: true,
    interval: true,
    interval_of_text: true,
    charset_prefix: false,
    match_against: false,
    variables: false,
    table_is_row: true,
    composite_fields: true,
    text_in_double_quotes: false,
    keyword_functions: true,
    named_arguments: true,
    distinct_of_one: false,
    filter: true,
    group_concat_clauses: false,
    unit_arguments: false,
    ordered_windows: false,
    trim: "btrim",
};

const MYSQL: ExprRules = ExprRules {
    arrays: false,
    ilike: false,
    similar_to: false,
    rlike: true,
    is_distinct_from: false,
    is_compares: false,
    quantified: true,
    empty_in: false,
    row_operands: false,
    sign_is_operator: false,
    convert: true,
    literals_are_read: false,
    extract: true,
    position_in: true,
    overlay: false,
    at_time_zone: false,
    interval: true,
    interval_of_text: false,
    charset_prefix: true,
    match_against: true,
    variables: true,
    table_is_row: false,
    composite_fields: false,
    text_in_double_quotes: false,
    keyword_functions: false,
    named_arguments: false,
    distinct_of_one: false,
    filter: false,
    group_concat_clauses: true,
    unit_arguments: true,
    ordered_windows: true,
    trim: "trim",
};
