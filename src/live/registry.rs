//! All meetings that are live on this server: one keeper each, found by id.
//!
//! The handle is put into the map first and its keeper reads the journal by itself; no guard of the map is ever held across
//! an await.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use dashmap::DashMap;
use tokio::sync::{mpsc, oneshot, watch};
use tokio::time::Instant;
use tokio_util::task::TaskTracker;
use tokio_util::task::task_tracker::TaskTrackerToken;

use crate::journal::Journal;
use crate::meeting::ids::{MeetingId, Timestamp};
use crate::meeting::refusal::Code;
use crate::meeting::role::Actor;
use crate::meeting::wish::Wish;

use super::answer::{Failure, Granted, NotCreated};
use super::crowd::Crowd;
use super::dice::{self, Dice};
use super::handle::{Handle, Inner as HandleInner};
use super::house::House;
use super::input::{Input, Work};
use super::keeper::{Hands, Keeper, Status};
use super::ledger::Ledger;
use super::limits::Bucket;
use super::rules::Rules;
use super::settings::Settings;

/// Inputs that wait for a meeting's task before those who send must wait themselves.
const INBOX: usize = 4096;

/// All live meetings. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Live {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    ledger: Ledger,
    settings: Settings,
    rules: Rules,
    meetings: DashMap<MeetingId, Handle>,
    going_down: AtomicBool,
    keepers: TaskTracker,
    sockets: TaskTracker,
}

impl Live {
    /// Starts with no meeting awake; each wakes when it is first asked for.
    #[must_use]
    pub fn start(journal: Journal, settings: Settings) -> Self {
        let ledger = Ledger::new(journal, settings.patience.append);
        Self::with(ledger, settings, Rules::default())
    }

    pub(super) fn with(ledger: Ledger, settings: Settings, rules: Rules) -> Self {
        Self {
            inner: Arc::new(Inner {
                ledger,
                settings,
                rules,
                meetings: DashMap::new(),
                going_down: AtomicBool::new(false),
                keepers: TaskTracker::new(),
                sockets: TaskTracker::new(),
            }),
        }
    }

