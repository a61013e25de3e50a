//! Which question each question reads like, kept up question by question. A posting list per trigram counts what two
//! texts have in common, so that looking at one again costs what it shares with others and no pair is compared.
//!
//! Each question has at most one suggestion: the one it is most like among those that stand before it (listed before
//! waiting, then older). What is suggested depends on the meeting alone, not on the order in which it was looked at.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use crate::meeting::ids::{ActivityId, QuestionId, Timestamp};
use crate::meeting::state::{Meeting, Question, QuestionState};

/// From this likeness on (1–100) two questions are probably the same; as `meeting::similar` has it.
const LIKE: u8 = 50;

/// How many suggestions a desk sees at once.
const BEST: usize = 12;

/// Two questions that read alike. Sorts best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pair {
    likeness: Reverse<u8>,
    /// The one that would be merged.
    pub from: QuestionId,
    pub into: QuestionId,
}

impl Pair {
    /// 1–100.
    pub fn likeness(&self) -> u8 {
        self.likeness.0
    }
}

/// The likenesses of one document. Copies share them, and the newest copy goes on with them: one that stayed behind
/// begins anew, for what it shared has moved on.
#[derive(Debug, Clone, Default)]
pub struct Likes {
    shared: Arc<Mutex<Index>>,
    /// How often it was changed when this copy last saw it.
    seen: u64,
}

impl Likes {
    /// Looks at questions again after they were asked, changed, moved or left; the best suggestions then.
    pub fn refreshed(&mut self, meeting: &Meeting, questions: &BTreeSet<QuestionId>) -> Vec<Pair> {
        let mut index = self.shared.lock().unwrap_or_else(PoisonError::into_inner);
        if index.changes == self.seen {
            index.look_at(meeting, questions);
        } else {
            drop(index);
            *self = Self::default();
            return self.built(meeting);
        }
        self.seen = index.changes;
        index.best()
    }

    /// Looks at all questions of a meeting that was not looked at yet.
    pub fn built(&mut self, meeting: &Meeting) -> Vec<Pair> {
        self.refreshed(meeting, &meeting.questions.keys().copied().collect())
    }
}

/// Sorts what may be merged into what: a question is only suggested to become part of one that comes before it.
type Place = (bool, Timestamp, QuestionId);

/// Another question that reads alike. Sorts likest first, then by place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Alike {
    likeness: Reverse<u8>,
    place: Place,
}

#[derive(Debug)]
struct Known {
    activity: ActivityId,
    place: Place,
    slot: usize,
    trigrams: Box<[u64]>,
    best: Option<Pair>,
}

/// A number for a question: counting by number is quick.
#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    /// Whose it is; `None` when it is free.
    place: Option<Place>,
    trigrams: usize,
}

#[derive(Debug, Default)]
struct Index {
    changes: u64,
    known: BTreeMap<QuestionId, Known>,
    slots: Vec<Slot>,
    free: Vec<usize>,
    postings: HashMap<(ActivityId, u64), Vec<usize>>,
    /// Whose suggestion leads here.
    followers: BTreeMap<QuestionId, BTreeSet<QuestionId>>,
    pairs: BTreeSet<Pair>,
}

impl Index {
    fn best(&self) -> Vec<Pair> {
        self.pairs.iter().take(BEST).copied().collect()
    }

    fn look_at(&mut self, meeting: &Meeting, questions: &BTreeSet<QuestionId>) {
        self.changes += 1;
        let mut orphaned = BTreeSet::new();
        for id in questions {
            orphaned.append(&mut self.forget(*id));
        }
        for id in questions {
            if let Some(question) = meeting
                .questions
                .get(id)
                .filter(|question| compared(question))
            {
                self.add(*id, question);
            }
        }
        // When everyone chooses anew, nothing needs to be offered.
        let all = self.known.keys().all(|id| questions.contains(id));
        for id in questions.union(&orphaned) {
            let alike = self.alike(meeting, *id);
            self.choose(*id, &alike);
            if !all && questions.contains(id) {
                self.offer(*id, &alike);
            }
        }
    }

    fn add(&mut self, id: QuestionId, question: &Question) {
        let slot = self.free.pop().unwrap_or_else(|| {
            self.slots.push(Slot::default());
            self.slots.len() - 1
        });
        let trigrams: Box<[u64]> = question.imprint.trigrams().into();
        for trigram in &trigrams {
            self.postings
                .entry((question.activity, *trigram))
                .or_default()
                .push(slot);
        }
        let place = (question.state == QuestionState::Waiting, question.at, id);
        self.slots[slot] = Slot {
            place: Some(place),
            trigrams: trigrams.len(),
        };
        self.known.insert(
            id,
            Known {
                activity: question.activity,
                place,
                slot,
                trigrams,
                best: None,
            },
        );
    }

