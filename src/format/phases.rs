//! The four phases every format has, under the names Debatekeeper gives them, so that its files mean the same here.

use std::collections::BTreeMap;

use super::model::{Format, Phase};

/// Nothing special: no points of information.
pub const NORMAL: &str = "normal";
/// Points of information may be offered.
pub const POINTS: &str = "pois-allowed";
/// The time is nearly over; no more points.
pub const WARNING: &str = "warning";
/// The time is over.
pub const OVERTIME: &str = "overtime";

/// The four, as they are where a format says nothing else about them.
#[must_use]
pub fn built_in() -> BTreeMap<String, Phase> {
    let phase = |id: &str, name: &str, az: &str, ru: &str| {
        let names = [("az", az), ("ru", ru)]
            .into_iter()
            .filter(|(_, name)| !name.is_empty())
            .map(|(language, name)| (language.to_owned(), name.to_owned()))
            .collect();
        let phase = Phase {
            name: name.to_owned(),
            names,
            colour: String::new(),
            points: id == POINTS,
        };
        (id.to_owned(), phase)
    };
    BTreeMap::from([
        phase(NORMAL, "", "", ""),
        phase(
            POINTS,
            "Points of information",
            "Sual vermək olar",
            "Можно задать вопрос",
        ),
        phase(
            WARNING,
            "Almost out of time",
            "Vaxt bitmək üzrədir",
            "Время почти вышло",
        ),
        phase(OVERTIME, "Time is up", "Vaxt bitdi", "Время вышло"),
    ])
}

/// Whether it is one of the four.
#[must_use]
pub fn is_built_in(id: &str) -> bool {
    [NORMAL, POINTS, WARNING, OVERTIME].contains(&id)
}

impl Format {
    /// Puts in those of the four that are missing, as an editor may leave them out.
    pub fn complete_phases(&mut self) {
        for (id, phase) in built_in() {
            self.phases.entry(id).or_insert(phase);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_phases_are_put_in_and_renamed_ones_kept() {
        let mut format = Format::default();
        let mine = Phase {
            name: "Last minute".to_owned(),
            ..Phase::default()
        };
        format.phases.insert(WARNING.to_owned(), mine.clone());
        format.complete_phases();
        assert_eq!(format.phases.len(), 4);
        assert_eq!(format.phases[WARNING], mine);
        assert!(format.points_in(POINTS));
    }
}
