//! What holds for any round of any series.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::panels::judge;
use super::rounds::team;
use super::*;

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        ..ProptestConfig::default()
    }
}

fn names(count: usize) -> Vec<DrawTeam> {
    (0..count).map(|at| team(&format!("t{at}"), 0, 1)).collect()
}

fn four() -> DrawRules {
    DrawRules {
        sides: ["og", "oo", "cg", "co"].map(str::to_owned).to_vec(),
        ..DrawRules::default()
    }
}

/// Plays a draw: it becomes the past, and points are given by lot.
fn play(draw: &Draw, teams: &mut [DrawTeam], past: &mut Vec<PastDebate>, seed: u64) {
    let mut lot = Chance::new(seed ^ 0x5eed);
    for debate in &draw.debates {
        let mut points: Vec<i64> = (0..).take(debate.places.len()).collect();
        lot.shuffle(&mut points);
        for (placed, points) in debate.places.iter().zip(points) {
            let team = teams
                .iter_mut()
                .find(|team| team.team == placed.team)
                .unwrap();
            team.points += points;
        }
        let places = debate.places.clone();
        past.push(PastDebate {
            places,
            judges: Vec::new(),
            pulled_up: debate.pulled_up.clone(),
        });
    }
    for team in &draw.byes {
        let place = Placed {
            side: String::new(),
            team: team.clone(),
        };
        past.push(PastDebate {
            places: vec![place],
            ..PastDebate::default()
        });
    }
}

fn everybody_once(draw: &Draw, teams: &[DrawTeam]) -> bool {
    let debating = draw
        .debates
        .iter()
        .flat_map(|debate| debate.places.iter().map(|placed| &placed.team));
    let mut there: Vec<&String> = debating.chain(&draw.byes).collect();
    let mut all: Vec<&String> = teams.iter().map(|team| &team.team).collect();
    there.sort_unstable();
    all.sort_unstable();
    there == all
}

/// Whether these teams can be paired without a rematch, by trying all ways.
fn can_avoid(left: &[&str], met: &BTreeMap<(String, String), ()>) -> bool {
    let Some((one, rest)) = left.split_first() else {
        return true;
    };
    (0..rest.len()).any(|at| {
        let mut others = rest.to_vec();
        let other = others.remove(at);
        !met.contains_key(&((*one).to_owned(), other.to_owned())) && can_avoid(&others, met)
    })
}

fn met(past: &[PastDebate]) -> BTreeMap<(String, String), ()> {
    let mut met = BTreeMap::new();
    for debate in past {
        for one in &debate.places {
            for other in &debate.places {
                met.insert((one.team.clone(), other.team.clone()), ());
            }
        }
    }
    met
}

/// The number of turns of each team on each side.
fn turns(past: &[PastDebate]) -> BTreeMap<(&str, &str), i64> {
    let mut turns = BTreeMap::new();
    for placed in past
        .iter()
        .filter(|debate| debate.places.len() > 1)
        .flat_map(|debate| &debate.places)
    {
        *turns
            .entry((placed.team.as_str(), placed.side.as_str()))
            .or_insert(0) += 1;
    }
    turns
}

fn methods() -> impl Strategy<Value = DrawRules> {
    use OddBracket as O;
    use Pairing as P;
    (
        prop::sample::select(vec![DrawMethod::Random, DrawMethod::Power]),
        prop::sample::select(vec![
            O::PullUpTop,
            O::PullUpBottom,
            O::PullUpRandom,
            O::Intermediate,
        ]),
        prop::sample::select(vec![P::Fold, P::Slide, P::Adjacent, P::Random]),
        any::<bool>(),
    )
        .prop_map(|(method, odd, pairing, fewest_pull_ups)| DrawRules {
            method,
            odd,
            pairing,
            fewest_pull_ups,
            ..DrawRules::default()
        })
}

proptest! {
    #![proptest_config(config(48))]

    #[test]
    fn of_few_teams_nobody_meets_again_while_that_is_possible(rules in methods(), count in 2..9_usize, seed in any::<u64>()) {
        let mut teams = names(count);
        let mut past = Vec::new();
        for round in 0..count as u64 {
            let made = draw(&rules, &teams, &past, seed ^ round).unwrap();
            prop_assert!(everybody_once(&made, &teams));
            prop_assert_eq!(made.byes.len(), count % 2);
            // Nobody sits out twice before all did once.
            prop_assert_eq!(made.account.second_byes, 0);
            let met = met(&past);
            let byes: BTreeMap<&str, usize> = teams.iter().map(|team| {
                let sat = past.iter().filter(|past| past.places.len() == 1 && past.places[0].team == team.team);
                (team.team.as_str(), sat.count())
            }).collect();
            let fewest = byes.values().min().copied().unwrap_or(0);
            let possible = if count % 2 == 0 {
                can_avoid(&byes.keys().copied().collect::<Vec<_>>(), &met)
            } else {
                byes.iter().filter(|(_, sat)| **sat == fewest).any(|(out, _)| {
                    can_avoid(&byes.keys().copied().filter(|team| team != out).collect::<Vec<_>>(), &met)
                })
            };
            prop_assert_eq!(made.account.rematches == 0, possible);
            play(&made, &mut teams, &mut past, seed);
        }
    }

    #[test]
    fn a_side_never_goes_to_who_had_it_more(rules in methods(), count in 2..24_usize, seed in any::<u64>()) {
        let mut teams = names(count);
        let mut past = Vec::new();
        for round in 0..5 {
            let made = draw(&rules, &teams, &past, seed ^ round).unwrap();
            let turns = turns(&past);
            let lean = |team: &str| {
                let on = |side| turns.get(&(team, side)).copied().unwrap_or(0);
                on("proposition") - on("opposition")
            };
            for debate in &made.debates {
                prop_assert!(lean(&debate.places[0].team) <= lean(&debate.places[1].team));
            }
            play(&made, &mut teams, &mut past, seed);
        }
    }

    #[test]
    fn by_lot_sides_are_even_after_every_second_round(half in 3..9_usize, seed in any::<u64>()) {
        let (rules, mut teams) = (DrawRules::default(), names(half * 2));
        let mut past = Vec::new();
        for round in 0..4 {
            // With three opponents of each need or more there is always one whom a team has not met.
            if half > round {
                let made = draw(&rules, &teams, &past, seed ^ round as u64).unwrap();
                play(&made, &mut teams, &mut past, seed);
                let turns = turns(&past);
                for team in &teams {
                    let on = |side| turns.get(&(team.team.as_str(), side)).copied().unwrap_or(0);
                    let lean: i64 = on("proposition") - on("opposition");
                    // Where few are left whom a team has not met, a rematch is avoided before sides are evened.
                    let most = if half > 6 { 1 } else { 2 };
                    prop_assert!(lean.abs() <= most, "{} after {round}: {lean}", team.team);
                }
            }
        }
    }

    #[test]
    fn the_same_seed_draws_the_same_round(rules in methods(), count in 2..40_usize, seed in any::<u64>()) {
        let teams = names(count);
        prop_assert_eq!(draw(&rules, &teams, &[], seed), draw(&rules, &teams, &[], seed));
    }
}

