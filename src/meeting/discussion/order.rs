//! Whose turn it is: the order of the line, and for each place the one reason that puts it there. Pure reckoning; a hand's
//! number says when it was raised.

use std::collections::BTreeMap;

use super::command::{HandKind, LineOrder, Stance};
use super::state::{Discussion, Hand};
use super::time;
use crate::meeting::ids::SeatId;
use crate::meeting::state::{Meeting, Seat};

/// Why a hand stands where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    FirstCome,
    FirstTime,
    SpokenBefore,
    TakesTurns,
    LeastTime,
    Reply,
    PointOfOrder,
    Chair,
    OverBudget,
}

/// A place in line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub hand: u32,
    pub reason: Reason,
}

/// What the rules look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    pub hand: u32,
    pub kind: HandKind,
    /// Whose turn it may be, where groups take turns.
    pub group: Option<String>,
    /// Has had the floor already.
    pub spoken: bool,
    /// For how long.
    pub spoken_ms: i64,
    /// The budget of one of its tags is used up.
    pub over_budget: bool,
}

/// The hands in line, first to last. Whoever was sent away stands in no line.
#[must_use]
pub fn line(meeting: &Meeting, discussion: &Discussion) -> Vec<Place> {
    let totals = time::ordinary_by_seat(discussion);
    let used_up = time::used_up(meeting, discussion);
    let candidate = |(number, hand, seat): (u32, &Hand, &Seat)| {
        let total = totals.get(&hand.seat).copied().unwrap_or_default();
        Candidate {
            hand: number,
            kind: hand.kind,
            group: group(meeting, discussion, hand.stance, seat),
            spoken: total.turns > 0,
            spoken_ms: total.ms,
            over_budget: used_up.iter().any(|tag| seat.tags.contains(*tag)),
        }
    };
    let waiting = discussion.hands.iter().filter_map(|(number, hand)| {
        let seat = meeting.seats.get(&hand.seat).filter(|seat| !seat.void)?;
        hand.waits().then_some((*number, hand, seat))
    });
    let candidates = waiting.map(candidate).collect();
    let served = served(meeting, discussion);
    arrange(discussion.order, &discussion.placed, &served, candidates)
}

/// The groups of the speeches there were, in the order they were called.
fn served(meeting: &Meeting, discussion: &Discussion) -> Vec<Option<String>> {
    if discussion.order != LineOrder::Alternate {
        return Vec::new();
    }
    let called = discussion.hands.iter();
    let mut called: Vec<_> = called
        .filter(|(_, hand)| hand.was_called() && hand.kind == HandKind::Ordinary)
        .collect();
    called.sort_by_key(|(number, hand)| (hand.called_at, **number));
    let of = |seat: SeatId| meeting.seats.get(&seat);
    called
        .into_iter()
        .filter_map(|(_, hand)| {
            let seat = of(hand.seat)?;
            Some(group(meeting, discussion, hand.stance, seat))
        })
        .collect()
}

/// Where people say for or against, that; else the first of the discussion's tags that they hold.
fn group(
    meeting: &Meeting,
    discussion: &Discussion,
    stance: Option<Stance>,
    seat: &Seat,
) -> Option<String> {
    if discussion.stances {
        return stance.map(|stance| match stance {
            Stance::For => "for".to_owned(),
            Stance::Against => "against".to_owned(),
        });
    }
    let mut tags = meeting.counted_tags(discussion).iter();
    tags.find(|tag| seat.tags.contains(*tag)).cloned()
}

