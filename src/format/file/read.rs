//! From TOML to a format: shared kinds are laid under segments, bells find their seconds, what is unsound is said and left out.

use std::collections::BTreeMap;

use crate::format::check::{
    BOTH, LEAST_LENGTH_S, MOST_LENGTH_S, MOST_PAST_S, MOST_RINGS, MOST_SPEAKERS, Place,
};
use crate::format::model::{Counts, Format, Kind, Overtime, Phase, Points, Segment, Side};
use crate::format::phases;
use crate::format::problem::Problem;
use crate::format::words;

use super::pattern::{self, Pattern};
use super::reader::Reader;
use super::tree::{self, Is, Table};

/// Reads a format. What is sound is in the format, whatever else is wrong; with an error among the problems something of the
/// file is missing from it.
#[must_use]
pub fn read(text: &str) -> (Format, Vec<Problem>) {
    let (mut table, problems) = tree::parse(text);
    let mut reader = Reader { problems };
    let mut lines = Places::default();
    let format = whole(&mut reader, &mut table, &mut lines);
    reader.finish(table, TOP);
    let said = reader.problems.len();
    for flaw in format.problems() {
        reader.wrong(lines.line(&flaw.place), flaw.says);
    }
    // Where reading itself said something about a line, the format's own complaint is a consequence of it.
    let (first, after) = reader.problems.split_at(said);
    let mut problems = first.to_vec();
    let consequences = after.iter().filter(|flaw| {
        first.is_empty() || (flaw.line != 0 && first.iter().all(|said| said.line != flaw.line))
    });
    problems.extend(consequences.cloned());
    problems.sort_by_key(|problem| problem.line);
    problems.dedup();
    (format, problems)
}

const TOP: &str = "id, name, names, source, sides, speakers, counts, bank, points, overtime, phases, preparation, kinds, \
     segments, audience_vote, scored_by";
const SEGMENT: &str = "name, names, kind, is, side, place, by, length, each, first_phase, bells";

/// Where things stand in the file.
#[derive(Default)]
struct Places {
    sides: Vec<u32>,
    phases: BTreeMap<String, u32>,
    preparation: u32,
    segments: Vec<u32>,
}

impl Places {
    fn line(&self, place: &Place) -> u32 {
        match place {
            Place::Format => 0,
            Place::Side(at) => self.sides.get(*at).copied().unwrap_or(0),
            Place::Phase(id) => self.phases.get(id).copied().unwrap_or(0),
            Place::Preparation => self.preparation,
            Place::Segment(at) => self.segments.get(*at).copied().unwrap_or(0),
        }
    }
}

fn whole(reader: &mut Reader, table: &mut Table, lines: &mut Places) -> Format {
    let name = reader.text(table, "name").unwrap_or_default();
    let mut format = Format {
        id: reader
            .text(table, "id")
            .unwrap_or_else(|| words::slug(&name)),
        names: reader.names(table).unwrap_or_default(),
        name,
        source: reader.text(table, "source").unwrap_or_default(),
        counts: counts(reader, table),
        bank_s: reader.time(table, "bank", 0, MOST_LENGTH_S).unwrap_or(0),
        points: points(reader, table),
        overtime: overtime(reader, table),
        phases: phases_of(reader, table, lines),
        audience_vote: reader.flag(table, "audience_vote").unwrap_or_default(),
        scored_by: reader.text(table, "scored_by").unwrap_or_default(),
        ..Format::default()
    };
    format.sides = sides(reader, table, lines);
    let speakers = reader.whole(table, "speakers", MOST_SPEAKERS);
    let kinds = pattern::kinds(reader, table);
    format.preparation = preparation(reader, table, &format, lines);
    segments(reader, table, &kinds, &mut format, lines);
    let places = format
        .segments
        .iter()
        .flat_map(|segment| segment.by.iter().chain([&segment.place]));
    format.speakers = speakers.unwrap_or_else(|| places.max().copied().unwrap_or(0));
    format
}

fn counts(reader: &mut Reader, table: &mut Table) -> Counts {
    match reader.text_at(table, "counts") {
        None => Counts::Down,
        Some((_, word)) if word == "down" => Counts::Down,
        Some((_, word)) if word == "up" => Counts::Up,
        Some((line, _)) => {
            reader.wrong(
                line,
                "`counts` is \"down\" (time left) or \"up\" (time spoken)",
            );
            Counts::Down
        }
    }
}

fn points(reader: &mut Reader, table: &mut Table) -> Points {
    let usual = Points::default();
    let Some(mut table) = reader.table(table, "points") else {
        return usual;
    };
    let time = |reader: &mut Reader, table: &mut Table, key| {
        let time = reader.time(table, key, 1, 300)?;
        u16::try_from(time).ok()
    };
    let points = Points {
        from_seats: reader.flag(&mut table, "from_seats").unwrap_or_default(),
        length_s: time(reader, &mut table, "length").unwrap_or(usual.length_s),
        offer_s: time(reader, &mut table, "offer").unwrap_or(usual.offer_s),
    };
    reader.finish(table, "from_seats, length, offer");
    points
}

