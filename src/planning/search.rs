//! The annealer: tries small changes and keeps those that help, and at first also some that do not. Every seating on its way
//! obeys the rules. Bounded in steps of work; the same seed goes the same way.

use super::Effort;
use super::chance::Chance;
use super::exchange;
use super::state::Hall;

/// Looks at a pair of people, roughly; what a whole search may cost.
const QUICK: i64 = 60_000_000;
/// How many looks a seat is worth in a quick search of a small hall.
const PER_SEAT: i64 = 120_000;
/// How much longer a thorough search looks.
const THOROUGH: i64 = 24;
/// What one tried change costs beside its looks.
const TRY: i64 = 12;
/// The heat at the start and the end of a cycle, in 1/256 of a cost.
const HOT: u32 = 9 << 8;
const COLD: u32 = 5 << 7;
/// In how many steps a cycle cools.
const STEPS: u32 = 48;

/// Improves a seating until it costs nothing or the effort is spent; gives the best that was seen at the end of a cycle.
pub fn improve(mut hall: Hall<'_>, effort: Effort, chance: &mut Chance) -> Vec<Vec<Vec<u32>>> {
    let quick = QUICK.min(PER_SEAT * (hall.people * hall.rounds) as i64);
    let (mut work, cycles) = match effort {
        Effort::Quick => (quick, 2),
        Effort::Thorough => (quick * THOROUGH, 8),
    };
    let share = work / i64::from(cycles * STEPS);
    let ways = Ways::of(&hall);
    let mut best = (hall.cost(), hall.seating());
    for cycle in 0..=cycles {
        let mut cost = hall.cost();
        // The first, short cycle is cold: what a formula has laid out is not melted before it was seen.
        let from = if cycle == 0 { STEPS * 7 / 8 } else { 0 };
        for step in from..STEPS {
            let heat = if cycle == 0 { COLD / 2 } else { heat(step) };
            let until = work - share;
            while work > until && cost > 0 {
                work -= change(&mut hall, ways, heat, chance, &mut cost);
            }
        }
        if cost < best.0 {
            best = (cost, hall.seating());
        }
        if best.0 == 0 {
            break;
        }
    }
    best.1
}

/// Falls from hot to cold, faster at first.
fn heat(step: u32) -> u32 {
    let left = STEPS - 1 - step;
    COLD + (HOT - COLD) * left * left / ((STEPS - 1) * (STEPS - 1))
}

/// Which kinds of change make sense in a hall.
#[derive(Debug, Clone, Copy)]
struct Ways {
    /// Some people move as one.
    clumped: bool,
    /// Some tables may become larger at the cost of others.
    uneven: bool,
    /// More than meetings counts.
    mixed: bool,
}

impl Ways {
    fn of(hall: &Hall<'_>) -> Self {
        let bounds = (0..hall.rounds.min(2)).flat_map(|round| hall.rules.bounds(round));
        Self {
            clumped: hall.rules.clumps.len() < hall.people,
            uneven: bounds.into_iter().any(|bounds| bounds.low < bounds.high),
            mixed: hall.is_mixed(),
        }
    }
}

/// Tries one change; gives the work it took.
fn change(hall: &mut Hall<'_>, ways: Ways, heat: u32, chance: &mut Chance, cost: &mut i32) -> i64 {
    let round = chance.below(hall.rounds);
    let one = chance.below(hall.people);
    if hall.fixed[round * hall.people + one] {
        return TRY;
    }
    let here = hall.table_of(round, one);
    let clumped = ways.clumped
        && hall.rules.clumps[hall.rules.clump_of[one] as usize]
            .people
            .len()
            > 1;
    let shifts = ways.uneven && chance.next() & 7 == 0;
    if clumped || shifts {
        let table = chance.below(hall.tables);
        let patience = chance.patience(heat);
        if table != here {
            *cost += exchange::attempt(hall, round, one, table, patience, chance);
        }
        return TRY + 16 * hall.size(round, here) as i64;
    }
    // Whoever is at ease is seldom asked to move, unless there is more than meetings to it.
    if !ways.mixed && hall.unease(round, one) == 0 && chance.next() & 15 != 0 {
        return TRY + hall.size(round, here) as i64;
    }
    let other = chance.below(hall.people);
    let there = hall.table_of(round, other);
    if here == there || !may_swap(hall, ways, round, one, other) {
        return 2 * TRY;
    }
    let looks = 2 * (hall.size(round, here) + hall.size(round, there)) as i64;
    let patience = chance.patience(heat);
    let mut change = hall.swap_cost(round, one, other);
    if ways.mixed {
        change += hall.swap_company(round, one, other);
    }
    if change <= patience {
        hall.rise(round, one);
        hall.rise(round, other);
        hall.sit(round, one, there);
        hall.sit(round, other, here);
        *cost += change;
        return TRY + 9 * looks;
    }
    TRY + if ways.mixed { 9 * looks } else { looks }
}

/// Whether the rules let two people, each a clump of their own, change places.
fn may_swap(hall: &Hall<'_>, ways: Ways, round: usize, one: usize, other: usize) -> bool {
    if hall.fixed[round * hall.people + other] {
        return false;
    }
    let rules = hall.rules;
    let (mine, theirs) = (rules.clump_of[one] as usize, rules.clump_of[other] as usize);
    if ways.clumped && rules.clumps[theirs].people.len() > 1 {
        return false;
    }
    let (here, there) = (hall.table_of(round, one), hall.table_of(round, other));
    rules.open(mine, there)
        && rules.open(theirs, here)
        && exchange::is_welcome(hall, round, mine, there, &[theirs])
        && exchange::is_welcome(hall, round, theirs, here, &[mine])
}
