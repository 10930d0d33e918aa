//! A migration's text cut into statements, each handed on to what it changes. In goes a text, out comes the changed schema.

use sqlparser::ast::Statement;
use sqlparser::keywords::Keyword;
use sqlparser::parser::Parser;
use sqlparser::tokenizer::{Token, TokenWithSpan, Tokenizer};

use super::table::virtual_column;
use crate::dialect::Dialect;
use crate::problem::Problem;
use crate::schema::{Schema, Table, TableKind, UserFunction, UserType};
use crate::span::Source;
use crate::token::{is_bounded, is_space, keyword, lower_first};

/// How deep parentheses may be nested in a statement.
pub(crate) const NESTING: usize = 50;

/// Words that stand between a verb and what it is about.
const BETWEEN: [Keyword; 10] = [
    Keyword::OR,
    Keyword::REPLACE,
    Keyword::TEMP,
    Keyword::TEMPORARY,
    Keyword::UNLOGGED,
    Keyword::GLOBAL,
    Keyword::LOCAL,
    Keyword::FOREIGN,
    Keyword::EXTERNAL,
    Keyword::RECURSIVE,
];

impl Schema {
    pub(super) fn run(&mut self, text: &str) -> Result<(), Problem> {
        let source = Source::new(text);
        let tokens = Tokenizer::new(self.dialect.grammar(), text).tokenize_with_location().map_err(|error| {
            let at = source.byte(error.location).unwrap_or(0);
            Problem::new(at..text.len(), lower_first(&error.message))
        })?;
        for statement in statements(&tokens) {
            match parse(self.dialect, statement) {
                Some(parsed) => self.apply(&source, statement, &parsed)?,
                None => self.apply_unread(statement),
            }
        }
        self.refresh_public_types();
        Ok(())
    }

    fn apply(&mut self, source: &Source<'_>, tokens: &[TokenWithSpan], statement: &Statement) -> Result<(), Problem> {
        match statement {
            Statement::CreateTable(table) => self.create_table(source, tokens, table)?,
            Statement::CreateView(view) => self.create_view(source, tokens, view)?,
            Statement::CreateVirtualTable { .. } => self.apply_unread(tokens),
            Statement::CreateIndex(index) => self.create_index(index),
            Statement::CreateType { name, representation } => self.create_type(name, representation.as_ref()),
            Statement::CreateDomain(domain) => self.create_domain(domain),
            Statement::CreateFunction(function) => self.create_function(function),
            Statement::CreateSchema { schema_name, .. } => self.create_namespace(schema_name),
            Statement::CreateDatabase { db_name, .. } => {
                self.namespaces.insert(self.dialect.qualified(db_name));
            }
            Statement::CreateExtension(_) => self.uncertain = true,
            Statement::AlterTable(alter) => self.alter_table(source, alter)?,
            Statement::AlterType(alter) => self.alter_type(alter),
            Statement::RenameTable(renames) => {
                for rename in renames {
                    self.rename_table(source, &rename.old_name, &rename.new_name, false)?;
                }
            }
            Statement::Drop { object_type, if_exists, names, .. } => {
                self.drop(source, *object_type, *if_exists, names)?
            }
            Statement::DropFunction(function) => {
                for described in &function.func_desc {
                    self.functions.remove(&self.dialect.qualified(&described.name));
                }
            }
            Statement::DropDomain(domain) => {
                self.types.remove(&self.dialect.qualified(&domain.name));
            }
            _ => self.apply_unread(tokens),
        }
        Ok(())
    }

