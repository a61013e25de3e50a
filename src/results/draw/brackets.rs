//! Brackets of two-team debates: teams with as many points, made even by pull-ups. Knows points and order alone.

use std::collections::VecDeque;

use super::chance::Chance;
use super::history::History;
use super::{DrawMethod, DrawRules, DrawTeam, OddBracket};

/// The brackets of an even number of teams in their order, each of them even.
pub(super) fn even_brackets(
    rules: &DrawRules,
    teams: &[DrawTeam],
    history: &History,
    order: &[usize],
    chance: &mut Chance,
) -> Vec<Vec<usize>> {
    let mut raw: Vec<Vec<usize>> = Vec::new();
    for at in order {
        let same = |last: &Vec<usize>| {
            rules.method == DrawMethod::Random
                || last
                    .first()
                    .is_some_and(|first| teams[*first].points == teams[*at].points)
        };
        match raw.last_mut() {
            Some(last) if same(last) => last.push(*at),
            _ => raw.push(vec![*at]),
        }
    }
    let mut brackets = Vec::new();
    let mut rest = VecDeque::from(raw);
    while let Some(mut bracket) = rest.pop_front() {
        if bracket.is_empty() {
            continue;
        }
        if bracket.len() % 2 == 0 {
            brackets.push(bracket);
            continue;
        }
        let next = rest.iter_mut().find(|next| !next.is_empty());
        let Some(up) = next.and_then(|next| pull_up(rules, history, next, chance)) else {
            brackets.push(bracket);
            break;
        };
        if rules.odd == OddBracket::Intermediate {
            let down = bracket.pop();
            if !bracket.is_empty() {
                brackets.push(bracket);
            }
            brackets.push(down.into_iter().chain([up]).collect());
        } else {
            bracket.push(up);
            brackets.push(bracket);
        }
    }
    brackets
}

fn pull_up(
    rules: &DrawRules,
    history: &History,
    next: &mut Vec<usize>,
    chance: &mut Chance,
) -> Option<usize> {
    let fewest = next.iter().map(|at| history.pulled_up[*at]).min()?;
    let may = |at: usize| !rules.fewest_pull_ups || history.pulled_up[at] == fewest;
    let candidates: Vec<usize> = (0..next.len()).filter(|place| may(next[*place])).collect();
    let chosen = match rules.odd {
        OddBracket::PullUpTop | OddBracket::Intermediate => 0,
        OddBracket::PullUpBottom => candidates.len() - 1,
        OddBracket::PullUpRandom => chance.below(candidates.len()),
    };
    Some(next.remove(*candidates.get(chosen)?))
}
