//! A plan in words, and as JSON. English alone: the interface has its own words for what was reached.

use std::fmt::Write as _;

use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::planning::{Plan, Problem, Reached};

use super::list::{List, Named};

#[derive(Serialize)]
struct Said<'a> {
    rounds: Vec<Vec<Vec<&'a Named>>>,
    repeats: u32,
    /// Of each spread tag: the fewest and most at any table.
    balance: Map<String, Value>,
    ms: u64,
    seed: u64,
    account: &'a [Reached],
    /// The words of the numbers in `account`.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    tags: &'a [String],
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    languages: &'a [String],
}

/// One line of JSON.
pub fn json(list: &List, problem: &Problem, plan: &Plan, ms: u64) -> String {
    let spread = plan.account.iter().filter_map(|reached| match reached {
        Reached::Spread { tag, least, most } => Some((
            list.tags.get(usize::from(*tag))?.clone(),
            json!({ "least": least, "most": most }),
        )),
        _ => None,
    });
    let said = Said {
        rounds: named(list, plan),
        repeats: plan.repeats,
        balance: spread.collect(),
        ms,
        seed: problem.seed,
        account: &plan.account,
        tags: &list.tags,
        languages: &list.languages,
    };
    // Strings, numbers and lists always have a JSON form.
    serde_json::to_string(&said).unwrap_or_default()
}

fn named<'a>(list: &'a List, plan: &Plan) -> Vec<Vec<Vec<&'a Named>>> {
    let table = |table: &Vec<u32>| {
        table
            .iter()
            .filter_map(|person| list.names.get(*person as usize))
            .collect()
    };
    plan.rounds
        .iter()
        .map(|round| round.iter().map(table).collect())
        .collect()
}

/// The plan to read, and what it reaches.
pub fn text(list: &List, plan: &Plan) -> String {
    let mut text = String::new();
    for (round, tables) in named(list, plan).iter().enumerate() {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "Round {}", round + 1);
        for (table, people) in tables.iter().enumerate() {
            let words: Vec<_> = people.iter().map(|name| word(name)).collect();
            let _ = writeln!(text, "  Table {}: {}", table + 1, words.join(", "));
        }
        text.push('\n');
    }
    for reached in &plan.account {
        let _ = writeln!(text, "{}", sentence(list, reached));
    }
    text.trim_end().to_owned()
}

fn word(name: &Named) -> String {
    match name {
        Named::Number(number) => number.to_string(),
        Named::Word(word) => word.clone(),
    }
}

fn sentence(list: &List, reached: &Reached) -> String {
    let tag = |tag: &u16| {
        list.tags
            .get(usize::from(*tag))
            .cloned()
            .unwrap_or_default()
    };
    match reached {
        Reached::Sizes {
            least,
            most,
            even: true,
        } => format!("Tables have {} people.", range(*least, *most)),
        Reached::Sizes { least, most, .. } => {
            format!(
                "Tables have {} people: places and fixed seats allow no closer.",
                range(*least, *most)
            )
        }
        Reached::NobodyMeetsTwice {} => "Nobody meets the same person twice.".to_owned(),
        Reached::MeetAgain { times, pairs } => {
            format!("{pairs} pairs meet again, {times} times in all.")
        }
        Reached::MeetByRule { times } => {
            format!("{times} more meetings come from people who stay together or host one table.")
        }
        Reached::Spread {
            tag: number,
            least,
            most,
        } => {
            format!(
                "Every table has {} with “{}”.",
                range(*least, *most),
                tag(number)
            )
        }
        Reached::Missing {
            tag: number,
            sittings,
            of,
        } => {
            format!(
                "{sittings} of {of} tables have nobody with “{}”.",
                tag(number)
            )
        }
        Reached::NobodyAlone {} => {
            "Nobody is the only one of a tag or a language at a table.".to_owned()
        }
        Reached::AloneWithTag {
            tag: number,
            sittings,
            of,
        } => {
            format!(
                "At {sittings} of {of} tables somebody is the only one with “{}”.",
                tag(number)
            )
        }
        Reached::CutOff { sittings, of } => {
            format!("At {sittings} of {of} tables somebody shares no language with anybody.")
        }
        Reached::OnlySpeaker {
            language,
            sittings,
            of,
        } => {
            let word = list
                .languages
                .get(usize::from(*language))
                .map_or("", String::as_str);
            format!("At {sittings} of {of} tables there is only one speaker of “{word}”.")
        }
        Reached::SharedLanguage { sittings, of } => {
            format!("At {sittings} of {of} tables everyone has a language in common.")
        }
        Reached::NoTableTwice {} => "No traveller visits a table twice.".to_owned(),
        Reached::TableAgain { times } => {
            format!("Travellers come back to a table {times} times in all.")
        }
        Reached::Together { sets } => format!("Kept together: {sets} of {sets} sets."),
        Reached::Apart { sets } => format!("Kept apart: {sets} of {sets} sets."),
        Reached::StepFree { people } => {
            format!("Step-free tables: {people} of {people} people who need one.")
        }
        Reached::Hosts { people } => format!("{people} hosts keep their table."),
    }
}

fn range(least: u32, most: u32) -> String {
    if least == most {
        least.to_string()
    } else {
        format!("{least}–{most}")
    }
}
