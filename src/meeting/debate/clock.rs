//! The clock of a debate: `ready → running ⇄ paused → done`, segment by segment, on the server's time. Pure: a clock, what is
//! wished, and the time give the next clock; whole milliseconds, so that nothing is lost or gained by a pause or a restart.
//! Overtime is no state of its own: a clock past its length is in it. Knows no people; factors come in as percent.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::format::model::{Bell, Format, Kind, Segment};
use crate::meeting::command::Verb;
use crate::meeting::ids::Timestamp;
use crate::meeting::refusal::{Code, Refusal};
use crate::meeting::watch::Watch;

/// Most that can be added or taken, all in all, in milliseconds.
const ADDED_MS: i64 = 3_600_000;
/// How far past the end bells are reckoned, in milliseconds.
const OVERTIME_MS: i64 = 180_000;

/// Where a debate stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub enum Position {
    /// The motion is not out.
    #[default]
    #[serde(rename = "setup")]
    Setup,
    #[serde(rename = "preparation")]
    Preparation,
    #[serde(rename = "segment")]
    Segment(u8),
    #[serde(rename = "over")]
    Over,
}

/// How far the present part has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Running {
    #[default]
    #[serde(rename = "ready")]
    Ready,
    #[serde(rename = "running")]
    Running,
    #[serde(rename = "paused")]
    Paused,
    #[serde(rename = "interpreting")]
    Interpreting,
    #[serde(rename = "done")]
    Done,
}

/// What a part had used when the debate left it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Kept {
    pub spent_ms: i64,
    #[serde(default)]
    pub added_ms: i64,
}

/// The clock as it stands; stored whole with each fact about it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct DebateClock {
    pub at: Position,
    pub running: Running,
    pub watch: Watch,
    /// What the chair added to this part's length.
    pub added_ms: i64,
    /// Parts left before, preparation under 255.
    pub kept: BTreeMap<u8, Kept>,
    /// Preparation banks: what each side has used.
    pub banks: BTreeMap<String, Watch>,
    /// Free debate: what each side has used of the present segment.
    pub free: BTreeMap<String, Watch>,
    /// Who has the floor of a free debate.
    pub turn: Option<String>,
}

/// Key of the preparation among [`DebateClock::kept`].
pub const PREPARATION: u8 = u8::MAX;

/// A wish about the clock.
#[derive(Debug, Clone, Copy)]
pub struct Turn<'a> {
    pub verb: Verb,
    pub now: Timestamp,
    pub seconds: Option<i32>,
    pub segment: Option<u8>,
    pub side: Option<&'a str>,
    /// Time factor of whoever has the present part, in percent.
    pub factor: u16,
}

