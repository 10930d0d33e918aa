//! A pattern becomes a table. Crates use the same few patterns again and again, and a table takes milliseconds in a macro
//! that is built without optimisation, so each is made once per run of the compiler.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use secure_forms_pattern::{Options, PatternError, compile};

use crate::model::form::checked::Engine;

thread_local! {
    static MADE: RefCell<HashMap<(String, Options), Engine>> = RefCell::default();
}

/// The table of a pattern; with the feature `regex` also what that crate runs; or what is wrong with it.
pub(super) fn compiled(source: &str, options: Options) -> Result<Engine, PatternError> {
    let key = (source.to_owned(), options);
    if let Some(made) = MADE.with_borrow(|made| made.get(&key).cloned()) {
        return Ok(made);
    }
    let new = compile(source, options).map(|compiled| Engine::Table(Rc::new(compiled)));
    #[cfg(feature = "regex")]
    let new = new.or_else(|error| without_a_table(source, options, error));
    let new = new?;
    MADE.with_borrow_mut(|made| made.insert(key, new.clone()));
    Ok(new)
}

#[cfg(feature = "regex")]
fn without_a_table(source: &str, options: Options, error: PatternError) -> Result<Engine, PatternError> {
    use secure_forms_pattern::{PatternProblem, for_regex};
    match error.problem {
        PatternProblem::TooLarge | PatternProblem::UnicodeWordBoundary => {
            for_regex(source, options).map(|spelled| Engine::Regex(Rc::new(spelled)))
        }
        _ => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use secure_forms_pattern::Scope;

    use super::*;

    fn table(source: &str, options: Options) -> Rc<secure_forms_pattern::Compiled> {
        match compiled(source, options).unwrap() {
            Engine::Table(table) => table,
            #[cfg(feature = "regex")]
            Engine::Regex(_) => panic!("{source} has a table"),
        }
    }

    #[test]
    fn one_text_and_one_meaning_make_one_table() {
        let (one, two) = (table("ab+", Options::default()), table("ab+", Options::default()));
        assert!(Rc::ptr_eq(&one, &two));
    }

    #[test]
    fn another_meaning_makes_another_table() {
        let whole = table("ab+", Options::default());
        let part = table("ab+", Options { scope: Scope::Search, ..Options::default() });
        assert!(part.matches("xabbx") && !whole.matches("xabbx"));
    }

    #[cfg(not(feature = "regex"))]
    #[test]
    fn what_has_no_table_is_reported_with_the_feature() {
        let error = compiled("[ab]*a[ab]{20}", Options::default()).err().unwrap();
        assert!(error.help().unwrap().contains("features = [\"regex\"]"));
    }

    #[cfg(feature = "regex")]
    #[test]
    fn what_has_no_table_is_left_to_the_crate() {
        assert!(matches!(compiled("[ab]*a[ab]{20}", Options::default()), Ok(Engine::Regex(_))));
        let error = compiled("(?:.{0,1000}){0,1000}x", Options::default()).err().unwrap();
        assert_eq!(error.to_string(), "this pattern is too large even for the `regex` crate");
        assert!(compiled("(?=a)b", Options::default()).is_err());
    }
}
