//! The one public door: starts a whole server from its settings and stops it. `main` and the tests use nothing else.

mod acts;
mod desk_link;
mod formats;
mod groups;
mod verify;

use std::fmt::Write as _;
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::Instant;

use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::config::Serve;
use crate::http::shared::{Parts, Shared};
use crate::http::{Assets, Awake, Register, caretaker, listen, place::Place, practice, qr, router};
use crate::identity::ServerKey;
use crate::journal::{Journal, OpenError};
use crate::live::{Clock, Live, Settings};
use crate::meeting::ids::Timestamp;

pub use acts::{Failure, carry_out};
pub use desk_link::{LinkError, new_desk_link};
pub use formats::{FormatsError, Said, formats};
pub use groups::{GroupsError, groups};
pub use verify::verify;

/// Why a server does not start. Each has a stable code and one sentence that says what to do.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error(
        "port_in_use: {0} is in use already: stop the other program or choose another with --listen"
    )]
    PortInUse(SocketAddr),
    #[error("not_listening: {0} cannot be listened on ({1})")]
    NotListening(SocketAddr, io::Error),
    #[error("unwritable: the folder {0} cannot be written ({1}): choose another with --data")]
    Unwritable(PathBuf, io::Error),
    #[error("disk_full: there is no room left for {0}: free some and start again")]
    DiskFull(PathBuf),
    #[error("{code}: {0}", code = .0.code())]
    Journal(OpenError),
    #[error("corrupt: {0} is not readable as an Openfloor folder ({1})")]
    Corrupt(PathBuf, String),
    #[error("bad_limits: {0}")]
    BadLimits(String),
}

/// A running server.
#[derive(Debug)]
pub struct App {
    /// The address that was bound; its port is the real one.
    pub address: SocketAddr,
    shared: Shared,
    stop: watch::Sender<bool>,
    serving: JoinHandle<()>,
    caretaker: JoinHandle<()>,
}

/// Where the journal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Memory {
    /// In the folder of `--data`.
    Kept,
    /// Gone when the server stops; for tests and practice.
    Forgotten,
}

impl App {
    /// Starts a server whose journal is in the data folder.
    ///
    /// # Errors
    /// Nothing was started; the error says why.
    pub async fn start(settings: Serve) -> Result<Self, StartError> {
        Self::start_with(settings, Memory::Kept).await
    }

    /// Starts a server.
    ///
    /// # Errors
    /// Nothing was started; the error says why.
    pub async fn start_with(settings: Serve, memory: Memory) -> Result<Self, StartError> {
        let limits = settings
            .limits
            .parse()
            .map_err(|error| StartError::BadLimits(format!("{error}")))?;
        let (journal, key, data) = match memory {
            Memory::Kept => {
                let (journal, key) = open(&settings.data)?;
                practice::erase_left(&journal, &settings.data).await;
                (journal, key, Some(settings.data.clone()))
            }
            Memory::Forgotten => {
                let key = ServerKey::fresh()
                    .map_err(|error| StartError::Unwritable(PathBuf::new(), error))?;
                (Journal::memory(), key, None)
            }
        };
        let not_listening = |error| not_listening(settings.listen, error);
        let listener = listen::bind(settings.listen).map_err(not_listening)?;
        let address = listener.local_addr().map_err(not_listening)?;
        let settings_of_live = Settings {
            limits,
            ..Settings::default()
        };
        let live = Live::start(journal.clone(), settings_of_live);
        let register = Register::load(&journal, &live, settings.code)
            .await
            .map_err(|error| StartError::Corrupt(settings.data.clone(), error.to_string()))?;
        let most = match settings.connections {
            0 => listen::room_for_connections(),
            most => most,
        };
        let shared = Shared::new(Parts {
            live,
            journal,
            register,
            key,
            place: Place::new(address, settings.public_url, settings.proxies),
            origins: settings.origins,
            assets: settings.web.map_or(Assets::Built, Assets::Folder),
            tries: Default::default(),
            screens: Default::default(),
            typing: Default::default(),
            openings: Default::default(),
            moves: Default::default(),
            practices: Default::default(),
            awake: Awake::new(!settings.may_sleep),
            metrics: recorder(),
            data,
            started: Instant::now(),
        });
        let (stop, stopped) = watch::channel(false);
        let router = router(shared.clone());
        let caretaker = tokio::spawn(caretaker::look_after(shared.clone()));
        let serving = tokio::spawn(listen::serve(listener, router, most, stopped));
        Ok(Self {
            address,
            shared,
            stop,
            serving,
            caretaker,
        })
    }

    /// What a person who starts the server sees: where it is, a QR for phones, and the link that makes the first meeting.
    #[must_use]
    pub fn greeting(&self) -> String {
        let place = &self.shared.place;
        let here = place.here();
        let phones: Vec<_> = place
            .addresses()
            .into_iter()
            .filter(|address| *address != here)
            .collect();
        let mut text = format!("Openfloor   {here}\n");
        for address in &phones {
            // Writing to a String cannot fail.
            let _ = writeln!(text, "Phones      {address}");
        }
        if let Some(code) = phones.first().and_then(|address| qr::terminal(address)) {
            let _ = writeln!(text, "\n{code}");
        }
        let _ = write!(text, "\nMake the first meeting   {here}/desk");
        text
    }

    /// Stops: no new connections, sockets are told to come back, appends in flight are awaited.
    pub async fn stop(self) {
        self.caretaker.abort();
        self.shared.live.stop().await;
        self.shared.awake.release();
        self.stop.send_replace(true);
        if self.serving.await.is_err() {
            tracing::error!("the accept loop had died");
        }
    }
}

/// Opens the data folder: makes it when it is missing, then the key, then the journal.
///
/// # Errors
/// The folder cannot be used; the error says why.
pub fn open(data: &Path) -> Result<(Journal, ServerKey), StartError> {
    let failed = |error: io::Error| match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            StartError::DiskFull(data.to_owned())
        }
        io::ErrorKind::InvalidData => StartError::Corrupt(data.to_owned(), error.to_string()),
        _ => StartError::Unwritable(data.to_owned(), error),
    };
    std::fs::create_dir_all(data).map_err(failed)?;
    let key = ServerKey::load(data).map_err(failed)?;
    let journal = Journal::open(data).map_err(StartError::Journal)?;
    Ok((journal, key))
}

/// Opens the journal of a folder that another process may be serving.
fn open_beside(data: &Path) -> Result<Journal, StartError> {
    Journal::open_shared(data).map_err(StartError::Journal)
}

fn now() -> Timestamp {
    Clock::wall().now()
}

fn not_listening(address: SocketAddr, error: io::Error) -> StartError {
    match error.kind() {
        io::ErrorKind::AddrInUse => StartError::PortInUse(address),
        _ => StartError::NotListening(address, error),
    }
}

/// One recorder for the process: a second server in it counts into the same figures.
fn recorder() -> Option<PrometheusHandle> {
    static RECORDER: OnceLock<Option<PrometheusHandle>> = OnceLock::new();
    RECORDER
        .get_or_init(|| PrometheusBuilder::new().install_recorder().ok())
        .clone()
}
