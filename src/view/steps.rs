//! What may happen in a meeting, drawn at random from few people, few questions and few words, so that things meet.

use proptest::prelude::*;
use uuid::Uuid;

use crate::meeting::command::{ActivityKind, Command, Contact, Order, Wifi};
use crate::meeting::ids::{ActivityId, AliasId, ConcernId, LinkId, QuestionId, SeatId, Timestamp};
use crate::meeting::role::{Actor, Role};
use crate::meeting::wish::Wish;

use super::steps_debate as debate;
use super::steps_discussion as discussion;
use super::steps_groups as groups;

pub fn seat(n: u8) -> SeatId {
    SeatId(Uuid::from_u128(0x5EA7_0000_0000 + u128::from(n)))
}

pub fn alias(n: u8) -> AliasId {
    AliasId(Uuid::from_u128(0xA11A_0000_0000 + u128::from(n)))
}

pub fn question(n: u8) -> QuestionId {
    QuestionId(Uuid::from_u128(0x9000_0000 + u128::from(n)))
}

pub fn activity(n: u8) -> ActivityId {
    ActivityId(Uuid::from_u128(0xA000_0000 + u128::from(n)))
}

pub fn link(n: u8) -> LinkId {
    LinkId(Uuid::from_u128(0x7114_0000 + u128::from(n)))
}

pub fn concern(n: u8) -> ConcernId {
    ConcernId(Uuid::from_u128(0xC000_0000 + u128::from(n)))
}

const ROLES: [Role; 5] = [
    Role::Facilitator,
    Role::Moderator,
    Role::Participant,
    Role::Contact,
    Role::Stage,
];

#[derive(Debug, Clone)]
pub enum Step {
    Do(Actor, Command),
    Wish(Wish),
    /// Something that only the server may wish for somebody.
    By(Actor, Wish),
    /// Time passes (ms); a deadline that is due fires.
    Wait(i64),
    Here(u32),
    /// Views are refreshed with all that was noted since the last time.
    Tick,
}

fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("When does the playground open again?".to_owned()),
        Just("When will the playground open?".to_owned()),
        Just("Who pays for the new school bus?".to_owned()),
        Just("who is paying for the school bus".to_owned()),
        Just("Can we see www.example.org?".to_owned()),
        "[a-z]{3,8} [a-z]{3,8}",
    ]
}

fn tags() -> impl Strategy<Value = Vec<String>> {
    proptest::collection::vec(
        prop_oneof![Just("teacher".to_owned()), Just("student".to_owned())],
        0..3,
    )
}

fn names() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        Just("Leyla".to_owned()),
        Just("Tural".to_owned())
    ]
}

fn orders() -> impl Strategy<Value = Order> {
    prop_oneof![
        Just(Order::Top),
        Just(Order::Fair),
        Just(Order::Fair),
        Just(Order::Own),
        Just(Order::New)
    ]
}

fn maybe<S: Strategy>(inner: S) -> impl Strategy<Value = Option<S::Value>> {
    proptest::option::of(inner)
}

/// What the desk does with questions.
fn moderation() -> impl Strategy<Value = Command> {
    let q = || (1..9u8).prop_map(question);
    prop_oneof![
        3 => q().prop_map(|question| Command::List { question }),
        1 => (q(), names()).prop_map(|(question, reason)| Command::Dismiss { question, reason }),
        1 => q().prop_map(|question| Command::Park { question }),
        3 => q().prop_map(|question| Command::Feature { question }),
        2 => (q(), maybe(texts()), maybe(names())).prop_map(|(question, text, by)| Command::Answer { question, text, by }),
        4 => (q(), q()).prop_map(|(from, into)| Command::Merge { from, into }),
        2 => q().prop_map(|question| Command::Unmerge { question }),
        1 => (q(), q()).prop_map(|(from, into)| Command::KeepApart { from, into }),
        1 => (q(), tags()).prop_map(|(question, tags)| Command::Tag { question, tags }),
        1 => q().prop_map(|question| Command::Label { question, language: "az".into() }),
        1 => (q(), maybe(texts())).prop_map(|(question, text)| Command::Translate {
            question, language: "ru".into(), text: text.unwrap_or_default()
        }),
        2 => (q(), any::<bool>()).prop_map(|(question, on)| Command::Care { question, on }),
        1 => (q(), maybe(q())).prop_map(|(question, before)| Command::Rank { question, before }),
        1 => (q(), 0..4u32).prop_map(|(question, hands)| Command::CountHands { question, hands }),
        1 => (q(), any::<bool>()).prop_map(|(question, on)| Command::Mute { seat: None, question: Some(question), on }),
        1 => ((1..9u8), any::<bool>()).prop_map(|(n, on)| Command::Mute { seat: Some(seat(n)), question: None, on }),
        1 => Just(Command::TakeDown {}),
    ]
}

