//! Why a text waits for a moderator: its author is held, a held word or a way out of the meeting is in it, or all is reviewed.

use crate::meeting::fact::{Author, Held};
use crate::meeting::ids::ActivityId;
use crate::meeting::role::Actor;
use crate::meeting::state::Meeting;
use crate::text::{contacts, held};

/// Why the text waits; `None`: it is listed at once.
///
/// The reason depends on nothing that is not stored with the question: were an anonymous question held, or let through,
/// because of the seat behind it, the reason would say something of who asked.
pub fn held(meeting: &Meeting, activity: ActivityId, author: Author, text: &str) -> Option<Held> {
    if meeting.muted.contains(&author) {
        return Some(Held::Muted);
    }
    if let Some(held) = reads_badly(meeting, text).or_else(|| named_badly(meeting, author)) {
        return Some(held);
    }
    let reviewed = meeting
        .agenda
        .get(&activity)
        .is_some_and(|activity| activity.questions.review);
    (reviewed && !is_trusted(meeting, author) || unadmitted(meeting, author))
        .then_some(Held::Review)
}

/// Whether the text itself makes it wait.
pub fn reads_badly(meeting: &Meeting, text: &str) -> Option<Held> {
    let languages: Vec<&str> = std::iter::once(&meeting.language)
        .chain(&meeting.languages)
        .map(String::as_str)
        .filter(|language| !language.is_empty())
        .collect();
    if held::holds(text, &languages, &meeting.held_words) {
        Some(Held::Word)
    } else if contacts::leads_outside(text) {
        Some(Held::Link)
    } else {
        None
    }
}

/// A name that was fine until the meeting's own list of words grew.
fn named_badly(meeting: &Meeting, author: Author) -> Option<Held> {
    let Author::Seat(seat) = author else {
        return None;
    };
    let name = &meeting.seats.get(&seat)?.name;
    if name.is_empty() {
        None
    } else {
        reads_badly(meeting, name)
    }
}

/// Whoever reviews need not review themselves.
fn is_trusted(meeting: &Meeting, author: Author) -> bool {
    matches!(author, Author::Seat(seat) if meeting.is_moderator(Actor::Seat(seat)))
}

/// Where the facilitator asks first, nothing says whether an alias belongs to somebody who was let in: it waits.
fn unadmitted(meeting: &Meeting, author: Author) -> bool {
    meeting.ask_first && matches!(author, Author::Alias(_))
}