    /// A statement that the parser does not know, or that nothing above follows: what may it have changed?
    fn apply_unread(&mut self, tokens: &[TokenWithSpan]) {
        let words: Vec<&TokenWithSpan> = tokens.iter().filter(|token| !is_space(&token.token)).collect();
        let keyword = |at: usize| words.get(at).map_or(Keyword::NoKeyword, |token| keyword(&token.token));
        let mut at = 1;
        while BETWEEN.contains(&keyword(at)) {
            at += 1;
        }
        let materialized = keyword(at) == Keyword::MATERIALIZED;
        let object = if materialized { at + 1 } else { at };
        let named = |from: usize| self.name_after(&words, from);
        match (keyword(0), keyword(object)) {
            (Keyword::CREATE, Keyword::TABLE) => self.add_unread_table(named(object + 1), TableKind::Table),
            (Keyword::CREATE, Keyword::VIEW) => self.add_unread_table(named(object + 1), TableKind::View),
            (Keyword::CREATE, Keyword::VIRTUAL) => {
                let name = named(object + 2);
                let columns = full_text_columns(self.dialect, &words);
                self.add_virtual_table(name, columns);
            }
            (Keyword::CREATE, Keyword::FUNCTION | Keyword::PROCEDURE) => {
                if let Some((namespace, name)) = named(object + 1) {
                    let name = if namespace.is_empty() { name } else { format!("{namespace}.{name}") };
                    self.functions.entry(name).or_default().push(UserFunction { signature: None });
                }
            }
            (Keyword::CREATE, Keyword::TYPE | Keyword::DOMAIN) => {
                if let Some((namespace, name)) = named(object + 1) {
                    let name = if namespace.is_empty() { name } else { format!("{namespace}.{name}") };
                    self.types.insert(name, UserType::Other);
                }
            }
            (Keyword::ALTER, Keyword::TABLE | Keyword::VIEW) => self.doubt_or_move(&words, named(object + 1)),
            (Keyword::DROP, Keyword::TABLE | Keyword::VIEW) => {
                if let Some(key) = named(object + 1) {
                    self.tables.remove(&key);
                }
            }
            (Keyword::DO | Keyword::SELECT | Keyword::CALL | Keyword::EXECUTE | Keyword::LOAD | Keyword::ATTACH, _) => {
                // Functions can make tables.
                self.uncertain |= keyword(0) != Keyword::SELECT;
            }
            (
                Keyword::CREATE,
                Keyword::EXTENSION | Keyword::RULE | Keyword::AGGREGATE | Keyword::OPERATOR | Keyword::CAST,
            ) => {
                self.uncertain = true;
            }
            _ => {}
        }
    }

    /// `ALTER … SET SCHEMA`, and else a doubt about the table.
    fn doubt_or_move(&mut self, words: &[&TokenWithSpan], key: Option<(String, String)>) {
        let Some(key) = key else { return };
        let tail: Vec<&Token> = words.iter().rev().take(3).map(|token| &token.token).collect();
        if let [Token::Word(target), schema, set] = tail.as_slice()
            && (keyword(schema), keyword(set)) == (Keyword::SCHEMA, Keyword::SET)
        {
            if let Some(mut table) = self.tables.remove(&key) {
                let namespace = self.dialect.table_name(&target.to_ident(sqlparser::tokenizer::Span::empty()));
                table.namespace = (namespace != "public").then(|| namespace.clone());
                let namespace = table.namespace.clone().unwrap_or_default();
                self.tables.insert((namespace, key.1), table);
            }
        } else if let Some(table) = self.tables.get_mut(&key) {
            table.uncertain = true;
        }
    }

    fn name_after(&self, words: &[&TokenWithSpan], from: usize) -> Option<(String, String)> {
        let mut rest =
            words.iter().skip(from).map(|token| &token.token).skip_while(|token| {
                matches!(keyword(token), Keyword::IF | Keyword::NOT | Keyword::EXISTS | Keyword::ONLY)
            });
        let ident = |token: &Token| match token {
            Token::Word(word) => Some(self.dialect.table_name(&word.to_ident(sqlparser::tokenizer::Span::empty()))),
            _ => None,
        };
        let first = ident(rest.next()?)?;
        match (rest.next(), rest.next()) {
            (Some(Token::Period), Some(second)) => Some(self.default_namespace((first, ident(second)?))),
            _ => Some((String::new(), first)),
        }
    }

