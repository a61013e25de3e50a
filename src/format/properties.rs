//! What holds for every format: writing and reading gives it back, and no text whatever breaks a reader.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::{collection, option, sample};

use super::model::{Bell, Counts, Format, Kind, Overtime, Phase, Points, Segment, Side};
use super::{built_in, debatekeeper, file, phases};

/// Names with everything that means something in TOML or XML, and letters of three scripts.
fn name() -> impl Strategy<Value = String> {
    "[A-Za-zƏəĞğÇçЖжაბ\"'&<>#=\\[\\]{}\\\\ 0-9.,:-]{2,20}"
        .prop_map(|name| name.split_whitespace().collect::<Vec<_>>().join(" "))
        .prop_filter("two letters", |name| name.chars().count() >= 2)
}

fn names() -> impl Strategy<Value = BTreeMap<String, String>> {
    collection::btree_map(
        sample::select(vec!["az".to_owned(), "ru".to_owned()]),
        name(),
        0..3,
    )
}

fn phase() -> impl Strategy<Value = Phase> {
    (
        name(),
        names(),
        sample::select(vec!["", "#CCAA00", "#0C2F6E"]),
        any::<bool>(),
    )
        .prop_map(|(name, names, colour, points)| Phase {
            name,
            names,
            colour: colour.to_owned(),
            points,
        })
}

const PHASES: [&str; 6] = [
    "normal",
    "pois-allowed",
    "warning",
    "overtime",
    "own.one",
    "own-two",
];
const KINDS: [Kind; 8] = [
    Kind::Speech,
    Kind::Reply,
    Kind::Cross,
    Kind::Free,
    Kind::Preparation,
    Kind::Floor,
    Kind::Vote,
    Kind::Deliberation,
];

fn some_phase() -> impl Strategy<Value = String> {
    option::of(sample::select(PHASES.to_vec()))
        .prop_map(|phase| phase.unwrap_or_default().to_owned())
}

fn bells() -> impl Strategy<Value = Vec<Bell>> {
    let bell = (
        0..=60u8,
        any::<bool>(),
        some_phase(),
        option::of(any::<bool>()),
    );
    collection::btree_map(1..700u32, bell, 0..6).prop_map(|bells| {
        bells
            .into_iter()
            .map(|(at_s, (rings, pause, phase, points))| Bell {
                at_s,
                rings,
                pause,
                phase,
                points,
            })
            .collect()
    })
}

fn segment() -> impl Strategy<Value = Segment> {
    let owners = vec!["a", "b", "both", "nobody", "decided"];
    let parts = (
        name(),
        names(),
        sample::select(KINDS.to_vec()),
        sample::select(owners),
    );
    let rest = (
        0..=3u8,
        collection::vec(1..=3u8, 0..3),
        5..600u32,
        any::<bool>(),
        some_phase(),
        bells(),
    );
    (parts, rest).prop_map(
        |((name, names, kind, owner), (place, by, length, banks, first_phase, bells))| Segment {
            name,
            names,
            kind,
            owner: owner.to_owned(),
            place,
            by,
            length_s: if banks { length * 2 } else { length },
            each_s: if banks { length } else { 0 },
            first_phase,
            bells,
        },
    )
}

