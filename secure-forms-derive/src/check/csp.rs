//! `csp!`: what the evaluator finds, reported at the word that it stands in; and exceptions that open nothing.

use quote::ToTokens;
use secure_forms_core::csp::{DIRECTIVES, Finding, KEYWORDS, Kind, Refusal, evaluate};

use crate::diagnostic::{Errors, Message};
use crate::model::csp::{Checked, Exception, Strength, Written};
use crate::model::root::Root;
use secure_forms_core::nearest::nearest;

/// The policy, if it is read and evaluated without a mistake; else the place of the runtime alone. Each finding that the policy does not take on
/// is reported.
pub(crate) fn check(written: Written, errors: &mut Errors) -> Result<Checked, Root> {
    // Of a policy that is read in part, findings would be about what is missing.
    if errors.is_empty() {
        evaluated(&written, errors);
    }
    if !errors.is_empty() {
        return Err(written.root);
    }
    let policy = written.policy();
    Ok(Checked {
        root: written.root,
        without_nonce: policy.without_nonce().to_string(),
        with_nonce: policy.to_string(),
        accepted: written.exceptions.into_iter().map(|exception| exception.name).collect(),
    })
}

fn evaluated(model: &Written, errors: &mut Errors) {
    let findings = evaluate(&model.policy());
    let mut reported: Vec<_> = findings
        .iter()
        .filter_map(|found| {
            Some((model.place(&found.directive, found.value.as_deref())?, refused(found, &model.exceptions)?))
        })
        .collect();
    reported.sort_by_key(|(place, _)| place.position);
    for (place, message) in reported {
        errors.at(place.tokens, message);
    }
    for exception in &model.exceptions {
        if !findings.iter().any(|found| opens(exception, found)) {
            unused(exception, &findings, errors);
        }
    }
}

fn opens(exception: &Exception, found: &Finding) -> bool {
    match found.refusal() {
        Some(Refusal::UnlessAcknowledged(name)) => name == exception.name,
        Some(Refusal::UnlessDangerouslyAllowed(name)) => {
            name == exception.name && exception.strength == Strength::Dangerous
        }
        Some(Refusal::Always) | None => false,
    }
}

/// The message, unless a exception takes the finding on.
fn refused(found: &Finding, exceptions: &[Exception]) -> Option<Message> {
    let refusal = found.refusal()?;
    if exceptions.iter().any(|exception| opens(exception, found)) {
        return None;
    }
    let exception = match refusal {
        Refusal::Always => None,
        Refusal::UnlessAcknowledged(name) => Some(format!("`allow({name});` acknowledges it")),
        Refusal::UnlessDangerouslyAllowed(name) => {
            Some(format!("`dangerously_allow_{name}(\"reason\");` accepts the danger"))
        }
    };
    let message = Message::new(&found.message).maybe_help(help(found));
    Some(match exception {
        Some(exception) => message.note(exception),
        None => message,
    })
}

/// The help in the macro's own spelling, where keywords have no quotes.
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

fn unused(exception: &Exception, findings: &[Finding], errors: &mut Errors) {
    let spelled = match exception.strength {
        Strength::Acknowledges => format!("allow({})", exception.name),
        Strength::Dangerous => format!("dangerously_allow_{}", exception.name),
    };
    let dangerous =
        findings.iter().any(|found| found.refusal() == Some(Refusal::UnlessDangerouslyAllowed(exception.name.clone())));
    if dangerous {
        // The finding itself is reported with its own exception.
        return;
    }
    let message = Message::new(format!("`{spelled}` has nothing to open here"));
    let names = names();
    let message =
        match nearest(&exception.name, names.iter().map(String::as_str)).filter(|near| *near != exception.name) {
            Some(near) => message.help(format!("did you mean `{near}`?")),
            None => message.help("remove it"),
        };
    errors.at(exception.tokens.to_token_stream(), message);
}

/// Every name that a exception may have.
fn names() -> Vec<String> {
    let missing = DIRECTIVES.iter().map(|name| format!("missing_{}", name.replace('-', "_")));
    let kinds =
        Kind::ALL.iter().filter(|kind| **kind != Kind::MissingDirectives).map(|kind| kind.name().to_ascii_lowercase());
    missing.chain(kinds).collect()
}
