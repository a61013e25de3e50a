//! What a plan reaches, in terms that can be said in any language: sizes, repeats, tags, languages, rules. Counts from the plan
//! itself and never from what the search believed. A *sitting* is one table in one round.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Problem;

/// One thing that a plan reaches, or does not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Reached {
    /// Tables have from `least` to `most` people; `even`: they differ by at most one. If not, capacity or fixed seats forbid it.
    Sizes { least: u32, most: u32, even: bool },
    /// Nobody meets anybody a second time, those aside whom the rules bring together in every round.
    NobodyMeetsTwice {},
    /// So many meetings beyond a pair's first that no rule asks for, between so many pairs.
    MeetAgain { times: u32, pairs: u32 },
    /// So many meetings beyond a pair's first because people are kept together or host one table.
    MeetByRule { times: u32 },
    /// Every sitting has from `least` to `most` people with a tag that was to be spread.
    Spread { tag: u16, least: u32, most: u32 },
    /// Nobody has a tag that was to be spread at so many of all sittings.
    Missing { tag: u16, sittings: u32, of: u32 },
    /// Nobody is the only one of a tag or cut off by language at any sitting.
    NobodyAlone {},
    /// Somebody is the only one of a tag at so many of all sittings.
    AloneWithTag { tag: u16, sittings: u32, of: u32 },
    /// Somebody shares no language with anybody at so many of all sittings.
    CutOff { sittings: u32, of: u32 },
    /// Somebody is the only speaker of a language at so many of all sittings.
    OnlySpeaker {
        language: u16,
        sittings: u32,
        of: u32,
    },
    /// One language is spoken by everyone at so many of all sittings.
    SharedLanguage { sittings: u32, of: u32 },
    /// No traveller visits a table twice.
    NoTableTwice {},
    /// So many visits of travellers to a table beyond the first.
    TableAgain { times: u32 },
    /// So many sets sit together in every round.
    Together { sets: u32 },
    /// So many sets never share a table.
    Apart { sets: u32 },
    /// All who need a step-free table have one.
    StepFree { people: u32 },
    /// So many hosts keep their table.
    Hosts { people: u32 },
}

/// For every pair its meetings beyond the first, added up; `met` counts as the first.
#[must_use]
pub fn repeats(problem: &Problem, rounds: &[Vec<Vec<u32>>]) -> u32 {
    meetings(problem, rounds)
        .values()
        .map(|times| times - 1)
        .sum()
}

/// Pair → how often it meets, earlier meetings included.
fn meetings(problem: &Problem, rounds: &[Vec<Vec<u32>>]) -> BTreeMap<(u32, u32), u32> {
    let people = problem.people.len();
    let mut square = vec![0_u32; people * people];
    let place = |one: u32, other: u32| one.min(other) as usize * people + one.max(other) as usize;
    for &(one, other) in problem.met.iter().filter(|pair| pair.0 != pair.1) {
        square[place(one, other)] = 1;
    }
    for table in rounds.iter().flatten() {
        for (at, &one) in table.iter().enumerate() {
            for &other in &table[at + 1..] {
                square[place(one, other)] += 1;
            }
        }
    }
    let met = square.iter().enumerate().filter(|found| *found.1 > 1);
    met.map(|(place, times)| (((place / people) as u32, (place % people) as u32), *times))
        .collect()
}

/// Says what a plan reaches.
#[must_use]
pub fn account(problem: &Problem, rounds: &[Vec<Vec<u32>>]) -> Vec<Reached> {
    let mut account = vec![sizes(rounds)];
    again(problem, rounds, &mut account);
    travels(problem, rounds, &mut account);
    spread(problem, rounds, &mut account);
    company(problem, rounds, &mut account);
    kept(problem, &mut account);
    account
}

fn sizes(rounds: &[Vec<Vec<u32>>]) -> Reached {
    let bounds = |sizes: &[usize]| {
        (
            sizes.iter().min().copied().unwrap_or(0),
            sizes.iter().max().copied().unwrap_or(0),
        )
    };
    let each = rounds
        .iter()
        .map(|round| round.iter().map(Vec::len).collect::<Vec<_>>());
    let each: Vec<_> = each.map(|sizes| bounds(&sizes)).collect();
    Reached::Sizes {
        least: each.iter().map(|bounds| bounds.0).min().unwrap_or(0) as u32,
        most: each.iter().map(|bounds| bounds.1).max().unwrap_or(0) as u32,
        even: each.iter().all(|bounds| bounds.1 - bounds.0 <= 1),
    }
}

fn again(problem: &Problem, rounds: &[Vec<Vec<u32>>], account: &mut Vec<Reached>) {
    if rounds.len() < 2 && problem.met.is_empty() {
        return;
    }
    let by_rule = kept_together(problem);
    let (mut times, mut pairs, mut ruled) = (0, 0, 0);
    for (pair, met) in meetings(problem, rounds) {
        let hosts = |person: u32| problem.people[person as usize].host;
        let hosting = hosts(pair.0).is_some() && hosts(pair.0) == hosts(pair.1);
        if hosting || by_rule[pair.0 as usize] == by_rule[pair.1 as usize] {
            ruled += met - 1;
        } else {
            times += met - 1;
            pairs += 1;
        }
    }
    account.push(if times == 0 {
        Reached::NobodyMeetsTwice {}
    } else {
        Reached::MeetAgain { times, pairs }
    });
    if ruled > 0 {
        account.push(Reached::MeetByRule { times: ruled });
    }
}

/// person → the lowest number among those they are kept together with
fn kept_together(problem: &Problem) -> Vec<u32> {
    let mut first: Vec<u32> = (0..problem.people.len() as u32).collect();
    for _ in 0..problem.together.len() {
        let before = first.clone();
        for set in &problem.together {
            let lowest = set.iter().map(|person| first[*person as usize]).min();
            for person in set {
                first[*person as usize] = lowest.unwrap_or(*person);
            }
        }
        if first == before {
            break;
        }
    }
    first
}

