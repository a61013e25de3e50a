//! The way into a live meeting: what `http` calls. Everything here asks the meeting's task or reads what it published.

use std::sync::Arc;

use tokio::sync::{mpsc, oneshot, watch};
use tokio_util::task::task_tracker::TaskTrackerToken;

use crate::meeting::Standing;
use crate::meeting::ids::{DeviceId, MeetingId, SeatId, Timestamp};
use crate::meeting::refusal::{Code, Refusal};
use crate::meeting::role::Actor;
use crate::meeting::state::Meeting;
use crate::meeting::wish::Wish;
use crate::view::Audience;

use super::answer::{Answer, Bearer, Denied, Failure, Granted, Holder, Mine, Sent};
use super::crowd::SocketKey;
use super::feed::Feed;
use super::house::House;
use super::input::{Followed, Freshness, Input, Join, Origin, Pending, Reader, Welcome, Work};
use super::keeper::Status;
use super::ledger::Trouble;
use super::post::Post;
use super::snapshot::Snapshot;

/// What `busy` says when nothing better is known, in milliseconds.
const RETRY: u32 = 1_000;

/// A live meeting. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Handle {
    pub(super) inner: Arc<Inner>,
}

#[derive(Debug)]
pub(super) struct Inner {
    pub house: Arc<House>,
    pub inbox: mpsc::Sender<Input>,
    pub status: watch::Receiver<Status>,
    pub inbox_patience: std::time::Duration,
}

