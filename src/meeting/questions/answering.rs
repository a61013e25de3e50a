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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meeting::command::Command;
    use crate::meeting::hall::{Hall, alias, person, q};

    fn answer(text: Option<&str>, by: Option<&str>) -> Command {
        Command::Answer {
            question: q(1),
            text: text.map(str::to_owned),
            by: by.map(str::to_owned),
        }
    }

    fn hall() -> Hall {
        let mut hall = Hall::new();
        hall.ask(alias(1), 1, "Why?").unwrap();
        hall
    }

    #[test]
    fn answering_what_has_the_floor_frees_it() {
        let mut hall = hall();
        hall.moderate(Command::Feature { question: q(1) });
        hall.moderate(answer(None, None));
        assert_eq!(
            (hall.state(1), hall.meeting.stage.featured),
            (QuestionState::Answered, None)
        );
        assert_eq!(hall.question(1).answered_at, Some(hall.now));
        assert_eq!(hall.moderate(answer(None, None)), vec![]);
    }

    #[test]
    fn a_written_answer_is_kept_when_it_is_marked_again() {
        let mut hall = hall();
        hall.moderate(answer(Some("Because\n\nof this"), Some("Leyla")));
        assert_eq!(hall.moderate(answer(None, None)), vec![]);
        hall.moderate(answer(Some("Because of that"), None));
        let question = hall.question(1);
        assert_eq!(
            (question.answer.as_str(), question.answered_by.as_str()),
            ("Because of that", "Leyla")
        );
    }

    #[test]
    fn an_answered_question_can_be_opened_again_and_nothing_written_is_lost() {
        let mut hall = hall();
        hall.moderate(answer(Some("Because"), None));
        hall.moderate(Command::List { question: q(1) });
        assert_eq!(
            (hall.state(1), hall.question(1).answered_at),
            (QuestionState::Listed, None)
        );
        hall.moderate(answer(None, None));
        assert_eq!(hall.question(1).answer, "Because");
    }

    #[test]
    fn only_the_author_says_whether_that_answers_it() {
        let mut hall = hall();
        let reply = Command::Reply {
            question: q(1),
            answered: true,
        };
        assert_eq!(hall.send(alias(1), reply.clone()), Err(Code::WrongState));
        hall.moderate(answer(None, None));
        assert_eq!(hall.send(person(3), reply.clone()), Err(Code::NotAllowed));
        hall.send(alias(1), reply.clone()).unwrap();
        assert_eq!(hall.send(alias(1), reply), Ok(vec![]));
        assert_eq!(hall.question(1).reply, Some(true));
    }

    #[test]
    fn the_author_of_a_merged_question_replies_to_the_answer_of_the_other() {
        let mut hall = hall();
        hall.ask(person(4), 2, "Why so?").unwrap();
        hall.moderate(Command::Merge {
            from: q(2),
            into: q(1),
        });
        hall.moderate(answer(Some("Because"), None));
        hall.send(
            person(4),
            Command::Reply {
                question: q(2),
                answered: false,
            },
        )
        .unwrap();
        assert_eq!(hall.question(2).reply, Some(false));
    }
}
