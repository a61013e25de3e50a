//! The rules of a problem made ready for the search: who moves as one, who may sit where, how large each table may be.
//! Finds every contradiction that can be named before anything is tried.

use std::collections::BTreeSet;

use super::{Impossible, MOST_PEOPLE, MOST_ROUNDS, Problem};

/// People who always sit together; most have one member. Named by place in [`Rules::clumps`].
#[derive(Debug, Clone, Default)]
pub struct Clump {
    pub people: Vec<u32>,
    /// One of them needs a step-free table.
    pub step_free: bool,
    /// Their table in every round.
    pub host: Option<u32>,
    /// Their table in the first round.
    pub at: Option<u32>,
    /// Clumps that never sit at the same table.
    pub apart: Vec<u32>,
}

/// How small and how large a table may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    pub low: u32,
    pub high: u32,
}

/// The rules of a problem.
#[derive(Debug, Clone)]
pub struct Rules {
    pub people: usize,
    pub tables: usize,
    pub rounds: usize,
    pub clumps: Vec<Clump>,
    /// person → clump
    pub clump_of: Vec<u32>,
    /// table → whether it is step-free
    pub step_free: Vec<bool>,
    /// The bounds in the first round, and in all later ones.
    bounds: [Vec<Bounds>; 2],
}

impl Rules {
    /// Reads the rules.
    ///
    /// # Errors
    /// A contradiction.
    pub fn of(problem: &Problem) -> Result<Self, Impossible> {
        check_form(problem)?;
        let (mut clumps, clump_of) = clumps(problem)?;
        separate(problem, &mut clumps, &clump_of)?;
        let bounds = [bounds(problem, &clumps, 0)?, bounds(problem, &clumps, 1)?];
        let rules = Self {
            people: problem.people.len(),
            tables: problem.tables.len(),
            rounds: problem.rounds as usize,
            clumps,
            clump_of,
            step_free: problem.tables.iter().map(|table| table.step_free).collect(),
            bounds,
        };
        rules.check_places()?;
        Ok(rules)
    }

    /// The bounds of all tables in a round (from 0).
    #[must_use]
    pub fn bounds(&self, round: usize) -> &[Bounds] {
        &self.bounds[round.min(1)]
    }

    /// The one table of a clump in a round, if it has no choice.
    #[must_use]
    pub fn fixed(&self, clump: usize, round: usize) -> Option<usize> {
        let clump = &self.clumps[clump];
        let at = if round == 0 { clump.at } else { None };
        clump.host.or(at).map(|table| table as usize)
    }

    /// Whether a clump may sit at a table, apart from its size and its company.
    #[must_use]
    pub fn open(&self, clump: usize, table: usize) -> bool {
        !self.clumps[clump].step_free || self.step_free[table]
    }

    /// The table at which a person sits in every round, if there is one.
    #[must_use]
    pub fn host(&self, person: usize) -> Option<u32> {
        self.clumps[self.clump_of[person] as usize].host
    }

    /// Whether the rules alone bring two people together in every round.
    #[must_use]
    pub fn always_meet(&self, one: usize, other: usize) -> bool {
        let hosted = self.host(one);
        self.clump_of[one] == self.clump_of[other]
            || (hosted.is_some() && hosted == self.host(other))
    }

    /// Whether nothing but the sizes is asked of a seating.
    #[must_use]
    pub fn none(&self) -> bool {
        self.clumps.iter().all(|clump| {
            clump.people.len() == 1
                && !clump.step_free
                && clump.host.is_none()
                && clump.at.is_none()
                && clump.apart.is_empty()
        })
    }

