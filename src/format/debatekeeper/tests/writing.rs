//! Writing, and reading it again.

use super::*;
use crate::format::built_in;
use crate::format::debatekeeper::write;
use crate::format::model::Bell;
use crate::format::phases;

#[test]
fn every_built_in_format_comes_back_with_the_same_timeline_and_owners() {
    for format in built_in() {
        let (xml, _) = write(format);
        let (again, problems) = read(&xml);
        assert!(
            errors(&problems).is_empty(),
            "{}: {problems:?}\n{xml}",
            format.id
        );
        assert_eq!(whole(&again), whole(format), "{}", format.id);
        assert_eq!((&again.name, &again.names), (&format.name, &format.names));
        for (segment, was) in again.segments.iter().zip(&format.segments) {
            assert_eq!(segment.names, was.names);
        }
    }
}

#[test]
fn what_was_read_is_written_the_same_a_second_time() {
    for format in built_in() {
        let (once, _) = read(&write(format).0);
        let (twice, _) = read(&write(&once).0);
        assert_eq!(once, twice, "{}", format.id);
    }
}

#[test]
fn what_the_file_cannot_say_is_listed() {
    let format = built_in::built_in_by_id("school-mini").unwrap();
    let mut format = format.clone();
    format.segments[0].bells.push(Bell {
        at_s: 195,
        rings: 30,
        ..Bell::default()
    });
    format.segments[1].owner = "both".to_owned();
    format.audience_vote = true;
    let (xml, lost) = write(&format);
    let said: Vec<_> = lost.iter().map(|problem| problem.says.as_str()).collect();
    for part in [
        "bank of 2:00",
        "points of information are offered",
        "who may give it",
        "3:15, past the end",
        "audience votes",
        "of \"both\"",
    ] {
        assert!(
            said.iter().any(|says| says.contains(part)),
            "{part}: {said:#?}"
        );
    }
    assert!(lost.iter().all(|problem| !problem.is_error()));
    assert!(!xml.contains("3:15"));
}

#[test]
fn a_bell_that_opens_or_closes_points_by_itself_gets_a_period_for_it() {
    let mut format = Format {
        id: "x".to_owned(),
        name: "Points".to_owned(),
        phases: phases::built_in(),
        ..Format::default()
    };
    format.segments.push(Segment {
        name: "Speech".to_owned(),
        owner: "nobody".to_owned(),
        length_s: 300,
        bells: vec![
            Bell {
                at_s: 60,
                rings: 1,
                points: Some(true),
                ..Bell::default()
            },
            Bell {
                at_s: 240,
                rings: 1,
                points: Some(false),
                phase: phases::POINTS.to_owned(),
                ..Bell::default()
            },
            Bell {
                at_s: 300,
                rings: 2,
                ..Bell::default()
            },
        ],
        ..Segment::default()
    });
    let (xml, lost) = write(&format);
    let (again, problems) = read(&xml);
    assert!(errors(&problems).is_empty(), "{problems:?}");
    let points: Vec<_> = again.segments[0]
        .held_after(&again)
        .map(|(_, held)| held.points)
        .collect();
    assert_eq!(points, [true, false, false]);
    assert!(
        lost.iter()
            .any(|problem| problem.says.contains("normal.points")),
        "{lost:?}"
    );
}

#[test]
fn signs_that_mean_something_in_xml_survive() {
    let mut format = built_in::built_in_by_id("town-hall").unwrap().clone();
    format.name = "A < B & \"C\" > 'D'".to_owned();
    format.names.clear();
    let (again, _) = read(&write(&format).0);
    assert_eq!(again.name, format.name);
}

#[test]
fn a_file_in_one_language_that_is_not_english_keeps_it() {
    let text = file(
        "",
        "<speech-type ref=\"a\" length=\"60\"/>",
        "<speech type=\"a\"><name xml:lang=\"de\">Pro 1</name></speech>\n\
        <speech type=\"a\"><name xml:lang=\"de\">Kontra 1</name></speech>",
    )
    .replace("<name>Trap</name>", "<name xml:lang=\"de\">Falle</name>")
    .replace(
        "<info>",
        "<languages><language>de</language></languages><info>",
    );
    let (format, problems) = read(&text);
    assert_eq!(problems, []);
    assert_eq!(
        (format.name.as_str(), format.names["de"].as_str()),
        ("Falle", "Falle")
    );
    let (xml, _) = write(&format);
    assert!(
        xml.contains("<name xml:lang=\"de\">Falle</name>") && !xml.contains("\"en\""),
        "{xml}"
    );
    assert_eq!(
        read(&xml).0,
        Format {
            source: "Description: A trap\nVersion: 1".to_owned(),
            ..format
        }
    );
}
