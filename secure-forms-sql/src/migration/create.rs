//! `CREATE` of views, types, functions and schemas.

use sqlparser::ast::{
    ArgMode, CreateDomain, CreateFunction, CreateView, DataType, FunctionReturnType, ObjectName, SchemaName,
    UserDefinedTypeRepresentation,
};
use sqlparser::tokenizer::TokenWithSpan;

use super::table::{declared_name, namespace};
use crate::problem::Problem;
use crate::schema::declared;
use crate::schema::{Schema, Signature, Table, TableKind, UserFunction, UserType};
use crate::span::Source;

impl Schema {
    pub(super) fn create_view(
        &mut self,
        source: &Source<'_>,
        tokens: &[TokenWithSpan],
        view: &CreateView,
    ) -> Result<(), Problem> {
        let key = self.key(&view.name);
        if self.tables.contains_key(&key) && !view.or_replace {
            if view.if_not_exists {
                return Ok(());
            }
            return Err(Problem::new(source.name(&view.name), format!("table `{}` already exists", key.1)));
        }
        let mut table = Table::new(declared_name(&view.name), namespace(&key), TableKind::View);
        self.refresh_public_types();
        let columns = crate::resolve::statement::columns_of(self, source, tokens, &view.query);
        self.take_columns(columns, &mut table);
        for (column, name) in table.columns.iter_mut().zip(&view.columns) {
            column.name = self.dialect.shown_name(&name.name);
            column.key = self.dialect.column_name(&name.name);
        }
        self.tables.insert(key, table);
        Ok(())
    }

    pub(super) fn create_type(&mut self, name: &ObjectName, representation: Option<&UserDefinedTypeRepresentation>) {
        let kind = match representation {
            Some(UserDefinedTypeRepresentation::Enum { labels }) => {
                UserType::Enum(labels.iter().map(|label| label.value.clone()).collect())
            }
            Some(UserDefinedTypeRepresentation::Composite { .. }) => UserType::Composite,
            _ => UserType::Other,
        };
        self.types.insert(self.dialect.qualified(name), kind);
    }

    pub(super) fn create_domain(&mut self, domain: &CreateDomain) {
        let base = self.known_type(declared::read(self.dialect, &domain.data_type).ty);
        self.types.insert(self.dialect.qualified(&domain.name), UserType::Domain(base));
    }

    pub(super) fn create_function(&mut self, function: &CreateFunction) {
        let signature = self.signature(function);
        let name = self.dialect.qualified(&function.name);
        let overloads = self.functions.entry(name).or_default();
        if function.or_replace && signature.is_none() {
            overloads.clear();
        }
        overloads.push(UserFunction { signature });
    }

    fn signature(&self, function: &CreateFunction) -> Option<Signature> {
        let FunctionReturnType::DataType(result) = function.return_type.as_ref()? else { return None };
        if matches!(result, DataType::Table(_) | DataType::NamedTable { .. } | DataType::Trigger) {
            return None;
        }
        let mut arguments = Vec::new();
        let mut defaults = 0;
        for argument in function.args.iter().flatten() {
            if !matches!(argument.mode, None | Some(ArgMode::In)) {
                return None;
            }
            defaults += usize::from(argument.default_expr.is_some());
            let ty = self.known_type(declared::read(self.dialect, &argument.data_type).ty);
            arguments.push((argument.name.as_ref().map(|name| self.dialect.column_name(name)), ty));
        }
        Some(Signature { arguments, defaults, result: self.known_type(declared::read(self.dialect, result).ty) })
    }

    pub(super) fn create_namespace(&mut self, name: &SchemaName) {
        let name = match name {
            SchemaName::Simple(name) | SchemaName::NamedAuthorization(name, _) => self.dialect.qualified(name),
            SchemaName::UnnamedAuthorization(ident) => self.dialect.table_name(ident),
        };
        self.namespaces.insert(name);
    }
}
