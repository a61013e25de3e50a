//! Why no plan exists: which rule cannot be met, with its figures. Owns the reasons and one plain English sentence for each;
//! the interface has its own words. People and tables are counted from 0 here and from 1 in the sentences.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A rule of a problem, by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// Some people sit together in every round.
    Together,
    /// Some people never sit at one table.
    Apart,
    /// Some people need a table without steps.
    StepFree,
    /// Some people have a table of their own: hosts, and those who sit already.
    Fixed,
}

impl Rule {
    fn words(self) -> &'static str {
        match self {
            Self::Together => "who sits together",
            Self::Apart => "who sits apart",
            Self::StepFree => "who needs a step-free table",
            Self::Fixed => "who has a fixed table",
        }
    }
}

/// Which rule cannot be met, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Impossible {
    /// There is no table.
    #[error("There is no table to sit at.")]
    NoTables {},
    /// There is no round.
    #[error("There is no round to plan.")]
    NoRounds {},
    /// More rounds than can be planned at once.
    #[error("{rounds} rounds are more than can be planned at once (at most {most}).")]
    TooManyRounds { rounds: u32, most: u32 },
    /// More people or tables than can be planned at once.
    #[error("{people} people are more than can be planned at once (at most {most}).")]
    TooManyPeople { people: u32, most: u32 },
    /// A rule names somebody who is not there.
    #[error("A rule names person {}, who is not there.", .person + 1)]
    NobodyThere { person: u32 },
    /// A person's table does not exist.
    #[error("Person {} is to sit at table {}, which does not exist.", .person + 1, .table + 1)]
    NoSuchTable { person: u32, table: u32 },
    /// More people than seats.
    #[error("{people} people are to sit down, and the tables have {places} places.")]
    TooFewPlaces { people: u32, places: u32 },
    /// People kept together are more than fit at any table open to them.
    #[error(
        "{people} people are to stay together, and the largest table they could have seats {places}."
    )]
    TogetherTooBig { people: u32, places: u32 },
    /// Two people are to sit together and apart.
    #[error("Person {} and person {} are to sit together and also apart.", .one + 1, .other + 1)]
    TogetherAndApart { one: u32, other: u32 },
    /// Two people kept together have different tables of their own.
    #[error("Person {} and person {} are to sit together, but have different fixed tables.", .one + 1, .other + 1)]
    TogetherAtTwoTables { one: u32, other: u32 },
    /// Two people kept apart have the same table of their own.
    #[error("Person {} and person {} are to sit apart, but both are fixed at table {}.", .one + 1, .other + 1, .table + 1)]
    ApartAtOneTable { one: u32, other: u32, table: u32 },
    /// More people to keep apart than tables.
    #[error("{people} people are all to sit apart, and there are only {tables} tables.")]
    TooManyApart { people: u32, tables: u32 },
    /// More people need a step-free table than such tables seat; whoever is kept together with them is counted.
    #[error(
        "{people} people need a step-free table (with those they stay together with), and such tables have {places} places."
    )]
    TooFewStepFree { people: u32, places: u32 },
    /// Somebody who needs a step-free table is fixed at one with steps.
    #[error("Person {} needs a step-free table, but is fixed at table {}, which has steps.", .person + 1, .table + 1)]
    FixedBehindSteps { person: u32, table: u32 },
    /// More people are fixed at a table than it seats.
    #[error("{people} people are fixed at table {}, which seats {places}.", .table + 1)]
    TableTooSmall {
        table: u32,
        people: u32,
        places: u32,
    },
    /// Each rule can be met alone, but no seating was found that meets all; without any one of `rules` there would be one.
    /// `proved`: all seatings were tried.
    #[error("{}", no_seating(.rules, *.proved))]
    NoSeating { rules: Vec<Rule>, proved: bool },
}

impl Impossible {
    /// The people whom the sentence names by number.
    #[must_use]
    pub fn people(&self) -> Vec<u32> {
        match self {
            Self::NobodyThere { person }
            | Self::NoSuchTable { person, .. }
            | Self::FixedBehindSteps { person, .. } => vec![*person],
            Self::TogetherAndApart { one, other }
            | Self::TogetherAtTwoTables { one, other }
            | Self::ApartAtOneTable { one, other, .. } => vec![*one, *other],
            _ => Vec::new(),
        }
    }
}

fn no_seating(rules: &[Rule], proved: bool) -> String {
    let words: Vec<_> = rules.iter().map(|rule| rule.words()).collect();
    let which = if words.is_empty() {
        "all the rules".to_owned()
    } else {
        words.join(" and ")
    };
    if proved {
        format!("No seating meets the rules about {which} at the same time.")
    } else {
        format!("No seating was found that meets the rules about {which} at the same time.")
    }
}
