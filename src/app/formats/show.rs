//! A format in words, and as JSON. English alone: the interface has its own words.

use std::fmt::Write as _;

use serde::Serialize;

use crate::format::Format;
use crate::format::model::Segment;
use crate::format::times::clock;

/// What `show --json` prints; a contract with scripts.
#[derive(Serialize)]
struct Shown<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    preparation: Option<Part<'a>>,
    segments: Vec<Part<'a>>,
}

#[derive(Serialize)]
struct Part<'a> {
    name: &'a str,
    /// A side's id, or `both`, `nobody`, `decided`.
    owner: &'a str,
    length_s: u32,
    bells: Vec<Rung<'a>>,
    first_phase: &'a str,
}

#[derive(Serialize)]
struct Rung<'a> {
    at_s: u32,
    rings: u8,
    pause: bool,
    /// What holds after it, whether or not it changed here.
    phase: &'a str,
    points: bool,
}

impl<'a> Part<'a> {
    fn of(format: &'a Format, segment: &'a Segment) -> Self {
        let bells = segment.held_after(format).map(|(bell, held)| Rung {
            at_s: bell.at_s,
            rings: bell.rings,
            pause: bell.pause,
            phase: held.phase,
            points: held.points,
        });
        Self {
            name: &segment.name,
            owner: &segment.owner,
            length_s: segment.length_s,
            bells: bells.collect(),
            first_phase: segment.first(format).phase,
        }
    }
}

/// One line of JSON.
pub(super) fn json(format: &Format) -> String {
    let part = |segment| Part::of(format, segment);
    let shown = Shown {
        name: &format.name,
        preparation: format.preparation.as_ref().map(part),
        segments: format.segments.iter().map(part).collect(),
    };
    // Strings, numbers and lists always have a JSON form.
    serde_json::to_string(&shown).unwrap_or_default()
}

/// A table to read, with the time it takes.
pub(super) fn table(format: &Format) -> String {
    let mut text = format!("{} ({})\n", format.name, format.id);
    // Writing to a String cannot fail.
    if !format.source.is_empty() {
        let _ = writeln!(text, "{}", format.source);
    }
    let sides: Vec<_> = format.sides.iter().map(|side| side.name.as_str()).collect();
    if !sides.is_empty() {
        let _ = writeln!(
            text,
            "Sides: {}, {} speakers each",
            sides.join(", "),
            format.speakers
        );
    }
    let rows: Vec<_> = format
        .preparation
        .iter()
        .map(|segment| row(format, String::new(), segment))
        .chain(
            (1..)
                .zip(&format.segments)
                .map(|(at, segment)| row(format, format!("{at}"), segment)),
        )
        .collect();
    let _ = write!(text, "\n{}", columns(&rows));
    let total = format.total_s();
    let _ = write!(text, "\nTotal {}", clock(total));
    if let Some(preparation) = &format.preparation {
        let with = total.saturating_add(preparation.length_s);
        let _ = write!(text, ", with the preparation {}", clock(with));
    }
    if format.bank_s > 0 {
        let _ = write!(
            text,
            ", and up to {} of preparation between speeches for each side",
            clock(format.bank_s)
        );
    }
    text
}

fn row(format: &Format, at: String, segment: &Segment) -> [String; 5] {
    let mut before = segment.first(format).phase;
    let bells: Vec<_> = segment
        .held_after(format)
        .map(|(bell, held)| {
            let turn = if held.phase == before {
                String::new()
            } else {
                format!(" {}", held.phase)
            };
            before = held.phase;
            let pause = if bell.pause { " pause" } else { "" };
            format!("{}×{}{turn}{pause}", clock(bell.at_s), bell.rings)
        })
        .collect();
    let owner = segment.owner.clone();
    [
        at,
        segment.name.clone(),
        owner,
        clock(segment.length_s),
        bells.join(", "),
    ]
}

/// The built-in formats with the time they take.
pub(super) fn list(formats: &[Format]) -> String {
    let rows: Vec<_> = formats
        .iter()
        .map(|format| {
            let preparation = format
                .preparation
                .as_ref()
                .map_or_else(String::new, |segment| {
                    format!("and {} of preparation", clock(segment.length_s))
                });
            [
                format.id.clone(),
                format.name.clone(),
                clock(format.total_s()),
                preparation,
            ]
        })
        .collect();
    columns(&rows).trim_end().to_owned()
}

/// Columns as wide as their widest word; times stand on the right.
fn columns<const N: usize>(rows: &[[String; N]]) -> String {
    let width = |column: usize| {
        rows.iter()
            .map(|row| row[column].chars().count())
            .max()
            .unwrap_or(0)
    };
    let widths: [usize; N] = std::array::from_fn(width);
    let mut text = String::new();
    for row in rows {
        let cells: Vec<_> = row
            .iter()
            .zip(widths)
            .map(|(cell, width)| {
                let number = cell.starts_with(|sign: char| sign.is_ascii_digit());
                if number && !cell.contains('×') {
                    format!("{cell:>width$}")
                } else {
                    format!("{cell:<width$}")
                }
            })
            .collect();
        let _ = writeln!(text, "{}", cells.join("  ").trim_end());
    }
    text
}
