//! One batch: commands decided and applied one by one, appended together, answered when they are durable.

use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::time::Duration;

use tokio::time::Instant;

use crate::journal::{Position, Record};
use crate::meeting::command::Command;
use crate::meeting::fact::Fact;
use crate::meeting::ids::{SeatId, Timestamp};
use crate::meeting::marks::Known;
use crate::meeting::refusal::{Code, Refusal};
use crate::meeting::role::{Actor, Role};
use crate::meeting::wish::{Context, Wish};

use super::answer::{Granted, Sent};
use super::input::Work;
use super::keeper::Exit;
use super::ledger::Trouble;
use super::limits::Bucket;
use super::measure;
use super::recheck::Recheck;
use super::record::{self, Signature};
use super::task::{DEADLINE_PAUSE, Task};

/// Commands in one append at most.
const BATCH: usize = 4096;
/// What an update of notes costs, in commands.
const NOTE_COST: f64 = 0.5;
/// A command that panicked this often is set aside.
const PANICS: u8 = 2;

type Append = Pin<Box<dyn Future<Output = Result<Position, Trouble>> + Send>>;

/// What was decided of one piece of work.
#[derive(Debug)]
enum Verdict {
    Done,
    No(Refusal),
    Granted(Granted),
}

/// An append on its way, and what will be answered when it has landed.
pub(super) struct Flight {
    append: Append,
    decided: Vec<(Work, Verdict)>,
    entries: usize,
    begun: Instant,
    recheck: Recheck,
}

impl Flight {
    /// Waits for the flight there is; forever when there is none.
    pub async fn landing(flight: &mut Option<Self>) -> Result<Position, Trouble> {
        match flight {
            Some(flight) => flight.append.as_mut().await,
            None => std::future::pending().await,
        }
    }

    /// The work to decide again, or to refuse.
    pub fn into_work(self) -> Vec<Work> {
        self.decided.into_iter().map(|(work, _)| work).collect()
    }
}

/// A batch while it is decided.
struct Batch {
    now: Timestamp,
    instant: Instant,
    records: Vec<Record>,
    recheck: Recheck,
}

