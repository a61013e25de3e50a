//! Adding, changing, moving and removing items of the agenda.

use super::{RANK_GAP, find};
use crate::meeting::Decision;
use crate::meeting::command::ActivityKind;
use crate::meeting::course::changing::reviewed;
use crate::meeting::discussion;
use crate::meeting::fact::Fact;
use crate::meeting::fitting;
use crate::meeting::groups;
use crate::meeting::ids::ActivityId;
use crate::meeting::refusal::{Code, Refusal};
use crate::meeting::state::{Activity, Meeting, Openness, QuestionSettings};

/// Longest that an item may be planned: ten hours.
const MINUTES: u16 = 600;

/// Adds an item. The same id and kind once more: the same item. In a meeting of minors questions are reviewed.
///
/// Refusals: `exists`, `empty`, `too_long`, `too_many`, `out_of_range`, `not_found` (before).
pub fn add(
    meeting: &Meeting,
    id: ActivityId,
    kind: ActivityKind,
    title: &str,
    minutes: u16,
    before: Option<ActivityId>,
) -> Decision {
    if let Some(there) = meeting.agenda.get(&id) {
        return if there.kind == kind {
            Ok(vec![])
        } else {
            Err(Code::Exists.into())
        };
    }
    fitting::room(meeting.agenda.len(), fitting::ACTIVITIES)?;
    let title = fitting::line(title, fitting::TITLE)?;
    let minutes = fitting::within(minutes, 0, MINUTES)?;
    let (rank, mut facts) = place(meeting, None, before)?;
    facts.push(Fact::ActivityAdded {
        activity: id,
        kind,
        title,
        minutes,
        rank,
    });
    if meeting.minors && kind == ActivityKind::Questions {
        facts.push(reviewed(id));
    }
    Ok(facts)
}

/// Changes title or planned minutes. Refusals: `not_found`, `empty`, `too_long`, `out_of_range`.
pub fn change(
    meeting: &Meeting,
    id: ActivityId,
    title: Option<&str>,
    minutes: Option<u16>,
) -> Decision {
    let activity = find(meeting, id)?;
    let title = title
        .map(|title| fitting::line(title, fitting::TITLE))
        .transpose()?;
    let minutes = minutes
        .map(|minutes| fitting::within(minutes, 0, MINUTES))
        .transpose()?;
    let title = fitting::changed(title, &activity.title);
    let minutes = fitting::changed(minutes, &activity.minutes);
    if title.is_none() && minutes.is_none() {
        return Ok(vec![]);
    }
    Ok(vec![Fact::ActivityChanged {
        activity: id,
        title,
        minutes,
        rank: None,
    }])
}

/// Moves an item before another, or to the end. Refusal: `not_found`.
pub fn move_before(meeting: &Meeting, id: ActivityId, before: Option<ActivityId>) -> Decision {
    find(meeting, id)?;
    if before == Some(id) || follower(meeting, id) == before {
        return Ok(vec![]);
    }
    let (rank, mut facts) = place(meeting, Some(id), before)?;
    facts.push(ranked(id, rank));
    Ok(facts)
}

/// Removes an item that was never opened. Refusals: `not_found`, `wrong_state`.
pub fn remove(meeting: &Meeting, id: ActivityId) -> Decision {
    let activity = find(meeting, id)?;
    if activity.openness != Openness::Planned {
        return Err(Refusal::because(
            Code::WrongState,
            "what was opened stays in the agenda",
        ));
    }
    let mut facts = Vec::new();
    if meeting.stage.activity == Some(id) {
        facts.push(Fact::StageSet { activity: None });
    }
    facts.extend(groups::wrapped(groups::setting::removal(meeting, id)));
    facts.push(Fact::ActivityRemoved { activity: id });
    Ok(facts)
}

/// The agenda in its order.
pub fn in_order(meeting: &Meeting) -> Vec<ActivityId> {
    let mut order: Vec<_> = meeting
        .agenda
        .iter()
        .map(|(id, activity)| (activity.rank, *id))
        .collect();
    order.sort_unstable();
    order.into_iter().map(|(_, id)| id).collect()
}

