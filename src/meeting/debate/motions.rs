//! The motion: proposed, ranked and vetoed by the sides, chosen, and released to everybody at once.

use std::collections::BTreeMap;

use super::fact::DebateFact as F;
use super::setting::{MOTION, SLIDE};
use super::state::{Debate, Proposal};
use super::{Facts, clocked, find, seat_of};
use crate::meeting::command::Verb;
use crate::meeting::fitting;
use crate::meeting::ids::{ActivityId, MotionId, QuestionId};
use crate::meeting::refusal::{Code, Refusal};
use crate::meeting::state::Meeting;
use crate::meeting::wish::Context;

/// Most motions proposed for a debate.
const MOTIONS: usize = 12;

/// Refusals: `not_found`, `exists` (in another debate), `too_many`, `empty`, `too_long`.
pub fn propose(
    meeting: &Meeting,
    id: MotionId,
    activity: ActivityId,
    text: &str,
    slide: Option<&str>,
    question: Option<QuestionId>,
) -> Facts {
    let debate = find(meeting, activity)?;
    if debate.motions.contains_key(&id) {
        return Ok(vec![]);
    }
    if meeting
        .debates
        .values()
        .any(|one| one.motions.contains_key(&id))
    {
        return Err(Code::Exists.into());
    }
    if question.is_some_and(|question| !meeting.questions.contains_key(&question)) {
        return Err(Code::NotFound.into());
    }
    fitting::room(debate.motions.len(), MOTIONS)?;
    Ok(vec![F::MotionProposed {
        motion: id,
        activity,
        text: fitting::lines(text, MOTION)?,
        slide: fitting::lines_or_nothing(slide.unwrap_or_default(), SLIDE)?,
        question,
    }])
}

/// Refusal: `not_found`.
pub fn remove(meeting: &Meeting, motion: MotionId) -> Facts {
    let activity = debate_of(meeting, motion)?;
    Ok(vec![F::MotionRemoved { activity, motion }])
}

fn debate_of(meeting: &Meeting, motion: MotionId) -> Result<ActivityId, Refusal> {
    let mut debates = meeting.debates.iter();
    debates
        .find(|(_, debate)| debate.motions.contains_key(&motion))
        .map(|(activity, _)| *activity)
        .ok_or_else(|| Code::NotFound.into())
}

/// Refusal: `not_found`.
pub fn offer(meeting: &Meeting, activity: ActivityId, on: bool) -> Facts {
    let debate = find(meeting, activity)?;
    Ok(if debate.motions_offered == on {
        vec![]
    } else {
        vec![F::MotionsOffered { activity, on }]
    })
}

/// The side of whoever asks, while the motions are offered. Refusals: `not_found`, `not_allowed`, `closed`.
fn side(meeting: &Meeting, activity: ActivityId, ctx: &Context) -> Result<String, Refusal> {
    let debate = find(meeting, activity)?;
    let (side, _, _) = debate
        .place_of(meeting, seat_of(ctx)?)
        .ok_or_else(|| Refusal::because(Code::NotAllowed, "you do not speak in this debate"))?;
    if debate.motions_offered {
        Ok(side)
    } else {
        Err(Refusal::because(
            Code::Closed,
            "the motions are not offered now",
        ))
    }
}

/// Refusals: `not_found`, `not_allowed`, `closed`, `out_of_range` (a motion twice).
pub fn rank(meeting: &Meeting, activity: ActivityId, motions: &[MotionId], ctx: &Context) -> Facts {
    let side = side(meeting, activity, ctx)?;
    let debate = find(meeting, activity)?;
    let mut seen = std::collections::BTreeSet::new();
    for motion in motions {
        if !debate.motions.contains_key(motion) {
            return Err(Code::NotFound.into());
        }
        if !seen.insert(motion) {
            return Err(Refusal::because(Code::OutOfRange, "each motion once"));
        }
    }
    if debate.ranks.get(&side).map_or(&[][..], Vec::as_slice) == motions {
        return Ok(vec![]);
    }
    Ok(vec![F::MotionsRanked {
        activity,
        side,
        motions: motions.to_vec(),
    }])
}

