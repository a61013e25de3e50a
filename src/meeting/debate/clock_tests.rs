//! The clock: every verb, and that none gains or loses a millisecond, whatever comes in whatever order, restarts included.

use std::collections::BTreeMap;

use proptest::collection::vec;
use proptest::prelude::*;

use super::clock::{
    DebateClock, PREPARATION, Position, Running, Turn, bells, length_ms, points_allowed,
};
use crate::format::model::{Bell, Format, Kind, Segment, Side};
use crate::meeting::command::Verb;
use crate::meeting::ids::Timestamp;
use crate::meeting::refusal::Code;

const NOON: Timestamp = Timestamp(1_760_000_000_000);

fn segment(name: &str, kind: Kind, length_s: u32, bells: &[(u32, u8, bool, &str)]) -> Segment {
    Segment {
        name: name.to_owned(),
        kind,
        owner: "proposition".to_owned(),
        place: 1,
        length_s,
        bells: bells
            .iter()
            .map(|(at_s, rings, pause, phase)| Bell {
                at_s: *at_s,
                rings: *rings,
                pause: *pause,
                phase: (*phase).to_owned(),
                points: None,
            })
            .collect(),
        ..Segment::default()
    }
}

/// Preparation of 60 s, a speech of 120 s whose clock a bell stops at 30 s, a free debate with 40 s each, a reply.
fn format() -> Format {
    let side = |id: &str| Side {
        id: id.to_owned(),
        name: id.to_owned(),
        ..Side::default()
    };
    Format {
        id: "test".to_owned(),
        name: "Test".to_owned(),
        sides: vec![side("proposition"), side("opposition")],
        speakers: 2,
        bank_s: 20,
        preparation: Some(segment(
            "Preparation",
            Kind::Preparation,
            60,
            &[(60, 1, false, "")],
        )),
        segments: vec![
            segment(
                "First",
                Kind::Speech,
                120,
                &[
                    (30, 0, true, "pois-allowed"),
                    (90, 1, false, "warning"),
                    (120, 2, false, "overtime"),
                ],
            ),
            Segment {
                each_s: 40,
                owner: "both".to_owned(),
                ..segment("Free", Kind::Free, 80, &[])
            },
            segment("Reply", Kind::Reply, 60, &[(60, 2, false, "overtime")]),
        ],
        ..Format::default()
    }
}

fn turn(verb: Verb, now: Timestamp) -> Turn<'static> {
    Turn {
        verb,
        now,
        seconds: None,
        segment: None,
        side: None,
        factor: 100,
    }
}

struct Room {
    format: Format,
    clock: DebateClock,
    now: Timestamp,
}

impl Room {
    fn new() -> Self {
        Self {
            format: format(),
            clock: DebateClock::default(),
            now: NOON,
        }
    }

    fn after(&mut self, ms: i64, verb: Verb) -> Result<(), Code> {
        self.now = self.now.plus_ms(ms);
        self.clock = self
            .clock
            .turned(&self.format, &turn(verb, self.now))
            .map_err(|refusal| refusal.code)?;
        Ok(())
    }

    fn spent(&self) -> i64 {
        self.clock.watch.at(self.now)
    }
}

#[test]
fn a_release_starts_preparation_and_next_makes_the_first_speech_ready() {
    let mut room = Room::new();
    room.clock = room.clock.released(&room.format, room.now);
    assert_eq!(
        (room.clock.at, room.clock.running),
        (Position::Preparation, Running::Running)
    );
    room.after(61_500, Verb::Next).unwrap();
    assert_eq!(
        (room.clock.at, room.clock.running),
        (Position::Segment(0), Running::Ready)
    );
    assert_eq!(room.clock.kept[&PREPARATION].spent_ms, 61_500);
}

