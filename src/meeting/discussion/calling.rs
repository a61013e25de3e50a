//! Speeches: called, paused and resumed, ended, opened again. Calling ends every speech; a reply interrupts it instead.

use super::command::HandKind;
use super::queue::{self, Turn};
use super::state::{Course, Discussion, Hand};
use super::{Facts, change, change_hand, find, find_open, hands, wrapped, wrong_state};
use crate::meeting::Decision;
use crate::meeting::authority;
use crate::meeting::command::{Command, DiscussionCommand};
use crate::meeting::fact::{DiscussionFact as F, Fact};
use crate::meeting::ids::{ActivityId, QuestionId, SeatId, Timestamp};
use crate::meeting::questions::{answering, featuring};
use crate::meeting::refusal::{Code, Refusal};
use crate::meeting::role::Actor;
use crate::meeting::state::Meeting;
use crate::meeting::watch::Watch;
use crate::meeting::wish::Context;

/// Whom the chair calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whom {
    Hand(u32),
    /// That seat's most urgent hand.
    Seat(SeatId),
    Question(QuestionId),
    /// Whoever is next.
    Next,
}

impl Whom {
    /// The first that is named; none: whoever is next.
    pub fn of(hand: Option<u32>, seat: Option<SeatId>, question: Option<QuestionId>) -> Self {
        hand.map(Self::Hand)
            .or(seat.map(Self::Seat))
            .or(question.map(Self::Question))
            .unwrap_or(Self::Next)
    }
}

/// Gives the floor. A reply pauses whoever speaks; anything else ends every speech, and a written question that had its turn
/// in this line is answered.
///
/// Refusals: `not_found`, `closed`, `wrong_state` (nobody waits; it does not wait; no written questions in this line), and
/// those of featuring a question.
pub fn call(meeting: &Meeting, activity: ActivityId, whom: Whom, ctx: &Context) -> Decision {
    let discussion = find_open(meeting, activity)?;
    let number = match whom {
        Whom::Hand(number) => number,
        Whom::Seat(seat) => most_urgent(meeting, discussion, seat)?,
        Whom::Question(question) => return call_question(meeting, activity, question, ctx),
        Whom::Next => match queue::line(meeting, discussion).first() {
            Some(Turn::Hand(place)) => place.hand,
            Some(Turn::Question(question)) => {
                return call_question(meeting, activity, *question, ctx);
            }
            None => return Err(wrong_state("nobody is in line")),
        },
    };
    let hand = discussion
        .hands
        .get(&number)
        .ok_or(Refusal::new(Code::NotFound))?;
    match hand.course {
        Course::Waiting => {}
        Course::Speaking => return Ok(vec![]),
        Course::Paused | Course::Finished | Course::Lowered => {
            return Err(wrong_state("this hand does not wait"));
        }
    }
    meeting.seated(hand.seat)?;
    let mut facts = Vec::new();
    if hand.kind == HandKind::Reply {
        facts.extend(speaking(discussion).map(|hand| F::Paused { activity, hand }));
    } else {
        facts.extend(all_ended(meeting, activity));
    }
    facts.push(F::Called {
        activity,
        hand: number,
        length_ms: i64::from(discussion.speech_s) * 1_000,
    });
    let mut facts = wrapped(facts);
    if hand.kind != HandKind::Reply {
        facts.extend(answered(meeting, discussion, None));
    }
    Ok(facts)
}

fn most_urgent(meeting: &Meeting, discussion: &Discussion, seat: SeatId) -> Result<u32, Refusal> {
    meeting.seated(seat)?;
    let hands = discussion.hands_of(seat).filter(|(_, hand)| hand.waits());
    let first = hands.min_by_key(|(number, hand)| (hand.kind, *number));
    first
        .map(|(number, _)| number)
        .ok_or_else(|| wrong_state("they raised no hand"))
}

