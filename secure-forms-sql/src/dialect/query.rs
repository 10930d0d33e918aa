//! What the dialects' grammars allow and demand for queries: one line for each difference, one table for each dialect, so that
//! a new dialect has to answer each.

use super::Dialect;

/// Which joins need ON or USING.
#[derive(Clone, Copy, Debug)]
pub(crate) enum JoinCondition {
    Optional,
    OfOuter,
    Always,
}

/// How the arguments of a function in FROM are read.
#[derive(Clone, Copy, Debug)]
pub(crate) enum CallArguments {
    /// Not at all: no such function is known.
    Unread,
    /// As plain expressions.
    Plain,
    /// As in any other call.
    Checked,
}

/// The rules for queries.
#[derive(Debug)]
pub(crate) struct QueryRules {
    /// `FULL JOIN`.
    pub(crate) full_join: bool,
    /// `STRAIGHT_JOIN`.
    pub(crate) straight_join: bool,
    /// `CROSS JOIN` with a condition.
    pub(crate) cross_join_condition: bool,
    /// A comma in FROM binds no less than JOIN, and a condition sees what stands before it.
    pub(crate) comma_is_join: bool,
    /// USING leaves the left table's column in its place.
    pub(crate) using_keeps_left: bool,
    /// `LATERAL`.
    pub(crate) lateral: bool,
    /// A sub-query in FROM without an alias.
    pub(crate) unnamed_subquery: bool,
    /// `JSON_TABLE`.
    pub(crate) json_table: bool,
    /// Column names in a table's alias: `t (a, b)`.
    pub(crate) alias_columns: bool,
    /// Two tables of one name are refused only when a column is asked for.
    pub(crate) late_ambiguity: bool,
    /// `dual` is a table without columns.
    pub(crate) dual: bool,
    /// The columns of a query in FROM or WITH have names of their own.
    pub(crate) distinct_columns: bool,
    /// A list of names for a query's columns names all of them.
    pub(crate) all_columns_named: bool,
    /// HAVING sees the names that the select list gives.
    pub(crate) aliases_in_having: bool,
    /// WHERE sees them, too.
    pub(crate) aliases_in_where: bool,
    /// `SQL_CALC_FOUND_ROWS`, `STRAIGHT_JOIN`, … behind SELECT.
    pub(crate) select_modifiers: bool,
    /// `SELECT FROM t`.
    pub(crate) empty_select_list: bool,
    /// `a ISNULL`, which the parser takes for an alias.
    pub(crate) isnull_operator: bool,
    /// `*` behind other columns of a select list.
    pub(crate) wildcard_anywhere: bool,
    /// A column without an alias is called as it was written.
    pub(crate) columns_named_by_text: bool,
    /// The columns of VALUES are called as they were written.
    pub(crate) values_named_by_text: bool,
    /// `GROUP BY … WITH ROLLUP`.
    pub(crate) group_modifiers: bool,
    /// HAVING and ORDER BY aggregate only with GROUP BY or beside a selected aggregate.
    pub(crate) having_needs_group: bool,
    /// What is selected is grouped by, or aggregated (PostgreSQL 7.2.3).
    pub(crate) strict_grouping: bool,
    /// `NULLS FIRST` and `NULLS LAST`.
    pub(crate) nulls_first: bool,
    /// A name in ORDER BY that two columns of the result bear is ambiguous.
    pub(crate) strict_order: bool,
    /// `DISTINCT ON`.
    pub(crate) distinct_on: bool,
    /// ORDER BY of a SELECT DISTINCT must be in the select list.
    pub(crate) distinct_order_selected: bool,
    /// OFFSET without LIMIT.
    pub(crate) offset_alone: bool,
    /// `LIMIT a, b`.
    pub(crate) limit_pair: bool,
    /// LIMIT takes any expression.
    pub(crate) computed_limit: bool,
    /// `INTERSECT ALL` and `EXCEPT ALL`.
    pub(crate) all_of_any_set: bool,
    /// `FOR UPDATE` and `FETCH FIRST`.
    pub(crate) locks_and_fetch: bool,
    /// FOR UPDATE locks rows of tables: none that a query made of several.
    pub(crate) locks_need_tables: bool,
    /// A query of WITH may name itself without RECURSIVE.
    pub(crate) implicit_recursion: bool,
    /// The first part of a recursive query settles the types of its columns.
    pub(crate) fixed_recursion: bool,
    /// A write inside of WITH.
    pub(crate) write_in_with: bool,
    /// A write behind WITH.
    pub(crate) write_behind_with: bool,
    /// Tables have a hidden `rowid`.
    pub(crate) rowid: bool,
    /// Tables have `ctid`, `xmin`, ….
    pub(crate) system_columns: bool,
    /// Which joins need ON or USING.
    pub(crate) join_condition: JoinCondition,
    /// How the arguments of a function in FROM are read.
    pub(crate) call_arguments: CallArguments,
}

