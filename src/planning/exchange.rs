//! The larger changes of the search: people who stay together change places with as many others, and a table gives somebody
//! to a smaller one. Keeps sizes and rules.

use super::chance::Chance;
use super::state::Hall;

/// Moves the clump of `one` to `table`, and so many from there back as the sizes need. Stays if it costs at most `patience`;
/// gives the change in cost, 0 when nothing changed.
pub fn attempt(
    hall: &mut Hall<'_>,
    round: usize,
    one: usize,
    table: usize,
    patience: i32,
    chance: &mut Chance,
) -> i32 {
    let mine = hall.rules.clump_of[one] as usize;
    let here = hall.table_of(round, one);
    if !hall.rules.open(mine, table) {
        return 0;
    }
    let Some(back) = return_for(hall, round, mine, (here, table), chance) else {
        return 0;
    };
    let welcome = is_welcome(hall, round, mine, table, &back)
        && back
            .iter()
            .all(|&clump| is_welcome(hall, round, clump, here, &[mine]));
    if !welcome || apart_among(hall, &back) {
        return 0;
    }
    let before = hall.company(round, here) + hall.company(round, table);
    let mut change = carry(hall, round, (mine, table), (&back, here));
    change += hall.company(round, here) + hall.company(round, table) - before;
    if change <= patience {
        return change;
    }
    carry(hall, round, (mine, here), (&back, table));
    0
}

/// Whether nobody sits at a table from whom the clump stays apart; those in `leaving` do not count.
#[inline]
#[must_use]
pub fn is_welcome(
    hall: &Hall<'_>,
    round: usize,
    clump: usize,
    table: usize,
    leaving: &[usize],
) -> bool {
    hall.rules.clumps[clump].apart.iter().all(|&other| {
        let other = other as usize;
        let first = hall.rules.clumps[other].people[0] as usize;
        hall.table_of(round, first) != table || leaving.contains(&other)
    })
}

/// They shared a table before, so they are not apart; kept as a guard for rules that overlap.
fn apart_among(hall: &Hall<'_>, clumps: &[usize]) -> bool {
    clumps.iter().any(|&one| {
        let apart = &hall.rules.clumps[one].apart;
        clumps.iter().any(|&other| apart.contains(&(other as u32)))
    })
}

/// Chooses by chance who comes back in exchange; `None` when the sizes do not come out.
fn return_for(
    hall: &Hall<'_>,
    round: usize,
    mine: usize,
    (here, there): (usize, usize),
    chance: &mut Chance,
) -> Option<Vec<usize>> {
    let rules = hall.rules;
    let bounds = rules.bounds(round);
    let moving = rules.clumps[mine].people.len() as i64;
    let (left, full) = (
        hall.size(round, here) as i64 - moving,
        hall.size(round, there) as i64 + moving,
    );
    let least = (i64::from(bounds[here].low) - left)
        .max(full - i64::from(bounds[there].high))
        .max(0);
    let most = (i64::from(bounds[here].high) - left).min(full - i64::from(bounds[there].low));
    if least > most {
        return None;
    }
    let seated = hall.seated(round, there);
    let (mut back, mut coming) = (Vec::new(), 0);
    let start = chance.below(seated.len());
    for place in 0..seated.len() {
        if coming >= least {
            break;
        }
        let person = usize::from(seated[(start + place) % seated.len()]);
        let clump = rules.clump_of[person] as usize;
        let size = rules.clumps[clump].people.len() as i64;
        let stays = hall.fixed[round * hall.people + person] || !rules.open(clump, here);
        if !stays && coming + size <= most && !back.contains(&clump) {
            back.push(clump);
            coming += size;
        }
    }
    (coming >= least).then_some(back)
}

/// Carries a clump to one table and others to another; gives the change in meetings.
fn carry(
    hall: &mut Hall<'_>,
    round: usize,
    (one, to): (usize, usize),
    (others, back): (&[usize], usize),
) -> i32 {
    let rules = hall.rules;
    let moves: Vec<(usize, usize)> = std::iter::once((one, to))
        .chain(others.iter().map(|&clump| (clump, back)))
        .flat_map(|(clump, table)| {
            rules.clumps[clump]
                .people
                .iter()
                .map(move |&person| (person as usize, table))
        })
        .collect();
    let mut change = 0;
    for &(person, _) in &moves {
        change += hall.rise(round, person);
    }
    for &(person, table) in &moves {
        change += hall.sit(round, person, table);
    }
    change
}
