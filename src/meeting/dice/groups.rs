//! Every command and every fact of group work on the dice.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::Dice;
use crate::meeting::command::{Call, Duty, GroupCommand as C, How};
use crate::meeting::fact::GroupFact as F;
use crate::meeting::groups::fact::Moved;
use crate::meeting::groups::state::Plan;
use crate::meeting::ids::{ActivityId, CardId, GroupId, LetterId, SeatId};
use crate::meeting::wish::Wish;

/// How many commands there are.
pub const COMMANDS: u8 = 36;

/// An update of notes that says "Hi" (Yjs, version 1).
const UPDATE: &[u8] = &[
    1, 1, 42, 0, 4, 1, 5, b'n', b'o', b't', b'e', b's', 2, b'H', b'i', 0,
];

impl Dice<'_> {
    fn group(&mut self) -> GroupId {
        GroupId(Uuid::from_u128(0x6000 + u128::from(self.below(5))))
    }

    fn card(&mut self) -> CardId {
        CardId(Uuid::from_u128(0xCA00 + u128::from(self.below(5))))
    }

    fn letter(&mut self) -> LetterId {
        LetterId(Uuid::from_u128(0x1E00 + u128::from(self.below(3))))
    }

    /// One activity of group work, mostly.
    fn work(&mut self) -> ActivityId {
        if self.below(6) == 0 {
            self.activity()
        } else {
            ActivityId(Uuid::from_u128(0xA3))
        }
    }

    fn seats(&mut self) -> Vec<SeatId> {
        (0..self.below(4)).map(|_| self.seat()).collect()
    }

    fn sets(&mut self) -> Vec<Vec<SeatId>> {
        (0..self.below(3)).map(|_| self.seats()).collect()
    }

    fn cards(&mut self) -> Vec<CardId> {
        (0..self.below(4)).map(|_| self.card()).collect()
    }

    fn groups(&mut self) -> Vec<GroupId> {
        (0..self.below(4)).map(|_| self.group()).collect()
    }

    fn how(&mut self) -> How {
        self.one(&[How::Mixed, How::Random, How::SelfChosen, How::ByHand])
    }

    fn duty(&mut self) -> Duty {
        self.one(&[Duty::Reporter, Duty::Timekeeper, Duty::Scribe])
    }

    fn call(&mut self) -> Call {
        self.one(&[Call::Help, Call::Fetch])
    }

    fn hosts(&mut self) -> BTreeMap<GroupId, SeatId> {
        (0..self.below(3))
            .map(|_| (self.group(), self.seat()))
            .collect()
    }

    fn tiny(&mut self) -> u8 {
        self.one(&[0, 1, 2, 3, 5, 10, 30, u8::MAX])
    }

    pub(super) fn more(&mut self) -> i32 {
        self.one(&[0, 60, -60, 600, -3_600, i32::MIN, i32::MAX])
    }

    /// Places that are mostly, but not always, in the list of seats.
    fn places(&mut self) -> Vec<u32> {
        (0..self.below(4))
            .map(|_| u32::from(self.below(5)))
            .collect()
    }

    fn plan(&mut self) -> Plan {
        Plan {
            groups: self.groups(),
            seats: self.seats(),
            rounds: (0..self.below(3))
                .map(|_| (0..self.below(4)).map(|_| self.places()).collect())
                .collect(),
            repeats: self.number(),
            account: vec![serde_json::json!({"nobody_meets_twice": {}})],
        }
    }

    /// What only the server may wish of group work.
    pub fn group_wish(&mut self) -> Wish {
        if self.yes() {
            Wish::Plan {
                activity: self.work(),
                plan: self.plan(),
            }
        } else {
            let update = if self.yes() { UPDATE } else { &[9, 9, 9] };
            Wish::Note {
                group: self.group(),
                update: update.to_vec(),
            }
        }
    }

    /// The command of this number, below [`COMMANDS`].
    pub fn group_command(&mut self, which: u8) -> C {
        match which {
            0 => C::SetGroups {
                activity: self.work(),
                how: self.maybe(Self::how),
                tables: self.maybe(Self::small),
                size: self.maybe(Self::tiny),
                rounds: self.maybe(Self::tiny),
                hosts: self.maybe(Self::yes),
                balance: self.maybe(Self::texts),
                from: self.maybe(Self::work),
                task: self.maybe(Self::text),
                lines: self.maybe(Self::texts),
                seconds: self.maybe(Self::number),
                dots: self.maybe(Self::tiny),
                turn_s: self.maybe(Self::small),
            },
            1 => C::AddGroup {
                id: self.group(),
                activity: self.work(),
                name: self.maybe(Self::text),
            },
            2 => C::ChangeGroup {
                group: self.group(),
                name: self.maybe(Self::text),
                place: self.maybe(Self::text),
                step_free: self.maybe(Self::yes),
                task: self.maybe(Self::text),
                locked: self.maybe(Self::yes),
                most: self.maybe(Self::small),
            },
            3 => C::RemoveGroup {
                group: self.group(),
            },
            4 => C::Constrain {
                activity: self.work(),
                together: self.maybe(Self::sets),
                apart: self.maybe(Self::sets),
                hosts: self.maybe(Self::hosts),
                step_free: self.maybe(Self::seats),
            },
            5 => C::PublishGroups {
                activity: self.work(),
            },
            6 => C::DiscardPlan {
                activity: self.work(),
            },
            7 => C::NextRound {
                activity: self.work(),
            },
            8 => C::MoveSeats {
                activity: self.work(),
                seats: self.seats(),
                to: self.maybe(Self::group),
            },
            9 => C::SwapSeats {
                activity: self.work(),
                one: self.seat(),
                other: self.seat(),
            },
            10 => C::MergeGroups {
                from: self.group(),
                into: self.group(),
            },
            11 => C::SplitGroup {
                group: self.group(),
                id: self.group(),
                seats: self.seats(),
            },
            12 => C::JoinGroup {
                group: self.group(),
            },
            13 => C::LeaveGroup {
                group: self.group(),
            },
            14 => C::SetTimer {
                activity: self.work(),
                group: self.maybe(Self::group),
                seconds: self.number(),
            },
            15 => C::AddTime {
                activity: self.work(),
                group: self.maybe(Self::group),
                seconds: self.more(),
            },
            16 => C::EndGroups {
                activity: self.work(),
                group: self.maybe(Self::group),
                in_s: self.maybe(Self::small),
            },
            17 => C::ResumeGroups {
                activity: self.work(),
                group: self.maybe(Self::group),
            },
            18 => C::WriteLine {
                group: self.group(),
                line: self.tiny(),
                text: self.text(),
            },
            19 => C::PostCard {
                id: self.card(),
                group: self.group(),
                text: self.text(),
            },
            20 => C::EditCard {
                card: self.card(),
                text: self.text(),
            },
            21 => C::RemoveCard { card: self.card() },
            22 => C::StackCard {
                card: self.card(),
                onto: self.maybe(Self::card),
            },
            23 => C::DotCard {
                card: self.card(),
                dots: self.tiny(),
            },
            24 => C::ShowDots {
                activity: self.work(),
                group: self.maybe(Self::group),
                on: self.yes(),
            },
            25 => C::TakeDuty {
                group: self.group(),
                duty: self.duty(),
                on: self.yes(),
            },
            26 => C::NeedHelp {
                group: self.group(),
                on: self.yes(),
                call: self.maybe(Self::call),
            },
            27 => C::Ready {
                group: self.group(),
                on: self.yes(),
            },
            28 => C::Visit {
                group: self.group(),
                on: self.yes(),
            },
            29 => C::WriteTo {
                id: self.letter(),
                activity: self.work(),
                group: self.maybe(Self::group),
                text: self.text(),
            },
            30 => C::Acknowledge {
                letter: self.letter(),
                group: self.group(),
            },
            31 => C::LinkCards {
                cards: self.cards(),
                on: self.yes(),
            },
            32 => C::Report {
                activity: self.work(),
                group: self.maybe(Self::group),
            },
            33 => C::OrderReports {
                activity: self.work(),
                groups: self.groups(),
            },
            34 => C::AddReportTime {
                activity: self.work(),
                seconds: self.more(),
            },
            _ => C::PauseReport {
                activity: self.work(),
                on: self.yes(),
            },
        }
    }

    /// A fact of group work that no rule would make.
    pub fn group_fact(&mut self) -> F {
        let (activity, group, card) = (self.work(), self.group(), self.card());
        match self.below(33) {
            0 => F::Set {
                activity,
                how: self.maybe(Self::how),
                tables: self.maybe(Self::small),
                size: self.maybe(Self::tiny),
                rounds: self.maybe(Self::tiny),
                hosts: self.maybe(Self::yes),
                balance: self.maybe(Self::texts),
                from: self.maybe(Self::work),
                task: self.maybe(Self::text),
                lines: self.maybe(Self::texts),
                seconds: self.maybe(Self::number),
                dots: self.maybe(Self::tiny),
                turn_s: self.maybe(Self::small),
            },
            1..=3 => F::Added {
                group,
                activity,
                number: self.small(),
                name: self.text(),
            },
            4 => F::Changed {
                group,
                name: self.maybe(Self::text),
                place: self.maybe(Self::text),
                step_free: self.maybe(Self::yes),
                task: self.maybe(Self::text),
                locked: self.maybe(Self::yes),
                most: self.maybe(Self::small),
            },
            5 => F::Removed { group },
            6 => F::Constrained {
                activity,
                together: self.maybe(Self::sets),
                apart: self.maybe(Self::sets),
                hosts: self.maybe(Self::hosts),
                step_free: self.maybe(Self::seats),
            },
            7 => {
                let plan = self.plan();
                F::Planned {
                    activity,
                    groups: plan.groups,
                    seats: plan.seats,
                    rounds: plan.rounds,
                    repeats: plan.repeats,
                    account: plan.account,
                }
            }
            8 => F::PlanDiscarded { activity },
            9 => F::Published { activity },
            10 => F::RoundBegun {
                activity,
                round: self.tiny(),
            },
            11..=13 => F::Seated {
                activity,
                moves: (0..self.below(4))
                    .map(|_| Moved {
                        seat: self.seat(),
                        from: self.maybe(Self::group),
                        to: self.maybe(Self::group),
                    })
                    .collect(),
            },
            14 => F::Merged {
                from: group,
                into: self.group(),
            },
            15 => F::DutySet {
                group,
                duty: self.duty(),
                seat: self.maybe(Self::seat),
            },
            16 => F::Timed {
                group,
                ends_at: self.maybe(Self::time),
            },
            17 => F::Ending {
                group,
                at: self.time(),
            },
            18 => F::Ended { group },
            19 => F::Resumed { group },
            20 => F::LineWritten {
                group,
                line: self.tiny(),
                text: self.text(),
            },
            21 => F::CardPosted {
                card,
                group,
                text: self.text(),
            },
            22 => F::CardEdited {
                card,
                text: self.text(),
            },
            23 => F::CardRemoved { card, group },
            24 => F::CardStacked {
                card,
                onto: self.maybe(Self::card),
            },
            25 => F::CardDotted {
                card,
                seat: self.seat(),
                dots: self.tiny(),
            },
            26 => F::DotsShown {
                group,
                on: self.yes(),
            },
            27 => F::CardsLinked {
                cards: self.cards(),
                on: self.yes(),
            },
            28 => match self.below(4) {
                0 => F::HelpAsked {
                    group,
                    call: self.call(),
                },
                1 => F::HelpOver { group },
                2 => F::Visited {
                    group,
                    on: self.yes(),
                },
                _ => F::Ready {
                    group,
                    on: self.yes(),
                },
            },
            29 => F::LetterWritten {
                letter: self.letter(),
                activity,
                group: self.maybe(Self::group),
                text: self.text(),
            },
            30 => F::LetterRead {
                letter: self.letter(),
                group,
            },
            31 => match self.below(4) {
                0 => F::ReportsOrdered {
                    activity,
                    groups: self.groups(),
                },
                1 => F::Reporting {
                    activity,
                    group: self.maybe(Self::group),
                    ends_at: self.maybe(Self::time),
                },
                2 => F::ReportTimed {
                    activity,
                    ends_at: self.time(),
                },
                _ => F::ReportPaused {
                    activity,
                    left_ms: self.maybe(|dice| i64::from(dice.number())),
                    ends_at: self.maybe(Self::time),
                },
            },
            _ => F::Noted {
                group,
                update: self
                    .one(&["AQEqAAQBBW5vdGVzAkhpAA==", "no base64", ""])
                    .to_owned(),
            },
        }
    }
}
