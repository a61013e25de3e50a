//! The debate under way: the clock's verbs from any chair's device, the speaker who ends their own speech, and points of
//! information.

use super::clock::{self, DebateClock, Running, Turn};
use super::fact::DebateFact as F;
use super::state::{Debate, Offer, Point};
use super::{Facts, clocked, find, seat_of};
use crate::meeting::command::{DebateCommand, Verb};
use crate::meeting::ids::{ActivityId, Timestamp};
use crate::meeting::refusal::{Code, Refusal};
use crate::meeting::state::Meeting;
use crate::meeting::wish::Context;

/// How far back a device may say that a key was pressed, in milliseconds.
const PRESSED_MS: i64 = 2_000;

/// Refusals: `not_found`, `closed` (the activity is not open), `wrong_state`, `out_of_range`.
pub fn turn(meeting: &Meeting, command: &DebateCommand, ctx: &Context) -> Facts {
    let DebateCommand::Clock {
        activity,
        verb,
        from,
        at,
        seconds,
        segment,
        side,
    } = command
    else {
        return Ok(vec![]);
    };
    let debate = find(meeting, *activity)?;
    super::open(meeting, *activity)?;
    if from.is_some() && *from != debate.clock.segment() {
        return Ok(vec![]);
    }
    let turn = Turn {
        verb: *verb,
        now: pressed(debate, *at, ctx.now),
        seconds: *seconds,
        segment: *segment,
        side: side.as_deref(),
        factor: meeting.present_factor(debate),
    };
    turned(meeting, *activity, debate, &turn)
}

fn turned(meeting: &Meeting, activity: ActivityId, debate: &Debate, turn: &Turn<'_>) -> Facts {
    let next = debate.clock.turned(&debate.format, turn)?;
    if next == debate.clock {
        return Ok(vec![]);
    }
    let mut facts = Vec::new();
    if next.running != Running::Running || next.at != debate.clock.at {
        facts.extend(quiet(meeting, activity, debate));
    }
    facts.push(clocked(activity, Some(turn.verb), next));
    Ok(facts)
}

/// Whoever offered waits no longer; a point that runs is over.
fn quiet(_meeting: &Meeting, activity: ActivityId, debate: &Debate) -> Vec<F> {
    let offers = debate.offers.keys().map(|side| F::PointAnswered {
        activity,
        side: side.clone(),
        taken: false,
    });
    let point = debate.point.as_ref().map(|_| F::PointOver { activity });
    offers.chain(point).collect()
}

/// When it was pressed: not in the future, not more than two seconds back, and not before the clock last began to run.
fn pressed(debate: &Debate, at: Option<Timestamp>, now: Timestamp) -> Timestamp {
    let began = debate.clock.watch.since.unwrap_or_default();
    at.unwrap_or(now)
        .clamp(now.plus_ms(-PRESSED_MS), now)
        .max(began)
        .min(now)
}

/// Refusals: `not_found`, `not_allowed` (somebody else speaks), `wrong_state`.
pub fn end_my_speech(meeting: &Meeting, activity: ActivityId, ctx: &Context) -> Facts {
    let debate = find(meeting, activity)?;
    require_speaker(meeting, debate, ctx)?;
    if debate.clock.running == Running::Done {
        return Ok(vec![]);
    }
    let turn = Turn {
        verb: Verb::Finish,
        now: ctx.now,
        seconds: None,
        segment: None,
        side: None,
        factor: meeting.present_factor(debate),
    };
    turned(meeting, activity, debate, &turn)
}

fn require_speaker(meeting: &Meeting, debate: &Debate, ctx: &Context) -> Result<(), Refusal> {
    let seat = seat_of(ctx)?;
    let speaks = debate
        .clock
        .segment()
        .is_some_and(|index| meeting.whose(debate, index).seat == Some(seat));
    if speaks {
        Ok(())
    } else {
        Err(Refusal::because(Code::NotAllowed, "somebody else speaks"))
    }
}

