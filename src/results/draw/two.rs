//! The draw of debates of two teams. Owns what weighs more than what: a side given beforehand, then no rematch, then schools kept
//! apart, then brackets, then the way of pairing within them.

use super::brackets::even_brackets;
use super::chance::Chance;
use super::history::{History, drawn};
use super::pairing::pairs;
use super::{Draw, DrawMethod, DrawRules, DrawTeam, Institutions, Pairing, SideRule};

// A clash outweighs all rematches of a round of 400 teams, a rematch all schools and brackets together. The others outweigh what
// is likely to come together below them.
const SIDE_CLASH: i64 = 10_000_000_000_000_000;
const REMATCH: i64 = 20_000_000_000_000;
const SCHOOL_ALWAYS: i64 = 50_000_000_000;
const BRACKET_GAP: i64 = 100_000_000;
const SCHOOL_WITHIN: i64 = 1_000_000;
/// In a random round: sides that cannot be made even.
const SAME_NEED: i64 = 2_000;
/// In a random round of few teams, where all pairings are looked at: the lot.
const LOT: usize = 1_000;
/// With more teams a bye is offered to so many at most until nobody meets twice.
const BYES_TRIED: usize = 8;
const ALL_BYES_TRIED_UP_TO: usize = 33;

/// A round with somebody sitting out.
struct Tried {
    /// Debates of teams that met before.
    again: usize,
    bye: usize,
    debates: Vec<(usize, usize)>,
}

pub(super) fn draw(
    rules: &DrawRules,
    teams: &[DrawTeam],
    history: &History,
    order: Vec<usize>,
    chance: &mut Chance,
) -> Draw {
    if order.len().is_multiple_of(2) {
        let debates = round(rules, teams, history, &order, chance);
        return told(rules, teams, history, debates, None, chance);
    }
    let fewest = order.iter().map(|at| history.byes[*at]).min().unwrap_or(0);
    let candidates = order
        .iter()
        .rev()
        .filter(|at| history.byes[**at] == fewest)
        .copied();
    let tried = if order.len() <= ALL_BYES_TRIED_UP_TO {
        order.len()
    } else {
        BYES_TRIED
    };
    let mut best: Option<Tried> = None;
    for bye in candidates.take(tried) {
        let rest: Vec<usize> = order.iter().filter(|at| **at != bye).copied().collect();
        let debates = round(rules, teams, history, &rest, chance);
        let again = debates
            .iter()
            .filter(|(one, other)| history.met(*one, *other) > 0)
            .count();
        if best.as_ref().is_none_or(|best| again < best.again) {
            best = Some(Tried {
                again,
                bye,
                debates,
            });
        }
        if again == 0 {
            break;
        }
    }
    let (bye, debates) = best.map_or((None, Vec::new()), |best| (Some(best.bye), best.debates));
    told(rules, teams, history, debates, bye, chance)
}

fn told(
    rules: &DrawRules,
    teams: &[DrawTeam],
    history: &History,
    debates: Vec<(usize, usize)>,
    bye: Option<usize>,
    chance: &mut Chance,
) -> Draw {
    let mut draw = Draw::default();
    for (one, other) in debates {
        let on_sides = sides(rules, teams, history, (one, other), chance);
        draw.debates.push(drawn(rules, teams, history, &on_sides));
    }
    draw.byes.extend(bye.map(|at| teams[at].team.clone()));
    draw
}

/// A place in the brackets.
struct Spot {
    team: usize,
    bracket: i64,
    /// From the top of the bracket.
    depth: i64,
    size: i64,
}

/// Pairs of an even number of teams, the strongest bracket first.
fn round(
    rules: &DrawRules,
    teams: &[DrawTeam],
    history: &History,
    order: &[usize],
    chance: &mut Chance,
) -> Vec<(usize, usize)> {
    let brackets = even_brackets(rules, teams, history, order, chance);
    let mut spots = Vec::new();
    let mut first = Vec::new();
    for (number, bracket) in (0..).zip(&brackets) {
        let begin = spots.len();
        let size = i64::try_from(bracket.len()).unwrap_or(0);
        spots.extend((0..).zip(bracket).map(|(depth, team)| Spot {
            team: *team,
            bracket: number,
            depth,
            size,
        }));
        first.extend(
            ideal(rules, bracket.len())
                .into_iter()
                .map(|(one, other)| (begin + one, begin + other)),
        );
    }
    let lots: Vec<i64> = (0..spots.len() * spots.len())
        .map(|_| i64::try_from(chance.below(LOT)).unwrap_or(0))
        .collect();
    let cost = |one: usize, other: usize| {
        let lot = lots[one.min(other) * spots.len() + one.max(other)];
        price(rules, teams, history, (&spots[one], &spots[other]), lot)
    };
    let mut pairs = pairs(first, &cost, chance);
    pairs.sort_by_key(|(one, other)| one.min(other).to_owned());
    pairs
        .into_iter()
        .map(|(one, other)| (spots[one].team, spots[other].team))
        .collect()
}

