//! Counts the votes and ranks of a panel's sound ballots. Owns majority, casting vote, ranks and points; knows no scores but the
//! totals that rank.

use super::ballot::{Ballot, Bout};
use super::panel::Undecided;
use super::rules::{Ballots, Rules, Sheet};

/// What a panel says, each list in the order of the sheet.
#[derive(Debug, Default)]
pub(super) struct Verdict {
    pub winner: Option<String>,
    pub advancing: Vec<String>,
    pub casting_vote: bool,
    pub dissenters: Vec<String>,
    pub votes: Vec<u16>,
    pub ranks: Vec<Option<u8>>,
    pub points: Vec<u8>,
}

pub(super) fn verdict(
    rules: &Rules,
    bout: &Bout,
    ballots: &[&Ballot],
) -> Result<Verdict, Undecided> {
    let count = bout.sides.len();
    match rules.sheet {
        Sheet::NoWinner | Sheet::Audience => Ok(Verdict {
            votes: vec![0; count],
            ranks: vec![None; count],
            points: vec![0; count],
            ..Verdict::default()
        }),
        Sheet::Ranking => ranking(rules, bout, ballots),
        Sheet::Elimination => elimination(rules, bout, ballots),
        Sheet::HighPoints | Sheet::TiedPoints | Sheet::LowPoints | Sheet::ResultOnly => {
            majority(rules, bout, ballots)
        }
    }
}

/// The side (as a place on the sheet) that a sound ballot makes the winner; `None` if all gave up.
fn winner_on(rules: &Rules, ballot: &Ballot) -> Option<usize> {
    let mut standing = ballot
        .sides
        .iter()
        .enumerate()
        .filter(|(_, said)| !said.forfeit);
    if standing.clone().count() == 1 {
        return standing.next().map(|(at, _)| at);
    }
    if rules.sheet == Sheet::HighPoints && rules.scored() {
        return standing
            .max_by_key(|(_, said)| said.total(rules))
            .map(|(at, _)| at);
    }
    let declared = ballot.winner.as_ref()?;
    standing
        .find(|(_, said)| said.side == *declared)
        .map(|(at, _)| at)
}

fn chairs<'a>(rules: &Rules, bout: &Bout, ballots: &[&'a Ballot]) -> Option<&'a Ballot> {
    let chair = bout.chair().filter(|_| rules.casting_vote)?;
    ballots.iter().find(|ballot| ballot.judge == chair).copied()
}

fn votes_for(count: usize, chosen: impl Iterator<Item = usize>) -> Vec<u16> {
    let mut votes = vec![0; count];
    for side in chosen {
        votes[side] += 1;
    }
    votes
}

fn majority(rules: &Rules, bout: &Bout, ballots: &[&Ballot]) -> Result<Verdict, Undecided> {
    let count = bout.sides.len();
    let chosen: Vec<Option<usize>> = ballots
        .iter()
        .map(|ballot| winner_on(rules, ballot))
        .collect();
    let votes = votes_for(count, chosen.iter().copied().flatten());
    let most = votes.iter().max().copied().unwrap_or(0);
    let leaders: Vec<usize> = (0..count).filter(|at| votes[*at] == most).collect();
    let (winner, casting_vote) = match leaders.as_slice() {
        _ if most == 0 => (None, false),
        [alone] => (Some(*alone), false),
        _ => {
            let said = chairs(rules, bout, ballots).and_then(|ballot| winner_on(rules, ballot));
            let said = said.filter(|side| leaders.contains(side));
            (Some(said.ok_or(Undecided::EvenSplit {})?), true)
        }
    };
    let minority = |(ballot, side): (&&Ballot, &Option<usize>)| {
        (*side != winner).then(|| ballot.judge.clone())
    };
    let wins = |at: usize| Some(at) == winner;
    Ok(Verdict {
        winner: winner
            .and_then(|at| bout.sides.get(at))
            .map(|side| side.side.clone()),
        advancing: Vec::new(),
        casting_vote,
        dissenters: ballots.iter().zip(&chosen).filter_map(minority).collect(),
        votes,
        ranks: (0..count)
            .map(|at| winner.map(|_| if wins(at) { 1 } else { 2 }))
            .collect(),
        points: (0..count).map(|at| u8::from(wins(at))).collect(),
    })
}

/// Ranks of a sound ballot, those who gave up after all others.
fn ranks_on(rules: &Rules, ballot: &Ballot) -> Vec<i64> {
    let count = i64::try_from(ballot.sides.len()).unwrap_or(0);
    let rank = |said: &super::BallotSide| {
        if said.forfeit {
            return count;
        }
        match said.total(rules) {
            Some(total) => {
                let above = ballot
                    .sides
                    .iter()
                    .filter(|other| other.total(rules) > Some(total));
                1 + i64::try_from(above.count()).unwrap_or(0)
            }
            None => said.rank.map_or(count, i64::from),
        }
    };
    ballot.sides.iter().map(rank).collect()
}

