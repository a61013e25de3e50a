//! What a fact of a debate may have changed, and which debates a refresh has to write again.

use std::collections::BTreeSet;

use crate::meeting::fact::DebateFact as F;
use crate::meeting::ids::{ActivityId, TeamId};
use crate::meeting::role::Actor;
use crate::meeting::state::Meeting;
use crate::view::dirty::Dirty;

impl Dirty {
    /// Marks what a fact of a debate may have changed.
    pub(in crate::view) fn note_debate(&mut self, meeting: &Meeting, fact: &F) {
        match fact {
            F::Set { activity, .. }
            | F::TeamPlaced { activity, .. }
            | F::ChairsSet { activity, .. }
            | F::JudgesSet { activity, .. } => {
                self.debates.insert(*activity);
                self.teams = true;
                self.touch_everybody(meeting);
            }
            // Who was there before is not named.
            F::SpeakerSet { team, .. }
            | F::PlaceClaimed { team, .. }
            | F::ClaimDropped { team, .. } => {
                self.note_team(meeting, *team);
                self.touch_everybody(meeting);
            }
            F::TeamAdded { team, .. }
            | F::TeamChanged { team, .. }
            | F::TeamRemoved { team }
            | F::ConflictDeclared { team, .. }
            | F::FactorSet { team, .. } => {
                self.note_team(meeting, *team);
                for (activity, _) in meeting.debates_of(*team) {
                    self.touch_debaters(meeting, activity);
                }
            }
            F::Voted {
                activity, alias, ..
            } => {
                self.debates.insert(*activity);
                self.touch(Actor::Alias(*alias)).seat = true;
            }
            F::VoteOpened { activity, .. }
            | F::SwingShown { activity, .. }
            | F::Reacted { activity, .. }
            | F::HostCalled { activity, .. } => {
                self.debates.insert(*activity);
            }
            F::SpeakerSent { activity, .. }
            | F::OwnerDecided { activity, .. }
            | F::MotionProposed { activity, .. }
            | F::MotionRemoved { activity, .. }
            | F::MotionsOffered { activity, .. }
            | F::MotionsRanked { activity, .. }
            | F::MotionVetoed { activity, .. }
            | F::MotionReleased { activity }
            | F::Clocked { activity, .. }
            | F::PointOffered { activity, .. }
            | F::PointAnswered { activity, .. }
            | F::PointBegun { activity, .. }
            | F::PointOver { activity }
            | F::PointCounted { activity, .. }
            | F::BallotSaved { activity, .. }
            | F::BallotConfirmed { activity, .. }
            | F::BallotReturned { activity, .. }
            | F::ResultReleased { activity, .. } => {
                self.debates.insert(*activity);
                self.touch_debaters(meeting, *activity);
            }
        }
    }

    fn note_team(&mut self, meeting: &Meeting, team: TeamId) {
        self.teams = true;
        self.debates
            .extend(meeting.debates_of(team).map(|(activity, _)| activity));
    }

    fn touch_everybody(&mut self, meeting: &Meeting) {
        for seat in meeting.seats.keys() {
            self.touch(Actor::Seat(*seat)).seat = true;
        }
    }

    /// Whoever speaks or judges there.
    fn touch_debaters(&mut self, meeting: &Meeting, activity: ActivityId) {
        let Some(debate) = meeting.debates.get(&activity) else {
            return;
        };
        let teams = debate
            .teams
            .values()
            .filter_map(|team| meeting.teams.get(team));
        let speakers = teams
            .flat_map(|team| team.places.values())
            .filter_map(|speaker| speaker.seat);
        let seats: BTreeSet<_> = speakers.chain(debate.judges.iter().copied()).collect();
        for seat in seats {
            self.touch(Actor::Seat(seat)).seat = true;
        }
    }

    /// Debates that may look different: those that facts named, and all when a name, a factor or the meeting's minors' setting
    /// may have changed.
    pub(in crate::view) fn dirty_debates(&self, meeting: &Meeting) -> BTreeSet<ActivityId> {
        let mut found = self.debates.clone();
        if self.meeting || self.factors || !self.names.is_empty() {
            found.extend(meeting.debates.keys());
        }
        found
    }
}