impl Task<'_> {
    /// Decides what is in hand. A flight, unless nothing that must be written came of it: then all is answered already.
    ///
    /// # Errors
    /// Something panicked: the state dies, the commands stay in hand.
    pub fn take_off(&mut self) -> Result<Option<Flight>, Exit> {
        let mut batch = Batch {
            now: self.keeper.house.clock.now().max(self.meeting.last),
            instant: Instant::now(),
            records: Vec::new(),
            recheck: Recheck::default(),
        };
        let mut decided = Vec::new();
        while decided.len() < BATCH {
            let Some(work) = self.keeper.hands.work.pop_front() else {
                break;
            };
            match catch_unwind(AssertUnwindSafe(|| self.weigh(&work, &mut batch))) {
                Ok(verdict) => {
                    if let (Work::Command(pending), Verdict::No(refusal)) = (&work, &verdict) {
                        self.keeper.hold(&pending.sent, &pending.origin, refusal);
                    }
                    decided.push((work, verdict));
                }
                Err(_) => {
                    self.panicked(work, decided);
                    return Err(Exit::Again);
                }
            }
        }
        measure::decided(decided.len());
        if batch.records.is_empty() {
            self.answer_all(decided);
            return Ok(None);
        }
        let entries = batch.records.len();
        let append =
            self.keeper
                .ledger
                .append(self.keeper.house.id.0, self.position, batch.records);
        Ok(Some(Flight {
            append: Box::pin(append),
            decided,
            entries,
            begun: batch.instant,
            recheck: batch.recheck,
        }))
    }

    /// The batch is durable: now it may be seen.
    pub fn landed(&mut self, flight: Flight, position: Position) {
        self.position = position;
        self.keeper.tries = 0;
        self.keeper.unwritable_until = None;
        self.keeper.house.set_trouble(None);
        measure::appended(flight.entries, flight.begun.elapsed());
        self.answer_all(flight.decided);
        self.recheck(&flight.recheck);
    }

    fn answer_all(&mut self, decided: Vec<(Work, Verdict)>) {
        for (work, verdict) in decided {
            match (work, verdict) {
                (
                    Work::Wish {
                        reply: Some(reply), ..
                    },
                    Verdict::Granted(granted),
                ) => {
                    let _gone = reply.send(Ok(granted));
                }
                (work, Verdict::No(refusal)) => self.keeper.answer(work, Err(refusal)),
                (work, _) => self.keeper.answer(work, Ok(())),
            }
        }
    }

    /// A command panicked: everything goes back into the hands, in order, for a state that is read anew.
    fn panicked(&mut self, work: Work, decided: Vec<(Work, Verdict)>) {
        match &work {
            Work::Command(pending) => {
                let key = (pending.sent.by, record::hash(&pending.sent));
                let times = self.keeper.panics.entry(key).or_default();
                *times = times.saturating_add(1);
                let times = *times;
                tracing::error!(meeting = %self.keeper.house.id, hash = key.1, times, "a command panicked");
                self.keeper.hands.work.push_front(work);
            }
            Work::Wish { .. } => {
                tracing::error!(meeting = %self.keeper.house.id, "a wish of the server panicked");
                self.keeper
                    .answer(work, Err(Refusal::new(Code::Quarantined)));
            }
        }
        for (work, _) in decided.into_iter().rev() {
            self.keeper.hands.work.push_front(work);
        }
    }

    fn weigh(&mut self, work: &Work, batch: &mut Batch) -> Verdict {
        match work {
            Work::Command(pending) => {
                if let Some(refusal) = self.keeper.held(pending) {
                    return Verdict::No(refusal);
                }
                match self.weigh_command(&pending.sent, batch) {
                    Ok(()) => Verdict::Done,
                    Err(refusal) => Verdict::No(refusal),
                }
            }
            Work::Wish { actor, wish, .. } => match self.weigh_wish(*actor, wish, batch) {
                Ok(granted) => Verdict::Granted(granted),
                Err(refusal) => Verdict::No(refusal),
            },
        }
    }

    fn weigh_command(&mut self, sent: &Sent, batch: &mut Batch) -> Result<(), Refusal> {
        let facilitator = self.check_token(sent)?;
        let hash = record::hash(sent);
        let signature = record::signature(sent, hash);
        if self.is_known(signature)? {
            return Ok(());
        }
        if self.is_poison(sent, hash) {
            return self.set_aside(crate::meeting::hash(&sent.command), batch);
        }
        if let Some(refusal) = self.keeper.not_writable() {
            return Err(refusal);
        }
        self.charge(sent, facilitator, batch.instant)?;
        let actor = self.actor_of(sent, facilitator)?;
        let wish = Wish::Command(sent.command.clone());
        let facts = self.decide(actor, &wish, batch)?;
        if facts.is_empty() {
            if let Some((outbox, n, hash)) = signature.number {
                self.idle.mark(outbox, n, hash);
            }
            return Ok(());
        }
        self.enter(signature, facts, batch);
        Ok(())
    }

    fn weigh_wish(
        &mut self,
        actor: Actor,
        wish: &Wish,
        batch: &mut Batch,
    ) -> Result<Granted, Refusal> {
        if let Some(refusal) = self.keeper.not_writable() {
            return Err(refusal);
        }
        if matches!(wish, Wish::Note { .. }) {
            self.charge_notes(actor, batch.instant)?;
        }
        let decided = self.decide(actor, wish, batch);
        if *wish == Wish::Deadline && !matches!(&decided, Ok(facts) if !facts.is_empty()) {
            self.deadline_not_before = batch.instant + DEADLINE_PAUSE;
        }
        let facts = decided?;
        if !facts.is_empty() {
            let signature = Signature {
                by: record::signer(actor, wish),
                number: None,
            };
            self.enter(signature, facts.clone(), batch);
        }
        let whose = whose_standing(actor, wish, &facts);
        Ok(Granted {
            standing: self.meeting.standing(whose),
            facts,
        })
    }

    fn decide(&mut self, actor: Actor, wish: &Wish, batch: &Batch) -> Result<Vec<Fact>, Refusal> {
        let context = Context {
            now: batch.now,
            actor,
            entropy: self.keeper.dice.roll(),
        };
        (self.keeper.rules.decide)(&self.meeting, wish, &context)
    }

    /// Applies the facts and puts them into the batch.
    fn enter(&mut self, signature: Signature, facts: Vec<Fact>, batch: &mut Batch) {
        let entry = signature.entry(facts);
        self.meeting.apply(&signature.stamp(batch.now), &entry);
        for fact in &entry.facts {
            self.views.note(&self.meeting, fact);
            batch.recheck.note(fact);
        }
        batch.records.push(signature.record(batch.now, &entry));
    }

    /// Whether the token is still good; whether its holder is a facilitator or moderator.
    fn check_token(&self, sent: &Sent) -> Result<bool, Refusal> {
        let standing = self.meeting.standing(sent.by);
        if standing.void || sent.generation < standing.generation {
            return Err(Refusal::because(Code::NotAllowed, "the token was revoked"));
        }
        Ok(
            standing.roles.contains(&Role::Facilitator)
                || standing.roles.contains(&Role::Moderator),
        )
    }

    /// Whether the number was applied already with this very command.
    fn is_known(&self, signature: Signature) -> Result<bool, Refusal> {
        let Some((outbox, n, hash)) = signature.number else {
            return Ok(false);
        };
        let known = self.meeting.marks.known(outbox, n, hash);
        let idle = self.idle.known(outbox, n, hash);
        match (known, idle) {
            (Known::Same, _) | (_, Known::Same) => Ok(true),
            (Known::Other, _) | (_, Known::Other) => Err(Code::NumberReused.into()),
            (Known::Lower, _) => Err(Code::Superseded.into()),
            (Known::New, _) => Ok(false),
        }
    }

    fn is_poison(&self, sent: &Sent, hash: u64) -> bool {
        let times = self.keeper.panics.get(&(sent.by, hash));
        times.is_some_and(|times| *times >= PANICS)
    }

    /// The journal learns once that this command was set aside; whoever sends it again is only told.
    fn set_aside(&mut self, hash: u64, batch: &mut Batch) -> Result<(), Refusal> {
        if self.keeper.not_writable().is_none() {
            let facts = self.decide(Actor::Server, &Wish::Quarantine { hash }, batch)?;
            if !facts.is_empty() {
                self.enter(Signature::default(), facts, batch);
            }
        }
        Err(Code::Quarantined.into())
    }

    /// Somebody who types sends a few updates a second: each costs less than a command.
    fn charge_notes(&mut self, actor: Actor, now: Instant) -> Result<(), Refusal> {
        let limits = self.keeper.settings.limits;
        let bucket = self
            .keeper
            .buckets
            .entry(actor)
            .or_insert_with(|| Bucket::full(limits.seat, now));
        let taken = bucket.take(limits.seat, NOTE_COST, now);
        taken.map_err(|wait| Refusal::later(Code::SlowDown, wait_ms(wait)))
    }

    fn charge(&mut self, sent: &Sent, facilitator: bool, now: Instant) -> Result<(), Refusal> {
        let limits = self.keeper.settings.limits;
        let rate = if facilitator {
            limits.facilitator
        } else {
            limits.seat
        };
        let cost = if matches!(sent.command, Command::Ask { .. }) {
            limits.ask
        } else {
            1.0
        };
        let own = self
            .keeper
            .buckets
            .entry(sent.by)
            .or_insert_with(|| Bucket::full(rate, now));
        if let Err(wait) = own.take(rate, cost, now) {
            return Err(Refusal::later(Code::SlowDown, wait_ms(wait)));
        }
        if let Err(wait) = self.keeper.bucket.take(limits.meeting, 1.0, now) {
            let retry = self.keeper.retry(wait);
            return Err(Refusal::later(Code::Busy, retry));
        }
        Ok(())
    }

    /// For whom it is: the sender, or a proxy that the desk acts for.
    fn actor_of(&self, sent: &Sent, facilitator: bool) -> Result<Actor, Refusal> {
        let Some(proxy) = sent.as_ else {
            return Ok(sent.by);
        };
        let seat = SeatId(proxy);
        if Actor::Seat(seat) == sent.by {
            return Ok(sent.by);
        }
        let is_proxy = self
            .meeting
            .seats
            .get(&seat)
            .is_some_and(|seat| seat.proxy && !seat.void);
        if facilitator && is_proxy {
            return Ok(Actor::Seat(seat));
        }
        Err(Refusal::because(
            Code::NotAllowed,
            "`as` names a proxy of your desk, or a holder on this socket",
        ))
    }
}

fn wait_ms(wait: Duration) -> u32 {
    u32::try_from(wait.as_millis())
        .unwrap_or(u32::MAX)
        .saturating_add(1)
}

/// Whose standing a granted wish is told with.
fn whose_standing(actor: Actor, wish: &Wish, facts: &[Fact]) -> Actor {
    if let Wish::Sit { seat, .. } = wish {
        return Actor::Seat(*seat);
    }
    facts
        .iter()
        .find_map(|fact| match fact {
            Fact::SeatMoved { seat, .. } => Some(Actor::Seat(*seat)),
            _ => None,
        })
        .unwrap_or(actor)
}