    /// The server's time.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.inner.settings.clock.now()
    }

    /// What meetings are run with.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.inner.settings
    }

    /// How many meetings are in memory.
    #[must_use]
    pub fn len(&self) -> usize {
        self.inner.meetings.len()
    }

    /// Whether none is.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.inner.meetings.is_empty()
    }

    /// The meetings that are in memory now.
    #[must_use]
    pub fn awake(&self) -> Vec<Handle> {
        let meetings = self.inner.meetings.iter();
        meetings.map(|entry| entry.value().clone()).collect()
    }

    /// Whether the server goes down.
    #[must_use]
    pub fn is_going_down(&self) -> bool {
        self.inner.going_down.load(Ordering::Acquire)
    }

    /// A token for a socket, so that going down can wait for it.
    pub fn socket(&self) -> TaskTrackerToken {
        self.inner.sockets.token()
    }

    /// Creates a meeting with `Wish::Create`. The same wish again is the same meeting.
    ///
    /// # Errors
    /// A rule refused it, another meeting has this id, or the journal cannot be written.
    pub async fn create(&self, id: MeetingId, wish: Wish) -> Result<Granted, NotCreated> {
        let (reply, answer) = oneshot::channel();
        let birth = Input::Work(Work::Wish {
            actor: Actor::Server,
            wish,
            reply: Some(reply),
        });
        let handle = self.find_or_start(id, Some(birth)).await?;
        match answer.await {
            Ok(Ok(granted)) => Ok(granted),
            Ok(Err(refusal)) => Err(match (refusal.code, handle.trouble()) {
                (Code::Exists, _) => Failure::Exists.into(),
                (Code::ReadOnly | Code::Busy, Some(failure)) => failure.into(),
                _ => NotCreated::Refused(refusal),
            }),
            Err(_) => Err(handle.trouble().unwrap_or(Failure::Busy).into()),
        }
    }

    /// A meeting, awake.
    ///
    /// # Errors
    /// There is none with this id, or it cannot be reached now.
    pub async fn meeting(&self, id: MeetingId) -> Result<Handle, Failure> {
        let handle = self.find_or_start(id, None).await?;
        let ready = handle.ready().await;
        if ready == Err(Failure::NotFound) {
            self.forget(&handle);
        }
        ready.map(|()| handle)
    }

    async fn find_or_start(&self, id: MeetingId, birth: Option<Input>) -> Result<Handle, Failure> {
        if self.is_going_down() {
            return Err(Failure::GoingDown);
        }
        let known = self
            .inner
            .meetings
            .get(&id)
            .map(|found| found.value().clone());
        if let Some(handle) = known {
            if handle.is_alive() {
                if let Some(birth) = birth {
                    handle.put(birth).await?;
                }
                return Ok(handle);
            }
            self.forget(&handle);
        }
        Ok(self.begin(id, birth))
    }

    /// Puts a handle into the map and starts its keeper, unless somebody else just did.
    fn begin(&self, id: MeetingId, birth: Option<Input>) -> Handle {
        let (sender, inbox) = mpsc::channel(INBOX);
        let (status, seen) = watch::channel(Status::Waking);
        let settings = &self.inner.settings;
        let house = House::new(id, dice::epoch(), settings.clock);
        let handle = Handle {
            inner: Arc::new(HandleInner {
                house: Arc::clone(&house),
                inbox: sender,
                status: seen,
                inbox_patience: settings.patience.inbox,
            }),
        };
        let entry = self
            .inner
            .meetings
            .entry(id)
            .or_insert_with(|| handle.clone());
        let winner = entry.value().clone();
        drop(entry);
        if let Some(birth) = birth {
            // A fresh inbox has room; a full one of somebody else's makes the creation fail as busy.
            let _full = winner.inner.inbox.try_send(birth);
        }
        if Arc::ptr_eq(&winner.inner, &handle.inner) {
            let keeper = Keeper {
                ledger: self.inner.ledger.clone(),
                settings: settings.clone(),
                rules: self.inner.rules,
                house,
                inbox,
                status,
                hands: Hands::default(),
                crowd: Crowd::default(),
                dice: Dice::new(),
                panics: std::collections::HashMap::new(),
                buckets: std::collections::HashMap::new(),
                bucket: Bucket::full(settings.limits.meeting, Instant::now()),
                unwritable_until: None,
                damaged: false,
                tries: 0,
                stopping: false,
            };
            let live = self.clone();
            self.inner.keepers.spawn(async move {
                keeper.keep().await;
                live.forget(&handle);
            });
        }
        winner
    }

    fn forget(&self, handle: &Handle) {
        self.inner.meetings.remove_if(&handle.id(), |_, known| {
            Arc::ptr_eq(&known.inner, &handle.inner)
        });
    }

    /// Goes down: tells every socket, finishes what is in hand, waits for appends in flight.
    pub async fn stop(&self) {
        self.inner.going_down.store(true, Ordering::Release);
        let handles: Vec<Handle> = self
            .inner
            .meetings
            .iter()
            .map(|entry| entry.value().clone())
            .collect();
        for handle in handles {
            // A meeting that takes nothing any more is waited for below, and not for ever.
            let _stuck = handle.put(Input::Stop).await;
        }
        self.inner.keepers.close();
        self.inner.sockets.close();
        let patience = self.inner.settings.patience;
        let written =
            tokio::time::timeout(patience.append + patience.stop, self.inner.keepers.wait());
        if written.await.is_err() {
            tracing::warn!("went down with appends in flight");
        }
        let told = tokio::time::timeout(patience.stop, self.inner.sockets.wait());
        if told.await.is_err() {
            tracing::info!("some sockets did not close in time");
        }
    }
}
