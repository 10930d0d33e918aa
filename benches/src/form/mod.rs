//! The form of `form.json` in several versions: the same bytes enter, the same [`Person`] or the same faulty fields leave.
//! `fair` judges the name by a length and a pattern without a count; `literal` by one pattern with a count, which engines
//! of automata unroll.

mod by_hand;
mod garde_side;
mod ours;
mod validator_side;

use std::collections::BTreeMap;

use serde::Deserialize;
use uuid::Uuid;

use crate::count::Case;
use crate::table::{Row, Target};

/// What a good body becomes.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub(crate) struct Person {
    username: String,
    email: String,
    name: String,
    age: u8,
    id: Uuid,
    bio: String,
}

/// The person, or what is wrong with which field.
type Answer = Result<Person, BTreeMap<String, String>>;

/// One version of the form.
trait Version: 'static {
    const NAME: &'static str;
    type Bound;
    type Problems;

    /// What is counted.
    fn bind(body: &[u8]) -> Result<Self::Bound, Self::Problems>;

    fn person(bound: Self::Bound) -> Person;
    fn faults(problems: Self::Problems) -> BTreeMap<String, String>;

    fn answer(body: &[u8]) -> Answer {
        Self::bind(body).map(Self::person).map_err(Self::faults)
    }
}

#[derive(Deserialize)]
struct Vectors {
    body: String,
    expected: Person,
}

fn vectors() -> Vectors {
    serde_json::from_str(include_str!("../../form.json")).expect("form.json is part of this crate")
}

/// As `form.json` describes it.
fn with_two_errors(body: &str) -> String {
    body.replace("%40", "%20").replace("age=37", "age=7")
}

fn case<V: Version>(cases: &mut Vec<Case>) {
    let Vectors { body, .. } = vectors();
    let two_errors = with_two_errors(&body);
    cases.push(Case::new(V::NAME, move || V::bind(body.as_bytes())));
    cases.push(Case::new(format!("{}, two errors", V::NAME), move || V::bind(two_errors.as_bytes())));
}

pub(crate) fn cases(cases: &mut Vec<Case>) {
    case::<ours::Fair>(cases);
    case::<ours::Literal>(cases);
    case::<by_hand::ByHand>(cases);
    case::<garde_side::HtmlForm<garde_side::Fair>>(cases);
    case::<garde_side::HtmlForm<garde_side::Literal>>(cases);
    case::<garde_side::Urlencoded<garde_side::Fair>>(cases);
    case::<garde_side::Urlencoded<garde_side::Literal>>(cases);
    case::<validator_side::Fair>(cases);
    case::<validator_side::Literal>(cases);
}

pub(crate) fn rows() -> Vec<Row> {
    let (fair, literal, by_hand) = (ours::Fair::NAME, ours::Literal::NAME, by_hand::ByHand::NAME);
    let html_form = Target::AtMost(0.45);
    let hand = Target::AtMost(1.15);
    let two_errors = |name: &str| format!("{name}, two errors");
    vec![
        Row::warm(fair, <garde_side::HtmlForm<garde_side::Fair>>::NAME, Target::AtMost(0.43)).explained(FAIR),
        Row::warm(literal, <garde_side::HtmlForm<garde_side::Literal>>::NAME, html_form),
        Row::warm(fair, <garde_side::Urlencoded<garde_side::Fair>>::NAME, Target::None),
        Row::warm(literal, <garde_side::Urlencoded<garde_side::Literal>>::NAME, Target::None),
        Row::warm(fair, validator_side::Fair::NAME, Target::None),
        Row::warm(literal, validator_side::Literal::NAME, Target::None),
        Row::warm(fair, by_hand, hand),
        Row::warm(literal, by_hand, hand),
        Row::warm(two_errors(fair), two_errors(<garde_side::HtmlForm<garde_side::Fair>>::NAME), html_form)
            .explained(WHY),
        Row::warm(two_errors(fair), two_errors(by_hand), Target::None),
    ]
}

const FAIR: &str = "Ours looks at more: each text for what nobody can see (UTS 39), and the domain of an address for a number at its \
                    end and for labels that begin with `xn--` and stand for nothing (RFC 3492). The peer does neither.";

const WHY: &str = "A refused form is more than its problems: ours keeps a copy of every typed text, so that the page can be \
                   shown again (`FormPage::rejected`); garde leaves that to the application, which still has the body.";

pub(crate) fn first_use_rows() -> Vec<Row> {
    vec![
        Row::first_use(ours::Fair::NAME, <garde_side::HtmlForm<garde_side::Fair>>::NAME),
        Row::first_use(ours::Literal::NAME, <garde_side::HtmlForm<garde_side::Literal>>::NAME),
    ]
}

