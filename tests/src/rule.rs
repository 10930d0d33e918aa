//! The `rule` suite of the `conform` program: a rule with its arguments and a value enter as JSON, the verdict leaves as
//! JSON. The rules are those that the attributes of `derive(Form)` name, run by the same code.

use secure_forms_core::pattern::{Options, PerlClasses, Scope, compile};
use secure_forms_core::value::count::{Unit, count};
use secure_forms_core::value::number::{NumberProblem, float, integer};
use secure_forms_core::value::step::{self, Decimal, StepProblem};
use secure_forms_core::value::{color, date, email, hostname, ip, mac, slug, time, url, uuid};
use serde_json::{Value, json};

/// Answers `{"rule":"email","args":{"level":"strict"},"value":"a@b.example"}`.
///
/// ```
/// use serde_json::json;
/// let case = json!({"rule": "length", "args": {"min": 3}, "value": "ab"});
/// let answer = secure_forms_tests::rule::answer(&case);
/// assert_eq!(answer, json!({"ok": false, "kind": "TooShort", "message": "The value has 2 characters; at least 3 are needed."}));
/// ```
pub fn answer(case: &Value) -> Value {
    let Some(rule) = case.get("rule").and_then(Value::as_str) else {
        return json!({"error": "`rule` must be a string"});
    };
    let value = match case.get("value") {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        _ => return json!({"error": "`value` must be a string"}),
    };
    match judge(rule, Args(case.get("args").unwrap_or(&Value::Null)), &value) {
        Ok(()) => json!({"ok": true}),
        Err(No::Problem(problem)) => json!({"ok": false, "kind": problem.kind(), "message": problem.message()}),
        Err(No::Case(reason)) => json!({"error": reason}),
    }
}

/// Why there is no "yes".
enum No {
    /// The value breaks the rule.
    Problem(Problem),
    /// The case is no case.
    Case(String),
}

/// What is wrong with a value, named as the problems of a form are.
enum Problem {
    Color,
    Date,
    Email,
    Forbidden,
    Hostname,
    Ip,
    Mac,
    NotANumber,
    NotOffered,
    OutOfRange,
    Pattern,
    Slug,
    Step,
    Time,
    TooLarge { max: String },
    TooLong { max: usize, count: usize, unit: Unit },
    TooShort { min: usize, count: usize, unit: Unit },
    TooSmall { min: String },
    Url,
    Uuid,
}

impl Problem {
    fn kind(&self) -> &'static str {
        match self {
            Self::Color => "Color",
            Self::Date => "Date",
            Self::Email => "Email",
            Self::Forbidden => "Forbidden",
            Self::Hostname => "Hostname",
            Self::Ip => "Ip",
            Self::Mac => "Mac",
            Self::NotANumber => "NotANumber",
            Self::NotOffered => "NotOffered",
            Self::OutOfRange => "OutOfRange",
            Self::Pattern => "Pattern",
            Self::Slug => "Slug",
            Self::Step => "Step",
            Self::Time => "Time",
            Self::TooLarge { .. } => "TooLarge",
            Self::TooLong { .. } => "TooLong",
            Self::TooShort { .. } => "TooShort",
            Self::TooSmall { .. } => "TooSmall",
            Self::Url => "Url",
            Self::Uuid => "Uuid",
        }
    }

    /// The sentence, in the words of the built-in catalogue.
    fn message(&self) -> String {
        let rest = match self {
            Self::Color => "is not a colour; it should look like #1a2b3c.",
            Self::Date => "is not a date; it should look like 2024-12-31.",
            Self::Email => "is not an email address; it should look like name@example.com.",
            Self::Forbidden => "is not allowed.",
            Self::Hostname => "is not the name of a host; it should look like www.example.com.",
            Self::Ip => "is not an IP address of the kind asked for.",
            Self::Mac => "is not a MAC address; it should look like 00:1a:2b:3c:4d:5e.",
            Self::NotANumber => "is not a number.",
            Self::NotOffered => "must be one of the offered values.",
            Self::OutOfRange => "is out of range.",
            Self::Pattern => "is not in the expected form.",
            Self::Slug => "must have only lower-case letters, digits and single hyphens between them.",
            Self::Step => "lies between two allowed values.",
            Self::Time => "is not a time; it should look like 23:59.",
            Self::TooLarge { max } => return format!("The value must be at most {max}."),
            Self::TooLong { max, count, unit } => {
                let (are, count) = (is_or_are(*max), counted(*count, *unit));
                return format!("The value has {count}; at most {max} {are} allowed.");
            }
            Self::TooShort { min, count, unit } => {
                let (are, count) = (is_or_are(*min), counted(*count, *unit));
                return format!("The value has {count}; at least {min} {are} needed.");
            }
            Self::TooSmall { min } => return format!("The value must be at least {min}."),
            Self::Url => "is not the address of a page; it should look like https://example.com/page.",
            Self::Uuid => {
                "is not a UUID of the kind asked for; it should look like 67e55044-10b1-426f-9247-bb680e5fe0c8."
            }
        };
        format!("The value {rest}")
    }
}

