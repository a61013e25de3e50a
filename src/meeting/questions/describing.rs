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
