//! What may happen in group work, drawn at random: one activity, few tables, few cards, so that things meet.

use proptest::collection::vec;
use proptest::option::of as maybe;
use proptest::prelude::*;
use uuid::Uuid;

use crate::meeting::command::{Call, Duty, GroupCommand as C, How};
use crate::meeting::groups::state::Plan;
use crate::meeting::ids::{ActivityId, CardId, GroupId, LetterId, SeatId};
use crate::meeting::wish::Wish;

use super::steps::seat;

/// The activity of group work, and another that may become one.
pub fn work() -> ActivityId {
    super::steps::activity(2)
}

pub fn group(n: u8) -> GroupId {
    GroupId(Uuid::from_u128(0x6000_0000 + u128::from(n)))
}

fn groups() -> impl Strategy<Value = GroupId> {
    (1..5u8).prop_map(group)
}

fn cards() -> impl Strategy<Value = CardId> {
    (1..6u8).prop_map(|n| CardId(Uuid::from_u128(0xCA00_0000 + u128::from(n))))
}

fn people() -> impl Strategy<Value = SeatId> {
    (1..9u8).prop_map(seat)
}

fn texts() -> impl Strategy<Value = String> {
    prop_oneof![Just("Stairs".to_owned()), Just(String::new()), "[a-z]{1,6}"]
}

/// What the desk does.
pub fn leading() -> impl Strategy<Value = C> {
    let activity = work();
    let set = (
        maybe(prop_oneof![Just(How::Mixed), Just(How::SelfChosen)]),
        maybe(texts()),
        maybe(vec(texts(), 0..3)),
        maybe(0..4u8),
    );
    prop_oneof![
        2 => set.prop_map(move |(how, task, lines, dots)| C::SetGroups {
            activity, how, tables: None, size: None, rounds: None, hosts: None, balance: None, from: None, task, lines,
            seconds: None, dots, turn_s: Some(60),
        }),
        1 => groups().prop_map(move |id| C::AddGroup { id, activity, name: None }),
        2 => (groups(), maybe(texts()), maybe(any::<bool>()), maybe(texts())).prop_map(|(group, name, locked, task)| {
            C::ChangeGroup { group, name, place: None, step_free: None, task, locked, most: None }
        }),
        1 => groups().prop_map(|group| C::RemoveGroup { group }),
        1 => vec(vec(people(), 0..3), 0..2).prop_map(move |sets| C::Constrain {
            activity, together: Some(sets), apart: None, hosts: None, step_free: None,
        }),
        4 => Just(C::PublishGroups { activity }),
        1 => Just(C::DiscardPlan { activity }),
        2 => Just(C::NextRound { activity }),
        4 => (vec(people(), 0..4), maybe(groups())).prop_map(move |(seats, to)| C::MoveSeats { activity, seats, to }),
        1 => (people(), people()).prop_map(move |(one, other)| C::SwapSeats { activity, one, other }),
        1 => (groups(), groups()).prop_map(|(from, into)| C::MergeGroups { from, into }),
        1 => (groups(), groups(), vec(people(), 0..3)).prop_map(|(group, id, seats)| C::SplitGroup { group, id, seats }),
        2 => (maybe(groups()), 0..3u32).prop_map(move |(group, seconds)| C::SetTimer { activity, group, seconds }),
        1 => (maybe(groups()), -5..50i32).prop_map(move |(group, seconds)| C::AddTime { activity, group, seconds }),
        2 => (maybe(groups()), maybe(0..3u16)).prop_map(move |(group, in_s)| C::EndGroups { activity, group, in_s }),
        1 => maybe(groups()).prop_map(move |group| C::ResumeGroups { activity, group }),
        1 => (groups(), any::<bool>()).prop_map(|(group, on)| C::Visit { group, on }),
        2 => (0..3u128, maybe(groups()), texts()).prop_map(move |(n, group, text)| C::WriteTo {
            id: LetterId(Uuid::from_u128(0x1E00_0000 + n)), activity, group, text,
        }),
        1 => vec(groups(), 0..4).prop_map(move |groups| C::OrderReports { activity, groups }),
        4 => maybe(groups()).prop_map(move |group| C::Report { activity, group }),
        1 => any::<bool>().prop_map(move |on| C::PauseReport { activity, on }),
        3 => (vec(cards(), 1..4), any::<bool>()).prop_map(|(cards, on)| C::LinkCards { cards, on }),
    ]
}

/// What a person at a table does.
pub fn working() -> impl Strategy<Value = C> {
    let activity = work();
    let duty = prop_oneof![Just(Duty::Reporter), Just(Duty::Scribe)];
    prop_oneof![
        2 => groups().prop_map(|group| C::JoinGroup { group }),
        1 => groups().prop_map(|group| C::LeaveGroup { group }),
        2 => (groups(), 1..3u8, texts()).prop_map(|(group, line, text)| C::WriteLine { group, line, text }),
        5 => (cards(), groups(), texts()).prop_map(|(id, group, text)| C::PostCard { id, group, text }),
        1 => (cards(), texts()).prop_map(|(card, text)| C::EditCard { card, text }),
        2 => cards().prop_map(|card| C::RemoveCard { card }),
        3 => (cards(), maybe(cards())).prop_map(|(card, onto)| C::StackCard { card, onto }),
        4 => (cards(), 0..3u8).prop_map(|(card, dots)| C::DotCard { card, dots }),
        2 => (maybe(groups()), any::<bool>()).prop_map(move |(group, on)| C::ShowDots { activity, group, on }),
        1 => (groups(), duty, any::<bool>()).prop_map(|(group, duty, on)| C::TakeDuty { group, duty, on }),
        2 => (groups(), any::<bool>()).prop_map(|(group, on)| C::NeedHelp { group, on, call: Some(Call::Help) }),
        1 => (groups(), any::<bool>()).prop_map(|(group, on)| C::Ready { group, on }),
        1 => (0..3u128, groups()).prop_map(|(n, group)| C::Acknowledge {
            letter: LetterId(Uuid::from_u128(0x1E00_0000 + n)), group,
        }),
    ]
}

/// Plans for two or three tables, with people 2–8 spread over them.
pub fn plans() -> impl Strategy<Value = Wish> {
    (2..4u8, vec(0..3usize, 7), 1..3usize).prop_map(|(tables, at, rounds)| {
        let mut round = vec![Vec::new(); usize::from(tables)];
        for (place, table) in (0u32..).zip(at) {
            round[table % usize::from(tables)].push(place);
        }
        Wish::Plan {
            activity: work(),
            plan: Plan {
                groups: (1..=tables).map(group).collect(),
                seats: (2..9).map(seat).collect(),
                rounds: vec![round; rounds],
                repeats: 0,
                account: vec![],
            },
        }
    })
}

/// Somebody writes into the notes of a table: an update that a Yjs document made ("Hi", by client 42).
pub fn writing() -> impl Strategy<Value = Wish> {
    groups().prop_map(|group| Wish::Note {
        group,
        update: UPDATE.to_vec(),
    })
}

const UPDATE: &[u8] = &[
    1, 1, 42, 0, 4, 1, 5, b'n', b'o', b't', b'e', b's', 2, b'H', b'i', 0,
];
