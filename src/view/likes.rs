//! Which questions of one activity read alike, kept up question by question: only those that share a rare word
//! are ever compared, so that a refresh costs what changed and not every pair.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::meeting::ids::{ActivityId, QuestionId};
use crate::meeting::state::{Meeting, Question, QuestionState};

/// Pairs below this likeness (1–100) are not suggested.
pub const LIKE: u8 = 60;

/// How many suggestions a desk sees at once.
pub const BEST: usize = 12;

/// A pair that reads alike. Sorts best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pair {
    likeness: Reverse<u8>,
    /// The one that would be merged.
    pub from: QuestionId,
    /// The listed one before the waiting one, then the older.
    pub into: QuestionId,
}

impl Pair {
    /// 1–100.
    pub fn likeness(&self) -> u8 {
        self.likeness.0
    }
}

type Word = (ActivityId, Arc<str>);

/// All pairs that read alike, and the index that finds them.
#[derive(Debug, Clone, Default)]
pub struct Likes {
    by_word: BTreeMap<Word, BTreeSet<QuestionId>>,
    words: BTreeMap<QuestionId, Vec<Word>>,
    pairs: BTreeSet<Pair>,
    partners: BTreeMap<QuestionId, BTreeSet<Pair>>,
}

impl Likes {
    /// Looks at a question again, after it was asked, changed, moved or left.
    pub fn update(&mut self, meeting: &Meeting, id: QuestionId) {
        self.forget(id);
        let Some(question) = meeting
            .questions
            .get(&id)
            .filter(|question| compared(question))
        else {
            return;
        };
        let words = rare_words(question);
        for other in self.candidates(&words) {
            if let Some(pair) = pair(meeting, id, other) {
                self.pairs.insert(pair);
                self.partners.entry(id).or_default().insert(pair);
                self.partners.entry(other).or_default().insert(pair);
            }
        }
        for word in &words {
            self.by_word.entry(word.clone()).or_default().insert(id);
        }
        self.words.insert(id, words);
    }

    /// The best pairs that nobody said are different.
    pub fn best(&self, meeting: &Meeting) -> Vec<Pair> {
        let apart = |pair: &Pair| {
            let key = (pair.from.min(pair.into), pair.from.max(pair.into));
            meeting.apart.contains(&key)
        };
        self.pairs
            .iter()
            .filter(|pair| !apart(pair))
            .take(BEST)
            .copied()
            .collect()
    }

    fn candidates(&self, words: &[Word]) -> BTreeSet<QuestionId> {
        words
            .iter()
            .filter_map(|word| self.by_word.get(word))
            .flatten()
            .copied()
            .collect()
    }

    fn forget(&mut self, id: QuestionId) {
        for word in self.words.remove(&id).unwrap_or_default() {
            if let Some(questions) = self.by_word.get_mut(&word) {
                questions.remove(&id);
                if questions.is_empty() {
                    self.by_word.remove(&word);
                }
            }
        }
        for pair in self.partners.remove(&id).unwrap_or_default() {
            self.pairs.remove(&pair);
            let other = if pair.from == id {
                pair.into
            } else {
                pair.from
            };
            if let Some(pairs) = self.partners.get_mut(&other) {
                pairs.remove(&pair);
            }
        }
    }
}

/// Only what can still be merged is compared, and nothing that is kept private.
fn compared(question: &Question) -> bool {
    !question.care
        && matches!(
            question.state,
            QuestionState::Listed | QuestionState::Waiting
        )
}

/// The words by which a question is found. Two word sets whose Dice likeness reaches [`LIKE`] share one of these
/// (prefix filtering of set joins): the order is fixed, longest first, as long words are rare in every language.
fn rare_words(question: &Question) -> Vec<Word> {
    let distinct: BTreeSet<&String> = question.folded.iter().collect();
    let mut words: Vec<_> = distinct.into_iter().collect();
    words.sort_by_key(|word| (Reverse(word.chars().count()), *word));
    // Dice ≥ t means at least t/(2-t)·n words of n are shared.
    let shared = (words.len() * usize::from(LIKE))
        .div_ceil(200 - usize::from(LIKE))
        .max(1);
    let prefix = words.len().saturating_sub(shared) + 1;
    words
        .into_iter()
        .take(prefix)
        .map(|word| (question.activity, word.as_str().into()))
        .collect()
}

fn pair(meeting: &Meeting, one: QuestionId, other: QuestionId) -> Option<Pair> {
    let (a, b) = (meeting.questions.get(&one)?, meeting.questions.get(&other)?);
    let likeness = likeness(&a.folded, &b.folded);
    if likeness < LIKE {
        return None;
    }
    let place = |id: QuestionId, question: &Question| {
        (question.state == QuestionState::Waiting, question.at, id)
    };
    let (into, from) = if place(one, a) < place(other, b) {
        (one, other)
    } else {
        (other, one)
    };
    Some(Pair {
        likeness: Reverse(likeness),
        from,
        into,
    })
}

/// Twice the words that both have, of all words of both: 0–100.
fn likeness(a: &[String], b: &[String]) -> u8 {
    let (a, b): (BTreeSet<_>, BTreeSet<_>) = (a.iter().collect(), b.iter().collect());
    let all = a.len() + b.len();
    if all == 0 {
        return 0;
    }
    u8::try_from(200 * a.intersection(&b).count() / all).unwrap_or(100)
}
