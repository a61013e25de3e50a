//! A first seating that obeys every rule: those with conditions are placed by a bounded search with a way back, everyone else
//! fills the tables. Knows nothing of mixing but one hint: whom one has met already.

use super::chance::Chance;
use super::rules::{Bounds, Clump, Rules};
use super::{Impossible, Rule};

/// How many places the search may try in one round: first in a fixed order, then the most pressed first.
const TRIES: [(Order, usize); 3] = [
    (Order::Planned, 4_000),
    (Order::MostPressed, 4_000),
    (Order::MostPressed, 40_000),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    /// Largest and most restricted first.
    Planned,
    /// Whoever has the fewest tables left.
    MostPressed,
}

/// Why a round has no seating.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stuck {
    /// Everything was tried.
    Proved,
    /// The tries ran out.
    GaveUp,
}

/// Whom each person has met, as a square of counts; absent when a plain draw is wanted.
pub type Met = Vec<u8>;

/// Seats everyone in every round that is not in `rounds` already: round, table, people.
///
/// # Errors
/// The rules that cannot be met at the same time.
pub fn all_rounds(
    rules: &Rules,
    mut rounds: Vec<Vec<Vec<u32>>>,
    mut met: Option<Met>,
    chance: &mut Chance,
) -> Result<Vec<Vec<Vec<u32>>>, Impossible> {
    if let Some(met) = &mut met {
        for tables in &rounds {
            note(met, rules.people, tables);
        }
    }
    for round in rounds.len()..rules.rounds {
        let tables = one_round(rules, round, met.as_deref(), chance)
            .map_err(|stuck| name(rules, round, stuck, chance))?;
        if let Some(met) = &mut met {
            note(met, rules.people, &tables);
        }
        rounds.push(tables);
    }
    Ok(rounds)
}

fn note(met: &mut [u8], people: usize, tables: &[Vec<u32>]) {
    for table in tables {
        for &one in table {
            for &other in table {
                let count = &mut met[one as usize * people + other as usize];
                *count = count.saturating_add(1);
            }
        }
    }
}

/// Finds the rules without any one of which a seating exists.
fn name(rules: &Rules, round: usize, stuck: Stuck, chance: &mut Chance) -> Impossible {
    let blamed = [Rule::Together, Rule::Apart, Rule::StepFree, Rule::Fixed]
        .into_iter()
        .filter(|&rule| {
            let without = rules.without(rule);
            one_round(&without, round, None, chance).is_ok()
        })
        .collect();
    Impossible::NoSeating {
        rules: blamed,
        proved: stuck == Stuck::Proved,
    }
}

impl Rules {
    /// The same rules without one of them; sizes stay.
    fn without(&self, rule: Rule) -> Self {
        let mut rules = self.clone();
        if rule == Rule::Together {
            rules.split();
        }
        for clump in &mut rules.clumps {
            match rule {
                Rule::Apart => clump.apart.clear(),
                Rule::StepFree => clump.step_free = false,
                Rule::Fixed => (clump.host, clump.at) = (None, None),
                Rule::Together => {}
            }
        }
        rules
    }

    fn split(&mut self) {
        for clump in 0..self.clumps.len() {
            let rest = self.clumps[clump].people.split_off(1);
            for person in rest {
                self.clump_of[person as usize] = self.clumps.len() as u32;
                let single = Clump {
                    people: vec![person],
                    ..Clump::default()
                };
                self.clumps.push(single);
            }
        }
    }
}

fn one_round(
    rules: &Rules,
    round: usize,
    met: Option<&[u8]>,
    chance: &mut Chance,
) -> Result<Vec<Vec<u32>>, Stuck> {
    let mut stuck = Stuck::GaveUp;
    for (order, tries) in TRIES {
        let mut seating = Seating::new(rules, round, met, order, tries);
        let (mut bound, mut free) = (Vec::new(), Vec::new());
        for (place, clump) in rules.clumps.iter().enumerate() {
            let easy = clump.people.len() == 1 && !clump.step_free && clump.apart.is_empty();
            if let Some(table) = rules.fixed(place, round) {
                seating.sit(place, table);
            } else if easy {
                free.push(place);
            } else {
                bound.push(place);
            }
        }
        chance.shuffle(&mut bound);
        bound.sort_by_key(|&place| {
            let clump = &rules.clumps[place];
            (
                !clump.step_free,
                usize::MAX - clump.people.len(),
                usize::MAX - clump.apart.len(),
            )
        });
        if seating.conflicts() > 0 {
            return Err(Stuck::Proved);
        }
        match seating.place(&bound, chance) {
            Ok(()) => return Ok(seating.fill(free, chance)),
            Err(Stuck::Proved) => return Err(Stuck::Proved),
            Err(Stuck::GaveUp) => stuck = Stuck::GaveUp,
        }
    }
    Err(stuck)
}

/// A round being seated.
struct Seating<'a> {
    rules: &'a Rules,
    bounds: &'a [Bounds],
    met: Option<&'a [u8]>,
    order: Order,
    tries: usize,
    /// table → people there
    seated: Vec<Vec<u32>>,
    /// clump × table → how many sit there from whom it stays apart
    blocked: Vec<u16>,
    /// How many still have to sit down.
    waiting: u32,
}

impl<'a> Seating<'a> {
    fn new(
        rules: &'a Rules,
        round: usize,
        met: Option<&'a [u8]>,
        order: Order,
        tries: usize,
    ) -> Self {
        let any = rules.clumps.iter().any(|clump| !clump.apart.is_empty());
        Self {
            rules,
            bounds: rules.bounds(round),
            met,
            order,
            tries,
            seated: vec![Vec::new(); rules.tables],
            blocked: if any {
                vec![0; rules.clumps.len() * rules.tables]
            } else {
                Vec::new()
            },
            waiting: rules.people as u32,
        }
    }

