//! Holding an author's messages: what they ask from now on waits, and nobody is told.

use crate::meeting::Decision;
use crate::meeting::fact::{Author, Fact};
use crate::meeting::ids::{QuestionId, SeatId};
use crate::meeting::refusal::{Code, Refusal};
use crate::meeting::role::{Actor, Role};
use crate::meeting::state::Meeting;

/// Holds, or lets go again, the messages of a seat or of whoever asked a question (its alias, if it was anonymous).
///
/// Refusals: `out_of_range` (both or neither given), `not_found`, `wrong_state` (nobody can be found behind it),
/// `not_allowed` (a facilitator).
pub fn mute(
    meeting: &Meeting,
    seat: Option<SeatId>,
    question: Option<QuestionId>,
    on: bool,
) -> Decision {
    let author = match (seat, question) {
        (Some(seat), None) => Author::Seat(seat),
        (None, Some(question)) => {
            meeting
                .questions
                .get(&question)
                .ok_or(Refusal::new(Code::NotFound))?
                .author
        }
        _ => {
            return Err(Refusal::because(
                Code::OutOfRange,
                "either a seat or a question",
            ));
        }
    };
    match author {
        Author::Nobody => return Err(Refusal::because(Code::WrongState, "nothing says who asked")),
        Author::Seat(seat) => refuse_facilitator(meeting, seat)?,
        Author::Alias(_) => {}
    }
    if meeting.muted.contains(&author) == on {
        return Ok(vec![]);
    }
    Ok(vec![Fact::AuthorMuted { author, on }])
}

fn refuse_facilitator(meeting: &Meeting, seat: SeatId) -> Result<(), Refusal> {
    let there = meeting
        .seats
        .get(&seat)
        .ok_or(Refusal::new(Code::NotFound))?;
    if there.role_set().contains(&Role::Facilitator) {
        Err(Code::NotAllowed.into())
    } else {
        Ok(())
    }
}

/// Whether the messages of whoever stands behind the command are held.
pub fn is_muted(meeting: &Meeting, actor: Actor) -> bool {
    match actor {
        Actor::Seat(seat) => meeting.muted.contains(&Author::Seat(seat)),
        Actor::Alias(alias) => meeting.muted.contains(&Author::Alias(alias)),
        Actor::Server => false,
    }
}

pub fn muted(meeting: &mut Meeting, author: Author, on: bool) {
    if on {
        meeting.muted.insert(author);
    } else {
        meeting.muted.remove(&author);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meeting::command::Command;
    use crate::meeting::hall::{Hall, QUESTIONS, alias, person, q, seat};

    fn by_question(n: u128, on: bool) -> Command {
        Command::Mute {
            seat: None,
            question: Some(q(n)),
            on,
        }
    }

    #[test]
    fn holding_by_question_holds_whoever_asked_it() {
        let mut hall = Hall::new();
        hall.ask(alias(1), 1, "Rude").unwrap();
        hall.ask(person(3), 2, "Rude too").unwrap();
        hall.moderate(by_question(1, true));
        hall.moderate(by_question(2, true));
        assert_eq!(hall.moderate(by_question(2, true)), vec![]);
        assert!(is_muted(&hall.meeting, alias(1)) && is_muted(&hall.meeting, person(3)));
        assert!(hall.meeting.muted.contains(&Author::Seat(seat(3))));
        hall.moderate(by_question(1, false));
        assert!(!is_muted(&hall.meeting, alias(1)));
    }

    #[test]
    fn a_question_that_says_nothing_of_its_author_holds_nobody() {
        let mut hall = Hall::new();
        hall.send(
            person(3),
            Command::Ask {
                id: q(1),
                activity: QUESTIONS,
                text: "Why?".to_owned(),
                anonymous: Some(true),
                as_tag: None,
                language: None,
            },
        )
        .unwrap();
        assert_eq!(
            hall.send(hall.moderator, by_question(1, true)),
            Err(Code::WrongState)
        );
    }

    #[test]
    fn a_facilitator_is_not_held_and_one_target_is_named() {
        let mut hall = Hall::new();
        let mute = |seat, question| Command::Mute {
            seat,
            question,
            on: true,
        };
        assert_eq!(
            hall.send(hall.moderator, mute(Some(seat(1)), None)),
            Err(Code::NotAllowed)
        );
        assert_eq!(
            hall.send(hall.moderator, mute(None, None)),
            Err(Code::OutOfRange)
        );
        assert_eq!(
            hall.send(hall.moderator, mute(Some(seat(99)), None)),
            Err(Code::NotFound)
        );
    }
}
