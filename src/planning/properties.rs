//! What holds for every problem: sizes, presence, rules, sameness. Problems are made around a seating that keeps the rules,
//! so that they can be met.

use proptest::prelude::*;

use super::*;

/// A hall with a planted first round: person → table, sizes even.
#[derive(Debug, Clone)]
struct Planted {
    people: usize,
    tables: usize,
    seats: Vec<u32>,
}

fn planted() -> impl Strategy<Value = Planted> {
    (2_usize..9, 1_usize..6, any::<u64>()).prop_flat_map(|(tables, size, seed)| {
        (0..tables).prop_map(move |more| {
            let people = tables * size + more;
            let mut seats: Vec<u32> = (0..people).map(|person| (person % tables) as u32).collect();
            Chance::new(seed).shuffle(&mut seats);
            Planted {
                people,
                tables,
                seats,
            }
        })
    })
}

/// A problem with every kind of rule, all of them kept by the planted seating.
fn problem() -> impl Strategy<Value = Problem> {
    let kinds = (0_usize..4, 0_usize..6, 0_usize..4, 0_usize..3, 0_usize..4);
    (planted(), kinds, any::<u64>(), 1_u32..4, any::<bool>()).prop_map(
        |(planted, kinds, seed, rounds, balanced)| {
            let mut chance = Chance::new(seed);
            let Planted {
                people,
                tables,
                seats,
            } = planted;
            let mut problem = Problem {
                people: vec![Person::default(); people],
                tables: vec![Table::default(); tables],
                rounds,
                seed,
                balanced,
                balance: vec![1],
                ..Problem::default()
            };
            for person in &mut problem.people {
                person.tags = (0..3).filter(|_| chance.below(3) == 0).collect();
                person.languages = (0..3).filter(|_| chance.below(2) == 0).collect();
            }
            for _ in 0..kinds.0 {
                let at = chance.below(tables) as u32;
                let here: Vec<u32> = (0..people as u32)
                    .filter(|person| seats[*person as usize] == at)
                    .collect();
                problem
                    .together
                    .push(here.into_iter().take(2 + chance.below(2)).collect());
            }
            for _ in 0..kinds.1 {
                let (one, other) = (chance.below(people), chance.below(people));
                if seats[one] != seats[other] {
                    problem.apart.push(vec![one as u32, other as u32]);
                }
            }
            for _ in 0..kinds.2 {
                let person = chance.below(people);
                problem.people[person].step_free = true;
                problem.tables[seats[person] as usize].step_free = true;
            }
            for _ in 0..kinds.3 {
                let person = chance.below(people);
                problem.people[person].host = Some(seats[person]);
            }
            for _ in 0..kinds.4 {
                let person = chance.below(people);
                problem.people[person].at = Some(seats[person]);
            }
            problem
        },
    )
}

fn table_of(round: &[Vec<u32>], person: u32) -> usize {
    round
        .iter()
        .position(|table| table.contains(&person))
        .unwrap()
}