    /// Forgets a question; those whose suggestion led to it need another.
    fn forget(&mut self, id: QuestionId) -> BTreeSet<QuestionId> {
        self.set_best(id, None);
        let Some(known) = self.known.remove(&id) else {
            return BTreeSet::new();
        };
        for trigram in &known.trigrams {
            let key = (known.activity, *trigram);
            if let Some(slots) = self.postings.get_mut(&key) {
                slots.retain(|slot| *slot != known.slot);
                if slots.is_empty() {
                    self.postings.remove(&key);
                }
            }
        }
        self.slots[known.slot] = Slot::default();
        self.free.push(known.slot);
        let orphaned = self.followers.remove(&id).unwrap_or_default();
        for from in &orphaned {
            if let Some(pair) = self.known.get_mut(from).and_then(|known| known.best.take()) {
                self.pairs.remove(&pair);
            }
        }
        orphaned
    }

    /// Every question of the same activity that is alike and was not said to differ.
    fn alike(&self, meeting: &Meeting, id: QuestionId) -> Vec<Alike> {
        let Some(known) = self.known.get(&id) else {
            return Vec::new();
        };
        let mut common = vec![0u32; self.slots.len()];
        for trigram in &known.trigrams {
            for slot in self
                .postings
                .get(&(known.activity, *trigram))
                .into_iter()
                .flatten()
            {
                common[*slot] += 1;
            }
        }
        let own = known.trigrams.len();
        let counted = common
            .into_iter()
            .zip(&self.slots)
            .filter(|(common, _)| *common > 0);
        counted
            .filter_map(|(common, slot)| {
                let common = usize::try_from(common).unwrap_or(0);
                let likeness = percent(2 * common, own + slot.trigrams);
                (likeness >= LIKE).then_some(Alike {
                    likeness: Reverse(likeness),
                    place: slot.place?,
                })
            })
            .filter(|other| other.place.2 != id && !apart(meeting, id, other.place.2))
            .collect()
    }

    /// Finds the question's own suggestion.
    fn choose(&mut self, id: QuestionId, alike: &[Alike]) {
        let Some(place) = self.known.get(&id).map(|known| known.place) else {
            return;
        };
        let best = alike.iter().filter(|other| other.place < place).min();
        self.set_best(
            id,
            best.map(|best| Pair {
                likeness: best.likeness,
                from: id,
                into: best.place.2,
            }),
        );
    }

    /// Offers the question to those that come after it and may be more like it than what they have.
    fn offer(&mut self, id: QuestionId, alike: &[Alike]) {
        let Some(place) = self.known.get(&id).map(|known| known.place) else {
            return;
        };
        for Alike {
            likeness,
            place: its,
        } in alike.iter().filter(|other| other.place > place)
        {
            let has = self.known.get(&its.2).and_then(|known| known.best);
            let has = has.and_then(|pair| Some((pair.likeness, self.known.get(&pair.into)?.place)));
            if has.is_none_or(|has| (*likeness, place) < has) {
                self.set_best(
                    its.2,
                    Some(Pair {
                        likeness: *likeness,
                        from: its.2,
                        into: id,
                    }),
                );
            }
        }
    }

    fn set_best(&mut self, id: QuestionId, best: Option<Pair>) {
        let Some(known) = self.known.get_mut(&id) else {
            return;
        };
        if let Some(old) = std::mem::replace(&mut known.best, best) {
            self.pairs.remove(&old);
            if let Some(followers) = self.followers.get_mut(&old.into) {
                followers.remove(&id);
            }
        }
        if let Some(new) = best {
            self.pairs.insert(new);
            self.followers.entry(new.into).or_default().insert(id);
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

/// Whether a moderator said that they differ.
fn apart(meeting: &Meeting, one: QuestionId, other: QuestionId) -> bool {
    meeting.apart.contains(&(one.min(other), one.max(other)))
}

/// As `text::likeness` rounds it.
fn percent(part: usize, whole: usize) -> u8 {
    if whole == 0 {
        return 0;
    }
    u8::try_from((100 * part + whole / 2) / whole).unwrap_or(100)
}
