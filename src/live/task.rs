//! The task of one live meeting: its state, its place in the journal, and the loop that joins the two.
//!
//! Invariant: **a batch is decided and applied command by command on the task's own state, appended once, and only when it
//! is durable marked, framed and answered; nothing outside sees the state before.** While an append is in flight the state
//! is ahead of the journal; so readers are served, views refreshed and deadlines fired only at a *quiet point*, when none is.
//! If an append fails, or its outcome is unknown, the state dies here; what outlives it is in the [`Keeper`].

use std::time::Duration;

use tokio::time::Instant;

use crate::journal::Position;
use crate::meeting::fact::Entry;
use crate::meeting::marks::Marks;
use crate::meeting::state::Meeting;
use crate::meeting::wish::Wish;

use super::batch::Flight;
use super::input::{Input, Work};
use super::keeper::{Exit, Keeper, Status};
use super::ledger::Trouble;
use super::measure;
use super::post::Leave;
use super::recheck::Recheck;
use super::record;
use super::ticks::Views;

/// Inputs taken from the inbox at once.
const GULP: usize = 2048;
/// When so much is in hand the inbox is left alone: whoever sends waits.
const HANDS_FULL: usize = 16_384;
/// A deadline that could not be met is not tried again for this long.
pub(super) const DEADLINE_PAUSE: Duration = Duration::from_secs(1);
/// How often those who left are looked for.
const SWEEP: Duration = Duration::from_secs(1);

/// A meeting's state while it lives.
pub(super) struct Task<'k> {
    pub keeper: &'k mut Keeper,
    /// At quiet points exactly what the journal holds up to `position`; ahead of it while an append is in flight.
    pub meeting: Meeting,
    pub position: Position,
    /// Numbers of commands that changed nothing: they are in no entry, but a repeat is `ok` all the same.
    pub idle: Marks,
    pub views: Views,
    /// When somebody last did anything.
    pub stirred: Instant,
    /// When to look for those who left.
    sweep: Instant,
    /// A deadline made no fact: the next one is not tried before then.
    pub deadline_not_before: Instant,
}