fn counted(count: usize, unit: Unit) -> String {
    let noun = if unit == Unit::Bytes { "byte" } else { "character" };
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

fn is_or_are(count: usize) -> &'static str {
    if count == 1 { "is" } else { "are" }
}

type Verdict = Result<(), No>;

fn judge(rule: &str, args: Args<'_>, value: &str) -> Verdict {
    match rule {
        "color" => unless(color::parse(value).is_ok(), Problem::Color),
        "date" => unless(date::parse(value).is_ok(), Problem::Date),
        "email" => email_rule(args, value),
        "hostname" => unless(hostname::check(value).is_ok(), Problem::Hostname),
        "ip" => ip_rule(args, value),
        "length" => length(args, value),
        "mac" => unless(mac::parse(value).is_ok(), Problem::Mac),
        "none_of" => unless(!args.values()?.contains(&value), Problem::Forbidden),
        "one_of" => unless(args.values()?.contains(&value), Problem::NotOffered),
        "pattern" => pattern(args, value),
        "range" => range(args, value),
        "slug" => unless(slug::check(value).is_ok(), Problem::Slug),
        "step" => step_rule(args, value),
        "time" => unless(time::parse(value).is_ok(), Problem::Time),
        "url" => unless(url::parse(value).is_ok(), Problem::Url),
        "uuid" => uuid_rule(args, value),
        _ => Err(No::Case(format!("unknown rule `{rule}`"))),
    }
}

fn unless(good: bool, problem: Problem) -> Verdict {
    if good { Ok(()) } else { Err(No::Problem(problem)) }
}

fn length(args: Args<'_>, value: &str) -> Verdict {
    let unit = match args.text("unit")?.as_deref() {
        None | Some("utf16") => Unit::Utf16,
        Some("chars") => Unit::Chars,
        Some("bytes") => Unit::Bytes,
        Some(other) => return Err(No::Case(format!("unknown unit `{other}`"))),
    };
    let (min, max) = (args.size("min")?.unwrap_or(0), args.size("max")?.unwrap_or(usize::MAX));
    let count = count(value, unit);
    unless(count >= min, Problem::TooShort { min, count, unit })?;
    unless(count <= max, Problem::TooLong { max, count, unit })
}

fn pattern(args: Args<'_>, value: &str) -> Verdict {
    let source = args.text("pattern")?.ok_or_else(|| No::Case("`pattern` is missing".into()))?;
    let options = Options {
        scope: if args.flag("search")? { Scope::Search } else { Scope::Whole },
        perl: if args.flag("unicode")? { PerlClasses::Unicode } else { PerlClasses::Ascii },
    };
    let compiled = compile(&source, options).map_err(|error| No::Case(error.to_string()))?;
    unless(compiled.matches(value), Problem::Pattern)
}

fn email_rule(args: Args<'_>, value: &str) -> Verdict {
    let level = match args.text("level")?.as_deref() {
        Some("html") => email::Level::Html,
        None | Some("strict") => email::Level::Strict,
        Some(other) => return Err(No::Case(format!("unknown level `{other}`"))),
    };
    unless(email::check(value, level).is_ok(), Problem::Email)
}

fn ip_rule(args: Args<'_>, value: &str) -> Verdict {
    let version = match args.text("version")?.as_deref() {
        None | Some("any") => ip::Version::Any,
        Some("4" | "v4") => ip::Version::V4,
        Some("6" | "v6") => ip::Version::V6,
        Some(other) => return Err(No::Case(format!("unknown version `{other}`"))),
    };
    unless(ip::parse(value, version).is_ok(), Problem::Ip)
}

