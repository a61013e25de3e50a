//! Who judges what: the best judges lead the most important debates, nobody judges whom they may not, and nobody hears a team twice
//! while that is possible. Owns the weights; one assignment over all places of the round.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::assignment::assign;
use super::{DrawTeam, DrawnDebate, PastDebate};

/// A place that stays empty rather than be taken by who may not.
const NEVER: i64 = 10_000_000_000_000_000;
const AGAIN: i64 = 1_000_000_000_000;
/// A place down the list of judges: the best have places before any other has one.
const BEHIND: i64 = 1_000_000;
/// Standings further apart than this are alike far.
const LEAST_LIKE: usize = 500;
/// Judges who may not sit together leave places that are filled again.
const PASSES: usize = 3;

/// A judge who is there for the round.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct DrawJudge {
    pub id: String,
    /// The more, the better; judges with equal scores stand as listed.
    pub score: i64,
    pub institutions: Vec<String>,
    /// Teams, institutions, and judges that this judge must not meet, as declared.
    pub may_not: Vec<String>,
    pub may_chair: bool,
    /// Learns: sits beside a panel and has no vote.
    pub trainee: bool,
}

/// How panels are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct JudgeRules {
    /// Judges on a panel where there are enough; an even number is read as one less.
    pub panel: u8,
}

impl Default for JudgeRules {
    fn default() -> Self {
        Self { panel: 3 }
    }
}

/// Who judges a debate.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(rename = "DrawnPanel")]
#[ts(optional_fields)]
pub struct Panel {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chair: Option<String>,
    pub panellists: Vec<String>,
    pub trainees: Vec<String>,
}

/// All panels of a round.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Allotment {
    /// In the order of the debates.
    pub panels: Vec<Panel>,
    /// Judges without a place.
    pub unused: Vec<String>,
    /// Debates that nobody leads.
    pub without_chair: u16,
    /// Times that a judge hears a team again.
    pub heard_again: u16,
}

/// Allots judges to debates, the most important first.
#[must_use]
pub fn allot_judges(
    rules: JudgeRules,
    debates: &[DrawnDebate],
    teams: &[DrawTeam],
    judges: &[DrawJudge],
    past: &[PastDebate],
) -> Allotment {
    let hall = Hall::of(debates, teams, judges, past);
    let mut voting: Vec<&DrawJudge> = judges.iter().filter(|judge| !judge.trainee).collect();
    voting.sort_by_key(|judge| std::cmp::Reverse(judge.score));
    let mut allotment = Allotment {
        panels: vec![Panel::default(); debates.len()],
        ..Allotment::default()
    };
    let mut places = places(rules, debates.len(), voting.len());
    for _ in 0..PASSES {
        let mut taken = Vec::new();
        for (number, judge) in hall.fill(&places, &voting, &allotment.panels) {
            let place = places[number];
            let panel = &mut allotment.panels[place.debate];
            if !hall.may_sit(judge, panel) {
                continue;
            }
            match place.bench {
                Bench::Chair => panel.chair = Some(judge.id.clone()),
                Bench::Panellist => panel.panellists.push(judge.id.clone()),
            }
            allotment.heard_again += hall.heard(judge, place.debate);
            taken.push(number);
            voting.retain(|other| other.id != judge.id);
        }
        for number in taken.into_iter().rev() {
            places.remove(number);
        }
    }
    led(&mut allotment, judges);
    let mut unused: Vec<&str> = voting.iter().map(|judge| judge.id.as_str()).collect();
    let trainees: Vec<&DrawJudge> = judges.iter().filter(|judge| judge.trainee).collect();
    for chunk in trainees.chunks(debates.len().max(1)) {
        let beside: Vec<Place> = (0..debates.len())
            .map(|debate| Place {
                debate,
                bench: Bench::Panellist,
            })
            .collect();
        let mut left: Vec<&str> = chunk.iter().map(|judge| judge.id.as_str()).collect();
        for (debate, judge) in hall.fill(&beside, chunk, &[]) {
            allotment.panels[debate].trainees.push(judge.id.clone());
            left.retain(|id| *id != judge.id);
        }
        unused.extend(left);
    }
    allotment.unused = unused.into_iter().map(str::to_owned).collect();
    let without = allotment
        .panels
        .iter()
        .filter(|panel| panel.chair.is_none())
        .count();
    allotment.without_chair = u16::try_from(without).unwrap_or(u16::MAX);
    allotment
}