/// What the facilitator does with the meeting.
fn leading() -> impl Strategy<Value = Command> {
    let a = || (1..4u8).prop_map(activity);
    let s = || (1..9u8).prop_map(seat);
    let settings = (
        a(),
        maybe(any::<bool>()),
        maybe(any::<bool>()),
        maybe(orders()),
        maybe(any::<bool>()),
    );
    let about = (
        maybe(any::<bool>()),
        maybe(any::<bool>()),
        maybe(tags()),
        maybe(tags()),
        maybe(0..2i64),
    );
    let texts = (maybe(names()), maybe(names()), maybe(names()));
    prop_oneof![
        2 => (a(), maybe(a()), any::<bool>()).prop_map(|(id, before, asks)| Command::AddActivity {
            id,
            kind: if asks { ActivityKind::Questions } else { ActivityKind::Groups },
            title: "Item".into(),
            minutes: Some(5),
            before,
        }),
        1 => (a(), maybe(0..9u16)).prop_map(|(activity, minutes)| Command::ChangeActivity {
            activity, title: None, minutes
        }),
        1 => (a(), maybe(a())).prop_map(|(activity, before)| Command::MoveActivity { activity, before }),
        1 => a().prop_map(|activity| Command::RemoveActivity { activity }),
        3 => a().prop_map(|activity| Command::Open { activity }),
        1 => a().prop_map(|activity| Command::Close { activity }),
        2 => (maybe(a()), maybe(0..3u16)).prop_map(|(activity, in_s)| Command::Stage { activity, in_s }),
        4 => settings.prop_map(|(activity, review, counts_hidden, order, votes)| Command::SetQuestions {
            activity, review, votes, counts_hidden, order, longest: None
        }),
        3 => (about, texts).prop_map(|((ask_first, minors, ask, held_words, ends_at), (title, wifi, contact))| {
            Command::ChangeMeeting {
                title,
                language: None,
                languages: Some(vec!["az".into(), "ru".into()]),
                ask,
                ask_first,
                minors,
                ends_at: ends_at.map(Timestamp),
                wifi: wifi.map(|name| Wifi { name, password: "12345678".into() }),
                contact: contact.map(|name| Contact { on_duty: !name.is_empty(), name, numbers: "112".into() }),
                held_words,
            }
        }),
        1 => maybe(0..3u16).prop_map(|in_s| Command::End { in_s }),
        6 => Just(Command::Reopen {}),
        3 => Just(Command::TakeBack {}),
        1 => any::<bool>().prop_map(|on| Command::HideStage { on }),
        1 => any::<bool>().prop_map(|on| Command::ShowJoining { on }),
        1 => (any::<bool>(), maybe(0..3u16)).prop_map(|(on, in_s)| Command::CallBack { on, in_s }),
        1 => (0..3u32).prop_map(|people| Command::CountHeads { people }),
        1 => ((20..24u8).prop_map(seat), maybe(names()), maybe(tags())).prop_map(|(seat, name, tags)| {
            Command::AddProxy { seat, name, tags }
        }),
        1 => (s(), 0..4usize).prop_map(|(seat, role)| Command::GiveRole { seat, role: ROLES[role] }),
        1 => (s(), 0..4usize).prop_map(|(seat, role)| Command::TakeRole { seat, role: ROLES[role] }),
        1 => (2..6u8).prop_map(|n| Command::RevokeLink { link: link(n) }),
        2 => s().prop_map(|seat| Command::Admit { seat }),
        1 => s().prop_map(|seat| Command::TurnAway { seat }),
        1 => (1..4u8).prop_map(|n| Command::NoteConcern { concern: concern(n), done: "called".into() }),
    ]
}

