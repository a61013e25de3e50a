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

#[cfg(test)]
mod tests {
    use crate::meeting::command::Command;
    use crate::meeting::hall::{Hall, QUESTIONS, person, q};
    use crate::meeting::refusal::Code;
    use crate::meeting::state::QuestionState as S;

    fn hall() -> Hall {
        let mut hall = Hall::new();
        hall.ask(person(3), 1, "Why?").unwrap();
        hall
    }

    #[test]
    fn a_waiting_question_is_shown_or_not_and_the_author_is_told_why() {
        let mut hall = Hall::new();
        hall.meeting
            .agenda
            .get_mut(&QUESTIONS)
            .unwrap()
            .questions
            .review = true;
        hall.ask(person(3), 1, "Why?").unwrap();
        hall.moderate(Command::Dismiss {
            question: q(1),
            reason: "Not today".to_owned(),
        });
        assert_eq!(
            (hall.state(1), hall.question(1).reason.as_str()),
            (S::Dismissed, "Not today")
        );
        hall.moderate(Command::List { question: q(1) });
        assert_eq!(
            (hall.state(1), hall.question(1).reason.as_str()),
            (S::Listed, "")
        );
        assert_eq!(hall.question(1).held, None);
    }

    #[test]
    fn doing_it_again_changes_nothing() {
        let mut hall = hall();
        for command in [
            Command::List { question: q(1) },
            Command::Park { question: q(1) },
            Command::Dismiss {
                question: q(1),
                reason: String::new(),
            },
            Command::Care {
                question: q(1),
                on: true,
            },
        ] {
            hall.moderate(command.clone());
            assert_eq!(hall.moderate(command), vec![]);
        }
    }

    #[test]
    fn answer_later_takes_the_floor_back_and_can_be_shown_again() {
        let mut hall = hall();
        hall.moderate(Command::Feature { question: q(1) });
        hall.moderate(Command::Park { question: q(1) });
        assert_eq!(
            (hall.state(1), hall.meeting.stage.featured),
            (S::Parked, None)
        );
        hall.moderate(Command::List { question: q(1) });
        assert_eq!(hall.state(1), S::Listed);
    }

    #[test]
    fn a_featured_question_goes_back_to_the_list() {
        let mut hall = hall();
        hall.moderate(Command::Feature { question: q(1) });
        hall.moderate(Command::List { question: q(1) });
        assert_eq!(
            (hall.state(1), hall.meeting.stage.featured),
            (S::Listed, None)
        );
    }

    #[test]
    fn what_is_kept_private_has_no_floor_and_no_votes() {
        let mut hall = hall();
        hall.moderate(Command::Feature { question: q(1) });
        hall.moderate(Command::Care {
            question: q(1),
            on: true,
        });
        assert_eq!(hall.meeting.stage.featured, None);
        assert_eq!(hall.vote(person(4), 1, true), Err(Code::WrongState));
        assert_eq!(
            hall.send(hall.moderator, Command::Feature { question: q(1) }),
            Err(Code::WrongState)
        );
        hall.moderate(Command::Care {
            question: q(1),
            on: false,
        });
        assert!(hall.vote(person(4), 1, true).is_ok());
    }

    #[test]
    fn what_is_withdrawn_or_merged_is_left_alone() {
        let mut hall = hall();
        hall.ask(person(4), 2, "Why so?").unwrap();
        hall.moderate(Command::Merge {
            from: q(2),
            into: q(1),
        });
        hall.send(person(3), Command::Withdraw { question: q(1) })
            .unwrap();
        hall.ask(person(4), 3, "Why, then?").unwrap();
        hall.moderate(Command::Merge {
            from: q(3),
            into: q(2),
        });
        for n in [1, 3] {
            for command in [
                Command::List { question: q(n) },
                Command::Park { question: q(n) },
                Command::Dismiss {
                    question: q(n),
                    reason: String::new(),
                },
                Command::Feature { question: q(n) },
                Command::Answer {
                    question: q(n),
                    text: None,
                    by: None,
                },
            ] {
                assert_eq!(hall.send(hall.moderator, command), Err(Code::WrongState));
            }
        }
    }

    #[test]
    fn after_the_end_the_record_is_still_worked_on_and_nothing_new_begins() {
        let mut hall = hall();
        hall.ask(person(3), 2, "And?").unwrap();
        hall.lead(Command::End { in_s: None });
        assert_eq!(hall.ask(person(4), 9, "Late"), Err(Code::Ended));
        assert_eq!(hall.vote(person(4), 1, true), Err(Code::Ended));
        assert_eq!(
            hall.send(hall.moderator, Command::Feature { question: q(1) }),
            Err(Code::Ended)
        );
        hall.moderate(Command::Park { question: q(1) });
        hall.moderate(Command::Answer {
            question: q(1),
            text: Some("In writing".to_owned()),
            by: None,
        });
        hall.moderate(Command::Tag {
            question: q(1),
            tags: vec!["school".to_owned()],
        });
        hall.moderate(Command::Care {
            question: q(2),
            on: true,
        });
        assert_eq!(hall.state(1), S::Answered);
    }
}
