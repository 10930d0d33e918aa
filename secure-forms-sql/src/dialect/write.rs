//! What the dialects' grammars allow and demand for writes, and for statements that are neither: one line for each difference, one table for each dialect, so that
//! a new dialect has to answer each.

use super::Dialect;

/// The rules for writes, and for statements that are neither.
#[derive(Debug)]
pub(crate) struct WriteRules {
    /// `INSERT OR …` and `UPDATE OR …`.
    pub(crate) or_action: bool,
    /// `INSERT IGNORE`.
    pub(crate) insert_ignore: bool,
    /// `REPLACE`.
    pub(crate) replace: bool,
    /// `OVERRIDING SYSTEM VALUE`.
    pub(crate) overriding: bool,
    /// `INSERT t …`.
    pub(crate) insert_without_into: bool,
    /// `INSERT LOW_PRIORITY`.
    pub(crate) insert_priority: bool,
    /// `INSERT INTO t SET a = 1`.
    pub(crate) insert_set: bool,
    /// `ON DUPLICATE KEY UPDATE`.
    pub(crate) duplicate_key_update: bool,
    /// A column may be named twice in an INSERT.
    pub(crate) repeated_column: bool,
    /// A column may be set twice.
    pub(crate) repeated_set: bool,
    /// An INSERT without column names may have fewer values.
    pub(crate) fewer_values: bool,
    /// `VALUES ()`.
    pub(crate) empty_row: bool,
    /// A value may name the columns before it.
    pub(crate) values_see_table: bool,
    /// An INSERT that names no columns leaves computed ones out.
    pub(crate) computed_left_out: bool,
    /// Writing a computed column is refused before the statement runs.
    pub(crate) computed_refused: bool,
    /// DEFAULT is a value.
    pub(crate) default_value: bool,
    /// SET may say which table's column is meant.
    pub(crate) qualified_set: bool,
    /// `ON CONFLICT`.
    pub(crate) on_conflict: bool,
    /// `ON CONFLICT ON CONSTRAINT`.
    pub(crate) on_constraint: bool,
    /// `DO UPDATE` needs to say which columns conflict.
    pub(crate) conflict_columns_required: bool,
    /// The index of the columns that conflict is looked for when a statement is prepared.
    pub(crate) conflict_index_known: bool,
    /// A bare name never means a column of `excluded`.
    pub(crate) excluded_is_qualified: bool,
    /// UPDATE of a join, DELETE from several tables.
    pub(crate) several_targets: bool,
    /// ORDER BY and LIMIT of UPDATE and DELETE.
    pub(crate) ordered: bool,
    /// `UPDATE … FROM`.
    pub(crate) update_from: bool,
    /// `DELETE … USING`.
    pub(crate) delete_using: bool,
    /// AS is needed before the alias of the table that is written.
    pub(crate) alias_needs_as: bool,
    /// RETURNING of an UPDATE.
    pub(crate) update_returning: bool,
    /// RETURNING sees the written table only.
    pub(crate) returning_sees_target: bool,
    /// `NOTIFY`, `LISTEN`, `UNLISTEN`.
    pub(crate) notify: bool,
    /// `SHOW VARIABLES`, `SHOW STATUS`.
    pub(crate) show_variables: bool,
    /// CREATE TABLE looks whether the table exists when it is prepared.
    pub(crate) create_looks: bool,
    /// A parameter whose type nothing tells is refused.
    pub(crate) typed_parameters: bool,
}

impl Dialect {
    pub(crate) fn write(self) -> &'static WriteRules {
        match self {
            Self::Sqlite => &SQLITE,
            Self::Postgres => &POSTGRES,
            Self::Mysql => &MYSQL,
        }
    }
}

const SQLITE: WriteRules = WriteRules {
    or_action: true,
    insert_ignore: false,
    replace: true,
    overriding: false,
    insert_without_into: false,
    insert_priority: false,
    insert_set: false,
    duplicate_key_update: false,
    repeated_column: true,
    repeated_set: true,
    fewer_values: false,
    empty_row: false,
    values_see_table: false,
    computed_left_out: true,
    computed_refused: true,
    default_value: false,
    qualified_set: false,
    on_conflict: true,
    on_constraint: false,
    conflict_columns_required: false,
    conflict_index_known: true,
    excluded_is_qualified: true,
    several_targets: false,
    ordered: false,
    update_from: true,
    delete_using: false,
    alias_needs_as: true,
    update_returning: true,
    returning_sees_target: true,
    notify: false,
    show_variables: false,
    create_looks: true,
    typed_parameters: false,
};

const POSTGRES: WriteRules = WriteRules {
    or_action: false,
    insert_ignore: false,
    replace: false,
    overriding: true,
    insert_without_into: false,
    insert_priority: false,
    insert_set: false,
    duplicate_key_update: false,
    repeated_column: false,
    repeated_set: false,
    fewer_values: true,
    empty_row: false,
    values_see_table: false,
    computed_left_out: false,
    computed_refused: true,
    default_value: true,
    qualified_set: false,
    on_conflict: true,
    on_constraint: true,
    conflict_columns_required: true,
    conflict_index_known: false,
    excluded_is_qualified: false,
    several_targets: false,
    ordered: false,
    update_from: true,
    delete_using: true,
    alias_needs_as: false,
    update_returning: true,
    returning_sees_target: false,
    notify: true,
    show_variables: false,
    create_looks: false,
    typed_parameters: true,
};

const MYSQL: WriteRules = WriteRules {
    or_action: false,
    insert_ignore: true,
    replace: true,
    overriding: false,
    insert_without_into: true,
    insert_priority: true,
    insert_set: true,
    duplicate_key_update: true,
    repeated_column: false,
    repeated_set: true,
    fewer_values: false,
    empty_row: true,
    values_see_table: true,
    computed_left_out: false,
    computed_refused: false,
    default_value: true,
    qualified_set: true,
    on_conflict: false,
    on_constraint: false,
    conflict_columns_required: false,
    conflict_index_known: false,
    excluded_is_qualified: false,
    several_targets: true,
    ordered: true,
    update_from: false,
    delete_using: true,
    alias_needs_as: false,
    update_returning: false,
    returning_sees_target: false,
    notify: false,
    show_variables: true,
    create_looks: false,
    typed_parameters: false,
};
