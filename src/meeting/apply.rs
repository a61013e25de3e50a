//! Makes what happened so. Total: an id that is not there is passed over, nothing is judged again, nothing panics,
//! for rules change and history does not.

use super::fact::{Entry, Fact, Stamp};
use super::ids::Timestamp;
use super::state::Meeting;
use super::{agenda, course, debate, discussion, groups, people, questions, stage};

impl Meeting {
    /// Applies one entry of the journal.
    pub fn apply(&mut self, stamp: &Stamp, entry: &Entry) {
        self.last = self.last.max(stamp.at);
        if let (Some((device, n)), Some(hash)) = (stamp.number, entry.hash) {
            self.marks.mark(device, n, hash);
        }
        for fact in &entry.facts {
            apply_fact(self, stamp.at, fact);
        }
    }

    /// When the server has to wish for a [`super::wish::Wish::Deadline`].
    #[must_use]
    pub fn next_deadline(&self) -> Option<Timestamp> {
        let act = self.planned.as_ref().map(|(_, at)| *at);
        act.into_iter()
            .chain(groups::timing::next_deadline(self))
            .chain(debate::next_deadline(self))
            .min()
    }
}

fn apply_fact(meeting: &mut Meeting, at: Timestamp, fact: &Fact) {
    use Fact as F;
    match fact {
        F::Group(fact) => groups::apply(meeting, at, fact),
        F::Discussion(fact) => discussion::apply(meeting, at, fact),
        F::Debate(fact) => debate::apply(meeting, at, fact),
        F::MeetingCreated { .. }
        | F::MeetingChanged { .. }
        | F::MeetingStarted {}
        | F::MeetingEnded {}
        | F::MeetingReopened {}
        | F::HeadsCounted { .. }
        | F::Redacted {}
        | F::Quarantined { .. } => course::apply(meeting, at, fact),
        F::ActivityAdded { .. }
        | F::ActivityChanged { .. }
        | F::ActivityRemoved { .. }
        | F::ActivityOpened { .. }
        | F::ActivityClosed { .. } => agenda::apply(meeting, at, fact),
        F::StageSet { .. }
        | F::StageHidden { .. }
        | F::JoiningShown { .. }
        | F::CalledBack { .. }
        | F::ActPlanned { .. }
        | F::ActCalledOff {}
        | F::TakeBackOffered { .. }
        | F::TakenBack {} => stage::apply(meeting, fact),
        F::SeatTaken { .. }
        | F::SeatIntroduced { .. }
        | F::SeatAdmitted { .. }
        | F::SeatTurnedAway { .. }
        | F::RoleGiven { .. }
        | F::RoleTaken { .. }
        | F::LinkAdded { .. }
        | F::LinkRevoked { .. }
        | F::MoveOffered { .. }
        | F::SeatMoved { .. }
        | F::AuthorMuted { .. }
        | F::ConcernRaised { .. }
        | F::ConcernNoted { .. } => people::apply(meeting, at, fact),
        F::QuestionsSet { .. }
        | F::QuestionAsked { .. }
        | F::QuestionEdited { .. }
        | F::QuestionWithdrawn { .. }
        | F::QuestionListed { .. }
        | F::QuestionDismissed { .. }
        | F::QuestionParked { .. }
        | F::QuestionVoted { .. }
        | F::QuestionFeatured { .. }
        | F::QuestionUnfeatured { .. }
        | F::QuestionAnswered { .. }
        | F::QuestionReplied { .. }
        | F::QuestionMerged { .. }
        | F::QuestionUnmerged { .. }
        | F::QuestionsKeptApart { .. }
        | F::QuestionTagged { .. }
        | F::QuestionLabelled { .. }
        | F::QuestionTranslated { .. }
        | F::QuestionKeptPrivate { .. }
        | F::QuestionRanked { .. }
        | F::HandsCounted { .. } => questions::apply(meeting, at, fact),
    }
}
