//! Rotations in which nobody meets twice, by formula: for a number of tables that is a prime power, and a few starters
//! that are turned from round to round. Applies only where nothing else is asked than that nobody meets twice.
//!
//! The formula is that of the affine plane over a finite field (a transversal design; see any book on block designs):
//! a person (x, y) sits in round m at table y + m·x. Two people of one column x never meet in these q rounds, so that the
//! columns can go on by themselves in further rounds.

use super::field::Field;
use super::rules::Rules;
use super::{Chance, Problem};

/// Round → person → table.
type Rotation = Vec<Vec<u32>>;

/// Starting rounds that are turned: people stand in rings of `ring`, who is left over stands still. A line says at which table
/// each person sits in its starting round; with every turn each person takes over the seat of the one before them in the ring.
struct Starter {
    people: usize,
    tables: usize,
    ring: usize,
    lines: &'static [&'static [u8]],
}

/// Starters found by our own search; a test holds each of them to meeting nobody twice.
const STARTERS: &[Starter] = &[
    Starter {
        people: 15,
        tables: 5,
        ring: 7,
        lines: &[&[1, 3, 0, 2, 2, 4, 2, 3, 4, 0, 3, 1, 1, 4, 0]],
    },
    Starter {
        people: 18,
        tables: 6,
        ring: 4,
        lines: &[
            &[1, 3, 5, 0, 2, 3, 3, 4, 2, 1, 0, 0, 5, 2, 4, 1, 4, 5],
            &[0, 0, 5, 1, 2, 3, 4, 0, 4, 1, 3, 2, 4, 3, 5, 5, 1, 2],
        ],
    },
    Starter {
        people: 21,
        tables: 7,
        ring: 5,
        lines: &[
            &[
                0, 1, 6, 0, 3, 0, 2, 2, 4, 5, 4, 6, 6, 4, 1, 5, 2, 5, 3, 1, 3,
            ],
            &[
                4, 1, 1, 6, 5, 5, 6, 2, 5, 0, 6, 4, 0, 2, 3, 4, 3, 3, 1, 2, 0,
            ],
        ],
    },
    Starter {
        people: 24,
        tables: 8,
        ring: 11,
        lines: &[&[
            4, 0, 2, 7, 5, 4, 5, 5, 1, 6, 7, 3, 2, 3, 3, 7, 6, 2, 0, 4, 6, 1, 1, 0,
        ]],
    },
    Starter {
        people: 24,
        tables: 6,
        ring: 7,
        lines: &[&[
            4, 1, 3, 2, 4, 5, 4, 2, 3, 0, 1, 2, 5, 2, 4, 0, 0, 5, 3, 1, 0, 5, 3, 1,
        ]],
    },
    Starter {
        people: 28,
        tables: 7,
        ring: 9,
        lines: &[&[
            0, 2, 4, 3, 1, 3, 3, 4, 5, 5, 5, 6, 3, 6, 0, 4, 1, 6, 2, 2, 6, 4, 2, 5, 1, 0, 1, 0,
        ]],
    },
    Starter {
        people: 30,
        tables: 10,
        ring: 14,
        lines: &[&[
            4, 1, 2, 3, 8, 6, 5, 6, 9, 9, 0, 3, 9, 8, 7, 7, 5, 4, 2, 6, 2, 1, 3, 4, 7, 0, 8, 5, 0,
            1,
        ]],
    },
    Starter {
        people: 36,
        tables: 9,
        ring: 11,
        lines: &[&[
            4, 3, 3, 4, 2, 7, 2, 5, 1, 6, 2, 0, 1, 2, 3, 8, 7, 6, 3, 0, 0, 8, 4, 1, 5, 5, 0, 4, 7,
            8, 6, 8, 5, 1, 6, 7,
        ]],
    },
    Starter {
        people: 36,
        tables: 12,
        ring: 17,
        lines: &[&[
            8, 7, 10, 11, 9, 2, 6, 0, 3, 7, 5, 8, 5, 5, 10, 3, 11, 6, 10, 7, 2, 3, 4, 9, 0, 11, 4,
            1, 9, 1, 1, 8, 0, 4, 2, 6,
        ]],
    },
];

/// Plans as many rounds as a formula reaches: round, table, people. None when no formula fits or something else is asked.
#[must_use]
pub fn of(problem: &Problem, rules: &Rules) -> Vec<Vec<Vec<u32>>> {
    if !problem.balanced || !only_rotates(problem, rules) {
        return Vec::new();
    }
    let longest = (2..=rules.rounds).rev();
    let rotation = longest
        .filter_map(|rounds| rotation(rules.people, rules.tables, rounds))
        .next()
        .unwrap_or_default();
    let mut chance = Chance::new(problem.seed);
    let mut names: Vec<u32> = (0..rules.people as u32).collect();
    chance.shuffle(&mut names);
    let rounds = rotation.iter().map(|seats| {
        let mut signs: Vec<usize> = (0..rules.tables).collect();
        chance.shuffle(&mut signs);
        let mut tables = vec![Vec::new(); rules.tables];
        for (person, table) in names.iter().zip(seats) {
            tables[signs[*table as usize]].push(*person);
        }
        tables
    });
    rounds.collect()
}

