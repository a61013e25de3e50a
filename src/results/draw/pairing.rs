//! The cheapest way to make pairs. Exact up to sixteen; beyond, exchanges between pairs from a good beginning, bounded in steps.
//! Knows numbers alone.
//!
//! Why exchanges are enough to avoid a rematch: with `n` teams of which each met at most `r`, a bad pair (a, b) can be exchanged
//! with a pair (c, d) into two good ones as soon as n > 2r. With more than sixteen teams that holds for eight rounds at least.

use super::chance::Chance;

/// Up to so many all pairings are looked at.
const EXACT: usize = 16;
/// Rounds over all exchanges; each lowers the cost, so that few are ever needed.
const SWEEPS: usize = 200;
/// Disturbances from which a way out of a dead end is tried.
const KICKS: usize = 60;

/// Pairs of `0..count` (even) with a low sum of `cost`, beginning from `first`.
pub(super) fn pairs(
    first: Vec<(usize, usize)>,
    cost: &dyn Fn(usize, usize) -> i64,
    chance: &mut Chance,
) -> Vec<(usize, usize)> {
    if first.len() * 2 <= EXACT {
        return exact(first.len() * 2, cost);
    }
    let mut best = first;
    settle(&mut best, cost);
    for _ in 0..KICKS {
        let mut tried = best.clone();
        for _ in 0..3 {
            let (one, other) = (chance.below(tried.len()), chance.below(tried.len()));
            if one != other {
                let (kept, moved) = (tried[one].1, tried[other].1);
                (tried[one].1, tried[other].1) = (moved, kept);
            }
        }
        settle(&mut tried, cost);
        if sum(&tried, cost) < sum(&best, cost) {
            best = tried;
        }
    }
    best
}

fn sum(pairs: &[(usize, usize)], cost: &dyn Fn(usize, usize) -> i64) -> i64 {
    pairs.iter().map(|(one, other)| cost(*one, *other)).sum()
}

/// Exchanges between two pairs until none makes it cheaper.
fn settle(pairs: &mut [(usize, usize)], cost: &dyn Fn(usize, usize) -> i64) {
    for _ in 0..SWEEPS {
        let mut better = false;
        for one in 0..pairs.len() {
            for other in one + 1..pairs.len() {
                better |= exchange(pairs, one, other, cost);
            }
        }
        if !better {
            return;
        }
    }
}

fn exchange(
    pairs: &mut [(usize, usize)],
    one: usize,
    other: usize,
    cost: &dyn Fn(usize, usize) -> i64,
) -> bool {
    let ((a, b), (c, d)) = (pairs[one], pairs[other]);
    let now = cost(a, b) + cost(c, d);
    let crossed = cost(a, c) + cost(b, d);
    let swapped = cost(a, d) + cost(c, b);
    if now <= crossed.min(swapped) {
        return false;
    }
    (pairs[one], pairs[other]) = if crossed < swapped {
        ((a, c), (b, d))
    } else {
        ((a, d), (c, b))
    };
    true
}

/// The cheapest of all pairings: for each set of the first so many numbers the cheapest way to pair them up, the lowest number
/// of a set always paired first.
fn exact(count: usize, cost: &dyn Fn(usize, usize) -> i64) -> Vec<(usize, usize)> {
    let all = (1_usize << count) - 1;
    let mut cheapest = vec![i64::MAX; all + 1];
    let mut partner = vec![0_usize; all + 1];
    cheapest[0] = 0;
    for set in 1..=all {
        if set.count_ones() % 2 == 1 {
            continue;
        }
        let one = set.trailing_zeros() as usize;
        for other in (one + 1..count).filter(|other| set >> other & 1 == 1) {
            let rest = cheapest[set & !(1 << one) & !(1 << other)];
            let price = rest.saturating_add(cost(one, other));
            if price < cheapest[set] {
                (cheapest[set], partner[set]) = (price, other);
            }
        }
    }
    let mut pairs = Vec::new();
    let mut set = all;
    while set != 0 {
        let (one, other) = (set.trailing_zeros() as usize, partner[set]);
        pairs.push((one, other));
        set &= !(1 << one) & !(1 << other);
    }
    pairs
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Tries all pairings one by one.
    fn brute(left: &[usize], cost: &dyn Fn(usize, usize) -> i64) -> i64 {
        let Some((one, rest)) = left.split_first() else {
            return 0;
        };
        let with = |at: usize| {
            let mut others = rest.to_vec();
            let other = others.remove(at);
            cost(*one, other) + brute(&others, cost)
        };
        (0..rest.len()).map(with).min().unwrap()
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

        #[test]
        fn no_pairing_of_eight_is_cheaper(costs in prop::collection::vec(0..100_i64, 64)) {
            let cost = |a: usize, b: usize| costs[a.min(b) * 8 + a.max(b)];
            let first = (0..4).map(|at| (at * 2, at * 2 + 1)).collect();
            let found = pairs(first, &cost, &mut Chance::new(1));
            prop_assert_eq!(sum(&found, &cost), brute(&[0, 1, 2, 3, 4, 5, 6, 7], &cost));
        }
    }
}
