//! One statement from text to verdict: tokens, syntax, placeholders, then the resolver. In goes the text, out comes the
//! verdict or every problem that was found.

use sqlparser::ast::Statement;
use sqlparser::keywords::Keyword;
use sqlparser::parser::{Parser, ParserError};
use sqlparser::tokenizer::{Token, TokenWithSpan, Tokenizer};

use crate::dialect::Dialect;
use crate::problem::Problem;
use crate::resolve::statement;
use crate::schema::Schema;
use crate::span::Source;
use crate::stack::on_large_stack;
use crate::token::{is_bounded, is_space, keyword, lower_first};
use crate::verdict::Verdict;

/// How deep parentheses and sub-queries may be nested.
const NESTING: usize = 50;
/// How long a statement may be, in bytes.
const LONGEST: usize = 1 << 20;

/// Judges one statement: does the database prepare it, and what does it take and return?
///
/// `sql` is plain SQL with the dialect's own placeholders: `$1` (PostgreSQL), `?` (MySQL), `?`, `?1`, `:name` (SQLite). A
/// statement may be 1 MiB long and nested 50 deep.
///
/// ```
/// use secure_forms_sql::{Dialect, Schema, Type, check};
///
/// let schema = Schema::parse(Dialect::Sqlite, &[(
///     "1.sql",
///     "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL, age INTEGER)",
/// )])?;
/// let verdict = check(Dialect::Sqlite, &schema, "SELECT name, age FROM users WHERE id = ?1").expect("it is right");
/// assert_eq!(verdict.columns[0].name, "name");
/// assert_eq!((&verdict.columns[1].ty, verdict.columns[1].nullable), (&Type::I64, true));
/// assert_eq!(verdict.params[0].ty, Type::I64);
///
/// let problems = check(Dialect::Sqlite, &schema, "SELECT nmae FROM users").unwrap_err();
/// assert_eq!((problems[0].message.as_str(), problems[0].span.clone()), ("no column `nmae`", 7..11));
/// assert_eq!(problems[0].help.as_deref(), Some("did you mean `name`?"));
/// # Ok::<(), secure_forms_sql::SchemaError>(())
/// ```
///
/// # Errors
/// Every problem that was found, in the order of their places. [`Refused`](crate::ProblemKind::Refused) means that the
/// database would not prepare the statement, [`CannotJudge`](crate::ProblemKind::CannotJudge) that it may.
///
/// # Security
/// The verdict says what a statement means, not that it is safe: that text from outside never becomes a statement is
/// the work of the types that only take literal text.
pub fn check(dialect: Dialect, schema: &Schema, sql: &str) -> Result<Verdict, Vec<Problem>> {
    on_large_stack(|| judge(dialect, schema, sql))
        .unwrap_or_else(|| Err(vec![Problem::cannot_judge(0..sql.len(), "the system gave no thread to check it on")]))
}

fn judge(dialect: Dialect, schema: &Schema, sql: &str) -> Result<Verdict, Vec<Problem>> {
    let source = Source::new(sql);
    let (tokens, statement) = parse(dialect, &source, sql).map_err(|problem| vec![problem])?;
    statement::judge(dialect, schema, &source, &tokens, &statement)
}

