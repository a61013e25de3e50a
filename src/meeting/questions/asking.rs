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
