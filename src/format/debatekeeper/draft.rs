//! What both schemas say, before it is a format: periods by reference, bells with references. Turning it into a format applies
//! the app's rules about bells and periods; they come from its classes ControlledDebatePhaseFormat, PeriodInfoManager and
//! DebatePhaseManager.

use std::collections::BTreeMap;

use crate::format::check::{BOTH, MOST_RINGS, Place};
use crate::format::model::{Bell, Format, Kind, Phase, Segment};
use crate::format::phases;
use crate::format::problem::Problem;
use crate::format::times::{clock, seconds};
use crate::format::words;

use super::names::Named;
use super::sides;

/// The file has no name for it.
pub(super) const PREPARATION: &str = "Preparation";
/// In either schema: leave the period as it is.
pub(super) const STAY: &str = "#stay";

#[derive(Debug, Default)]
pub(super) struct Draft {
    pub name: Option<Named>,
    pub short_name: Option<String>,
    /// Where it comes from, a line for each statement.
    pub source: Vec<String>,
    pub periods: BTreeMap<String, Period>,
    pub preparation: Option<Controlled>,
    pub types: BTreeMap<String, Controlled>,
    pub speeches: Vec<Speech>,
    problems: Vec<Problem>,
}

/// A period changes only what it says, but always whether points are allowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Period {
    pub display: Option<Named>,
    pub colour: Option<String>,
    pub points: bool,
}

/// A length with bells.
#[derive(Debug, Clone, Default)]
pub(super) struct Controlled {
    pub length_s: u32,
    pub first: Option<String>,
    pub bells: Vec<Bell>,
}

#[derive(Debug)]
pub(super) struct Speech {
    pub line: u32,
    pub name: Named,
    pub kind: String,
}

/// A bell's attributes as they stand in the file; the two schemas call them differently.
#[derive(Debug, Default)]
pub(super) struct Ring<'a> {
    pub line: u32,
    pub time: Option<&'a str>,
    pub number: Option<&'a str>,
    pub next: Option<&'a str>,
    pub pause: Option<&'a str>,
}

impl Draft {
    pub fn wrong(&mut self, line: u32, says: impl Into<String>) {
        self.problems.push(Problem::error(line, says));
    }

    pub fn note(&mut self, line: u32, says: impl Into<String>) {
        self.problems.push(Problem::note(line, says));
    }

    /// The length of something, or a sentence why it has none.
    pub fn length(&mut self, line: u32, what: &str, text: Option<&str>) -> Option<u32> {
        let Some(text) = text else {
            self.wrong(line, format!("{what} has no length and is left out"));
            return None;
        };
        let length = time(text);
        if length.is_none() {
            let says = format!(
                "{what} has the length {text:?}, which is no time such as 7:00 or 90, and is left out"
            );
            self.wrong(line, says);
        }
        length
    }

    /// `true` or `false`; anything else is said and counts as false.
    pub fn flag(&mut self, line: u32, attribute: &str, text: Option<&str>) -> bool {
        match text {
            None | Some("false" | "0") => false,
            Some("true" | "1") => true,
            Some(other) => {
                self.wrong(line, format!("`{attribute}` is {other:?}, and only true and false are known: taken as false"));
                false
            }
        }
    }

    /// A bell that can ring; its phase is still the reference in the file. Of two at one second the later in the file stands.
    pub fn ring(&mut self, into: &mut Controlled, ring: &Ring<'_>) {
        let line = ring.line;
        let Some(text) = ring.time else {
            self.wrong(line, "this bell has no time and is left out");
            return;
        };
        let at_s = if text == "finish" {
            Some(into.length_s)
        } else {
            time(text)
        };
        let Some(at_s) = at_s else {
            self.wrong(line, format!("this bell is at {text:?}, which is neither a time nor \"finish\", and is left out"));
            return;
        };
        if at_s > into.length_s {
            let says = format!(
                "this bell at {} is after the end at {} and is left out: bells past the end are a setting, not part of a file",
                clock(at_s),
                clock(into.length_s)
            );
            self.wrong(line, says);
            return;
        }
        if at_s == 0 {
            self.note(line, "a bell at 0:00 never rings and is left out");
            return;
        }
        let rings = self.rings(line, ring.number);
        let pause = self.flag(line, "pause-on-bell", ring.pause);
        if into.bells.iter().any(|bell| bell.at_s == at_s) {
            let says = format!(
                "a second bell at {}: it stands instead of the first",
                clock(at_s)
            );
            self.note(line, says);
            into.bells.retain(|bell| bell.at_s != at_s);
        }
        let phase = match ring.next {
            None | Some(STAY) => String::new(),
            Some(next) => self.period(line, next).unwrap_or_default(),
        };
        into.bells.push(Bell {
            at_s,
            rings,
            pause,
            phase,
            points: None,
        });
        into.bells.sort_by_key(|bell| bell.at_s);
    }

    fn rings(&mut self, line: u32, number: Option<&str>) -> u8 {
        let Some(text) = number else { return 1 };
        match text.trim().parse::<i64>() {
            Ok(number) => {
                match u8::try_from(number) {
                    Ok(rings) if rings <= MOST_RINGS => rings,
                    _ => {
                        let rings = if number < 0 { 0 } else { MOST_RINGS };
                        self.wrong(line, format!("{number} rings: from 0 to {MOST_RINGS} are possible, taken as {rings}"));
                        rings
                    }
                }
            }
            Err(_) => {
                self.wrong(
                    line,
                    format!("`number` is {text:?}, which is no whole number: taken as 1"),
                );
                1
            }
        }
    }

