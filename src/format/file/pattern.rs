//! What a segment says of itself, what its kind says for it, and the segment the two make together.

use std::collections::BTreeMap;

use crate::format::check::{BOTH, DECIDED, LEAST_LENGTH_S, MOST_LENGTH_S, MOST_SPEAKERS, NOBODY};
use crate::format::model::{Format, Kind, Segment};
use crate::format::words;

use super::bells::{self, Written};
use super::reader::Reader;
use super::tree::{Is, Node, Table};

/// What a segment says of itself, and what a kind says for all of its segments.
#[derive(Debug, Clone, Default)]
pub(super) struct Pattern {
    pub is: Option<Kind>,
    pub side: Option<(u32, String)>,
    pub place: Option<u8>,
    by: Option<Vec<u8>>,
    length: Option<u32>,
    each: Option<u32>,
    first_phase: Option<(u32, String)>,
    bells: Option<Vec<Written>>,
}

impl Pattern {
    /// Says what it is and no more.
    pub fn of(is: Option<Kind>) -> Self {
        Self {
            is,
            ..Self::default()
        }
    }

    pub fn read(reader: &mut Reader, table: &mut Table) -> Self {
        Self {
            is: reader.text_at(table, "is").and_then(|(line, word)| {
                let kind = words::kind(&word);
                if kind.is_none() {
                    reader.wrong(
                        line,
                        format!("{word:?} is no kind of segment: {}", words::kinds()),
                    );
                }
                kind
            }),
            side: reader.text_at(table, "side"),
            place: reader.whole(table, "place", MOST_SPEAKERS),
            by: by(reader, table),
            length: reader.time(table, "length", LEAST_LENGTH_S, MOST_LENGTH_S),
            each: reader.time(table, "each", LEAST_LENGTH_S, MOST_LENGTH_S),
            first_phase: reader.text_at(table, "first_phase"),
            bells: reader
                .list(table, "bells")
                .map(|list| bells::read(reader, list)),
        }
    }

    pub fn over(self, kind: &Self) -> Self {
        let kind = kind.clone();
        // A length of its own replaces the kind's, whichever way either was written.
        let (length, each) = match (self.length, self.each) {
            (None, None) => (kind.length, kind.each),
            own => own,
        };
        Self {
            is: self.is.or(kind.is),
            side: self.side.or(kind.side),
            place: self.place.or(kind.place),
            by: self.by.or(kind.by),
            length,
            each,
            first_phase: self.first_phase.or(kind.first_phase),
            bells: self.bells.or(kind.bells),
        }
    }
}

fn by(reader: &mut Reader, table: &mut Table) -> Option<Vec<u8>> {
    let list = reader.list(table, "by")?;
    let place = |node: Node| match node.is {
        Is::Whole(place) => Ok(u8::try_from(place).unwrap_or(0)),
        _ => Err(node.line),
    };
    match list.into_iter().map(place).collect() {
        Ok(places) => Some(places),
        Err(line) => {
            reader.wrong(line, "`by` lists places of the side, as in [1, 2]");
            None
        }
    }
}

pub(super) fn kinds(reader: &mut Reader, table: &mut Table) -> BTreeMap<String, Pattern> {
    reader
        .tables(table, "kinds")
        .into_iter()
        .map(|(name, mut table)| {
            let mut pattern = Pattern::read(reader, &mut table);
            pattern.is = pattern.is.or_else(|| words::kind(&name));
            reader.finish(
                table,
                "is, side, place, by, length, each, first_phase, bells",
            );
            (name, pattern)
        })
        .collect()
}

pub(super) fn segment(
    reader: &mut Reader,
    line: u32,
    (name, names): (String, BTreeMap<String, String>),
    pattern: Pattern,
    format: &Format,
) -> Option<Segment> {
    let kind = pattern.is.unwrap_or_default();
    let sides = (format.sides.len() as u32).max(1);
    let Some(length_s) = pattern
        .length
        .or(pattern.each.map(|each| each.saturating_mul(sides)))
    else {
        reader.wrong(
            line,
            format!("{name:?} has no length and is left out: write length = \"7:00\""),
        );
        return None;
    };
    let first_phase = match pattern.first_phase {
        Some((line, phase)) => bells::known(reader, line, phase, format),
        None => String::new(),
    };
    let bells = bells::place(reader, &pattern.bells.unwrap_or_default(), length_s, format);
    Some(Segment {
        owner: owner(reader, line, &name, pattern.side, kind, format),
        name,
        names,
        kind,
        place: pattern.place.unwrap_or(0),
        by: pattern.by.unwrap_or_default(),
        length_s,
        each_s: pattern.each.unwrap_or(0),
        first_phase,
        bells,
    })
}

fn owner(
    reader: &mut Reader,
    line: u32,
    name: &str,
    side: Option<(u32, String)>,
    kind: Kind,
    format: &Format,
) -> String {
    let usual = match kind {
        Kind::Cross | Kind::Free | Kind::Preparation => BOTH,
        Kind::Floor | Kind::Vote | Kind::Deliberation => NOBODY,
        Kind::Speech | Kind::Reply => DECIDED,
    };
    match side {
        Some((_, side))
            if [BOTH, NOBODY, DECIDED].contains(&side.as_str())
                || format.sides.iter().any(|known| known.id == side) =>
        {
            side
        }
        Some((line, side)) => {
            let ids: Vec<_> = format.sides.iter().map(|side| side.id.as_str()).collect();
            let says = format!(
                "there is no side {side:?}: known are {}, and both, nobody, decided",
                if ids.is_empty() {
                    "none".to_owned()
                } else {
                    ids.join(", ")
                }
            );
            reader.wrong(line, says);
            DECIDED.to_owned()
        }
        None => {
            if usual == DECIDED {
                let says = format!("{name:?} does not say whose it is: write side = \"…\"");
                reader.wrong(line, says);
            }
            usual.to_owned()
        }
    }
}