impl DebateClock {
    /// The part it stands at, if one.
    #[must_use]
    pub fn part<'a>(&self, format: &'a Format) -> Option<&'a Segment> {
        match self.at {
            Position::Preparation => format.preparation.as_ref(),
            Position::Segment(index) => format.segments.get(usize::from(index)),
            Position::Setup | Position::Over => None,
        }
    }

    #[must_use]
    pub fn segment(&self) -> Option<u8> {
        match self.at {
            Position::Segment(index) => Some(index),
            _ => None,
        }
    }

    /// What the part is called among the kept ones.
    fn key(&self) -> Option<u8> {
        match self.at {
            Position::Preparation => Some(PREPARATION),
            Position::Segment(index) => Some(index),
            Position::Setup | Position::Over => None,
        }
    }

    /// What each part has used, the present one up to `now`.
    #[must_use]
    pub fn spoken(&self, now: Timestamp) -> BTreeMap<u8, i64> {
        let mut spoken: BTreeMap<u8, i64> = self
            .kept
            .iter()
            .map(|(key, kept)| (*key, kept.spent_ms))
            .collect();
        if let Some(key) = self.key() {
            spoken.insert(key, self.watch.at(now));
        }
        spoken
    }

    /// The motion is out: preparation runs, or the first segment is ready.
    #[must_use]
    pub fn released(&self, format: &Format, now: Timestamp) -> Self {
        let mut next = self.clone();
        if next.at != Position::Setup {
            return next;
        }
        if format.preparation.is_some() {
            next.at = Position::Preparation;
            next.running = Running::Running;
            next.watch.start(now);
        } else {
            next.enter(format, Position::Segment(0));
        }
        next
    }

    /// The clock after `turn`; the same clock when nothing changes.
    ///
    /// Refusals: `wrong_state`, `out_of_range`, `not_found`.
    pub fn turned(&self, format: &Format, turn: &Turn<'_>) -> Result<Self, Refusal> {
        let mut next = self.clone();
        next.settle(format, turn.now, turn.factor);
        next.settle_banks(format, turn.now);
        match turn.verb {
            Verb::Start | Verb::Resume => next.start(format, turn.now)?,
            Verb::Pause => next.stop(turn.now, Running::Paused)?,
            Verb::Interpret => next.stop(turn.now, Running::Interpreting)?,
            Verb::Finish => next.finish(turn.now)?,
            Verb::Reset => next.reset()?,
            Verb::Adjust => next.adjust(format, turn)?,
            Verb::Next => next.step(format, turn.now, 1)?,
            Verb::Back => next.step(format, turn.now, -1)?,
            Verb::Jump => {
                let to = turn.segment.ok_or(Code::OutOfRange)?;
                next.leave(turn.now);
                next.enter_if(format, i32::from(to))?;
            }
            Verb::Bank => next.bank(format, turn)?,
            Verb::HandOver => next.hand_over(format, turn)?,
        }
        Ok(next)
    }

    /// Stops at the first bell that pauses and has been reached by `now`, exactly there.
    pub fn settle(&mut self, format: &Format, now: Timestamp, factor: u16) {
        let Some(at) = self.pause_due(format, factor).filter(|at| *at <= now) else {
            return;
        };
        self.watch.stop(at);
        for watch in self.free.values_mut() {
            watch.stop(at);
        }
        self.running = Running::Paused;
    }

    /// When the running clock reaches a bell that pauses it.
    #[must_use]
    pub fn pause_due(&self, format: &Format, factor: u16) -> Option<Timestamp> {
        let since = self.watch.since?;
        let part = self.part(format)?;
        let pausing = bells(format, part, factor, self.added_ms)
            .into_iter()
            .find(|bell| bell.bell.pause && bell.at_ms > self.watch.spent_ms)?;
        Some(since.plus_ms(pausing.at_ms - self.watch.spent_ms))
    }

    /// Banks that are used up by `now` stop there.
    pub fn settle_banks(&mut self, format: &Format, now: Timestamp) {
        let most = i64::from(format.bank_s) * 1_000;
        for bank in self.banks.values_mut() {
            if let Some(at) = bank.reaches(most).filter(|at| *at <= now) {
                bank.stop(at);
            }
        }
    }

    /// When the running bank is used up.
    #[must_use]
    pub fn bank_due(&self, format: &Format) -> Option<Timestamp> {
        let most = i64::from(format.bank_s) * 1_000;
        self.banks
            .values()
            .filter_map(|bank| bank.reaches(most))
            .min()
    }

    /// Everything stands: the activity closes.
    #[must_use]
    pub fn stopped(&self, now: Timestamp) -> Self {
        let mut next = self.clone();
        next.halt(now);
        if next.running == Running::Running {
            next.running = Running::Paused;
        }
        next
    }

    fn start(&mut self, format: &Format, now: Timestamp) -> Result<(), Refusal> {
        if self.at == Position::Setup {
            *self = self.released(format, now);
        }
        let part = self.part(format).ok_or_else(over)?;
        for bank in self.banks.values_mut() {
            bank.stop(now);
        }
        if part.kind == Kind::Free && part.each_s > 0 {
            let sides = &format.sides;
            let first = sides.first().map(|side| side.id.clone());
            let turn = self.turn.get_or_insert(first.unwrap_or_default()).clone();
            self.free.entry(turn).or_default().start(now);
        }
        self.watch.start(now);
        self.running = Running::Running;
        Ok(())
    }

    /// A clock that stands already only changes why.
    fn stop(&mut self, now: Timestamp, why: Running) -> Result<(), Refusal> {
        match self.running {
            Running::Ready | Running::Done => {
                Err(Refusal::because(Code::WrongState, "the clock does not run"))
            }
            Running::Running | Running::Paused | Running::Interpreting => {
                self.halt(now);
                self.running = why;
                Ok(())
            }
        }
    }

    fn halt(&mut self, now: Timestamp) {
        self.watch.stop(now);
        for watch in self.free.values_mut().chain(self.banks.values_mut()) {
            watch.stop(now);
        }
    }

    fn finish(&mut self, now: Timestamp) -> Result<(), Refusal> {
        if self.key().is_none() {
            return Err(over());
        }
        self.halt(now);
        self.running = Running::Done;
        Ok(())
    }

    fn reset(&mut self) -> Result<(), Refusal> {
        if self.key().is_none() {
            return Err(over());
        }
        self.watch = Watch::default();
        self.free.clear();
        self.turn = None;
        self.added_ms = 0;
        self.running = Running::Ready;
        Ok(())
    }

    /// Refusals: `wrong_state`, `out_of_range` (below nothing, or more than an hour).
    fn adjust(&mut self, format: &Format, turn: &Turn<'_>) -> Result<(), Refusal> {
        let part = self.part(format).ok_or_else(over)?;
        let wished = i64::from(turn.seconds.ok_or(Code::OutOfRange)?) * 1_000;
        let added = self.added_ms + wished;
        let length = scaled(i64::from(part.length_s) * 1_000, turn.factor);
        if added.abs() > ADDED_MS || length + added < 0 {
            return Err(Refusal::because(
                Code::OutOfRange,
                "at most an hour, and no less than nothing",
            ));
        }
        self.added_ms = added;
        Ok(())
    }

    fn step(&mut self, format: &Format, now: Timestamp, by: i32) -> Result<(), Refusal> {
        let last = i32::try_from(format.segments.len()).unwrap_or(0);
        let from = match self.at {
            Position::Setup if by > 0 => {
                *self = self.released(format, now);
                return Ok(());
            }
            Position::Setup => return Err(over()),
            Position::Preparation => -1,
            Position::Segment(index) => i32::from(index),
            Position::Over => last,
        };
        self.leave(now);
        let to = from + by;
        if to == -1 && format.preparation.is_some() {
            self.enter(format, Position::Preparation);
            return Ok(());
        }
        if to == last {
            self.enter(format, Position::Over);
            return Ok(());
        }
        self.enter_if(format, to)
    }

    fn enter_if(&mut self, format: &Format, to: i32) -> Result<(), Refusal> {
        let index = u8::try_from(to).ok();
        match index.filter(|index| usize::from(*index) < format.segments.len()) {
            Some(index) => {
                self.enter(format, Position::Segment(index));
                Ok(())
            }
            None => Err(Refusal::because(Code::OutOfRange, "there is no such part")),
        }
    }

    fn leave(&mut self, now: Timestamp) {
        self.halt(now);
        if let Some(key) = self.key() {
            let kept = Kept {
                spent_ms: self.watch.spent_ms,
                added_ms: self.added_ms,
            };
            self.kept.insert(key, kept);
        }
    }

    /// What was left before goes on where it stood.
    fn enter(&mut self, format: &Format, to: Position) {
        self.at = to;
        self.free.clear();
        self.turn = None;
        let kept = self.key().and_then(|key| self.kept.remove(&key));
        let kept = kept.unwrap_or_default();
        self.watch = Watch {
            spent_ms: kept.spent_ms,
            since: None,
        };
        self.added_ms = kept.added_ms;
        self.running = if self.part(format).is_none() {
            Running::Done
        } else if kept.spent_ms > 0 {
            Running::Paused
        } else {
            Running::Ready
        };
    }

    /// Refusals: `wrong_state` while somebody speaks, `not_found`, `out_of_range` when the bank is used up.
    fn bank(&mut self, format: &Format, turn: &Turn<'_>) -> Result<(), Refusal> {
        let Some(side) = turn.side else {
            for bank in self.banks.values_mut() {
                bank.stop(turn.now);
            }
            return Ok(());
        };
        if format.bank_s == 0 || !format.sides.iter().any(|known| known.id == side) {
            return Err(Code::NotFound.into());
        }
        if self.running == Running::Running {
            return Err(Refusal::because(Code::WrongState, "somebody speaks"));
        }
        for (_, bank) in self.banks.iter_mut().filter(|(of, _)| *of != side) {
            bank.stop(turn.now);
        }
        let bank = self.banks.entry(side.to_owned()).or_default();
        if bank.at(turn.now) >= i64::from(format.bank_s) * 1_000 {
            return Err(Refusal::because(Code::OutOfRange, "the bank is used up"));
        }
        bank.start(turn.now);
        Ok(())
    }

    /// Refusals: `wrong_state` outside a free debate, `not_found`.
    fn hand_over(&mut self, format: &Format, turn: &Turn<'_>) -> Result<(), Refusal> {
        let side = turn.side.ok_or(Code::NotFound)?;
        let free = self
            .part(format)
            .is_some_and(|part| part.kind == Kind::Free);
        if !free {
            return Err(Refusal::because(Code::WrongState, "no free debate"));
        }
        if !format.sides.iter().any(|known| known.id == side) {
            return Err(Code::NotFound.into());
        }
        for watch in self.free.values_mut() {
            watch.stop(turn.now);
        }
        if self.watch.runs() {
            self.free
                .entry(side.to_owned())
                .or_default()
                .start(turn.now);
        }
        self.turn = Some(side.to_owned());
        Ok(())
    }
}

