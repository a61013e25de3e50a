//! What a fact of group work may have changed, and which groups and activities a refresh has to write again.

use std::collections::BTreeSet;

use crate::meeting::fact::GroupFact as F;
use crate::meeting::ids::{ActivityId, CardId, GroupId};
use crate::meeting::role::Actor;
use crate::meeting::state::Meeting;
use crate::view::dirty::Dirty;

impl Dirty {
    /// Marks what a fact of group work may have changed.
    pub(in crate::view) fn note_group_work(&mut self, meeting: &Meeting, fact: &F) {
        match fact {
            F::Set { activity, .. }
            | F::Published { activity }
            | F::RoundBegun { activity, .. }
            | F::Reporting { activity, .. } => {
                self.note_whole(*activity);
            }
            F::ReportsOrdered { activity, .. } => self.note_whole(*activity),
            F::Constrained { activity, .. }
            | F::Planned { activity, .. }
            | F::PlanDiscarded { activity }
            | F::ReportTimed { activity, .. }
            | F::ReportPaused { activity, .. } => {
                self.works.insert(*activity);
            }
            F::Added { group, .. }
            | F::Changed { group, .. }
            | F::Timed { group, .. }
            | F::Ending { group, .. }
            | F::Ended { group }
            | F::Resumed { group } => self.note_group(meeting, *group),
            F::Removed { group } => {
                self.groups.insert(*group);
                self.works.extend(meeting.works.keys());
            }
            F::Seated { activity, moves } => {
                self.works.insert(*activity);
                for moved in moves {
                    self.groups.extend(moved.from.into_iter().chain(moved.to));
                    self.touch(Actor::Seat(moved.seat)).seat = true;
                }
            }
            F::Merged { from, into } => {
                for group in [*from, *into] {
                    self.note_group(meeting, group);
                    self.touch_members(meeting, group);
                }
            }
            F::DutySet { group, .. }
            | F::LineWritten { group, .. }
            | F::CardPosted { group, .. }
            | F::DotsShown { group, .. }
            | F::HelpAsked { group, .. }
            | F::HelpOver { group }
            | F::Visited { group, .. }
            | F::Ready { group, .. }
            | F::Noted { group, .. } => {
                self.groups.insert(*group);
            }
            F::CardRemoved { group, .. } => {
                self.groups.insert(*group);
                self.touch_members(meeting, *group);
                self.note_reports(meeting);
            }
            F::CardEdited { card, .. } | F::CardStacked { card, .. } => {
                self.note_card(meeting, *card)
            }
            F::CardDotted { card, seat, .. } => {
                self.note_card(meeting, *card);
                self.touch(Actor::Seat(*seat)).seat = true;
            }
            F::CardsLinked { .. } => self.note_reports(meeting),
            F::LetterWritten {
                activity, group, ..
            } => {
                self.letters = true;
                match group {
                    Some(group) => {
                        self.groups.insert(*group);
                    }
                    None => self.note_whole(*activity),
                }
            }
            F::LetterRead { group, .. } => {
                self.letters = true;
                self.groups.insert(*group);
            }
        }
    }

    fn note_whole(&mut self, activity: ActivityId) {
        self.works.insert(activity);
        self.whole_works.insert(activity);
    }

    /// A group, and what the hall sees of its activity.
    fn note_group(&mut self, meeting: &Meeting, group: GroupId) {
        self.groups.insert(group);
        if let Some(group) = meeting.groups.get(&group) {
            self.works.insert(group.activity);
        }
    }

    fn note_card(&mut self, meeting: &Meeting, card: CardId) {
        if let Some(card) = meeting.cards.get(&card) {
            self.groups.insert(card.group);
        }
    }

    /// What a report shows of a card depends on other groups' cards.
    fn note_reports(&mut self, meeting: &Meeting) {
        let reporting = meeting.works.values().filter_map(|work| work.reporting);
        self.groups.extend(reporting.map(|report| report.group));
    }

    fn touch_members(&mut self, meeting: &Meeting, group: GroupId) {
        let members = meeting.groups.get(&group).into_iter();
        for seat in members.flat_map(|group| group.places.keys()) {
            self.touch(Actor::Seat(*seat)).seat = true;
        }
    }

    /// Every group that may look different to hall, desk, or itself.
    pub(in crate::view) fn all_groups(&self, meeting: &Meeting) -> BTreeSet<GroupId> {
        let mut found = self.groups.clone();
        let whole = |group: &GroupId| {
            let group = meeting.groups.get(group);
            group.is_some_and(|group| self.concerns_members(group.activity, group.places.keys()))
        };
        if self.is_about_members() || !self.whole_works.is_empty() {
            found.extend(meeting.groups.keys().filter(|group| whole(group)));
        }
        found
    }

    /// Every activity of group work that may look different to the desk.
    pub(in crate::view) fn works_of_people(&self, meeting: &Meeting) -> BTreeSet<ActivityId> {
        let mut found = self.works.clone();
        if self.is_about_members() {
            found.extend(meeting.works.keys());
        }
        found
    }

    /// Whether this group's own document may look different.
    pub(in crate::view) fn concerns_group(&self, meeting: &Meeting, id: GroupId) -> bool {
        self.groups.contains(&id)
            || meeting
                .groups
                .get(&id)
                .is_some_and(|group| self.concerns_members(group.activity, group.places.keys()))
    }

    fn is_about_members(&self) -> bool {
        self.every_seat || !self.seats.is_empty()
    }

    fn concerns_members<'a>(
        &self,
        activity: ActivityId,
        mut members: impl Iterator<Item = &'a crate::meeting::ids::SeatId>,
    ) -> bool {
        self.whole_works.contains(&activity)
            || self.every_seat
            || members.any(|seat| self.seats.contains(seat))
    }
}