fn uuid_rule(args: Args<'_>, value: &str) -> Verdict {
    let version = match args.text("version")? {
        None => None,
        Some(version) => Some(integer(&version).map_err(|_| No::Case(format!("unknown version `{version}`")))?),
    };
    unless(uuid::parse(value, version).is_ok(), Problem::Uuid)
}

/// A whole number is compared as one; a fraction, or a bound that is one, makes the comparison one of fractions.
fn range(args: Args<'_>, value: &str) -> Verdict {
    let (min, max) = (args.text("min")?, args.text("max")?);
    let whole = |bound: &Option<String>| bound.as_deref().map(integer::<i128>).transpose();
    match (integer::<i128>(value), whole(&min), whole(&max)) {
        (Ok(value), Ok(lower), Ok(upper)) => {
            unless(lower.is_none_or(|lower| value >= lower), Problem::TooSmall { min: min.unwrap_or_default() })?;
            unless(upper.is_none_or(|upper| value <= upper), Problem::TooLarge { max: max.unwrap_or_default() })
        }
        (Err(NumberProblem::OutOfRange), ..) => Err(No::Problem(Problem::OutOfRange)),
        _ => range_of_fractions(min, max, value),
    }
}

fn range_of_fractions(min: Option<String>, max: Option<String>, value: &str) -> Verdict {
    let value = float::<f64>(value).map_err(|problem| {
        No::Problem(match problem {
            NumberProblem::NotANumber => Problem::NotANumber,
            NumberProblem::OutOfRange => Problem::OutOfRange,
        })
    })?;
    let bound = |text: &Option<String>| match text.as_deref().map(str::parse::<f64>).transpose() {
        Ok(bound) => Ok(bound),
        Err(_) => Err(No::Case("a bound must be a number".into())),
    };
    let (lower, upper) = (bound(&min)?, bound(&max)?);
    unless(lower.is_none_or(|lower| value >= lower), Problem::TooSmall { min: min.unwrap_or_default() })?;
    unless(upper.is_none_or(|upper| value <= upper), Problem::TooLarge { max: max.unwrap_or_default() })
}

fn step_rule(args: Args<'_>, value: &str) -> Verdict {
    let decimal =
        |text: String| Decimal::parse(&text).map_err(|_| No::Case(format!("`{text}` is not a decimal number")));
    let step = args.text("step")?.ok_or_else(|| No::Case("`step` is missing".into())).and_then(decimal)?;
    // HTML counts steps from `min` (HTML Standard, 4.10.5.3.8, step base).
    let base = args.text("base")?.or(args.text("min")?).map_or(Ok(Decimal::ZERO), decimal)?;
    step::check(value, step, base).map_err(|problem| {
        No::Problem(match problem {
            StepProblem::NotANumber => Problem::NotANumber,
            StepProblem::OutOfRange => Problem::OutOfRange,
            StepProblem::Between => Problem::Step,
        })
    })
}

/// The arguments of a rule. Numbers may be written as numbers or as text.
#[derive(Clone, Copy)]
struct Args<'c>(&'c Value);

impl<'c> Args<'c> {
    fn get(self, name: &str) -> Option<&'c Value> {
        self.0.get(name).filter(|value| !value.is_null())
    }

    fn text(self, name: &str) -> Result<Option<String>, No> {
        match self.get(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.clone())),
            Some(Value::Number(number)) => Ok(Some(number.to_string())),
            Some(_) => Err(No::Case(format!("`{name}` must be a string or a number"))),
        }
    }

    fn size(self, name: &str) -> Result<Option<usize>, No> {
        let size = |text: String| integer(&text).map_err(|_| No::Case(format!("`{name}` must be a whole number")));
        self.text(name)?.map(size).transpose()
    }

    fn flag(self, name: &str) -> Result<bool, No> {
        match self.get(name) {
            None => Ok(false),
            Some(Value::Bool(flag)) => Ok(*flag),
            Some(_) => Err(No::Case(format!("`{name}` must be true or false"))),
        }
    }

    /// The list of `one_of` and `none_of`: the arguments themselves, or their `values`.
    fn values(self) -> Result<Vec<&'c str>, No> {
        let list = self.0.as_array().or_else(|| self.get("values")?.as_array());
        let texts = list.and_then(|list| list.iter().map(Value::as_str).collect());
        texts.ok_or_else(|| No::Case("`values` must be a list of strings".into()))
    }
}
