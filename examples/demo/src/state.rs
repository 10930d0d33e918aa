//! What every handler can reach: the database, the keys' uses, the limits.

use std::error::Error;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use axum::extract::FromRef;
use secure_forms::client_ip::{ClientIpPolicy, Networks};
use secure_forms::cookie::SignedCookies;
use secure_forms::csrf::OwnOrigins;
use secure_forms::headers::{InvalidEndpoint, ReportEndpoint};
use secure_forms::query::{Db, Schema};
use secure_forms::redirect::ReturnToPolicy;
use secure_forms::session::{Clock, SessionId, Timestamp};
use secure_forms::{FormGuard, KeyRing, Routes, SecurityHeaders, query, schema};
use tokio::sync::Semaphore;

use crate::config::{APP, Config, Keys};
use crate::layout;
use crate::limits::Limits;
use crate::passwords::Passwords;
use crate::routes::Action;
use crate::seed;
use crate::start::StartError;
use crate::store::sessions;
use crate::store::users::User;

static SCHEMA: Schema = schema!();

/// How long a page waits for the note that its session was used.
const TOUCH_PATIENCE: Duration = Duration::from_millis(50);
/// How long a statement waits for a writer of another process; the request itself has more time than that.
const BUSY: Duration = Duration::from_secs(2);

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
    pub(crate) proxies: Option<Networks>,
    touching: Arc<Semaphore>,
    reports: Arc<AtomicU64>,
}

impl App {
    /// Opens the database, and fills it with examples where the configuration says so.
    ///
    /// # Errors
    /// A database that cannot be opened or is of another schema, a key file that others can read; where others reach the demo, a database
    /// with an example in it, whose password is published.
    pub async fn open(config: &Config, address: SocketAddr) -> Result<Self, StartError> {
        Self::open_at(config, address, Clock::system()).await
    }

    /// The same by another clock, which a test moves.
    ///
    /// # Errors
    /// As [`App::open`].
    pub async fn open_at(config: &Config, address: SocketAddr, clock: Clock) -> Result<Self, StartError> {
        let database = |error| StartError::Database { path: config.database.clone(), error };
        let db = Db::options(&config.database).busy_timeout(BUSY).open(&SCHEMA).map_err(database)?;
        let keys = match &config.keys {
            Keys::Ring(ring) => ring.clone(),
            Keys::File(path) => {
                KeyRing::load_or_create(APP, path).map_err(|error| StartError::Keys { path: path.clone(), error })?
            }
        };
        let origins = config.own_origins(address)?;
        let app = Self::new(db, keys, origins, config, clock)?;
        app.passwords.prepare()?;
        if config.seed {
            seed::fill(&app.db, &app.passwords, app.now()).await?;
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
        seed::example(&self.db, &self.passwords).await
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
        seed::fill(&app.db, &app.passwords, app.now()).await?;
        Ok(app)
    }

    fn new(db: Db, keys: KeyRing, origins: OwnOrigins, config: &Config, clock: Clock) -> Result<Self, InvalidEndpoint> {
        let reports = ReportEndpoint::new("csp", Action::CspReport.path().as_str())?;
        let guard = FormGuard::new(keys, origins)
            .with_csrf_ttl(config.csrf_ttl)
            .with_return_to_policy(ReturnToPolicy::FallBack)
            .with_clock(clock.clone());
        let guard = layout::around_pages(guard);
        let headers = SecurityHeaders::modern().report_to(reports);
        // A public origin is HTTPS, so whatever a proxy hands on arrived by TLS.
        let headers = if config.is_public && config.tls.is_none() { headers.behind_tls_proxy() } else { headers };
        Ok(Self {
            db,
            guard,
            limits: Limits::new(config.login_attempts),
            passwords: Passwords::default(),
            clock,
            headers,
            client_ip: Arc::new(config.client_ip()),
            proxies: config.proxies.clone(),
            touching: Arc::new(Semaphore::new(1)),
            reports: Arc::default(),
        })
    }

    /// Who is signed in with this session. That it was used is noted once a minute, and quietly: a page does not wait for another writer,
    /// and is shown although the disc is full.
    pub(crate) async fn session_user(&self, id: &SessionId) -> Result<Option<User>, query::Error> {
        let Some(session) = sessions::find(&self.db, id, self.now()).await? else { return Ok(None) };
        // One at a time: where writing takes long, others would only queue behind it.
        if session.is_untouched
            && let Ok(turn) = Arc::clone(&self.touching).try_acquire_owned()
        {
            let (db, id, now) = (self.db.clone(), *id, self.now());
            let touched = tokio::spawn(async move {
                let _ = sessions::touch(&db, &id, now).await;
                drop(turn);
            });
            let _ = tokio::time::timeout(TOUCH_PATIENCE, touched).await;
        }
        Ok(Some(session.user))
    }

    /// The present.
    pub(crate) fn time(&self) -> Timestamp {
        self.clock.now()
    }

    /// Seconds since 1970, as the database keeps them.
    pub(crate) fn now(&self) -> i64 {
        i64::try_from(self.time().unix()).unwrap_or(i64::MAX)
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
