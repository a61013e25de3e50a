//! Keeps one meeting: holds what must outlive its task (the inbox, the commands in hand, the sockets, the feeds) and starts
//! the task again whenever its state died. No rule and no view is made here.

use std::collections::{HashMap, VecDeque};
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt;
use tokio::sync::{mpsc, watch};
use tokio::time::Instant;
use uuid::Uuid;

use crate::meeting::refusal::{Code, Refusal};
use crate::meeting::role::Actor;
use crate::meeting::wish::Wish;

use super::answer::Sent;
use super::crowd::{Crowd, bare};
use super::dice::Dice;
use super::house::House;
use super::input::{Input, Origin, Pending, Reader, Work};
use super::ledger::{Ledger, Trouble};
use super::limits::Bucket;
use super::measure;
use super::post::Leave;
use super::rules::Rules;
use super::settings::Settings;
use super::task::Task;

/// An outcome that stays unknown, or a place that stays stale, this often in a row is answered `busy`.
const TRIES: u32 = 4;
/// How long to wait before a journal that cannot be read is read again.
const REREAD: Duration = Duration::from_millis(500);

/// How a meeting can be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Status {
    /// The journal is being read.
    Waking,
    Awake,
    /// The journal has nothing of it.
    Absent,
    /// The journal cannot be read now.
    Unreadable,
    /// The server goes down.
    Stopped,
}

/// What the task leaves behind when it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Exit {
    /// The state died: read the journal again and go on.
    Again,
    /// Nobody is here; the next input wakes it, or its next deadline.
    Asleep(Option<Instant>),
    /// There is no such meeting.
    Absent,
    Stopped,
}

/// Commands and questions that no task has answered yet.
#[derive(Default)]
pub(super) struct Hands {
    pub work: VecDeque<Work>,
    pub readers: VecDeque<Reader>,
}

/// What outlives the task of one meeting.
pub(super) struct Keeper {
    pub ledger: Ledger,
    pub settings: Settings,
    pub rules: Rules,
    pub house: Arc<House>,
    pub inbox: mpsc::Receiver<Input>,
    pub status: watch::Sender<Status>,
    pub hands: Hands,
    pub crowd: Crowd,
    pub dice: Dice,
    /// How often each command panicked, by who sent it and its hash.
    pub panics: HashMap<(Actor, u64), u8>,
    pub buckets: HashMap<Actor, Bucket>,
    pub bucket: Bucket,
    /// Until then the journal is not tried again.
    pub unwritable_until: Option<Instant>,
    /// What stands in the journal is damaged: read on, write no more.
    pub damaged: bool,
    /// Appends in a row that were stale or of unknown outcome.
    pub tries: u32,
    pub stopping: bool,
}

impl Keeper {
    /// Keeps the meeting until the server goes down or the meeting turns out not to exist.
    pub async fn keep(mut self) {
        loop {
            match self.live_once().await {
                Exit::Again => {}
                Exit::Asleep(deadline) => {
                    if !self.sleep(deadline).await {
                        break;
                    }
                }
                Exit::Absent => {
                    self.status.send_replace(Status::Absent);
                    break;
                }
                Exit::Stopped => break,
            }
        }
        if *self.status.borrow() != Status::Absent {
            self.status.send_replace(Status::Stopped);
        }
        self.inbox.close();
        while let Ok(input) = self.inbox.try_recv() {
            self.take(input);
        }
        self.refuse_all(&Refusal::later(Code::Busy, 1_000));
    }

    /// One life of the state. A panic outside a command (in a view, in a question of a reader) ends it too; commands are
    /// answered `busy` for a moment before the next life, for it may end the same way.
    async fn live_once(&mut self) -> Exit {
        let life = async {
            match Task::wake(self).await {
                Ok(task) => task.run().await,
                Err(exit) => exit,
            }
        };
        match AssertUnwindSafe(life).catch_unwind().await {
            Ok(exit) => exit,
            Err(_) => {
                tracing::error!(meeting = %self.house.id, "a meeting panicked");
                self.unreadable().await
            }
        }
    }

