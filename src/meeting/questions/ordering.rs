//! The moderator's own order: ranks with gaps; what has no rank comes after what has, oldest first.

use super::find;
use crate::meeting::Decision;
use crate::meeting::fact::Fact;
use crate::meeting::ids::{ActivityId, QuestionId};
use crate::meeting::refusal::{Code, Refusal};
use crate::meeting::state::{Meeting, QuestionState};

const RANK_GAP: u32 = 1_024;

/// Puts a question before another of its activity, or at the end of what is shown now.
///
/// Refusals: `not_found` (also when `before` is not in the same list), `wrong_state` (not shown).
pub fn rank(meeting: &Meeting, id: QuestionId, before: Option<QuestionId>) -> Decision {
    let question = find(meeting, id)?;
    if !is_ordered(question.state) {
        return Err(super::wrong_state("only what everyone sees has an order"));
    }
    let mut order = in_order(meeting, question.activity);
    let was = order.iter().position(|other| *other == id);
    order.retain(|other| *other != id);
    let at = match before {
        None => order.len(),
        Some(before) if before == id => return Ok(vec![]),
        Some(before) => order
            .iter()
            .position(|other| *other == before)
            .ok_or(Refusal::new(Code::NotFound))?,
    };
    if was == Some(at) && question.rank.is_some() {
        return Ok(vec![]);
    }
    Ok(placed(meeting, id, &order, at))
}

/// The questions of an activity that everyone sees, in the moderator's order.
pub fn in_order(meeting: &Meeting, activity: ActivityId) -> Vec<QuestionId> {
    let shown = meeting
        .questions
        .iter()
        .filter(|(_, question)| question.activity == activity && is_ordered(question.state));
    let mut order: Vec<_> = shown
        .map(|(id, question)| (question.rank.unwrap_or(u32::MAX), question.at, *id))
        .collect();
    order.sort_unstable();
    order.into_iter().map(|(_, _, id)| id).collect()
}

fn is_ordered(state: QuestionState) -> bool {
    matches!(
        state,
        QuestionState::Listed
            | QuestionState::OnStage
            | QuestionState::Answered
            | QuestionState::Parked
    )
}

/// One rank between its neighbours if there is room, else fresh ranks for all that come before it and those with a rank.
fn placed(meeting: &Meeting, id: QuestionId, order: &[QuestionId], at: usize) -> Vec<Fact> {
    let rank_of = |place: usize| {
        order
            .get(place)
            .and_then(|id| meeting.questions.get(id))
            .and_then(|question| question.rank)
    };
    let low = match at.checked_sub(1) {
        None => Some(0),
        Some(place) => rank_of(place),
    };
    if let Some(low) = low {
        let high = rank_of(at).unwrap_or_else(|| low.saturating_add(2 * RANK_GAP));
        let middle = low.midpoint(high);
        if low < middle && middle < high {
            return vec![ranked(id, middle)];
        }
    }
    let mut whole = order.to_vec();
    whole.insert(at, id);
    let ranked_ones = whole.iter().rposition(|other| {
        *other == id
            || meeting
                .questions
                .get(other)
                .is_some_and(|question| question.rank.is_some())
    });
    let fresh = whole
        .iter()
        .take(ranked_ones.map_or(0, |place| place + 1))
        .enumerate();
    fresh
        .map(|(place, id)| {
            ranked(
                *id,
                u32::try_from(place + 1)
                    .unwrap_or(u32::MAX)
                    .saturating_mul(RANK_GAP),
            )
        })
        .collect()
}

fn ranked(question: QuestionId, rank: u32) -> Fact {
    Fact::QuestionRanked { question, rank }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meeting::command::Command;
    use crate::meeting::hall::{Hall, QUESTIONS, person, q};

    fn hall(questions: u128) -> Hall {
        let mut hall = Hall::new();
        for n in 1..=questions {
            hall.pass(1);
            hall.ask(person(3), n, &format!("Question {n}")).unwrap();
        }
        hall
    }

    fn order(hall: &Hall) -> Vec<u128> {
        in_order(&hall.meeting, QUESTIONS)
            .into_iter()
            .map(|id| id.0.as_u128() - 0x9000)
            .collect()
    }

    fn put(hall: &mut Hall, n: u128, before: Option<u128>) -> usize {
        hall.moderate(Command::Rank {
            question: q(n),
            before: before.map(q),
        })
        .len()
    }

    #[test]
    fn a_question_goes_where_it_is_put_and_the_rest_keep_their_order() {
        let mut hall = hall(5);
        put(&mut hall, 4, Some(1));
        assert_eq!(order(&hall), [4, 1, 2, 3, 5]);
        put(&mut hall, 5, Some(2));
        assert_eq!(order(&hall), [4, 1, 5, 2, 3]);
        put(&mut hall, 4, None);
        assert_eq!(order(&hall), [1, 5, 2, 3, 4]);
        assert_eq!(put(&mut hall, 4, None), 0);
        assert_eq!(put(&mut hall, 1, Some(1)), 0);
        hall.pass(1);
        hall.ask(person(3), 6, "New").unwrap();
        assert_eq!(
            order(&hall),
            [1, 5, 2, 3, 4, 6],
            "what has no rank comes last"
        );
    }

    #[test]
    fn there_is_always_room_between_two() {
        let mut hall = hall(12);
        for n in 3..=12 {
            put(&mut hall, n, Some(1));
        }
        for round in 0..40 {
            put(&mut hall, 3 + round % 10, Some(2));
        }
        assert_eq!(order(&hall).len(), 12);
        assert_eq!(*order(&hall).last().unwrap(), 2);
        assert_eq!(order(&hall)[10], 12);
    }
}
