//! Reporter, timekeeper and scribe: dealt fairly at every round, taken over by hand, dealt again when somebody leaves.

use std::collections::{BTreeMap, BTreeSet};

use super::{Facts, at_table, change, find_work};
use crate::meeting::command::Duty;
use crate::meeting::fact::GroupFact;
use crate::meeting::groups::state::{Group, Work};
use crate::meeting::ids::{GroupId, SeatId};
use crate::meeting::refusal::Code;
use crate::meeting::state::Meeting;
use crate::meeting::wish::Context;

pub const DUTIES: [Duty; 3] = [Duty::Reporter, Duty::Timekeeper, Duty::Scribe];

/// Deals the duties of `groups` anew, as people will sit by `seating`: whoever served least comes first, chance decides among
/// equals; people without a phone come last. In a group of one or two somebody has more than one.
pub fn deal(
    meeting: &Meeting,
    work: &Work,
    groups: &[GroupId],
    seating: &BTreeMap<SeatId, GroupId>,
    entropy: u64,
) -> Vec<GroupFact> {
    let mut served = work.served.clone();
    let mut facts = Vec::new();
    for group in groups {
        let members: Vec<SeatId> = seating
            .iter()
            .filter(|(_, at)| *at == group)
            .map(|(seat, _)| *seat)
            .collect();
        let mut busy = BTreeSet::new();
        for duty in DUTIES {
            let Some(seat) = pick(meeting, &members, &busy, &served, entropy) else {
                continue;
            };
            busy.insert(seat);
            *served.entry(seat).or_default() += 1;
            facts.push(GroupFact::DutySet {
                group: *group,
                duty,
                seat: Some(seat),
            });
        }
    }
    facts
}

/// Deals again what somebody who leaves had.
pub fn deal_again(
    meeting: &Meeting,
    work: &Work,
    id: GroupId,
    group: &Group,
    leaving: &BTreeSet<SeatId>,
    entropy: u64,
) -> Vec<GroupFact> {
    let stay: Vec<SeatId> = group
        .places
        .keys()
        .filter(|seat| !leaving.contains(seat))
        .copied()
        .collect();
    let mut busy: BTreeSet<SeatId> = group
        .duties
        .values()
        .filter(|seat| !leaving.contains(seat))
        .copied()
        .collect();
    let free = group
        .duties
        .iter()
        .filter(|(_, seat)| leaving.contains(seat));
    let mut facts = Vec::new();
    for (duty, _) in free {
        if let Some(seat) = pick(meeting, &stay, &busy, &work.served, entropy) {
            busy.insert(seat);
            facts.push(GroupFact::DutySet {
                group: id,
                duty: *duty,
                seat: Some(seat),
            });
        }
    }
    facts
}

fn pick(
    meeting: &Meeting,
    members: &[SeatId],
    busy: &BTreeSet<SeatId>,
    served: &BTreeMap<SeatId, u32>,
    entropy: u64,
) -> Option<SeatId> {
    members.iter().copied().min_by_key(|seat| {
        let proxy = meeting.seats.get(seat).is_some_and(|seat| seat.proxy);
        (
            busy.contains(seat),
            proxy,
            served.get(seat).copied().unwrap_or_default(),
            mixed(entropy, *seat),
        )
    })
}

/// A number from the entropy and the seat that looks like chance (the finisher of SplitMix64).
pub fn mixed(entropy: u64, seat: SeatId) -> u64 {
    let (high, low) = seat.0.as_u64_pair();
    let mut x = entropy ^ high.rotate_left(17) ^ low;
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

/// Takes a duty over, or hands it back. Refusals: `not_found`, `not_allowed`.
pub fn take(meeting: &Meeting, id: GroupId, duty: Duty, on: bool, ctx: &Context) -> Facts {
    let (group, seat) = at_table(meeting, id, ctx)?;
    find_work(meeting, group.activity)?;
    if !group.places.contains_key(&seat) {
        return Err(Code::NotAllowed.into());
    }
    let has = group.duties.get(&duty) == Some(&seat);
    if has == on {
        return Ok(vec![]);
    }
    Ok(vec![GroupFact::DutySet {
        group: id,
        duty,
        seat: on.then_some(seat),
    }])
}

pub fn was_set(meeting: &mut Meeting, id: GroupId, duty: Duty, seat: Option<SeatId>) {
    change(meeting, id, |group| {
        match seat {
            Some(seat) => group.duties.insert(duty, seat),
            None => group.duties.remove(&duty),
        };
    });
    let activity = meeting.groups.get(&id).map(|group| group.activity);
    if let (Some(seat), Some(work)) = (
        seat,
        activity.and_then(|activity| meeting.works.get_mut(&activity)),
    ) {
        *work.served.entry(seat).or_default() += 1;
    }
}