fn only_rotates(problem: &Problem, rules: &Rules) -> bool {
    let bounds = rules.bounds(0);
    let (low, high) = (
        rules.people / rules.tables,
        rules.people.div_ceil(rules.tables),
    );
    let even = bounds
        .iter()
        .all(|bounds| bounds.low as usize == low && bounds.high as usize == high);
    even && rules.none()
        && problem.met.is_empty()
        && problem
            .people
            .iter()
            .all(|person| person.tags.is_empty() && person.languages.is_empty())
}

fn rotation(people: usize, tables: usize, rounds: usize) -> Option<Rotation> {
    if rounds == 1 {
        return Some(vec![
            (0..people).map(|person| (person % tables) as u32).collect(),
        ]);
    }
    from_field(people, tables, rounds).or_else(|| from_starter(people, tables, rounds))
}

fn from_field(people: usize, tables: usize, rounds: usize) -> Option<Rotation> {
    let size = people.div_ceil(tables);
    if tables < 2 || size > tables || people < tables {
        return None;
    }
    let more = rounds.saturating_sub(tables);
    let within = if more > 0 {
        Some(columns(people, tables, more)?)
    } else {
        None
    };
    let field = Field::new(tables)?;
    let first = (0..rounds.min(tables)).map(|turn| {
        (0..people)
            .map(|person| {
                let (x, y) = (person / tables, person % tables);
                field.sum(y, field.product(turn, x)) as u32
            })
            .collect()
    });
    Some(first.chain(within.into_iter().flatten()).collect())
}

/// Further rounds in which each column of `height` people keeps to its own share of the tables.
fn columns(people: usize, height: usize, rounds: usize) -> Option<Rotation> {
    let size = people.div_ceil(height);
    let tables = height / size;
    let lacking = size * height - people;
    if tables * size != height || lacking > tables {
        return None;
    }
    let mut all = vec![Vec::with_capacity(people); rounds];
    for column in 0..size {
        let here = if column + 1 == size {
            height - lacking
        } else {
            height
        };
        let inner = rotation(here, tables, rounds)?;
        for (round, seats) in all.iter_mut().zip(inner) {
            round.extend(
                seats
                    .into_iter()
                    .map(|table| table + (column * tables) as u32),
            );
        }
    }
    Some(all)
}

fn from_starter(people: usize, tables: usize, rounds: usize) -> Option<Rotation> {
    let starter = STARTERS.iter().find(|starter| {
        let most = starter.lines.len() * starter.ring;
        // One person fewer leaves one table one smaller.
        starter.tables == tables
            && rounds <= most
            && (people == starter.people || people + 1 == starter.people)
    })?;
    let all = (0..starter.ring).flat_map(|turn| {
        starter
            .lines
            .iter()
            .map(move |line| turned(starter, line, turn))
    });
    Some(
        all.take(rounds)
            .map(|seats| seats[..people].to_vec())
            .collect(),
    )
}

/// person → table after so many turns of this line.
fn turned(starter: &Starter, line: &[u8], turn: usize) -> Vec<u32> {
    let turning = starter.people / starter.ring * starter.ring;
    let mut seats = vec![0; starter.people];
    for (person, table) in line.iter().enumerate() {
        let ring = person / starter.ring * starter.ring;
        let place = if person < turning {
            ring + (person - ring + turn) % starter.ring
        } else {
            person
        };
        seats[place] = u32::from(*table);
    }
    seats
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    fn repeats(rotation: &Rotation, people: usize) -> usize {
        let mut met = HashSet::new();
        let mut repeats = 0;
        for seats in rotation {
            for one in 0..people {
                for other in one + 1..people {
                    if seats[one] == seats[other] && !met.insert((one, other)) {
                        repeats += 1;
                    }
                }
            }
        }
        repeats
    }

    fn sizes(seats: &[u32], tables: usize) -> (usize, usize) {
        let mut sizes = vec![0; tables];
        for table in seats {
            sizes[*table as usize] += 1;
        }
        (*sizes.iter().min().unwrap(), *sizes.iter().max().unwrap())
    }

    #[test]
    fn every_formula_seats_evenly_and_nobody_meets_twice() {
        let mut found = 0;
        for tables in 2..18 {
            for people in tables..=tables * tables.min(10) {
                for rounds in [2, tables - 1, tables, tables + 1] {
                    let Some(rotation) = rotation(people, tables, rounds) else {
                        continue;
                    };
                    found += 1;
                    assert_eq!(rotation.len(), rounds);
                    assert_eq!(repeats(&rotation, people), 0, "{people}/{tables}/{rounds}");
                    for seats in &rotation {
                        let (least, most) = sizes(seats, tables);
                        assert!(most - least <= 1, "{people}/{tables}/{rounds}");
                    }
                }
            }
        }
        assert!(found > 200, "{found}");
    }

    #[test]
    fn the_known_rotations_are_there() {
        for (people, tables, rounds) in [
            (9, 3, 4),
            (16, 4, 5),
            (25, 5, 6),
            (49, 7, 8),
            (64, 8, 9),
            (81, 9, 10),
            (15, 5, 7),
            (18, 6, 8),
            (21, 7, 10),
            (24, 8, 11),
            (24, 6, 7),
            (28, 7, 9),
            (30, 10, 14),
            (32, 8, 9),
            (36, 9, 11),
            (36, 12, 17),
            (27, 9, 13),
            (64, 16, 21),
        ] {
            let rotation = rotation(people, tables, rounds).unwrap();
            assert_eq!(
                (rotation.len(), repeats(&rotation, people)),
                (rounds, 0),
                "{people}/{tables}/{rounds}"
            );
        }
    }
}
