//! What holds for the whole meeting: title, languages, tags, minors, the end that was promised, Wi-Fi, contact, held words.

use crate::meeting::Decision;
use crate::meeting::command::{ActivityKind, Command, Contact, Wifi};
use crate::meeting::fact::Fact;
use crate::meeting::fitting::{self, changed as if_changed, put};
use crate::meeting::ids::Timestamp;
use crate::meeting::refusal::{Code, Refusal};
use crate::meeting::state::{Meeting, Openness};

/// Changes only what is given and differs. Marking the meeting *minors* switches review on in every questions activity
/// that is not over.
///
/// Refusals: `empty` (title), `too_long`, `too_many`, `out_of_range`.
pub fn change(meeting: &Meeting, command: &Command) -> Decision {
    let Command::ChangeMeeting {
        title,
        language,
        languages,
        ask,
        ask_first,
        minors,
        ends_at,
        wifi,
        contact,
        held_words,
    } = command
    else {
        return Err(Code::NotUnderstood.into());
    };
    let title = title
        .as_deref()
        .map(|title| fitting::line(title, fitting::TITLE))
        .transpose()?;
    let language = language.as_deref().map(fitting::language).transpose()?;
    let languages = languages.as_deref().map(fit_languages).transpose()?;
    let ask = ask
        .as_deref()
        .map(|ask| fitting::list(ask, fitting::TAG, fitting::ASKED_TAGS))
        .transpose()?;
    let ends_at = ends_at
        .map(|at| fitting::within(at.0, 0, MAX_TIME).map(Timestamp))
        .transpose()?;
    let wifi = wifi.as_ref().map(fit_wifi).transpose()?;
    let contact = contact.as_ref().map(fit_contact).transpose()?;
    let held_words = held_words
        .as_deref()
        .map(|words| fitting::list(words, fitting::HELD_WORD, fitting::HELD_WORDS))
        .transpose()?;
    let fact = Fact::MeetingChanged {
        title: if_changed(title, &meeting.title),
        language: if_changed(language, &meeting.language),
        languages: if_changed(languages, &meeting.languages),
        ask: if_changed(ask, &meeting.ask),
        ask_first: if_changed(*ask_first, &meeting.ask_first),
        minors: if_changed(*minors, &meeting.minors),
        ends_at: if_changed(ends_at, &meeting.ends_at.unwrap_or_default()),
        wifi: if_changed(wifi, &meeting.wifi),
        contact: if_changed(contact, &meeting.contact),
        held_words: if_changed(held_words, &meeting.held_words),
    };
    if fact == nothing() {
        return Ok(vec![]);
    }
    let turns_minors = matches!(
        fact,
        Fact::MeetingChanged {
            minors: Some(true),
            ..
        }
    );
    let mut facts = vec![fact];
    if turns_minors {
        facts.extend(review_everything(meeting));
    }
    Ok(facts)
}

/// Integers on the wire stay below 2^53.
const MAX_TIME: i64 = (1 << 53) - 1;

fn review_everything(meeting: &Meeting) -> impl Iterator<Item = Fact> {
    let unreviewed = meeting.agenda.iter().filter(|(_, activity)| {
        activity.kind == ActivityKind::Questions
            && activity.openness != Openness::Closed
            && !activity.questions.review
    });
    unreviewed.map(|(activity, _)| reviewed(*activity))
}

/// The fact that an activity is reviewed from now on.
pub fn reviewed(activity: crate::meeting::ids::ActivityId) -> Fact {
    Fact::QuestionsSet {
        activity,
        review: Some(true),
        votes: None,
        counts_hidden: None,
        order: None,
        longest: None,
    }
}

fn nothing() -> Fact {
    Fact::MeetingChanged {
        title: None,
        language: None,
        languages: None,
        ask: None,
        ask_first: None,
        minors: None,
        ends_at: None,
        wifi: None,
        contact: None,
        held_words: None,
    }
}

fn fit_languages(languages: &[String]) -> Result<Vec<String>, Refusal> {
    let languages = fitting::list(languages, 35, fitting::LANGUAGES)?;
    languages
        .iter()
        .map(|language| fitting::language(language))
        .collect()
}

fn fit_wifi(wifi: &Wifi) -> Result<Wifi, Refusal> {
    // Blanks belong to a password, so it is not cleaned.
    let fits = wifi.password.len() <= 64 && !wifi.password.chars().any(char::is_control);
    if !fits {
        return Err(Refusal::because(
            Code::TooLong,
            "a Wi-Fi password has at most 64 bytes and no control signs",
        ));
    }
    Ok(Wifi {
        name: fitting::line_or_nothing(&wifi.name, 32)?,
        password: wifi.password.clone(),
    })
}