    /// The reference, if it leads to a period.
    pub fn period(&mut self, line: u32, reference: &str) -> Option<String> {
        if phases::is_built_in(reference) || self.periods.contains_key(reference) {
            return Some(reference.to_owned());
        }
        self.wrong(
            line,
            format!("there is no period {reference:?}: the period stays as it was"),
        );
        None
    }

    pub fn first_period(&mut self, line: u32, reference: Option<&str>) -> Option<String> {
        match reference {
            None | Some(STAY) => None,
            Some(reference) => self.period(line, reference),
        }
    }

    /// The format, and everything there is to say.
    pub fn finish(mut self) -> (Format, Vec<Problem>) {
        let (name, names) = match self.name.take() {
            Some(named) if !named.0.is_empty() => named,
            _ => {
                self.wrong(1, "the format has no name");
                ("Unnamed format".to_owned(), BTreeMap::new())
            }
        };
        let short = self.short_name.as_deref().unwrap_or(&name);
        let mut format = Format {
            id: words::slug(short),
            name,
            names,
            source: self.source.join("\n"),
            phases: phases::built_in(),
            ..Format::default()
        };
        let mut looks = Looks {
            periods: std::mem::take(&mut self.periods),
            phases: &mut format.phases,
        };
        format.preparation = self.preparation.take().map(|controlled| Segment {
            name: PREPARATION.to_owned(),
            kind: Kind::Preparation,
            owner: BOTH.to_owned(),
            ..looks.segment(&controlled)
        });
        let mut segments = Vec::new();
        let mut dropped = Vec::new();
        for speech in std::mem::take(&mut self.speeches) {
            let Some(controlled) = self.types.get(&speech.kind) else {
                let says = format!(
                    "{:?} is of the speech type {:?}, which there is not, and is left out",
                    speech.name.0, speech.kind
                );
                self.wrong(speech.line, says);
                dropped.push(speech.name.0);
                continue;
            };
            let (name, names) = speech.name;
            segments.push(sides::Heard {
                line: speech.line,
                kind: speech.kind,
                segment: Segment {
                    name,
                    names,
                    ..looks.segment(controlled)
                },
            });
        }
        let lines: Vec<u32> = segments.iter().map(|heard| heard.line).collect();
        let notes = sides::assign(&mut format, segments, &dropped);
        self.problems.extend(notes);
        for flaw in format.problems() {
            let line = match flaw.place {
                Place::Segment(at) => lines.get(at).copied().unwrap_or(0),
                _ => 0,
            };
            self.wrong(line, flaw.to_string());
        }
        self.problems.sort_by_key(|problem| problem.line);
        (format, self.problems)
    }
}

/// `7:00` or seconds: hours are not known to these files.
fn time(text: &str) -> Option<u32> {
    (text.matches(':').count() < 2).then(|| seconds(text))?
}

/// What is on the screen: a period that says nothing about a name or a colour leaves the one before. The same period after
/// different ones therefore becomes different phases: `nsw.1bell`, `nsw.1bell-2`.
struct Looks<'f> {
    periods: BTreeMap<String, Period>,
    phases: &'f mut BTreeMap<String, Phase>,
}

impl Looks<'_> {
    fn segment(&mut self, controlled: &Controlled) -> Segment {
        let mut look = Phase {
            colour: colour_of(phases::NORMAL).to_owned(),
            ..self.phases.get(phases::NORMAL).cloned().unwrap_or_default()
        };
        let mut turn = |reference: &str| {
            if reference.is_empty() {
                return String::new();
            }
            let (id, next) = self.after(&look, reference);
            look = next;
            id
        };
        let first_phase = controlled
            .first
            .as_deref()
            .map(&mut turn)
            .unwrap_or_default();
        let bells = controlled
            .bells
            .iter()
            .map(|bell| Bell {
                phase: turn(&bell.phase),
                ..bell.clone()
            })
            .collect();
        Segment {
            length_s: controlled.length_s,
            first_phase,
            bells,
            ..Segment::default()
        }
    }

    fn after(&mut self, before: &Phase, reference: &str) -> (String, Phase) {
        if let Some(phase) = self
            .phases
            .get(reference)
            .filter(|_| phases::is_built_in(reference))
        {
            let look = Phase {
                colour: colour_of(reference).to_owned(),
                ..phase.clone()
            };
            return (reference.to_owned(), look);
        }
        let Some(period) = self.periods.get(reference) else {
            return (String::new(), before.clone());
        };
        let (name, names) = match &period.display {
            Some(named) => named.clone(),
            None => (before.name.clone(), before.names.clone()),
        };
        let phase = Phase {
            name,
            names,
            colour: period
                .colour
                .clone()
                .unwrap_or_else(|| before.colour.clone()),
            points: period.points,
        };
        let mut id = reference.to_owned();
        let mut count = 1;
        while self.phases.get(&id).is_some_and(|known| *known != phase) {
            count += 1;
            id = format!("{reference}-{count}");
        }
        self.phases.insert(id.clone(), phase.clone());
        (id, phase)
    }
}

/// The colours the app gives its own periods; black is the house's own here.
pub(super) fn colour_of(built_in: &str) -> &'static str {
    match built_in {
        phases::POINTS => "#25541C",
        phases::WARNING => "#A14E21",
        phases::OVERTIME => "#770000",
        _ => "",
    }
}

/// `#RRGGBB`, whatever stands before it in an older `#AARRGGBB`; black becomes the house's own.
pub(super) fn colour(text: &str) -> Option<String> {
    let digits = text.trim().strip_prefix('#')?;
    let hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    let colour = match (hex, digits.len()) {
        (true, 6) => digits,
        (true, 8) => &digits[2..],
        _ => return None,
    };
    Some(match colour {
        "000000" => String::new(),
        colour => format!("#{}", colour.to_uppercase()),
    })
}
