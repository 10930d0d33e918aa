//! The allocation contract of binding: one per owned `String` on the success path, none for text that borrows. Making the
//! submission (its own buffer) stands outside the measurement.

use std::borrow::Cow;

use allocation_counter::measure;
use secure_forms::{Bind, Form, Immediate, NoContext, Submission, Valid, testing};

#[derive(Debug, Form)]
struct Owned {
    #[field(length(1..=64), pattern("[a-z ]+"))]
    first: String,
    second: String,
    third: Option<String>,
    age: u8,
}

#[derive(Debug, Form)]
struct Borrowed<'a> {
    #[field(length(1..=64), pattern("[a-z ]+"))]
    first: &'a str,
    second: Cow<'a, str>,
    third: Option<&'a str>,
    age: u8,
}

const PLAIN: &str = "first=ada&second=lovelace&third=countess&age=36";
const ESCAPED: &str = "first=ada+l&second=%C3%A9t%C3%A9+%26&third=a%3Db&age=3%36";

fn allocations<T: for<'a> Probe<'a>>(body: &str) -> u64 {
    let mut submission = testing::submission(body);
    let mut good = false;
    let counted = measure(|| good = T::good(&mut submission));
    assert!(good, "{body} is accepted");
    counted.count_total
}

/// Binds a submission and says whether it was good; a borrowed form is another type for each lifetime.
trait Probe<'a> {
    fn good(submission: &'a mut Submission) -> bool;
}

impl Probe<'_> for Owned {
    fn good(submission: &mut Submission) -> bool {
        bound::<Owned>(submission).is_some_and(|form| !form.first.is_empty() && form.age == 36)
    }
}

struct Lent;

impl<'a> Probe<'a> for Lent {
    fn good(submission: &'a mut Submission) -> bool {
        bound::<Borrowed<'a>>(submission).is_some_and(|form| {
            matches!(form.second, Cow::Borrowed(_)) && !form.first.is_empty() && form.third.is_some() && form.age == 36
        })
    }
}

fn bound<'a, T: Bind<'a, Context = NoContext> + Immediate>(submission: &'a mut Submission) -> Option<Valid<T>> {
    submission.bind::<T>().ok()
}

#[test]
fn each_owned_string_costs_one_allocation() {
    assert_eq!(allocations::<Owned>(PLAIN), 3);
}

#[test]
fn an_absent_owned_string_costs_none() {
    assert_eq!(allocations::<Owned>("first=ada&second=lovelace&age=36"), 2);
}

#[test]
fn escaped_owned_strings_cost_no_more() {
    assert_eq!(allocations::<Owned>(ESCAPED), 3);
}

#[test]
fn borrowed_text_costs_none() {
    assert_eq!(allocations::<Lent>(PLAIN), 0);
}

#[test]
fn escaped_borrowed_text_is_decoded_in_place() {
    assert_eq!(allocations::<Lent>(ESCAPED), 0);
}