proptest! {
    #![proptest_config(config(10))]

    #[test]
    fn of_many_teams_nobody_meets_again_in_eight_rounds(rules in methods(), count in 18..50_usize, seed in any::<u64>()) {
        let mut teams = names(count);
        let mut past = Vec::new();
        for round in 0..8 {
            let made = draw(&rules, &teams, &past, seed ^ round).unwrap();
            prop_assert!(everybody_once(&made, &teams));
            prop_assert_eq!((made.account.rematches, made.account.second_byes), (0, 0));
            play(&made, &mut teams, &mut past, seed);
        }
    }

    #[test]
    fn of_four_teams_each_has_every_position_once_in_four_rounds(rooms in 1..7_usize, seed in any::<u64>()) {
        let (rules, mut teams) = (four(), names(rooms * 4));
        let mut past = Vec::new();
        for round in 0..4 {
            let made = draw(&rules, &teams, &past, seed ^ round).unwrap();
            prop_assert!(everybody_once(&made, &teams));
            prop_assert_eq!(made.account.side_repeats, 0);
            play(&made, &mut teams, &mut past, seed);
        }
        prop_assert!(turns(&past).values().all(|turns| *turns == 1));
    }

    #[test]
    fn rooms_of_four_are_made_of_neighbouring_brackets(count in 4..40_usize, seed in any::<u64>()) {
        let (mut rules, mut teams) = (four(), names(count));
        let mut past = Vec::new();
        for round in 0..5 {
            let made = draw(&rules, &teams, &past, seed ^ round).unwrap();
            prop_assert!(everybody_once(&made, &teams));
            prop_assert_eq!(made.byes.len(), count % 4);
            if rules.method == DrawMethod::Power {
                let points = |placed: &Placed| teams.iter().find(|team| team.team == placed.team).unwrap().points;
                let rooms: Vec<Vec<i64>> = made.debates.iter().map(|debate| {
                    debate.places.iter().map(points).collect()
                }).collect();
                // No room has a team that should stand above the room before it.
                for pair in rooms.windows(2) {
                    prop_assert!(pair[0].iter().min() >= pair[1].iter().max());
                }
            }
            play(&made, &mut teams, &mut past, seed);
            rules.method = DrawMethod::Power;
        }
    }

    #[test]
    fn judges_have_one_place_each_and_none_they_may_not_have(
        count in 2..16_usize,
        sitting in prop::collection::vec((0..100_i64, prop::collection::vec(0..16_usize, 0..4), any::<bool>()), 0..24),
        seed in any::<u64>(),
    ) {
        let teams = names(count);
        let made = draw(&DrawRules::default(), &teams, &[], seed).unwrap();
        let judges: Vec<DrawJudge> = sitting.iter().enumerate().map(|(at, (score, may_not, trainee))| DrawJudge {
            may_not: may_not.iter().map(|team| format!("t{team}")).collect(),
            trainee: *trainee,
            ..judge(&format!("j{at}"), *score)
        }).collect();
        let allotment = allot_judges(JudgeRules::default(), &made.debates, &teams, &judges, &[]);
        let mut placed: Vec<&String> = allotment.unused.iter().collect();
        for (panel, debate) in allotment.panels.iter().zip(&made.debates) {
            let there = || panel.chair.iter().chain(&panel.panellists).chain(&panel.trainees);
            placed.extend(there());
            for id in there() {
                let judge = judges.iter().find(|judge| judge.id == *id).unwrap();
                prop_assert!(debate.places.iter().all(|placed| !judge.may_not.contains(&placed.team)));
                prop_assert_eq!(judge.trainee, panel.trainees.contains(id));
            }
        }
        placed.sort_unstable();
        let mut all: Vec<&String> = judges.iter().map(|judge| &judge.id).collect();
        all.sort_unstable();
        prop_assert_eq!(placed, all);
    }
}