impl Dialect {
    pub(crate) fn query(self) -> &'static QueryRules {
        match self {
            Self::Sqlite => &SQLITE,
            Self::Postgres => &POSTGRES,
            Self::Mysql => &MYSQL,
        }
    }
}

const SQLITE: QueryRules = QueryRules {
    full_join: true,
    straight_join: false,
    cross_join_condition: true,
    comma_is_join: true,
    using_keeps_left: true,
    lateral: false,
    unnamed_subquery: true,
    json_table: false,
    alias_columns: false,
    late_ambiguity: true,
    dual: false,
    distinct_columns: false,
    all_columns_named: true,
    aliases_in_having: true,
    aliases_in_where: true,
    select_modifiers: false,
    empty_select_list: false,
    isnull_operator: true,
    wildcard_anywhere: true,
    columns_named_by_text: true,
    values_named_by_text: false,
    group_modifiers: false,
    having_needs_group: true,
    strict_grouping: false,
    nulls_first: true,
    strict_order: false,
    distinct_on: false,
    distinct_order_selected: false,
    offset_alone: false,
    limit_pair: true,
    computed_limit: true,
    all_of_any_set: false,
    locks_and_fetch: false,
    locks_need_tables: false,
    implicit_recursion: true,
    fixed_recursion: false,
    write_in_with: false,
    write_behind_with: true,
    rowid: true,
    system_columns: false,
    join_condition: JoinCondition::Optional,
    call_arguments: CallArguments::Plain,
};

const POSTGRES: QueryRules = QueryRules {
    full_join: true,
    straight_join: false,
    cross_join_condition: false,
    comma_is_join: false,
    using_keeps_left: false,
    lateral: true,
    unnamed_subquery: false,
    json_table: false,
    alias_columns: true,
    late_ambiguity: false,
    dual: false,
    distinct_columns: false,
    all_columns_named: false,
    aliases_in_having: false,
    aliases_in_where: false,
    select_modifiers: false,
    empty_select_list: true,
    isnull_operator: false,
    wildcard_anywhere: true,
    columns_named_by_text: false,
    values_named_by_text: false,
    group_modifiers: false,
    having_needs_group: false,
    strict_grouping: true,
    nulls_first: true,
    strict_order: true,
    distinct_on: true,
    distinct_order_selected: true,
    offset_alone: true,
    limit_pair: false,
    computed_limit: true,
    all_of_any_set: true,
    locks_and_fetch: true,
    locks_need_tables: true,
    implicit_recursion: false,
    fixed_recursion: true,
    write_in_with: true,
    write_behind_with: false,
    rowid: false,
    system_columns: true,
    join_condition: JoinCondition::Always,
    call_arguments: CallArguments::Checked,
};

const MYSQL: QueryRules = QueryRules {
    full_join: false,
    straight_join: true,
    cross_join_condition: true,
    comma_is_join: false,
    using_keeps_left: false,
    lateral: false,
    unnamed_subquery: false,
    json_table: true,
    alias_columns: true,
    late_ambiguity: false,
    dual: true,
    distinct_columns: true,
    all_columns_named: true,
    aliases_in_having: true,
    aliases_in_where: false,
    select_modifiers: true,
    empty_select_list: false,
    isnull_operator: false,
    wildcard_anywhere: false,
    columns_named_by_text: true,
    values_named_by_text: true,
    group_modifiers: true,
    having_needs_group: false,
    strict_grouping: false,
    nulls_first: false,
    strict_order: false,
    distinct_on: false,
    distinct_order_selected: false,
    offset_alone: false,
    limit_pair: true,
    computed_limit: false,
    all_of_any_set: true,
    locks_and_fetch: true,
    locks_need_tables: false,
    implicit_recursion: false,
    fixed_recursion: false,
    write_in_with: false,
    write_behind_with: false,
    rowid: false,
    system_columns: false,
    join_condition: JoinCondition::OfOuter,
    call_arguments: CallArguments::Unread,
};