/// Whether points of information may be offered at `now`.
#[must_use]
pub fn points_open(meeting: &Meeting, debate: &Debate, now: Timestamp) -> bool {
    let clock = &debate.clock;
    let Some(part) = clock.part(&debate.format) else {
        return false;
    };
    if clock.running != Running::Running || debate.point.is_some() {
        return false;
    }
    let factor = meeting.present_factor(debate);
    let timed = clock::bells(&debate.format, part, factor, clock.added_ms);
    clock::points_allowed(&debate.format, part, &timed, clock.watch.at(now))
}

/// Refusals: `not_found`, `not_allowed` (not a speaker of another side, or the chair counts points here), `wrong_state` (no
/// points now).
pub fn offer_point(meeting: &Meeting, activity: ActivityId, ctx: &Context) -> Facts {
    let debate = find(meeting, activity)?;
    let seat = seat_of(ctx)?;
    let place = debate.place_of(meeting, seat);
    let speaks = debate
        .clock
        .segment()
        .map(|index| meeting.whose(debate, index));
    let speaking_side = speaks.and_then(|whose| whose.side);
    let Some((side, _, place)) = place.filter(|(side, _, _)| Some(side) != speaking_side.as_ref())
    else {
        return Err(Refusal::because(
            Code::NotAllowed,
            "only a speaker of another side may",
        ));
    };
    if !debate.format.points.from_seats {
        return Err(Refusal::because(
            Code::NotAllowed,
            "in this format points are offered by standing up",
        ));
    }
    if debate.offers.contains_key(&side) {
        return Ok(vec![]);
    }
    if !points_open(meeting, debate, ctx.now) {
        return Err(Refusal::because(
            Code::WrongState,
            "no points may be offered now",
        ));
    }
    Ok(vec![F::PointOffered {
        activity,
        side,
        place,
        seat,
    }])
}

/// The oldest offer is taken, or all are waved away.
///
/// Refusals: `not_found`, `not_allowed`, `wrong_state` (none waits).
pub fn answer_point(meeting: &Meeting, activity: ActivityId, take: bool, ctx: &Context) -> Facts {
    let debate = find(meeting, activity)?;
    require_speaker(meeting, debate, ctx)?;
    let oldest = debate.offers.iter().min_by_key(|(_, offer)| offer.at);
    let Some((side, offer)) = oldest else {
        return Err(Refusal::because(Code::WrongState, "no offer waits"));
    };
    let mut facts: Vec<F> = debate
        .offers
        .keys()
        .map(|other| F::PointAnswered {
            activity,
            side: other.clone(),
            taken: take && other == side,
        })
        .collect();
    if take {
        let length = clock::scaled(
            i64::from(debate.format.points.length_s) * 1_000,
            meeting.present_factor(debate),
        );
        facts.push(F::PointBegun {
            activity,
            side: side.clone(),
            place: offer.place,
            ends: ctx.now.plus_ms(length),
        });
    }
    Ok(facts)
}

/// Refusals: `not_found`, `wrong_state` (nobody speaks).
pub fn count_point(
    meeting: &Meeting,
    activity: ActivityId,
    side: &str,
    taken: bool,
    ctx: &Context,
) -> Facts {
    let debate = find(meeting, activity)?;
    if !debate.has_side(side) {
        return Err(Code::NotFound.into());
    }
    if debate.clock.segment().is_none() {
        return Err(Refusal::because(Code::WrongState, "nobody speaks"));
    }
    let mut facts = vec![F::PointCounted {
        activity,
        side: side.to_owned(),
        taken,
    }];
    if taken && debate.point.is_none() {
        let length = clock::scaled(
            i64::from(debate.format.points.length_s) * 1_000,
            meeting.present_factor(debate),
        );
        facts.push(F::PointBegun {
            activity,
            side: side.to_owned(),
            place: 0,
            ends: ctx.now.plus_ms(length),
        });
    }
    Ok(facts)
}

