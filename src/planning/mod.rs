//! Who sits at which table in which round: mixed with care, and nobody with the same person twice where that can be.
//! PURE and deterministic: the seed comes in, the work is bounded in steps. Knows people and tables by number alone.
//!
//! `rules` finds contradictions, `seating` finds a first seating, `design` knows the closed formulas, `search` improves,
//! `account` says in plain terms what was reached.

mod account;
mod chance;
mod design;
mod exchange;
mod field;
mod impossible;
mod late;
mod rules;
mod search;
mod seating;
mod state;
mod weights;

#[cfg(test)]
mod gates;
#[cfg(test)]
mod properties;

pub use account::{Reached, account};
pub use impossible::{Impossible, Rule};
pub use late::{Late, place_late};

use chance::Chance;
use rules::Rules;
use state::Hall;

/// The most people that are planned at once.
pub const MOST_PEOPLE: u32 = 5000;
/// The most rounds that are planned at once.
pub const MOST_ROUNDS: u32 = 100;

/// Somebody to be seated.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Person {
    /// What is known of them and matters for mixing.
    pub tags: Vec<u16>,
    /// What they speak; empty: not known, and then nothing is assumed.
    pub languages: Vec<u16>,
    /// Needs a table without steps.
    pub step_free: bool,
    /// Stays at this table in every round.
    pub host: Option<u32>,
    /// Sits here in the first round already, and is not moved in it.
    pub at: Option<u32>,
}

/// A table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// Can be reached without steps.
    pub step_free: bool,
    /// How many it seats, if that is fewer than its share.
    pub most: Option<u32>,
}

/// How long to look, in steps of work and not in time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Effort {
    /// At most 150 ms for 300 people.
    #[default]
    Quick,
    /// About 2 s for 300 people.
    Thorough,
}

/// What is to be planned. People and tables are named by their place in the lists.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Problem {
    pub people: Vec<Person>,
    pub tables: Vec<Table>,
    pub rounds: u32,
    /// Each set sits at one table in every round. Sets that share somebody are one set.
    pub together: Vec<Vec<u32>>,
    /// No two of a set ever sit at one table.
    pub apart: Vec<Vec<u32>>,
    /// Pairs that have met before; meeting again counts as a repeat.
    pub met: Vec<(u32, u32)>,
    /// Tags to spread, each in proportion to the hall. Of every *other* tag, nobody shall be the only one at a table.
    pub balance: Vec<u16>,
    pub seed: u64,
    pub effort: Effort,
    /// Whether to mix with care; if not, a plain draw that obeys the rules.
    pub balanced: bool,
}

/// A plan and what it reaches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Round, table, people in ascending order.
    pub rounds: Vec<Vec<Vec<u32>>>,
    /// For every pair its meetings beyond the first, added up; a pair of `met` has met once before.
    pub repeats: u32,
    /// What was reached, in terms the interface can say.
    pub account: Vec<Reached>,
}

/// Plans all rounds. Sizes differ by at most one unless places or fixed seats forbid it; the rules always hold.
///
/// # Errors
/// Which rule cannot be met.
pub fn plan(problem: &Problem) -> Result<Plan, Impossible> {
    let rules = Rules::of(problem)?;
    let mut rounds = design::of(problem, &rules);
    if rounds.len() < rules.rounds {
        let mut chance = Chance::new(problem.seed);
        let met = problem.balanced.then(|| state::met_before(problem));
        rounds = seating::all_rounds(&rules, rounds, met, &mut chance)?;
        if problem.balanced {
            let hall = Hall::new(problem, &rules, &rounds);
            rounds = search::improve(hall, problem.effort, &mut chance);
        }
    }
    let rounds = ordered(rounds);
    Ok(Plan {
        repeats: account::repeats(problem, &rounds),
        account: account(problem, &rounds),
        rounds,
    })
}

fn ordered(rounds: Vec<Vec<Vec<u32>>>) -> Vec<Vec<Vec<u32>>> {
    let sorted = |mut table: Vec<u32>| {
        table.sort_unstable();
        table
    };
    rounds
        .into_iter()
        .map(|round| round.into_iter().map(sorted).collect())
        .collect()
}
