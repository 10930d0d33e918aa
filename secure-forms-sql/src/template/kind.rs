//! What a statement may do: read rows and write rows. What changes the connection, the transaction or the schema is refused by its first word,
//! also when nothing else of the statement is judged: SQLite carries out some of it as soon as it is prepared ("PRAGMA Statements").

use super::lex::Kind;
use super::model::{Item, Template, What};
use crate::problem::Problem;
use secure_forms_core::nearest::nearest;

const READ_AND_WRITE: [&str; 8] = ["SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "REPLACE", "VALUES", "EXPLAIN"];

const WHAT: &str = "a query is a `SELECT`, `INSERT`, `UPDATE` or `DELETE`";

/// The first word of the statement, if it is no query's.
pub(super) fn problem(template: &Template<'_>) -> Option<Problem> {
    let text = |item: &Item| &template.text[item.span.clone()];
    let solid = template.items.iter().filter(|item| item.what != What::Token(Kind::Space) && text(item) != "(");
    let mut explained = false;
    for item in solid {
        let word = text(item).to_ascii_uppercase();
        match word.as_str() {
            "EXPLAIN" => explained = true,
            "QUERY" | "PLAN" | "ANALYZE" | "VERBOSE" if explained => {}
            known if READ_AND_WRITE.contains(&known) && item.what == What::Token(Kind::Word) => return None,
            _ => return Some(refused(item, &word)),
        }
    }
    None
}

fn refused(item: &Item, word: &str) -> Problem {
    let help = match word {
        "PRAGMA" | "ATTACH" | "DETACH" => {
            "it would change the connection for everybody who gets it next; settings stand in `Db::options`".to_owned()
        }
        "BEGIN" | "START" | "COMMIT" | "END" | "ROLLBACK" | "SAVEPOINT" | "RELEASE" => {
            "a transaction is a closure: `db.tx(|tx| { … }).await`".to_owned()
        }
        "VACUUM" | "REINDEX" | "ANALYZE" | "OPTIMIZE" => {
            "upkeep runs beside the program, with the database's own tool".to_owned()
        }
        "CREATE" | "DROP" | "ALTER" | "TRUNCATE" => "what makes or changes tables is a migration".to_owned(),
        word => nearest(word, READ_AND_WRITE)
            .map_or_else(|| "begin with one of these words".to_owned(), |near| format!("did you mean `{near}`?")),
    };
    Problem::new(item.span.clone(), WHAT).help(help)
}
