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

#[cfg(test)]
mod tests {
    use crate::meeting::command::Command;
    use crate::meeting::fact::Held;
    use crate::meeting::hall::{Hall, QUESTIONS, alias, asking, person, q, seat};

    fn reviewed() -> Hall {
        let mut hall = Hall::new();
        hall.moderate(Command::SetQuestions {
            activity: QUESTIONS,
            review: Some(true),
            votes: None,
            counts_hidden: None,
            order: None,
            longest: None,
        });
        hall
    }

    fn held(
        hall: &mut Hall,
        actor: crate::meeting::role::Actor,
        n: u128,
        text: &str,
    ) -> Option<Held> {
        hall.ask(actor, n, text).unwrap();
        hall.question(n).held
    }

    #[test]
    fn where_all_is_reviewed_only_the_reviewers_do_not_wait() {
        let mut hall = reviewed();
        assert_eq!(held(&mut hall, person(3), 1, "Why?"), Some(Held::Review));
        assert_eq!(held(&mut hall, alias(1), 2, "Why?"), Some(Held::Review));
        assert_eq!(held(&mut hall, person(2), 3, "Why?"), None);
    }

    #[test]
    fn what_a_moderator_asks_anonymously_waits_like_everyone_s() {
        let mut hall = reviewed();
        let Command::Ask {
            id, activity, text, ..
        } = asking(1, "Why?")
        else {
            unreachable!()
        };
        let command = Command::Ask {
            id,
            activity,
            text,
            anonymous: Some(true),
            as_tag: None,
            language: None,
        };
        hall.send(person(2), command).unwrap();
        assert_eq!(
            hall.question(1).held,
            Some(Held::Review),
            "else it would say that a moderator asked"
        );
    }

    #[test]
    fn held_words_and_links_wait_also_without_review() {
        let mut hall = Hall::new();
        hall.lead(Command::ChangeMeeting {
            title: None,
            language: None,
            languages: None,
            ask: None,
            ask_first: None,
            minors: None,
            ends_at: None,
            wifi: None,
            contact: None,
            held_words: Some(vec!["Bakı şəhəri".to_owned()]),
        });
        assert_eq!(
            held(&mut hall, person(3), 1, "BAKI SEHERI nə vaxt?"),
            Some(Held::Word)
        );
        assert_eq!(
            held(&mut hall, person(3), 2, "What the fuck?"),
            Some(Held::Word)
        );
        assert_eq!(
            held(&mut hall, person(3), 3, "0501234567"),
            Some(Held::Link)
        );
        assert_eq!(held(&mut hall, person(3), 4, "Bakı və şəhəri"), None);
    }

    #[test]
    fn a_held_author_s_questions_wait_and_an_alias_is_held_by_its_question() {
        let mut hall = Hall::new();
        hall.ask(alias(1), 1, "Rude").unwrap();
        hall.moderate(Command::Mute {
            seat: None,
            question: Some(q(1)),
            on: true,
        });
        hall.moderate(Command::Mute {
            seat: Some(seat(3)),
            question: None,
            on: true,
        });
        assert_eq!(held(&mut hall, alias(1), 2, "Why?"), Some(Held::Muted));
        assert_eq!(held(&mut hall, alias(2), 3, "Why?"), None);
        assert_eq!(held(&mut hall, person(3), 4, "Why?"), Some(Held::Muted));
        hall.moderate(Command::Mute {
            seat: Some(seat(3)),
            question: None,
            on: false,
        });
        assert_eq!(held(&mut hall, person(3), 5, "Why?"), None);
    }

    #[test]
    fn where_the_facilitator_asks_first_an_alias_is_let_in_by_nobody() {
        let mut hall = Hall::new();
        hall.meeting.ask_first = true;
        assert_eq!(held(&mut hall, alias(1), 1, "Why?"), Some(Held::Review));
        assert_eq!(held(&mut hall, person(3), 2, "Why?"), None);
    }
}
