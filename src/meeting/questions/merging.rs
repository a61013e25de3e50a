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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meeting::command::Command;
    use crate::meeting::hall::{Hall, QUESTIONS, person, q};

    fn hall() -> Hall {
        let mut hall = Hall::new();
        for n in 1..=4 {
            hall.ask(person(3), n, &format!("Question {n}")).unwrap();
        }
        hall
    }

    fn merge(from: u128, into: u128) -> Command {
        Command::Merge {
            from: q(from),
            into: q(into),
        }
    }

    #[test]
    fn a_merge_undone_leaves_everything_as_it_was() {
        let mut hall = hall();
        hall.vote(person(3), 1, true).unwrap();
        hall.vote(person(4), 2, true).unwrap();
        hall.moderate(Command::Park { question: q(2) });
        let before = hall.meeting.clone();
        hall.moderate(merge(2, 1));
        assert_eq!(hall.meeting.votes(q(1)), 2);
        hall.moderate(Command::Unmerge { question: q(2) });
        assert_eq!(hall.meeting, before);
    }

    #[test]
    fn a_chain_counts_at_its_end_and_comes_apart_link_by_link() {
        let mut hall = hall();
        for n in 1..=3 {
            hall.vote(person(n + 2), n, true).unwrap();
        }
        hall.moderate(merge(1, 2));
        hall.moderate(merge(2, 3));
        assert_eq!(hall.meeting.root(q(1)), q(3));
        assert_eq!(hall.meeting.votes(q(3)), 3);
        hall.moderate(Command::Unmerge { question: q(2) });
        assert_eq!((hall.meeting.votes(q(2)), hall.meeting.votes(q(3))), (2, 1));
        assert_eq!(hall.state(1), QuestionState::Merged(q(2)));
    }

    #[test]
    fn circles_are_refused_and_repeats_change_nothing() {
        let mut hall = hall();
        hall.moderate(merge(1, 2));
        assert_eq!(hall.moderate(merge(1, 2)), vec![]);
        assert_eq!(
            hall.send(hall.moderator, merge(2, 1)),
            Err(Code::WrongState)
        );
        assert_eq!(
            hall.send(hall.moderator, merge(3, 3)),
            Err(Code::WrongState)
        );
        assert_eq!(
            hall.send(hall.moderator, merge(1, 3)),
            Err(Code::WrongState)
        );
        assert_eq!(hall.moderate(Command::Unmerge { question: q(4) }), vec![]);
    }

    #[test]
    fn merging_into_a_merged_one_goes_to_its_end() {
        let mut hall = hall();
        hall.moderate(merge(1, 2));
        assert_eq!(
            hall.moderate(merge(3, 1)),
            vec![Fact::QuestionMerged {
                from: q(3),
                into: q(2)
            }]
        );
    }

    #[test]
    fn what_is_shown_does_not_vanish_into_what_is_not() {
        let mut hall = hall();
        hall.meeting
            .agenda
            .get_mut(&QUESTIONS)
            .unwrap()
            .questions
            .review = true;
        hall.ask(person(4), 5, "Waiting").unwrap();
        assert_eq!(
            hall.send(hall.moderator, merge(1, 5)),
            Err(Code::WrongState)
        );
        hall.moderate(merge(5, 1));
        hall.moderate(Command::Unmerge { question: q(5) });
        assert_eq!(hall.state(5), QuestionState::Waiting);
        hall.moderate(Command::Feature { question: q(1) });
        assert_eq!(
            hall.send(hall.moderator, merge(1, 2)),
            Err(Code::WrongState),
            "it has the floor"
        );
        hall.moderate(merge(2, 1));
    }

    #[test]
    fn kept_apart_is_kept_apart_whichever_comes_first() {
        let mut hall = hall();
        hall.moderate(Command::KeepApart {
            from: q(2),
            into: q(1),
        });
        assert_eq!(
            hall.moderate(Command::KeepApart {
                from: q(1),
                into: q(2)
            }),
            vec![]
        );
        assert!(hall.meeting.apart.contains(&(q(1), q(2))));
        let twice = Command::KeepApart {
            from: q(1),
            into: q(1),
        };
        assert_eq!(hall.send(hall.moderator, twice), Err(Code::OutOfRange));
    }
}
