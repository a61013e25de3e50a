//! Editing and withdrawing: the author's own hand on a question.

use super::{change, find, holding, is_author, settle, wrong_state};
use crate::meeting::Decision;
use crate::meeting::fact::{Fact, Held};
use crate::meeting::fitting;
use crate::meeting::ids::QuestionId;
use crate::meeting::refusal::{Code, Refusal};
use crate::meeting::role::Actor;
use crate::meeting::state::{LONGEST, Meeting, Question, QuestionState};
use crate::text::fold::words;
use crate::text::likeness::Imprint;

/// Changes the text, while it waits or has no votes. What an author changes is checked again: where questions are
/// reviewed, a listed one waits again.
///
/// Refusals: `not_found`, `not_allowed`, `wrong_state`, `has_votes`, `empty`, `too_long`.
pub fn edit(meeting: &Meeting, id: QuestionId, text: &str, actor: Actor) -> Decision {
    let question = find(meeting, id)?;
    let by_author = is_author(question, actor);
    if !by_author && !meeting.is_moderator(actor) {
        return Err(Code::NotAllowed.into());
    }
    refuse_settled(meeting, id, question)?;
    let longest = meeting
        .agenda
        .get(&question.activity)
        .map_or(LONGEST, |activity| activity.questions.longest);
    let text = fitting::lines(text, usize::from(longest))?;
    if text == question.text {
        return Ok(vec![]);
    }
    let held = if by_author {
        holding::held(meeting, question.activity, question.author, &text)
    } else {
        None
    };
    Ok(vec![Fact::QuestionEdited {
        question: id,
        text,
        held: held.or(question.held),
    }])
}

fn refuse_settled(meeting: &Meeting, id: QuestionId, question: &Question) -> Result<(), Refusal> {
    match question.state {
        QuestionState::Waiting => Ok(()),
        QuestionState::Listed if meeting.votes(id) == 0 => Ok(()),
        QuestionState::Listed => Err(Code::HasVotes.into()),
        _ => Err(wrong_state("only a waiting or listed question is edited")),
    }
}

/// Takes the question back, any time. What was merged into it stands by itself again: others asked it too.
///
/// Refusals: `not_found`, `not_allowed`.
pub fn withdraw(meeting: &Meeting, id: QuestionId, actor: Actor) -> Decision {
    let question = find(meeting, id)?;
    if !is_author(question, actor) {
        return Err(Code::NotAllowed.into());
    }
    if question.state == QuestionState::Withdrawn {
        return Ok(vec![]);
    }
    let mut facts: Vec<Fact> = question
        .merged
        .iter()
        .map(|question| Fact::QuestionUnmerged {
            question: *question,
        })
        .collect();
    facts.push(Fact::QuestionWithdrawn { question: id });
    Ok(facts)
}

