//! What every handler can reach: the database, the keys' uses, the limits.

use std::error::Error;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::extract::FromRef;
use secure_forms::query::{Db, Schema};
use secure_forms::{
    ClientIpPolicy, Clock, FormGuard, InvalidEndpoint, KeyRing, NextPolicy, OwnOrigins, ReportEndpoint, Routes,
    SecurityHeaders, SignedCookies, schema,
};

use crate::config::{Config, Keys};
use crate::limits::Limits;
use crate::passwords::Passwords;
use crate::routes::Action;
use crate::seed;
use crate::start::StartError;

static SCHEMA: Schema = schema!();

/// The application's state; cloning shares it.
#[derive(Clone, Debug)]
pub struct App {
    pub(crate) db: Db,
    pub(crate) guard: FormGuard,
    pub(crate) limits: Limits,
    pub(crate) passwords: Passwords,
    pub(crate) clock: Clock,
    pub(crate) headers: SecurityHeaders,
    pub(crate) client_ip: Arc<ClientIpPolicy>,
    reports: Arc<AtomicU64>,
}

impl App {
    /// Opens the database, and fills it with examples where the configuration says so.
    ///
    /// # Errors
    /// A database that cannot be opened or is of another schema, a key file that others can read; where others reach the demo, a database
    /// with an example in it, whose password is published.
    pub async fn open(config: &Config, address: SocketAddr) -> Result<Self, StartError> {
        let database = |error| StartError::Database { path: config.database.clone(), error };
        let db = Db::open(&config.database, &SCHEMA).map_err(database)?;
        let keys = match &config.keys {
            Keys::Ring(ring) => ring.clone(),
            Keys::File(path) => {
                KeyRing::load_or_create(path).map_err(|error| StartError::Keys { path: path.clone(), error })?
            }
        };
        let origins = match &config.origins {
            Some(origins) => origins.clone(),
            None => OwnOrigins::loopback(address.port()),
        };
        let app = Self::new(db, keys, origins, config, Clock::system())?;
        app.passwords.prepare()?;
        if config.seed {
            seed::fill(&app).await?;
        }
        if config.is_public
            && let Some((username, _)) = app.example().await?
        {
            return Err(StartError::PublicExample { username, path: config.database.clone() });
        }
        Ok(app)
    }

    /// The name and the password of an example that anybody can sign in with, if there is one.
    ///
    /// # Errors
    /// What the database says.
    pub async fn example(&self) -> Result<Option<(&'static str, &'static str)>, StartError> {
        seed::example(self).await
    }

    /// An application on a database without a file, for tests: its own keys, `http://127.0.0.1:8080` as its origin, a clock that the
    /// test moves, and the examples.
    ///
    /// # Errors
    /// What SQLite says.
    pub async fn for_tests(config: &Config, clock: Clock) -> Result<Self, Box<dyn Error>> {
        let origins = OwnOrigins::parse("http://127.0.0.1:8080")?;
        let app = Self::new(Db::in_memory(&SCHEMA)?, KeyRing::generate()?, origins, config, clock)?;
        app.passwords.prepare()?;
        seed::fill(&app).await?;
        Ok(app)
    }

    fn new(db: Db, keys: KeyRing, origins: OwnOrigins, config: &Config, clock: Clock) -> Result<Self, InvalidEndpoint> {
        let reports = ReportEndpoint::new("csp", Action::CspReport.path().as_str())?;
        let guard = FormGuard::new(keys, origins)
            .with_csrf_ttl(config.csrf_ttl)
            .with_next_policy(NextPolicy::FallBack)
            .with_clock(clock.clone());
        let headers = SecurityHeaders::modern().report_to(reports);
        // A public origin is HTTPS, so whatever a proxy hands on arrived by TLS.
        let headers = if config.is_public { headers.behind_tls_proxy() } else { headers };
        Ok(Self {
            db,
            guard,
            limits: Limits::new(config.login_attempts),
            passwords: Passwords::default(),
            clock,
            headers,
            client_ip: Arc::new(config.client_ip()),
            reports: Arc::default(),
        })
    }

    /// Seconds since 1970, as the database keeps them.
    pub(crate) fn now(&self) -> i64 {
        i64::try_from(self.clock.now().unix()).unwrap_or(i64::MAX)
    }

    pub(crate) fn cookies(&self) -> &SignedCookies {
        self.guard.cookies()
    }

    /// Counts browsers' reports of policy violations.
    pub(crate) fn count_reports(&self, more: usize) {
        self.reports.fetch_add(more as u64, Ordering::Relaxed);
    }

    /// How many policy violations browsers have reported.
    pub fn reports(&self) -> u64 {
        self.reports.load(Ordering::Relaxed)
    }
}

impl FromRef<App> for FormGuard {
    fn from_ref(app: &App) -> Self {
        app.guard.clone()
    }
}
