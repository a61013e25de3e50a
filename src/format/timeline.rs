//! A format in time: which phase holds at a second, which bells ring past the end, how long it all takes. Pure sums over
//! the model; what is running now is not known here.

use super::model::{Bell, Format, Overtime, Segment};
use super::phases;

/// What holds at a second of a segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held<'a> {
    /// The phase's id; `normal` where nothing else was said.
    pub phase: &'a str,
    /// Points of information may be offered: as the phase says, unless the last bell said otherwise.
    pub points: bool,
}

impl Format {
    /// Seconds of all segments together, without the preparation before them, banks, and overtime.
    #[must_use]
    pub fn total_s(&self) -> u32 {
        self.segments
            .iter()
            .fold(0, |sum, segment| sum.saturating_add(segment.length_s))
    }

    /// Whether points of information are allowed in a phase; a phase nobody described allows none.
    #[must_use]
    pub fn points_in(&self, phase: &str) -> bool {
        match self.phases.get(phase) {
            Some(phase) => phase.points,
            None => phase == phases::POINTS,
        }
    }
}

impl Segment {
    /// The phase that holds `second` seconds after the beginning: a bell counts from its own second on.
    #[must_use]
    pub fn phase_at<'a>(&'a self, format: &Format, second: u32) -> Held<'a> {
        self.bells
            .iter()
            .take_while(|bell| bell.at_s <= second)
            .fold(self.first(format), |held, bell| held.after(format, bell))
    }

    /// What holds before the first bell.
    #[must_use]
    pub fn first<'a>(&'a self, format: &Format) -> Held<'a> {
        let phase = match self.first_phase.as_str() {
            "" => phases::NORMAL,
            phase => phase,
        };
        Held {
            phase,
            points: format.points_in(phase),
        }
    }

    /// Each bell with what holds after it, in order.
    pub fn held_after<'a>(&'a self, format: &Format) -> impl Iterator<Item = (&'a Bell, Held<'a>)> {
        let mut held = self.first(format);
        self.bells.iter().map(move |bell| {
            held = held.after(format, bell);
            (bell, held)
        })
    }

    /// The bells up to the second `until`, with those of the overtime written out. Where the segment has a bell of its own
    /// past the end, that stands instead of the overtime's at the same second.
    #[must_use]
    pub fn bells_until(&self, overtime: &Overtime, until: u32) -> Vec<Bell> {
        let own = |second: u32| self.bells.iter().any(|bell| bell.at_s == second);
        let past = overtime
            .seconds(self.length_s)
            .take_while(|second| *second <= until)
            .filter(|second| !own(*second))
            .map(|at_s| Bell {
                at_s,
                rings: overtime.rings,
                ..Bell::default()
            });
        let mut bells: Vec<_> = self
            .bells
            .iter()
            .filter(|bell| bell.at_s <= until)
            .cloned()
            .chain(past)
            .collect();
        bells.sort_by_key(|bell| bell.at_s);
        bells
    }
}

impl<'a> Held<'a> {
    fn after(self, format: &Format, bell: &'a Bell) -> Self {
        let (phase, points) = match bell.phase.as_str() {
            "" => (self.phase, self.points),
            phase => (phase, format.points_in(phase)),
        };
        Self {
            phase,
            points: bell.points.unwrap_or(points),
        }
    }
}

impl Overtime {
    /// The seconds, from the beginning of a segment of `length_s`, at which overtime rings.
    fn seconds(&self, length_s: u32) -> impl Iterator<Item = u32> {
        let first = (self.first_s > 0 && self.rings > 0)
            .then(|| length_s.checked_add(u32::from(self.first_s)))
            .flatten();
        let every = u32::from(self.every_s);
        std::iter::successors(first, move |second| {
            (every > 0).then(|| second.checked_add(every)).flatten()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bell(at_s: u32, phase: &str, points: Option<bool>) -> Bell {
        Bell {
            at_s,
            rings: 1,
            phase: phase.to_owned(),
            points,
            ..Bell::default()
        }
    }

    fn speech() -> (Format, Segment) {
        let format = Format {
            phases: phases::built_in(),
            ..Format::default()
        };
        let segment = Segment {
            length_s: 420,
            bells: vec![
                bell(60, phases::POINTS, None),
                bell(200, "", Some(false)),
                bell(240, "", None),
                bell(300, phases::POINTS, None),
                bell(420, phases::OVERTIME, None),
            ],
            ..Segment::default()
        };
        (format, segment)
    }

    #[test]
    fn a_phase_holds_from_the_second_of_its_bell() {
        let (format, segment) = speech();
        let at = |second| segment.phase_at(&format, second);
        assert_eq!(
            at(0),
            Held {
                phase: phases::NORMAL,
                points: false
            }
        );
        assert_eq!(at(59).phase, phases::NORMAL);
        assert_eq!(
            at(60),
            Held {
                phase: phases::POINTS,
                points: true
            }
        );
        assert_eq!(
            at(9999),
            Held {
                phase: phases::OVERTIME,
                points: false
            }
        );
    }

    #[test]
    fn a_bell_may_close_points_inside_a_phase_until_the_next_phase() {
        let (format, segment) = speech();
        assert_eq!(
            segment.phase_at(&format, 200),
            Held {
                phase: phases::POINTS,
                points: false
            }
        );
        assert!(!segment.phase_at(&format, 240).points);
        assert!(segment.phase_at(&format, 300).points);
        let after: Vec<_> = segment
            .held_after(&format)
            .map(|(_, held)| held.points)
            .collect();
        assert_eq!(after, [true, false, false, true, false]);
    }

    #[test]
    fn overtime_rings_after_the_end_and_then_again_and_again() {
        let (_, segment) = speech();
        let at = |overtime: &Overtime, until| -> Vec<u32> {
            segment
                .bells_until(overtime, until)
                .iter()
                .map(|bell| bell.at_s)
                .collect()
        };
        assert_eq!(
            at(&Overtime::default(), 470),
            [60, 200, 240, 300, 420, 435, 450, 465]
        );
        let once = Overtime {
            every_s: 0,
            ..Overtime::default()
        };
        assert_eq!(at(&once, 9999), [60, 200, 240, 300, 420, 435]);
        let never = Overtime {
            first_s: 0,
            ..Overtime::default()
        };
        assert_eq!(at(&never, 250), [60, 200, 240]);
    }

    #[test]
    fn a_bell_of_its_own_past_the_end_stands_for_the_overtimes() {
        let (_, mut segment) = speech();
        segment.bells.push(Bell {
            at_s: 435,
            rings: 60,
            ..Bell::default()
        });
        let rings: Vec<u8> = segment
            .bells_until(&Overtime::default(), 450)
            .iter()
            .map(|bell| bell.rings)
            .collect();
        assert_eq!(rings, [1, 1, 1, 1, 1, 60, 3]);
    }
}
