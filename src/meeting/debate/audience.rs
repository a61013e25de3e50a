//! The audience: a vote before and after, each under an alias, and reactions where they are wanted. Who voted what is joined
//! to no seat; who moved where is counted by `results`.

use std::collections::BTreeMap;

use super::fact::DebateFact as F;
use super::state::{Debate, Votes};
use super::{Facts, find};
use crate::meeting::command::{Reaction, VoteRound};
use crate::meeting::ids::{ActivityId, AliasId};
use crate::meeting::refusal::{Code, Refusal};
use crate::meeting::role::Actor;
use crate::meeting::state::Meeting;
use crate::meeting::wish::Context;
use crate::results::{Swing, swing};

/// What an undecided person's vote is called on the wire.
pub const UNDECIDED: &str = "undecided";

/// Opening one vote closes the other. Refusal: `not_found`.
pub fn open(meeting: &Meeting, activity: ActivityId, round: VoteRound, on: bool) -> Facts {
    let debate = find(meeting, activity)?;
    if (debate.vote == Some(round)) == on {
        return Ok(vec![]);
    }
    if on {
        super::open(meeting, activity)?;
    }
    Ok(vec![F::VoteOpened {
        activity,
        round,
        on,
    }])
}

/// Refusals: `not_found`, `not_allowed` (not under an alias), `closed`.
pub fn vote(
    meeting: &Meeting,
    activity: ActivityId,
    round: VoteRound,
    side: Option<&str>,
    ctx: &Context,
) -> Facts {
    let debate = find(meeting, activity)?;
    let Actor::Alias(alias) = ctx.actor else {
        return Err(Code::NotAllowed.into());
    };
    if side.is_some_and(|side| !debate.has_side(side)) {
        return Err(Code::NotFound.into());
    }
    if debate.vote != Some(round) {
        return Err(Refusal::because(Code::Closed, "this vote is not open"));
    }
    let side = side.map(str::to_owned);
    let is = debate.votes.get(&alias).and_then(|votes| votes.of(round));
    if is == Some(&side) {
        return Ok(vec![]);
    }
    Ok(vec![F::Voted {
        activity,
        round,
        alias,
        side,
    }])
}

/// Refusals: `not_found`, `wrong_state` while a vote is open or before both were held.
pub fn show_swing(meeting: &Meeting, activity: ActivityId, on: bool) -> Facts {
    let debate = find(meeting, activity)?;
    if debate.swing_shown == on {
        return Ok(vec![]);
    }
    let held = debate.voted(VoteRound::Before) > 0 && debate.voted(VoteRound::After) > 0;
    if on && (debate.vote.is_some() || !held) {
        return Err(Refusal::because(
            Code::WrongState,
            "both votes have to be in and closed",
        ));
    }
    Ok(vec![F::SwingShown { activity, on }])
}

/// Refusals: `not_found`, `votes_off` where reactions are off.
pub fn react(meeting: &Meeting, activity: ActivityId, kind: Reaction) -> Facts {
    let debate = find(meeting, activity)?;
    if debate.reactions.is_none() {
        return Err(Code::VotesOff.into());
    }
    super::open(meeting, activity)?;
    Ok(vec![F::Reacted { activity, kind }])
}

/// Who changed their mind, all votes so far.
#[must_use]
pub fn changed_minds(debate: &Debate) -> Swing {
    let sides: Vec<String> = debate
        .format
        .sides
        .iter()
        .map(|side| side.id.clone())
        .collect();
    let of = |round: VoteRound| -> BTreeMap<String, String> {
        let votes = debate.votes.iter();
        votes
            .filter_map(|(alias, votes)| {
                let side = votes.of(round)?.clone();
                Some((alias.to_string(), side.unwrap_or(UNDECIDED.to_owned())))
            })
            .collect()
    };
    let (before, after) = (of(VoteRound::Before), of(VoteRound::After));
    swing(&sides, &[UNDECIDED.to_owned()], &before, &after)
}

pub fn apply_to(debate: &mut Debate, fact: &F) {
    match fact {
        F::VoteOpened { round, on, .. } => {
            if *on {
                debate.vote = Some(*round);
                debate.swing_shown = false;
            } else if debate.vote == Some(*round) {
                debate.vote = None;
            }
        }
        F::Voted {
            round, alias, side, ..
        } => cast(
            debate.votes.entry(*alias).or_default(),
            *round,
            side.clone(),
        ),
        F::SwingShown { on, .. } => debate.swing_shown = *on,
        F::Reacted { kind, .. } => {
            if let Some(reactions) = &mut debate.reactions {
                let count = reactions.entry(*kind).or_default();
                *count = count.saturating_add(1);
            }
        }
        _ => {}
    }
}

fn cast(votes: &mut Votes, round: VoteRound, side: Option<String>) {
    match round {
        VoteRound::Before => votes.before = Some(side),
        VoteRound::After => votes.after = Some(side),
    }
}

/// Whether the alias has a part in this debate.
#[must_use]
pub fn knows(debate: &Debate, alias: AliasId) -> bool {
    debate.votes.contains_key(&alias)
}
