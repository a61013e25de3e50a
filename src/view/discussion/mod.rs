//! A discussion as each audience sees it: the floor (who speaks, who is next), its chair (everyone, with reasons and times),
//! and whoever raised a hand. Only the chair sees a seat's id.

mod chair;
mod clock;
mod floor;
mod marks;
mod own;
mod shown;
#[cfg(test)]
mod stories;

pub use shown::{
    ChairDiscussion, ChairHand, FloorDiscussion, MyDiscussion, MyHand, ShownHand, ShownSpeaker,
    Spoken, Why,
};

pub(super) use chair::{build as build_chair, refresh as refresh_chair};
pub(super) use floor::{build as build_floor, refresh as refresh_floor};
pub(super) use own::write as write_mine;

use crate::meeting::command::{ActivityKind, HandKind};
use crate::meeting::discussion::order::Reason;
use crate::meeting::discussion::state::{Discussion, Hand};
use crate::meeting::discussion::time::Total;
use crate::meeting::ids::ActivityId;
use crate::meeting::state::Meeting;

/// The discussions on the agenda.
fn on_agenda(meeting: &Meeting) -> impl Iterator<Item = (ActivityId, &Discussion)> {
    let items = meeting.agenda.iter();
    items
        .filter(|(_, item)| item.kind == ActivityKind::Discussion)
        .map(|(activity, _)| (*activity, meeting.discussion(*activity)))
}

/// Who has the floor, and who goes on when an interposed reply is over.
fn speaking(discussion: &Discussion) -> [Option<(u32, &Hand)>; 2] {
    let active = discussion.active();
    [active.first().copied(), active.get(1).copied()]
}

/// Whether this is its person's first ordinary speech in the discussion.
fn is_first(discussion: &Discussion, number: u32, hand: &Hand) -> bool {
    let mut others = discussion.hands_of(hand.seat).filter(|(other, one)| {
        *other != number && one.kind == HandKind::Ordinary && one.was_called()
    });
    others.next().is_none()
}

fn why(reason: Reason) -> Why {
    match reason {
        Reason::FirstCome => Why::FirstCome,
        Reason::FirstTime => Why::FirstTime,
        Reason::SpokenBefore => Why::SpokenBefore,
        Reason::TakesTurns => Why::TakesTurns,
        Reason::LeastTime => Why::LeastTime,
        Reason::Reply => Why::Reply,
        Reason::PointOfOrder => Why::PointOfOrder,
        Reason::Chair => Why::Chair,
        Reason::OverBudget => Why::OverBudget,
    }
}

impl From<Total> for Spoken {
    fn from(total: Total) -> Self {
        Self {
            ms: total.ms,
            turns: total.turns,
        }
    }
}