    fn sit(&mut self, clump: usize, table: usize) {
        let rules = self.rules;
        let people = &rules.clumps[clump].people;
        self.seated[table].extend(people);
        self.waiting -= people.len() as u32;
        for &other in &rules.clumps[clump].apart {
            self.blocked[other as usize * rules.tables + table] += 1;
        }
    }

    fn rise(&mut self, clump: usize, table: usize) {
        let rules = self.rules;
        let people = rules.clumps[clump].people.len();
        let left = self.seated[table].len() - people;
        self.seated[table].truncate(left);
        self.waiting += people as u32;
        for &other in &rules.clumps[clump].apart {
            self.blocked[other as usize * rules.tables + table] -= 1;
        }
    }

    /// How many fixed people sit where somebody sits from whom they stay apart.
    fn conflicts(&self) -> usize {
        if self.blocked.is_empty() {
            return 0;
        }
        let meets = |table: usize, person: u32| {
            let clump = self.rules.clump_of[person as usize] as usize;
            self.blocked[clump * self.rules.tables + table] > 0
        };
        let tables = self.seated.iter().enumerate();
        tables
            .map(|(table, people)| {
                people
                    .iter()
                    .filter(|person| meets(table, **person))
                    .count()
            })
            .sum()
    }

    fn fits(&self, clump: usize, table: usize) -> bool {
        let size = self.seated[table].len() + self.rules.clumps[clump].people.len();
        size <= self.bounds[table].high as usize
            && self.rules.open(clump, table)
            && (self.blocked.is_empty() || self.blocked[clump * self.rules.tables + table] == 0)
    }

    /// How many seats must still be taken for every table to have its least.
    fn lacking(&self) -> u32 {
        let tables = self.seated.iter().zip(self.bounds);
        tables
            .map(|(people, bounds)| bounds.low.saturating_sub(people.len() as u32))
            .sum()
    }

    /// Places all of `left`, trying again elsewhere when somebody finds no table.
    fn place(&mut self, left: &[usize], chance: &mut Chance) -> Result<(), Stuck> {
        if self.lacking() > self.waiting {
            return Err(Stuck::Proved);
        }
        let Some(&first) = left.first() else {
            return Ok(());
        };
        let next = match self.order {
            Order::Planned => first,
            Order::MostPressed => self.most_pressed(left, first),
        };
        let others: Vec<usize>;
        let rest = if next == first {
            &left[1..]
        } else {
            others = left
                .iter()
                .copied()
                .filter(|clump| *clump != next)
                .collect();
            &others[..]
        };
        let mut tried_empty: Vec<(Bounds, bool)> = Vec::new();
        for table in self.best_tables(next, chance) {
            // One empty table is as good as another of its kind.
            let kind = (self.bounds[table], self.rules.step_free[table]);
            if self.seated[table].is_empty() {
                if tried_empty.contains(&kind) {
                    continue;
                }
                tried_empty.push(kind);
            }
            if self.tries == 0 {
                return Err(Stuck::GaveUp);
            }
            self.tries -= 1;
            self.sit(next, table);
            match self.place(rest, chance) {
                Err(Stuck::Proved) => self.rise(next, table),
                done => return done,
            }
        }
        Err(Stuck::Proved)
    }

    fn most_pressed(&self, left: &[usize], first: usize) -> usize {
        let choices = |clump: usize| {
            let open = (0..self.rules.tables).filter(|&table| self.fits(clump, table));
            (
                open.count(),
                usize::MAX - self.rules.clumps[clump].people.len(),
            )
        };
        left.iter()
            .copied()
            .min_by_key(|&clump| choices(clump))
            .unwrap_or(first)
    }

    /// The tables where a clump fits: fewest acquaintances first, then fewest people, then as chance will have it.
    fn best_tables(&self, clump: usize, chance: &mut Chance) -> Vec<usize> {
        let mut tables: Vec<_> = (0..self.rules.tables)
            .filter(|&table| self.fits(clump, table))
            .map(|table| {
                let size = self.seated[table].len();
                (size, self.acquaintances(clump, table), chance.next(), table)
            })
            .collect();
        tables.sort_unstable();
        tables.into_iter().map(|found| found.3).collect()
    }

    fn acquaintances(&self, clump: usize, table: usize) -> u32 {
        let Some(met) = self.met else { return 0 };
        let people = self.rules.clumps[clump].people.iter();
        people
            .map(|&one| {
                let row = &met[one as usize * self.rules.people..][..self.rules.people];
                let seated = self.seated[table].iter();
                seated
                    .map(|&other| u32::from(row[other as usize]))
                    .sum::<u32>()
            })
            .sum()
    }

    /// Seats those who may sit anywhere: first up to each table's least, then up to its most.
    fn fill(mut self, mut free: Vec<usize>, chance: &mut Chance) -> Vec<Vec<u32>> {
        chance.shuffle(&mut free);
        let mut free = free.into_iter().peekable();
        for least in [true, false] {
            while let Some(&clump) = free.peek() {
                let goal = |table: usize| {
                    let bounds = self.bounds[table];
                    (if least { bounds.low } else { bounds.high }) as usize
                };
                let open =
                    (0..self.rules.tables).filter(|&table| self.seated[table].len() < goal(table));
                let best = open.min_by_key(|&table| {
                    let size = if self.met.is_none() {
                        self.seated[table].len()
                    } else {
                        0
                    };
                    (
                        self.acquaintances(clump, table),
                        size,
                        self.seated[table].len(),
                        chance.next(),
                    )
                });
                let Some(table) = best else { break };
                self.sit(clump, table);
                free.next();
            }
        }
        self.seated
    }
}