/// Every version gives the same person and the same faulty fields; the hand-written one answers as ours on every other
/// body too, down to the kind of each problem.
pub(crate) fn assert_agreement() {
    let Vectors { body, expected } = vectors();
    agrees::<ours::Fair>(&body, &expected);
    agrees::<ours::Literal>(&body, &expected);
    agrees::<by_hand::ByHand>(&body, &expected);
    agrees::<garde_side::HtmlForm<garde_side::Fair>>(&body, &expected);
    agrees::<garde_side::HtmlForm<garde_side::Literal>>(&body, &expected);
    agrees::<garde_side::Urlencoded<garde_side::Fair>>(&body, &expected);
    agrees::<garde_side::Urlencoded<garde_side::Literal>>(&body, &expected);
    agrees::<validator_side::Fair>(&body, &expected);
    agrees::<validator_side::Literal>(&body, &expected);
    for body in other_bodies(&body) {
        let text = String::from_utf8_lossy(&body);
        assert_eq!(by_hand::ByHand::answer(&body), ours::Fair::answer(&body), "{text}");
    }
}

fn agrees<V: Version>(body: &str, expected: &Person) {
    assert_eq!(V::answer(body.as_bytes()).as_ref(), Ok(expected), "{}", V::NAME);
    let faults = V::answer(with_two_errors(body).as_bytes()).expect_err(V::NAME);
    assert!(faults.keys().eq(["age", "email"]), "{}: {faults:?}", V::NAME);
}

/// The good body with each field left out, empty, repeated, or replaced by something that a rule refuses or just takes.
fn other_bodies(good: &str) -> Vec<Vec<u8>> {
    const VALUES: [(&str, &[&[u8]]); 6] = [
        (
            "username",
            &[
                b"ab",
                b"abc",
                b"9abc",
                b"a-b",
                b"+abc+",
                b"a%00b",
                b"a%0Ab",
                b"%C3%A9tienne",
                b"%FF",
                b"%4",
                b"%zz",
                b"\xff",
            ],
        ),
        (
            "email",
            &[
                b"a%40b.co",
                b"a%40b",
                b"a%40b..co",
                b".a%40b.co",
                b"a..b%40b.co",
                b"a.%40b.co",
                b"%40b.co",
                b"a%40-b.co",
                b"a%40b-.co",
                b"a%40b%40c.co",
                b"a+b%40c.co",
                b"a%2Bb%40c.co",
                b"a%40",
                b"a%40%5B127.0.0.1%5D",
                b"x",
                b"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa%40b.co",
            ],
        ),
        (
            "name",
            &[
                b"O%27Hara",
                b"x9",
                b"%E5%90%8D",
                b"e%CC%81",
                b"%E2%85%A0",
                b"a_b",
                b"+",
                b"%C2%A0x%C2%A0",
                b"a%C2%85b",
                b"%F0%9F%98%80",
            ],
        ),
        (
            "age",
            &[b"18", b"17", b"120", b"121", b"255", b"256", b"-1", b"-0", b"018", b"+18", b"1e1", b"", b"x", b"%D9%A3"],
        ),
        (
            "id",
            &[
                b"67E55044-10B1-426F-9247-BB680E5FE0C8",
                b"67e5504410b1426f9247bb680e5fe0c8",
                b"67e55044-10b1-426f-9247-bb680e5fe0cg",
            ],
        ),
        ("bio", &[b"%E2%82%AC", b"%F0%9F%98%80", b"a%0D%0Ab", b"a%26b%3Dc", b"a=b", b"%7F"]),
    ];
    let mut bodies = vec![Vec::new(), b"&&=&x".to_vec(), format!("{good}&unknown=1&").into_bytes()];
    let pairs: Vec<&str> = good.split('&').collect();
    for (at, (name, values)) in VALUES.iter().enumerate() {
        let long = "x".repeat(256).into_bytes();
        let too_long = [b"x".repeat(64), b"x".repeat(65), b"\xc3\xa9".repeat(200), b"\xc3\xa9".repeat(201), long];
        let values = values.iter().map(|value| value.to_vec()).chain(too_long);
        let replaced = values.map(|value| [format!("{name}=").into_bytes(), value].concat());
        for pair in
            replaced.chain([Vec::new(), name.as_bytes().to_vec(), format!("{}&{name}=1", pairs[at]).into_bytes()])
        {
            let mut parts: Vec<Vec<u8>> = pairs.iter().map(|pair| pair.as_bytes().to_vec()).collect();
            parts[at] = pair;
            bodies.push(parts.join(&b'&'));
        }
    }
    bodies
}
