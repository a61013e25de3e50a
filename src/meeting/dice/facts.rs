//! Every fact on the dice, also such as no rule would make.

use uuid::Uuid;

use super::Dice;
use crate::meeting::fact::{Act, Fact, Held};
use crate::meeting::ids::MeetingId;

impl Dice<'_> {
    fn act(&mut self) -> Act {
        match self.below(5) {
            0 => Act::Stage {
                activity: self.maybe(Self::activity),
            },
            1 => Act::End {},
            2 => Act::CallBack { on: self.yes() },
            3 => Act::Feature {
                question: self.maybe(Self::question),
            },
            _ => Act::HideStage { on: self.yes() },
        }
    }

    fn held(&mut self) -> Held {
        self.one(&[Held::Review, Held::Word, Held::Link, Held::Muted])
    }

    /// Facts that no rule would make, about ids that may not be there.
    pub fn fact(&mut self) -> Fact {
        match self.below(5) {
            0 => self.question_fact(),
            1 => Fact::Group(self.group_fact()),
            2 => Fact::Discussion(self.discussion_fact()),
            3 => Fact::Debate(Box::new(self.debate_fact())),
            _ => self.other_fact(),
        }
    }

    fn question_fact(&mut self) -> Fact {
        use Fact as F;
        let question = self.question();
        match self.below(23) {
            0 => F::QuestionsSet {
                activity: self.activity(),
                review: self.maybe(Self::yes),
                votes: self.maybe(Self::yes),
                counts_hidden: self.maybe(Self::yes),
                order: self.maybe(Self::order),
                longest: self.maybe(Self::small),
            },
            1..=4 => F::QuestionAsked {
                question,
                activity: self.activity(),
                author: self.author(),
                text: self.text(),
                as_tag: self.maybe(Self::text),
                named: self.yes(),
                language: self.maybe(Self::text),
                held: self.maybe(Self::held),
                proxy: self.yes(),
            },
            5 => F::QuestionEdited {
                question,
                text: self.text(),
                held: self.maybe(Self::held),
            },
            6 => F::QuestionWithdrawn { question },
            7 => F::QuestionListed { question },
            8 => F::QuestionDismissed {
                question,
                reason: self.text(),
            },
            9 => F::QuestionParked { question },
            10 => F::QuestionVoted {
                question,
                seat: self.seat(),
                on: self.yes(),
            },
            11 => F::QuestionFeatured { question },
            12 => F::QuestionUnfeatured { question },
            13 => F::QuestionAnswered {
                question,
                text: self.text(),
                by: self.text(),
            },
            14 => F::QuestionReplied {
                question,
                answered: self.yes(),
            },
            15 => F::QuestionMerged {
                from: question,
                into: self.question(),
            },
            16 => F::QuestionUnmerged { question },
            17 => F::QuestionsKeptApart {
                from: question,
                into: self.question(),
            },
            18 => F::QuestionTagged {
                question,
                tags: self.texts(),
            },
            19 => F::QuestionLabelled {
                question,
                language: self.text(),
            },
            20 => F::QuestionTranslated {
                question,
                language: self.text(),
                text: self.text(),
            },
            21 => F::QuestionKeptPrivate {
                question,
                on: self.yes(),
            },
            _ if self.yes() => F::QuestionRanked {
                question,
                rank: self.number(),
            },
            _ => F::HandsCounted {
                question,
                hands: self.number(),
            },
        }
    }

    fn other_fact(&mut self) -> Fact {
        use Fact as F;
        match self.below(34) {
            0 => F::MeetingCreated {
                meeting: MeetingId(Uuid::from_u128(1)),
                code: self.text(),
                title: self.text(),
                language: self.text(),
            },
            1 => F::MeetingChanged {
                title: self.maybe(Self::text),
                language: self.maybe(Self::text),
                languages: self.maybe(Self::texts),
                ask: self.maybe(Self::texts),
                ask_first: self.maybe(Self::yes),
                minors: self.maybe(Self::yes),
                ends_at: self.maybe(Self::time),
                wifi: self.maybe(Self::wifi),
                contact: self.maybe(Self::contact),
                held_words: self.maybe(Self::texts),
            },
            2 => F::MeetingStarted {},
            3 => F::MeetingEnded {},
            4 => F::MeetingReopened {},
            5 => F::HeadsCounted {
                people: self.number(),
            },
            6 => F::ActPlanned {
                act: self.act(),
                at: self.time(),
            },
            7 => F::ActCalledOff {},
            8 => F::TakeBackOffered {
                act: self.act(),
                undo: self.act(),
                until: self.time(),
            },
            9 => F::TakenBack {},
            10 | 11 => F::ActivityAdded {
                activity: self.activity(),
                kind: self.kind(),
                title: self.text(),
                minutes: self.small(),
                rank: self.number(),
            },
            12 => F::ActivityChanged {
                activity: self.activity(),
                title: self.maybe(Self::text),
                minutes: self.maybe(Self::small),
                rank: self.maybe(Self::number),
            },
            13 => F::ActivityRemoved {
                activity: self.activity(),
            },
            14 => F::ActivityOpened {
                activity: self.activity(),
            },
            15 => F::ActivityClosed {
                activity: self.activity(),
            },
            16 => F::StageSet {
                activity: self.maybe(Self::activity),
            },
            17 => F::StageHidden { on: self.yes() },
            18 => F::JoiningShown { on: self.yes() },
            19 => F::CalledBack { on: self.yes() },
            20 => F::SeatTaken {
                seat: self.seat(),
                link: self.maybe(Self::link),
                waiting: self.yes(),
                proxy: self.yes(),
            },
            21 => F::SeatIntroduced {
                seat: self.seat(),
                name: self.maybe(Self::text),
                language: self.maybe(Self::text),
                tags: self.maybe(Self::texts),
                needs: self.maybe(Self::text),
            },
            22 => F::SeatAdmitted { seat: self.seat() },
            23 => F::SeatTurnedAway { seat: self.seat() },
            24 => F::RoleGiven {
                seat: self.seat(),
                role: self.role(),
                link: self.maybe(Self::link),
            },
            25 => F::RoleTaken {
                seat: self.seat(),
                role: self.role(),
            },
            26 => F::LinkAdded {
                link: self.link(),
                role: self.role(),
                hash: self.text(),
                label: self.text(),
            },
            27 => F::LinkRevoked { link: self.link() },
            28 => F::MoveOffered {
                seat: self.seat(),
                hash: self.text(),
                until: self.time(),
            },
            29 => F::SeatMoved {
                seat: self.seat(),
                generation: self.number(),
            },
            30 => F::AuthorMuted {
                author: self.author(),
                on: self.yes(),
            },
            31 => F::ConcernRaised {
                concern: self.concern(),
                seat: self.seat(),
                text: self.text(),
                place: self.text(),
            },
            32 => F::ConcernNoted {
                concern: self.concern(),
                done: self.text(),
            },
            _ if self.yes() => F::Redacted {},
            _ => F::Quarantined {
                hash: u64::from(self.number()),
            },
        }
    }
}
