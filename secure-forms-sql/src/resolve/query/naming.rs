//! Names of result columns that have no alias. In goes an expression, out comes what the database calls its column: a
//! function's name in PostgreSQL (`FigureColname`), the text as it was written in SQLite and MariaDB.

use sqlparser::ast::{Expr, Select, TrimWhereField};
use sqlparser::tokenizer::Token;

use crate::dialect::Dialect;
use crate::resolve::resolver::Resolver;
use crate::schema::declared;
use crate::token::{is_space, keyword};
use crate::types::Ty;
use crate::typing::value::Typed;

/// The name of a column that has no alias.
pub(crate) fn output_name(r: &Resolver<'_>, expr: &Expr, typed: &Typed, text: Option<&str>) -> String {
    match r.dialect {
        Dialect::Postgres => postgres_name(expr).map_or_else(|| "?column?".to_owned(), |(name, _)| name),
        Dialect::Sqlite => match &typed.column {
            Some(column) if simple_column(expr) => column.clone(),
            _ => text.unwrap_or_default().to_owned(),
        },
        Dialect::Mysql => match last_part(expr) {
            Some(name) => name.to_owned(),
            // MariaDB names a string by what is in it.
            None => typed.literal.clone().unwrap_or_else(|| {
                let text = text.unwrap_or_default();
                // Parentheses around a single value are not part of its name.
                if bare_value(expr) { text.trim_matches(['(', ')', ' ']) } else { text }.to_owned()
            }),
        },
    }
}

/// The texts of a select list's items, which are the columns' names in SQLite and MariaDB.
pub(crate) fn item_texts(r: &Resolver<'_>, select: &Select) -> Vec<String> {
    texts_after(r, r.source.byte(select.select_token.0.span.end))
}

/// The texts between commas from a byte to the end of the list.
pub(crate) fn texts_after(r: &Resolver<'_>, start: Option<usize>) -> Vec<String> {
    let Some(start) = start.filter(|_| r.dialect.query().columns_named_by_text) else { return Vec::new() };
    let mut texts = Vec::new();
    let (mut depth, mut from, mut to) = (0_usize, None, 0);
    let mut last = String::new();
    let skip = ["DISTINCT", "ALL", "SQL_CALC_FOUND_ROWS", "STRAIGHT_JOIN", "HIGH_PRIORITY"];
    for token in r.tokens {
        let Some(span) = r.source.known(token.span).filter(|span| span.start >= start) else { continue };
        let word = token.token.to_string().to_ascii_uppercase();
        match &token.token {
            space if is_space(space) => continue,
            Token::LParen => depth += 1,
            Token::RParen if depth == 0 => break,
            Token::RParen => depth -= 1,
            Token::Comma if depth == 0 => {
                texts.extend(from.take().map(|from| r.source.text(from..to).to_owned()));
                continue;
            }
            // The FROM of `IS DISTINCT FROM` ends nothing.
            own if depth == 0 && ends_list(keyword(own)) && !(word == "FROM" && last == "DISTINCT") => break,
            _ if from.is_none() && texts.is_empty() && skip.contains(&word.as_str()) => continue,
            _ => {}
        }
        from = from.or(Some(span.start));
        to = span.end;
        last = word;
    }
    texts.extend(from.map(|from| r.source.text(from..to).to_owned()));
    texts
}

fn ends_list(keyword: sqlparser::keywords::Keyword) -> bool {
    use sqlparser::keywords::Keyword as K;
    matches!(
        keyword,
        K::FROM
            | K::WHERE
            | K::GROUP
            | K::HAVING
            | K::ORDER
            | K::LIMIT
            | K::UNION
            | K::EXCEPT
            | K::INTERSECT
            | K::WINDOW
            | K::FOR
    )
}

fn simple_column(expr: &Expr) -> bool {
    match expr {
        Expr::Identifier(_) | Expr::CompoundIdentifier(_) => true,
        Expr::Nested(inner) => simple_column(inner),
        _ => false,
    }
}

fn bare_value(expr: &Expr) -> bool {
    match expr {
        Expr::Nested(inner) => bare_value(inner),
        Expr::Value(_) => true,
        _ => false,
    }
}

fn last_part(expr: &Expr) -> Option<&str> {
    match expr {
        Expr::Nested(inner) => last_part(inner),
        Expr::Identifier(ident) => Some(&ident.value),
        Expr::CompoundIdentifier(parts) => parts.last().map(|ident| ident.value.as_str()),
        _ => None,
    }
}

/// FigureColname of PostgreSQL's parser: the name and whether it is a strong one (a cast gives a weak one).
fn postgres_name(expr: &Expr) -> Option<(String, bool)> {
    let strong = |name: &str| Some((name.to_owned(), true));
    match expr {
        Expr::Identifier(ident) => Some((Dialect::Postgres.column_name(ident), true)),
        Expr::CompoundIdentifier(parts) => parts.last().map(|ident| (Dialect::Postgres.column_name(ident), true)),
        Expr::CompoundFieldAccess { root, .. } => postgres_name(root),
        Expr::Nested(inner) | Expr::Collate { expr: inner, .. } => postgres_name(inner),
        Expr::Cast { expr, data_type, .. } => match postgres_name(expr) {
            Some((name, true)) => Some((name, true)),
            _ => Some((cast_name(data_type), false)),
        },
        Expr::TypedString(typed) => Some((cast_name(&typed.data_type), false)),
        Expr::Function(function) => {
            let ident = function.name.0.last().and_then(|part| part.as_ident())?;
            Some((Dialect::Postgres.column_name(ident), true))
        }
        Expr::Case { else_result, .. } => match else_result.as_deref().and_then(postgres_name) {
            Some((name, true)) => Some((name, true)),
            _ => Some(("case".to_owned(), false)),
        },
        Expr::Subquery(query) => match query.body.as_ref() {
            sqlparser::ast::SetExpr::Select(select) => match select.projection.first()? {
                sqlparser::ast::SelectItem::ExprWithAlias { alias, .. } => {
                    Some((Dialect::Postgres.column_name(alias), true))
                }
                sqlparser::ast::SelectItem::UnnamedExpr(expr) => postgres_name(expr),
                _ => None,
            },
            _ => None,
        },
        Expr::Exists { negated: false, .. } => strong("exists"),
        Expr::Array(_) => strong("array"),
        Expr::Extract { .. } => strong("extract"),
        Expr::Position { .. } => strong("position"),
        Expr::Substring { shorthand, .. } => strong(if *shorthand { "substr" } else { "substring" }),
        Expr::Overlay { .. } => strong("overlay"),
        Expr::AtTimeZone { .. } => strong("timezone"),
        Expr::Ceil { .. } => strong("ceil"),
        Expr::Floor { .. } => strong("floor"),
        Expr::Interval(_) => Some(("interval".to_owned(), false)),
        Expr::Tuple(_) => strong("row"),
        Expr::Trim { trim_where, .. } => strong(match trim_where {
            Some(TrimWhereField::Leading) => "ltrim",
            Some(TrimWhereField::Trailing) => "rtrim",
            Some(TrimWhereField::Both) | None => "btrim",
        }),
        _ => None,
    }
}

fn cast_name(data_type: &sqlparser::ast::DataType) -> String {
    match declared::read(Dialect::Postgres, data_type).ty {
        Ty::Named(name) | Ty::Array(name) => name.rsplit('.').next().unwrap_or_default().to_owned(),
        Ty::Any | Ty::Open => "?column?".to_owned(),
    }
}
