//! A meeting made by hand, for the tests of this module.

use uuid::Uuid;

use crate::meeting::command::ActivityKind;
use crate::meeting::fact::{Author, Entry, Fact, Stamp};
use crate::meeting::ids::{ActivityId, MeetingId, QuestionId, SeatId, Timestamp};
use crate::meeting::state::{Meeting, Question};

pub fn activity(n: u128) -> ActivityId {
    ActivityId(Uuid::from_u128(0xA000 + n))
}

pub fn seat(n: u128) -> SeatId {
    SeatId(Uuid::from_u128(0x5EA7_0000_0000 + n))
}

pub fn question(n: u128) -> QuestionId {
    QuestionId(Uuid::from_u128(0x9000_0000 + n))
}

fn apply(meeting: &mut Meeting, at: i64, facts: Vec<Fact>) {
    meeting.apply(
        &Stamp {
            at: Timestamp(at),
            number: None,
        },
        &Entry { hash: None, facts },
    );
}

/// A live meeting with one open questions activity and nobody in it.
pub fn meeting() -> Meeting {
    let id = MeetingId(Uuid::from_u128(1));
    let mut meeting = Meeting::new(id);
    let facts = vec![
        Fact::MeetingCreated {
            meeting: id,
            code: "473096".into(),
            title: "Our park".into(),
            language: "en".into(),
        },
        Fact::ActivityAdded {
            activity: activity(1),
            kind: ActivityKind::Questions,
            title: "Questions".into(),
            minutes: 0,
            rank: 1,
        },
        Fact::MeetingStarted {},
        Fact::ActivityOpened {
            activity: activity(1),
        },
    ];
    apply(&mut meeting, 2, facts);
    meeting
}

/// Sits somebody down with a name.
pub fn sit(meeting: &mut Meeting, n: u128, name: &str, tags: &[&str]) -> SeatId {
    let introduced = Fact::SeatIntroduced {
        seat: seat(n),
        name: Some(name.into()),
        language: None,
        tags: Some(tags.iter().map(|tag| (*tag).to_owned()).collect()),
        needs: None,
    };
    let taken = Fact::SeatTaken {
        seat: seat(n),
        link: None,
        waiting: false,
        proxy: false,
    };
    apply(meeting, 3, vec![taken, introduced]);
    seat(n)
}

/// Puts a listed question into the meeting.
pub fn ask(meeting: &mut Meeting, n: u128, author: Author, text: &str) -> QuestionId {
    let asked = Fact::QuestionAsked {
        question: question(n),
        activity: activity(1),
        author,
        text: text.into(),
        as_tag: None,
        named: false,
        language: None,
        held: None,
        proxy: false,
    };
    apply(meeting, 1000 + i64::try_from(n).unwrap(), vec![asked]);
    question(n)
}

/// Changes a question in place.
pub fn change(meeting: &mut Meeting, id: QuestionId, how: impl FnOnce(&mut Question)) {
    how(meeting.questions.get_mut(&id).unwrap());
}
