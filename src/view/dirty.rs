//! What may look different since a document was written. Facts mark it, refreshing reads it. Marks too much
//! rather than too little, and knows nothing of what a document looks like.

use std::collections::{BTreeMap, BTreeSet};

use crate::meeting::fact::{Author, Fact};
use crate::meeting::ids::{ActivityId, ConcernId, GroupId, QuestionId, SeatId};
use crate::meeting::role::Actor;
use crate::meeting::state::{Meeting, Question, QuestionState};

use super::tally;

/// What may look different. Entries are noted fact by fact, after the whole entry was applied.
#[derive(Debug, Clone, Default)]
pub struct Dirty {
    /// Build anew.
    pub(super) everything: bool,
    pub(super) presence: bool,
    /// The meeting itself, the stage, what can be taken back, held words.
    pub(super) meeting: bool,
    pub(super) agenda: bool,
    /// How many were asked, listed, merged, dismissed.
    pub(super) counters: bool,
    /// All questions of these.
    pub(super) activities: BTreeSet<ActivityId>,
    pub(super) questions: BTreeSet<QuestionId>,
    /// Questions of which only the votes changed.
    pub(super) tallies: BTreeSet<QuestionId>,
    /// Who holds which tag.
    pub(super) tags: bool,
    /// Seats that changed their name.
    pub(super) names: BTreeSet<SeatId>,
    /// Authors who were muted or are no longer.
    pub(super) authors: BTreeSet<Author>,
    pub(super) every_seat: bool,
    pub(super) seats: BTreeSet<SeatId>,
    pub(super) links: bool,
    /// Questions that were said to differ from another.
    pub(super) apart: BTreeSet<QuestionId>,
    pub(super) concerns: BTreeSet<ConcernId>,
    /// Groups activities themselves.
    pub(super) works: BTreeSet<ActivityId>,
    /// All groups of these, too.
    pub(super) whole_works: BTreeSet<ActivityId>,
    pub(super) groups: BTreeSet<GroupId>,
    pub(super) letters: bool,
    /// Discussions.
    pub(super) discussions: BTreeSet<ActivityId>,
    /// Debates themselves.
    pub(super) debates: BTreeSet<ActivityId>,
    pub(super) teams: bool,
    /// Somebody's time factor.
    pub(super) factors: bool,
    people: BTreeMap<Actor, Touch>,
    /// The question that had the floor when a fact was last noted; unknown at first. Outlives [`Dirty::clear`].
    featured: Option<Option<QuestionId>>,
}

/// What may look different to one person.
#[derive(Debug, Clone, Default)]
pub(super) struct Touch {
    /// Their whole document.
    pub whole: bool,
    pub seat: bool,
    /// Their hands in discussions.
    pub hands: bool,
    /// Their votes and own questions, where these are concerned.
    pub questions: BTreeSet<QuestionId>,
}

