//! Clocks as they travel: in milliseconds with digits, or, where somebody's time is stretched, as a bar that says no length.

use super::shown::{Clock, ClockBell, ClockState};
use crate::format::model::{Kind, Segment};
use crate::meeting::debate::clock::{self, Position, Running};
use crate::meeting::debate::state::Debate;
use crate::meeting::state::Meeting;
use crate::meeting::watch::Watch;

/// The whole of a bar.
const WHOLE: i64 = 1_000;
/// What a `rate` of one unit a millisecond is written as.
const ONE: i64 = 1_000_000_000;

/// How time is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::view) enum Digits {
    Shown,
    Hidden,
}

/// A clock of so many milliseconds.
pub(in crate::view) struct Timed {
    pub state: ClockState,
    pub watch: Watch,
    /// 0: without limit.
    pub length_ms: i64,
    pub bells: Vec<ClockBell>,
    pub phase: Option<String>,
}

impl Timed {
    /// As it travels.
    pub fn shown(self, digits: Digits) -> Clock {
        let bar = digits == Digits::Hidden && self.length_ms > 0;
        let unit = |ms: i64| {
            if bar {
                ms.saturating_mul(WHOLE) / self.length_ms
            } else {
                ms
            }
        };
        let bells = self.bells.iter().map(|bell| ClockBell {
            at: unit(bell.at),
            ..bell.clone()
        });
        Clock {
            state: self.state,
            spent: unit(self.watch.spent_ms),
            since: self.watch.since,
            length: if bar { WHOLE } else { self.length_ms },
            rate: bar.then(|| ONE.saturating_mul(WHOLE) / self.length_ms),
            bar: bar.then_some(true),
            bells: bells.collect(),
            phase: self.phase,
        }
    }
}

/// Of the present part, for whoever has it.
pub fn present(meeting: &Meeting, debate: &Debate, digits: Digits) -> Clock {
    let own = &debate.clock;
    let Some(part) = own.part(&debate.format) else {
        return Clock {
            state: if own.at == Position::Over {
                ClockState::Done
            } else {
                ClockState::Ready
            },
            ..Clock::default()
        };
    };
    let factor = meeting.present_factor(debate);
    let shared = part.kind == Kind::Free && part.each_s > 0;
    let watch = own
        .turn
        .as_ref()
        .filter(|_| shared)
        .and_then(|side| own.free.get(side))
        .copied()
        .unwrap_or(if shared { Watch::default() } else { own.watch });
    Timed {
        state: state(own.running),
        watch,
        length_ms: clock::length_ms(part, factor, own.added_ms),
        bells: if shared {
            Vec::new()
        } else {
            bells(debate, part, factor, own.added_ms)
        },
        phase: first_phase(part),
    }
    .shown(digits)
}

/// Of a segment to come, for whoever will have it.
pub fn to_come(debate: &Debate, part: &Segment, factor: u16) -> Clock {
    Timed {
        state: ClockState::Ready,
        watch: Watch::default(),
        length_ms: clock::length_ms(part, factor, 0),
        bells: bells(debate, part, factor, 0),
        phase: first_phase(part),
    }
    .shown(Digits::Shown)
}

/// A bank, or a window: a length and what has run of it.
pub fn plain(watch: Watch, length_ms: i64, digits: Digits) -> Clock {
    Timed {
        state: if watch.runs() {
            ClockState::Running
        } else {
            ClockState::Paused
        },
        watch,
        length_ms,
        bells: Vec::new(),
        phase: None,
    }
    .shown(digits)
}

fn first_phase(part: &Segment) -> Option<String> {
    (!part.first_phase.is_empty()).then(|| part.first_phase.clone())
}

fn state(running: Running) -> ClockState {
    match running {
        Running::Ready => ClockState::Ready,
        Running::Running => ClockState::Running,
        Running::Paused => ClockState::Paused,
        Running::Interpreting => ClockState::Interpreting,
        Running::Done => ClockState::Done,
    }
}

fn bells(debate: &Debate, part: &Segment, factor: u16, added_ms: i64) -> Vec<ClockBell> {
    let timed = clock::bells(&debate.format, part, factor, added_ms);
    timed
        .into_iter()
        .map(|timed| {
            let phase = timed.bell.phase;
            let begins = Some(phase.as_str()).filter(|phase| !phase.is_empty());
            let points = timed
                .bell
                .points
                .or_else(|| begins.map(|phase| debate.format.points_in(phase)));
            ClockBell {
                at: timed.at_ms,
                rings: timed.bell.rings,
                pause: timed.bell.pause.then_some(true),
                phase: (!phase.is_empty()).then_some(phase),
                points,
            }
        })
        .collect()
}