#[test]
fn a_bell_stops_the_clock_exactly_there_and_it_goes_on_from_there() {
    let mut room = Room::new();
    room.after(0, Verb::Next).unwrap();
    room.after(0, Verb::Next).unwrap();
    room.after(0, Verb::Start).unwrap();
    // Nobody looked before 31.7 s: what ran past the bell is not spoken.
    room.after(31_700, Verb::Resume).unwrap();
    assert_eq!(
        (room.spent(), room.clock.running),
        (30_000, Running::Running)
    );
    room.after(250, Verb::Pause).unwrap();
    assert_eq!(
        (room.spent(), room.clock.running),
        (30_250, Running::Paused)
    );
    room.after(90_000, Verb::Interpret).unwrap();
    assert_eq!(
        (room.spent(), room.clock.running),
        (30_250, Running::Interpreting)
    );
}

#[test]
fn every_verb_is_refused_where_there_is_nothing_to_run() {
    let mut room = Room::new();
    for verb in [Verb::Pause, Verb::Finish, Verb::Reset, Verb::Back] {
        assert_eq!(room.after(0, verb), Err(Code::WrongState), "{verb:?}");
    }
    for _ in 0..5 {
        room.after(0, Verb::Next).unwrap();
    }
    assert_eq!(room.clock.at, Position::Over);
    for verb in [Verb::Start, Verb::Finish, Verb::Reset, Verb::Next] {
        assert!(room.after(0, verb).is_err(), "{verb:?}");
    }
    room.after(0, Verb::Back).unwrap();
    assert_eq!(room.clock.at, Position::Segment(2));
}

#[test]
fn a_finished_speech_is_taken_back_and_a_part_left_goes_on_where_it_stood() {
    let mut room = Room::new();
    room.after(0, Verb::Next).unwrap();
    room.after(0, Verb::Next).unwrap();
    room.after(0, Verb::Start).unwrap();
    room.after(20_000, Verb::Finish).unwrap();
    room.after(7_000, Verb::Resume).unwrap();
    room.after(1_000, Verb::Next).unwrap();
    assert_eq!(room.clock.at, Position::Segment(1));
    room.after(60_000, Verb::Back).unwrap();
    assert_eq!(
        (room.spent(), room.clock.running),
        (21_000, Running::Paused)
    );
}

#[test]
fn the_factor_stretches_length_and_bells_and_added_time_moves_the_later_ones() {
    let format = format();
    let part = &format.segments[0];
    assert_eq!(length_ms(part, 150, 0), 180_000);
    let at = |factor, added| -> Vec<i64> {
        let bells = bells(&format, part, factor, added);
        bells.iter().take(3).map(|bell| bell.at_ms).collect()
    };
    assert_eq!(at(100, 0), [30_000, 90_000, 120_000]);
    assert_eq!(at(150, 0), [45_000, 135_000, 180_000]);
    assert_eq!(at(100, 10_000), [30_000, 100_000, 130_000]);
    let all = bells(&format, part, 100, 0);
    // Overtime: 15 s after the end, then every 15 s, three rings.
    assert_eq!(
        (all[3].at_ms, all[3].bell.rings, all[4].at_ms),
        (135_000, 3, 150_000)
    );
    let open = |ms| points_allowed(&format, part, &all, ms);
    assert_eq!(
        [29_999, 30_000, 89_999, 90_000].map(open),
        [false, true, true, false]
    );
}

#[test]
fn only_one_bank_runs_and_stops_when_it_is_used_up_or_somebody_speaks() {
    let mut room = Room::new();
    room.after(0, Verb::Next).unwrap();
    room.after(0, Verb::Next).unwrap();
    let bank = |room: &mut Room, ms, side: Option<&'static str>| {
        room.now = room.now.plus_ms(ms);
        let turn = Turn {
            side,
            ..turn(Verb::Bank, room.now)
        };
        room.clock
            .turned(&room.format, &turn)
            .map(|clock| room.clock = clock)
    };
    bank(&mut room, 0, Some("proposition")).unwrap();
    bank(&mut room, 5_000, Some("opposition")).unwrap();
    let used = |room: &Room, side: &str| room.clock.banks[side].at(room.now);
    assert_eq!(used(&room, "proposition"), 5_000);
    room.after(3_000, Verb::Start).unwrap();
    assert_eq!(
        bank(&mut room, 10, Some("opposition")).unwrap_err().code,
        Code::WrongState
    );
    assert_eq!(used(&room, "opposition"), 3_000);
    room.after(0, Verb::Finish).unwrap();
    bank(&mut room, 0, Some("proposition")).unwrap();
    assert_eq!(
        room.clock.bank_due(&room.format),
        Some(room.now.plus_ms(15_000))
    );
    bank(&mut room, 40_000, None).unwrap();
    assert_eq!(used(&room, "proposition"), 20_000);
    assert_eq!(
        bank(&mut room, 0, Some("proposition")).unwrap_err().code,
        Code::OutOfRange
    );
}

