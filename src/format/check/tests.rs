//! Each limit, spoiled one at a time.

use super::*;
use crate::format::model::{Bell, Kind};

fn good() -> Format {
    crate::format::built_in_by_id("school-mini")
        .unwrap()
        .clone()
}

fn says(spoil: impl FnOnce(&mut Format)) -> String {
    let mut format = good();
    spoil(&mut format);
    let flaws: Vec<_> = format.problems().iter().map(ToString::to_string).collect();
    flaws.join("; ")
}

/// Spoils the first segment.
fn first(spoil: impl FnOnce(&mut Segment)) -> String {
    says(|format| spoil(&mut format.segments[0]))
}

fn bell(at_s: u32) -> Bell {
    Bell {
        at_s,
        rings: 1,
        ..Bell::default()
    }
}

#[test]
fn a_good_format_has_no_problem() {
    assert_eq!(good().problems(), []);
}

#[test]
fn a_segment_keeps_its_limits() {
    for (said, part) in [
        (
            first(|s| s.owner = "house".to_owned()),
            "segment 1: \"house\" is no side",
        ),
        (first(|s| s.owner = String::new()), "is no side"),
        (first(|s| s.length_s = 4), "0:05 to 4 hours"),
        (first(|s| s.length_s = 4 * 3600 + 1), "0:05 to 4 hours"),
        (first(|s| s.place = 3), "place 3 on a side of 2"),
        (first(|s| s.by = vec![0]), "places of the side"),
        (first(|s| s.name = "x".repeat(121)), "at most 120"),
        (first(|s| s.name = " ".to_owned()), "no name"),
        (first(|s| s.name = "a\nb".to_owned()), "one line"),
        (first(|s| s.each_s = 60), "banks of all sides"),
        (
            first(|s| s.first_phase = "gone".to_owned()),
            "no phase \"gone\"",
        ),
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert_eq!(first(|s| s.owner = DECIDED.to_owned()), "");
    let banks = first(|s| {
        s.kind = Kind::Free;
        s.owner = BOTH.to_owned();
        s.each_s = 90;
    });
    assert_eq!(banks, "");
}

#[test]
fn bells_are_few_ordered_and_apart() {
    for (said, part) in [
        (
            first(|s| s.bells.insert(0, bell(0))),
            "0:00 would never ring",
        ),
        (first(|s| s.bells.push(bell(60))), "two bells at 1:00"),
        (first(|s| s.bells.push(bell(61))), "not in the order"),
        (first(|s| s.bells[0].rings = 61), "61 rings"),
        (first(|s| s.bells.push(bell(9999))), "more than an hour"),
        (first(|s| s.bells[0].phase = "gone".to_owned()), "no phase"),
        (
            first(|s| s.bells = (1..=65).map(bell).collect()),
            "65 bells",
        ),
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert_eq!(first(|s| s.bells.push(bell(195))), "");
}

#[test]
fn a_format_keeps_its_limits() {
    let many = |format: &mut Format, most: usize| {
        let segment = format.segments[0].clone();
        format.segments = vec![segment; most];
    };
    for (said, part) in [
        (says(|f| f.id = "My format".to_owned()), "the id is"),
        (says(|f| f.segments.clear()), "no segment"),
        (says(|f| many(f, 65)), "65 segments"),
        (says(|f| f.sides.truncate(1)), "one side alone"),
        (
            says(|f| f.sides[1].id = "proposition".to_owned()),
            "side 2: two sides",
        ),
        (
            says(|f| f.sides[0].id = BOTH.to_owned()),
            "cannot be a side's id",
        ),
        (says(|f| f.speakers = 13), "13 speakers"),
        (says(|f| f.bank_s = 99_999), "a bank holds"),
        (says(|f| f.points.length_s = 0), "0:05 to 5:00"),
        (says(|f| f.overtime.every_s = 1), "every 5 seconds"),
        (says(|f| f.overtime.rings = 61), "60 times"),
        (says(|f| f.source = "x".repeat(4001)), "4001 characters"),
        (
            says(|f| drop(f.names.insert("a language".to_owned(), "x".to_owned()))),
            "languages are written",
        ),
        (
            says(|f| f.phases.entry("late".to_owned()).or_default().colour = "red".to_owned()),
            "phase late: a colour",
        ),
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert_eq!(says(|f| many(f, 64)), "");
}
