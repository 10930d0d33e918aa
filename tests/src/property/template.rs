//! The text of `query!`: a mistake has its place in the text; a good template becomes statements that the checker judges, each
//! with as many placeholders as values, and no brace of the template's is left in the SQL.

use secure_forms_sql::template::{AllRows, MAX_INDEPENDENT, MAX_SHAPES, Template};
use secure_forms_sql::{Dialect, Schema, check};

use super::Property;

pub(super) const PROPERTY: Property = Property {
    name: "template",
    seeds: &[
        "SELECT id FROM users WHERE org = {org} [AND name LIKE {q: contains?}] [AND age >= {min?}] LIMIT {n: max 100}",
        "SELECT id FROM users WHERE id IN {ids..} ORDER BY {sort: Sort::Name => name | Sort::Newest => id desc}",
        "UPDATE users SET name = {name} WHERE id = {user.id()}",
        "INSERT INTO users (name, org) VALUES ({name}, '{}') RETURNING id",
        "SELECT 'it''s [x]' /* c */ FROM users WHERE name = '{name}' -- ?1",
    ],
    holds,
};

fn holds(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    for dialect in [Dialect::Sqlite, Dialect::Postgres, Dialect::Mysql] {
        let schema = "CREATE TABLE users (id bigint PRIMARY KEY, name text NOT NULL, org text NOT NULL, age int)";
        let Ok(schema) = Schema::parse(dialect, &[("1.sql", schema)]) else { return };
        match Template::parse(text, dialect, AllRows::Refused) {
            Err(faults) => {
                assert!(!faults.is_empty());
                assert!(faults.iter().all(|fault| text.get(fault.span.clone()).is_some()), "{faults:?}");
            }
            Ok(template) => statements(&template, dialect, &schema),
        }
    }
}

fn statements(template: &Template<'_>, dialect: Dialect, schema: &Schema) {
    let shapes = template.shapes();
    assert!((1..=MAX_SHAPES).contains(&template.whole_shapes().len()));
    assert!((1..=2 * (MAX_SHAPES + MAX_INDEPENDENT)).contains(&shapes.len()));
    for shape in shapes {
        assert!(shape.slots.iter().all(|slot| *slot < template.slots().len()));
        let params = match check(dialect, schema, &shape.judged) {
            Ok(verdict) => verdict.params.len(),
            Err(problems) => {
                let places = problems.iter().map(|problem| shape.origin(problem.span.clone()));
                assert!(places.into_iter().all(|place| place.end <= template.text().len()), "{problems:?}");
                continue;
            }
        };
        assert_eq!(params, shape.slots.len(), "{}", shape.judged);
    }
}