impl Dirty {
    /// Marks what `fact` may have changed. `meeting` is as it stands after the fact's entry.
    pub fn note(&mut self, meeting: &Meeting, fact: &Fact) {
        self.note_featured(meeting, fact);
        self.note_lines(meeting, fact);
        match fact {
            Fact::MeetingCreated { .. } | Fact::Redacted {} => self.note_everything(meeting),
            Fact::MeetingChanged { .. }
            | Fact::MeetingStarted {}
            | Fact::MeetingEnded {}
            | Fact::MeetingReopened {}
            | Fact::ActPlanned { .. }
            | Fact::ActCalledOff {}
            | Fact::TakeBackOffered { .. }
            | Fact::TakenBack {}
            | Fact::StageSet { .. }
            | Fact::StageHidden { .. }
            | Fact::JoiningShown { .. }
            | Fact::CalledBack { .. } => self.meeting = true,
            Fact::HeadsCounted { .. } => self.counters = true,
            Fact::ActivityAdded { .. }
            | Fact::ActivityChanged { .. }
            | Fact::ActivityOpened { .. }
            | Fact::ActivityClosed { .. } => self.note_agenda(),
            Fact::ActivityRemoved { activity } | Fact::QuestionsSet { activity, .. } => {
                self.note_agenda();
                self.activities.insert(*activity);
                self.works.insert(*activity);
                self.debates.insert(*activity);
            }
            Fact::Group(fact) => self.note_group_work(meeting, fact),
            Fact::Discussion(fact) => self.note_discussion(meeting, fact),
            Fact::Debate(fact) => self.note_debate(meeting, fact),
            Fact::SeatTaken { seat, .. }
            | Fact::SeatAdmitted { seat }
            | Fact::SeatTurnedAway { seat } => {
                self.tags = true;
                self.note_seat(*seat);
            }
            Fact::SeatIntroduced {
                seat, name, tags, ..
            } => {
                self.tags |= tags.is_some();
                if name.is_some() {
                    self.names.insert(*seat);
                }
                self.note_seat(*seat);
            }
            Fact::RoleGiven { seat, .. } | Fact::RoleTaken { seat, .. } => self.note_seat(*seat),
            Fact::LinkAdded { .. } => self.links = true,
            Fact::LinkRevoked { .. } => self.note_link_revoked(meeting),
            Fact::AuthorMuted { author, .. } => self.note_muted(*author),
            Fact::ConcernRaised { concern, .. } | Fact::ConcernNoted { concern, .. } => {
                self.concerns.insert(*concern);
            }
            Fact::QuestionTagged { question, .. }
            | Fact::QuestionLabelled { question, .. }
            | Fact::QuestionTranslated { question, .. }
            | Fact::QuestionRanked { question, .. } => {
                self.questions.insert(*question);
            }
            Fact::QuestionAsked { question, .. }
            | Fact::QuestionFeatured { question }
            | Fact::QuestionUnfeatured { question }
            | Fact::QuestionAnswered { question, .. }
            | Fact::QuestionReplied { question, .. } => self.note_question(meeting, *question),
            Fact::QuestionEdited { question, .. }
            | Fact::QuestionListed { question }
            | Fact::QuestionDismissed { question, .. }
            | Fact::QuestionParked { question }
            | Fact::QuestionKeptPrivate { question, .. } => self.note_shown(meeting, *question),
            Fact::QuestionMerged { from, into } => {
                self.note_shown(meeting, *from);
                self.note_shown(meeting, *into);
            }
            Fact::QuestionUnmerged { question } | Fact::QuestionWithdrawn { question } => {
                self.note_parted(meeting, *question);
            }
            Fact::QuestionsKeptApart { from, into } => self.apart.extend([*from, *into]),
            Fact::QuestionVoted { question, seat, .. } => {
                self.note_tally(meeting, *question);
                self.touch_question(Actor::Seat(*seat), tally::ancestry(meeting, *question));
            }
            Fact::HandsCounted { question, .. } => {
                self.note_tally(meeting, *question);
                for id in tally::ancestry(meeting, *question) {
                    self.touch_author(meeting, id);
                }
            }
            Fact::MoveOffered { .. } | Fact::SeatMoved { .. } | Fact::Quarantined { .. } => {}
        }
    }

    /// Somebody came or went.
    pub fn note_presence(&mut self) {
        self.presence = true;
    }