/// A written question has its turn: it is featured, and speeches end.
fn call_question(
    meeting: &Meeting,
    activity: ActivityId,
    question: QuestionId,
    ctx: &Context,
) -> Decision {
    let discussion = find_open(meeting, activity)?;
    if !discussion.one_queue {
        return Err(wrong_state("written questions are not in this line"));
    }
    let featured = featuring::feature(meeting, question, ctx)?;
    let mut facts = wrapped(all_ended(meeting, activity));
    facts.extend(answered(meeting, discussion, Some(question)));
    facts.extend(featured);
    if discussion.question != Some(question) {
        facts.extend(wrapped(vec![F::QuestionCalled { activity, question }]));
    }
    Ok(facts)
}

/// The question that had the floor by this line is dealt with: else it would come next again.
fn answered(meeting: &Meeting, discussion: &Discussion, next: Option<QuestionId>) -> Vec<Fact> {
    let had = discussion
        .question
        .filter(|had| meeting.stage.featured == Some(*had) && next != Some(*had));
    had.and_then(|had| answering::answer(meeting, had, None, None).ok())
        .unwrap_or_default()
}

fn speaking(discussion: &Discussion) -> Option<u32> {
    let first = discussion.active().into_iter().next()?;
    (first.1.course == Course::Speaking).then_some(first.0)
}

/// What ends one speech. With a speech that is no reply end all replies to it, and replies that wait are taken down.
fn ended(discussion: &Discussion, activity: ActivityId, number: u32) -> Vec<F> {
    let is_reply = |number: &u32| {
        let hand = discussion.hands.get(number);
        hand.is_some_and(|hand| hand.kind == HandKind::Reply)
    };
    let mut ends = vec![number];
    let mut waiting = Vec::new();
    if !is_reply(&number) {
        let active = discussion.active();
        let replies = active.iter().map(|(reply, _)| *reply).filter(is_reply);
        ends.splice(0..0, replies);
        let replies = discussion.hands.iter().filter(|(_, hand)| hand.waits());
        waiting.extend(replies.map(|(reply, _)| *reply).filter(is_reply));
    }
    let ends = ends.into_iter().map(|hand| F::Ended { activity, hand });
    ends.chain(hands::lowered(activity, waiting)).collect()
}

/// What ends every speech.
pub fn all_ended(meeting: &Meeting, activity: ActivityId) -> Vec<F> {
    let discussion = meeting.discussion(activity);
    let mut facts: Vec<F> = Vec::new();
    let mut active = discussion.active();
    active.sort_by_key(|(number, hand)| (hand.kind == HandKind::Reply, *number));
    for (number, _) in active {
        for fact in ended(discussion, activity, number) {
            if !facts.contains(&fact) {
                facts.push(fact);
            }
        }
    }
    facts
}

/// Refusals: `not_found`, `wrong_state` (nobody speaks).
pub fn pause(meeting: &Meeting, activity: ActivityId) -> Facts {
    let discussion = find(meeting, activity)?;
    match discussion.active().first() {
        None => Err(wrong_state("nobody speaks")),
        Some((hand, first)) if first.course == Course::Speaking => Ok(vec![F::Paused {
            activity,
            hand: *hand,
        }]),
        Some(_) => Ok(vec![]),
    }
}

/// Goes on with whoever was paused last. Refusals: `not_found`, `closed`, `wrong_state` (nobody is paused).
pub fn resume(meeting: &Meeting, activity: ActivityId) -> Facts {
    let discussion = find_open(meeting, activity)?;
    match discussion.active().first() {
        None => Err(wrong_state("nobody is paused")),
        Some((_, first)) if first.course == Course::Speaking => Ok(vec![]),
        Some((hand, _)) => Ok(vec![F::Resumed {
            activity,
            hand: *hand,
        }]),
    }
}

/// The speech is over: that of whoever speaks, or was paused last. Whoever is not the chair ends their own alone.
///
/// Refusals: `not_found`, `wrong_state` (nobody speaks), `not_allowed` (somebody else does).
pub fn end(meeting: &Meeting, activity: ActivityId, ctx: &Context) -> Facts {
    let discussion = find(meeting, activity)?;
    let active = discussion.active();
    let first = active.first().ok_or_else(|| wrong_state("nobody speaks"))?;
    let chair = Command::Discussion(DiscussionCommand::PauseSpeech { activity });
    let number = if authority::may(meeting, &chair, ctx.actor) {
        first.0
    } else {
        let own = active
            .iter()
            .find(|(_, hand)| Actor::Seat(hand.seat) == ctx.actor);
        own.ok_or_else(|| Refusal::because(Code::NotAllowed, "it is not your speech"))?
            .0
    };
    Ok(ended(discussion, activity, number))
}

