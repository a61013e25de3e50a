//! A meeting made by hand, for the tests of this module.

use uuid::Uuid;

use crate::meeting::command::{ActivityKind, Contact, Order, Wifi};
use crate::meeting::fact::Author;
use crate::meeting::ids::{ActivityId, MeetingId, QuestionId, SeatId, Timestamp};
use crate::meeting::marks::Marks;
use crate::meeting::state::{
    Activity, Meeting, Openness, Phase, Question, QuestionSettings, QuestionState, Seat, Stage,
};

pub fn activity(n: u128) -> ActivityId {
    ActivityId(Uuid::from_u128(0xA000 + n))
}

pub fn seat(n: u128) -> SeatId {
    SeatId(Uuid::from_u128(0x5EA7_0000_0000 + n))
}

pub fn question(n: u128) -> QuestionId {
    QuestionId(Uuid::from_u128(0x9000_0000 + n))
}

/// A live meeting with one open questions activity and nobody in it.
pub fn meeting() -> Meeting {
    Meeting {
        id: MeetingId(Uuid::from_u128(1)),
        code: "473096".into(),
        title: "Our park".into(),
        language: "en".into(),
        languages: Vec::new(),
        ask: Vec::new(),
        ask_first: false,
        minors: false,
        ends_at: None,
        wifi: Wifi::default(),
        contact: Contact::default(),
        held_words: Vec::new(),
        phase: Phase::Live,
        created_at: Timestamp(1),
        started_at: Some(Timestamp(2)),
        ended_at: None,
        heads: None,
        agenda: [(activity(1), questions_activity())].into(),
        stage: Stage::default(),
        seats: Default::default(),
        links: Default::default(),
        muted: Default::default(),
        questions: Default::default(),
        apart: Default::default(),
        concerns: Default::default(),
        planned: None,
        take_back: None,
        marks: Marks::default(),
        set_aside: Default::default(),
        asked: 0,
        last: Timestamp(2),
    }
}

pub fn questions_activity() -> Activity {
    Activity {
        kind: ActivityKind::Questions,
        title: "Questions".into(),
        openness: Openness::Open,
        rank: 1,
        minutes: 0,
        opened_at: Some(Timestamp(2)),
        closed_at: None,
        questions: QuestionSettings {
            review: false,
            votes: true,
            counts_hidden: false,
            order: Order::Top,
            longest: 500,
        },
    }
}

/// Sits somebody down with a name.
pub fn sit(meeting: &mut Meeting, n: u128, name: &str, tags: &[&str]) -> SeatId {
    let tags = tags.iter().map(|tag| (*tag).to_owned()).collect();
    meeting.seats.insert(
        seat(n),
        Seat {
            name: name.into(),
            tags,
            ..Seat::default()
        },
    );
    seat(n)
}

/// Puts a listed question into the meeting.
pub fn ask(meeting: &mut Meeting, n: u128, author: Author, text: &str) -> QuestionId {
    let asked = Question {
        activity: activity(1),
        author,
        text: text.into(),
        state: QuestionState::Listed,
        at: Timestamp(1000 + i64::try_from(n).unwrap()),
        named: false,
        as_tag: None,
        language: None,
        held: None,
        proxy: false,
        voters: Default::default(),
        hands: 0,
        reason: String::new(),
        answer: String::new(),
        answered_by: String::new(),
        answered_at: None,
        reply: None,
        tags: Default::default(),
        translations: Default::default(),
        care: false,
        rank: None,
        merged: Default::default(),
        before_merge: None,
        folded: text.split_whitespace().map(str::to_lowercase).collect(),
        imprint: Default::default(),
    };
    meeting.questions.insert(question(n), asked);
    meeting.asked += 1;
    question(n)
}

/// Changes a question in place.
pub fn change(meeting: &mut Meeting, id: QuestionId, how: impl FnOnce(&mut Question)) {
    how(meeting.questions.get_mut(&id).unwrap());
}