/// A panel whose chair could not be found is led by its first member who may lead.
fn led(allotment: &mut Allotment, judges: &[DrawJudge]) {
    let may_lead = |id: &String| {
        judges
            .iter()
            .any(|judge| judge.id == *id && judge.may_chair)
    };
    for panel in allotment
        .panels
        .iter_mut()
        .filter(|panel| panel.chair.is_none())
    {
        if let Some(at) = panel.panellists.iter().position(may_lead) {
            panel.chair = Some(panel.panellists.remove(at));
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bench {
    Chair,
    Panellist,
}

#[derive(Debug, Clone, Copy)]
struct Place {
    debate: usize,
    bench: Bench,
}

/// All chairs first, then two more for each debate in turn as long as there are judges: panels stay odd.
fn places(rules: JudgeRules, debates: usize, judges: usize) -> Vec<Place> {
    let mut places: Vec<Place> = (0..debates)
        .map(|debate| Place {
            debate,
            bench: Bench::Chair,
        })
        .collect();
    for _ in 0..rules.panel.saturating_sub(1) / 2 {
        for debate in 0..debates {
            if places.len() + 2 > judges {
                return places;
            }
            places.extend(
                [Place {
                    debate,
                    bench: Bench::Panellist,
                }; 2],
            );
        }
    }
    places
}

/// The round, with what each judge heard before.
struct Hall<'a> {
    debates: &'a [DrawnDebate],
    teams: BTreeMap<&'a str, &'a DrawTeam>,
    judges: &'a [DrawJudge],
    /// (judge, team) → times.
    heard: BTreeMap<(&'a str, &'a str), u16>,
}

impl<'a> Hall<'a> {
    fn of(
        debates: &'a [DrawnDebate],
        teams: &'a [DrawTeam],
        judges: &'a [DrawJudge],
        past: &'a [PastDebate],
    ) -> Self {
        let mut heard = BTreeMap::new();
        for debate in past {
            for judge in &debate.judges {
                for placed in &debate.places {
                    *heard
                        .entry((judge.as_str(), placed.team.as_str()))
                        .or_insert(0) += 1;
                }
            }
        }
        let teams = teams
            .iter()
            .map(|team| (team.team.as_str(), team))
            .collect();
        Self {
            debates,
            teams,
            judges,
            heard,
        }
    }

    /// The best judge for each place (by its number); a place that only somebody could take who may not stays empty.
    fn fill<'j>(
        &self,
        places: &[Place],
        judges: &[&'j DrawJudge],
        seated: &[Panel],
    ) -> Vec<(usize, &'j DrawJudge)> {
        let price = |at: usize, judge: &DrawJudge, number: usize, place: Place| {
            let unfit = place.bench == Bench::Chair && !judge.may_chair;
            let apart = seated
                .get(place.debate)
                .is_some_and(|panel| !self.may_sit(judge, panel));
            let like = i64::try_from(at.abs_diff(number).min(LEAST_LIKE)).unwrap_or(0);
            i64::from(unfit || apart || self.forbidden(judge, place.debate)) * NEVER
                + i64::from(self.heard(judge, place.debate).min(20)) * AGAIN
                + i64::try_from(at).unwrap_or(0) * BEHIND
                + like * like
        };
        let row = |(at, judge): (usize, &&DrawJudge)| {
            let places = places.iter().enumerate();
            places
                .map(|(number, place)| price(at, judge, number, *place))
                .collect()
        };
        let prices: Vec<Vec<i64>> = judges.iter().enumerate().map(row).collect();
        // A stand-in for each place: empty is better than forbidden.
        let cost = |place: usize, person: usize| {
            prices.get(person).map_or(NEVER / 2, |prices| prices[place])
        };
        let chosen = assign(places.len(), judges.len() + places.len(), &cost);
        let taken = chosen.into_iter().enumerate();
        taken
            .filter_map(|(place, person)| judges.get(person).map(|judge| (place, *judge)))
            .collect()
    }

    /// Declared, or of the school of a team in it.
    fn forbidden(&self, judge: &DrawJudge, debate: usize) -> bool {
        self.debates[debate].places.iter().any(|placed| {
            let team = self.teams.get(placed.team.as_str());
            let schools = team
                .map(|team| team.institutions.as_slice())
                .unwrap_or_default();
            let near = |school: &String| {
                judge.institutions.contains(school) || judge.may_not.contains(school)
            };
            judge.may_not.contains(&placed.team) || schools.iter().any(near)
        })
    }

    /// How many times the judge heard teams of this debate.
    fn heard(&self, judge: &DrawJudge, debate: usize) -> u16 {
        let places = self.debates[debate].places.iter();
        let times =
            places.filter_map(|placed| self.heard.get(&(judge.id.as_str(), placed.team.as_str())));
        times.sum()
    }

    /// Nobody on the panel is declared by the judge or has declared the judge.
    fn may_sit(&self, judge: &DrawJudge, panel: &Panel) -> bool {
        panel.chair.iter().chain(&panel.panellists).all(|id| {
            let mut others = self.judges.iter().filter(|other| other.id == *id);
            !judge.may_not.contains(id) && !others.any(|other| other.may_not.contains(&judge.id))
        })
    }
}
