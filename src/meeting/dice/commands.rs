//! Every command on the dice.

use super::Dice;
use crate::meeting::command::Command;

/// Commands of group work begin here, each twice …
const GROUPS: u8 = 52;
/// … and those of discussions here, each twice.
const DISCUSSIONS: u8 = GROUPS + 2 * super::groups::COMMANDS;
/// … and those of debates here.
const DEBATES: u8 = DISCUSSIONS + 2 * super::discussion::COMMANDS;

impl Dice<'_> {
    pub fn command(&mut self) -> Command {
        use Command as C;
        match self.below(DEBATES + super::debate::COMMANDS) {
            0 => C::AddActivity {
                id: self.activity(),
                kind: self.kind(),
                title: self.text(),
                minutes: self.maybe(Self::small),
                before: self.maybe(Self::activity),
            },
            1 => C::ChangeActivity {
                activity: self.activity(),
                title: self.maybe(Self::text),
                minutes: self.maybe(Self::small),
            },
            2 => C::MoveActivity {
                activity: self.activity(),
                before: self.maybe(Self::activity),
            },
            3 => C::RemoveActivity {
                activity: self.activity(),
            },
            4 => C::Open {
                activity: self.activity(),
            },
            5 => C::Close {
                activity: self.activity(),
            },
            6 => C::Stage {
                activity: self.maybe(Self::activity),
                in_s: self.maybe(Self::small),
            },
            7 => C::ShareDelay {},
            8 => C::SetQuestions {
                activity: self.activity(),
                review: self.maybe(Self::yes),
                votes: self.maybe(Self::yes),
                counts_hidden: self.maybe(Self::yes),
                order: self.maybe(Self::order),
                longest: self.maybe(Self::small),
            },
            9 => C::ChangeMeeting {
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
            10 => C::End {
                in_s: self.maybe(Self::small),
            },
            11 | 12 => C::Reopen {},
            13 => C::TakeBack {},
            14 => C::HideStage { on: self.yes() },
            15 => C::TakeDown {},
            16 => C::ShowJoining { on: self.yes() },
            17 => C::CallBack {
                on: self.yes(),
                in_s: self.maybe(Self::small),
            },
            18 => C::CountHeads {
                people: self.number(),
            },
            19 => C::Introduce {
                name: self.maybe(Self::text),
                language: self.maybe(Self::text),
                tags: self.maybe(Self::texts),
                needs: self.maybe(Self::text),
            },
            20 => C::AddProxy {
                seat: self.seat(),
                name: self.maybe(Self::text),
                tags: self.maybe(Self::texts),
            },
            21 => C::GiveRole {
                seat: self.seat(),
                role: self.role(),
            },
            22 => C::TakeRole {
                seat: self.seat(),
                role: self.role(),
            },
            23 => C::RevokeLink { link: self.link() },
            24 => C::Mute {
                seat: self.maybe(Self::seat),
                question: self.maybe(Self::question),
                on: self.yes(),
            },
            25 => C::Admit { seat: self.seat() },
            26 => C::TurnAway { seat: self.seat() },
            27 => C::Concern {
                id: self.concern(),
                text: self.maybe(Self::text),
                place: self.maybe(Self::text),
            },
            28 => C::NoteConcern {
                concern: self.concern(),
                done: self.text(),
            },
            29..=33 => C::Ask {
                id: self.question(),
                activity: self.activity(),
                text: self.text(),
                anonymous: self.maybe(Self::yes),
                as_tag: self.maybe(Self::text),
                language: self.maybe(Self::text),
            },
            34 => C::Edit {
                question: self.question(),
                text: self.text(),
            },
            35 => C::Withdraw {
                question: self.question(),
            },
            36 => C::List {
                question: self.question(),
            },
            37 => C::Dismiss {
                question: self.question(),
                reason: self.text(),
            },
            38 => C::Park {
                question: self.question(),
            },
            39 | 40 => C::Vote {
                question: self.question(),
                on: self.yes(),
            },
            41 => C::Feature {
                question: self.question(),
            },
            42 => C::Answer {
                question: self.question(),
                text: self.maybe(Self::text),
                by: self.maybe(Self::text),
            },
            43 => C::Reply {
                question: self.question(),
                answered: self.yes(),
            },
            44 => C::Merge {
                from: self.question(),
                into: self.question(),
            },
            45 => C::Unmerge {
                question: self.question(),
            },
            46 => C::KeepApart {
                from: self.question(),
                into: self.question(),
            },
            47 => C::Tag {
                question: self.question(),
                tags: self.texts(),
            },
            48 => C::Label {
                question: self.question(),
                language: self.text(),
            },
            49 => C::Translate {
                question: self.question(),
                language: self.text(),
                text: self.text(),
            },
            50 => C::Care {
                question: self.question(),
                on: self.yes(),
            },
            which @ GROUPS..DISCUSSIONS => {
                C::Group(self.group_command((which - GROUPS) % super::groups::COMMANDS))
            }
            which @ DISCUSSIONS..DEBATES => {
                let which = (which - DISCUSSIONS) % super::discussion::COMMANDS;
                C::Discussion(self.discussion_command(which))
            }
            which @ DEBATES.. => C::Debate(self.debate_command(which - DEBATES)),
            _ if self.yes() => C::Rank {
                question: self.question(),
                before: self.maybe(Self::question),
            },
            _ => C::CountHands {
                question: self.question(),
                hands: self.number(),
            },
        }
    }
}