    fn default_namespace(&self, (namespace, name): (String, String)) -> (String, String) {
        let is_default = match self.dialect {
            Dialect::Sqlite => namespace == "main" || namespace == "temp",
            Dialect::Postgres => namespace == "public" || namespace == "pg_temp",
            Dialect::Mysql => false,
        };
        (if is_default { String::new() } else { namespace }, name)
    }

    fn add_unread_table(&mut self, key: Option<(String, String)>, kind: TableKind) {
        let Some((namespace, name)) = key else { return };
        let mut table = Table::new(name.clone(), (!namespace.is_empty()).then(|| namespace.clone()), kind);
        table.uncertain = true;
        self.tables.entry((namespace, name)).or_insert(table);
    }

    fn add_virtual_table(&mut self, key: Option<(String, String)>, columns: Option<Vec<String>>) {
        let Some((namespace, name)) = key else { return };
        let mut table = Table::new(name.clone(), None, TableKind::Virtual);
        match columns {
            Some(columns) => table.columns = columns.into_iter().map(virtual_column).collect(),
            None => table.uncertain = true,
        }
        self.tables.entry((namespace, name)).or_insert(table);
    }
}

/// The columns of an FTS table: every argument that sets no option (SQLite "FTS5" 4).
fn full_text_columns(dialect: Dialect, words: &[&TokenWithSpan]) -> Option<Vec<String>> {
    let module = words.iter().position(|token| keyword(&token.token) == Keyword::USING)? + 1;
    match words.get(module).map(|token| &token.token) {
        Some(Token::Word(word)) if matches!(word.value.to_ascii_lowercase().as_str(), "fts5" | "fts4" | "fts3") => {}
        _ => return None,
    }
    let inner = words.get(module + 2..words.len().checked_sub(1)?)?;
    let mut columns = Vec::new();
    for argument in inner.split(|token| token.token == Token::Comma) {
        if argument.iter().any(|token| token.token == Token::Eq) {
            continue;
        }
        match argument.first().map(|token| &token.token) {
            Some(Token::Word(word)) => columns.push(word.value.clone()),
            _ => return None,
        }
    }
    (dialect == Dialect::Sqlite).then_some(columns)
}

/// Cuts at semicolons, except those inside the body of a trigger or a routine.
fn statements(tokens: &[TokenWithSpan]) -> Vec<&[TokenWithSpan]> {
    let mut found = Vec::new();
    let (mut start, mut depth, mut routine) = (0, 0_usize, false);
    for (at, token) in tokens.iter().enumerate() {
        match (&token.token, keyword(&token.token)) {
            (_, Keyword::TRIGGER | Keyword::PROCEDURE | Keyword::FUNCTION | Keyword::EVENT)
                if tokens.get(start..at).is_some_and(begins_with_create) =>
            {
                routine = true;
            }
            (_, Keyword::BEGIN | Keyword::CASE) if routine => depth += 1,
            (_, Keyword::END) => depth = depth.saturating_sub(1),
            (Token::SemiColon, _) if depth == 0 => {
                found.extend(tokens.get(start..at));
                (start, routine) = (at + 1, false);
            }
            _ => {}
        }
    }
    found.extend(tokens.get(start..));
    found.retain(|statement| statement.iter().any(|token| !is_space(&token.token) && token.token != Token::EOF));
    found
}

fn begins_with_create(tokens: &[TokenWithSpan]) -> bool {
    tokens.iter().find(|token| !is_space(&token.token)).is_some_and(|token| keyword(&token.token) == Keyword::CREATE)
}

fn parse(dialect: Dialect, tokens: &[TokenWithSpan]) -> Option<Statement> {
    if !is_bounded(tokens) {
        return None;
    }
    let mut parser =
        Parser::new(dialect.grammar()).with_recursion_limit(NESTING).with_tokens_with_locations(tokens.to_vec());
    let statement = parser.parse_statement().ok()?;
    (parser.peek_token_ref().token == Token::EOF).then_some(statement)
}
