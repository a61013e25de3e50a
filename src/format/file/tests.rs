//! The language as a person meets it: what may be written, what is said about mistakes, and that writing gives it back.

use super::*;
use crate::format::model::{Bell, Kind};
use crate::format::problem::Problem;

const SMALL: &str = r#"
id = "small"
name = "Small"
sides = ["proposition", "opposition"]
preparation = "15:00"
bank = "2:00"

[phases.warning]
name = "Last minute"

[kinds.speech]
length = "7:00"
bells = [
  { at = "1:00", phase = "pois-allowed" },
  { at = "-1:00", phase = "warning" },
  { at = "end", rings = 2, phase = "overtime" },
  "+0:15 x30",
]

[[segments]]
side = "proposition"
place = 1

[[segments]]
side = "opposition"
place = 1
length = 300

[[segments]]
kind = "free"
name = "Free debate"
each = "3:00"
bells = ["end x2"]

[[segments]]
kind = "reply"
side = "opposition"
name = "Reply"
length = "2:00"
by = [1, 2]
"#;

fn errors(text: &str) -> Vec<(u32, String)> {
    let (_, problems) = read(text);
    problems
        .into_iter()
        .filter(Problem::is_error)
        .map(|problem| (problem.line, problem.says))
        .collect()
}

fn seconds(bells: &[Bell]) -> Vec<u32> {
    bells.iter().map(|bell| bell.at_s).collect()
}

#[test]
fn bells_stand_from_the_start_to_the_end_and_past_the_end() {
    let (format, problems) = read(SMALL);
    assert_eq!(problems, [], "{problems:?}");
    assert_eq!(format.speakers, 2);
    assert_eq!(seconds(&format.segments[0].bells), [60, 360, 420, 435]);
    assert_eq!(seconds(&format.segments[1].bells), [60, 240, 300, 315]);
    assert_eq!(format.segments[0].bells[3].rings, 30);
    assert_eq!(format.segments[0].name, "First proposition speech");
    assert_eq!(format.preparation.as_ref().unwrap().length_s, 900);
    assert_eq!(format.bank_s, 120);
}

#[test]
fn a_free_debate_has_a_bank_for_each_side() {
    let (format, _) = read(SMALL);
    let free = &format.segments[2];
    assert_eq!(
        (free.kind, free.each_s, free.length_s),
        (Kind::Free, 180, 360)
    );
    assert_eq!(free.owner, "both");
    assert_eq!(seconds(&free.bells), [360]);
}

#[test]
fn mistakes_are_said_with_their_lines_and_the_rest_is_read() {
    let text = r#"id = "x"
name = "X"
sides = ["proposition", "opposition"]
colour = "red"
bank = "soon"

[kinds.speech]
length = "7:00"
bells = [
  "1:00",
  "8:00",
  { at = "-1:00", phase = "green" },
  { at = "6:00" },
  "0:00",
  { at = "end", rings = 61 },
  "ten past",
]

[[segments]]
side = "proposition"
place = 1

[[segments]]
side = "government"

[[segments]]
name = "Without end"
kind = "reply"
side = "opposition"

[[segments]]
name = "Whose"

[[segments]]
side = "opposition"
kind = "speach"
length = "2:00"
"#;
    let (format, problems) = read(text);
    let at: Vec<u32> = problems.iter().map(|problem| problem.line).collect();
    let says = |line: u32, part: &str| {
        assert!(
            problems
                .iter()
                .any(|problem| problem.line == line && problem.says.contains(part)),
            "{line} {part}: {problems:#?}"
        );
    };
    assert!(at.is_sorted());
    says(4, "`colour` means nothing here");
    says(5, "`bank` must be a time");
    says(11, "past the end");
    says(12, "no phase \"green\"");
    says(13, "two bells at 6:00");
    says(14, "0:00 would never ring");
    says(15, "from 0 to 60");
    says(16, "no bell");
    says(24, "no side \"government\"");
    says(26, "has no length");
    says(31, "whose it is");
    says(36, "[kinds.speach]");
    assert_eq!(format.segments.len(), 4);
    assert_eq!(seconds(&format.segments[0].bells), [60, 360, 420]);
    assert_eq!(format.problems(), []);
}

#[test]
fn broken_toml_gives_its_line_and_what_was_sound() {
    let text = "id = \"x\"\nname = \"X\"\nsides = [\"a\", \"b\"]\nbank = = 3\n\n[[segments]]\nside = \"a\"\nlength = \"2:00\"\n";
    let (format, problems) = read(text);
    assert!(
        problems.iter().any(|problem| problem.line == 4),
        "{problems:?}"
    );
    assert_eq!((format.name.as_str(), format.segments.len()), ("X", 1));
}

#[test]
fn an_empty_file_is_told_what_it_lacks() {
    let said = errors("");
    assert!(
        said.iter().any(|(_, says)| says.contains("no name")),
        "{said:?}"
    );
    assert!(said.iter().any(|(_, says)| says.contains("no segment")));
}

#[test]
fn what_segments_share_is_written_once() {
    let (format, _) = read(SMALL);
    let text = write(&format);
    assert_eq!(text.matches("[kinds.").count(), 4, "{text}");
    assert!(text.contains("{ at = \"+0:15\", rings = 30 }"), "{text}");
    assert_eq!(read(&text), (format, Vec::new()));
}