/// What a person does.
fn person() -> impl Strategy<Value = Command> {
    let q = || (1..9u8).prop_map(question);
    let asked = (
        (1..9u8),
        prop_oneof![4 => Just(1u8), 1 => 2..4u8],
        texts(),
        maybe(any::<bool>()),
        maybe(Just("teacher".to_owned())),
    );
    prop_oneof![
        6 => asked.prop_map(|(n, a, text, anonymous, as_tag)| Command::Ask {
            id: question(n), activity: activity(a), text, anonymous, as_tag, language: None
        }),
        8 => (q(), prop::bool::weighted(0.7)).prop_map(|(question, on)| Command::Vote { question, on }),
        1 => (q(), texts()).prop_map(|(question, text)| Command::Edit { question, text }),
        1 => q().prop_map(|question| Command::Withdraw { question }),
        1 => (q(), any::<bool>()).prop_map(|(question, answered)| Command::Reply { question, answered }),
        4 => (maybe(names()), maybe(tags()), maybe(names())).prop_map(|(name, tags, needs)| Command::Introduce {
            name, language: None, tags, needs
        }),
        1 => ((1..4u8), maybe(texts())).prop_map(|(n, text)| Command::Concern { id: concern(n), text, place: None }),
    ]
}

pub fn steps() -> impl Strategy<Value = Vec<Step>> {
    let someone = prop_oneof![
        3 => (1..9u8).prop_map(|n| Actor::Seat(seat(n))),
        1 => (1..4u8).prop_map(|n| Actor::Alias(alias(n))),
    ];
    let lead = || Actor::Seat(seat(1));
    let sit = ((2..9u8), maybe(2..6u8), maybe(names())).prop_map(|(n, by, name)| Wish::Sit {
        seat: seat(n),
        link: by.map(link),
        name,
        language: None,
        tags: None,
    });
    let add_link = ((2..6u8), 0..5usize).prop_map(|(n, role)| Wish::AddLink {
        link: link(n),
        role: ROLES[role],
        hash: format!("hash {n}"),
        label: String::new(),
    });
    let step = prop_oneof![
        6 => (someone, person()).prop_map(|(actor, command)| Step::Do(actor, command)),
        4 => moderation().prop_map(move |command| Step::Do(lead(), command)),
        3 => leading().prop_map(move |command| Step::Do(lead(), command)),
        5 => groups::leading().prop_map(move |command| Step::Do(lead(), Command::Group(command))),
        7 => (groups::working(), 1..9u8).prop_map(|(command, n)| {
            Step::Do(Actor::Seat(seat(n)), Command::Group(command))
        }),
        5 => discussion::chairing().prop_map(move |command| Step::Do(lead(), Command::Discussion(command))),
        5 => (discussion::taking_part(), 1..9u8).prop_map(|(command, n)| {
            Step::Do(Actor::Seat(seat(n)), Command::Discussion(command))
        }),
        6 => debate::chairing().prop_map(move |command| Step::Do(lead(), Command::Debate(command))),
        5 => (debate::taking_part(), 1..9u8).prop_map(|(command, n)| {
            Step::Do(Actor::Seat(seat(n)), Command::Debate(command))
        }),
        3 => (debate::voting(), 1..4u8).prop_map(|(command, n)| {
            Step::Do(Actor::Alias(alias(n)), Command::Debate(command))
        }),
        2 => groups::plans().prop_map(move |wish| Step::By(lead(), wish)),
        1 => (groups::writing(), 1..9u8).prop_map(|(wish, n)| Step::By(Actor::Seat(seat(n)), wish)),
        2 => sit.prop_map(Step::Wish),
        1 => add_link.prop_map(Step::Wish),
        1 => (0..12_000i64).prop_map(Step::Wait),
        1 => (0..5u32).prop_map(Step::Here),
        4 => Just(Step::Tick),
    ];
    proptest::collection::vec(step, 1..90)
}
