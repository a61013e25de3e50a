//! Answers: spoken or written, also after the meeting, by a named panelist; and the author's "that answers it".

use super::{change, find, is_author, settle, wrong_state};
use crate::meeting::Decision;
use crate::meeting::fact::Fact;
use crate::meeting::fitting;
use crate::meeting::ids::{QuestionId, Timestamp};
use crate::meeting::refusal::Code;
use crate::meeting::role::Actor;
use crate::meeting::state::{Meeting, QuestionState};

/// Marks it answered: in writing with a text, spoken without; by a panelist with `by`. What is not given stays as it was
/// written. A featured question frees the floor.
///
/// Refusals: `not_found`, `wrong_state`, `too_long`.
pub fn answer(meeting: &Meeting, id: QuestionId, text: Option<&str>, by: Option<&str>) -> Decision {
    let question = find(meeting, id)?;
    let text = text.map_or_else(
        || Ok(question.answer.clone()),
        |text| fitting::lines_or_nothing(text, fitting::ANSWER),
    )?;
    let by = by.map_or_else(
        || Ok(question.answered_by.clone()),
        |by| fitting::line_or_nothing(by, fitting::NAME),
    )?;
    match question.state {
        QuestionState::Answered if question.answer == text && question.answered_by == by => {
            Ok(vec![])
        }
        QuestionState::Listed
        | QuestionState::OnStage
        | QuestionState::Parked
        | QuestionState::Answered => Ok(vec![Fact::QuestionAnswered {
            question: id,
            text,
            by,
        }]),
        QuestionState::Waiting
        | QuestionState::Dismissed
        | QuestionState::Withdrawn
        | QuestionState::Merged(_) => Err(wrong_state("only what everyone sees is answered")),
    }
}

/// The author's word on the answer. Refusals: `not_found`, `not_allowed`, `wrong_state` (not answered).
pub fn reply(meeting: &Meeting, id: QuestionId, answered: bool, actor: Actor) -> Decision {
    let question = find(meeting, id)?;
    if !is_author(question, actor) {
        return Err(Code::NotAllowed.into());
    }
    // The answer to the question that mine was merged into is the answer to mine.
    if find(meeting, meeting.root(id))?.state != QuestionState::Answered {
        return Err(wrong_state("it was not answered"));
    }
    if question.reply == Some(answered) {
        return Ok(vec![]);
    }
    Ok(vec![Fact::QuestionReplied {
        question: id,
        answered,
    }])
}

pub fn answered(meeting: &mut Meeting, id: QuestionId, text: &str, by: &str, at: Timestamp) {
    settle(meeting, id, QuestionState::Answered);
    change(meeting, id, |question| {
        text.clone_into(&mut question.answer);
        by.clone_into(&mut question.answered_by);
        question.answered_at.get_or_insert(at);
    });
}
