//! What goes into a live meeting and what comes back, as its callers see it. Knows no token and no socket.

use uuid::Uuid;

use crate::meeting::Standing;
use crate::meeting::command::Command;
use crate::meeting::fact::Fact;
use crate::meeting::ids::{AliasId, DeviceId, LinkId, SeatId};
use crate::meeting::refusal::Refusal;
use crate::meeting::role::Actor;

/// Who holds a token, as `identity` opened it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Holder {
    /// A person's place.
    Seat(SeatId),
    /// What that person is called when nothing may say who it is.
    Alias(AliasId),
    /// A projector, by its link; it reads and has no seat.
    Stage(LinkId),
}

impl Holder {
    /// Who stands behind its commands; a stage has none.
    #[must_use]
    pub fn actor(self) -> Option<Actor> {
        match self {
            Self::Seat(seat) => Some(Actor::Seat(seat)),
            Self::Alias(alias) => Some(Actor::Alias(alias)),
            Self::Stage(_) => None,
        }
    }

    /// Its bare id.
    #[must_use]
    pub fn id(self) -> Uuid {
        match self {
            Self::Seat(seat) => seat.0,
            Self::Alias(alias) => alias.0,
            Self::Stage(link) => link.0,
        }
    }
}

/// A token, opened: its holder and its generation (0 for aliases and stages).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Bearer {
    pub holder: Holder,
    pub generation: u32,
}

/// A command with its number, as a phone sent it.
#[derive(Debug, Clone)]
pub struct Sent {
    /// The token's holder.
    pub by: Actor,
    /// The token's generation.
    pub generation: u32,
    /// A proxy the desk acts for.
    pub as_: Option<Uuid>,
    /// The outbox; without it the holder's default one.
    pub device: Option<DeviceId>,
    /// Grows per outbox.
    pub n: u64,
    pub command: Command,
}

/// The number again once it is durable, or why not.
pub type Answer = Result<u64, Refusal>;

/// What a granted wish of the server made happen.
#[derive(Debug, Clone)]
pub struct Granted {
    /// The facts, empty when nothing changed.
    pub facts: Vec<Fact>,
    /// How the one who wished stands now (of `Sit` and `Move`: the seat in question).
    pub standing: Standing,
}

/// Why a token is no longer good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Denied {
    /// Nobody of this meeting.
    #[error("the token is not of this meeting")]
    BadToken,
    /// Once good: the seat moved, was turned away, or its link was revoked.
    #[error("the token was revoked")]
    Revoked,
}

/// Why a meeting cannot be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    #[error("there is no such meeting")]
    NotFound,
    #[error("a meeting with this id exists")]
    Exists,
    #[error("the meeting cannot be reached now; try again")]
    Busy,
    #[error("the journal cannot be written")]
    Unwritable,
    #[error("the disk is full")]
    DiskFull,
    #[error("the meeting's journal is damaged")]
    Corrupt,
    #[error("the server is going down")]
    GoingDown,
}

/// Why a meeting was not created.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotCreated {
    /// A rule said no: an empty title, an unknown template.
    #[error("{}", .0.detail)]
    Refused(Refusal),
    #[error(transparent)]
    Failed(#[from] Failure),
}

/// A person's own view, encoded.
#[derive(Debug, Clone)]
pub struct Mine {
    /// Changes when the server starts anew.
    pub epoch: u64,
    /// Grows with every change.
    pub revision: u64,
    /// The view as JSON.
    pub mine: bytes::Bytes,
    /// The highest number known from the device that was asked about.
    pub n: u64,
}

impl Mine {
    /// `{"at":[epoch, revision],"mine":{…},"n":…}`.
    #[must_use]
    pub fn body(&self) -> bytes::Bytes {
        let mut text = Vec::with_capacity(self.mine.len() + 64);
        text.extend_from_slice(
            format!("{{\"at\":[{},{}],\"mine\":", self.epoch, self.revision).as_bytes(),
        );
        text.extend_from_slice(&self.mine);
        text.extend_from_slice(format!(",\"n\":{}}}", self.n).as_bytes());
        text.into()
    }
}
