//! The `rule` suite of the `conform` program: a rule with its arguments and a value enter as JSON, the verdict leaves as
//! JSON. The rules are those that the attributes of `derive(Form)` name, run by the same code.

use secure_forms::form::{English, ProblemKind};
use secure_forms::rule::{Decimal, Digits, EmailLevel, IpVersion, Length, Number, Range, Step, TextFormat, Unit};
use secure_forms_core::value::number::{NumberProblem, float, integer};
use secure_forms_pattern::{Options, PerlClasses, Scope, compile};
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
        Err(No::Problem(kind)) => {
            json!({"ok": false, "kind": kind.name(), "message": English.sentence("The value", &kind)})
        }
        Err(No::Case(reason)) => json!({"error": reason}),
    }
}

/// Why there is no "yes".
enum No {
    /// The value breaks the rule.
    Problem(ProblemKind),
    /// The case is no case.
    Case(String),
}

type Verdict = Result<(), No>;

fn judge(rule: &str, args: Args<'_>, value: &str) -> Verdict {
    match rule {
        "email" => verdict(email_level(args)?.check(value)),
        "length" => verdict(length(args)?.check(value)),
        "none_of" => unless(!args.values()?.contains(&value), ProblemKind::Excluded),
        "one_of" => unless(args.values()?.contains(&value), ProblemKind::NotOffered),
        "pattern" => pattern(args, value),
        "range" => range(args, value),
        "step" => verdict(step(args)?.check(value)),
        _ => {
            let format = syntax(rule, args)?;
            verdict(if format.matches(value) { Ok(()) } else { Err(ProblemKind::Format(format)) })
        }
    }
}

fn verdict(judged: Result<(), ProblemKind>) -> Verdict {
    judged.map_err(No::Problem)
}

fn unless(good: bool, problem: ProblemKind) -> Verdict {
    if good { Ok(()) } else { Err(No::Problem(problem)) }
}

fn length(args: Args<'_>) -> Result<Length, No> {
    let unit = match args.text("unit")?.as_deref() {
        None | Some("utf16") => Unit::Utf16,
        Some("chars") => Unit::Chars,
        Some("bytes") => Unit::Bytes,
        Some("graphemes") => Unit::Graphemes,
        Some(other) => return Err(No::Case(format!("unknown unit `{other}`"))),
    };
    Ok(Length { min: args.size("min")?.unwrap_or(0), max: args.size("max")?.unwrap_or(usize::MAX), unit })
}

fn pattern(args: Args<'_>, value: &str) -> Verdict {
    let source = args.text("pattern")?.ok_or_else(|| No::Case("`pattern` is missing".into()))?;
    let options = Options {
        scope: if args.flag("search")? { Scope::Search } else { Scope::Whole },
        perl: if args.flag("unicode")? { PerlClasses::Unicode } else { PerlClasses::Ascii },
    };
    let compiled = compile(&source, options).map_err(|error| No::Case(error.to_string()))?;
    unless(compiled.matches(value), ProblemKind::Pattern)
}

fn email_level(args: Args<'_>) -> Result<EmailLevel, No> {
    match args.text("level")?.as_deref() {
        Some("html") => Ok(EmailLevel::Html),
        None | Some("strict") => Ok(EmailLevel::Strict),
        Some("rfc") => Ok(EmailLevel::Rfc),
        Some(other) => Err(No::Case(format!("unknown level `{other}`"))),
    }
}

fn syntax(rule: &str, args: Args<'_>) -> Result<TextFormat, No> {
    let version = args.text("version")?;
    let unknown = |version: &str| No::Case(format!("unknown version `{version}`"));
    Ok(match (rule, version.as_deref().map(|version| version.trim_start_matches('v'))) {
        ("color", _) => TextFormat::Color,
        ("date", _) => TextFormat::Date,
        ("hostname", _) => TextFormat::Hostname,
        ("ip", None | Some("any")) => TextFormat::Ip(IpVersion::Any),
        ("ip", Some("4")) => TextFormat::Ip(IpVersion::V4),
        ("ip", Some("6")) => TextFormat::Ip(IpVersion::V6),
        ("ip", Some(other)) => return Err(unknown(other)),
        ("mac", _) => TextFormat::Mac,
        ("slug", _) => TextFormat::Slug,
        ("time", _) => TextFormat::Time,
        ("url", _) => match args.text("kind")?.as_deref() {
            None => TextFormat::Url,
            Some("public") => TextFormat::PublicUrl,
            Some(other) => return Err(No::Case(format!("unknown kind `{other}`"))),
        },
        ("uuid", None) => TextFormat::Uuid(None),
        ("uuid", Some(version)) => match integer(version) {
            // RFC 9562, 4.2: those that are defined.
            Ok(number @ 1..=8) => TextFormat::Uuid(Some(number)),
            _ => return Err(unknown(version)),
        },
        _ => return Err(No::Case(format!("unknown rule `{rule}`"))),
    })
}

/// A whole number is compared as one; a fraction, or a bound that is one, makes the comparison one of fractions.
fn range(args: Args<'_>, value: &str) -> Verdict {
    let (min, max) = (args.number("min")?, args.number("max")?);
    let is_whole = [min, max].into_iter().flatten().all(|bound| matches!(bound, Number::Integer(_)));
    let whole = || integer(value).map(Number::Integer);
    let fraction = || float(value).map(Number::Float);
    let number = match whole() {
        Err(NumberProblem::NotANumber) => fraction(),
        Err(NumberProblem::OutOfRange) if !is_whole => fraction(),
        number => number,
    };
    let number = number.map_err(|problem| match problem {
        NumberProblem::NotANumber => No::Problem(ProblemKind::NotANumber(Digits::Decimal)),
        NumberProblem::OutOfRange => No::Problem(ProblemKind::OutOfRange),
    })?;
    verdict(Range { min, max }.check(number))
}

fn step(args: Args<'_>) -> Result<Step, No> {
    let decimal =
        |text: String| Decimal::parse(&text).map_err(|_| No::Case(format!("`{text}` is not a decimal number")));
    let step = args.text("step")?.ok_or_else(|| No::Case("`step` is missing".into())).and_then(decimal)?;
    // HTML counts steps from `min` (HTML Standard, 4.10.5.3.8, step base).
    let base = args.text("base")?.or(args.text("min")?).map_or(Ok(Decimal::ZERO), decimal)?;
    Ok(Step { step, base })
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

    fn number(self, name: &str) -> Result<Option<Number>, No> {
        let number = |text: String| match integer(&text) {
            Ok(whole) => Ok(Number::Integer(whole)),
            Err(_) => match text.parse::<f64>() {
                Ok(fraction) if fraction.is_finite() => Ok(Number::Float(fraction)),
                _ => Err(No::Case(format!("`{name}` must be a number"))),
            },
        };
        self.text(name)?.map(number).transpose()
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