/// The last speech that ended, if one did; of several that ended at once the one that was replied to.
#[must_use]
pub fn last(discussion: &Discussion) -> Option<(u32, &Hand)> {
    let finished = discussion.hands.iter();
    finished
        .filter(|(_, hand)| hand.course == Course::Finished)
        .max_by_key(|(number, hand)| {
            let main = hand.kind != HandKind::Reply;
            (hand.stopped_at, main, hand.called_at, **number)
        })
        .map(|(number, hand)| (*number, hand))
}

/// The last speech, if it can go on: nobody speaks, and nobody is paused but whom a reply interrupted.
#[must_use]
pub fn reopenable(discussion: &Discussion) -> Option<u32> {
    let (number, hand) = last(discussion)?;
    let active = discussion.active();
    let free = match active.first() {
        None => true,
        Some((_, first)) => hand.kind == HandKind::Reply && first.course == Course::Paused,
    };
    free.then_some(number)
}

/// The last speech goes on as if it had not ended.
///
/// Refusals: `not_found`, `closed`, `wrong_state` (none has ended, or somebody has the floor).
pub fn reopen(meeting: &Meeting, activity: ActivityId) -> Facts {
    let discussion = find_open(meeting, activity)?;
    let hand = reopenable(discussion).ok_or_else(|| wrong_state("no speech can go on"))?;
    Ok(vec![F::Reopened { activity, hand }])
}

pub fn apply(meeting: &mut Meeting, at: Timestamp, fact: &F) {
    match fact {
        F::Called {
            activity,
            hand,
            length_ms,
        } => {
            change(meeting, *activity, |is| {
                is.placed.retain(|placed| placed != hand);
                called(is, *hand);
            });
            change_hand(meeting, *activity, *hand, |hand| {
                hand.course = Course::Speaking;
                hand.length_ms = *length_ms;
                hand.called_at = Some(at);
                hand.stopped_at = None;
                hand.watch = Watch::default();
                hand.watch.start(at);
            });
        }
        F::QuestionCalled { activity, question } => change(meeting, *activity, |is| {
            is.question = Some(*question);
            is.hands_turn = true;
        }),
        F::Paused { activity, hand } => {
            change_hand(meeting, *activity, *hand, |hand| paused(hand, at));
        }
        F::Resumed { activity, hand } => change_hand(meeting, *activity, *hand, |hand| {
            if hand.course == Course::Paused {
                speaks_on(hand, at);
            }
        }),
        F::Ended { activity, hand } => change_hand(meeting, *activity, *hand, |hand| {
            if hand.is_active() {
                hand.watch.stop(at);
                hand.course = Course::Finished;
                hand.stopped_at = Some(at);
            }
        }),
        F::Reopened { activity, hand } => change_hand(meeting, *activity, *hand, |hand| {
            if hand.course == Course::Finished {
                speaks_on(hand, at);
            }
        }),
        _ => {}
    }
}

/// A question's turn is over, unless this one only replies.
fn called(discussion: &mut Discussion, number: u32) {
    match discussion.hands.get(&number).map(|hand| hand.kind) {
        Some(HandKind::Ordinary) => {
            discussion.hands_turn = false;
            discussion.question = None;
        }
        Some(HandKind::PointOfOrder) => discussion.question = None,
        Some(HandKind::Reply) | None => {}
    }
}

fn speaks_on(hand: &mut Hand, at: Timestamp) {
    hand.course = Course::Speaking;
    hand.stopped_at = None;
    hand.watch.start(at);
}

/// Stops whoever speaks.
pub fn paused(hand: &mut Hand, at: Timestamp) {
    if hand.course == Course::Speaking {
        hand.watch.stop(at);
        hand.course = Course::Paused;
        hand.stopped_at = Some(at);
    }
}
