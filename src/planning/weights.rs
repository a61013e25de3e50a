//! What the search is asked to avoid, in whole numbers: how much each thing costs, and the tables of cost for tags.
//! Knows no seating.

use std::collections::{BTreeMap, BTreeSet};

use super::Problem;

/// A pair that meets again; the third time costs twice more.
pub const MEET: i32 = 16;
/// A traveller who comes back to a table, where there are hosts.
pub const RETURN: i32 = 16;
/// A table's distance from its share of a spread tag, squared.
const SHARE: i32 = 20;
/// Somebody who is the only one of a tag that is not spread.
const ALONE: i32 = 10;
/// Somebody who shares no language with the table.
pub const FOREIGN: i32 = 24;
/// Somebody who does not speak the table's most common language.
pub const UNHEARD: i32 = 2;

/// Tags as traits numbered from 0, with their costs.
#[derive(Debug, Clone, Default)]
pub struct Traits {
    pub count: usize,
    /// Start of each person's traits in `of`; one more than there are people.
    starts: Vec<u32>,
    of: Vec<u16>,
    /// trait × size × bearers → cost
    costs: Vec<i32>,
    sizes: usize,
}

impl Traits {
    /// The traits that cost anything, for tables of at most `largest` people.
    #[must_use]
    pub fn of(problem: &Problem, largest: usize) -> Self {
        let mut totals: BTreeMap<u16, usize> = BTreeMap::new();
        for person in &problem.people {
            for tag in person.tags.iter().collect::<BTreeSet<_>>() {
                *totals.entry(*tag).or_default() += 1;
            }
        }
        let people = problem.people.len();
        let spread: BTreeSet<u16> = problem.balance.iter().copied().collect();
        // What all have or nobody needs company for costs nothing.
        totals.retain(|tag, total| *total < people && (*total > 1 || spread.contains(tag)));
        let places: BTreeMap<u16, u16> = totals.keys().copied().zip(0..).collect();
        let (mut starts, mut of) = (vec![0], Vec::new());
        for person in &problem.people {
            let own: BTreeSet<u16> = person
                .tags
                .iter()
                .filter_map(|tag| places.get(tag))
                .copied()
                .collect();
            of.extend(own);
            starts.push(of.len() as u32);
        }
        let sizes = largest + 1;
        let mut costs = Vec::with_capacity(totals.len() * sizes * sizes);
        for (tag, total) in &totals {
            for size in 0..sizes {
                for bearers in 0..sizes {
                    costs.push(if spread.contains(tag) {
                        uneven(*total, size, people, bearers)
                    } else if bearers == 1 && size > 1 {
                        ALONE
                    } else {
                        0
                    });
                }
            }
        }
        Self {
            count: totals.len(),
            starts,
            of,
            costs,
            sizes,
        }
    }

    /// The traits of a person.
    #[inline]
    #[must_use]
    pub fn of_person(&self, person: usize) -> &[u16] {
        &self.of[self.starts[person] as usize..self.starts[person + 1] as usize]
    }

    /// What a table with these bearers per trait costs.
    #[inline]
    #[must_use]
    pub fn cost(&self, bearers: &[u16], size: usize) -> i32 {
        let mut sum = 0;
        let mut row = size * self.sizes;
        for count in bearers {
            sum += self.costs[row + usize::from(*count)];
            row += self.sizes * self.sizes;
        }
        sum
    }
}

/// The squared distance of a table from its share of the hall, rounded down or up.
fn uneven(total: usize, size: usize, people: usize, bearers: usize) -> i32 {
    let least = total * size / people;
    let most = (total * size).div_ceil(people);
    let distance = least.saturating_sub(bearers) + bearers.saturating_sub(most);
    SHARE * (distance * distance) as i32
}

/// What each person speaks, one bit a language; the 64 most spoken count. Empty when all speak the same.
#[must_use]
pub fn languages(problem: &Problem) -> Vec<u64> {
    let mut totals: BTreeMap<u16, usize> = BTreeMap::new();
    for person in &problem.people {
        for language in person.languages.iter().collect::<BTreeSet<_>>() {
            *totals.entry(*language).or_default() += 1;
        }
    }
    let known = problem
        .people
        .iter()
        .filter(|person| !person.languages.is_empty())
        .count();
    if totals.values().any(|total| *total == known) {
        return Vec::new();
    }
    let mut by_use: Vec<(usize, u16)> = totals
        .into_iter()
        .map(|(language, total)| (total, language))
        .collect();
    by_use.sort_unstable_by(|one, other| other.cmp(one));
    let bits: BTreeMap<u16, u32> = by_use
        .into_iter()
        .take(64)
        .map(|found| found.1)
        .zip(0..)
        .collect();
    let mask = |languages: &[u16]| {
        let bits = languages.iter().filter_map(|language| bits.get(language));
        bits.fold(0_u64, |mask, bit| mask | 1 << bit)
    };
    problem
        .people
        .iter()
        .map(|person| mask(&person.languages))
        .collect()
}

/// What a table of these speakers costs. Who speaks nothing known is left out.
#[inline]
pub fn speech(speakers: impl Iterator<Item = u64> + Clone) -> i32 {
    let (mut once, mut twice, mut known) = (0_u64, 0_u64, 0);
    for mask in speakers.clone().filter(|mask| *mask != 0) {
        twice |= once & mask;
        once |= mask;
        known += 1;
    }
    if known < 2 {
        return 0;
    }
    let foreign = speakers
        .clone()
        .filter(|mask| *mask != 0 && mask & twice == 0)
        .count() as i32;
    let mut most = 1;
    let mut left = twice;
    while left != 0 {
        let bit = left & left.wrapping_neg();
        left ^= bit;
        most = most.max(speakers.clone().filter(|mask| mask & bit != 0).count() as i32);
    }
    FOREIGN * foreign + UNHEARD * (known - most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_pays_for_whoever_understands_nobody() {
        assert_eq!(speech([1, 1, 1].into_iter()), 0);
        assert_eq!(speech([1, 1, 3, 2].into_iter()), UNHEARD);
        assert_eq!(speech([1, 1, 2].into_iter()), FOREIGN + UNHEARD);
        assert_eq!(speech([1, 0, 0].into_iter()), 0);
    }

    #[test]
    fn a_share_may_be_rounded_either_way() {
        // Five teachers, twelve people, tables of four: one or two each.
        let costs: Vec<_> = (0..4).map(|bearers| uneven(5, 4, 12, bearers)).collect();
        assert_eq!(costs, [SHARE, 0, 0, SHARE]);
    }
}
