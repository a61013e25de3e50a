//! PURE. What an audience may see of a meeting: one small document per [`Audience`], built upward from nothing
//! and kept current by exact merge patches. Decides nothing, and never cuts a larger document down to a smaller one.
//!
//! Facts mark what may look different in a [`Dirty`]; [`refresh`] writes those keys alone. Whatever is marked
//! needlessly costs time and nothing else; whatever is not marked would go stale, so the property tests compare
//! every refreshed document with a built one.

#[cfg(test)]
mod allowed;
mod audience;
mod debate;
mod desk;
mod dirty;
mod discussion;
mod document;
mod fair;
mod floor;
mod groups;
mod likes;
mod mine;
pub mod patch;
mod people;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod sample;
mod scope;
mod speed;
#[cfg(test)]
mod steps;
#[cfg(test)]
mod steps_debate;
#[cfg(test)]
mod steps_discussion;
#[cfg(test)]
mod steps_groups;
#[cfg(test)]
mod stories;
mod tally;

use serde_json::Value;

use crate::meeting::ids::GroupId;
use crate::meeting::state::Meeting;

pub use crate::meeting::fact::{Act, Held};
pub use audience::{Audience, UnknownAudience};
pub use debate::{
    BallotState, BoardDebate, ChairDebate, ChairJudge, ChairPlace, ChairSide, Clock, ClockBell,
    ClockState, DeskTeam, Flaw, FloorDebate, MyDebate, MyJudging, Place, PointCount, ShownFormat,
    ShownMotion, ShownPoint, ShownResult, ShownSegment, ShownSide, ShownSwing, ShownTurn,
};
pub use desk::{
    AuthorHeld, Desk, DeskCounts, DeskLink, DeskSeat, DismissedQuestion, MergedQuestion,
    PrivateQuestion, PrivateState, Suggestion, TakeBack, WaitingQuestion,
};
pub use dirty::Dirty;
pub use discussion::{
    ChairDiscussion, ChairHand, FloorDiscussion, MyDiscussion, MyHand, ShownHand, ShownSpeaker,
    Spoken, Why,
};
pub use document::{Document, difference};
pub use floor::{
    AgendaItem, AgendaState, Contact, Floor, FloorMeeting, FloorQuestion, FloorState, OpenState,
    Planned,
};
pub use groups::{
    DeskGroup, DeskLetter, DeskMember, DeskPlan, DeskWork, FloorCard, FloorGroup, FloorLine,
    FloorReport, FloorWork, GroupCard, GroupLetter, GroupLine, GroupMember, GroupTable, GroupView,
    Help, MyGroup, WorkState,
};
pub use mine::{Mine, MyQuestion, MySeat, MyState, mine, mine_document, refresh_mine};
pub use people::{Care, Concern, Needs};

use document::Pen;

/// What a chair sees besides the floor: `chair/{activity}`.
#[derive(Debug, Clone, serde::Serialize, ts_rs::TS)]
#[ts(optional_fields)]
pub struct Chair {
    pub discussion: Option<ChairDiscussion>,
    pub debate: Option<ChairDebate>,
}

/// Who is here now. Not a fact: it is gone after a restart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Presence {
    /// Seats with a socket or a request in the last 40 s; proxies, desks and stages do not count.
    pub here: u32,
}

/// What `audience` sees.
#[must_use]
pub fn build(meeting: &Meeting, presence: &Presence, audience: &Audience) -> Document {
    let mut document = Document::default();
    let pen = &mut Pen::building(&mut document);
    match audience {
        Audience::Floor => floor::build(pen, meeting, presence),
        Audience::Desk => desk::build(pen, meeting),
        Audience::Care => people::build_care(pen, meeting),
        Audience::Concerns => people::build_concerns(pen, meeting),
        Audience::Group(group) => groups::build_table(pen, meeting, GroupId(*group)),
        Audience::Chair(activity) => {
            discussion::build_chair(pen, meeting, *activity);
            debate::build_chair(pen, meeting, *activity);
        }
    }
    document
}

/// Brings `document` up to date where `dirty` says so; the merge patch, or `None` when nothing changed.
///
/// `document` must be what this audience saw before the first fact noted in `dirty`.
pub fn refresh(
    document: &mut Document,
    meeting: &Meeting,
    presence: &Presence,
    audience: &Audience,
    dirty: &Dirty,
) -> Option<Value> {
    let table = match audience {
        Audience::Group(group) => Some(dirty.concerns_group(meeting, GroupId(*group))),
        _ => None,
    };
    if dirty.everything || table == Some(true) {
        let now = build(meeting, presence, audience);
        let patch = difference(document, &now);
        *document = now;
        return patch;
    }
    let mut pen = Pen::following(document);
    match audience {
        Audience::Floor => floor::refresh(&mut pen, meeting, presence, dirty),
        Audience::Desk => desk::refresh(&mut pen, meeting, dirty),
        Audience::Care => people::refresh_care(&mut pen, meeting, dirty),
        Audience::Concerns => people::refresh_concerns(&mut pen, meeting, dirty),
        Audience::Chair(activity) => {
            discussion::refresh_chair(&mut pen, meeting, *activity, dirty);
            debate::refresh_chair(&mut pen, meeting, *activity, dirty);
        }
        Audience::Group(_) => {}
    }
    pen.done()
}
