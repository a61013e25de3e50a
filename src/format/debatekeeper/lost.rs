//! What a format says that Debatekeeper's XML has no words for, as sentences for the person who exports.

use crate::format::check::BOTH;
use crate::format::model::{Counts, Format, Overtime, Points, Segment};
use crate::format::phases;
use crate::format::problem::Problem;
use crate::format::times::clock;

use super::draft::PREPARATION;
use super::sides::{self, Heard};

pub(super) fn of(format: &Format) -> Vec<Problem> {
    let mut lost = Lost(Vec::new());
    let usual = phases::built_in();
    lost.when(format.bank_s > 0, || {
        format!(
            "the bank of {} for each side has no place in the file",
            clock(format.bank_s)
        )
    });
    lost.when(format.counts == Counts::Up, || {
        "that the clock counts up is a setting there".to_owned()
    });
    lost.when(format.points != Points::default(), || {
        "how points of information are offered is not said".to_owned()
    });
    lost.when(format.overtime != Overtime::default(), || {
        "what rings in overtime is a setting there (usually after 15 s and every 15 s, three rings)"
            .to_owned()
    });
    lost.when(format.audience_vote, || {
        "that the audience votes is not said".to_owned()
    });
    lost.when(!format.scored_by.is_empty(), || {
        "which rules score it is not said".to_owned()
    });
    for (id, phase) in &format.phases {
        let renamed = usual
            .get(id)
            .is_some_and(|usual| usual.name != phase.name || usual.colour != phase.colour);
        lost.when(renamed, || {
            format!(
                "the phase {id:?} keeps the words and the colour it has there, instead of {:?}",
                phase.name
            )
        });
    }
    if let Some(preparation) = &format.preparation {
        lost.when(
            preparation.name != PREPARATION || preparation.owner != BOTH,
            || {
                format!(
                    "that the preparation is called {:?} and whose it is, is not said",
                    preparation.name
                )
            },
        );
    }
    for segment in format.segments.iter().chain(&format.preparation) {
        segment_of(&mut lost, segment);
    }
    owners(&mut lost, format);
    lost.0
}

fn segment_of(lost: &mut Lost, segment: &Segment) {
    let name = &segment.name;
    lost.when(segment.each_s > 0, || {
        format!(
            "{name:?}: two banks of {} become one clock",
            clock(segment.each_s)
        )
    });
    lost.when(!segment.by.is_empty(), || {
        format!("{name:?}: who may give it is not said")
    });
    lost.when(name.chars().count() < 2, || {
        format!("{name:?}: a name there has at least two letters")
    });
    for bell in segment
        .bells
        .iter()
        .filter(|bell| bell.at_s > segment.length_s)
    {
        lost.when(true, || {
            format!(
                "{name:?}: the bell at {}, past the end, is left out",
                clock(bell.at_s)
            )
        });
    }
}

/// Owners are told from names alone; where that gives another one, the person who reads the file will have to correct it.
fn owners(lost: &mut Lost, format: &Format) {
    let heard = format.segments.iter().map(|segment| Heard {
        line: 0,
        kind: crate::format::words::kind_word(segment.kind).to_owned(),
        segment: Segment {
            name: segment.name.clone(),
            ..Segment::default()
        },
    });
    let mut told = Format::default();
    sides::assign(&mut told, heard.collect(), &[]);
    for (segment, told) in format.segments.iter().zip(&told.segments) {
        lost.when(segment.owner != told.owner, || {
            format!(
                "{:?}: that it is of {:?} cannot be told from its name",
                segment.name, segment.owner
            )
        });
    }
}

struct Lost(Vec<Problem>);

impl Lost {
    fn when(&mut self, holds: bool, says: impl FnOnce() -> String) {
        if holds {
            self.0.push(Problem::note(0, says()));
        }
    }
}
