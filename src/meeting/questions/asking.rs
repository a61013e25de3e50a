//! Asking: listed at once, or waiting. Without name, only "a teacher", or with one's name; what is anonymous leaves
//! nothing here that says who asked.

use super::holding;
use crate::meeting::Decision;
use crate::meeting::agenda;
use crate::meeting::command::{ActivityKind, Command};
use crate::meeting::fact::{Author, Fact};
use crate::meeting::fitting;
use crate::meeting::ids::{ActivityId, QuestionId, Timestamp};
use crate::meeting::refusal::{Code, Refusal};
use crate::meeting::role::Actor;
use crate::meeting::state::{Meeting, Openness, Question, QuestionState};
use crate::text::fold::words;
use crate::text::likeness::Imprint;

/// What is decided of a question whose id is there already; `None` when it is not. Equal owner and activity: the same.
pub fn known(
    meeting: &Meeting,
    id: QuestionId,
    activity: ActivityId,
    actor: Actor,
    anonymous: bool,
) -> Option<Decision> {
    let there = meeting.questions.get(&id)?;
    let same = there.activity == activity && author(actor, anonymous) == Some(there.author);
    Some(if same {
        Ok(vec![])
    } else {
        Err(Code::Exists.into())
    })
}

/// Asks.
///
/// Refusals: `not_found`, `wrong_state` (no questions are asked there), `closed`, `too_many`, `empty`, `too_long`,
/// `out_of_range` (a tag that is not asked for, a language).
pub fn ask(meeting: &Meeting, command: &Command, actor: Actor) -> Decision {
    let Command::Ask {
        id,
        activity,
        text,
        anonymous,
        as_tag,
        language,
    } = command
    else {
        return Err(Code::NotUnderstood.into());
    };
    let anonymous = anonymous.unwrap_or_default();
    let author = author(actor, anonymous).ok_or(Refusal::new(Code::NotAllowed))?;
    let place = agenda::find(meeting, *activity)?;
    if place.kind != ActivityKind::Questions {
        return Err(super::wrong_state("no questions are asked there"));
    }
    if place.openness != Openness::Open {
        return Err(Code::Closed.into());
    }
    fitting::room(meeting.questions.len(), fitting::QUESTIONS)?;
    let text = fitting::lines(text, usize::from(place.questions.longest))?;
    let as_tag = as_tag
        .as_deref()
        .map(|tag| fit_tag(meeting, actor, tag))
        .transpose()?;
    let language = language
        .as_deref()
        .map(fitting::language)
        .transpose()?
        .filter(|language| !language.is_empty());
    let held = holding::held(meeting, *activity, author, &text);
    let proxy = matches!(author, Author::Seat(seat) if meeting.seats.get(&seat).is_some_and(|seat| seat.proxy));
    let named = matches!(author, Author::Seat(_)) && as_tag.is_none();
    Ok(vec![Fact::QuestionAsked {
        question: *id,
        activity: *activity,
        author,
        text,
        as_tag,
        named,
        language,
        held,
        proxy,
    }])
}

/// Who is written down as the author. The server asks nothing.
fn author(actor: Actor, anonymous: bool) -> Option<Author> {
    match actor {
        Actor::Alias(alias) => Some(Author::Alias(alias)),
        Actor::Seat(_) if anonymous => Some(Author::Nobody),
        Actor::Seat(seat) => Some(Author::Seat(seat)),
        Actor::Server => None,
    }
}

fn fit_tag(meeting: &Meeting, actor: Actor, tag: &str) -> Result<String, Refusal> {
    let tag = fitting::line(tag, fitting::TAG)?;
    let own = matches!(actor, Actor::Seat(seat) if meeting.seats.get(&seat).is_some_and(|seat| seat.tags.contains(&tag)));
    if own || meeting.ask.contains(&tag) {
        Ok(tag)
    } else {
        Err(Refusal::because(
            Code::OutOfRange,
            "this tag is not asked for",
        ))
    }
}