/// The order: first what the chair placed, then the rest by the rule; and before the first that is less urgent, each point of
/// order and each reply that came since, oldest first.
#[must_use]
pub fn arrange(
    order: LineOrder,
    placed: &[u32],
    served: &[Option<String>],
    candidates: Vec<Candidate>,
) -> Vec<Place> {
    let mut kinds = BTreeMap::new();
    let (mut urgent, mut ordinary) = (Vec::new(), Vec::new());
    for candidate in candidates {
        kinds.insert(candidate.hand, candidate.kind);
        if placed.contains(&candidate.hand) {
            continue;
        }
        match candidate.kind {
            HandKind::Ordinary => ordinary.push(candidate),
            kind => urgent.push((kind, candidate.hand)),
        }
    }
    let chairs = placed.iter().filter(|hand| kinds.contains_key(hand));
    let mut line: Vec<Place> = chairs
        .map(|hand| Place {
            hand: *hand,
            reason: Reason::Chair,
        })
        .collect();
    line.extend(by_budget(order, served, ordinary));
    urgent.sort_unstable();
    for (kind, hand) in urgent {
        let less_urgent = |place: &Place| kinds.get(&place.hand).is_some_and(|one| *one > kind);
        let at = line.iter().position(less_urgent).unwrap_or(line.len());
        let reason = match kind {
            HandKind::Reply => Reason::Reply,
            HandKind::PointOfOrder | HandKind::Ordinary => Reason::PointOfOrder,
        };
        line.insert(at, Place { hand, reason });
    }
    line
}

/// Whoever is over a budget comes last, as hands were raised. Where all are, it explains nothing and the rule goes on.
fn by_budget(
    order: LineOrder,
    served: &[Option<String>],
    mut ordinary: Vec<Candidate>,
) -> Vec<Place> {
    ordinary.sort_by_key(|candidate| candidate.hand);
    let (over, within): (Vec<_>, Vec<_>) = ordinary
        .into_iter()
        .partition(|candidate| candidate.over_budget);
    if within.is_empty() {
        return by_rule(order, served, over);
    }
    let mut line = by_rule(order, served, within);
    line.extend(all(over, Reason::OverBudget));
    line
}

/// `candidates` as they were raised.
fn by_rule(
    order: LineOrder,
    served: &[Option<String>],
    mut candidates: Vec<Candidate>,
) -> Vec<Place> {
    match order {
        LineOrder::FirstCome => all(candidates, Reason::FirstCome),
        LineOrder::FirstTimers => {
            let (before, first): (Vec<_>, Vec<_>) = candidates
                .into_iter()
                .partition(|candidate| candidate.spoken);
            if before.is_empty() || first.is_empty() {
                return all(before.into_iter().chain(first), Reason::FirstCome);
            }
            let mut line = all(first, Reason::FirstTime);
            line.extend(all(before, Reason::SpokenBefore));
            line
        }
        LineOrder::LeastTime => {
            candidates.sort_by_key(|candidate| candidate.spoken_ms);
            let equal = candidates.first().map(|one| one.spoken_ms)
                == candidates.last().map(|one| one.spoken_ms);
            let reason = if equal {
                Reason::FirstCome
            } else {
                Reason::LeastTime
            };
            all(candidates, reason)
        }
        LineOrder::Alternate => take_turns(served, candidates),
    }
}

/// The group that was served longest ago is next, one that never was before all others; within a group, as hands were raised.
fn take_turns(served: &[Option<String>], candidates: Vec<Candidate>) -> Vec<Place> {
    let mut groups = BTreeMap::<Option<String>, std::collections::VecDeque<u32>>::new();
    for candidate in candidates {
        let group = groups.entry(candidate.group).or_default();
        group.push_back(candidate.hand);
    }
    let reason = if groups.len() > 1 {
        Reason::TakesTurns
    } else {
        Reason::FirstCome
    };
    let mut last_turn: BTreeMap<Option<String>, usize> = served.iter().cloned().zip(1..).collect();
    let mut line = Vec::new();
    let mut turn = served.len();
    loop {
        let waiting = groups.iter().filter_map(|(group, hands)| {
            let first = hands.front()?;
            Some((
                last_turn.get(group).copied().unwrap_or(0),
                *first,
                group.clone(),
            ))
        });
        let Some((_, hand, group)) = waiting.min() else {
            return line;
        };
        turn += 1;
        if let Some(hands) = groups.get_mut(&group) {
            hands.pop_front();
        }
        last_turn.insert(group, turn);
        line.push(Place { hand, reason });
    }
}

