//! What happened in earlier rounds, counted once, and what a draw comes to. Knows teams by their place in the list.

use std::collections::BTreeMap;

use super::{Draw, DrawMethod, DrawRules, DrawTeam, DrawnDebate, PastDebate, SideRule};

/// Counts over all earlier rounds.
#[derive(Debug)]
pub(super) struct History {
    met: Vec<u16>,
    count: usize,
    /// For each team its turns on each side.
    pub turns: Vec<Vec<u16>>,
    pub byes: Vec<u16>,
    pub pulled_up: Vec<u16>,
    institution: Vec<bool>,
}

impl History {
    pub fn of(rules: &DrawRules, teams: &[DrawTeam], past: &[PastDebate]) -> Self {
        let count = teams.len();
        let place: BTreeMap<&str, usize> = teams
            .iter()
            .enumerate()
            .map(|(at, team)| (team.team.as_str(), at))
            .collect();
        let mut history = Self {
            met: vec![0; count * count],
            count,
            turns: vec![vec![0; rules.sides.len()]; count],
            byes: vec![0; count],
            pulled_up: vec![0; count],
            institution: vec![false; count * count],
        };
        for (at, team) in teams.iter().enumerate() {
            for (other, theirs) in teams.iter().enumerate() {
                let shared = team
                    .institutions
                    .iter()
                    .any(|one| theirs.institutions.contains(one));
                history.institution[at * count + other] = shared && at != other;
            }
        }
        for debate in past {
            history.add(rules, debate, &place);
        }
        history
    }

    fn add(&mut self, rules: &DrawRules, debate: &PastDebate, place: &BTreeMap<&str, usize>) {
        let known = |team: &String| place.get(team.as_str()).copied();
        let there: Vec<usize> = debate
            .places
            .iter()
            .filter_map(|placed| known(&placed.team))
            .collect();
        for team in debate.pulled_up.iter().filter_map(known) {
            self.pulled_up[team] = self.pulled_up[team].saturating_add(1);
        }
        if debate.places.len() == 1 {
            for team in there {
                self.byes[team] = self.byes[team].saturating_add(1);
            }
            return;
        }
        for placed in &debate.places {
            let side = rules.sides.iter().position(|side| *side == placed.side);
            if let Some((team, side)) = known(&placed.team).zip(side) {
                self.turns[team][side] = self.turns[team][side].saturating_add(1);
            }
        }
        for one in &there {
            for other in there.iter().filter(|other| *other != one) {
                let cell = &mut self.met[one * self.count + other];
                *cell = cell.saturating_add(1);
            }
        }
    }

    /// How often two met.
    pub fn met(&self, one: usize, other: usize) -> u16 {
        self.met[one * self.count + other]
    }

    /// Two of one institution.
    pub fn same_institution(&self, one: usize, other: usize) -> bool {
        self.institution[one * self.count + other]
    }
}

/// A debate of these teams, each on its side, with what is to be said of it.
pub(super) fn drawn(
    rules: &DrawRules,
    teams: &[DrawTeam],
    history: &History,
    on_sides: &[usize],
) -> DrawnDebate {
    let place = |(side, at): (&String, &usize)| super::Placed {
        side: side.clone(),
        team: teams[*at].team.clone(),
    };
    let points = on_sides
        .iter()
        .map(|at| teams[*at].points)
        .max()
        .unwrap_or(0);
    let up = |at: &&usize| rules.method == DrawMethod::Power && teams[**at].points < points;
    let mut debate = DrawnDebate {
        places: rules.sides.iter().zip(on_sides).map(place).collect(),
        points,
        pulled_up: on_sides
            .iter()
            .filter(up)
            .map(|at| teams[*at].team.clone())
            .collect(),
        ..DrawnDebate::default()
    };
    for (number, one) in on_sides.iter().enumerate() {
        for other in &on_sides[number + 1..] {
            debate.rematches += u16::from(history.met(*one, *other) > 0);
            debate.same_institution += u16::from(history.same_institution(*one, *other));
        }
    }
    debate
}

/// Adds up what the whole draw comes to.
pub(super) fn account(rules: &DrawRules, teams: &[DrawTeam], history: &History, draw: &mut Draw) {
    let place: BTreeMap<&str, usize> = teams
        .iter()
        .enumerate()
        .map(|(at, team)| (team.team.as_str(), at))
        .collect();
    let account = &mut draw.account;
    for debate in &draw.debates {
        account.rematches += debate.rematches;
        account.same_institution += debate.same_institution;
        let there: Vec<usize> = debate
            .places
            .iter()
            .filter_map(|placed| place.get(placed.team.as_str()).copied())
            .collect();
        account.mixed_brackets += u16::from(!debate.pulled_up.is_empty());
        for (side, at) in there.iter().enumerate() {
            let turns = &history.turns[*at];
            let least = turns.iter().min().copied().unwrap_or(0);
            account.side_repeats += u16::from(turns[side] > least);
            let given = teams[*at].side.as_ref() == rules.sides.get(side);
            account.sides_not_kept +=
                u16::from(rules.side_rule == SideRule::Preallocated && !given);
        }
    }
    let again = draw.byes.iter().filter_map(|team| place.get(team.as_str()));
    let again = again.filter(|at| history.byes[**at] > 0).count();
    account.second_byes = u16::try_from(again).unwrap_or(u16::MAX);
}