fn follower(meeting: &Meeting, id: ActivityId) -> Option<ActivityId> {
    in_order(meeting)
        .into_iter()
        .skip_while(|other| *other != id)
        .nth(1)
}

/// The rank of a place, and the facts that make room where there is none.
fn place(
    meeting: &Meeting,
    moved: Option<ActivityId>,
    before: Option<ActivityId>,
) -> Result<(u32, Vec<Fact>), Refusal> {
    let order: Vec<ActivityId> = in_order(meeting)
        .into_iter()
        .filter(|id| Some(*id) != moved)
        .collect();
    let at = match before {
        None => order.len(),
        Some(before) => order
            .iter()
            .position(|id| *id == before)
            .ok_or(Refusal::new(Code::NotFound))?,
    };
    let rank_of = |place: usize| {
        order
            .get(place)
            .and_then(|id| meeting.agenda.get(id))
            .map(|activity| activity.rank)
    };
    let low = at.checked_sub(1).and_then(rank_of).unwrap_or(0);
    let high = rank_of(at).unwrap_or_else(|| low.saturating_add(2 * RANK_GAP));
    let middle = low.midpoint(high);
    if low < middle && middle < high {
        return Ok((middle, vec![]));
    }
    Ok((spread(at), make_room(&order, at)))
}

/// Gives every item a fresh rank and leaves the place `at` free.
fn make_room(order: &[ActivityId], at: usize) -> Vec<Fact> {
    order
        .iter()
        .enumerate()
        .map(|(place, id)| ranked(*id, spread(if place < at { place } else { place + 1 })))
        .collect()
}

fn spread(place: usize) -> u32 {
    u32::try_from(place + 1)
        .unwrap_or(u32::MAX)
        .saturating_mul(RANK_GAP)
}

fn ranked(activity: ActivityId, rank: u32) -> Fact {
    Fact::ActivityChanged {
        activity,
        title: None,
        minutes: None,
        rank: Some(rank),
    }
}

pub fn added(meeting: &mut Meeting, fact: &Fact) {
    let Fact::ActivityAdded {
        activity,
        kind,
        title,
        minutes,
        rank,
    } = fact
    else {
        return;
    };
    meeting.agenda.entry(*activity).or_insert_with(|| Activity {
        kind: *kind,
        title: title.clone(),
        openness: Openness::Planned,
        rank: *rank,
        minutes: *minutes,
        opened_at: None,
        closed_at: None,
        questions: QuestionSettings::default(),
    });
}

pub fn changed(
    meeting: &mut Meeting,
    id: ActivityId,
    title: Option<&str>,
    minutes: Option<u16>,
    rank: Option<u32>,
) {
    let Some(activity) = meeting.agenda.get_mut(&id) else {
        return;
    };
    if let Some(title) = title {
        title.clone_into(&mut activity.title);
    }
    activity.minutes = minutes.unwrap_or(activity.minutes);
    activity.rank = rank.unwrap_or(activity.rank);
}