fn overtime(reader: &mut Reader, table: &mut Table) -> Overtime {
    let usual = Overtime::default();
    let Some(mut table) = reader.table(table, "overtime") else {
        return usual;
    };
    let time = |reader: &mut Reader, table: &mut Table, key| {
        let time = reader.time(table, key, 0, MOST_PAST_S)?;
        u16::try_from(time).ok()
    };
    let overtime = Overtime {
        first_s: time(reader, &mut table, "first").unwrap_or(usual.first_s),
        every_s: time(reader, &mut table, "every").unwrap_or(usual.every_s),
        rings: reader
            .whole(&mut table, "rings", MOST_RINGS)
            .unwrap_or(usual.rings),
    };
    reader.finish(table, "first, every, rings");
    overtime
}

fn phases_of(
    reader: &mut Reader,
    table: &mut Table,
    lines: &mut Places,
) -> BTreeMap<String, Phase> {
    let mut all = phases::built_in();
    for (id, mut table) in reader.tables(table, "phases") {
        lines.phases.insert(id.clone(), table.line);
        let usual = all.remove(&id).unwrap_or_default();
        let name = reader.text(&mut table, "name");
        let names = reader.names(&mut table);
        let renamed = name.is_some();
        let phase = Phase {
            name: name.unwrap_or(usual.name),
            // A new name makes the old translations wrong.
            names: names.unwrap_or(if renamed {
                BTreeMap::new()
            } else {
                usual.names
            }),
            colour: reader.text(&mut table, "colour").unwrap_or(usual.colour),
            points: reader.flag(&mut table, "points").unwrap_or(usual.points),
        };
        reader.finish(table, "name, names, colour, points");
        all.insert(id, phase);
    }
    all
}

fn sides(reader: &mut Reader, table: &mut Table, lines: &mut Places) -> Vec<Side> {
    let mut sides = Vec::new();
    for node in reader.list(table, "sides").unwrap_or_default() {
        let side = match node.is {
            Is::Text(id) => Side {
                name: words::title(&id),
                id,
                ..Side::default()
            },
            Is::Table(mut table) => {
                let id = reader.text(&mut table, "id").unwrap_or_default();
                let side = Side {
                    name: reader
                        .text(&mut table, "name")
                        .unwrap_or_else(|| words::title(&id)),
                    names: reader.names(&mut table).unwrap_or_default(),
                    id,
                };
                reader.finish(table, "id, name, names");
                side
            }
            _ => {
                reader.wrong(
                    node.line,
                    "a side is its id in quotes, or a table with id, name, and names",
                );
                continue;
            }
        };
        lines.sides.push(node.line);
        sides.push(side);
    }
    sides
}

fn preparation(
    reader: &mut Reader,
    table: &mut Table,
    format: &Format,
    lines: &mut Places,
) -> Option<Segment> {
    lines.preparation = table.entries.get("preparation")?.line;
    let line = lines.preparation;
    if let Some(Is::Table(_)) = table.entries.get("preparation").map(|node| &node.is) {
        let mut own = reader.table(table, "preparation")?;
        let name = reader.text(&mut own, "name");
        let names = reader.names(&mut own).unwrap_or_default();
        let mut pattern = Pattern::read(reader, &mut own);
        reader.finish(own, SEGMENT);
        pattern.is = pattern.is.or(Some(Kind::Preparation));
        let name = name.unwrap_or_else(|| PREPARATION.to_owned());
        return pattern::segment(reader, line, (name, names), pattern, format);
    }
    let length = reader.time(table, "preparation", LEAST_LENGTH_S, MOST_LENGTH_S)?;
    Some(Segment {
        name: PREPARATION.to_owned(),
        kind: Kind::Preparation,
        owner: BOTH.to_owned(),
        length_s: length,
        ..Segment::default()
    })
}

const PREPARATION: &str = "Preparation";

fn segments(
    reader: &mut Reader,
    table: &mut Table,
    kinds: &BTreeMap<String, Pattern>,
    format: &mut Format,
    lines: &mut Places,
) {
    for node in reader.list(table, "segments").unwrap_or_default() {
        let line = node.line;
        let Is::Table(mut table) = node.is else {
            reader.wrong(line, "a segment is a table: write [[segments]]");
            continue;
        };
        let name = reader.text(&mut table, "name");
        let names = reader.names(&mut table).unwrap_or_default();
        let kind = reader.text_at(&mut table, "kind");
        let own = Pattern::read(reader, &mut table);
        reader.finish(table, SEGMENT);
        let usual = match &kind {
            None => kinds.get("speech").cloned().unwrap_or_default(),
            Some((line, kind)) => kinds.get(kind).cloned().unwrap_or_else(|| {
                let is = words::kind(kind);
                if is.is_none() {
                    reader.wrong(
                        *line,
                        format!("there is no [kinds.{kind}], and {}", words::kinds()),
                    );
                }
                Pattern::of(is)
            }),
        };
        let own = own.over(&usual);
        let name = name.unwrap_or_else(|| {
            let kind = own.is.unwrap_or_default();
            let side = own.side.as_ref().map(|(_, side)| side.as_str());
            words::segment(kind, side, own.place.unwrap_or(0), &format.sides)
        });
        if let Some(segment) = pattern::segment(reader, line, (name, names), own, format) {
            lines.segments.push(line);
            format.segments.push(segment);
        }
    }
}