pub(crate) fn parse(
    dialect: Dialect,
    source: &Source<'_>,
    sql: &str,
) -> Result<(Vec<TokenWithSpan>, Statement), Problem> {
    if sql.len() > LONGEST {
        return Err(Problem::cannot_judge(0..sql.len(), "the statement is longer than 1 MiB"));
    }
    let tokens = Tokenizer::new(dialect.grammar(), sql).tokenize_with_location().map_err(|error| {
        let start = source.byte(error.location).unwrap_or(0);
        Problem::new(start..sql.len().max(start), lower_first(&error.message))
    })?;
    let mut tokens: Vec<TokenWithSpan> = tokens.into_iter().filter(|token| token.token != Token::EOF).collect();
    // One semicolon at the end is no second statement.
    while tokens.last().is_some_and(|token| is_space(&token.token)) {
        tokens.pop();
    }
    if tokens.last().is_some_and(|token| token.token == Token::SemiColon) {
        tokens.pop();
    }
    if !tokens.iter().any(|token| !is_space(&token.token)) {
        return Err(Problem::new(source.all(), "there is no statement"));
    }
    if !is_bounded(&tokens) {
        return Err(Problem::cannot_judge(source.all(), "the statement has an expression that is too long to check"));
    }
    let mut parser =
        Parser::new(dialect.grammar()).with_recursion_limit(NESTING).with_tokens_with_locations(tokens.clone());
    let statement = parser.parse_statement().map_err(|error| syntax(source, &parser, &tokens, &error))?;
    let next = parser.next_token();
    if next.token == Token::EOF {
        return Ok((tokens, statement));
    }
    let span = source.known(next.span).unwrap_or_else(|| source.end());
    Err(match next.token {
        Token::SemiColon => Problem::new(span, "there is a second statement").help("send one statement at a time"),
        // SQLite's `ISNULL` and what else the parser does not know of a dialect.
        token @ Token::Word(_) => Problem::cannot_judge(span, format!("syntax error near `{token}`")),
        // MariaDB's operator MOD, which the parser takes for an alias.
        token @ Token::Number(..) if dialect == Dialect::Mysql => {
            Problem::cannot_judge(span, format!("syntax error near `{token}`"))
        }
        token => Problem::new(span, format!("syntax error near `{token}`")),
    })
}

/// The parser's refusal. It knows most of each dialect's grammar but not all: what begins like a statement that it has
/// no grammar for cannot be judged.
fn syntax(source: &Source<'_>, parser: &Parser<'_>, tokens: &[TokenWithSpan], error: &ParserError) -> Problem {
    let (message, location) = match error {
        ParserError::RecursionLimitExceeded => {
            return Problem::cannot_judge(source.all(), "the statement is nested too deeply to check");
        }
        ParserError::TokenizerError(message) | ParserError::ParserError(message) => split_location(message),
    };
    let at = location.and_then(|location| source.byte(location));
    let span = at.and_then(|at| token_at(source, tokens, at)).unwrap_or_else(|| {
        let token = parser.get_current_token();
        source.known(token.span).unwrap_or_else(|| source.end())
    });
    let message = format!("syntax error: {}", lower_first(message));
    // The parser does not know all of a dialect's grammar: only what no grammar has is surely wrong.
    let text = source.text(span.clone());
    if text.is_empty() || matches!(text, ")" | ";") || !begins_like_sql(tokens) {
        return Problem::new(span, message);
    }
    Problem::cannot_judge(span, message)
}

/// Whether the first word is one that a statement can begin with.
fn begins_like_sql(tokens: &[TokenWithSpan]) -> bool {
    let first = tokens.iter().find(|token| !is_space(&token.token)).map(|token| &token.token);
    match first {
        Some(Token::LParen) => true,
        Some(token) => keyword(token) != Keyword::NoKeyword,
        None => false,
    }
}

/// Takes the parser's ` at Line: 1, Column: 8` off a message.
fn split_location(message: &str) -> (&str, Option<sqlparser::tokenizer::Location>) {
    let Some((text, place)) = message.rsplit_once(" at Line: ") else { return (message, None) };
    let location = place.split_once(", Column: ").and_then(|(line, column)| {
        Some(sqlparser::tokenizer::Location { line: line.trim().parse().ok()?, column: column.trim().parse().ok()? })
    });
    (text, location)
}

fn token_at(source: &Source<'_>, tokens: &[TokenWithSpan], at: usize) -> Option<std::ops::Range<usize>> {
    tokens.iter().filter_map(|token| source.known(token.span)).find(|span| span.start == at)
}
