//! Who meets whom in the next round, on which side, and who sits out. Owns the rules of a draw and its account; deterministic from a
//! seed and bounded in steps. Takes standings as points and ranks and knows no results; judges are allotted in `judges`.

mod assignment;
mod brackets;
mod chance;
mod four;
mod history;
mod judges;
mod pairing;
#[cfg(test)]
mod panels;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod rounds;
mod two;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use judges::{Allotment, DrawJudge, JudgeRules, Panel, allot_judges};

use chance::Chance;
use history::History;

/// More teams are not drawn at once.
pub const MOST_TEAMS: usize = 400;

/// How a round is drawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct DrawRules {
    /// Two or four, in the order of the sheet.
    pub sides: Vec<String>,
    pub method: DrawMethod,
    pub odd: OddBracket,
    /// Only those are pulled up who were so the fewest times.
    pub fewest_pull_ups: bool,
    pub pairing: Pairing,
    pub side_rule: SideRule,
    pub institutions: Institutions,
}

impl Default for DrawRules {
    fn default() -> Self {
        Self {
            sides: vec!["proposition".to_owned(), "opposition".to_owned()],
            method: DrawMethod::Random,
            odd: OddBracket::PullUpTop,
            fewest_pull_ups: false,
            pairing: Pairing::Slide,
            side_rule: SideRule::Balance,
            institutions: Institutions::Always,
        }
    }
}

/// By lot or by points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DrawMethod {
    #[default]
    Random,
    /// Those with as many points meet.
    Power,
}

/// What happens where a bracket has an odd number of teams.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum OddBracket {
    /// The best of the next bracket comes up.
    #[default]
    PullUpTop,
    /// The last of the next bracket comes up.
    PullUpBottom,
    PullUpRandom,
    /// The last of the odd bracket meets the best of the next, in a bracket between.
    Intermediate,
}

/// Who meets whom within a bracket of two-team debates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "BracketPairing")]
pub enum Pairing {
    /// The best against the last, the second against the last but one.
    Fold,
    /// The best of the upper half against the best of the lower.
    #[default]
    Slide,
    /// Neighbours.
    Adjacent,
    Random,
}

/// Who stands on which side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SideRule {
    Random,
    /// Who had fewer turns on a side gets it.
    #[default]
    Balance,
    /// As [`DrawTeam::side`] says.
    Preallocated,
}

/// How much teams of one school are kept apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Institutions {
    Ignore,
    /// As long as nobody has to leave a bracket for it.
    WithinBracket,
    #[default]
    Always,
}

/// A team that is there for the round.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(optional_fields)]
pub struct DrawTeam {
    pub team: String,
    /// Points so far: brackets are made of equal ones.
    pub points: i64,
    /// Place in the standings, from 1; equal ones are mixed by lot.
    pub rank: u32,
    pub institutions: Vec<String>,
    /// The side given beforehand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub side: Option<String>,
}

/// A team on a side.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Placed {
    pub side: String,
    pub team: String,
}

/// A debate of an earlier round; with one team: a bye.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct PastDebate {
    pub places: Vec<Placed>,
    pub judges: Vec<String>,
    pub pulled_up: Vec<String>,
}

/// A round, drawn.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(rename = "RoundDraw")]
pub struct Draw {
    /// The strongest bracket first.
    pub debates: Vec<DrawnDebate>,
    pub byes: Vec<String>,
    pub account: DrawAccount,
}

/// A debate of the drawn round.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct DrawnDebate {
    /// In the order of the sides.
    pub places: Vec<Placed>,
    /// The highest points in it.
    pub points: i64,
    /// Teams that came up from a lower bracket.
    pub pulled_up: Vec<String>,
    /// Pairs in it that met before.
    pub rematches: u16,
    /// Pairs of one institution.
    pub same_institution: u16,
}

/// What a draw reaches and what it does not, to be said to people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct DrawAccount {
    /// Pairs that met before.
    pub rematches: u16,
    pub same_institution: u16,
    /// Debates of teams from different brackets, pull-ups included.
    pub mixed_brackets: u16,
    /// Teams that sit out a second time.
    pub second_byes: u16,
    /// Teams on a side that they had more often than another.
    pub side_repeats: u16,
    /// Teams that could not have the side given beforehand.
    pub sides_not_kept: u16,
}

/// Why a round cannot be drawn.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Undrawable {
    #[error("a draw knows two or four sides")]
    SidesWrong {},
    #[error("{needed} teams are needed")]
    TooFew { needed: u16 },
    #[error("{most} teams at most")]
    TooMany { most: u16 },
    #[error("{team} is listed twice")]
    TeamTwice { team: String },
    #[error("{team} has no side given beforehand, or one that is none")]
    SideMissing { team: String },
}

/// Draws a round: everybody once, in a debate or with a bye.
///
/// # Errors
/// [`Undrawable`]: what is wrong with the rules or the teams.
pub fn draw(
    rules: &DrawRules,
    teams: &[DrawTeam],
    past: &[PastDebate],
    seed: u64,
) -> Result<Draw, Undrawable> {
    refuse(rules, teams)?;
    let history = History::of(rules, teams, past);
    let mut chance = Chance::new(seed);
    let order = order(rules, teams, &mut chance);
    let mut draw = match rules.sides.len() {
        2 => two::draw(rules, teams, &history, order, &mut chance),
        _ => four::draw(rules, teams, &history, order, &mut chance),
    };
    history::account(rules, teams, &history, &mut draw);
    Ok(draw)
}

fn refuse(rules: &DrawRules, teams: &[DrawTeam]) -> Result<(), Undrawable> {
    let sides: BTreeSet<&String> = rules.sides.iter().collect();
    if !matches!(rules.sides.len(), 2 | 4) || sides.len() != rules.sides.len() {
        return Err(Undrawable::SidesWrong {});
    }
    if teams.len() < rules.sides.len() {
        let needed = u16::try_from(rules.sides.len()).unwrap_or(0);
        return Err(Undrawable::TooFew { needed });
    }
    if teams.len() > MOST_TEAMS {
        let most = u16::try_from(MOST_TEAMS).unwrap_or(u16::MAX);
        return Err(Undrawable::TooMany { most });
    }
    let mut seen = BTreeSet::new();
    for team in teams {
        let name = || team.team.clone();
        if !seen.insert(&team.team) {
            return Err(Undrawable::TeamTwice { team: name() });
        }
        let given = team.side.as_ref().is_some_and(|side| sides.contains(side));
        if rules.side_rule == SideRule::Preallocated && !given {
            return Err(Undrawable::SideMissing { team: name() });
        }
    }
    Ok(())
}

/// The teams from the strongest to the weakest, equal ones by lot; in a random round all by lot.
fn order(rules: &DrawRules, teams: &[DrawTeam], chance: &mut Chance) -> Vec<usize> {
    let mut order: Vec<usize> = (0..teams.len()).collect();
    chance.shuffle(&mut order);
    if rules.method == DrawMethod::Power {
        order.sort_by_key(|at| (std::cmp::Reverse(teams[*at].points), teams[*at].rank));
    }
    order
}
