//! The fair order of a questions activity: whoever was not answered yet comes first, then whoever was answered once …,
//! and within a turn every third place belongs to the newest question, so that it is seen before it is wanted.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::meeting::fact::Author;
use crate::meeting::ids::{ActivityId, QuestionId, Timestamp};
use crate::meeting::state::{Meeting, QuestionState};

use super::tally;

/// Places that are told; what comes after them has none, for each new question would move them all.
pub const PLACES: usize = 60;

struct Candidate {
    id: QuestionId,
    author: Author,
    votes: u64,
    at: Timestamp,
}

/// The first [`PLACES`] of the fair order. Votes do not count where they are off or hidden.
pub fn places(meeting: &Meeting, activity: ActivityId) -> Vec<QuestionId> {
    let mut turns = BTreeMap::<usize, Vec<Candidate>>::new();
    let mut taken = answered(meeting, activity);
    for candidate in candidates(meeting, activity) {
        let turn = match candidate.author {
            Author::Nobody => 0,
            author => {
                let before = taken.entry(author).or_default();
                *before += 1;
                *before - 1
            }
        };
        turns.entry(turn).or_default().push(candidate);
    }
    turns
        .into_values()
        .flat_map(|turn| interleaved(&turn))
        .take(PLACES)
        .collect()
}

/// How many questions of each author were answered or are being answered, merged ones with what they were merged into.
fn answered(meeting: &Meeting, activity: ActivityId) -> BTreeMap<Author, usize> {
    let mut found = BTreeMap::new();
    for (id, question) in meeting
        .questions
        .iter()
        .filter(|(_, question)| question.activity == activity)
    {
        let state = match question.state {
            QuestionState::Merged(_) => meeting
                .questions
                .get(&meeting.root(*id))
                .map(|root| root.state),
            state => Some(state),
        };
        if matches!(
            state,
            Some(QuestionState::Answered | QuestionState::OnStage)
        ) {
            *found.entry(question.author).or_default() += 1;
        }
    }
    found
}

/// Listed questions, most wanted first.
fn candidates(meeting: &Meeting, activity: ActivityId) -> Vec<Candidate> {
    let counted = meeting
        .agenda
        .get(&activity)
        .is_some_and(|item| item.questions.votes && !item.questions.counts_hidden);
    let listed = meeting.questions.iter().filter(|(_, question)| {
        question.activity == activity && question.state == QuestionState::Listed && !question.care
    });
    let mut found: Vec<_> = listed
        .map(|(id, question)| Candidate {
            id: *id,
            author: question.author,
            votes: if counted {
                tally::votes(meeting, *id, question)
            } else {
                0
            },
            at: question.at,
        })
        .collect();
    found.sort_by_key(|one| (Reverse(one.votes), one.at, one.id));
    found
}

/// Two most wanted, one newest, and so on.
fn interleaved(turn: &[Candidate]) -> Vec<QuestionId> {
    let mut newest: Vec<_> = turn.iter().collect();
    newest.sort_by_key(|one| (Reverse(one.at), one.id));
    let mut wanted = turn.iter().map(|one| one.id);
    let mut newest = newest.into_iter().map(|one| one.id);
    let mut seen = BTreeSet::new();
    let mut order = Vec::with_capacity(turn.len());
    while order.len() < turn.len() {
        let unseen = |id: &QuestionId| seen.insert(*id);
        let next = if order.len() % 3 == 2 {
            newest.find(unseen)
        } else {
            wanted.find(unseen)
        };
        let Some(id) = next else { break };
        order.push(id);
    }
    order
}
