//! Texts and values of commands made fit to be kept: cleaned, within their limits, or refused with the limit named.
//! Owns the limits of the meeting; what a text is stands in `text`.

use super::refusal::{Code, Refusal};
use crate::text::clean::{Shape, Unfit, fit};

/// Limits in graphemes.
pub const TITLE: usize = 120;
pub const NAME: usize = 64;
pub const ANSWER: usize = 2_000;
pub const REASON: usize = 200;
pub const TAG: usize = 40;
pub const NEEDS: usize = 500;
pub const CONCERN: usize = 2_000;
pub const HELD_WORD: usize = 64;

/// How many of each a meeting holds.
pub const QUESTIONS: usize = 5_000;
pub const ACTIVITIES: usize = 200;
pub const LINKS: usize = 50;
pub const PROXIES: usize = 500;
pub const SEATS: usize = 20_000;
pub const CONCERNS: usize = 500;
pub const ASKED_TAGS: usize = 20;
pub const TAGS: usize = 10;
pub const LANGUAGES: usize = 20;
pub const HELD_WORDS: usize = 500;
pub const TRANSLATIONS: usize = 20;

/// A line that must say something.
pub fn line(text: &str, limit: usize) -> Result<String, Refusal> {
    fit(text, Shape::Line, limit).map_err(refusal)
}

/// Several lines that must say something.
pub fn lines(text: &str, limit: usize) -> Result<String, Refusal> {
    fit(text, Shape::Lines, limit).map_err(refusal)
}

/// A line that may be empty.
pub fn line_or_nothing(text: &str, limit: usize) -> Result<String, Refusal> {
    or_nothing(line(text, limit))
}

/// Several lines, or nothing.
pub fn lines_or_nothing(text: &str, limit: usize) -> Result<String, Refusal> {
    or_nothing(lines(text, limit))
}

/// At most `most` lines, each once, in the order given.
pub fn list(texts: &[String], limit: usize, most: usize) -> Result<Vec<String>, Refusal> {
    let mut kept = Vec::new();
    // What is far too long is refused before each item is looked at.
    if texts.len() > most * 4 {
        return Err(too_many(most));
    }
    for text in texts {
        let text = line_or_nothing(text, limit)?;
        if !text.is_empty() && !kept.contains(&text) {
            kept.push(text);
        }
    }
    if kept.len() > most {
        Err(too_many(most))
    } else {
        Ok(kept)
    }
}

/// A language tag (BCP 47), or nothing.
pub fn language(tag: &str) -> Result<String, Refusal> {
    let tag = tag.trim();
    let fits = tag.len() <= 35
        && tag.split('-').all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        });
    if tag.is_empty() || fits {
        Ok(tag.to_owned())
    } else {
        Err(Refusal::because(
            Code::OutOfRange,
            "a language is a tag such as `az` or `pt-BR`",
        ))
    }
}

/// A value within its range, both ends included.
pub fn within<T: PartialOrd + std::fmt::Display>(
    value: T,
    least: T,
    most: T,
) -> Result<T, Refusal> {
    if (&least..=&most).contains(&&value) {
        Ok(value)
    } else {
        Err(Refusal::because(
            Code::OutOfRange,
            format!("{value} is not within {least}–{most}"),
        ))
    }
}

/// `Err` when there are `most` of them already.
pub fn room(there: usize, most: usize) -> Result<(), Refusal> {
    if there < most {
        Ok(())
    } else {
        Err(too_many(most))
    }
}

/// The value, only if it differs from what is.
pub fn changed<T: PartialEq>(wished: Option<T>, is: &T) -> Option<T> {
    wished.filter(|wished| wished != is)
}

/// Takes what is given; else all stays as it is.
pub fn put<T: Clone>(place: &mut T, value: &Option<T>) {
    if let Some(value) = value {
        place.clone_from(value);
    }
}

fn too_many(most: usize) -> Refusal {
    Refusal::because(Code::TooMany, format!("at most {most}"))
}

fn or_nothing(text: Result<String, Refusal>) -> Result<String, Refusal> {
    match text {
        Err(refusal) if refusal.code == Code::Empty => Ok(String::new()),
        other => other,
    }
}

fn refusal(unfit: Unfit) -> Refusal {
    match unfit {
        Unfit::Empty => Code::Empty.into(),
        Unfit::TooLong(limit) => Refusal::because(Code::TooLong, format!("at most {limit} signs")),
    }
}
