//! What a person says of themselves. Everything is optional and can be cleared; access needs reach facilitators alone.

use std::collections::BTreeSet;

use crate::meeting::Decision;
use crate::meeting::fact::Fact;
use crate::meeting::fitting;
use crate::meeting::ids::SeatId;
use crate::meeting::questions::holding;
use crate::meeting::refusal::{Code, Refusal};
use crate::meeting::role::Actor;
use crate::meeting::state::{Meeting, Seat};

/// What was said; absent stays as it is, empty clears.
#[derive(Debug, Clone, Copy, Default)]
pub struct Words<'a> {
    pub name: Option<&'a str>,
    pub language: Option<&'a str>,
    pub tags: Option<&'a [String]>,
    pub needs: Option<&'a str>,
}

/// Introduces the seat that speaks.
///
/// Refusals: `not_allowed` (no seat), `too_long`, `too_many`, `out_of_range` (a language, a tag that was not asked for, a name
/// that stands on the list of held words).
pub fn introduce(meeting: &Meeting, actor: Actor, words: &Words<'_>) -> Decision {
    let Actor::Seat(id) = actor else {
        return Err(Code::NotAllowed.into());
    };
    let seat = meeting.seated(id)?;
    Ok(said(meeting, id, seat, words)?.into_iter().collect())
}

/// The fact of what `words` change about the seat, if anything.
pub fn said(
    meeting: &Meeting,
    id: SeatId,
    seat: &Seat,
    words: &Words<'_>,
) -> Result<Option<Fact>, Refusal> {
    let name = words.name.map(|name| fit_name(meeting, name)).transpose()?;
    let language = words.language.map(fitting::language).transpose()?;
    let tags = words
        .tags
        .map(|tags| fit_tags(meeting, seat, tags))
        .transpose()?;
    let needs = words
        .needs
        .map(|needs| fitting::lines_or_nothing(needs, fitting::NEEDS))
        .transpose()?;
    let name = fitting::changed(name, &seat.name);
    let language = fitting::changed(language, &seat.language);
    let tags = fitting::changed(tags, &seat.tags).map(|tags| tags.into_iter().collect());
    let needs = fitting::changed(needs, &seat.needs);
    if name.is_none() && language.is_none() && tags.is_none() && needs.is_none() {
        return Ok(None);
    }
    Ok(Some(Fact::SeatIntroduced {
        seat: id,
        name,
        language,
        tags,
        needs,
    }))
}

/// A name stands beside what everyone reads and nobody reviews it, so one that would be held is refused.
fn fit_name(meeting: &Meeting, name: &str) -> Result<String, Refusal> {
    let name = fitting::line_or_nothing(name, fitting::NAME)?;
    if holding::reads_badly(meeting, &name).is_some() {
        return Err(Refusal::because(Code::OutOfRange, "this cannot be a name"));
    }
    Ok(name)
}

/// Only tags that the facilitator asks for, or that the seat holds already.
fn fit_tags(meeting: &Meeting, seat: &Seat, tags: &[String]) -> Result<BTreeSet<String>, Refusal> {
    let tags = fitting::list(tags, fitting::TAG, fitting::TAGS)?;
    match tags
        .iter()
        .find(|tag| !meeting.ask.contains(tag) && !seat.tags.contains(*tag))
    {
        Some(_) => Err(Refusal::because(
            Code::OutOfRange,
            "this tag is not asked for",
        )),
        None => Ok(tags.into_iter().collect()),
    }
}

pub fn introduced(meeting: &mut Meeting, fact: &Fact) {
    let Fact::SeatIntroduced {
        seat,
        name,
        language,
        tags,
        needs,
    } = fact
    else {
        return;
    };
    let Some(seat) = meeting.seats.get_mut(seat) else {
        return;
    };
    if let Some(name) = name {
        seat.name.clone_from(name);
    }
    if let Some(language) = language {
        seat.language.clone_from(language);
    }
    if let Some(tags) = tags {
        seat.tags = tags.iter().cloned().collect();
    }
    if let Some(needs) = needs {
        seat.needs.clone_from(needs);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meeting::command::Command;
    use crate::meeting::hall::{Hall, alias, person, seat};

    fn introduce(name: Option<&str>, tags: Option<&[&str]>, needs: Option<&str>) -> Command {
        Command::Introduce {
            name: name.map(str::to_owned),
            language: None,
            tags: tags.map(|tags| tags.iter().map(|tag| (*tag).to_owned()).collect()),
            needs: needs.map(str::to_owned),
        }
    }

    #[test]
    fn a_person_says_what_they_like_and_takes_it_back() {
        let mut hall = Hall::new();
        hall.meeting.ask = vec!["teacher".to_owned(), "student".to_owned()];
        hall.send(
            person(3),
            introduce(
                Some(" Aygün "),
                Some(&["teacher"]),
                Some("Step-free\nplease"),
            ),
        )
        .unwrap();
        let at = &hall.meeting.seats[&seat(3)];
        assert_eq!(
            (at.name.as_str(), at.needs.as_str()),
            ("Aygün", "Step-free\nplease")
        );
        assert_eq!(
            hall.send(
                person(3),
                introduce(Some("Aygün"), Some(&["teacher"]), None)
            ),
            Ok(vec![])
        );
        hall.send(person(3), introduce(Some(""), Some(&[]), Some("")))
            .unwrap();
        let at = &hall.meeting.seats[&seat(3)];
        assert!(at.name.is_empty() && at.needs.is_empty() && at.tags.is_empty());
    }

    #[test]
    fn tags_are_those_that_were_asked_for_and_old_ones_stay() {
        let mut hall = Hall::new();
        hall.meeting.ask = vec!["teacher".to_owned()];
        assert_eq!(
            hall.send(person(3), introduce(None, Some(&["boss"]), None)),
            Err(Code::OutOfRange)
        );
        hall.send(person(3), introduce(None, Some(&["teacher"]), None))
            .unwrap();
        hall.meeting.ask = vec!["student".to_owned()];
        hall.send(
            person(3),
            introduce(None, Some(&["teacher", "student"]), None),
        )
        .unwrap();
        assert_eq!(hall.meeting.seats[&seat(3)].tags.len(), 2);
    }

    #[test]
    fn a_name_that_would_be_held_is_no_name() {
        let mut hall = Hall::new();
        for name in ["fuck you", "www.example.org", "0501234567"] {
            assert_eq!(
                hall.send(person(3), introduce(Some(name), None, None)),
                Err(Code::OutOfRange)
            );
        }
        assert_eq!(
            hall.send(person(3), introduce(Some(&"a".repeat(65)), None, None)),
            Err(Code::TooLong)
        );
    }

    #[test]
    fn an_alias_has_no_name() {
        assert_eq!(
            Hall::new().send(alias(1), introduce(Some("X"), None, None)),
            Err(Code::NotAllowed)
        );
    }
}