impl<'k> Task<'k> {
    /// Reads the journal and brings the feeds up to date with it.
    ///
    /// # Errors
    /// How the keeper goes on instead.
    pub async fn wake(keeper: &'k mut Keeper) -> Result<Self, Exit> {
        let id = keeper.house.id;
        let read = keeper.ledger.read(id.0, Position::START).await;
        let entries = match read {
            Ok(entries) => entries,
            Err(trouble) => {
                tracing::error!(meeting = %id, ?trouble, "journal cannot be read");
                keeper.house.set_trouble(Some(trouble));
                return Err(keeper.unreadable().await);
            }
        };
        if entries.damaged {
            keeper.damaged = true;
            keeper.house.set_trouble(Some(Trouble::Corrupt));
            tracing::error!(meeting = %id, "journal is damaged: the meeting is read-only");
        }
        if entries.list.is_empty() && !keeper.is_about_to_begin() {
            return Err(Exit::Absent);
        }
        let now = Instant::now();
        let mut task = Self {
            meeting: Meeting::new(id),
            position: Position::START,
            idle: Marks::default(),
            views: Views::new(now),
            stirred: now,
            sweep: now,
            deadline_not_before: now,
            keeper,
        };
        let replayed = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            for stored in &entries.list {
                task.replay(stored);
            }
        }));
        if replayed.is_err() {
            tracing::error!(meeting = %id, "journal cannot be replayed");
            return Err(task.keeper.unreadable().await);
        }
        task.rebuild_feeds();
        task.recheck(&Recheck {
            everybody: true,
            ..Recheck::default()
        });
        if *task.keeper.status.borrow() != Status::Awake {
            measure::meeting_woke();
        }
        task.keeper.status.send_replace(Status::Awake);
        Ok(task)
    }

    /// Applies what the journal holds. An entry that is not understood is skipped: a newer version wrote it.
    pub fn replay(&mut self, stored: &crate::journal::Entry) -> Option<Entry> {
        self.position = stored.position;
        match Entry::decode(&stored.record.payload) {
            Ok(entry) => {
                self.meeting.apply(&record::stamp(&stored.record), &entry);
                Some(entry)
            }
            Err(error) => {
                tracing::warn!(meeting = %self.keeper.house.id, %error, "entry not understood");
                None
            }
        }
    }

    /// Runs until the state dies, the server goes down, or nobody is there.
    pub async fn run(mut self) -> Exit {
        let mut flight: Option<Flight> = None;
        let mut gulp = Vec::new();
        loop {
            if flight.is_none() {
                match self.quiet_point().await {
                    Ok(begun) => flight = begun,
                    Err(exit) => return exit,
                }
            }
            let in_hand = self.keeper.hands.work.len() + self.keeper.hands.readers.len();
            let due = if flight.is_some() { None } else { self.due() };
            tokio::select! {
                biased;
                outcome = Flight::landing(&mut flight) => {
                    let Some(landed) = flight.take() else { continue };
                    match outcome {
                        Ok(position) => self.landed(landed, position),
                        Err(trouble) => {
                            let batch = landed.into_work();
                            self.keeper.failed(trouble, batch);
                            return Exit::Again;
                        }
                    }
                }
                taken = self.keeper.inbox.recv_many(&mut gulp, GULP), if in_hand < HANDS_FULL => {
                    if taken == 0 {
                        return Exit::Stopped;
                    }
                    for input in gulp.drain(..) {
                        self.stir(&input);
                        self.keeper.take(input);
                    }
                }
                () = until(due) => {}
            }
        }
    }

    fn stir(&mut self, input: &Input) {
        if !matches!(input, Input::Nudge) {
            self.stirred = Instant::now();
        }
    }

    /// No append is in flight: the state is what the journal holds. Serves readers, refreshes what is due, and decides what
    /// is in hand, in this order, so that readers and views never starve behind commands.
    async fn quiet_point(&mut self) -> Result<Option<Flight>, Exit> {
        let now = Instant::now();
        self.sweep_if_due(now);
        self.serve_readers().await?;
        self.tick(now);
        if self.keeper.stopping && self.keeper.hands.work.is_empty() {
            self.keeper.crowd.dismiss(Leave::Away);
            return Err(Exit::Stopped);
        }
        self.remind_of_deadline(now);
        while !self.keeper.hands.work.is_empty() {
            if let Some(flight) = self.take_off()? {
                return Ok(Some(flight));
            }
        }
        if self.may_sleep(now) {
            return Err(Exit::Asleep(self.deadline()));
        }
        Ok(None)
    }

    /// Puts the meeting's own next deadline before everything in hand, once it has come.
    fn remind_of_deadline(&mut self, now: Instant) {
        let overdue = self
            .meeting
            .next_deadline()
            .is_some_and(|at| at <= self.keeper.house.clock.now());
        if !overdue || now < self.deadline_not_before {
            return;
        }
        if self.keeper.not_writable().is_some() {
            self.deadline_not_before = now + DEADLINE_PAUSE;
            return;
        }
        self.keeper.hands.work.push_front(Work::Wish {
            actor: crate::meeting::role::Actor::Server,
            wish: Wish::Deadline,
            reply: None,
        });
    }

    /// When the next deadline comes.
    fn deadline(&self) -> Option<Instant> {
        let at = self.meeting.next_deadline()?;
        let wait = u64::try_from(at.since(self.keeper.house.clock.now())).unwrap_or(0);
        // A deadline in a year is looked at again tomorrow.
        let wait = Duration::from_millis(wait).min(Duration::from_secs(86_400));
        Some((Instant::now() + wait).max(self.deadline_not_before))
    }

    fn sweep_if_due(&mut self, now: Instant) {
        for key in self.keeper.house.take_left() {
            self.keeper.crowd.leave(key, now);
            self.views.presence_is_stale();
            measure::left();
        }
        if now < self.sweep {
            return;
        }
        self.sweep = now + SWEEP;
        for seat in self.keeper.house.take_touched() {
            self.meet(crate::meeting::role::Actor::Seat(seat), now);
            self.stirred = now;
        }
        self.keeper.forget_full_buckets(now);
        let window = self.keeper.settings.pace.here;
        self.keeper.crowd.forget_absent(now, window);
        self.views.presence_is_stale();
    }

    fn nobody_is_here(&self) -> bool {
        self.keeper.crowd.people.is_empty() && self.keeper.crowd.members.is_empty()
    }

    fn may_sleep(&self, now: Instant) -> bool {
        self.nobody_is_here()
            && self.views.is_clean()
            && now.saturating_duration_since(self.stirred) >= self.keeper.settings.patience.idle
    }

    /// When the loop must turn without an input.
    fn due(&self) -> Option<Instant> {
        let sleep = if self.nobody_is_here() {
            self.stirred + self.keeper.settings.patience.idle
        } else {
            self.sweep
        };
        [self.deadline(), self.views_due(), Some(sleep)]
            .into_iter()
            .flatten()
            .min()
    }
}

async fn until(due: Option<Instant>) {
    match due {
        Some(at) => tokio::time::sleep_until(at).await,
        None => std::future::pending().await,
    }
}