fn fit_contact(contact: &Contact) -> Result<Contact, Refusal> {
    Ok(Contact {
        name: fitting::line_or_nothing(&contact.name, fitting::NAME)?,
        numbers: fitting::lines_or_nothing(&contact.numbers, fitting::NEEDS)?,
        on_duty: contact.on_duty,
    })
}

pub fn changed(meeting: &mut Meeting, fact: &Fact) {
    let Fact::MeetingChanged {
        title,
        language,
        languages,
        ask,
        ask_first,
        minors,
        ends_at,
        wifi,
        contact,
        held_words,
    } = fact
    else {
        return;
    };
    put(&mut meeting.title, title);
    put(&mut meeting.language, language);
    put(&mut meeting.languages, languages);
    put(&mut meeting.ask, ask);
    put(&mut meeting.ask_first, ask_first);
    put(&mut meeting.minors, minors);
    put(&mut meeting.wifi, wifi);
    put(&mut meeting.contact, contact);
    put(&mut meeting.held_words, held_words);
    if let Some(at) = ends_at {
        meeting.ends_at = (at.0 > 0).then_some(*at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meeting::hall::{Hall, QUESTIONS};

    /// A change of nothing, to be changed.
    fn change() -> Command {
        Command::ChangeMeeting {
            title: None,
            language: None,
            languages: None,
            ask: None,
            ask_first: None,
            minors: None,
            ends_at: None,
            wifi: None,
            contact: None,
            held_words: None,
        }
    }

    fn with(change_it: impl FnOnce(&mut Command)) -> Command {
        let mut command = change();
        change_it(&mut command);
        command
    }

    macro_rules! with {
        ($field:ident = $value:expr) => {
            with(|command| {
                if let Command::ChangeMeeting { $field, .. } = command {
                    *$field = Some($value);
                }
            })
        };
    }

    #[test]
    fn marking_minors_reviews_every_question_and_those_of_items_to_come() {
        let mut hall = Hall::new();
        hall.lead(with!(minors = true));
        assert!(hall.meeting.agenda[&QUESTIONS].questions.review);
        let id = crate::meeting::ids::ActivityId(uuid::Uuid::from_u128(7));
        hall.lead(Command::AddActivity {
            id,
            kind: ActivityKind::Questions,
            title: "More".to_owned(),
            minutes: None,
            before: None,
        });
        assert!(hall.meeting.agenda[&id].questions.review);
        assert_eq!(hall.lead(with!(minors = true)), vec![]);
    }

    #[test]
    fn what_is_given_changes_and_what_is_empty_clears() {
        let mut hall = Hall::new();
        let list = |words: &[&str]| {
            words
                .iter()
                .map(|word| (*word).to_owned())
                .collect::<Vec<_>>()
        };
        hall.lead(with!(languages = list(&["az", "ru", "az"])));
        hall.lead(with!(ask = list(&["teacher", " teacher", "", "student"])));
        hall.lead(with!(ends_at = Timestamp(9_000)));
        hall.lead(with!(
            wifi = Wifi {
                name: "Hall".to_owned(),
                password: " spaces stay ".to_owned()
            }
        ));
        let meeting = &hall.meeting;
        assert_eq!(
            (meeting.languages.as_slice(), meeting.ask.as_slice()),
            (&list(&["az", "ru"])[..], &list(&["teacher", "student"])[..])
        );
        assert_eq!(
            (meeting.ends_at, meeting.wifi.password.as_str()),
            (Some(Timestamp(9_000)), " spaces stay ")
        );
        hall.lead(with!(ends_at = Timestamp(0)));
        hall.lead(with!(ask = vec![]));
        assert_eq!((hall.meeting.ends_at, hall.meeting.ask.len()), (None, 0));
        assert_eq!(hall.lead(change()), vec![]);
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let mut hall = Hall::new();
        for (command, code) in [
            (with!(title = " ".to_owned()), Code::Empty),
            (with!(title = "a".repeat(121)), Code::TooLong),
            (
                with!(language = "not a language".to_owned()),
                Code::OutOfRange,
            ),
            (
                with!(ask = (0..21).map(|n| n.to_string()).collect()),
                Code::TooMany,
            ),
            (
                with!(held_words = (0..5_000).map(|n| n.to_string()).collect()),
                Code::TooMany,
            ),
            (with!(ends_at = Timestamp(i64::MAX)), Code::OutOfRange),
            (with!(ends_at = Timestamp(-1)), Code::OutOfRange),
            (
                with!(
                    wifi = Wifi {
                        name: "X".to_owned(),
                        password: "a\nb".to_owned()
                    }
                ),
                Code::TooLong,
            ),
        ] {
            assert_eq!(hall.send(hall.facilitator, command), Err(code));
        }
    }
}
