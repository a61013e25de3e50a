//! Votes: one per seat, retractable; distinct people over everything that was merged; hands beside them.

use std::collections::BTreeSet;

use super::{change, find, wrong_state};
use crate::meeting::Decision;
use crate::meeting::agenda;
use crate::meeting::fact::Fact;
use crate::meeting::fitting;
use crate::meeting::ids::{QuestionId, SeatId};
use crate::meeting::refusal::{Code, Refusal};
use crate::meeting::role::Actor;
use crate::meeting::state::{Meeting, Openness, QuestionState};

/// Most hands that can be counted.
const HANDS: u32 = 10_000;

/// Votes, or takes the vote back. A vote for a merged question counts for the one it was merged into.
///
/// Refusals: `not_allowed` (no seat), `not_found`, `wrong_state`, `votes_off`, `closed`.
pub fn vote(meeting: &Meeting, id: QuestionId, on: bool, actor: Actor) -> Decision {
    let Actor::Seat(seat) = actor else {
        return Err(Code::NotAllowed.into());
    };
    find(meeting, id)?;
    let root = meeting.root(id);
    let voted: Vec<QuestionId> = meeting
        .family(root)
        .into_iter()
        .filter(|id| meeting.voted(*id, seat))
        .collect();
    if on != voted.is_empty() {
        return Ok(vec![]);
    }
    refuse_unless_voted_on(meeting, root)?;
    if on {
        return Ok(vec![Fact::QuestionVoted {
            question: root,
            seat,
            on,
        }]);
    }
    Ok(voted
        .into_iter()
        .map(|question| Fact::QuestionVoted { question, seat, on })
        .collect())
}

/// Votes by show of hands. Refusals: as for [`vote`], `out_of_range`.
pub fn count_hands(meeting: &Meeting, id: QuestionId, hands: u32) -> Decision {
    let question = find(meeting, id)?;
    if question.hands == hands {
        return Ok(vec![]);
    }
    refuse_unless_voted_on(meeting, id)?;
    fitting::within(hands, 0, HANDS)?;
    Ok(vec![Fact::HandsCounted {
        question: id,
        hands,
    }])
}

fn refuse_unless_voted_on(meeting: &Meeting, id: QuestionId) -> Result<(), Refusal> {
    let question = find(meeting, id)?;
    let activity = agenda::find(meeting, question.activity)?;
    if question.care
        || !matches!(
            question.state,
            QuestionState::Listed | QuestionState::OnStage
        )
    {
        return Err(wrong_state("only a listed question is voted on"));
    }
    if !activity.questions.votes {
        return Err(Code::VotesOff.into());
    }
    if activity.openness != Openness::Open {
        return Err(Code::Closed.into());
    }
    Ok(())
}

pub fn voted(meeting: &mut Meeting, id: QuestionId, seat: SeatId, on: bool) {
    change(meeting, id, |question| {
        if on {
            question.voters.insert(seat);
        } else {
            question.voters.remove(&seat);
        }
    });
}

impl Meeting {
    /// The question and all that was merged into it, directly or not.
    #[must_use]
    pub fn family(&self, id: QuestionId) -> BTreeSet<QuestionId> {
        let mut family = BTreeSet::new();
        let mut open = vec![id];
        while let Some(id) = open.pop() {
            if let Some(question) = self.questions.get(&id)
                && family.insert(id)
            {
                open.extend(&question.merged);
            }
        }
        family
    }

    /// What the question was merged into in the end; itself when it was not.
    #[must_use]
    pub fn root(&self, id: QuestionId) -> QuestionId {
        let mut seen = BTreeSet::new();
        let mut root = id;
        while seen.insert(root)
            && let Some(QuestionState::Merged(into)) =
                self.questions.get(&root).map(|question| question.state)
        {
            root = into;
        }
        root
    }

    /// How many people want it: distinct seats over its family, and the hands counted for it.
    #[must_use]
    pub fn votes(&self, id: QuestionId) -> u64 {
        let family = self.family(id);
        let questions = family.iter().filter_map(|id| self.questions.get(id));
        let seats: BTreeSet<SeatId> = questions
            .flat_map(|question| question.voters.iter().copied())
            .collect();
        let hands = self.questions.get(&id).map_or(0, |question| question.hands);
        u64::from(hands).saturating_add(u64::try_from(seats.len()).unwrap_or(u64::MAX))
    }

