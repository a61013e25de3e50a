//! What all requests share. Owns no rule; every part has its own lock, and none is held across an await.

use std::sync::Arc;
use std::time::Instant;

use http::HeaderMap;
use uuid::Uuid;

use metrics_exporter_prometheus::PrometheusHandle;

use crate::identity::ServerKey;
use crate::identity::pairing::Screens;
use crate::identity::tries::Tries;
use crate::journal::Journal;
use crate::live::Live;
use crate::wire::body::ScreenPaired;

use super::assets::Assets;
use super::awake::Awake;
use super::commands::Typing;
use super::meetings::Openings;
use super::moves::Moves;
use super::origin;
use super::place::Place;
use super::practice::Practices;
use super::register::Register;

/// What all requests share; cheap to clone.
#[derive(Clone)]
pub struct Shared(Arc<Parts>);

impl std::fmt::Debug for Shared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Shared")
    }
}

impl std::ops::Deref for Shared {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

/// The parts.
pub struct Parts {
    /// The live meetings.
    pub live: Live,
    /// What is durable.
    pub journal: Journal,
    /// Which code belongs to which meeting.
    pub register: Register,
    /// Seals tokens.
    pub key: ServerKey,
    /// Where this server stands.
    pub place: Place,
    /// Origins beside the server's own whose pages may speak to it.
    pub origins: Vec<String>,
    /// The web part.
    pub assets: Assets,
    /// Wrong codes.
    pub tries: Tries,
    /// Screens that wait to be paired.
    pub screens: Screens<ScreenPaired>,
    /// How often somebody may ask for similar questions.
    pub typing: Typing,
    /// How fast meetings may be made.
    pub openings: Openings,
    /// Moves that were answered a moment ago.
    pub moves: Moves,
    /// The practices that run.
    pub practices: Practices,
    /// Keeps the computer awake.
    pub awake: Awake,
    /// What is counted.
    pub metrics: Option<PrometheusHandle>,
    /// The folder of the journal; none with a journal in memory.
    pub data: Option<std::path::PathBuf>,
    /// When the server started.
    pub started: Instant,
}

impl Shared {
    /// Shares them.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }

    /// Whether the page that sends `headers` may speak to this server.
    #[must_use]
    pub fn may_speak(&self, headers: &HeaderMap) -> bool {
        origin::may_speak(headers, self.place.public(), &self.origins)
    }
}

/// A UUID of a path; whatever is none names nothing here.
pub(super) fn id(text: &str) -> Result<Uuid, super::error::Error> {
    Uuid::parse_str(text).map_err(|_| super::error::ErrorCode::NotFound.into())
}