pub fn edited(meeting: &mut Meeting, id: QuestionId, text: &str, held: Option<Held>) {
    if held.is_some()
        && meeting
            .questions
            .get(&id)
            .is_some_and(|question| question.state == QuestionState::Listed)
    {
        settle(meeting, id, QuestionState::Waiting);
    }
    change(meeting, id, |question| {
        text.clone_into(&mut question.text);
        question.folded = words(text);
        question.imprint = Imprint::of_words(&question.folded);
        if question.state == QuestionState::Waiting {
            question.held = held;
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meeting::command::Command;
    use crate::meeting::hall::{Hall, QUESTIONS, alias, asking, person, q};

    fn edit(hall: &mut Hall, actor: Actor, n: u128, text: &str) -> Result<Vec<Fact>, Code> {
        hall.send(
            actor,
            Command::Edit {
                question: q(n),
                text: text.to_owned(),
            },
        )
    }

    #[test]
    fn the_author_edits_until_somebody_votes() {
        let mut hall = Hall::new();
        hall.ask(alias(1), 1, "Wyh?").unwrap();
        edit(&mut hall, alias(1), 1, "Why?").unwrap();
        assert_eq!(hall.question(1).text, "Why?");
        assert_eq!(edit(&mut hall, alias(1), 1, " Why? "), Ok(vec![]));
        hall.vote(person(3), 1, true).unwrap();
        assert_eq!(edit(&mut hall, alias(1), 1, "What?"), Err(Code::HasVotes));
        assert_eq!(edit(&mut hall, person(2), 1, "What?"), Err(Code::HasVotes));
        hall.vote(person(3), 1, false).unwrap();
        assert!(edit(&mut hall, alias(1), 1, "What?").is_ok());
    }

    #[test]
    fn nobody_edits_or_withdraws_another_s_question_but_a_moderator_may_edit() {
        let mut hall = Hall::new();
        hall.ask(person(3), 1, "Wyh?").unwrap();
        assert_eq!(edit(&mut hall, person(4), 1, "X"), Err(Code::NotAllowed));
        assert_eq!(edit(&mut hall, alias(1), 1, "X"), Err(Code::NotAllowed));
        assert!(edit(&mut hall, person(2), 1, "Why?").is_ok());
        assert_eq!(
            hall.send(person(2), Command::Withdraw { question: q(1) }),
            Err(Code::NotAllowed)
        );
        assert_eq!(
            hall.send(person(4), Command::Withdraw { question: q(1) }),
            Err(Code::NotAllowed)
        );
    }

    #[test]
    fn nothing_recognises_who_asked_anonymously_under_a_seat() {
        let mut hall = Hall::new();
        let Command::Ask {
            id, activity, text, ..
        } = asking(1, "Why?")
        else {
            unreachable!()
        };
        hall.send(
            person(3),
            Command::Ask {
                id,
                activity,
                text,
                anonymous: Some(true),
                as_tag: None,
                language: None,
            },
        )
        .unwrap();
        assert_eq!(edit(&mut hall, person(3), 1, "X"), Err(Code::NotAllowed));
        assert_eq!(
            hall.send(person(3), Command::Withdraw { question: q(1) }),
            Err(Code::NotAllowed)
        );
    }

    #[test]
    fn an_edit_is_checked_again() {
        let mut hall = Hall::new();
        hall.ask(person(3), 1, "Why?").unwrap();
        edit(&mut hall, person(3), 1, "See www.example.org").unwrap();
        assert_eq!(
            (hall.state(1), hall.question(1).held),
            (QuestionState::Waiting, Some(Held::Link))
        );
        edit(&mut hall, person(3), 1, "Never mind").unwrap();
        assert_eq!(
            hall.state(1),
            QuestionState::Waiting,
            "what waits goes on waiting for the moderator"
        );
    }

    #[test]
    fn an_approved_question_that_its_author_changes_is_reviewed_again() {
        let mut hall = Hall::new();
        hall.meeting
            .agenda
            .get_mut(&QUESTIONS)
            .unwrap()
            .questions
            .review = true;
        hall.ask(person(3), 1, "Harmless").unwrap();
        hall.moderate(Command::List { question: q(1) });
        edit(&mut hall, person(2), 1, "Harmless!").unwrap();
        assert_eq!(hall.state(1), QuestionState::Listed);
        edit(&mut hall, person(3), 1, "Nasty").unwrap();
        assert_eq!(
            (hall.state(1), hall.question(1).held),
            (QuestionState::Waiting, Some(Held::Review))
        );
    }

    #[test]
    fn a_question_is_withdrawn_any_time_and_frees_what_was_merged_into_it() {
        let mut hall = Hall::new();
        hall.ask(person(3), 1, "Why?").unwrap();
        hall.ask(person(4), 2, "Why so?").unwrap();
        hall.moderate(Command::Merge {
            from: q(2),
            into: q(1),
        });
        hall.moderate(Command::Feature { question: q(1) });
        hall.send(person(3), Command::Withdraw { question: q(1) })
            .unwrap();
        assert_eq!(hall.state(1), QuestionState::Withdrawn);
        assert_eq!(hall.state(2), QuestionState::Listed);
        assert_eq!(hall.meeting.stage.featured, None);
        assert_eq!(
            hall.send(person(3), Command::Withdraw { question: q(1) }),
            Ok(vec![])
        );
        assert_eq!(edit(&mut hall, person(3), 1, "X"), Err(Code::WrongState));
    }
}