fn keeps_the_rules(problem: &Problem, plan: &Plan) {
    for (number, round) in plan.rounds.iter().enumerate() {
        let mut seen: Vec<u32> = round.iter().flatten().copied().collect();
        seen.sort_unstable();
        assert_eq!(seen, (0..problem.people.len() as u32).collect::<Vec<_>>());
        let sizes: Vec<usize> = round.iter().map(Vec::len).collect();
        assert!(
            sizes.iter().max().unwrap() - sizes.iter().min().unwrap() <= 1,
            "{sizes:?}"
        );
        for set in &problem.together {
            let tables: Vec<_> = set.iter().map(|person| table_of(round, *person)).collect();
            assert!(
                tables.windows(2).all(|pair| pair[0] == pair[1]),
                "together {set:?}"
            );
        }
        for set in &problem.apart {
            assert_ne!(
                table_of(round, set[0]),
                table_of(round, set[1]),
                "apart {set:?}"
            );
        }
        for (person, known) in (0..).zip(&problem.people) {
            let table = table_of(round, person);
            assert!(!known.step_free || problem.tables[table].step_free);
            assert!(known.host.is_none_or(|host| host as usize == table));
            assert!(number > 0 || known.at.is_none_or(|at| at as usize == table));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn rules_that_can_be_kept_are_kept(problem in problem()) {
        let plan = plan(&problem);
        prop_assert!(plan.is_ok(), "{:?}", plan);
        keeps_the_rules(&problem, &plan.unwrap());
    }

    #[test]
    fn the_same_seed_gives_the_same_plan(problem in problem()) {
        prop_assert_eq!(plan(&problem), plan(&problem));
    }

    #[test]
    fn repeats_are_what_the_plan_shows(planted in planted(), rounds in 1_u32..4) {
        let problem = Problem {
            people: vec![Person::default(); planted.people],
            tables: vec![Table::default(); planted.tables],
            rounds,
            balanced: true,
            ..Problem::default()
        };
        let plan = plan(&problem).unwrap();
        keeps_the_rules(&problem, &plan);
        let mut met = std::collections::HashMap::<_, u32>::new();
        for table in plan.rounds.iter().flatten() {
            for one in table {
                for other in table.iter().filter(|other| *other > one) {
                    *met.entry((*one, *other)).or_default() += 1;
                }
            }
        }
        prop_assert_eq!(plan.repeats, met.values().map(|times| times - 1).sum::<u32>());
    }
}

fn hall(people: usize, tables: usize) -> Problem {
    Problem {
        people: vec![Person::default(); people],
        tables: vec![Table::default(); tables],
        rounds: 2,
        balanced: true,
        ..Problem::default()
    }
}

#[test]
fn contradictions_are_named() {
    type Spoil = fn(&mut Problem);
    let spoiled: [(Spoil, Impossible); 10] = [
        (|hall| hall.tables.clear(), Impossible::NoTables {}),
        (|hall| hall.rounds = 0, Impossible::NoRounds {}),
        (
            |hall| hall.together.push(vec![0, 99]),
            Impossible::NobodyThere { person: 99 },
        ),
        (
            |hall| {
                hall.together.extend([vec![0, 1], vec![1, 2]]);
                hall.apart.push(vec![2, 0]);
            },
            Impossible::TogetherAndApart { one: 0, other: 2 },
        ),
        (
            |hall| hall.apart.push(vec![0, 1, 2, 3, 4]),
            Impossible::TooManyApart {
                people: 5,
                tables: 4,
            },
        ),
        (
            |hall| hall.together.push((0..5).collect()),
            Impossible::TogetherTooBig {
                people: 5,
                places: 3,
            },
        ),
        (
            |hall| {
                hall.tables[2].step_free = true;
                hall.people[..4]
                    .iter_mut()
                    .for_each(|person| person.step_free = true);
            },
            Impossible::TooFewStepFree {
                people: 4,
                places: 3,
            },
        ),
        (
            |hall| {
                hall.people[0].step_free = true;
                hall.people[0].host = Some(1);
            },
            Impossible::FixedBehindSteps {
                person: 0,
                table: 1,
            },
        ),
        (
            |hall| {
                hall.tables
                    .iter_mut()
                    .for_each(|table| table.most = Some(2))
            },
            Impossible::TooFewPlaces {
                people: 12,
                places: 8,
            },
        ),
        (
            |hall| {
                hall.people[3].host = Some(1);
                hall.people[4].host = Some(1);
                hall.apart.push(vec![3, 4]);
            },
            Impossible::ApartAtOneTable {
                one: 3,
                other: 4,
                table: 1,
            },
        ),
    ];
    for (spoil, named) in spoiled {
        let mut hall = hall(12, 4);
        spoil(&mut hall);
        assert_eq!(plan(&hall), Err(named));
    }
}

#[test]
fn a_ring_of_people_apart_who_cannot_be_seated_is_blamed_on_apart() {
    // Five people in a ring of enmity need three tables.
    let mut hall = hall(6, 2);
    hall.apart = (0..5)
        .map(|person| vec![person, (person + 1) % 5])
        .collect();
    let why = plan(&hall).unwrap_err();
    assert_eq!(
        why,
        Impossible::NoSeating {
            rules: vec![Rule::Apart],
            proved: true
        }
    );
    assert!(why.to_string().contains("who sits apart"), "{why}");
}

#[test]
fn a_small_table_bends_the_sizes_and_says_so() {
    let mut hall = hall(12, 3);
    hall.tables[0].most = Some(2);
    let plan = plan(&hall).unwrap();
    assert!(
        plan.rounds
            .iter()
            .all(|round| round[0].len() == 2 && round[1].len() == 5)
    );
    assert!(plan.account.contains(&Reached::Sizes {
        least: 2,
        most: 5,
        even: false
    }));
}

#[test]
fn travellers_of_a_world_cafe_visit_no_table_twice() {
    let mut cafe = hall(20, 5);
    cafe.rounds = 3;
    for table in 0..5 {
        cafe.people[table as usize].host = Some(table);
    }
    let plan = plan(&cafe).unwrap();
    keeps_the_rules(&cafe, &plan);
    assert!(
        plan.account.contains(&Reached::NoTableTwice {}),
        "{:?}",
        plan.account
    );
    assert!(
        plan.account.contains(&Reached::NobodyMeetsTwice {}),
        "{:?}",
        plan.account
    );
}

#[test]
fn tags_are_spread_and_nobody_is_cut_off() {
    let mut hall = hall(60, 12);
    hall.balance = vec![1, 2, 3];
    for (number, person) in hall.people.iter_mut().enumerate() {
        person.tags = vec![1 + (number % 3) as u16];
        person.languages = if number % 5 == 0 { vec![1] } else { vec![2] };
    }
    let plan = plan(&hall).unwrap();
    keeps_the_rules(&hall, &plan);
    assert!(
        plan.account.contains(&Reached::Spread {
            tag: 1,
            least: 1,
            most: 2
        }),
        "{:?}",
        plan.account
    );
    assert!(
        plan.account.contains(&Reached::NobodyAlone {}),
        "{:?}",
        plan.account
    );
}

#[test]
fn earlier_meetings_are_not_repeated() {
    let mut hall = hall(12, 4);
    hall.met = vec![(0, 1), (2, 3), (4, 5), (5, 4)];
    let plan = plan(&hall).unwrap();
    assert_eq!(plan.repeats, 0);
}