fn travels(problem: &Problem, rounds: &[Vec<Vec<u32>>], account: &mut Vec<Reached>) {
    let hosts = problem
        .people
        .iter()
        .filter(|person| person.host.is_some())
        .count() as u32;
    if hosts == 0 {
        return;
    }
    account.push(Reached::Hosts { people: hosts });
    if rounds.len() < 2 {
        return;
    }
    let mut visits: BTreeMap<(u32, usize), u32> = BTreeMap::new();
    for (table, seated) in rounds.iter().flat_map(|round| round.iter().enumerate()) {
        for &person in seated
            .iter()
            .filter(|person| problem.people[**person as usize].host.is_none())
        {
            *visits.entry((person, table)).or_default() += 1;
        }
    }
    let times = visits.values().map(|times| times - 1).sum();
    account.push(if times == 0 {
        Reached::NoTableTwice {}
    } else {
        Reached::TableAgain { times }
    });
}

fn bearers(problem: &Problem, table: &[u32], tag: u16) -> u32 {
    table
        .iter()
        .filter(|person| problem.people[**person as usize].tags.contains(&tag))
        .count() as u32
}

fn spread(problem: &Problem, rounds: &[Vec<Vec<u32>>], account: &mut Vec<Reached>) {
    for tag in problem.balance.iter().copied().collect::<BTreeSet<_>>() {
        let counts: Vec<u32> = rounds
            .iter()
            .flatten()
            .map(|table| bearers(problem, table, tag))
            .collect();
        let (least, most) = (
            counts.iter().min().copied().unwrap_or(0),
            counts.iter().max().copied().unwrap_or(0),
        );
        account.push(Reached::Spread { tag, least, most });
        let sittings = counts.iter().filter(|count| **count == 0).count() as u32;
        if sittings > 0 {
            account.push(Reached::Missing {
                tag,
                sittings,
                of: counts.len() as u32,
            });
        }
    }
}

/// Who is the only one of something, or understands nobody.
fn company(problem: &Problem, rounds: &[Vec<Vec<u32>>], account: &mut Vec<Reached>) {
    let tables: Vec<&[u32]> = rounds.iter().flatten().map(Vec::as_slice).collect();
    let of = tables.len() as u32;
    let before = account.len();
    let tags: BTreeSet<u16> = problem
        .people
        .iter()
        .flat_map(|person| person.tags.iter().copied())
        .collect();
    let cared: Vec<u16> = tags
        .into_iter()
        .filter(|tag| !problem.balance.contains(tag))
        .collect();
    for &tag in &cared {
        let sittings = count(&tables, |table| {
            table.len() > 1 && bearers(problem, table, tag) == 1
        });
        if sittings > 0 {
            account.push(Reached::AloneWithTag { tag, sittings, of });
        }
    }
    let languages: BTreeSet<u16> = problem
        .people
        .iter()
        .flat_map(|person| person.languages.iter().copied())
        .collect();
    if languages.len() > 1 {
        let sittings = count(&tables, |table| {
            table
                .iter()
                .any(|person| is_cut_off(problem, table, *person))
        });
        if sittings > 0 {
            account.push(Reached::CutOff { sittings, of });
        }
        for &language in &languages {
            let speaks = |person: &&u32| {
                problem.people[**person as usize]
                    .languages
                    .contains(&language)
            };
            let sittings = count(&tables, |table| {
                table.len() > 1 && table.iter().filter(speaks).count() == 1
            });
            if sittings > 0 {
                account.push(Reached::OnlySpeaker {
                    language,
                    sittings,
                    of,
                });
            }
        }
    }
    if account.len() == before && !(cared.is_empty() && languages.len() < 2) {
        account.push(Reached::NobodyAlone {});
    }
    if languages.len() > 1 {
        let sittings = count(&tables, |table| {
            let all =
                |language: &u16| known(problem, table).all(|spoken| spoken.contains(language));
            languages.iter().any(all)
        });
        account.push(Reached::SharedLanguage { sittings, of });
    }
}

fn count(tables: &[&[u32]], is: impl Fn(&[u32]) -> bool) -> u32 {
    tables.iter().filter(|table| is(table)).count() as u32
}

/// What is spoken at a table, by those of whom it is known.
fn known<'a>(problem: &'a Problem, table: &'a [u32]) -> impl Iterator<Item = &'a [u16]> {
    table
        .iter()
        .map(|person| problem.people[*person as usize].languages.as_slice())
        .filter(|spoken| !spoken.is_empty())
}

fn is_cut_off(problem: &Problem, table: &[u32], person: u32) -> bool {
    let own = &problem.people[person as usize].languages;
    let others = table
        .iter()
        .filter(|other| **other != person)
        .copied()
        .collect::<Vec<_>>();
    !own.is_empty()
        && known(problem, &others).next().is_some()
        && !known(problem, &others)
            .any(|spoken| spoken.iter().any(|language| own.contains(language)))
}

fn kept(problem: &Problem, account: &mut Vec<Reached>) {
    let several = |sets: &[Vec<u32>]| sets.iter().filter(|set| set.len() > 1).count() as u32;
    if several(&problem.together) > 0 {
        account.push(Reached::Together {
            sets: several(&problem.together),
        });
    }
    if several(&problem.apart) > 0 {
        account.push(Reached::Apart {
            sets: several(&problem.apart),
        });
    }
    let people = problem
        .people
        .iter()
        .filter(|person| person.step_free)
        .count() as u32;
    if people > 0 {
        account.push(Reached::StepFree { people });
    }
}