/// All sides in order. Of judges who rank singly: by the sum of ranks, then the sum of totals, then as the chair has it.
fn ranking(rules: &Rules, bout: &Bout, ballots: &[&Ballot]) -> Result<Verdict, Undecided> {
    let count = bout.sides.len();
    let sheets: Vec<Vec<i64>> = ballots
        .iter()
        .map(|ballot| ranks_on(rules, ballot))
        .collect();
    let chair = chairs(rules, bout, ballots).map(|ballot| ranks_on(rules, ballot));
    let gave_up = |at: usize| ballots.iter().any(|ballot| ballot.sides[at].forfeit);
    let sum = |at: usize| sheets.iter().map(|ranks| ranks[at]).sum::<i64>();
    let total = |at: usize| {
        let said = ballots
            .iter()
            .filter_map(|ballot| ballot.sides[at].total(rules));
        said.map(i64::from).sum::<i64>()
    };
    let open = |at: usize| (gave_up(at), sum(at), -total(at));
    let full = |at: usize| (open(at), chair.as_ref().map_or(0, |ranks| ranks[at]));
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by_key(|at| full(*at));
    let tied = |pair: &[usize]| !gave_up(pair[0]) && full(pair[0]) == full(pair[1]);
    if order.windows(2).any(tied) {
        return Err(Undecided::EvenSplit {});
    }
    let casting_vote = order
        .windows(2)
        .any(|pair| !gave_up(pair[0]) && open(pair[0]) == open(pair[1]));
    let mut ranks = vec![None; count];
    let mut points = vec![0; count];
    for (place, at) in order.iter().enumerate() {
        let rank = u8::try_from(place + 1).unwrap_or(u8::MAX);
        let all = u8::try_from(count).unwrap_or(u8::MAX);
        ranks[*at] = Some(rank);
        points[*at] = if gave_up(*at) {
            0
        } else {
            all.saturating_sub(rank)
        };
    }
    let first = order.first().filter(|at| !gave_up(**at)).copied();
    Ok(Verdict {
        winner: first.map(|at| bout.sides[at].side.clone()),
        casting_vote,
        votes: votes_for(
            count,
            sheets
                .iter()
                .filter_map(|ranks| ranks.iter().position(|rank| *rank == 1)),
        ),
        ranks,
        points,
        ..Verdict::default()
    })
}

/// The sides that most judges send on; on an even split those the chair sends on first.
fn elimination(rules: &Rules, bout: &Bout, ballots: &[&Ballot]) -> Result<Verdict, Undecided> {
    let count = bout.sides.len();
    let goes = |ballot: &Ballot, at: usize| ballot.advancing.contains(&bout.sides[at].side);
    let chosen = ballots
        .iter()
        .flat_map(|ballot| (0..count).filter(|at| goes(ballot, *at)));
    let votes = votes_for(count, chosen);
    let chair = chairs(rules, bout, ballots);
    let chairs_own = |at: usize| chair.is_some_and(|ballot| goes(ballot, at));
    let key = |at: usize| (votes[at], chairs_own(at));
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by_key(|at| std::cmp::Reverse(key(*at)));
    let places = usize::from(rules.advancing);
    let mut casting_vote = false;
    if let (Some(last), Some(next)) = (
        places.checked_sub(1).and_then(|at| order.get(at)),
        order.get(places),
    ) {
        if key(*last) == key(*next) {
            return Err(Undecided::EvenSplit {});
        }
        casting_vote = votes[*last] == votes[*next];
    }
    order.truncate(places);
    order.sort_unstable();
    let advancing: Vec<String> = order
        .iter()
        .map(|at| bout.sides[*at].side.clone())
        .collect();
    let agreed = |ballot: &Ballot| order.iter().all(|at| goes(ballot, *at));
    let dissenters = ballots.iter().filter(|ballot| !agreed(ballot));
    let single = bout.ballots(rules) == Ballots::Single;
    Ok(Verdict {
        winner: advancing.first().filter(|_| places == 1).cloned(),
        casting_vote,
        dissenters: dissenters
            .filter(|_| single)
            .map(|ballot| ballot.judge.clone())
            .collect(),
        ranks: vec![None; count],
        points: (0..count).map(|at| u8::from(order.contains(&at))).collect(),
        advancing,
        votes,
    })
}
