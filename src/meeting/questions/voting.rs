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

    /// How many people want it: distinct seats over its family, and the hands counted for it and its family.
    #[must_use]
    pub fn votes(&self, id: QuestionId) -> u64 {
        let family = self.family(id);
        let questions = || family.iter().filter_map(|id| self.questions.get(id));
        let seats: BTreeSet<SeatId> = questions()
            .flat_map(|question| question.voters.iter().copied())
            .collect();
        let hands: u64 = questions().map(|question| u64::from(question.hands)).sum();
        hands.saturating_add(u64::try_from(seats.len()).unwrap_or(u64::MAX))
    }

    fn voted(&self, id: QuestionId, seat: SeatId) -> bool {
        self.questions
            .get(&id)
            .is_some_and(|question| question.voters.contains(&seat))
    }
}
