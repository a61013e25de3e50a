//! Bells as they are written: from the start, to the end, past the end. They find their second once the length is known.

use crate::format::check::{MOST_PAST_S, MOST_RINGS};
use crate::format::model::{Bell, Format};
use crate::format::times::{clock, seconds};

use super::reader::Reader;
use super::tree::{Is, Node};

/// A bell whose second may depend on a length that is written elsewhere.
#[derive(Debug, Clone)]
pub(super) struct Written {
    pub line: u32,
    at: At,
    bell: Bell,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    FromStart(u32),
    BeforeEnd(u32),
    PastEnd(u32),
}

impl At {
    fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        if text == "end" {
            return Some(Self::BeforeEnd(0));
        }
        if let Some(text) = text.strip_prefix('-').or_else(|| text.strip_prefix('−')) {
            return Some(Self::BeforeEnd(seconds(text)?));
        }
        if let Some(text) = text.strip_prefix('+') {
            return Some(Self::PastEnd(seconds(text)?));
        }
        Some(Self::FromStart(seconds(text)?))
    }

    fn second(self, length_s: u32) -> Option<u32> {
        match self {
            Self::FromStart(second) => Some(second),
            Self::BeforeEnd(second) => length_s.checked_sub(second),
            Self::PastEnd(second) => length_s.checked_add(second),
        }
    }
}

const HOW: &str = "a bell is written as \"1:00\", \"-1:00\" (before the end), \"end\", \"+0:15\" (past the end), with \
     \" x2\" behind it for two rings, or as { at = \"1:00\", rings = 2, phase = \"warning\", pause = true, points = false }";

/// The bells of a list; what is no bell is said and left out.
pub(super) fn read(reader: &mut Reader, list: Vec<Node>) -> Vec<Written> {
    list.into_iter()
        .filter_map(|node| one(reader, node))
        .collect()
}

fn one(reader: &mut Reader, node: Node) -> Option<Written> {
    let line = node.line;
    match node.is {
        Is::Text(text) => {
            let written = short(line, &text);
            if written.is_none() {
                reader.wrong(line, format!("{text:?} is no bell: {HOW}"));
            }
            written
        }
        Is::Whole(second) => u32::try_from(second).ok().map(|second| Written {
            line,
            at: At::FromStart(second),
            bell: ring(1),
        }),
        Is::Table(mut table) => {
            table.line = line;
            let at = table.entries.remove("at");
            let bell = Bell {
                at_s: 0,
                rings: reader.whole(&mut table, "rings", MOST_RINGS).unwrap_or(1),
                pause: reader.flag(&mut table, "pause").unwrap_or_default(),
                phase: reader.text(&mut table, "phase").unwrap_or_default(),
                points: reader.flag(&mut table, "points"),
            };
            reader.finish(table, "at, rings, pause, phase, points");
            let at = match at.map(|node| node.is) {
                Some(Is::Text(text)) => At::read(&text),
                Some(Is::Whole(second)) => u32::try_from(second).ok().map(At::FromStart),
                _ => None,
            };
            if at.is_none() {
                reader.wrong(
                    line,
                    format!("this bell says no time that can be read: {HOW}"),
                );
            }
            Some(Written {
                line,
                at: at?,
                bell,
            })
        }
        _ => {
            reader.wrong(line, HOW);
            None
        }
    }
}

/// `1:00`, `-1:00 x2`
fn short(line: u32, text: &str) -> Option<Written> {
    let (at, rings) = match text.split_once(['x', '×']) {
        Some((at, rings)) => (at, rings.trim().parse().ok()?),
        None => (text, 1),
    };
    (rings <= MOST_RINGS).then_some(Written {
        line,
        at: At::read(at)?,
        bell: ring(rings),
    })
}

fn ring(rings: u8) -> Bell {
    Bell {
        rings,
        ..Bell::default()
    }
}

/// Puts bells at their seconds, in order; says which cannot stand there and leaves them out.
pub(super) fn place(
    reader: &mut Reader,
    written: &[Written],
    length_s: u32,
    format: &Format,
) -> Vec<Bell> {
    let mut placed: Vec<Bell> = Vec::new();
    for bell in written {
        let Some(at_s) = bell.at.second(length_s) else {
            let says = format!(
                "this bell stands before the beginning: the length is {}",
                clock(length_s)
            );
            reader.wrong(bell.line, says);
            continue;
        };
        if at_s == 0 {
            reader.wrong(
                bell.line,
                "a bell at 0:00 would never ring: use `first_phase`",
            );
            continue;
        }
        if bell.at == At::FromStart(at_s) && at_s > length_s {
            let says = format!(
                "{} is past the end ({}): a bell past the end is written as \"+0:15\"",
                clock(at_s),
                clock(length_s)
            );
            reader.wrong(bell.line, says);
            continue;
        }
        if at_s > length_s.saturating_add(MOST_PAST_S) {
            reader.wrong(bell.line, "this bell is more than an hour past the end");
            continue;
        }
        if placed.iter().any(|other| other.at_s == at_s) {
            let says = format!(
                "two bells at {}: the earlier one of them is lost",
                clock(at_s)
            );
            reader.wrong(bell.line, says);
            placed.retain(|other| other.at_s != at_s);
        }
        placed.push(Bell {
            at_s,
            phase: known(reader, bell.line, bell.bell.phase.clone(), format),
            ..bell.bell.clone()
        });
    }
    placed.sort_by_key(|bell| bell.at_s);
    placed
}

/// The phase if the format has it; otherwise it is said, and nothing changes there.
pub(super) fn known(reader: &mut Reader, line: u32, phase: String, format: &Format) -> String {
    if phase.is_empty() || format.phases.contains_key(&phase) {
        return phase;
    }
    let says = format!("there is no phase {phase:?}: describe it under [phases.{phase}]");
    reader.wrong(line, says);
    String::new()
}
