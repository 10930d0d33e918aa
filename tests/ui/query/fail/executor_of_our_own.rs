// A stranger's executor would see the driver.
use secure_forms::query::Executor;

struct Mine;

impl Executor for Mine {}

fn main() {}