    fn voted(&self, id: QuestionId, seat: SeatId) -> bool {
        self.questions
            .get(&id)
            .is_some_and(|question| question.voters.contains(&seat))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meeting::command::Command;
    use crate::meeting::hall::{Hall, QUESTIONS, alias, person, q};

    fn hall() -> Hall {
        let mut hall = Hall::new();
        hall.ask(person(3), 1, "Why?").unwrap();
        hall.ask(person(4), 2, "Why so?").unwrap();
        hall
    }

    #[test]
    fn a_seat_has_one_vote_and_can_take_it_back() {
        let mut hall = hall();
        assert_eq!(
            hall.vote(person(3), 1, true).unwrap().len(),
            1,
            "the author may vote like anyone"
        );
        assert_eq!(hall.vote(person(3), 1, true), Ok(vec![]));
        hall.vote(person(4), 1, true).unwrap();
        assert_eq!(hall.meeting.votes(q(1)), 2);
        hall.vote(person(3), 1, false).unwrap();
        assert_eq!(hall.vote(person(3), 1, false), Ok(vec![]));
        assert_eq!(hall.meeting.votes(q(1)), 1);
    }

    #[test]
    fn an_alias_has_no_vote() {
        assert_eq!(hall().vote(alias(1), 1, true), Err(Code::NotAllowed));
    }

    #[test]
    fn votes_may_be_off_or_the_activity_closed() {
        let mut hall = hall();
        hall.vote(person(3), 1, true).unwrap();
        hall.meeting
            .agenda
            .get_mut(&QUESTIONS)
            .unwrap()
            .questions
            .votes = false;
        assert_eq!(hall.vote(person(4), 1, true), Err(Code::VotesOff));
        assert_eq!(
            hall.vote(person(3), 1, true),
            Ok(vec![]),
            "it is so already"
        );
        hall.meeting
            .agenda
            .get_mut(&QUESTIONS)
            .unwrap()
            .questions
            .votes = true;
        hall.lead(Command::Close {
            activity: QUESTIONS,
        });
        assert_eq!(hall.vote(person(4), 1, true), Err(Code::Closed));
    }

    #[test]
    fn only_what_is_listed_or_on_the_stage_is_voted_on() {
        let mut hall = hall();
        hall.moderate(Command::Feature { question: q(1) });
        assert!(hall.vote(person(3), 1, true).is_ok());
        hall.moderate(Command::Answer {
            question: q(1),
            text: None,
            by: None,
        });
        assert_eq!(hall.vote(person(4), 1, true), Err(Code::WrongState));
        assert_eq!(hall.vote(person(4), 9, true), Err(Code::NotFound));
    }

    #[test]
    fn a_vote_for_what_was_merged_counts_once_where_it_went() {
        let mut hall = hall();
        hall.vote(person(3), 1, true).unwrap();
        hall.vote(person(3), 2, true).unwrap();
        hall.vote(person(5), 2, true).unwrap();
        hall.moderate(Command::Merge {
            from: q(2),
            into: q(1),
        });
        assert_eq!(hall.meeting.votes(q(1)), 2, "distinct people");
        assert_eq!(hall.vote(person(5), 1, true), Ok(vec![]), "counted already");
        hall.vote(person(4), 2, true).unwrap();
        assert_eq!(hall.meeting.votes(q(1)), 3);
        hall.vote(person(3), 1, false).unwrap();
        assert_eq!(hall.meeting.votes(q(1)), 2, "taken back wherever it stood");
    }

    #[test]
    fn hands_count_beside_phones() {
        let mut hall = hall();
        hall.vote(person(3), 1, true).unwrap();
        hall.moderate(Command::CountHands {
            question: q(1),
            hands: 12,
        });
        assert_eq!(hall.meeting.votes(q(1)), 13);
        assert_eq!(
            hall.moderate(Command::CountHands {
                question: q(1),
                hands: 12
            }),
            vec![]
        );
        let most = Command::CountHands {
            question: q(1),
            hands: 10_001,
        };
        assert_eq!(hall.send(hall.moderator, most), Err(Code::OutOfRange));
    }
}