#[test]
fn in_a_free_debate_each_side_spends_its_own_bank() {
    let mut room = Room::new();
    for _ in 0..3 {
        room.after(0, Verb::Next).unwrap();
    }
    room.after(0, Verb::Start).unwrap();
    let hand = |room: &mut Room, ms, side| {
        room.now = room.now.plus_ms(ms);
        let turn = Turn {
            side: Some(side),
            ..turn(Verb::HandOver, room.now)
        };
        room.clock = room.clock.turned(&room.format, &turn).unwrap();
    };
    hand(&mut room, 11_000, "opposition");
    hand(&mut room, 4_000, "proposition");
    room.after(1_000, Verb::Pause).unwrap();
    assert_eq!(room.clock.free["proposition"].spent_ms, 12_000);
    assert_eq!(room.clock.free["opposition"].spent_ms, 4_000);
    assert_eq!(room.spent(), 16_000);
}

const VERBS: [Verb; 11] = [
    Verb::Start,
    Verb::Pause,
    Verb::Interpret,
    Verb::Resume,
    Verb::Adjust,
    Verb::Finish,
    Verb::Next,
    Verb::Back,
    Verb::Jump,
    Verb::Bank,
    Verb::HandOver,
];

/// What each part has run, kept with pen and paper: intervals between verbs, cut where a bell stops the clock.
#[derive(Default)]
struct Paper {
    spoken: BTreeMap<u8, i64>,
}

impl Paper {
    fn pass(&mut self, clock: &DebateClock, format: &Format, ms: i64) {
        let key = match clock.at {
            Position::Preparation => PREPARATION,
            Position::Segment(index) => index,
            Position::Setup | Position::Over => return,
        };
        if clock.running != Running::Running {
            return;
        }
        let spoken = self.spoken.entry(key).or_default();
        // The one pausing bell: 30 s into the first speech.
        let stops = (key == 0 && *spoken < 30_000).then_some(30_000);
        let until = stops.map_or(*spoken + ms, |stop| (*spoken + ms).min(stop));
        *spoken = until;
        let _ = format;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, ..ProptestConfig::default() })]

    /// A thousand sequences of verbs with restarts (the clock is written and read again): every part has what was spoken, to the
    /// millisecond.
    #[test]
    fn no_sequence_of_verbs_and_restarts_loses_or_gains_speech(
        steps in vec((0..VERBS.len(), 0..45_000_i64, any::<bool>(), -20..30_i32, 0..4_u8), 1..60),
    ) {
        let format = format();
        let mut clock = DebateClock::default();
        let mut paper = Paper::default();
        let mut now = NOON;
        for (verb, ms, restart, seconds, segment) in steps {
            paper.pass(&clock, &format, ms);
            now = now.plus_ms(ms);
            if restart {
                let written = serde_json::to_string(&clock).unwrap();
                clock = serde_json::from_str(&written).unwrap();
            }
            let turn = Turn {
                verb: VERBS[verb],
                now,
                seconds: Some(seconds),
                segment: Some(segment),
                side: Some("proposition"),
                factor: 100,
            };
            match clock.turned(&format, &turn) {
                Ok(next) => clock = next,
                Err(_) => clock.settle(&format, now, 100),
            }
            let spoken = clock.spoken(now);
            for (key, ms) in &paper.spoken {
                prop_assert_eq!(spoken.get(key).copied().unwrap_or(0), *ms, "part {}", key);
            }
        }
    }
}
