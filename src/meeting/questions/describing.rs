//! What helps to read a question: tags, its language, translations.

use super::{change, find};
use crate::meeting::Decision;
use crate::meeting::fact::Fact;
use crate::meeting::fitting;
use crate::meeting::ids::QuestionId;
use crate::meeting::refusal::{Code, Refusal};
use crate::meeting::state::Meeting;

/// A translation may be twice as long as the longest question.
const TRANSLATION: usize = 1_000;

/// Replaces the moderator's tags. Refusals: `not_found`, `too_long`, `too_many`.
pub fn tag(meeting: &Meeting, id: QuestionId, tags: &[String]) -> Decision {
    let question = find(meeting, id)?;
    let tags = fitting::list(tags, fitting::TAG, fitting::TAGS)?;
    if tags.iter().collect::<std::collections::BTreeSet<_>>() == question.tags.iter().collect() {
        return Ok(vec![]);
    }
    Ok(vec![Fact::QuestionTagged { question: id, tags }])
}

/// The language it is written in; empty: unknown. Refusals: `not_found`, `out_of_range`.
pub fn label(meeting: &Meeting, id: QuestionId, language: &str) -> Decision {
    let question = find(meeting, id)?;
    let language = fitting::language(language)?;
    if question.language.as_deref().unwrap_or_default() == language {
        return Ok(vec![]);
    }
    Ok(vec![Fact::QuestionLabelled {
        question: id,
        language,
    }])
}

/// A translation; an empty text removes it. Refusals: `not_found`, `empty` (language), `out_of_range`, `too_long`, `too_many`.
pub fn translate(meeting: &Meeting, id: QuestionId, language: &str, text: &str) -> Decision {
    let question = find(meeting, id)?;
    let language = fitting::language(language)?;
    if language.is_empty() {
        return Err(Refusal::because(Code::Empty, "into which language?"));
    }
    let text = fitting::lines_or_nothing(text, TRANSLATION)?;
    let there = question.translations.get(&language);
    if there.map_or("", String::as_str) == text {
        return Ok(vec![]);
    }
    if there.is_none() {
        fitting::room(question.translations.len(), fitting::TRANSLATIONS)?;
    }
    Ok(vec![Fact::QuestionTranslated {
        question: id,
        language,
        text,
    }])
}

pub fn translated(meeting: &mut Meeting, id: QuestionId, language: &str, text: &str) {
    change(meeting, id, |question| {
        if text.is_empty() {
            question.translations.remove(language);
        } else {
            question
                .translations
                .insert(language.to_owned(), text.to_owned());
        }
    });
}

#[cfg(test)]
mod tests {
    use crate::meeting::command::Command;
    use crate::meeting::hall::{Hall, person, q, seat};
    use crate::meeting::refusal::Code;
    use crate::meeting::role::Role;

    #[test]
    fn tags_and_language_are_set_replaced_and_cleared() {
        let mut hall = Hall::new();
        hall.ask(person(3), 1, "Why?").unwrap();
        let tags = |tags: &[&str]| Command::Tag {
            question: q(1),
            tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
        };
        hall.moderate(tags(&["school", " bus ", "school"]));
        assert_eq!(hall.moderate(tags(&["bus", "school"])), vec![]);
        hall.moderate(tags(&[]));
        assert!(hall.question(1).tags.is_empty());
        let many: Vec<String> = (0..11).map(|n| n.to_string()).collect();
        assert_eq!(
            hall.send(
                hall.moderator,
                Command::Tag {
                    question: q(1),
                    tags: many
                }
            ),
            Err(Code::TooMany)
        );

        let label = |language: &str| Command::Label {
            question: q(1),
            language: language.to_owned(),
        };
        hall.moderate(label("az"));
        assert_eq!(hall.question(1).language.as_deref(), Some("az"));
        hall.moderate(label(""));
        assert_eq!(hall.question(1).language, None);
        assert_eq!(
            hall.send(hall.moderator, label("no such language!")),
            Err(Code::OutOfRange)
        );
    }

    #[test]
    fn an_interpreter_attaches_a_translation_and_takes_it_away() {
        let mut hall = Hall::new();
        hall.ask(person(3), 1, "Why?").unwrap();
        let translate = |text: &str| Command::Translate {
            question: q(1),
            language: "ru".to_owned(),
            text: text.to_owned(),
        };
        assert_eq!(
            hall.send(person(4), translate("Почему?")),
            Err(Code::NotAllowed)
        );
        hall.lead(Command::GiveRole {
            seat: seat(4),
            role: Role::Captioner,
        });
        hall.send(person(4), translate("Почему?")).unwrap();
        assert_eq!(hall.send(person(4), translate("Почему?")), Ok(vec![]));
        assert_eq!(hall.question(1).translations["ru"], "Почему?");
        hall.send(person(4), translate("")).unwrap();
        assert!(hall.question(1).translations.is_empty());
    }
}
