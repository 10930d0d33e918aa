use secure_forms::query::{Error, Tx};

fn run(tx: &Tx) -> Result<(), Error> {
    tx.execute("DROP TABLE users")?;
    Ok(())
}

fn main() {}
