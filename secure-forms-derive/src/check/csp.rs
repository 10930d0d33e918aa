//! `csp!`: what the evaluator finds, told at the word that it stands in; and hatches that open nothing.

use quote::ToTokens;
use secure_forms_core::csp::{DIRECTIVES, Finding, KEYWORDS, Kind, Refusal, evaluate};

use crate::diagnostic::{Errors, Message, nearest};
use crate::model::csp::{Hatch, PolicyModel, Strength};

/// Tells every finding that the policy does not take on.
pub(crate) fn check(model: &PolicyModel, errors: &mut Errors) {
    let findings = evaluate(&model.policy());
    let mut told: Vec<_> = findings
        .iter()
        .filter_map(|found| {
            Some((model.place(&found.directive, found.value.as_deref())?, refused(found, &model.hatches)?))
        })
        .collect();
    told.sort_by_key(|(place, _)| place.position);
    for (place, message) in told {
        errors.at(place.tokens, message);
    }
    for hatch in &model.hatches {
        if !findings.iter().any(|found| opens(hatch, found)) {
            unused(hatch, &findings, errors);
        }
    }
}

fn opens(hatch: &Hatch, found: &Finding) -> bool {
    match found.refusal() {
        Some(Refusal::UnlessAcknowledged(name)) => name == hatch.name,
        Some(Refusal::UnlessDangerouslyAllowed(name)) => name == hatch.name && hatch.strength == Strength::Dangerous,
        Some(Refusal::Always) | None => false,
    }
}

/// The message, unless a hatch takes the finding on.
fn refused(found: &Finding, hatches: &[Hatch]) -> Option<Message> {
    let refusal = found.refusal()?;
    if hatches.iter().any(|hatch| opens(hatch, found)) {
        return None;
    }
    let hatch = match refusal {
        Refusal::Always => None,
        Refusal::UnlessAcknowledged(name) => Some(format!("`allow({name});` acknowledges it")),
        Refusal::UnlessDangerouslyAllowed(name) => {
            Some(format!("`dangerously_allow_{name}(\"reason\");` accepts the danger"))
        }
    };
    let message = Message::new(&found.message).maybe_help(help(found));
    Some(match hatch {
        Some(hatch) => message.note(hatch),
        None => message,
    })
}

/// The mend in the macro's own spelling, where keywords have no quotes.
fn help(found: &Finding) -> Option<String> {
    let help = found.help.as_deref()?;
    match found.kind {
        Kind::StaticNonce => {
            Some("write the bare word `nonce`: the library puts a new one into each response".to_owned())
        }
        Kind::InvalidKeyword => {
            Some(help.replace("write `'", "write the bare word `").replace("`'", "`").replace("'`", "`"))
        }
        _ => Some(
            KEYWORDS.iter().fold(help.to_owned(), |help, keyword| help.replace(keyword, keyword.trim_matches('\''))),
        ),
    }
}

fn unused(hatch: &Hatch, findings: &[Finding], errors: &mut Errors) {
    let spelled = match hatch.strength {
        Strength::Acknowledges => format!("allow({})", hatch.name),
        Strength::Dangerous => format!("dangerously_allow_{}", hatch.name),
    };
    let dangerous =
        findings.iter().any(|found| found.refusal() == Some(Refusal::UnlessDangerouslyAllowed(hatch.name.clone())));
    if dangerous {
        // The finding itself is told with its own hatch.
        return;
    }
    let message = Message::new(format!("`{spelled}` has nothing to open here"));
    let names = names();
    let message = match nearest(&hatch.name, names.iter().map(String::as_str)).filter(|near| *near != hatch.name) {
        Some(near) => message.help(format!("did you mean `{near}`?")),
        None => message.help("remove it"),
    };
    errors.at(hatch.tokens.to_token_stream(), message);
}

/// Every name that a hatch may have.
fn names() -> Vec<String> {
    let missing = DIRECTIVES.iter().map(|name| format!("missing_{}", name.replace('-', "_")));
    let kinds =
        Kind::ALL.iter().filter(|kind| **kind != Kind::MissingDirectives).map(|kind| kind.name().to_ascii_lowercase());
    missing.chain(kinds).collect()
}