    /// Whether nothing changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.counts_only() && !self.presence && self.tallies.is_empty() && self.people.is_empty()
    }

    /// Whether nothing changed but votes and how many are here, which may travel less often.
    #[must_use]
    pub fn counts_only(&self) -> bool {
        let switches = [
            self.everything,
            self.meeting,
            self.agenda,
            self.counters,
            self.tags,
            self.every_seat,
            self.links,
            self.teams,
            self.factors,
        ];
        !switches.contains(&true)
            && self.activities.is_empty()
            && self.questions.is_empty()
            && self.names.is_empty()
            && self.authors.is_empty()
            && self.seats.is_empty()
            && self.concerns.is_empty()
            && self.apart.is_empty()
            && self.works.is_empty()
            && self.groups.is_empty()
            && self.discussions.is_empty()
            && self.debates.is_empty()
    }

    /// Whose `mine` may look different.
    pub fn people(&self) -> impl Iterator<Item = Actor> + '_ {
        self.people.keys().copied()
    }

    /// Everything is written; start again.
    pub fn clear(&mut self) {
        *self = Self {
            featured: self.featured,
            ..Self::default()
        };
    }

    pub(super) fn touch_of(&self, actor: Actor) -> Option<&Touch> {
        self.people.get(&actor)
    }

    pub(super) fn note_everything(&mut self, meeting: &Meeting) {
        self.everything = true;
        for seat in meeting.seats.keys() {
            self.touch(Actor::Seat(*seat)).whole = true;
        }
        for author in meeting.questions.values().filter_map(actor_of) {
            self.touch(author).whole = true;
        }
    }

    /// Whatever had the floor and has it no longer looks different, though no fact names it.
    fn note_featured(&mut self, meeting: &Meeting, fact: &Fact) {
        let now = meeting.stage.featured;
        match self.featured.replace(now) {
            Some(before) if before == now => {}
            Some(before) => {
                for question in before.into_iter().chain(now) {
                    self.note_question(meeting, question);
                }
            }
            None if matches!(fact, Fact::QuestionFeatured { .. }) => self.touch_authors(meeting),
            None => {}
        }
    }

    fn note_agenda(&mut self) {
        self.agenda = true;
        self.meeting = true;
    }

    fn note_seat(&mut self, seat: SeatId) {
        self.seats.insert(seat);
        self.touch(Actor::Seat(seat)).seat = true;
    }

    /// The fact does not name the seats that lose a role or their place.
    fn note_link_revoked(&mut self, meeting: &Meeting) {
        self.links = true;
        self.tags = true;
        self.every_seat = true;
        for seat in meeting.seats.keys() {
            self.touch(Actor::Seat(*seat)).whole = true;
        }
    }

    fn note_muted(&mut self, author: Author) {
        self.authors.insert(author);
        if let Author::Seat(seat) = author {
            self.seats.insert(seat);
        }
    }

    /// A question, and what it was merged into.
    fn note_question(&mut self, meeting: &Meeting, question: QuestionId) {
        self.counters = true;
        self.meeting = true;
        for id in tally::ancestry(meeting, question) {
            self.questions.insert(id);
            self.touch_author(meeting, id);
        }
    }

    /// A question that may have come to the floor, left it, or joined another: those who voted see it too.
    fn note_shown(&mut self, meeting: &Meeting, question: QuestionId) {
        self.note_question(meeting, question);
        let ancestry = tally::ancestry(meeting, question);
        let Some(root) = ancestry.last().copied() else {
            return;
        };
        for id in meeting.family(root) {
            self.note_question(meeting, id);
            let Some(one) = meeting.questions.get(&id) else {
                continue;
            };
            for seat in &one.voters {
                self.touch_question(Actor::Seat(*seat), tally::ancestry(meeting, id));
            }
        }
    }

    /// A question that may have been part of another, which the fact does not name: documents remember which;
    /// that one's author may edit again.
    fn note_parted(&mut self, meeting: &Meeting, question: QuestionId) {
        self.note_shown(meeting, question);
        self.touch_authors(meeting);
        for seat in tally::voters(meeting, question) {
            self.touch(Actor::Seat(seat)).whole = true;
        }
    }

    fn note_tally(&mut self, meeting: &Meeting, question: QuestionId) {
        for id in tally::ancestry(meeting, question) {
            self.tallies.insert(id);
            let votes = meeting
                .questions
                .get(&id)
                .map_or(0, |one| tally::votes(meeting, id, one));
            // With the first vote an author may no longer edit, without the last one again.
            if votes <= 1 {
                self.touch_author(meeting, id);
            }
        }
    }

    pub(super) fn touch(&mut self, actor: Actor) -> &mut Touch {
        self.people.entry(actor).or_default()
    }

    fn touch_question(&mut self, actor: Actor, questions: impl IntoIterator<Item = QuestionId>) {
        self.touch(actor).questions.extend(questions);
    }

    fn touch_authors(&mut self, meeting: &Meeting) {
        for id in meeting.questions.keys() {
            self.touch_author(meeting, *id);
        }
    }

    fn touch_author(&mut self, meeting: &Meeting, question: QuestionId) {
        if let Some(author) = meeting.questions.get(&question).and_then(actor_of) {
            self.touch_question(author, [question]);
        }
    }
}

/// Who sees the question among their own.
pub(super) fn actor_of(question: &Question) -> Option<Actor> {
    match question.author {
        Author::Seat(seat) => Some(Actor::Seat(seat)),
        Author::Alias(alias) => Some(Actor::Alias(alias)),
        Author::Nobody => None,
    }
}

/// Whether nothing is left of the question for anyone but its journal.
pub(super) fn gone(question: &Question) -> bool {
    question.state == QuestionState::Withdrawn
}
