//! The yardsticks: rotations that are known to exist, and halls of a real size. All must come out exact.

use super::*;

fn hall(people: usize, tables: usize, rounds: u32) -> Problem {
    Problem {
        people: vec![Person::default(); people],
        tables: vec![Table::default(); tables],
        rounds,
        seed: 1,
        balanced: true,
        ..Problem::default()
    }
}

fn holds(problem: &Problem, plan: &Plan) {
    for round in &plan.rounds {
        let mut seen: Vec<u32> = round.iter().flatten().copied().collect();
        seen.sort_unstable();
        assert_eq!(seen, (0..problem.people.len() as u32).collect::<Vec<_>>());
        let sizes: Vec<usize> = round.iter().map(Vec::len).collect();
        assert!(
            sizes.iter().max().unwrap() - sizes.iter().min().unwrap() <= 1,
            "{sizes:?}"
        );
    }
}

#[test]
fn nobody_meets_twice_in_halls_of_real_size() {
    for (people, tables, rounds) in [
        (16, 4, 5),
        (20, 5, 4),
        (24, 6, 3),
        (25, 5, 6),
        (36, 6, 3),
        (60, 12, 5),
        (100, 13, 3),
        (120, 20, 4),
        (150, 30, 6),
        (300, 50, 5),
    ] {
        let problem = hall(people, tables, rounds);
        let plan = plan(&problem).unwrap();
        holds(&problem, &plan);
        assert_eq!(plan.repeats, 0, "{people}/{tables}/{rounds}");
        assert!(plan.account.contains(&Reached::NobodyMeetsTwice {}));
    }
}

#[test]
fn the_tight_rotations_are_exact() {
    for (people, tables, rounds) in [
        (15, 5, 7),
        (9, 3, 4),
        (49, 7, 8),
        (64, 8, 9),
        (81, 9, 10),
        (32, 8, 7),
        (32, 8, 8),
    ] {
        let problem = hall(people, tables, rounds);
        let plan = plan(&problem).unwrap();
        holds(&problem, &plan);
        assert_eq!(plan.repeats, 0, "{people}/{tables}/{rounds}");
    }
}

/// A hall with tags, two languages, hosts, pairs and enemies.
fn mixed_hall(people: usize, tables: usize, rounds: u32) -> Problem {
    let mut problem = hall(people, tables, rounds);
    problem.balance = vec![0, 1, 2];
    for (number, person) in problem.people.iter_mut().enumerate() {
        person.tags = vec![(number % 3) as u16, 10 + (number % 7) as u16];
        person.languages = match number % 10 {
            0 | 1 => vec![1],
            2 => vec![1, 2],
            _ => vec![2],
        };
        person.step_free = number % 40 == 0;
    }
    for table in problem.tables.iter_mut().step_by(2) {
        table.step_free = true;
    }
    problem.together = (0..people as u32 / 30)
        .map(|set| vec![set * 30 + 3, set * 30 + 4])
        .collect();
    problem.apart = (0..people as u32 / 30)
        .map(|set| vec![set * 30 + 5, set * 30 + 6])
        .collect();
    problem
}

#[test]
fn a_hall_with_every_kind_of_wish_meets_again_only_by_rule() {
    let problem = mixed_hall(60, 12, 3);
    let plan = plan(&problem).unwrap();
    holds(&problem, &plan);
    assert!(
        plan.account.contains(&Reached::NobodyMeetsTwice {}),
        "{:?}",
        plan.account
    );
    for tag in 0..3 {
        let spread = Reached::Spread {
            tag,
            least: 1,
            most: 2,
        };
        assert!(plan.account.contains(&spread), "{:?}", plan.account);
    }
}
