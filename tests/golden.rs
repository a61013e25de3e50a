//! Journals that older builds wrote, replayed by this one: every fact is still read, and the views are what they were.
//! `tests/golden/v{n}.jsonl` is never edited; a new fact goes into a new one. `GOLDEN=write cargo test --test golden` writes
//! the views beside it anew, for when the views themselves were meant to change.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot read its golden files has nothing to say but where"
)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use openfloor::meeting::fact::{Author, Entry, Stamp};
use openfloor::meeting::ids::{DeviceId, MeetingId, Timestamp};
use openfloor::meeting::role::Actor;
use openfloor::meeting::state::Meeting;
use openfloor::view::{Audience, Presence, build, mine};
use serde_json::{Value, json};
use uuid::Uuid;

/// The journals, oldest first.
fn journals() -> Vec<PathBuf> {
    let mut found: Vec<_> = std::fs::read_dir("tests/golden")
        .unwrap()
        .map(|file| file.unwrap().path())
        .collect();
    found.retain(|path| path.extension().is_some_and(|ending| ending == "jsonl"));
    found.sort();
    found
}

fn lines(journal: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(journal).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn entry(line: &Value) -> Entry {
    Entry::decode(line["entry"].to_string().as_bytes()).unwrap()
}

fn stamp(line: &Value) -> Stamp {
    let device = line["device"]
        .as_str()
        .map(|device| DeviceId(Uuid::parse_str(device).unwrap()));
    Stamp {
        at: Timestamp(line["at"].as_i64().unwrap()),
        number: device.zip(line["n"].as_u64()),
    }
}

fn replayed(journal: &Path) -> Meeting {
    let mut meeting = Meeting::new(MeetingId(Uuid::nil()));
    for line in lines(journal) {
        meeting.apply(&stamp(&line), &entry(&line));
    }
    meeting
}

/// Everything that anybody sees of the meeting.
fn views(meeting: &Meeting) -> Value {
    let presence = Presence::default();
    let seen = |audience: Audience| build(meeting, &presence, &audience).to_value();
    let aliases = meeting
        .questions
        .values()
        .filter_map(|question| match question.author {
            Author::Alias(alias) => Some(Actor::Alias(alias)),
            Author::Seat(_) | Author::Nobody => None,
        });
    let people: BTreeSet<Actor> = meeting
        .seats
        .keys()
        .copied()
        .map(Actor::Seat)
        .chain(aliases)
        .collect();
    let mine: Value = people
        .into_iter()
        .map(|actor| (format!("{actor:?}"), mine(meeting, actor)))
        .collect();
    let groups = meeting.groups.keys();
    let groups: Value = groups
        .map(|group| (group.to_string(), seen(Audience::Group(group.0))))
        .collect();
    let chairs = meeting.agenda.keys().map(|activity| {
        let seen = seen(Audience::Chair(*activity));
        (activity.to_string(), seen)
    });
    let chairs: Value = chairs.filter(|(_, seen)| *seen != json!({})).collect();
    json!({
        "groups": groups,
        "chairs": chairs,
        "floor": seen(Audience::Floor),
        "desk": seen(Audience::Desk),
        "care": seen(Audience::Care),
        "concerns": seen(Audience::Concerns),
        "mine": mine,
    })
}

#[test]
fn every_golden_journal_replays_to_the_views_it_left() {
    for journal in journals() {
        let views = views(&replayed(&journal));
        let beside = journal.with_extension("views.json");
        if std::env::var("GOLDEN").is_ok_and(|wish| wish == "write") {
            std::fs::write(
                &beside,
                serde_json::to_string_pretty(&views).unwrap() + "\n",
            )
            .unwrap();
        }
        let left: Value = serde_json::from_str(&std::fs::read_to_string(&beside).unwrap()).unwrap();
        assert_eq!(views, left, "{}", journal.display());
    }
}

#[test]
fn no_fact_of_a_golden_journal_is_passed_over() {
    for journal in journals() {
        for line in lines(&journal) {
            assert_eq!(
                entry(&line).facts.len(),
                line["entry"]["facts"].as_array().unwrap().len(),
                "{line}"
            );
        }
    }
}

#[test]
fn every_kind_of_fact_stands_in_a_golden_journal() {
    let names = |source: &'static str, list: &str, before: &str| -> BTreeSet<String> {
        let list = source.split(list).nth(1).unwrap();
        let names = list.lines().filter_map(|line| {
            line.strip_prefix("    #[serde(rename = \"")?
                .strip_suffix("\")]")
        });
        names.map(|name| format!("{before}{name}")).collect()
    };
    let mut named = names(
        include_str!("../src/meeting/fact.rs"),
        "pub enum Fact {",
        "",
    );
    named.extend(names(
        include_str!("../src/meeting/groups/fact.rs"),
        "pub enum GroupFact {",
        "group.",
    ));
    named.extend(names(
        include_str!("../src/meeting/discussion/fact.rs"),
        "pub enum DiscussionFact {",
        "discussion.",
    ));
    named.extend(names(
        include_str!("../src/meeting/debate/fact.rs"),
        "pub enum DebateFact {",
        "debate.",
    ));
    let mut written = BTreeSet::new();
    for line in journals().iter().flat_map(|journal| lines(journal)) {
        for fact in line["entry"]["facts"].as_array().unwrap() {
            let fact = fact.as_object().unwrap();
            written.extend(fact.keys().cloned());
            for part in ["group", "discussion", "debate"] {
                if let Some(of_part) = fact.get(part).and_then(Value::as_object) {
                    written.extend(of_part.keys().map(|name| format!("{part}.{name}")));
                }
            }
        }
    }
    let missing: Vec<_> = named.difference(&written).collect();
    assert!(
        missing.is_empty(),
        "facts without a golden journal: {missing:?}"
    );
    assert!(named.len() > 90);
}

#[test]
fn what_was_applied_before_a_restart_is_known_after_it() {
    for journal in journals() {
        let meeting = replayed(&journal);
        for line in lines(&journal) {
            if let (Some((device, n)), Some(hash)) = (stamp(&line).number, entry(&line).hash) {
                assert_eq!(
                    meeting.marks.known(device, n, hash),
                    openfloor::meeting::marks::Known::Same
                );
            }
        }
    }
}
