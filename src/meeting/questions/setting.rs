//! How one questions activity runs; each setting can be changed live.

use super::wrong_state;
use crate::meeting::Decision;
use crate::meeting::agenda;
use crate::meeting::command::{ActivityKind, Command};
use crate::meeting::fact::Fact;
use crate::meeting::fitting::{self, changed};
use crate::meeting::refusal::Code;
use crate::meeting::state::{LONGEST, Meeting};

/// Shortest limit that may be set, in graphemes.
const SHORTEST: u16 = 20;

/// Changes what is given and differs. What waits when review is switched off goes on waiting for the moderator.
///
/// Refusals: `not_found`, `wrong_state` (not a questions activity), `out_of_range`.
pub fn set(meeting: &Meeting, command: &Command) -> Decision {
    let Command::SetQuestions {
        activity: id,
        review,
        votes,
        counts_hidden,
        order,
        longest,
    } = command
    else {
        return Err(Code::NotUnderstood.into());
    };
    let activity = agenda::find(meeting, *id)?;
    if activity.kind != ActivityKind::Questions {
        return Err(wrong_state("no questions are asked there"));
    }
    let longest = longest
        .map(|longest| fitting::within(longest, SHORTEST, LONGEST))
        .transpose()?;
    let is = &activity.questions;
    let fact = Fact::QuestionsSet {
        activity: *id,
        review: changed(*review, &is.review),
        votes: changed(*votes, &is.votes),
        counts_hidden: changed(*counts_hidden, &is.counts_hidden),
        order: changed(*order, &is.order),
        longest: changed(longest, &is.longest),
    };
    let nothing = Fact::QuestionsSet {
        activity: *id,
        review: None,
        votes: None,
        counts_hidden: None,
        order: None,
        longest: None,
    };
    Ok(if fact == nothing { vec![] } else { vec![fact] })
}

pub fn was_set(meeting: &mut Meeting, fact: &Fact) {
    let Fact::QuestionsSet {
        activity,
        review,
        votes,
        counts_hidden,
        order,
        longest,
    } = fact
    else {
        return;
    };
    let Some(activity) = meeting.agenda.get_mut(activity) else {
        return;
    };
    let is = &mut activity.questions;
    is.review = review.unwrap_or(is.review);
    is.votes = votes.unwrap_or(is.votes);
    is.counts_hidden = counts_hidden.unwrap_or(is.counts_hidden);
    is.order = order.unwrap_or(is.order);
    is.longest = longest.unwrap_or(is.longest);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meeting::command::Order;
    use crate::meeting::hall::{Hall, QUESTIONS, person};
    use crate::meeting::state::QuestionState;

    fn set(review: Option<bool>, order: Option<Order>, longest: Option<u16>) -> Command {
        Command::SetQuestions {
            activity: QUESTIONS,
            review,
            votes: None,
            counts_hidden: None,
            order,
            longest,
        }
    }

    #[test]
    fn review_is_switched_live_and_what_waits_goes_on_waiting() {
        let mut hall = Hall::new();
        hall.moderate(set(Some(true), None, None));
        hall.ask(person(3), 1, "Why?").unwrap();
        hall.moderate(set(Some(false), None, None));
        hall.ask(person(3), 2, "When?").unwrap();
        assert_eq!(
            (hall.state(1), hall.state(2)),
            (QuestionState::Waiting, QuestionState::Listed)
        );
    }

    #[test]
    fn only_what_differs_is_written_down() {
        let mut hall = Hall::new();
        let facts = hall.moderate(set(Some(false), Some(Order::Fair), None));
        assert!(matches!(
            facts[..],
            [Fact::QuestionsSet {
                review: None,
                order: Some(Order::Fair),
                ..
            }]
        ));
        assert_eq!(
            hall.moderate(set(Some(false), Some(Order::Fair), None)),
            vec![]
        );
    }

    #[test]
    fn the_longest_question_has_a_range() {
        let mut hall = Hall::new();
        for longest in [19, 501] {
            assert_eq!(
                hall.send(hall.moderator, set(None, None, Some(longest))),
                Err(Code::OutOfRange)
            );
        }
        hall.moderate(set(None, None, Some(20)));
        assert_eq!(hall.ask(person(3), 1, &"a".repeat(21)), Err(Code::TooLong));
    }
}