    /// Waits for the next input or the meeting's next deadline; whether there is a reason to wake.
    async fn sleep(&mut self, deadline: Option<Instant>) -> bool {
        measure::meeting_slept();
        self.house.drop_feeds();
        let due = async {
            match deadline {
                Some(at) => tokio::time::sleep_until(at).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            input = self.inbox.recv() => match input {
                Some(input) => self.take(input),
                None => return false,
            },
            () = due => {}
        }
        !(self.stopping && self.hands.work.is_empty())
    }

    /// Puts an input into the hands.
    pub fn take(&mut self, input: Input) {
        match input {
            Input::Work(work) => self.hands.work.push_back(work),
            Input::Read(reader) => self.hands.readers.push_back(reader),
            Input::Nudge => {}
            Input::Stop => self.stopping = true,
        }
    }

    /// The journal cannot be read: says so to all that wait, and waits a little itself.
    pub async fn unreadable(&mut self) -> Exit {
        self.status.send_replace(Status::Unreadable);
        let retry = self.retry(REREAD);
        let until = Instant::now() + REREAD;
        loop {
            self.hands.readers.clear();
            self.refuse_all(&Refusal::later(Code::Busy, retry));
            if self.stopping {
                self.crowd.dismiss(Leave::Away);
                return Exit::Stopped;
            }
            match tokio::time::timeout_at(until, self.inbox.recv()).await {
                Ok(Some(input)) => self.take(input),
                Ok(None) => return Exit::Stopped,
                Err(_) => return Exit::Again,
            }
        }
    }

    /// Refuses everything in hand, for now.
    pub fn refuse_all(&mut self, refusal: &Refusal) {
        while let Some(work) = self.hands.work.pop_front() {
            self.refuse(work, refusal);
        }
    }

    /// Refuses what was not decided, and holds the numbers after it.
    fn refuse(&mut self, work: Work, refusal: &Refusal) {
        if let Work::Command(pending) = &work {
            self.hold(&pending.sent, &pending.origin, refusal);
        }
        self.answer(work, Err(refusal.clone()));
    }

    /// Tells whoever sent it; `Ok` for a wish goes through the task, which knows what was granted.
    pub fn answer(&mut self, work: Work, answer: Result<(), Refusal>) {
        match work {
            Work::Command(Pending { sent, origin }) => {
                if let Err(refusal) = &answer {
                    measure::refused(refusal);
                }
                match origin {
                    Origin::Caller(reply) => {
                        // Whoever asked may have gone.
                        let _gone = reply.send(answer.map(|()| sent.n));
                    }
                    Origin::Socket(_, post) => post.answer(sent.n, answer.err()),
                }
            }
            Work::Wish { reply, .. } => {
                if let (Some(reply), Err(refusal)) = (reply, answer) {
                    let _gone = reply.send(Err(refusal));
                }
            }
        }
    }

    /// A refusal that is not final holds every higher number of that actor on that connection until this one comes again.
    pub fn hold(&mut self, sent: &Sent, origin: &Origin, refusal: &Refusal) {
        let Origin::Socket(key, _) = origin else {
            return;
        };
        let (Some(actor), Some(member)) = (bare(sent.by), self.crowd.members.get_mut(key)) else {
            return;
        };
        if refusal.retry.is_none() {
            return;
        }
        match member.held.iter_mut().find(|(id, _, _)| *id == actor) {
            Some((_, n, why)) if sent.n <= *n => (*n, *why) = (sent.n, refusal.clone()),
            Some(_) => {}
            None => member.held.push((actor, sent.n, refusal.clone())),
        }
    }

    /// The refusal a number gets because a lower one is held; a held number that comes again is free.
    pub fn held(&mut self, pending: &Pending) -> Option<Refusal> {
        let Origin::Socket(key, _) = &pending.origin else {
            return None;
        };
        let actor: Uuid = bare(pending.sent.by)?;
        let member = self.crowd.members.get_mut(key)?;
        let place = member.held.iter().position(|(id, _, _)| *id == actor)?;
        if pending.sent.n > member.held[place].1 {
            return Some(member.held[place].2.clone());
        }
        member.held.swap_remove(place);
        None
    }

    /// A `retry` of about `base`, spread so that a hall does not come back in one instant.
    pub fn retry(&mut self, base: Duration) -> u32 {
        let base = u32::try_from(base.as_millis())
            .unwrap_or(u32::MAX / 2)
            .max(50);
        base + self.dice.below(base / 2 + 1)
    }

    /// What an append that did not succeed leaves to do with its commands. The state has died already.
    pub fn failed(&mut self, trouble: Trouble, batch: Vec<Work>) {
        measure::append_failed();
        self.house.set_trouble(Some(trouble));
        let refusal = match trouble {
            Trouble::Stale | Trouble::Unknown => {
                self.tries += 1;
                if self.tries < TRIES {
                    for work in batch.into_iter().rev() {
                        self.hands.work.push_front(work);
                    }
                    return;
                }
                self.tries = 0;
                Refusal::later(Code::Busy, self.retry(self.settings.patience.unwritable))
            }
            Trouble::Unwritable | Trouble::Full => {
                let wait = self.settings.patience.unwritable;
                self.unwritable_until = Some(Instant::now() + wait);
                Refusal::later(Code::ReadOnly, self.retry(wait))
            }
            Trouble::Corrupt => {
                self.damaged = true;
                Refusal::later(Code::ReadOnly, 60_000)
            }
        };
        tracing::warn!(meeting = %self.house.id, ?trouble, commands = batch.len(), "append failed");
        for work in batch {
            self.refuse(work, &refusal);
        }
    }

    /// Whether the first thing in hand is the wish to create this meeting.
    pub fn is_about_to_begin(&mut self) -> bool {
        while self.hands.work.is_empty() {
            match self.inbox.try_recv() {
                Ok(input) => self.take(input),
                Err(_) => return false,
            }
        }
        matches!(
            self.hands.work.front(),
            Some(Work::Wish {
                wish: Wish::Create { .. },
                ..
            })
        )
    }

    /// Buckets that are full again need not be remembered, nor panics beyond a number no honest meeting has.
    pub fn forget_full_buckets(&mut self, now: Instant) {
        const MANY: usize = 4096;
        if self.panics.len() > MANY {
            self.panics.clear();
        }
        if self.buckets.len() > MANY {
            let rate = self.settings.limits.facilitator;
            self.buckets.retain(|_, bucket| !bucket.is_full(rate, now));
        }
    }

    /// Why nothing can be written now, if so.
    pub fn not_writable(&mut self) -> Option<Refusal> {
        if self.damaged {
            return Some(Refusal::later(Code::ReadOnly, 60_000));
        }
        let until = self.unwritable_until?;
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            self.unwritable_until = None;
            return None;
        }
        Some(Refusal::later(Code::ReadOnly, self.retry(left)))
    }
}