/// Refusals: `not_found`, `not_allowed`, `closed`.
pub fn veto(
    meeting: &Meeting,
    activity: ActivityId,
    motion: Option<MotionId>,
    ctx: &Context,
) -> Facts {
    let side = side(meeting, activity, ctx)?;
    let debate = find(meeting, activity)?;
    if motion.is_some_and(|motion| !debate.motions.contains_key(&motion)) {
        return Err(Code::NotFound.into());
    }
    if debate.vetoes.get(&side).copied() == motion {
        return Ok(vec![]);
    }
    Ok(vec![F::MotionVetoed {
        activity,
        side,
        motion,
    }])
}

/// What ranks and vetoes leave: the lowest sum of ranks among those that nobody vetoed (an unranked motion counts as last);
/// of equal ones the first by id. None when all are vetoed or none is proposed.
#[must_use]
pub fn favoured(debate: &Debate) -> Option<MotionId> {
    let last = debate.motions.len();
    let open = debate
        .motions
        .keys()
        .filter(|motion| !debate.vetoes.values().any(|vetoed| vetoed == *motion));
    let sum = |motion: &MotionId| -> usize {
        let ranks = debate.ranks.values();
        ranks
            .map(|ranked| ranked.iter().position(|one| one == motion).unwrap_or(last))
            .sum()
    };
    open.min_by_key(|motion| (sum(motion), **motion)).copied()
}

/// Side → the motion's rank from 1.
#[must_use]
pub fn ranks_of(debate: &Debate, motion: MotionId) -> BTreeMap<String, u8> {
    let ranked = debate.ranks.iter();
    ranked
        .filter_map(|(side, motions)| {
            let place = motions.iter().position(|one| *one == motion)?;
            Some((side.clone(), u8::try_from(place + 1).ok()?))
        })
        .collect()
}

/// Refusals: `not_found`, `wrong_state` (released, or nothing is left to choose).
pub fn choose(meeting: &Meeting, activity: ActivityId, motion: Option<MotionId>) -> Facts {
    let debate = find(meeting, activity)?;
    if debate.released_at.is_some() {
        return Err(Refusal::because(Code::WrongState, "the motion is out"));
    }
    let chosen = motion
        .or_else(|| favoured(debate))
        .ok_or_else(|| Refusal::because(Code::WrongState, "no motion is left: all are vetoed"))?;
    let proposal = debate.motions.get(&chosen).ok_or(Code::NotFound)?;
    let mut facts = Vec::new();
    if proposal.text != debate.motion || proposal.slide != debate.slide {
        facts.push(F::Set {
            activity,
            format: None,
            motion: Some(proposal.text.clone()),
            slide: Some(proposal.slide.clone()),
            rings: None,
            silent: None,
            together: None,
            rules: None,
            reactions: None,
        });
    }
    if debate.motions_offered {
        facts.push(F::MotionsOffered {
            activity,
            on: false,
        });
    }
    Ok(facts)
}

/// Refusals: `not_found`, `empty` (there is no motion yet).
pub fn release(meeting: &Meeting, activity: ActivityId, ctx: &Context) -> Facts {
    let debate = find(meeting, activity)?;
    if debate.released_at.is_some() {
        return Ok(vec![]);
    }
    if debate.motion.is_empty() {
        return Err(Refusal::because(Code::Empty, "there is no motion yet"));
    }
    let clock = debate.clock.released(&debate.format, ctx.now);
    let mut facts = vec![F::MotionReleased { activity }];
    if clock != debate.clock {
        facts.push(clocked(activity, Some(Verb::Start), clock));
    }
    Ok(facts)
}

pub fn apply_to(debate: &mut Debate, at: crate::meeting::ids::Timestamp, fact: &F) {
    match fact {
        F::MotionProposed {
            motion,
            text,
            slide,
            question,
            ..
        } => {
            let proposal = Proposal {
                text: text.clone(),
                slide: slide.clone(),
                question: *question,
            };
            debate.motions.insert(*motion, proposal);
        }
        F::MotionRemoved { motion, .. } => {
            debate.motions.remove(motion);
            debate.vetoes.retain(|_, vetoed| vetoed != motion);
            for ranked in debate.ranks.values_mut() {
                ranked.retain(|one| one != motion);
            }
        }
        F::MotionsOffered { on, .. } => debate.motions_offered = *on,
        F::MotionsRanked { side, motions, .. } => {
            debate.ranks.insert(side.clone(), motions.clone());
        }
        F::MotionVetoed { side, motion, .. } => {
            match motion {
                Some(motion) => debate.vetoes.insert(side.clone(), *motion),
                None => debate.vetoes.remove(side),
            };
        }
        F::MotionReleased { .. } => debate.released_at = Some(at),
        _ => {}
    }
}