    fn check_places(&self) -> Result<(), Impossible> {
        for round in 0..self.rounds.min(2) {
            let bounds = self.bounds(round);
            for clump in &self.clumps {
                let open =
                    (0..self.tables).filter(|&table| !clump.step_free || self.step_free[table]);
                let places = open.map(|table| bounds[table].high).max().unwrap_or(0);
                let people = clump.people.len() as u32;
                if people > places && people > 1 {
                    return Err(Impossible::TogetherTooBig { people, places });
                }
            }
            let needing = self.clumps.iter().filter(|clump| clump.step_free);
            let people: u32 = needing.map(|clump| clump.people.len() as u32).sum();
            let places = self.step_free_places(bounds);
            if people > places {
                return Err(Impossible::TooFewStepFree { people, places });
            }
        }
        Ok(())
    }

    /// The places at step-free tables when these are filled before the others.
    fn step_free_places(&self, bounds: &[Bounds]) -> u32 {
        let low: u32 = bounds.iter().map(|bounds| bounds.low).sum();
        let spare = (self.people as u32).saturating_sub(low);
        let mut places = 0;
        let mut room = 0;
        for (bounds, _) in bounds
            .iter()
            .zip(&self.step_free)
            .filter(|(_, free)| **free)
        {
            places += bounds.low;
            room += bounds.high - bounds.low;
        }
        places + room.min(spare)
    }
}

fn check_form(problem: &Problem) -> Result<(), Impossible> {
    let people = problem.people.len() as u32;
    let tables = problem.tables.len() as u32;
    if tables == 0 {
        return Err(Impossible::NoTables {});
    }
    if problem.rounds == 0 {
        return Err(Impossible::NoRounds {});
    }
    if problem.rounds > MOST_ROUNDS {
        let rounds = problem.rounds;
        return Err(Impossible::TooManyRounds {
            rounds,
            most: MOST_ROUNDS,
        });
    }
    if people.max(tables) > MOST_PEOPLE {
        let people = people.max(tables);
        return Err(Impossible::TooManyPeople {
            people,
            most: MOST_PEOPLE,
        });
    }
    let sets = problem
        .together
        .iter()
        .chain(&problem.apart)
        .flatten()
        .copied();
    let pairs = problem.met.iter().flat_map(|pair| [pair.0, pair.1]);
    if let Some(person) = sets.chain(pairs).find(|person| *person >= people) {
        return Err(Impossible::NobodyThere { person });
    }
    for (person, known) in (0..).zip(&problem.people) {
        for table in [known.host, known.at].into_iter().flatten() {
            if table >= tables {
                return Err(Impossible::NoSuchTable { person, table });
            }
            if known.step_free && !problem.tables[table as usize].step_free {
                return Err(Impossible::FixedBehindSteps { person, table });
            }
        }
    }
    Ok(())
}

/// Joins overlapping sets, and everybody else into clumps of one.
fn clumps(problem: &Problem) -> Result<(Vec<Clump>, Vec<u32>), Impossible> {
    let people = problem.people.len();
    let mut leader: Vec<u32> = (0..people as u32).collect();
    for set in &problem.together {
        for pair in set.windows(2) {
            let (one, other) = (lead(&leader, pair[0]), lead(&leader, pair[1]));
            leader[one.max(other) as usize] = one.min(other);
        }
    }
    let mut clumps: Vec<Clump> = Vec::new();
    let mut clump_of = vec![0; people];
    for person in 0..people as u32 {
        let first = lead(&leader, person);
        if first == person {
            clump_of[person as usize] = clumps.len() as u32;
            clumps.push(Clump::default());
        }
        let clump = clump_of[first as usize];
        clump_of[person as usize] = clump;
        join(&mut clumps[clump as usize], person, problem)?;
    }
    Ok((clumps, clump_of))
}

fn lead(leader: &[u32], mut person: u32) -> u32 {
    while leader[person as usize] != person {
        person = leader[person as usize];
    }
    person
}

