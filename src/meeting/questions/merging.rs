//! "Same question": counts distinct people and can be undone exactly. Chains are allowed, circles are not.

use super::{find, wrong_state};
use crate::meeting::Decision;
use crate::meeting::fact::Fact;
use crate::meeting::ids::QuestionId;
use crate::meeting::refusal::{Code, Refusal};
use crate::meeting::state::{Meeting, Question, QuestionState};

/// Merges one question into another, or into what that was merged into.
///
/// Refusals: `not_found`, `wrong_state` (itself, another activity, on the stage, gone, or shown into not shown).
pub fn merge(meeting: &Meeting, from: QuestionId, into: QuestionId) -> Decision {
    let question = find(meeting, from)?;
    find(meeting, into)?;
    let root = meeting.root(into);
    if let QuestionState::Merged(there) = question.state {
        return if meeting.root(there) == root {
            Ok(vec![])
        } else {
            Err(wrong_state("it is merged into another already"))
        };
    }
    if root == from {
        return Err(wrong_state("a question cannot be merged into itself"));
    }
    refuse_unlike(question, find(meeting, root)?)?;
    Ok(vec![Fact::QuestionMerged { from, into: root }])
}

fn refuse_unlike(from: &Question, into: &Question) -> Result<(), Refusal> {
    use QuestionState as S;
    if from.activity != into.activity {
        return Err(wrong_state("they belong to different activities"));
    }
    let fits = match (from.state, into.state) {
        (S::Waiting, S::Waiting | S::Listed | S::OnStage | S::Answered | S::Parked) => true,
        (S::Listed | S::Parked, S::Listed | S::OnStage | S::Answered | S::Parked) => !into.care,
        _ => false,
    };
    if fits {
        Ok(())
    } else {
        Err(wrong_state("these two cannot be merged as they stand"))
    }
}

/// Undoes a merge: the question stands where it stood. Refusals: `not_found`.
pub fn unmerge(meeting: &Meeting, id: QuestionId) -> Decision {
    match find(meeting, id)?.state {
        QuestionState::Merged(_) => Ok(vec![Fact::QuestionUnmerged { question: id }]),
        _ => Ok(vec![]),
    }
}

/// Not the same: this suggestion does not come again. Refusals: `not_found`, `out_of_range` (one question twice).
pub fn keep_apart(meeting: &Meeting, from: QuestionId, into: QuestionId) -> Decision {
    find(meeting, from)?;
    find(meeting, into)?;
    if from == into {
        return Err(Refusal::because(Code::OutOfRange, "two questions, please"));
    }
    if meeting.apart.contains(&pair(from, into)) {
        return Ok(vec![]);
    }
    Ok(vec![Fact::QuestionsKeptApart { from, into }])
}

/// The pair, smaller id first.
pub fn pair(one: QuestionId, other: QuestionId) -> (QuestionId, QuestionId) {
    (one.min(other), one.max(other))
}

/// A merge that would close a circle is passed over.
pub fn merged(meeting: &mut Meeting, from: QuestionId, into: QuestionId) {
    if !meeting.questions.contains_key(&into)
        || meeting.root(into) == from
        || meeting.family(from).contains(&into)
    {
        return;
    }
    let Some(question) = meeting.questions.get_mut(&from) else {
        return;
    };
    if matches!(question.state, QuestionState::Merged(_)) {
        return;
    }
    // The floor is not part of where it stood: whoever merges it ends its turn.
    let stood = if question.state == QuestionState::OnStage {
        QuestionState::Listed
    } else {
        question.state
    };
    question.before_merge = Some(Box::new(stood));
    question.state = QuestionState::Merged(into);
    if let Some(into) = meeting.questions.get_mut(&into) {
        into.merged.insert(from);
    }
    if meeting.stage.featured == Some(from) {
        meeting.stage.featured = None;
    }
}

pub fn unmerged(meeting: &mut Meeting, id: QuestionId) {
    let Some(question) = meeting.questions.get_mut(&id) else {
        return;
    };
    let QuestionState::Merged(into) = question.state else {
        return;
    };
    question.state = question
        .before_merge
        .take()
        .map_or(QuestionState::Listed, |state| *state);
    if let Some(into) = meeting.questions.get_mut(&into) {
        into.merged.remove(&id);
    }
}
