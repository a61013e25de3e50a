//! The formats that come with the server, written as anybody would write one (formats/*.toml). Owns the list alone.

use std::sync::LazyLock;

use super::file;
use super::model::Format;
use super::words::translate;

/// In the order they are offered.
const FILES: &[&str] = &[
    include_str!("../../formats/school-mini.toml"),
    include_str!("../../formats/world-schools.toml"),
    include_str!("../../formats/world-schools-4.toml"),
    include_str!("../../formats/karl-popper.toml"),
    include_str!("../../formats/karl-popper-4.toml"),
    include_str!("../../formats/british-parliamentary.toml"),
    include_str!("../../formats/british-parliamentary-5.toml"),
    include_str!("../../formats/oxford.toml"),
    include_str!("../../formats/jugend-debattiert.toml"),
    include_str!("../../formats/jugend-debattiert-6.toml"),
    include_str!("../../formats/polish-oxford.toml"),
    include_str!("../../formats/australs.toml"),
    include_str!("../../formats/asian.toml"),
    include_str!("../../formats/lincoln-douglas.toml"),
    include_str!("../../formats/public-forum.toml"),
    include_str!("../../formats/policy.toml"),
    include_str!("../../formats/american.toml"),
    include_str!("../../formats/canadian.toml"),
    include_str!("../../formats/fishbowl.toml"),
    include_str!("../../formats/town-hall.toml"),
];

static ALL: LazyLock<Vec<Format>> = LazyLock::new(|| {
    FILES
        .iter()
        .map(|text| {
            let (mut format, _) = file::read(text);
            translate(&mut format);
            format
        })
        .collect()
});

/// The formats that come with the server, read once.
#[must_use]
pub fn built_in() -> &'static [Format] {
    &ALL
}

