//! Whether a format that came from an editor can run: the limits and what must fit together. Owns the limits; changes nothing.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::model::{Format, Segment, Side};
use super::phases;
use super::times::clock;

pub const MOST_SEGMENTS: usize = 64;
/// In one segment.
pub const MOST_BELLS: usize = 64;
/// A minute of single strokes.
pub const MOST_RINGS: u8 = 60;
pub const LEAST_LENGTH_S: u32 = 5;
/// Four hours.
pub const MOST_LENGTH_S: u32 = 4 * 3600;
pub const MOST_SIDES: usize = 8;
/// On one side.
pub const MOST_SPEAKERS: u8 = 12;
pub const MOST_PHASES: usize = 64;
/// Characters of a name.
pub const MOST_NAME: usize = 120;
/// Characters of the text that says where the rules come from.
pub const MOST_SOURCE: usize = 4000;
/// Languages beside the first.
pub const MOST_LANGUAGES: usize = 40;
/// Characters of an id.
pub const MOST_ID: usize = 64;
/// Seconds past the end at which a bell may still stand.
pub const MOST_PAST_S: u32 = 3600;

/// Whose a segment is when it is no side's.
pub const BOTH: &str = "both";
pub const NOBODY: &str = "nobody";
/// The chair says it live.
pub const DECIDED: &str = "decided";

/// What of a format is meant. Numbers count from 0 in the order of the lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    Format,
    Side(usize),
    Phase(String),
    Preparation,
    Segment(usize),
}

/// Why a format cannot run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    pub place: Place,
    /// One English sentence without a full stop.
    pub says: String,
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.place {
            Place::Format => {}
            Place::Side(at) => write!(f, "side {}: ", at + 1)?,
            Place::Phase(id) => write!(f, "phase {id}: ")?,
            Place::Preparation => write!(f, "preparation: ")?,
            Place::Segment(at) => write!(f, "segment {}: ", at + 1)?,
        }
        f.write_str(&self.says)
    }
}

impl Format {
    /// Everything that keeps it from running; empty: it can run.
    #[must_use]
    pub fn problems(&self) -> Vec<Flaw> {
        let mut found = Found::default();
        self.own(&mut found);
        for (at, side) in self.sides.iter().enumerate() {
            found.at(Place::Side(at));
            found.side(side, &self.sides[..at]);
        }
        for (id, phase) in &self.phases {
            found.at(Place::Phase(id.clone()));
            found.unless(
                is_word(id),
                "a phase's id is 1 to 64 characters without spaces at its ends",
            );
            found.names(&phase.name, &phase.names, Name::MayBeEmpty);
            found.unless(
                is_colour(&phase.colour),
                "a colour is written as in #A14E21",
            );
        }
        if let Some(preparation) = &self.preparation {
            found.at(Place::Preparation);
            found.segment(self, preparation);
        }
        for (at, segment) in self.segments.iter().enumerate() {
            found.at(Place::Segment(at));
            found.segment(self, segment);
        }
        found.flaws
    }

