//! What the moderator makes of a question: show it, don't show it, answer later, keep it private.

use super::{change, find, settle, wrong_state};
use crate::meeting::Decision;
use crate::meeting::fact::Fact;
use crate::meeting::fitting;
use crate::meeting::ids::QuestionId;
use crate::meeting::state::{Meeting, QuestionState};

/// "Show to all". A featured question goes back to the list, an answered one is open again.
///
/// Refusals: `not_found`, `wrong_state` (withdrawn or merged).
pub fn list(meeting: &Meeting, id: QuestionId) -> Decision {
    match find(meeting, id)?.state {
        QuestionState::Listed => Ok(vec![]),
        QuestionState::OnStage => Ok(vec![Fact::QuestionUnfeatured { question: id }]),
        QuestionState::Waiting
        | QuestionState::Dismissed
        | QuestionState::Parked
        | QuestionState::Answered => Ok(vec![Fact::QuestionListed { question: id }]),
        QuestionState::Withdrawn | QuestionState::Merged(_) => Err(gone()),
    }
}

/// "Don't show"; the reason, which may be empty, is told to the author.
///
/// Refusals: `not_found`, `wrong_state` (withdrawn or merged), `too_long`.
pub fn dismiss(meeting: &Meeting, id: QuestionId, reason: &str) -> Decision {
    let question = find(meeting, id)?;
    let reason = fitting::lines_or_nothing(reason, fitting::REASON)?;
    match question.state {
        QuestionState::Dismissed if question.reason == reason => Ok(vec![]),
        QuestionState::Withdrawn | QuestionState::Merged(_) => Err(gone()),
        _ => Ok(vec![Fact::QuestionDismissed {
            question: id,
            reason,
        }]),
    }
}

/// "Answer later". Refusals: `not_found`, `wrong_state` (answered, withdrawn or merged).
pub fn park(meeting: &Meeting, id: QuestionId) -> Decision {
    match find(meeting, id)?.state {
        QuestionState::Parked => Ok(vec![]),
        QuestionState::Answered => Err(wrong_state("it was answered")),
        QuestionState::Withdrawn | QuestionState::Merged(_) => Err(gone()),
        QuestionState::Waiting
        | QuestionState::Listed
        | QuestionState::OnStage
        | QuestionState::Dismissed => Ok(vec![Fact::QuestionParked { question: id }]),
    }
}

/// "Keep private": out of floor, stage and report. If it has the floor it loses it. Refusal: `not_found`.
pub fn keep_private(meeting: &Meeting, id: QuestionId, on: bool) -> Decision {
    let question = find(meeting, id)?;
    if question.care == on {
        return Ok(vec![]);
    }
    let mut facts = Vec::new();
    if on && question.state == QuestionState::OnStage {
        facts.push(Fact::QuestionUnfeatured { question: id });
    }
    facts.push(Fact::QuestionKeptPrivate { question: id, on });
    Ok(facts)
}

fn gone() -> crate::meeting::refusal::Refusal {
    wrong_state("it was withdrawn or merged")
}

pub fn listed(meeting: &mut Meeting, id: QuestionId) {
    settle(meeting, id, QuestionState::Listed);
    change(meeting, id, |question| {
        question.reason.clear();
        question.answered_at = None;
    });
}

pub fn dismissed(meeting: &mut Meeting, id: QuestionId, reason: &str) {
    settle(meeting, id, QuestionState::Dismissed);
    change(meeting, id, |question| {
        reason.clone_into(&mut question.reason)
    });
}

pub fn parked(meeting: &mut Meeting, id: QuestionId) {
    settle(meeting, id, QuestionState::Parked);
    change(meeting, id, |question| question.reason.clear());
}

pub fn kept_private(meeting: &mut Meeting, id: QuestionId, on: bool) {
    change(meeting, id, |question| question.care = on);
    if on && meeting.stage.featured == Some(id) {
        settle(meeting, id, QuestionState::Listed);
    }
}
