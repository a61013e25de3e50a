//! What a fact may have changed in a discussion, and whose place in line it may have moved.

use crate::meeting::command::ActivityKind;
use crate::meeting::discussion::state::Discussion;
use crate::meeting::fact::{DiscussionFact as F, Fact};
use crate::meeting::ids::{ActivityId, SeatId};
use crate::meeting::role::Actor;
use crate::meeting::state::Meeting;
use crate::view::dirty::Dirty;

impl Dirty {
    /// Marks what a fact of a discussion may have changed: whoever has a hand there may stand elsewhere now.
    pub(in crate::view) fn note_discussion(&mut self, meeting: &Meeting, fact: &F) {
        match fact {
            // Debates too, and rare.
            F::ExtraTime { .. } => self.note_everything(meeting),
            F::Set { activity, .. }
            | F::ListClosed { activity, .. }
            | F::Restated { activity, .. }
            | F::QuestionCalled { activity, .. }
            | F::Timed { activity, .. }
            | F::Ordered { activity, .. } => self.note_line(meeting, *activity),
            F::Raised { activity, hand, .. }
            | F::Called { activity, hand, .. }
            | F::Paused { activity, hand }
            | F::Resumed { activity, hand }
            | F::Ended { activity, hand }
            | F::Reopened { activity, hand } => {
                self.note_line(meeting, *activity);
                self.touch_owners(meeting, *activity, &[*hand]);
            }
            F::Lowered { activity, hands } => {
                self.note_line(meeting, *activity);
                self.touch_owners(meeting, *activity, hands);
            }
        }
    }

    /// Marks the lines that a fact from elsewhere may have moved.
    pub(in crate::view) fn note_lines(&mut self, meeting: &Meeting, fact: &Fact) {
        match fact {
            Fact::ActivityRemoved { activity } => {
                self.discussions.insert(*activity);
                meeting
                    .seats
                    .keys()
                    .for_each(|seat| self.touch_hands(*seat));
            }
            Fact::ActivityAdded {
                kind: ActivityKind::Discussion,
                ..
            } => meeting
                .factors
                .keys()
                .for_each(|seat| self.touch_hands(*seat)),
            Fact::MeetingChanged { ask: Some(_), .. } | Fact::MeetingEnded {} => {
                for activity in meeting.discussions.keys() {
                    self.note_line(meeting, *activity);
                }
            }
            Fact::SeatIntroduced {
                seat,
                tags: Some(_),
                ..
            } => {
                for (activity, discussion) in &meeting.discussions {
                    if discussion.hands_of(*seat).next().is_some() {
                        self.note_line(meeting, *activity);
                    }
                }
            }
            Fact::ActivityOpened { .. }
            | Fact::ActivityClosed { .. }
            | Fact::QuestionsSet { .. }
            | Fact::QuestionAsked { .. }
            | Fact::QuestionEdited { .. }
            | Fact::QuestionWithdrawn { .. }
            | Fact::QuestionListed { .. }
            | Fact::QuestionDismissed { .. }
            | Fact::QuestionParked { .. }
            | Fact::QuestionVoted { .. }
            | Fact::QuestionFeatured { .. }
            | Fact::QuestionUnfeatured { .. }
            | Fact::QuestionAnswered { .. }
            | Fact::QuestionMerged { .. }
            | Fact::QuestionUnmerged { .. }
            | Fact::QuestionKeptPrivate { .. }
            | Fact::QuestionRanked { .. }
            | Fact::HandsCounted { .. } => self.touch_queues(meeting),
            _ => {}
        }
    }

    /// Whether any discussion may look different.
    pub(in crate::view) fn concerns_discussions(&self, meeting: &Meeting) -> bool {
        let people =
            self.tags || self.every_seat || !self.seats.is_empty() || !self.names.is_empty();
        let asked =
            !self.questions.is_empty() || !self.tallies.is_empty() || !self.activities.is_empty();
        !self.discussions.is_empty()
            || people
            || self.agenda
            || self.meeting
            || (asked && meeting.discussions.values().any(|one| one.one_queue))
    }

    fn note_line(&mut self, meeting: &Meeting, activity: ActivityId) {
        self.discussions.insert(activity);
        if let Some(discussion) = meeting.discussions.get(&activity) {
            self.touch_line(discussion);
        }
    }

    fn touch_line(&mut self, discussion: &Discussion) {
        for hand in discussion.hands.values() {
            if hand.waits() || hand.is_active() {
                self.touch_hands(hand.seat);
            }
        }
    }

    /// Whose place depends on written questions.
    fn touch_queues(&mut self, meeting: &Meeting) {
        for discussion in meeting.discussions.values() {
            if discussion.one_queue {
                self.touch_line(discussion);
            }
        }
    }

    fn touch_owners(&mut self, meeting: &Meeting, activity: ActivityId, hands: &[u32]) {
        let discussion = meeting.discussion(activity);
        for hand in hands.iter().filter_map(|hand| discussion.hands.get(hand)) {
            self.touch_hands(hand.seat);
        }
    }

    fn touch_hands(&mut self, seat: SeatId) {
        self.touch(Actor::Seat(seat)).hands = true;
    }
}