fn format() -> impl Strategy<Value = Format> {
    let own = (
        name(),
        names(),
        "[ -~]{0,60}",
        0..3600u32,
        any::<bool>(),
        any::<bool>(),
    );
    let offered = (
        any::<bool>(),
        5..60u16,
        1..60u16,
        0..60u16,
        prop_oneof![Just(0u16), 5..60u16],
        0..=60u8,
    );
    let parts = (
        option::of(segment()),
        collection::vec(phase(), 2),
        option::of(phase()),
        collection::vec(segment(), 1..6),
        names(),
    );
    (own, offered, parts).prop_map(
        |(own, offered, (preparation, own_phases, renamed, segments, side))| {
            let (name, names, source, bank_s, audience_vote, up) = own;
            let (from_seats, length_s, offer_s, first_s, every_s, rings) = offered;
            let mut phases = phases::built_in();
            for (id, phase) in ["own.one", "own-two"].into_iter().zip(own_phases) {
                phases.insert(id.to_owned(), phase);
            }
            if let Some(phase) = renamed {
                phases.insert("warning".to_owned(), phase);
            }
            Format {
                id: "any-1".to_owned(),
                name,
                names,
                source,
                sides: ["a", "b"]
                    .map(|id| Side {
                        id: id.to_owned(),
                        name: id.to_uppercase(),
                        names: side.clone(),
                    })
                    .into(),
                speakers: 3,
                counts: if up { Counts::Up } else { Counts::Down },
                preparation,
                bank_s,
                points: Points {
                    from_seats,
                    length_s,
                    offer_s,
                },
                overtime: Overtime {
                    first_s,
                    every_s,
                    rings,
                },
                phases,
                segments,
                audience_vote,
                scored_by: String::new(),
            }
        },
    )
}

/// A segment's names, its length, and its bells: second, rings, pause, points after it.
type Heard = (
    String,
    BTreeMap<String, String>,
    u32,
    Vec<(u32, u8, bool, bool)>,
);

/// What the XML can say of it, as it is after one trip: owners from names, bells up to the end, periods for points.
fn heard(format: &Format) -> Vec<Heard> {
    format
        .preparation
        .iter()
        .chain(&format.segments)
        .enumerate()
        .map(|(at, segment)| {
            let bells = segment
                .held_after(format)
                .filter(|(bell, _)| bell.at_s <= segment.length_s)
                .map(|(bell, held)| (bell.at_s, bell.rings, bell.pause, held.points))
                .collect();
            // The preparation has no name in the file.
            let named = format.preparation.is_none() || at > 0;
            let (name, names) = if named {
                (segment.name.clone(), segment.names.clone())
            } else {
                Default::default()
            };
            (name, names, segment.length_s, bells)
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn toml_gives_back_what_was_written(format in format()) {
        prop_assert_eq!(format.problems(), []);
        let text = file::write(&format);
        let (again, problems) = file::read(&text);
        prop_assert_eq!(problems, [], "{}", text);
        prop_assert_eq!(again, format, "{}", text);
    }

    #[test]
    fn json_gives_back_what_was_written(format in format()) {
        let text = serde_json::to_string(&format).unwrap();
        prop_assert_eq!(serde_json::from_str::<Format>(&text).unwrap(), format);
    }

    #[test]
    fn xml_keeps_the_timeline(format in format()) {
        let (xml, _) = debatekeeper::write(&format);
        let (once, problems) = debatekeeper::read(&xml);
        prop_assert!(problems.iter().all(|problem| !problem.is_error()), "{:?}\n{}", problems, xml);
        prop_assert_eq!(heard(&once), heard(&format), "{}", xml);
        // What came from a file goes there and back without any loss.
        let (xml, _) = debatekeeper::write(&once);
        let (twice, _) = debatekeeper::read(&xml);
        prop_assert_eq!(twice, once, "{}", xml);
    }

    #[test]
    fn no_text_breaks_a_reader(text in "\\PC{0,200}") {
        let _ = file::read(&text);
        let _ = debatekeeper::read(&text);
    }

    /// Files that are nearly right: a few bytes cut out or doubled.
    #[test]
    fn nearly_good_files_are_read_without_panic(which in 0..20usize, at in any::<sample::Index>(), cut in 0..30usize, double in any::<bool>()) {
        let format = &built_in()[which];
        for text in [file::write(format), debatekeeper::write(format).0] {
            let letters: Vec<char> = text.chars().collect();
            let from = at.index(letters.len());
            let to = (from + cut).min(letters.len());
            let mut broken: String = letters[..if double { to } else { from }].iter().collect();
            broken.extend(&letters[if double { from } else { to }..]);
            for (format, problems) in [file::read(&broken), debatekeeper::read(&broken)] {
                let lines = broken.lines().count() as u32 + 1;
                prop_assert!(problems.iter().all(|problem| problem.line <= lines));
                prop_assert!(!problems.is_empty() || format.problems().is_empty());
            }
        }
    }
}
