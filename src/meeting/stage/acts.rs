//! Acts that reach everyone: now or planned, and taken back within ten seconds. Each act knows what makes it so and what
//! undoes it; nothing else here depends on which act it is.

use crate::meeting::Decision;
use crate::meeting::agenda;
use crate::meeting::fact::{Act, Fact};
use crate::meeting::fitting;
use crate::meeting::ids::{ActivityId, QuestionId, Timestamp};
use crate::meeting::questions::featuring;
use crate::meeting::refusal::{Code, Refusal};
use crate::meeting::state::{Meeting, Phase, QuestionState};
use crate::meeting::wish::Context;

/// How long an act can be taken back.
pub const TAKE_BACK_MS: i64 = 10_000;

/// Farthest that an act can be planned, in seconds.
pub const PLANNED_S: u16 = 600;

/// Does the act, or plans it when `in_s` is given and not 0. What is so already changes nothing.
///
/// Refusals: `out_of_range`, and those of the act itself.
pub fn act(meeting: &Meeting, act: Act, in_s: Option<u16>, ctx: &Context) -> Decision {
    let in_s = fitting::within(in_s.unwrap_or(0), 0, PLANNED_S)?;
    let facts = made_so(meeting, &act)?;
    if facts.is_empty() {
        return Ok(facts);
    }
    if in_s == 0 {
        return Ok(done(meeting, act, facts, ctx.now));
    }
    let at = ctx.now.plus_ms(i64::from(in_s) * 1_000);
    if meeting.planned.as_ref() == Some(&(act.clone(), at)) {
        return Ok(vec![]);
    }
    Ok(vec![Fact::ActPlanned { act, at }])
}

/// The planned act's time has come. What has become impossible meanwhile is called off.
pub fn deadline(meeting: &Meeting, now: Timestamp) -> Decision {
    let Some((act, at)) = &meeting.planned else {
        return Ok(vec![]);
    };
    if *at > now {
        return Ok(vec![]);
    }
    match made_so(meeting, act) {
        Ok(facts) if !facts.is_empty() => Ok(done(meeting, act.clone(), facts, now)),
        _ => Ok(vec![Fact::ActCalledOff {}]),
    }
}

/// Takes back the last act, within ten seconds and if nothing came after it; else calls off a planned one.
///
/// Refusal: `too_late`.
pub fn take_back(meeting: &Meeting, now: Timestamp) -> Decision {
    if let Some((act, undo, until)) = &meeting.take_back
        && now < *until
        && stands(meeting, act)
    {
        let mut facts = undone(meeting, act, undo);
        facts.push(Fact::TakenBack {});
        return Ok(facts);
    }
    if meeting.planned.is_some() {
        return Ok(vec![Fact::ActCalledOff {}]);
    }
    Err(Code::TooLate.into())
}

/// The facts of an act that is done now, with its offer to take it back.
fn done(meeting: &Meeting, act: Act, mut facts: Vec<Fact>, now: Timestamp) -> Vec<Fact> {
    if let Some((planned, _)) = &meeting.planned
        && *planned != act
        && (kind(planned) == kind(&act) || act == Act::End {})
    {
        facts.push(Fact::ActCalledOff {});
    }
    let undo = opposite(meeting, &act);
    facts.push(Fact::TakeBackOffered {
        act,
        undo,
        until: now.plus_ms(TAKE_BACK_MS),
    });
    facts
}

fn kind(act: &Act) -> std::mem::Discriminant<Act> {
    std::mem::discriminant(act)
}

/// What makes the act so; nothing if it is so already.
fn made_so(meeting: &Meeting, act: &Act) -> Decision {
    if stands(meeting, act) {
        return Ok(vec![]);
    }
    match act {
        Act::Stage { activity } => staged(meeting, *activity),
        Act::End {} if meeting.phase == Phase::Prepared => {
            Err(Refusal::because(Code::WrongState, "it has not begun"))
        }
        Act::End {} => Ok(vec![Fact::MeetingEnded {}]),
        Act::CallBack { on } => Ok(vec![Fact::CalledBack { on: *on }]),
        Act::HideStage { on } => Ok(vec![Fact::StageHidden { on: *on }]),
        Act::Feature {
            question: Some(question),
        } => featuring::featured_facts(meeting, *question),
        Act::Feature { question: None } => Ok(unfeatured(meeting)),
    }
}

fn staged(meeting: &Meeting, activity: Option<ActivityId>) -> Decision {
    if let Some(activity) = activity {
        agenda::find(meeting, activity)?;
    }
    let mut facts = vec![Fact::StageSet { activity }];
    if activity.is_some() && meeting.stage.joining {
        facts.push(Fact::JoiningShown { on: false });
    }
    Ok(facts)
}

fn unfeatured(meeting: &Meeting) -> Vec<Fact> {
    meeting
        .stage
        .featured
        .map(|question| Fact::QuestionUnfeatured { question })
        .into_iter()
        .collect()
}

/// Whether all is as the act leaves it.
fn stands(meeting: &Meeting, act: &Act) -> bool {
    let stage = &meeting.stage;
    match act {
        Act::Stage { activity } => stage.activity == *activity,
        Act::End {} => meeting.phase == Phase::Ended,
        Act::CallBack { on } => stage.called_back == *on,
        Act::HideStage { on } => stage.hidden == *on,
        Act::Feature { question } => stage.featured == *question,
    }
}

/// What undoes an act, as things stand before it. The end is undone by opening again, which has no act of its own.
fn opposite(meeting: &Meeting, act: &Act) -> Act {
    let stage = &meeting.stage;
    match act {
        Act::Stage { .. } => Act::Stage {
            activity: stage.activity,
        },
        Act::End {} => Act::End {},
        Act::CallBack { .. } => Act::CallBack {
            on: stage.called_back,
        },
        Act::HideStage { .. } => Act::HideStage { on: stage.hidden },
        Act::Feature { .. } => Act::Feature {
            question: stage.featured,
        },
    }
}

fn undone(meeting: &Meeting, act: &Act, undo: &Act) -> Vec<Fact> {
    match (act, undo) {
        (Act::End {}, _) => vec![Fact::MeetingReopened {}],
        (_, Act::Stage { activity }) => {
            vec![Fact::StageSet {
                activity: activity.filter(|activity| meeting.agenda.contains_key(activity)),
            }]
        }
        (
            _,
            Act::Feature {
                question: Some(question),
            },
        ) if is_listed(meeting, *question) => {
            vec![Fact::QuestionFeatured {
                question: *question,
            }]
        }
        (_, Act::Feature { .. }) => unfeatured(meeting),
        (_, undo) => made_so(meeting, undo).unwrap_or_default(),
    }
}

fn is_listed(meeting: &Meeting, question: QuestionId) -> bool {
    meeting
        .questions
        .get(&question)
        .is_some_and(|question| question.state == QuestionState::Listed && !question.care)
}

pub fn apply(meeting: &mut Meeting, fact: &Fact) {
    match fact {
        // A plan comes after whatever could be taken back, so that "take back" means the last thing done.
        Fact::ActPlanned { act, at } => {
            meeting.planned = Some((act.clone(), *at));
            meeting.take_back = None;
        }
        Fact::ActCalledOff {} => meeting.planned = None,
        Fact::TakeBackOffered { act, undo, until } => {
            if meeting
                .planned
                .as_ref()
                .is_some_and(|(planned, _)| planned == act)
            {
                meeting.planned = None;
            }
            meeting.take_back = Some((act.clone(), undo.clone(), *until));
        }
        Fact::TakenBack {} => meeting.take_back = None,
        _ => {}
    }
}