pub fn removed(meeting: &mut Meeting, id: ActivityId) {
    meeting.agenda.remove(&id);
    groups::setting::forget(meeting, id);
    discussion::forget(meeting, id);
    meeting.debates.remove(&id);
    if meeting.stage.activity == Some(id) {
        meeting.stage.activity = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meeting::command::Command;
    use crate::meeting::hall::{Hall, QUESTIONS, created_with, person};
    use uuid::Uuid;

    fn id(n: u128) -> ActivityId {
        ActivityId(Uuid::from_u128(n))
    }

    fn add(n: u128, before: Option<u128>) -> Command {
        Command::AddActivity {
            id: id(n),
            kind: ActivityKind::Poll,
            title: format!("Item {n}"),
            minutes: Some(10),
            before: before.map(id),
        }
    }

    fn hall(items: u128) -> Hall {
        let mut hall = created_with(None);
        hall.sit(1, Some(crate::meeting::hall::DESK_LINK));
        for n in 1..=items {
            hall.lead(add(n, None));
        }
        hall
    }

    fn order(hall: &Hall) -> Vec<u128> {
        in_order(&hall.meeting)
            .into_iter()
            .map(|id| id.0.as_u128())
            .collect()
    }

    #[test]
    fn items_are_added_at_the_end_or_before_another() {
        let mut hall = hall(3);
        hall.lead(add(4, Some(1)));
        hall.lead(add(5, Some(3)));
        assert_eq!(order(&hall), [4, 1, 2, 5, 3]);
        assert_eq!(hall.lead(add(5, None)), vec![], "the same item");
        assert_eq!(
            hall.send(hall.facilitator, add(6, Some(99))),
            Err(Code::NotFound)
        );
    }

    #[test]
    fn an_item_moves_and_there_is_always_room() {
        let mut hall = hall(4);
        let put = |n: u128, before: Option<u128>| Command::MoveActivity {
            activity: id(n),
            before: before.map(id),
        };
        hall.lead(put(4, Some(1)));
        assert_eq!(order(&hall), [4, 1, 2, 3]);
        assert_eq!(hall.lead(put(4, Some(1))), vec![]);
        hall.lead(put(4, None));
        assert_eq!(order(&hall), [1, 2, 3, 4]);
        assert_eq!(hall.lead(put(4, None)), vec![]);
        for round in 0..60 {
            hall.lead(put(2 + round % 2, Some(4)));
            hall.lead(put(3 - round % 2, Some(4)));
        }
        assert_eq!(order(&hall)[0], 1);
        assert_eq!(order(&hall)[3], 4);
    }

    #[test]
    fn only_what_was_never_opened_is_removed() {
        let mut hall = hall(2);
        hall.lead(Command::Stage {
            activity: Some(id(1)),
            in_s: None,
        });
        hall.lead(Command::RemoveActivity { activity: id(1) });
        assert_eq!((order(&hall), hall.meeting.stage.activity), (vec![2], None));
        hall.lead(Command::Open { activity: id(2) });
        let remove = Command::RemoveActivity { activity: id(2) };
        assert_eq!(
            hall.send(hall.facilitator, remove.clone()),
            Err(Code::WrongState)
        );
        hall.lead(Command::Close { activity: id(2) });
        assert_eq!(hall.send(hall.facilitator, remove), Err(Code::WrongState));
    }

    #[test]
    fn title_and_minutes_change_within_their_limits() {
        let mut hall = hall(1);
        let change = |title: Option<&str>, minutes| Command::ChangeActivity {
            activity: id(1),
            title: title.map(str::to_owned),
            minutes,
        };
        hall.lead(change(Some("Hello"), Some(0)));
        assert_eq!(hall.lead(change(Some(" Hello "), Some(0))), vec![]);
        assert_eq!(
            hall.send(hall.facilitator, change(Some(" "), None)),
            Err(Code::Empty)
        );
        assert_eq!(
            hall.send(hall.facilitator, change(Some(&"a".repeat(121)), None)),
            Err(Code::TooLong)
        );
        assert_eq!(
            hall.send(hall.facilitator, change(None, Some(601))),
            Err(Code::OutOfRange)
        );
    }

    #[test]
    fn an_id_of_another_kind_exists() {
        let mut hall = Hall::new();
        let again = |kind| Command::AddActivity {
            id: QUESTIONS,
            kind,
            title: "X".to_owned(),
            minutes: None,
            before: None,
        };
        assert_eq!(
            hall.send(hall.facilitator, again(ActivityKind::Poll)),
            Err(Code::Exists)
        );
        assert_eq!(hall.lead(again(ActivityKind::Questions)), vec![]);
        assert_eq!(
            hall.send(person(3), again(ActivityKind::Questions)),
            Err(Code::NotAllowed)
        );
    }

    #[test]
    fn an_agenda_has_an_end() {
        let mut hall = hall(200);
        assert_eq!(
            hall.send(hall.facilitator, add(201, None)),
            Err(Code::TooMany)
        );
    }
}