/// The speaker or a chair. Refusals: `not_found`, `not_allowed`.
pub fn end_point(meeting: &Meeting, activity: ActivityId, ctx: &Context) -> Facts {
    let debate = find(meeting, activity)?;
    if !super::chairs(meeting, debate, ctx.actor) {
        require_speaker(meeting, debate, ctx)?;
    }
    Ok(debate
        .point
        .as_ref()
        .map(|_| F::PointOver { activity })
        .into_iter()
        .collect())
}

/// Clocks that a bell or a used-up bank stops, offers that fade, points that are over.
pub fn deadline(meeting: &Meeting, now: Timestamp) -> Vec<F> {
    let mut facts = Vec::new();
    for (activity, debate) in &meeting.debates {
        let mut clock = debate.clock.clone();
        clock.settle(&debate.format, now, meeting.present_factor(debate));
        clock.settle_banks(&debate.format, now);
        if clock != debate.clock {
            facts.push(clocked(*activity, None, clock));
        }
        for side in debate
            .offers
            .iter()
            .filter(|(_, offer)| fades(debate, offer) <= now)
        {
            facts.push(F::PointAnswered {
                activity: *activity,
                side: side.0.clone(),
                taken: false,
            });
        }
        if debate.point.as_ref().is_some_and(|point| point.ends <= now) {
            facts.push(F::PointOver {
                activity: *activity,
            });
        }
    }
    facts
}

pub fn next_deadline(meeting: &Meeting) -> Option<Timestamp> {
    let due = meeting.debates.values().flat_map(|debate| {
        let clock = &debate.clock;
        let pause = clock.pause_due(&debate.format, meeting.present_factor(debate));
        let bank = clock.bank_due(&debate.format);
        let point = debate.point.as_ref().map(|point| point.ends);
        let offers = debate.offers.values().map(|offer| fades(debate, offer));
        pause
            .into_iter()
            .chain(bank)
            .chain(point)
            .chain(offers)
            .collect::<Vec<_>>()
    });
    due.min()
}

fn fades(debate: &Debate, offer: &Offer) -> Timestamp {
    offer
        .at
        .plus_ms(i64::from(debate.format.points.offer_s.max(1)) * 1_000)
}

/// The activity closes: whatever runs stands.
pub fn closing(meeting: &Meeting, activity: ActivityId, now: Timestamp) -> Vec<F> {
    let Some(debate) = meeting.debates.get(&activity) else {
        return Vec::new();
    };
    let stopped = debate.clock.stopped(now);
    let mut facts = quiet(meeting, activity, debate);
    if stopped != debate.clock {
        facts.push(clocked(activity, Some(Verb::Pause), stopped));
    }
    facts
}

pub fn apply_to(debate: &mut Debate, speaking: Option<(String, u8)>, at: Timestamp, fact: &F) {
    match fact {
        F::Clocked { clock, .. } => debate.clock = DebateClock::clone(clock),
        F::HostCalled { on, .. } => debate.needs_help = on.then_some(at),
        F::PointOffered {
            side, place, seat, ..
        } => {
            let offer = Offer {
                seat: *seat,
                place: *place,
                at,
            };
            debate.offers.insert(side.clone(), offer);
            debate.points.entry(side.clone()).or_default().offered += 1;
            let own = debate.own_points.entry((side.clone(), *place));
            own.or_default().offered += 1;
        }
        F::PointAnswered { side, taken, .. } => {
            if let Some(offer) = debate.offers.remove(side)
                && *taken
            {
                debate.points.entry(side.clone()).or_default().taken += 1;
                let own = debate.own_points.entry((side.clone(), offer.place));
                own.or_default().taken += 1;
            }
        }
        F::PointBegun {
            side, place, ends, ..
        } => {
            debate.point = Some(Point {
                side: side.clone(),
                place: *place,
                began: at,
                ends: *ends,
            });
            if let Some(speaking) = speaking {
                *debate.answered.entry(speaking).or_default() += 1;
            }
        }
        F::PointOver { .. } => debate.point = None,
        F::PointCounted { side, taken, .. } => {
            let points = debate.points.entry(side.clone()).or_default();
            points.offered += 1;
            points.taken += u32::from(*taken);
        }
        _ => {}
    }
}