    fn own(&self, found: &mut Found) {
        found.unless(
            is_id(&self.id),
            "the id is 1 to 64 small letters a–z, digits, and hyphens",
        );
        found.names(&self.name, &self.names, Name::Needed);
        found.at_most(
            self.source.chars().count(),
            MOST_SOURCE,
            "characters in the source",
        );
        found.at_most(self.sides.len(), MOST_SIDES, "sides");
        found.unless(
            self.sides.len() != 1,
            "one side alone cannot debate: name two, or none",
        );
        found.at_most(
            usize::from(self.speakers),
            usize::from(MOST_SPEAKERS),
            "speakers on a side",
        );
        found.at_most(self.phases.len(), MOST_PHASES, "phases");
        found.unless(
            !self.segments.is_empty(),
            "there is no segment: nobody would speak",
        );
        found.at_most(self.segments.len(), MOST_SEGMENTS, "segments");
        found.unless(self.bank_s <= MOST_LENGTH_S, "a bank holds at most 4 hours");
        found.unless(
            (5..=300).contains(&self.points.length_s),
            "a point of information takes 0:05 to 5:00",
        );
        found.unless(
            (1..=300).contains(&self.points.offer_s),
            "an offered point stands for 0:01 to 5:00",
        );
        let past = MOST_PAST_S as u16;
        found.unless(
            self.overtime.first_s <= past && self.overtime.every_s <= past,
            "overtime rings within an hour",
        );
        found.unless(
            self.overtime.rings <= MOST_RINGS,
            "overtime rings at most 60 times",
        );
        found.unless(
            self.overtime.every_s == 0 || self.overtime.every_s >= 5,
            "overtime rings at most every 5 seconds",
        );
        found.unless(
            self.scored_by.is_empty() || is_word(&self.scored_by),
            "the rules that score it are named by one word",
        );
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Name {
    Needed,
    MayBeEmpty,
}

#[derive(Default)]
struct Found {
    place: Option<Place>,
    flaws: Vec<Flaw>,
}

impl Found {
    fn at(&mut self, place: Place) {
        self.place = Some(place);
    }

    fn unless(&mut self, holds: bool, says: &str) {
        if !holds {
            self.flaws.push(Flaw {
                place: self.place.clone().unwrap_or(Place::Format),
                says: says.to_owned(),
            });
        }
    }

    fn at_most(&mut self, count: usize, most: usize, what: &str) {
        self.unless(
            count <= most,
            &format!("{count} {what}, and {most} are the most"),
        );
    }

    fn names(&mut self, name: &str, names: &BTreeMap<String, String>, need: Name) {
        self.unless(
            need == Name::MayBeEmpty || !name.trim().is_empty(),
            "it has no name",
        );
        self.at_most(names.len(), MOST_LANGUAGES, "languages");
        let long = std::iter::once(name)
            .chain(names.values().map(String::as_str))
            .any(|name| name.chars().count() > MOST_NAME);
        self.unless(!long, "a name has at most 120 characters");
        let signs = std::iter::once(name)
            .chain(names.values().map(String::as_str))
            .any(|name| name.chars().any(char::is_control));
        self.unless(!signs, "a name is one line without control characters");
        self.unless(
            names.keys().all(|language| is_language(language)),
            "languages are written as in az, ru, or pt-BR",
        );
    }

    fn side(&mut self, side: &Side, before: &[Side]) {
        self.unless(
            is_side(&side.id),
            "a side's id is 1 to 64 small letters a–z, digits, and _",
        );
        self.unless(
            ![BOTH, NOBODY, DECIDED].contains(&side.id.as_str()),
            "both, nobody, and decided mean something else and cannot be a side's id",
        );
        self.unless(
            before.iter().all(|other| other.id != side.id),
            "two sides have the same id",
        );
        self.names(&side.name, &side.names, Name::Needed);
    }

    fn segment(&mut self, format: &Format, segment: &Segment) {
        self.names(&segment.name, &segment.names, Name::Needed);
        let owner = segment.owner.as_str();
        let known = [BOTH, NOBODY, DECIDED].contains(&owner)
            || format.sides.iter().any(|side| side.id == owner);
        self.unless(
            known,
            &format!("{owner:?} is no side of this format, and neither both, nobody, nor decided"),
        );
        self.unless(
            segment.place <= format.speakers,
            &format!("place {} on a side of {}", segment.place, format.speakers),
        );
        self.unless(
            segment
                .by
                .iter()
                .all(|place| (1..=format.speakers).contains(place)),
            "the places that may give it are places of the side",
        );
        self.unless(
            (LEAST_LENGTH_S..=MOST_LENGTH_S).contains(&segment.length_s),
            "a segment takes 0:05 to 4 hours",
        );
        let sides = format.sides.len() as u32;
        self.unless(
            segment.each_s == 0
                || segment.each_s.checked_mul(sides.max(1)) == Some(segment.length_s),
            "the banks of all sides together are the segment's length",
        );
        self.phase(format, &segment.first_phase);
        self.bells(format, segment);
    }

    fn bells(&mut self, format: &Format, segment: &Segment) {
        self.at_most(segment.bells.len(), MOST_BELLS, "bells");
        let mut seconds = BTreeSet::new();
        let mut last = 0;
        let mut ordered = true;
        for bell in &segment.bells {
            let at = clock(bell.at_s);
            self.unless(
                bell.at_s > 0,
                "a bell at 0:00 would never ring: begin with a first phase",
            );
            ordered &= bell.at_s >= last;
            last = bell.at_s;
            self.unless(
                seconds.insert(bell.at_s),
                &format!("two bells at {at}: one of them would be lost"),
            );
            self.unless(
                bell.at_s <= segment.length_s.saturating_add(MOST_PAST_S),
                &format!("the bell at {at} is more than an hour past the end"),
            );
            self.unless(
                bell.rings <= MOST_RINGS,
                &format!("{} rings at {at}, and 60 are the most", bell.rings),
            );
            self.phase(format, &bell.phase);
        }
        self.unless(ordered, "its bells are not in the order of time");
    }

    fn phase(&mut self, format: &Format, id: &str) {
        self.unless(
            id.is_empty() || phases::is_built_in(id) || format.phases.contains_key(id),
            &format!("there is no phase {id:?}"),
        );
    }
}

fn is_id(text: &str) -> bool {
    (1..=MOST_ID).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

fn is_side(text: &str) -> bool {
    (1..=MOST_ID).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

fn is_word(text: &str) -> bool {
    (1..=MOST_ID).contains(&text.chars().count())
        && text.trim() == text
        && !text.chars().any(char::is_control)
}

fn is_colour(text: &str) -> bool {
    text.is_empty()
        || text.strip_prefix('#').is_some_and(|digits| {
            digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
        })
}

fn is_language(text: &str) -> bool {
    (2..=35).contains(&text.len())
        && text.split('-').all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
}
