//! What every handler can reach: the database, the keys' uses, the limits.

use std::error::Error;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::extract::FromRef;
use secure_forms::query::{Db, Schema};
use secure_forms::{
    Clock, FormGuard, InvalidEndpoint, KeyRing, NextPolicy, OwnOrigins, ReportEndpoint, Routes, SecurityHeaders,
    SignedCookies, schema,
};

use crate::config::{APP, Config, Keys};
use crate::limits::Limits;
use crate::passwords::Passwords;
use crate::routes::Action;
use crate::seed;

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
    reports: Arc<AtomicU64>,
}

impl App {
    /// Opens the database, and fills it with examples where the configuration says so.
    ///
    /// # Errors
    /// A database that cannot be opened or is of another schema, a key file that others can read.
    pub async fn open(config: &Config, address: SocketAddr) -> Result<Self, Box<dyn Error>> {
        let db = Db::open(&config.database, &SCHEMA)?;
        let keys = match &config.keys {
            Keys::Ring(ring) => ring.clone(),
            Keys::File(path) => KeyRing::load_or_create(APP, path)?,
        };
        let origins = match &config.origins {
            Some(origins) => origins.clone(),
            None => OwnOrigins::parse(&format!("http://{address}"))?,
        };
        let app = Self::new(db, keys, origins, config, Clock::system())?;
        app.passwords.prepare()?;
        if config.seed {
            seed::fill(&app).await?;
        }
        Ok(app)
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
        Ok(Self {
            db,
            guard,
            limits: Limits::new(config.login_attempts),
            passwords: Passwords::default(),
            clock,
            headers: SecurityHeaders::modern().report_to(reports),
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
