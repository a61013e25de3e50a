//! The draw of debates of four teams (British Parliamentary). Owns positions: each team gets those it had least, as the cheapest
//! assignment over the whole round; then teams change rooms, keeping their position, so that fewer meet again.

use super::assignment::assign;
use super::chance::Chance;
use super::history::{History, drawn};
use super::{Draw, DrawMethod, DrawRules, DrawTeam, Institutions, SideRule};

const SIDES: usize = 4;
/// A room of another bracket, or a side that is not the one given beforehand.
const NEVER: i64 = 1_000_000_000_000;
const OTHER_SIDE: i64 = 1_000_000_000;
/// One more turn on a position: more than the lots of 400 teams together.
const TURN: i64 = 1_000_000;
const LOT: usize = 1_000;
const SWEEPS: usize = 20;

pub(super) fn draw(
    rules: &DrawRules,
    teams: &[DrawTeam],
    history: &History,
    mut order: Vec<usize>,
    chance: &mut Chance,
) -> Draw {
    let byes = byes(history, &mut order);
    let rooms = order.len() / SIDES;
    let levels: Vec<Vec<i64>> = order
        .chunks(SIDES)
        .map(|room| levels(teams, room))
        .collect();
    let lots: Vec<i64> = (0..order.len() * order.len())
        .map(|_| i64::try_from(chance.below(LOT)).unwrap_or(0))
        .collect();
    let cost = |place: usize, person: usize| {
        let (room, side, team) = (place / SIDES, place % SIDES, order[person]);
        let level =
            rules.method == DrawMethod::Random || levels[room].contains(&teams[team].points);
        position(rules, teams, history, team, side)
            + if level { 0 } else { NEVER }
            + lots[place * order.len() + person]
    };
    let mut seats: Vec<usize> = assign(order.len(), order.len(), &cost)
        .into_iter()
        .map(|person| order[person])
        .collect();
    change_rooms(rules, teams, history, &mut seats);
    let mut draw = Draw {
        byes: byes.iter().map(|at| teams[*at].team.clone()).collect(),
        ..Draw::default()
    };
    for room in seats.chunks(SIDES).take(rooms) {
        draw.debates.push(drawn(rules, teams, history, room));
    }
    draw
}

/// Those who sit out: as few byes so far as there are, from the end of the order.
fn byes(history: &History, order: &mut Vec<usize>) -> Vec<usize> {
    let mut out = Vec::new();
    for _ in 0..order.len() % SIDES {
        let fewest = order.iter().map(|at| history.byes[*at]).min();
        let last = order
            .iter()
            .rposition(|at| Some(history.byes[*at]) == fewest);
        out.extend(last.map(|place| order.remove(place)));
    }
    out
}

/// The points that a room is made of: of one bracket, or of two where teams are pulled up.
fn levels(teams: &[DrawTeam], room: &[usize]) -> Vec<i64> {
    let mut levels: Vec<i64> = room.iter().map(|at| teams[*at].points).collect();
    levels.dedup();
    levels
}

/// Turns so far, squared, so that four turns on one position are never bought with others.
fn position(
    rules: &DrawRules,
    teams: &[DrawTeam],
    history: &History,
    team: usize,
    side: usize,
) -> i64 {
    let turns = &history.turns[team];
    let least = turns.iter().min().copied().unwrap_or(0);
    match rules.side_rule {
        SideRule::Random => 0,
        SideRule::Balance => i64::from(turns[side] - least).pow(2).min(100) * TURN,
        SideRule::Preallocated if teams[team].side.as_ref() == rules.sides.get(side) => 0,
        SideRule::Preallocated => OTHER_SIDE,
    }
}

fn bother(rules: &DrawRules, history: &History, one: usize, other: usize) -> i64 {
    let school = match rules.institutions {
        Institutions::Ignore => 0,
        Institutions::WithinBracket | Institutions::Always => 100,
    };
    i64::from(history.met(one, other)).pow(2)
        + i64::from(history.same_institution(one, other)) * school
}

/// Two of one position and as many points change rooms as long as fewer meet again or fewer of a school meet.
fn change_rooms(rules: &DrawRules, teams: &[DrawTeam], history: &History, seats: &mut [usize]) {
    let in_room = |seats: &[usize], place: usize, team: usize| -> i64 {
        let begin = place - place % SIDES;
        let others = (begin..begin + SIDES).filter(|other| *other != place);
        others
            .map(|other| bother(rules, history, team, seats[other]))
            .sum()
    };
    for _ in 0..SWEEPS {
        let mut better = false;
        for one in 0..seats.len() {
            for other in (one + SIDES..seats.len()).filter(|other| other % SIDES == one % SIDES) {
                let (a, b) = (seats[one], seats[other]);
                if rules.method == DrawMethod::Power && teams[a].points != teams[b].points {
                    continue;
                }
                let now = in_room(seats, one, a) + in_room(seats, other, b);
                let then = in_room(seats, one, b) + in_room(seats, other, a);
                if then < now {
                    seats.swap(one, other);
                    better = true;
                }
            }
        }
        if !better {
            return;
        }
    }
}
