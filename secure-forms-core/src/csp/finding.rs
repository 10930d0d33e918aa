//! [`Finding`]: what the evaluator has to say about one place of a policy, as data with its sentence.

use std::fmt;

/// How bad a finding is; the order is from worst to mildest.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Severity {
    /// Lets an attacker run scripts.
    High,
    /// A browser reads something else than what was meant.
    Syntax,
    /// Leaves something open.
    Medium,
    /// May leave something open; depends on what the named hosts serve.
    Maybe,
    /// A hint towards a policy of nonces or hashes, or for old browsers.
    Strict,
    /// Good to know.
    Info,
}

impl Severity {
    /// The name in lower case.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::High => "high",
            Self::Syntax => "syntax",
            Self::Medium => "medium",
            Self::Maybe => "maybe",
            Self::Strict => "strict",
            Self::Info => "info",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident = $name:literal,)*) => {
        /// What a finding is about. The names of the first part are those of Google's csp-evaluator.
        #[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
        #[non_exhaustive]
        pub enum Kind { $($(#[$doc])* $kind,)* }

        impl Kind {
            /// The name in capitals, such as `SCRIPT_UNSAFE_INLINE`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$kind => $name,)* }
            }

            /// All kinds.
            pub const ALL: &'static [Self] = &[$(Self::$kind,)*];
        }
    };
}

kinds! {
    /// A directive's name stands among the values of another.
    MissingSemicolon = "MISSING_SEMICOLON",
    /// No directive has this name.
    UnknownDirective = "UNKNOWN_DIRECTIVE",
    /// A quoted word that is no keyword here, or a keyword without its quotes.
    InvalidKeyword = "INVALID_KEYWORD",
    /// A nonce with characters outside base64.
    NonceCharset = "NONCE_CHARSET",
    /// A directive that should be there is not.
    MissingDirectives = "MISSING_DIRECTIVES",
    /// Inline scripts run.
    ScriptUnsafeInline = "SCRIPT_UNSAFE_INLINE",
    /// `eval` runs.
    ScriptUnsafeEval = "SCRIPT_UNSAFE_EVAL",
    /// Every host of a scheme.
    PlainUrlSchemes = "PLAIN_URL_SCHEMES",
    /// Every host.
    PlainWildcard = "PLAIN_WILDCARD",
    /// A host that serves, or may serve, what runs an attacker's script.
    ScriptAllowlistBypass = "SCRIPT_ALLOWLIST_BYPASS",
    /// Plugins are not switched off.
    ObjectAllowlistBypass = "OBJECT_ALLOWLIST_BYPASS",
    /// A nonce that can be guessed.
    NonceLength = "NONCE_LENGTH",
    /// An address in place of a host name.
    IpSource = "IP_SOURCE",
    /// A directive that browsers have dropped.
    DeprecatedDirective = "DEPRECATED_DIRECTIVE",
    /// Anyone on the way can change what is loaded.
    SrcHttp = "SRC_HTTP",
    /// Event handlers run if their hash is listed.
    ScriptUnsafeHashes = "SCRIPT_UNSAFE_HASHES",
    /// A list of hosts without `'strict-dynamic'`.
    StrictDynamic = "STRICT_DYNAMIC",
    /// `'strict-dynamic'` with nothing to start from.
    StrictDynamicNotStandalone = "STRICT_DYNAMIC_NOT_STANDALONE",
    /// Browsers without nonces would run nothing.
    UnsafeInlineFallback = "UNSAFE_INLINE_FALLBACK",
    /// Browsers without `'strict-dynamic'` would load nothing.
    AllowlistFallback = "ALLOWLIST_FALLBACK",
    /// DOM sinks take plain strings.
    RequireTrustedTypesForScripts = "REQUIRE_TRUSTED_TYPES_FOR_SCRIPTS",
    /// Ours: inline styles run.
    StyleUnsafeInline = "STYLE_UNSAFE_INLINE",
    /// Ours: a nonce that is part of the text cannot be new in each response.
    StaticNonce = "STATIC_NONCE",
    /// Ours: a hash that is too short or too long matches nothing.
    HashLength = "HASH_LENGTH",
    /// Ours: a character that ends the source, the directive or the policy.
    SeparatorInSource = "SEPARATOR_IN_SOURCE",
    /// Ours: browsers ignore all but the first directive of one name.
    DuplicateDirective = "DUPLICATE_DIRECTIVE",
    /// Ours: `'none'` beside other sources is ignored.
    NoneWithCompany = "NONE_WITH_COMPANY",
    /// Ours: a keyword where it has no meaning.
    MisplacedKeyword = "MISPLACED_KEYWORD",
    /// Ours: a sandboxed page that may take off its own sandbox.
    SandboxEscape = "SANDBOX_ESCAPE",
    /// Ours: a sandbox flag that no browser knows.
    UnknownSandboxFlag = "UNKNOWN_SANDBOX_FLAG",
    /// Ours: a source that follows no grammar.
    InvalidSource = "INVALID_SOURCE",
    /// Ours: a host where anybody publishes files.
    AnybodyPublishes = "ANYBODY_PUBLISHES",
    /// Ours: a host that answers with a script of the caller's choice, which csp-evaluator does not know.
    JsonpHost = "JSONP_HOST",
    /// Ours: a framework that runs text of the page as script.
    OldFramework = "OLD_FRAMEWORK",
    /// Ours: workers from anybody.
    WorkerFromAnybody = "WORKER_FROM_ANYBODY",
    /// Ours: a character outside visible ASCII.
    NonAscii = "NON_ASCII",
}

/// One finding.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Finding {
    /// How bad it is.
    pub severity: Severity,
    /// What it is about.
    pub kind: Kind,
    /// The directive that it stands in, or that is missing.
    pub directive: String,
    /// The value that it is about, if it is about one.
    pub value: Option<String>,
    /// The sentence for a person: lower case, without a full stop.
    pub message: String,
    /// What to write instead, where there is an answer.
    pub help: Option<String>,
}

