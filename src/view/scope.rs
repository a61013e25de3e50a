//! Which questions a refresh has to write again: those that facts named, and those that look different because
//! of something else (a name, a tag's holders, a place in the fair order). Owns what a document remembers for that.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::meeting::command::{ActivityKind, Order};
use crate::meeting::fact::Author;
use crate::meeting::ids::{ActivityId, QuestionId};
use crate::meeting::state::{Meeting, Question, QuestionState};

use super::dirty::Dirty;
use super::fair;
use super::likes::Likes;
use super::tally;

/// What a document remembers beside what it shows. Shared between copies until one of them changes.
#[derive(Debug, Clone, Default)]
pub struct Aids {
    /// Tags that enough seats hold.
    pub shown_tags: Arc<BTreeSet<String>>,
    /// The question that had the floor.
    pub featured: Option<QuestionId>,
    /// The fair order of each activity that is ordered so.
    pub fair: BTreeMap<ActivityId, Arc<Vec<QuestionId>>>,
    /// What was merged into what.
    pub merged: Arc<BTreeMap<QuestionId, QuestionId>>,
    /// Which questions read alike (desk).
    pub likes: Likes,
}

impl Aids {
    /// What a document that shows questions starts with.
    pub fn prepare(&mut self, meeting: &Meeting) {
        self.shown_tags = Arc::new(tally::shown_tags(meeting));
        self.featured = meeting.stage.featured;
        let merged = meeting
            .questions
            .iter()
            .filter_map(|(id, question)| Some((*id, part_of(question)?)));
        self.merged = Arc::new(merged.collect());
    }

    /// Remembers what the question is part of; whatever it was part of before, and the whole of that.
    fn parted(&mut self, meeting: &Meeting, id: QuestionId) -> Vec<QuestionId> {
        let now = meeting.questions.get(&id).and_then(part_of);
        let before = self.merged.get(&id).copied();
        if before == now {
            return Vec::new();
        }
        match now {
            Some(into) => Arc::make_mut(&mut self.merged).insert(id, into),
            None => Arc::make_mut(&mut self.merged).remove(&id),
        };
        before
            .map(|before| tally::ancestry(meeting, before))
            .unwrap_or_default()
    }

    /// The place of a question in the fair order, from 1.
    pub fn place(&self, activity: ActivityId, question: QuestionId) -> Option<usize> {
        let order = self.fair.get(&activity)?;
        order
            .iter()
            .position(|one| *one == question)
            .map(|place| place + 1)
    }
}

fn part_of(question: &Question) -> Option<QuestionId> {
    match question.state {
        QuestionState::Merged(into) => Some(into),
        _ => None,
    }
}

/// Whether an activity's questions are in fair order.
pub fn is_fair(meeting: &Meeting, activity: ActivityId) -> bool {
    meeting.agenda.get(&activity).is_some_and(|item| {
        item.kind == ActivityKind::Questions && item.questions.order == Order::Fair
    })
}

/// The questions whose entry may look different, beyond those where only votes changed.
pub fn touched(meeting: &Meeting, aids: &mut Aids, dirty: &Dirty) -> BTreeSet<QuestionId> {
    let had_floor = std::mem::replace(&mut aids.featured, meeting.stage.featured);
    let mut found = dirty.questions.clone();
    if had_floor != aids.featured {
        found.extend(had_floor.into_iter().chain(aids.featured));
    }
    for id in &dirty.questions {
        found.extend(aids.parted(meeting, *id));
    }
    let mut tags = BTreeSet::new();
    if dirty.tags {
        let now = tally::shown_tags(meeting);
        tags = now
            .symmetric_difference(&aids.shown_tags)
            .cloned()
            .collect();
        if !tags.is_empty() {
            aids.shown_tags = Arc::new(now);
        }
    }
    if !(tags.is_empty()
        && dirty.names.is_empty()
        && dirty.authors.is_empty()
        && dirty.activities.is_empty())
    {
        let more = meeting.questions.iter().filter(|(_, question)| {
            dirty.activities.contains(&question.activity)
                || dirty.authors.contains(&question.author)
                || question
                    .as_tag
                    .as_ref()
                    .is_some_and(|tag| tags.contains(tag))
                || matches!(question.author, Author::Seat(seat) if dirty.names.contains(&seat))
        });
        found.extend(more.map(|(id, _)| *id));
    }
    found
}

/// Brings the fair orders up to date; the questions whose place changed.
pub fn moved(
    meeting: &Meeting,
    aids: &mut Aids,
    dirty: &Dirty,
    touched: &BTreeSet<QuestionId>,
) -> BTreeSet<QuestionId> {
    aids.fair.retain(|activity, _| is_fair(meeting, *activity));
    let mut found = BTreeSet::new();
    for activity in meeting
        .agenda
        .keys()
        .filter(|activity| is_fair(meeting, **activity))
    {
        let named = touched.iter().chain(&dirty.tallies);
        let concerned = !aids.fair.contains_key(activity)
            || dirty.activities.contains(activity)
            || named
                .filter_map(|id| meeting.questions.get(id))
                .any(|question| question.activity == *activity);
        if !concerned {
            continue;
        }
        let now = fair::places(meeting, *activity);
        let before = aids
            .fair
            .get(activity)
            .map(|order| order.as_slice())
            .unwrap_or_default();
        let place_before = |place: usize| before.get(place);
        found.extend(
            now.iter()
                .enumerate()
                .filter(|(place, id)| place_before(*place) != Some(*id))
                .map(|(_, id)| *id),
        );
        found.extend(
            before
                .iter()
                .enumerate()
                .filter(|(place, id)| now.get(*place) != Some(*id))
                .map(|(_, id)| *id),
        );
        aids.fair.insert(*activity, Arc::new(now));
    }
    found
}