fn over() -> Refusal {
    Refusal::because(Code::WrongState, "there is no part to run")
}

/// Milliseconds times a factor in percent.
#[must_use]
pub fn scaled(ms: i64, factor: u16) -> i64 {
    ms.saturating_mul(i64::from(factor)) / 100
}

/// Length of a part for whoever has it, in milliseconds; 0: without limit.
#[must_use]
pub fn length_ms(part: &Segment, factor: u16, added_ms: i64) -> i64 {
    let seconds = if part.kind == Kind::Free && part.each_s > 0 {
        part.each_s
    } else {
        part.length_s
    };
    if seconds == 0 {
        return 0;
    }
    (scaled(i64::from(seconds) * 1_000, factor) + added_ms).max(1)
}

/// A bell where it rings for whoever has the part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimedBell {
    pub at_ms: i64,
    pub bell: Bell,
}

/// The bells of a part in order: stretched by the factor; those of its second half move with what the chair added; those of
/// overtime after them.
#[must_use]
pub fn bells(format: &Format, part: &Segment, factor: u16, added_ms: i64) -> Vec<TimedBell> {
    let mut found: Vec<TimedBell> = part
        .bells
        .iter()
        .map(|bell| {
            let moves = u64::from(bell.at_s) * 2 >= u64::from(part.length_s);
            let at_ms = scaled(i64::from(bell.at_s) * 1_000, factor);
            TimedBell {
                at_ms: if moves { at_ms + added_ms } else { at_ms },
                bell: bell.clone(),
            }
        })
        .filter(|bell| bell.at_ms > 0)
        .collect();
    let length = length_ms(part, factor, added_ms);
    let timed = matches!(part.kind, Kind::Speech | Kind::Reply);
    let past = part.bells.iter().any(|bell| bell.at_s > part.length_s);
    if length > 0 && timed && !past && format.overtime.first_s > 0 {
        let mut after = i64::from(format.overtime.first_s) * 1_000;
        let every = i64::from(format.overtime.every_s) * 1_000;
        while after <= OVERTIME_MS {
            found.push(TimedBell {
                at_ms: length + after,
                bell: Bell {
                    rings: format.overtime.rings,
                    ..Bell::default()
                },
            });
            if every == 0 {
                break;
            }
            after += every;
        }
    }
    found.sort_by_key(|bell| bell.at_ms);
    found
}

/// Whether points of information may be offered when `spent_ms` have run: what the last bell said, or the phase it began.
#[must_use]
pub fn points_allowed(format: &Format, part: &Segment, timed: &[TimedBell], spent_ms: i64) -> bool {
    let of_phase = |phase: &str| format.points_in(phase);
    let mut allowed = of_phase(&part.first_phase);
    for passed in timed.iter().filter(|bell| bell.at_ms <= spent_ms) {
        if let Some(points) = passed.bell.points {
            allowed = points;
        } else if !passed.bell.phase.is_empty() {
            allowed = of_phase(&passed.bell.phase);
        }
    }
    allowed
}
