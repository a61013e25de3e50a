//! What only a few may see of people: access needs (facilitators) and calls for help (the safeguarding contact).

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;
use ts_rs::TS;

use crate::meeting::ids::{ConcernId, SeatId, Timestamp};
use crate::meeting::state::Meeting;

use super::dirty::Dirty;
use super::document::Pen;
use super::floor::{json, said};

/// The facilitators' document of access needs.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Care {
    pub needs: BTreeMap<SeatId, Needs>,
}

/// What a person needs in order to take part.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(optional_fields)]
pub struct Needs {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    pub needs: String,
}

/// A call for help, as the safeguarding contact sees it. The contact's document is a map of these by id.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(optional_fields)]
pub struct Concern {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    pub at: Timestamp,
    /// What was done about it; absent: still open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub done: Option<String>,
}

pub(super) fn build_care(pen: &mut Pen<'_>, meeting: &Meeting) {
    pen.begin("needs");
    for id in meeting.seats.keys() {
        write_needs(pen, meeting, *id);
    }
}

pub(super) fn refresh_care(pen: &mut Pen<'_>, meeting: &Meeting, dirty: &Dirty) {
    if dirty.every_seat {
        meeting
            .seats
            .keys()
            .for_each(|id| write_needs(pen, meeting, *id));
    } else {
        dirty
            .seats
            .iter()
            .for_each(|id| write_needs(pen, meeting, *id));
    }
}

fn write_needs(pen: &mut Pen<'_>, meeting: &Meeting, id: SeatId) {
    let seat = meeting
        .seats
        .get(&id)
        .filter(|seat| !seat.void && !seat.needs.is_empty());
    let value = seat.and_then(|seat| {
        json(Needs {
            name: said(&seat.name),
            needs: seat.needs.clone(),
        })
    });
    pen.entry("needs", &id.to_string(), value);
}

pub(super) fn build_concerns(pen: &mut Pen<'_>, meeting: &Meeting) {
    for id in meeting.concerns.keys() {
        pen.one(&id.to_string(), concern(meeting, *id));
    }
}

pub(super) fn refresh_concerns(pen: &mut Pen<'_>, meeting: &Meeting, dirty: &Dirty) {
    let renamed = meeting
        .concerns
        .iter()
        .filter(|(_, concern)| dirty.names.contains(&concern.seat));
    let mut ids = dirty.concerns.clone();
    ids.extend(renamed.map(|(id, _)| *id));
    for id in ids {
        pen.one(&id.to_string(), concern(meeting, id));
    }
}

fn concern(meeting: &Meeting, id: ConcernId) -> Option<Value> {
    let concern = meeting.concerns.get(&id)?;
    json(Concern {
        text: said(&concern.text),
        place: said(&concern.place),
        name: meeting
            .seats
            .get(&concern.seat)
            .and_then(|seat| said(&seat.name)),
        at: concern.at,
        done: said(&concern.done),
    })
}