/// Why a socket did not join.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum JoinError {
    #[error(transparent)]
    Denied(#[from] Denied),
    #[error(transparent)]
    Failure(#[from] Failure),
}

impl Handle {
    /// Which meeting it is.
    #[must_use]
    pub fn id(&self) -> MeetingId {
        self.inner.house.id
    }

    /// The server's time.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.inner.house.clock.now()
    }

    /// Why the meeting cannot be written, if the last try failed.
    #[must_use]
    pub fn trouble(&self) -> Option<Failure> {
        match self.inner.house.trouble()? {
            Trouble::Full => Some(Failure::DiskFull),
            Trouble::Unwritable => Some(Failure::Unwritable),
            Trouble::Corrupt => Some(Failure::Corrupt),
            Trouble::Stale | Trouble::Unknown => Some(Failure::Busy),
        }
    }

    /// Whether its keeper still takes inputs.
    pub(super) fn is_alive(&self) -> bool {
        !self.inner.inbox.is_closed()
    }

    /// Puts an input into the inbox; waits for a place as long as is reasonable.
    pub(super) async fn put(&self, input: Input) -> Result<(), Failure> {
        let put = self.inner.inbox.send(input);
        match tokio::time::timeout(self.inner.inbox_patience, put).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) => Err(self.gone()),
            Err(_) => Err(Failure::Busy),
        }
    }

    fn gone(&self) -> Failure {
        match *self.inner.status.borrow() {
            Status::Absent => Failure::NotFound,
            Status::Stopped => Failure::GoingDown,
            Status::Waking | Status::Awake | Status::Unreadable => Failure::Busy,
        }
    }

    async fn read<T>(&self, make: impl FnOnce(oneshot::Sender<T>) -> Reader) -> Result<T, Failure> {
        let (reply, answer) = oneshot::channel();
        self.put(Input::Read(make(reply))).await?;
        answer.await.map_err(|_| self.gone())
    }

    /// Waits until the journal is read.
    pub(super) async fn ready(&self) -> Result<(), Failure> {
        let mut status = self.inner.status.clone();
        let known = status.wait_for(|status| *status != Status::Waking).await;
        match known.map(|status| *status) {
            Ok(Status::Awake) => Ok(()),
            Ok(Status::Absent) => Err(Failure::NotFound),
            Ok(Status::Stopped) | Err(_) => Err(Failure::GoingDown),
            Ok(Status::Unreadable | Status::Waking) => match self.trouble() {
                Some(Failure::Corrupt) => Err(Failure::Corrupt),
                _ => Err(Failure::Busy),
            },
        }
    }

    /// Sends a command and waits until it is durable or refused.
    ///
    /// # Errors
    /// The refusal; `busy` when the meeting could not take it.
    pub async fn command(&self, sent: Sent) -> Answer {
        let (reply, answer) = oneshot::channel();
        let origin = Origin::Caller(reply);
        let pending = Pending { sent, origin };
        if self.put(Input::Work(Work::Command(pending))).await.is_err() {
            return Err(Refusal::later(Code::Busy, RETRY));
        }
        answer
            .await
            .unwrap_or_else(|_| Err(Refusal::later(Code::Busy, RETRY)))
    }

    /// Something only the server may ask for: `Sit`, `AddLink`, `OfferMove`, `Move`.
    ///
    /// # Errors
    /// The refusal; `busy` when the meeting could not take it.
    pub async fn wish(&self, actor: Actor, wish: Wish) -> Result<Granted, Refusal> {
        let (reply, answer) = oneshot::channel();
        let work = Work::Wish {
            actor,
            wish,
            reply: Some(reply),
        };
        if self.put(Input::Work(work)).await.is_err() {
            return Err(Refusal::later(Code::Busy, RETRY));
        }
        answer
            .await
            .unwrap_or_else(|_| Err(Refusal::later(Code::Busy, RETRY)))
    }

    /// Reads the state. `f` runs on the meeting's own task and must be quick.
    ///
    /// # Errors
    /// The meeting cannot be reached.
    pub async fn ask<T: Send + 'static>(
        &self,
        f: impl FnOnce(&Meeting) -> T + Send + 'static,
    ) -> Result<T, Failure> {
        self.read(|reply| {
            Reader::Ask(Box::new(move |meeting| {
                let _gone = reply.send(f(meeting));
            }))
        })
        .await
    }

    /// Which of these seats are here.
    ///
    /// # Errors
    /// The meeting cannot be reached.
    pub async fn here(&self, seats: Vec<SeatId>) -> Result<Vec<bool>, Failure> {
        self.read(|reply| {
            Reader::Here(Box::new(move |is_here| {
                let here = seats.into_iter().map(is_here).collect();
                let _gone = reply.send(here);
            }))
        })
        .await
    }

    /// How the holder of a token stands.
    ///
    /// # Errors
    /// The token is not, or no longer, good; or the meeting cannot be reached.
    pub async fn standing(&self, actor: Actor, generation: u32) -> Result<Standing, JoinError> {
        let holder = match actor {
            Actor::Seat(seat) => Holder::Seat(seat),
            Actor::Alias(alias) => Holder::Alias(alias),
            Actor::Server => return Err(Denied::BadToken.into()),
        };
        let bearer = Bearer { holder, generation };
        let found = self
            .ask(move |meeting| {
                super::readers::check(meeting, bearer).map(|()| meeting.standing(actor))
            })
            .await?;
        Ok(found?)
    }

    /// Whether a token is good and may read `audience`.
    ///
    /// # Errors
    /// The token is not, or no longer, good; or the meeting cannot be reached.
    pub async fn may_read(&self, bearer: Bearer, audience: &Audience) -> Result<bool, JoinError> {
        let audience = audience.clone();
        let found = self
            .ask(move |meeting| {
                super::readers::check(meeting, bearer)
                    .map(|()| super::readers::may_read(meeting, &[bearer], &audience))
            })
            .await?;
        Ok(found?)
    }

    /// A view, encoded. `fresh`: holds all that was answered before (waits up to a tick); else the last one that was made.
    ///
    /// # Errors
    /// The meeting cannot be reached.
    pub async fn snapshot(
        &self,
        audience: &Audience,
        fresh: bool,
    ) -> Result<Arc<Snapshot>, Failure> {
        if !fresh && let Some(feed) = self.inner.house.feed(audience) {
            return Ok(feed.snapshot());
        }
        let freshness = if fresh {
            Freshness::Fresh
        } else {
            Freshness::Behind
        };
        let audience = audience.clone();
        let feed = self
            .read(|reply| Reader::Feed(audience, freshness, reply))
            .await?;
        Ok(feed.snapshot())
    }

    /// A person's own view, and the highest number known from the device.
    ///
    /// # Errors
    /// The meeting cannot be reached.
    pub async fn mine(&self, actor: Actor, device: Option<DeviceId>) -> Result<Mine, Failure> {
        self.read(|reply| Reader::Mine(actor, device, reply)).await
    }

    /// Reads what another writer (`openfloor links`) put into the journal meanwhile.
    ///
    /// # Errors
    /// The meeting cannot be reached.
    pub async fn catch_up(&self) -> Result<(), Failure> {
        self.read(Reader::CatchUp).await
    }

    /// A seat was heard of: it counts as here for 40 s.
    pub fn touch(&self, seat: SeatId) {
        self.inner.house.touch(seat);
    }

    /// Lets a socket in.
    ///
    /// # Errors
    /// The token is not good, or the meeting cannot be reached.
    pub async fn join(
        &self,
        join: Join,
        going: TaskTrackerToken,
    ) -> Result<(Connection, Welcome), JoinError> {
        let post = Arc::clone(&join.post);
        let joined = self
            .read(|reply| Reader::Join(Box::new(join), reply))
            .await?;
        let (key, welcome) = joined?;
        let connection = Connection {
            key,
            handle: self.clone(),
            post,
            _going: going,
        };
        Ok((connection, welcome))
    }
}