/// What `csp!` and the builder do about a finding.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Refusal {
    /// Refused, and there is no way around: the policy does not say what was meant.
    Always,
    /// Refused unless `dangerously_allow_NAME` gives a reason.
    UnlessDangerouslyAllowed(String),
    /// Refused unless `allow(NAME)` acknowledges it.
    UnlessAcknowledged(String),
}

impl Finding {
    pub(super) fn new(severity: Severity, kind: Kind, directive: &str, message: impl Into<String>) -> Self {
        Self { severity, kind, directive: directive.to_owned(), value: None, message: message.into(), help: None }
    }

    pub(super) fn value(mut self, value: &str) -> Self {
        self.value = Some(value.to_owned());
        self
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// What a policy in source code must do about this finding; `None` for hints.
    #[must_use]
    pub fn refusal(&self) -> Option<Refusal> {
        match (self.kind, self.severity) {
            (Kind::StaticNonce, _) | (_, Severity::Syntax) => Some(Refusal::Always),
            (Kind::ScriptUnsafeEval | Kind::ScriptUnsafeHashes, _) | (_, Severity::High) => {
                Some(Refusal::UnlessDangerouslyAllowed(self.name()))
            }
            (Kind::DeprecatedDirective, _) | (_, Severity::Medium) => Some(Refusal::UnlessAcknowledged(self.name())),
            _ => None,
        }
    }

    /// The name by which a policy acknowledges it: the kind, or for a missing directive `missing_` and its name.
    #[must_use]
    pub fn name(&self) -> String {
        match self.kind {
            Kind::MissingDirectives => format!("missing_{}", self.directive.replace('-', "_")),
            kind => kind.name().to_ascii_lowercase(),
        }
    }
}
