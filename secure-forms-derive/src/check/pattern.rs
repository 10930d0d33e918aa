//! A pattern becomes a table. Crates use the same few patterns again and again, and a table takes milliseconds in a macro
//! that is built without optimisation, so each is made once per run of the compiler.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use secure_forms_core::pattern::{Compiled, Options, PatternError, compile};

thread_local! {
    static MADE: RefCell<HashMap<(String, Options), Rc<Compiled>>> = RefCell::default();
}

/// The table of a pattern, or what is wrong with it.
pub(super) fn compiled(source: &str, options: Options) -> Result<Rc<Compiled>, PatternError> {
    let key = (source.to_owned(), options);
    if let Some(made) = MADE.with_borrow(|made| made.get(&key).cloned()) {
        return Ok(made);
    }
    let new = Rc::new(compile(source, options)?);
    MADE.with_borrow_mut(|made| made.insert(key, Rc::clone(&new)));
    Ok(new)
}

#[cfg(test)]
mod tests {
    use secure_forms_core::pattern::Scope;

    use super::*;

    #[test]
    fn one_text_and_one_meaning_make_one_table() {
        let (one, two) = (compiled("ab+", Options::default()), compiled("ab+", Options::default()));
        assert!(Rc::ptr_eq(&one.unwrap(), &two.unwrap()));
    }

    #[test]
    fn another_meaning_makes_another_table() {
        let whole = compiled("ab+", Options::default()).unwrap();
        let part = compiled("ab+", Options { scope: Scope::Search, ..Options::default() }).unwrap();
        assert!(part.matches("xabbx") && !whole.matches("xabbx"));
    }
}