fn by_lot(rules: &DrawRules) -> bool {
    rules.method == DrawMethod::Random || rules.pairing == Pairing::Random
}

/// The pairs that the rule of pairing wants in a bracket, by depth.
fn ideal(rules: &DrawRules, size: usize) -> Vec<(usize, usize)> {
    let half = size / 2;
    let pair = |at: usize| match rules.pairing {
        _ if by_lot(rules) => (at * 2, at * 2 + 1),
        Pairing::Fold => (at, size - 1 - at),
        Pairing::Slide => (at, at + half),
        Pairing::Adjacent | Pairing::Random => (at * 2, at * 2 + 1),
    };
    (0..half).map(pair).collect()
}

fn price(
    rules: &DrawRules,
    teams: &[DrawTeam],
    history: &History,
    pair: (&Spot, &Spot),
    lot: i64,
) -> i64 {
    let (one, other) = pair;
    let (a, b) = (one.team, other.team);
    let clash = rules.side_rule == SideRule::Preallocated && teams[a].side == teams[b].side;
    let school = match rules.institutions {
        Institutions::Ignore => 0,
        Institutions::WithinBracket => SCHOOL_WITHIN,
        Institutions::Always => SCHOOL_ALWAYS,
    };
    let gap = one.bracket - other.bracket;
    let above = i64::from(clash) * SIDE_CLASH
        + i64::from(history.met(a, b).min(2)) * REMATCH
        + i64::from(history.same_institution(a, b)) * school
        + (gap * gap).min(400) * BRACKET_GAP;
    let need = match rules.side_rule {
        SideRule::Balance => same_need(history, a, b),
        SideRule::Random | SideRule::Preallocated => 0,
    };
    above
        + match rules.pairing {
            _ if gap != 0 => 0,
            _ if by_lot(rules) => need * SAME_NEED + lot,
            Pairing::Fold => (one.depth + other.depth - (one.size - 1)).pow(2),
            Pairing::Slide => ((one.depth - other.depth).abs() - one.size / 2).pow(2),
            Pairing::Adjacent | Pairing::Random => ((one.depth - other.depth).abs() - 1).pow(2),
        }
}

/// How often a team stood on the first side more than on the second.
fn lean(history: &History, team: usize) -> i64 {
    match history.turns[team].as_slice() {
        [first, second] => i64::from(*first) - i64::from(*second),
        _ => 0,
    }
}

/// How much more uneven a debate makes the two together at best; 0 where each gets what it needs.
fn same_need(history: &History, one: usize, other: usize) -> i64 {
    let (a, b) = (lean(history, one), lean(history, other));
    let after = |a: i64, b: i64| a * a + b * b;
    let best = after(a + 1, b - 1).min(after(a - 1, b + 1));
    (best - after(a, b) + 2 * (a.abs() + b.abs())).clamp(0, 12)
}

/// The two in the order of the sides.
fn sides(
    rules: &DrawRules,
    teams: &[DrawTeam],
    history: &History,
    pair: (usize, usize),
    chance: &mut Chance,
) -> [usize; 2] {
    let (one, other) = pair;
    let lot = if chance.below(2) == 0 {
        [one, other]
    } else {
        [other, one]
    };
    let fewer = || match lean(history, one).cmp(&lean(history, other)) {
        std::cmp::Ordering::Less => [one, other],
        std::cmp::Ordering::Greater => [other, one],
        std::cmp::Ordering::Equal => lot,
    };
    match rules.side_rule {
        SideRule::Random => lot,
        SideRule::Balance => fewer(),
        SideRule::Preallocated if teams[one].side == teams[other].side => fewer(),
        SideRule::Preallocated if teams[one].side.as_ref() == rules.sides.first() => [one, other],
        SideRule::Preallocated => [other, one],
    }
}