fn join(clump: &mut Clump, person: u32, problem: &Problem) -> Result<(), Impossible> {
    let known = &problem.people[person as usize];
    let first = clump.people.first().copied().unwrap_or(person);
    let two = Impossible::TogetherAtTwoTables {
        one: first,
        other: person,
    };
    let differ =
        |one: Option<u32>, other: Option<u32>| one.is_some() && other.is_some() && one != other;
    let (host, at) = (clump.host.or(known.host), clump.at.or(known.at));
    if differ(clump.host, known.host) || differ(clump.at, known.at) || differ(host, at) {
        return Err(two);
    }
    clump.people.push(person);
    clump.step_free |= known.step_free;
    (clump.host, clump.at) = (host, at);
    match host.or(at) {
        Some(table) if clump.step_free && !problem.tables[table as usize].step_free => {
            Err(Impossible::FixedBehindSteps { person, table })
        }
        _ => Ok(()),
    }
}

/// Notes which clumps never share a table.
fn separate(problem: &Problem, clumps: &mut [Clump], clump_of: &[u32]) -> Result<(), Impossible> {
    let tables = problem.tables.len() as u32;
    let mut apart: Vec<BTreeSet<u32>> = vec![BTreeSet::new(); clumps.len()];
    for set in &problem.apart {
        let set: BTreeSet<u32> = set.iter().copied().collect();
        for &one in &set {
            for &other in set.range(one + 1..) {
                let pair = (clump_of[one as usize], clump_of[other as usize]);
                if pair.0 == pair.1 {
                    return Err(Impossible::TogetherAndApart { one, other });
                }
                let (first, second) = (&clumps[pair.0 as usize], &clumps[pair.1 as usize]);
                let here = |clump: &Clump| clump.host.or(clump.at);
                if let (Some(table), true) = (here(first), here(first) == here(second)) {
                    return Err(Impossible::ApartAtOneTable { one, other, table });
                }
                apart[pair.0 as usize].insert(pair.1);
                apart[pair.1 as usize].insert(pair.0);
            }
        }
        let people = set.len() as u32;
        if people > tables {
            return Err(Impossible::TooManyApart { people, tables });
        }
    }
    for (clump, apart) in clumps.iter_mut().zip(apart) {
        clump.apart = apart.into_iter().collect();
    }
    Ok(())
}

/// The level to which the tables fill up like vessels that are joined: each as full as the others, unless it seats fewer
/// or more are fixed at it.
fn bounds(problem: &Problem, clumps: &[Clump], round: usize) -> Result<Vec<Bounds>, Impossible> {
    let mut fixed = vec![0_u32; problem.tables.len()];
    for clump in clumps {
        let at = if round == 0 { clump.at } else { None };
        if let Some(table) = clump.host.or(at) {
            fixed[table as usize] += clump.people.len() as u32;
        }
    }
    let people = problem.people.len() as u32;
    let most = |table: usize| problem.tables[table].most.unwrap_or(people).min(people);
    let places: u32 = (0..fixed.len())
        .map(|table| most(table).min(people))
        .fold(0, u32::saturating_add);
    if places < people {
        return Err(Impossible::TooFewPlaces { people, places });
    }
    if let Some(table) = (0..fixed.len()).find(|&table| fixed[table] > most(table)) {
        let people = fixed[table];
        return Err(Impossible::TableTooSmall {
            table: table as u32,
            people,
            places: most(table),
        });
    }
    let filled = |level: u32| -> Vec<u32> {
        (0..fixed.len())
            .map(|table| level.min(most(table)).max(fixed[table]))
            .collect()
    };
    let mut level = people / fixed.len() as u32;
    while filled(level).iter().sum::<u32>() < people {
        level += 1;
    }
    while level > 0 && filled(level - 1).iter().sum::<u32>() >= people {
        level -= 1;
    }
    // A level that comes out even leaves no table below it.
    let high = filled(level);
    let low = if high.iter().sum::<u32>() == people {
        high.clone()
    } else {
        filled(level - 1)
    };
    Ok(low
        .into_iter()
        .zip(high)
        .map(|(low, high)| Bounds { low, high })
        .collect())
}
