//! The files as Debatekeeper understands them: a test for each of its habits, and the way there and back.

mod first;
mod second;
mod whose;
mod writing;

use super::read;
use crate::format::model::{Format, Segment};
use crate::format::problem::Problem;
use crate::format::times::clock;

/// A file of schema 2.2 around the parts in question.
fn file(periods: &str, types: &str, speeches: &str) -> String {
    format!(
        "<debate-format schema-version=\"2.2\">\n<name>Trap</name>\n<version>1</version>\n\
         <info><description>A trap</description></info>\n{periods}\n<speech-types>\n{types}\n</speech-types>\n\
         <speeches>\n{speeches}\n</speeches>\n</debate-format>\n"
    )
}

/// One speech of one type with the bells in question.
fn bells(bells: &str) -> (Segment, Vec<Problem>) {
    let types = format!(
        "<speech-type ref=\"all\" length=\"7:00\" first-period=\"normal\">\n{bells}\n</speech-type>"
    );
    let speeches = "<speech type=\"all\"><name>1st Affirmative</name></speech>\n\
                    <speech type=\"all\"><name>1st Negative</name></speech>";
    let (format, problems) = read(&file("", &types, speeches));
    (format.segments[0].clone(), problems)
}

fn says(problems: &[Problem], line: u32, part: &str) {
    assert!(
        problems
            .iter()
            .any(|problem| problem.line == line && problem.says.contains(part)),
        "nothing in line {line} says {part:?}: {problems:#?}"
    );
}

fn errors(problems: &[Problem]) -> Vec<&Problem> {
    problems
        .iter()
        .filter(|problem| problem.is_error())
        .collect()
}

/// What happens when, as text: `0:00 normal, 1:00×1 pois-allowed +points`.
fn timeline(format: &Format, segment: &Segment) -> String {
    let mut text = format!("0:00 {}", segment.first(format).phase);
    for (bell, held) in segment.held_after(format) {
        let points = if held.points { " +points" } else { "" };
        let pause = if bell.pause { " pause" } else { "" };
        text += &format!(
            ", {}×{} {}{points}{pause}",
            clock(bell.at_s),
            bell.rings,
            held.phase
        );
    }
    text
}

/// The whole debate, as text: what a round trip must keep.
fn whole(format: &Format) -> Vec<String> {
    format
        .preparation
        .iter()
        .chain(&format.segments)
        .map(|segment| {
            let length = clock(segment.length_s);
            format!(
                "{} [{}] {length}: {}",
                segment.name,
                segment.owner,
                timeline(format, segment)
            )
        })
        .collect()
}