fn all(candidates: impl IntoIterator<Item = Candidate>, reason: Reason) -> Vec<Place> {
    let hands = candidates.into_iter().map(|candidate| candidate.hand);
    hands.map(|hand| Place { hand, reason }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use HandKind::{Ordinary, PointOfOrder};
    use Reason::{Chair, FirstCome, FirstTime, LeastTime, OverBudget, SpokenBefore, TakesTurns};

    /// A hand of a group, whose person spoke for so many seconds; −1: not at all.
    fn hand(hand: u32, group: &str, spoken_s: i64) -> Candidate {
        Candidate {
            hand,
            kind: Ordinary,
            group: (!group.is_empty()).then(|| group.to_owned()),
            spoken: spoken_s >= 0,
            spoken_ms: spoken_s.max(0) * 1_000,
            over_budget: false,
        }
    }

    fn urgent(number: u32, kind: HandKind) -> Candidate {
        Candidate {
            kind,
            ..hand(number, "", -1)
        }
    }

    fn over(number: u32, spoken_s: i64) -> Candidate {
        Candidate {
            over_budget: true,
            ..hand(number, "", spoken_s)
        }
    }

    fn served(groups: &[&str]) -> Vec<Option<String>> {
        let group = |group: &&str| (!group.is_empty()).then(|| (*group).to_owned());
        groups.iter().map(group).collect()
    }

    fn check(
        order: LineOrder,
        placed: &[u32],
        groups: &[&str],
        hands: Vec<Candidate>,
        expected: &[(u32, Reason)],
    ) {
        let line = arrange(order, placed, &served(groups), hands);
        let line: Vec<_> = line
            .iter()
            .map(|place| (place.hand, place.reason))
            .collect();
        assert_eq!(line, expected, "{order:?}");
    }

    #[test]
    fn first_come_is_the_order_hands_were_raised_in() {
        let hands = vec![hand(1, "", 90), hand(2, "", -1), hand(3, "", 5)];
        let expected = [(1, FirstCome), (2, FirstCome), (3, FirstCome)];
        check(LineOrder::FirstCome, &[], &[], hands, &expected);
    }

    #[test]
    fn whoever_has_not_spoken_comes_before_whoever_has() {
        let hands = vec![
            hand(1, "", 90),
            hand(2, "", -1),
            hand(3, "", 0),
            hand(4, "", -1),
        ];
        let expected = [
            (2, FirstTime),
            (4, FirstTime),
            (1, SpokenBefore),
            (3, SpokenBefore),
        ];
        check(LineOrder::FirstTimers, &[], &[], hands, &expected);
    }

    #[test]
    fn where_all_are_alike_the_reason_is_that_they_were_first() {
        let new = vec![hand(1, "", -1), hand(2, "", -1)];
        let old = vec![hand(1, "", 9), hand(2, "", 9)];
        let expected = [(1, FirstCome), (2, FirstCome)];
        check(LineOrder::FirstTimers, &[], &[], new, &expected);
        check(LineOrder::FirstTimers, &[], &[], old.clone(), &expected);
        check(LineOrder::LeastTime, &[], &[], old.clone(), &expected);
        check(LineOrder::Alternate, &[], &[], old, &expected);
    }

    #[test]
    fn whoever_has_spoken_least_comes_first_and_equals_as_they_were_raised() {
        let hands = vec![
            hand(1, "", 90),
            hand(2, "", 30),
            hand(3, "", -1),
            hand(4, "", 30),
        ];
        let expected = [
            (3, LeastTime),
            (2, LeastTime),
            (4, LeastTime),
            (1, LeastTime),
        ];
        check(LineOrder::LeastTime, &[], &[], hands, &expected);
    }

    #[test]
    fn for_and_against_take_turns_beginning_with_whom_was_not_heard_last() {
        let hands = || {
            vec![
                hand(1, "for", -1),
                hand(2, "for", -1),
                hand(3, "for", -1),
                hand(4, "against", -1),
                hand(5, "against", -1),
            ]
        };
        let turns = |order: [u32; 5]| order.map(|hand| (hand, TakesTurns));
        let alternate = LineOrder::Alternate;
        check(alternate, &[], &[], hands(), &turns([1, 4, 2, 5, 3]));
        check(alternate, &[], &["for"], hands(), &turns([4, 1, 5, 2, 3]));
        check(
            alternate,
            &[],
            &["for", "against"],
            hands(),
            &turns([1, 4, 2, 5, 3]),
        );
    }

    #[test]
    fn of_several_groups_the_one_that_waited_longest_is_next() {
        let hands = vec![
            hand(1, "teacher", -1),
            hand(2, "student", -1),
            hand(3, "", -1),
            hand(4, "teacher", -1),
            hand(5, "student", -1),
        ];
        let expected = [2, 1, 3, 5, 4].map(|hand| (hand, TakesTurns));
        // Students never had a turn, teachers the one before the untagged.
        check(
            LineOrder::Alternate,
            &[],
            &["teacher", ""],
            hands,
            &expected,
        );
    }

    #[test]
    fn over_the_budget_comes_last_unless_all_are() {
        let hands = vec![over(1, 90), hand(2, "", 10), over(3, -1), hand(4, "", -1)];
        let expected = [
            (4, FirstTime),
            (2, SpokenBefore),
            (1, OverBudget),
            (3, OverBudget),
        ];
        check(LineOrder::FirstTimers, &[], &[], hands, &expected);
        let hands = vec![over(1, 90), over(2, -1)];
        let expected = [(2, FirstTime), (1, SpokenBefore)];
        check(LineOrder::FirstTimers, &[], &[], hands, &expected);
    }

    #[test]
    fn replies_come_before_points_of_order_and_those_before_the_rest_oldest_first() {
        let hands = vec![
            hand(1, "", -1),
            urgent(2, PointOfOrder),
            urgent(3, HandKind::Reply),
            urgent(4, PointOfOrder),
            urgent(5, HandKind::Reply),
            hand(6, "", -1),
        ];
        let expected = [
            (3, Reason::Reply),
            (5, Reason::Reply),
            (2, Reason::PointOfOrder),
            (4, Reason::PointOfOrder),
            (1, FirstCome),
            (6, FirstCome),
        ];
        check(LineOrder::FirstCome, &[], &[], hands, &expected);
    }

    #[test]
    fn what_the_chair_placed_stays_and_who_comes_later_follows_by_the_rule() {
        let hands = vec![
            hand(1, "", 9),
            hand(2, "", -1),
            urgent(3, PointOfOrder),
            hand(4, "", 9),
            hand(5, "", -1),
            urgent(6, PointOfOrder),
            urgent(7, HandKind::Reply),
        ];
        // The chair had put an ordinary hand before the point of order.
        let expected = [
            (7, Reason::Reply),
            (6, Reason::PointOfOrder),
            (2, Chair),
            (3, Chair),
            (1, Chair),
            (5, FirstTime),
            (4, SpokenBefore),
        ];
        check(
            LineOrder::FirstTimers,
            &[2, 3, 1, 99],
            &[],
            hands,
            &expected,
        );
    }

    #[test]
    fn a_point_of_order_waits_behind_one_the_chair_placed() {
        let hands = vec![
            urgent(1, PointOfOrder),
            hand(2, "", -1),
            urgent(3, PointOfOrder),
        ];
        let expected = [(1, Chair), (3, Reason::PointOfOrder), (2, Chair)];
        check(LineOrder::FirstCome, &[1, 2], &[], hands, &expected);
    }
}
