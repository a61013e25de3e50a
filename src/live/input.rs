//! Everything that can reach a meeting's task from outside. Deadlines, ticks and the end of an append come from its own loop.

use std::sync::Arc;

use tokio::sync::oneshot;

use crate::meeting::ids::{DeviceId, SeatId, Timestamp};
use crate::meeting::refusal::Refusal;
use crate::meeting::role::{Actor, Role};
use crate::meeting::state::Meeting;
use crate::meeting::wish::Wish;
use crate::view::Audience;

use super::answer::{Answer, Bearer, Denied, Granted, Mine, Sent};
use super::crowd::SocketKey;
use super::feed::Feed;
use super::post::{Own, Post};

/// Where an answer goes.
#[derive(Debug)]
pub(super) enum Origin {
    /// Somebody waits for this one.
    Caller(oneshot::Sender<Answer>),
    /// A socket's letterbox.
    Socket(SocketKey, Arc<Post>),
}

/// A command that has not been answered.
#[derive(Debug)]
pub(super) struct Pending {
    pub sent: Sent,
    pub origin: Origin,
}

/// Where the answer to a wish of the server goes.
pub(super) type Grant = oneshot::Sender<Result<Granted, Refusal>>;

/// What changes the meeting.
#[derive(Debug)]
pub(super) enum Work {
    Command(Pending),
    Wish {
        actor: Actor,
        wish: Wish,
        reply: Option<Grant>,
    },
}

/// What a socket asks for when it joins.
#[derive(Debug)]
pub struct Join {
    /// The hello's own token.
    pub bearer: Bearer,
    /// Its outbox.
    pub device: Option<DeviceId>,
    /// Further holders on the same socket, with their outboxes; the alias is one of them.
    pub also: Vec<(Bearer, Option<DeviceId>)>,
    /// What it wants to follow.
    pub audiences: Vec<Audience>,
    /// Its letterbox.
    pub post: Arc<Post>,
}

/// One of the other holders on a socket.
#[derive(Debug)]
pub struct Also {
    pub bearer: Bearer,
    /// Highest number known from its outbox.
    pub n: u64,
    pub roles: Vec<Role>,
    pub mine: Own,
}

/// What a socket is told when it has joined.
#[derive(Debug)]
pub struct Welcome {
    pub seat: Option<SeatId>,
    pub roles: Vec<Role>,
    pub now: Timestamp,
    /// Highest number known from its outbox.
    pub n: u64,
    /// Its own view; a stage has none.
    pub mine: Option<Own>,
    pub also: Vec<Also>,
    pub followed: Followed,
}

/// What became of a wish to follow.
#[derive(Debug, Default)]
pub struct Followed {
    /// Followed from here on.
    pub feeds: Vec<Arc<Feed>>,
    /// Not readable, now at least.
    pub gone: Vec<Audience>,
}

/// A question about who is here.
pub(super) type WhoIsHere = Box<dyn FnOnce(&dyn Fn(SeatId) -> bool) + Send>;

/// What only reads. Served when no append is in flight, so it never shows what is not durable.
pub(super) enum Reader {
    Join(
        Box<Join>,
        oneshot::Sender<Result<(SocketKey, Welcome), Denied>>,
    ),
    Follow(SocketKey, Vec<Audience>, oneshot::Sender<Followed>),
    Unfollow(SocketKey, Vec<Audience>),
    /// The feed, made if it is not there; with its newest revision when asked for.
    Feed(Audience, Freshness, oneshot::Sender<Arc<Feed>>),
    Mine(Actor, Option<DeviceId>, oneshot::Sender<Mine>),
    Ask(Box<dyn FnOnce(&Meeting) + Send>),
    Here(WhoIsHere),
    /// Read what others may have written into the journal meanwhile.
    CatchUp(oneshot::Sender<()>),
}

/// Whether a reader waits for the next revision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Freshness {
    /// Holds all that was answered before.
    Fresh,
    /// May be the last one that was made.
    Behind,
}

/// Everything that can reach the task.
#[expect(
    clippy::large_enum_variant,
    reason = "nearly all inputs are commands; a box for each would cost more than the room"
)]
pub(super) enum Input {
    Work(Work),
    Read(Reader),
    /// Somebody left, or was heard of: the house knows who.
    Nudge,
    Stop,
}