pub fn asked(meeting: &mut Meeting, at: Timestamp, fact: &Fact) {
    let Fact::QuestionAsked {
        question,
        activity,
        author,
        text,
        as_tag,
        named,
        language,
        held,
        proxy,
    } = fact
    else {
        return;
    };
    if meeting.questions.contains_key(question) {
        return;
    }
    meeting.asked = meeting.asked.saturating_add(1);
    let folded = words(text);
    let imprint = Imprint::of_words(&folded);
    let asked = Question {
        activity: *activity,
        author: *author,
        text: text.clone(),
        state: if held.is_some() {
            QuestionState::Waiting
        } else {
            QuestionState::Listed
        },
        at,
        named: *named,
        as_tag: as_tag.clone(),
        language: language.clone(),
        held: *held,
        proxy: *proxy,
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
        folded,
        imprint,
    };
    meeting.questions.insert(*question, asked);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meeting::fact::Held;
    use crate::meeting::hall::{Hall, QUESTIONS, alias, asking, person, q, seat};

    fn with(n: u128, anonymous: Option<bool>, as_tag: Option<&str>) -> Command {
        Command::Ask {
            id: q(n),
            activity: QUESTIONS,
            text: "Why?".to_owned(),
            anonymous,
            as_tag: as_tag.map(str::to_owned),
            language: Some("az".to_owned()),
        }
    }

    #[test]
    fn a_question_is_listed_at_once_with_its_author_s_name() {
        let mut hall = Hall::new();
        hall.ask(person(3), 1, "  Why \u{202E}  now? ").unwrap();
        let question = hall.question(1);
        assert_eq!(question.text, "Why now?");
        assert_eq!(question.state, QuestionState::Listed);
        assert_eq!(
            (question.author, question.named),
            (Author::Seat(seat(3)), true)
        );
        assert_eq!(hall.meeting.asked, 1);
        assert_eq!(hall.meeting.votes(q(1)), 0, "asking casts no vote");
    }

    #[test]
    fn what_is_anonymous_under_a_seat_holds_no_seat() {
        let mut hall = Hall::new();
        let facts = hall.send(person(3), with(1, Some(true), None)).unwrap();
        let stored = serde_json::to_string(&facts).unwrap();
        assert!(!stored.contains(&seat(3).to_string()), "{stored}");
        assert_eq!(hall.question(1).author, Author::Nobody);
        assert!(!hall.question(1).named);
    }

    #[test]
    fn an_alias_asks_as_itself_and_never_by_name() {
        let mut hall = Hall::new();
        hall.ask(alias(1), 1, "Why?").unwrap();
        assert!(matches!(hall.question(1).author, Author::Alias(_)));
        assert!(!hall.question(1).named);
    }

    #[test]
    fn only_a_tag_that_is_asked_for_stands_beside_a_question() {
        let mut hall = Hall::new();
        assert_eq!(
            hall.send(alias(1), with(1, None, Some("teacher"))),
            Err(Code::OutOfRange)
        );
        hall.meeting.ask = vec!["teacher".to_owned()];
        hall.send(alias(1), with(1, None, Some(" teacher ")))
            .unwrap();
        hall.send(person(3), with(2, None, Some("teacher")))
            .unwrap();
        assert_eq!(hall.question(1).as_tag.as_deref(), Some("teacher"));
        assert!(!hall.question(2).named, "a tag, not a name");
    }

    #[test]
    fn the_same_id_is_the_same_question_even_once_the_activity_is_closed() {
        let mut hall = Hall::new();
        hall.send(person(3), with(1, Some(true), None)).unwrap();
        hall.ask(person(4), 2, "And?").unwrap();
        hall.lead(Command::Close {
            activity: QUESTIONS,
        });
        assert_eq!(hall.send(person(3), with(1, Some(true), None)), Ok(vec![]));
        assert_eq!(hall.ask(person(4), 2, "Another text"), Ok(vec![]));
        assert_eq!(hall.ask(person(5), 2, "And?"), Err(Code::Exists));
        assert_eq!(
            hall.send(person(4), with(2, Some(true), None)),
            Err(Code::Exists)
        );
        assert_eq!(hall.meeting.asked, 2);
    }

    #[test]
    fn only_an_open_questions_activity_takes_questions() {
        let mut hall = Hall::new();
        let mut elsewhere = |activity: u128, kind| {
            let id = ActivityId(uuid::Uuid::from_u128(activity));
            if let Some(kind) = kind {
                hall.lead(Command::AddActivity {
                    id,
                    kind,
                    title: "X".to_owned(),
                    minutes: None,
                    before: None,
                });
            }
            let command = Command::Ask {
                id: q(1),
                activity: id,
                text: "Why?".to_owned(),
                anonymous: None,
                as_tag: None,
                language: None,
            };
            hall.send(person(3), command)
        };
        assert_eq!(elsewhere(0xB1, None), Err(Code::NotFound));
        assert_eq!(
            elsewhere(0xB2, Some(ActivityKind::Questions)),
            Err(Code::Closed)
        );
        assert_eq!(
            elsewhere(0xB3, Some(ActivityKind::Poll)),
            Err(Code::WrongState)
        );
    }

    #[test]
    fn nothing_and_too_much_are_refused() {
        let mut hall = Hall::new();
        assert_eq!(hall.ask(person(3), 1, " \u{200B}\n "), Err(Code::Empty));
        assert_eq!(hall.ask(person(3), 1, &"a".repeat(501)), Err(Code::TooLong));
        assert!(hall.ask(person(3), 1, &"ə".repeat(500)).is_ok());
        let refused = crate::meeting::decide(
            &hall.meeting,
            &crate::meeting::wish::Wish::Command(asking(2, &"a".repeat(501))),
            &hall.context(person(3)),
        );
        assert!(refused.unwrap_err().detail.contains("500"));
    }

    #[test]
    fn a_card_entered_at_the_desk_is_marked() {
        let mut hall = Hall::new();
        hall.moderate(Command::AddProxy {
            seat: seat(9),
            name: None,
            tags: None,
        });
        hall.ask(person(9), 1, "From a card").unwrap();
        assert!(hall.question(1).proxy);
    }

    #[test]
    fn a_held_question_waits_and_says_why() {
        let mut hall = Hall::new();
        hall.ask(person(3), 1, "Write to me@example.org").unwrap();
        assert_eq!(
            (hall.state(1), hall.question(1).held),
            (QuestionState::Waiting, Some(Held::Link))
        );
    }
}