/// One of them.
#[must_use]
pub fn built_in_by_id(id: &str) -> Option<&'static Format> {
    built_in().iter().find(|format| format.id == id)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::format::check::{BOTH, DECIDED, NOBODY};
    use crate::format::model::Kind;
    use crate::format::times::clock;

    #[test]
    fn every_built_in_format_reads_without_a_problem_and_can_run() {
        for text in FILES {
            let (format, problems) = file::read(text);
            assert_eq!(problems, [], "{}: {problems:?}", format.id);
            assert_eq!(format.problems(), []);
            assert!(!format.source.is_empty(), "{}", format.id);
            assert!(!format.source.contains('\n'), "{}", format.id);
        }
        let ids: BTreeSet<_> = built_in().iter().map(|format| &format.id).collect();
        assert_eq!(ids.len(), FILES.len());
        assert_eq!(built_in_by_id("world-schools").unwrap().speakers, 3);
        assert_eq!(built_in_by_id("nowhere"), None);
    }

    #[test]
    fn halls_read_every_name_in_azerbaijani_and_russian() {
        let both = |name: &str, names: &std::collections::BTreeMap<String, String>| {
            assert!(
                name.is_empty() || (names.contains_key("az") && names.contains_key("ru")),
                "{name:?} has no translation"
            );
        };
        for format in built_in() {
            both(&format.name, &format.names);
            for side in &format.sides {
                both(&side.name, &side.names);
            }
            for phase in format.phases.values() {
                both(&phase.name, &phase.names);
            }
            for segment in format.segments.iter().chain(&format.preparation) {
                both(&segment.name, &segment.names);
            }
        }
    }

    #[test]
    fn writing_a_built_in_format_and_reading_it_gives_it_back() {
        for format in built_in() {
            let (again, problems) = file::read(&file::write(format));
            assert_eq!(problems, [], "{problems:?}");
            assert_eq!(&again, format);
        }
    }

    /// The sums of the lengths of reference sheets: speeches and replies, without preparation.
    #[test]
    fn they_take_as_long_as_their_rules_say() {
        let expected = [
            ("school-mini", "16:00"),     // 4×3 + 2×2
            ("world-schools", "56:00"),   // 6×8 + 2×4
            ("world-schools-4", "28:00"), // 6×4 + 2×2
            ("karl-popper", "44:00"),     // 2×6 + 4×5 + 4×3
            ("karl-popper-4", "44:00"),
            ("british-parliamentary", "56:00"),   // 8×7
            ("british-parliamentary-5", "40:00"), // 8×5
            ("oxford", "59:00"),                  // 2×1 + 4×6 + 10 + 15 + 4×2
            ("jugend-debattiert", "24:00"),       // 4×2 + 12 + 4×1
            ("jugend-debattiert-6", "18:00"),     // 4×2 + 6 + 4×1
            ("polish-oxford", "40:00"),           // 8×5
            ("australs", "56:00"),                // 6×8 + 2×4
            ("asian", "50:00"),                   // 6×7 + 2×4
            ("lincoln-douglas", "32:00"),         // 6+3+7+3+4+6+3
            ("public-forum", "35:00"),            // 4×4 + 3 + 3 + 2×3 + 3 + 2×2
            ("policy", "64:00"),                  // 4×8 + 4×3 + 4×5
            ("american", "40:00"),                // 7+8+8+8+4+5
            ("canadian", "34:00"),                // 7+7+7+10+3
            ("fishbowl", "75:00"),                // 5 + 3×20 + 10
            ("town-hall", "60:00"),               // 5 + 10 + 40 + 5
        ];
        let totals: Vec<_> = built_in()
            .iter()
            .map(|format| (format.id.as_str(), clock(format.total_s())))
            .collect();
        let expected: Vec<_> = expected.map(|(id, total)| (id, total.to_owned())).into();
        assert_eq!(totals, expected);
    }

    #[test]
    fn replies_come_in_reversed_order_and_not_from_the_last_speaker() {
        for id in [
            "world-schools",
            "world-schools-4",
            "australs",
            "asian",
            "school-mini",
        ] {
            let format = built_in_by_id(id).unwrap();
            let replies: Vec<_> = format
                .segments
                .iter()
                .filter(|segment| segment.kind == Kind::Reply)
                .collect();
            assert_eq!(replies.len(), 2);
            assert_eq!(replies[0].owner, format.sides[1].id);
            assert_eq!(replies[1].owner, format.sides[0].id);
            assert!(replies.iter().all(|reply| reply.by == [1, 2]));
            assert!(
                replies
                    .iter()
                    .all(|reply| (0..reply.length_s).all(|s| !reply.phase_at(format, s).points))
            );
        }
    }

    #[test]
    fn points_are_open_exactly_where_the_rules_open_them() {
        for (id, opens, closes) in [
            ("british-parliamentary", 60, 360),
            ("british-parliamentary-5", 60, 240),
            ("world-schools", 60, 420),
            ("asian", 60, 360),
            ("polish-oxford", 60, 300),
            ("school-mini", 60, 120),
            ("american", 60, 360),
        ] {
            let format = built_in_by_id(id).unwrap();
            let open: Vec<_> = (0..900)
                .filter(|second| format.segments[0].phase_at(format, *second).points)
                .collect();
            assert_eq!((open[0], open[open.len() - 1] + 1), (opens, closes), "{id}");
        }
        let australs = built_in_by_id("australs").unwrap();
        assert!(
            australs
                .segments
                .iter()
                .all(|segment| (0..480).all(|s| !segment.phase_at(australs, s).points))
        );
    }

    #[test]
    fn what_is_nobodys_or_everybodys_is_so_in_formats_without_sides_too() {
        for id in ["fishbowl", "town-hall"] {
            let format = built_in_by_id(id).unwrap();
            assert!(format.sides.is_empty());
            assert!(
                format
                    .segments
                    .iter()
                    .all(|segment| segment.owner == NOBODY)
            );
        }
        for format in built_in() {
            assert!(
                format
                    .segments
                    .iter()
                    .all(|segment| segment.owner != DECIDED)
            );
            let talks = [Kind::Cross, Kind::Free];
            assert!(
                format
                    .segments
                    .iter()
                    .all(|segment| talks.contains(&segment.kind) == (segment.owner == BOTH))
            );
        }
    }

    #[test]
    fn the_examples_of_the_documentation_are_sound() {
        let page = include_str!("../../docs/FORMATS.md");
        let block = |heading: &str| {
            let rest = page.split(heading).nth(1).unwrap();
            let block = rest.split("```toml").nth(1).unwrap();
            block.split("```").next().unwrap().to_owned()
        };
        let whole = block("## A whole format");
        let (format, problems) = file::read(&whole);
        assert_eq!(problems, [], "{problems:?}");
        assert_eq!((format.segments.len(), format.segments[3].by.len()), (4, 2));
        let bells = block("## Bells");
        let text = whole.replace("bells = [\"-1:00\", \"end x2\"]", &bells);
        let (format, problems) =
            file::read(&text.replace("length = \"3:00\"", "length = \"7:00\""));
        assert_eq!(problems, [], "{problems:?}");
        assert_eq!(format.segments[3].bells.len(), 7);
        let parts = format!(
            "{whole}\n[phases.rebuttal-time]\nname = \"Rebuttal time\"\n{}",
            block("## Points of information")
        );
        assert_eq!(file::read(&parts).1, []);
    }
}
