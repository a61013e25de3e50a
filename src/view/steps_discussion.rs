//! What may happen in a discussion, drawn at random: one activity, few people, few words, so that hands meet.

use proptest::collection::vec;
use proptest::option::of as maybe;
use proptest::prelude::*;

use crate::meeting::command::{DiscussionCommand as C, HandKind, LineOrder, Stance};
use crate::meeting::ids::{ActivityId, QuestionId, SeatId};

use super::steps::{question, seat};

/// The activity that is discussed.
pub fn discussed() -> ActivityId {
    super::steps::activity(3)
}

fn people() -> impl Strategy<Value = SeatId> {
    (1..9u8).prop_map(seat)
}

fn questions() -> impl Strategy<Value = QuestionId> {
    (1..9u8).prop_map(question)
}

fn kinds() -> impl Strategy<Value = HandKind> {
    prop_oneof![
        1 => Just(HandKind::Reply),
        1 => Just(HandKind::PointOfOrder),
        4 => Just(HandKind::Ordinary),
    ]
}

fn stances() -> impl Strategy<Value = Stance> {
    prop_oneof![Just(Stance::For), Just(Stance::Against)]
}

fn words() -> impl Strategy<Value = String> {
    prop_oneof![Just("the stairs".to_owned()), Just(String::new())]
}

/// What the chair does.
pub fn chairing() -> impl Strategy<Value = C> {
    let activity = discussed();
    let orders = prop_oneof![
        Just(LineOrder::FirstCome),
        Just(LineOrder::FirstTimers),
        Just(LineOrder::Alternate),
        Just(LineOrder::LeastTime),
    ];
    let settings = (
        maybe(orders),
        maybe(any::<bool>()),
        maybe(prop_oneof![Just(0u16), Just(5)]),
        maybe(prop::bool::weighted(0.7)),
    );
    let percent = prop_oneof![3 => Just(100u16), 1 => Just(150)];
    prop_oneof![
        4 => settings.prop_map(move |(order, stances, budget_s, one_queue)| C::SetDiscussion {
            activity, order, speech_s: Some(60), tags: None, stances, budget_s, one_queue, order_when_closed: None,
        }),
        3 => (people(), maybe(kinds()), maybe(words()), maybe(stances())).prop_map(move |(seat, kind, about, stance)| {
            C::AddHand { activity, seat, kind, about, stance }
        }),
        1 => (1..20u32).prop_map(move |hand| C::RemoveHand { activity, hand }),
        8 => (maybe(1..20u32), maybe(people()), maybe(questions())).prop_map(move |(hand, seat, question)| {
            C::Call { activity, hand, seat, question }
        }),
        4 => Just(C::Call { activity, hand: None, seat: None, question: None }),
        2 => Just(C::PauseSpeech { activity }),
        2 => Just(C::ResumeSpeech { activity }),
        2 => Just(C::EndSpeech { activity }),
        2 => Just(C::ReopenSpeech { activity }),
        1 => (-90..90i32).prop_map(move |seconds| C::AddSpeechTime { activity, seconds }),
        1 => vec(1..9u32, 0..4).prop_map(move |hands| C::OrderHands { activity, hands }),
        1 => any::<bool>().prop_map(move |on| C::CloseList { activity, on }),
        2 => Just(C::ReAddLast { activity }),
        1 => Just(C::ClearHands { activity }),
        2 => (people(), percent).prop_map(|(seat, percent)| C::ExtraTime { seat, percent }),
    ]
}

/// What a person does.
pub fn taking_part() -> impl Strategy<Value = C> {
    let activity = discussed();
    prop_oneof![
        8 => (maybe(kinds()), maybe(words()), maybe(stances())).prop_map(move |(kind, about, stance)| {
            C::Raise { activity, kind, about, stance }
        }),
        2 => maybe(kinds()).prop_map(move |kind| C::Lower { activity, kind }),
        2 => Just(C::EndSpeech { activity }),
    ]
}