/// A socket's place in a meeting; dropping it is leaving.
#[derive(Debug)]
pub struct Connection {
    key: SocketKey,
    handle: Handle,
    post: Arc<Post>,
    _going: TaskTrackerToken,
}

impl Connection {
    /// The meeting.
    #[must_use]
    pub fn meeting(&self) -> &Handle {
        &self.handle
    }

    /// Its letterbox.
    #[must_use]
    pub fn post(&self) -> &Arc<Post> {
        &self.post
    }

    /// Sends a command; the answer comes by post. Waits while the meeting is full, so that a phone that sends too fast is
    /// slowed by its own connection.
    ///
    /// # Errors
    /// The meeting cannot be reached.
    pub async fn command(&self, sent: Sent) -> Result<(), Failure> {
        let origin = Origin::Socket(self.key, Arc::clone(&self.post));
        let pending = Pending { sent, origin };
        let input = Input::Work(Work::Command(pending));
        let put = self.handle.inner.inbox.send(input).await;
        put.map_err(|_| self.handle.gone())
    }

    /// Follows further audiences.
    ///
    /// # Errors
    /// The meeting cannot be reached.
    pub async fn follow(&self, audiences: Vec<Audience>) -> Result<Followed, Failure> {
        let key = self.key;
        self.handle
            .read(|reply| Reader::Follow(key, audiences, reply))
            .await
    }

    /// Follows them no more.
    ///
    /// # Errors
    /// The meeting cannot be reached.
    pub async fn unfollow(&self, audiences: Vec<Audience>) -> Result<(), Failure> {
        let reader = Reader::Unfollow(self.key, audiences);
        self.handle.put(Input::Read(reader)).await
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.handle.inner.house.left(self.key);
        // A full inbox is read soon anyway, and those who left are looked for every second.
        let _full = self.handle.inner.inbox.try_send(Input::Nudge);
    }
}

/// Feeds are read directly.
impl Handle {
    /// The feed of an audience, if anybody asked for it yet.
    #[must_use]
    pub fn feed(&self, audience: &Audience) -> Option<Arc<Feed>> {
        self.inner.house.feed(audience)
    }
}
