//! The `client-ip` suite: a policy, a peer and headers enter; the address and whether it is degraded leave.

use std::num::NonZeroU8;

use http::{HeaderMap, HeaderName, HeaderValue};
use secure_forms::client_ip::{ClientIp, ClientIpPolicy, Network, Networks};
use serde_json::{Value, json};

/// Answers one case; a case that is not of the suite's form is answered with `error`.
pub fn answer(case: &Value) -> Value {
    match resolve(case) {
        Ok(client) => json!({ "ip": client.nearest().to_string(), "degraded": client.is_degraded() }),
        Err(error) => json!({ "error": error }),
    }
}

fn resolve(case: &Value) -> Result<ClientIp, String> {
    let peer = text(case, "peer")?.parse().map_err(|_| "`peer` is not an address")?;
    Ok(ClientIp::resolve(&policy(&case["policy"])?, peer, &headers(&case["headers"])?))
}

fn policy(policy: &Value) -> Result<ClientIpPolicy, String> {
    if policy == "peer" {
        return Ok(ClientIpPolicy::Peer);
    }
    let kinds = policy.as_object().filter(|kinds| kinds.len() == 1).ok_or("`policy` is none of the four")?;
    let (kind, details) = kinds.iter().next().ok_or("`policy` is none of the four")?;
    let header = text(details, "header")?.parse::<HeaderName>().map_err(|_| "`header` is not a name")?;
    match kind.as_str() {
        "proxies" => Ok(ClientIpPolicy::Proxies { trusted: networks(&details["trusted"])?, header }),
        "hops" => {
            let n = details["n"].as_u64().and_then(|n| u8::try_from(n).ok()).and_then(NonZeroU8::new);
            let only_from = match &details["only_from"] {
                Value::Null => Networks::dangerously_everyone("the case names no networks"),
                list => networks(list)?,
            };
            Ok(ClientIpPolicy::Hops { n: n.ok_or("`n` is not 1 to 255")?, header, only_from })
        }
        "single" => Ok(ClientIpPolicy::Single { header, only_from: networks(&details["only_from"])? }),
        other => Err(format!("`{other}` is no policy")),
    }
}

fn networks(list: &Value) -> Result<Networks, String> {
    let list = list.as_array().ok_or("networks are a list of text")?;
    let network = |item: &Value| {
        let text = item.as_str().ok_or("networks are a list of text")?;
        Network::parse(text).map_err(|error| error.to_string())
    };
    list.iter().map(network).collect()
}

fn headers(list: &Value) -> Result<HeaderMap, String> {
    let list = list.as_array().ok_or("`headers` is a list of pairs")?;
    let line = |pair: &Value| {
        let (name, value) = (pair[0].as_str(), pair[1].as_str());
        let name = name.and_then(|name| name.parse::<HeaderName>().ok()).ok_or("a header has no good name")?;
        let value = value.and_then(|value| HeaderValue::from_bytes(value.as_bytes()).ok());
        Ok((name, value.ok_or("a header has no good value")?))
    };
    let lines: Vec<_> = list.iter().map(line).collect::<Result<_, &str>>()?;
    let mut headers = HeaderMap::new();
    for (name, value) in lines {
        headers.append(name, value);
    }
    Ok(headers)
}

fn text<'c>(case: &'c Value, key: &str) -> Result<&'c str, String> {
    case[key].as_str().ok_or_else(|| format!("`{key}` is not text"))
}
