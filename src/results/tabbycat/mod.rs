//! Rounds from Tabbycat and ballots to it, in the shape of its API v1 as JSON files. Owns that shape; the hyperlinks of the API are
//! the ids here. Talks to no server: somebody fetches the files and posts the ballots.

mod ballots;
mod pull;
mod reading;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use ballots::{Confirmed, ballot_body};
pub use pull::pull;
pub use reading::{TabError, TabProblem};

use super::ballot::{Bout, BoutSide, Judge, Stage};
use super::draw::Placed;

/// A round as Tabbycat has it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct TabRound {
    pub name: String,
    pub seq: u32,
    pub stage: Stage,
    pub motions: Vec<TabMotion>,
    pub venues: Vec<TabVenue>,
    pub teams: Vec<TabTeam>,
    pub judges: Vec<TabJudge>,
    pub pairings: Vec<TabPairing>,
    /// Teams that sit out.
    pub byes: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct TabMotion {
    pub url: String,
    /// A short name.
    pub reference: String,
    pub text: String,
    pub info_slide: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct TabVenue {
    pub url: String,
    pub name: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct TabTeam {
    pub url: String,
    pub name: String,
    /// Its own, and those it must not be judged by.
    pub institutions: Vec<String>,
    pub speakers: Vec<TabSpeaker>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct TabSpeaker {
    pub url: String,
    pub name: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct TabJudge {
    pub url: String,
    pub name: String,
    /// In hundredths; 0 where it is not public.
    pub score: i64,
    pub institutions: Vec<String>,
    /// Teams, institutions, and judges that must not be met.
    pub may_not: Vec<String>,
    pub trainee: bool,
}

/// A debate of the round.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(optional_fields)]
pub struct TabPairing {
    pub url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub venue: Option<String>,
    /// In the order of the sides.
    pub places: Vec<Placed>,
    pub judges: Vec<Judge>,
    /// Sides are known; otherwise they are drawn in the hall and confirmed on the ballot.
    pub sides_confirmed: bool,
}

impl TabRound {
    /// A debate of it, ready to be judged.
    #[must_use]
    pub fn bout(&self, pairing: &TabPairing) -> Bout {
        let side = |placed: &Placed| {
            let team = self.teams.iter().find(|team| team.url == placed.team);
            let speakers = team
                .map(|team| team.speakers.as_slice())
                .unwrap_or_default();
            BoutSide {
                side: placed.side.clone(),
                team: placed.team.clone(),
                speakers: speakers.iter().map(|speaker| speaker.url.clone()).collect(),
            }
        };
        Bout {
            sides: pairing.places.iter().map(side).collect(),
            judges: pairing.judges.clone(),
            stage: self.stage,
            sides_to_confirm: !pairing.sides_confirmed,
        }
    }
}

/// Tabbycat's names of the sides of a debate of two or of four.
fn side_names(sides: usize) -> &'static [&'static str] {
    match sides {
        4 => &["og", "oo", "cg", "co"],
        _ => &["aff", "neg"],
    }
}
