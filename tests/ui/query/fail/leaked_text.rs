// A `&'static str` can be made from any `String`, but it cannot become a constant.
use secure_forms::query::{Access, Checked, Columns, Dialect, Error, Stmt, Texts};

fn main() {
    let text: &'static str = String::from("DROP TABLE users").leak();
    struct Forged;
    impl Checked for Forged {
        const TEXTS: &'static [Texts] = &[Texts { dialect: Dialect::Sqlite, schema: 0, shapes: &[text], parts: &[] }];
        const ACCESS: Access = Access::Write;
        type Params = ();
        type Row = ();
        fn row(_: &Columns<'_>) -> Result<(), Error> {
            Ok(())
        }
    }
    let _ = Stmt::<Forged>::new(0, ());
}
