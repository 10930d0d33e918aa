//! Variables that start the demo, and variables that do not.

use super::*;

const KEY: &str = "c2l4dGVlbiBieXRlcyBhbmQgc2l4dGVlbiBieXRlcyE=";

fn read(variables: &[(&str, &str)]) -> Result<Config, ConfigError> {
    Config::read(|name| variables.iter().find(|(known, _)| *known == name).map(|(_, text)| (*text).to_owned()))
}

#[test]
fn nothing_set_means_loopback_with_examples() {
    let config = read(&[]).unwrap();
    assert_eq!(config.listen.to_string(), "127.0.0.1:8080");
    assert_eq!((config.seed, config.login_attempts.get()), (true, 10));
    assert!(matches!(config.keys, Keys::File(_)));
}

#[test]
fn a_database_url_may_name_the_driver() {
    for (url, path) in [("a.db", "a.db"), ("sqlite:a.db", "a.db"), ("sqlite:///tmp/a.db", "/tmp/a.db")] {
        assert_eq!(read(&[("DATABASE_URL", url)]).unwrap().database, PathBuf::from(path));
    }
}

/// What is missing first, for a demo that others reach.
fn missing(variables: &[(&str, &str)]) -> Option<&'static str> {
    match read(variables) {
        Err(ConfigError::PublicWithout { variable, .. }) => Some(variable),
        _ => None,
    }
}

#[test]
fn who_can_be_reached_by_others_needs_keys_an_origin_and_proxies_and_gets_no_examples() {
    let (keys, origin) = (("SECRET_KEYS", KEY), ("PUBLIC_ORIGIN", "https://a.example"));
    let (proxies, everywhere) = (("TRUSTED_PROXIES", "127.0.0.1, 10.0.0.0/24"), ("BIND", "0.0.0.0"));
    assert_eq!(missing(&[everywhere]), Some("SECRET_KEYS"));
    assert_eq!(missing(&[everywhere, keys]), Some("PUBLIC_ORIGIN"));
    assert_eq!(missing(&[everywhere, keys, origin]), Some("TRUSTED_PROXIES"));
    // A proxy on the same machine makes it public too, though the demo listens on 127.0.0.1.
    assert_eq!(missing(&[origin]), Some("SECRET_KEYS"));
    assert_eq!(missing(&[origin, keys]), Some("TRUSTED_PROXIES"));
    assert_eq!(missing(&[("PUBLIC_ORIGIN", "http://localhost:8080, https://a.example")]), Some("SECRET_KEYS"));
    let config = read(&[keys, origin, proxies]).unwrap();
    assert_eq!((config.seed, config.is_public), (false, true));
    assert!(matches!(config.client_ip(), ClientIpPolicy::Proxies { .. }));
    assert_eq!(read(&[keys, origin, proxies, ("SEED", "1")]).err(), Some(ConfigError::PublicExamples));
    // The twin: this machine alone needs nothing, whatever its name.
    for origin in ["http://127.0.0.1:8080", "http://localhost", "https://[::1]:8443", "http://127.1.2.3:80"] {
        let config = read(&[("PUBLIC_ORIGIN", origin)]).unwrap();
        assert_eq!(
            (config.seed, config.is_public, config.client_ip()),
            (true, false, ClientIpPolicy::Peer),
            "{origin}"
        );
    }
}

#[test]
fn tls_of_its_own_needs_both_files_and_no_proxy() {
    let public = [("SECRET_KEYS", KEY), ("PUBLIC_ORIGIN", "https://a.example")];
    let files = [("TLS_CERT", "a.pem"), ("TLS_KEY", "a.key")];
    let config = read(&[public, files].concat()).unwrap();
    assert!(config.is_public && matches!(config.tls, Some(TlsSource::Files { .. })));
    assert_eq!(read(&files[..1]).err(), Some(ConfigError::Alone { given: "TLS_CERT", missing: "TLS_KEY" }));
    assert_eq!(
        read(&[("HTTP_PORT", "80")]).err(),
        Some(ConfigError::Alone { given: "HTTP_PORT", missing: "TLS_CERT" })
    );
    let config = read(&[("TLS", "self-signed"), ("HTTP_PORT", "0")]).unwrap();
    assert_eq!((config.is_public, config.tls.clone()), (false, Some(TlsSource::SelfSigned)));
    let origins = config.own_origins("127.0.0.1:8443".parse().unwrap()).unwrap();
    assert!(origins.iter().any(|origin| origin.as_str() == "https://127.0.0.1:8443"));
    assert!(read(&[files[0], files[1], ("TLS", "self-signed")]).is_err());
}

#[test]
fn plain_http_elsewhere_than_on_this_machine_is_refused() {
    for origin in
        ["http://192.168.1.10:8080", "http://app.lan", "http://[2001:db8::1]", "https://a.example http://a.example"]
    {
        let error =
            read(&[("PUBLIC_ORIGIN", origin), ("SECRET_KEYS", KEY), ("TRUSTED_PROXIES", "10.0.0.1")]).unwrap_err();
        assert_eq!(error, ConfigError::PlainOrigin, "{origin}");
        assert!(error.to_string().contains("drop cookies"), "{error}");
    }
}

#[test]
fn a_wrong_value_is_named_and_not_repeated() {
    for (variable, text) in [
        ("PORT", "70000"),
        ("BIND", "localhost"),
        ("CSRF_TTL_SECONDS", "-1"),
        ("LOGIN_ATTEMPTS_PER_MINUTE", "-3"),
        ("SEED", "yes"),
        ("SECRET_KEYS", "c2hvcnQ="),
        ("PUBLIC_ORIGIN", "a.example"),
        ("TRUSTED_PROXIES", "proxy.example"),
    ] {
        let error = read(&[(variable, text)]).unwrap_err().to_string();
        assert!(error.contains(variable) && !error.contains(text), "{error}");
    }
}
