//! *Something is wrong*: goes to the safeguarding contact alone and stays until the contact notes what was done.

use crate::meeting::Decision;
use crate::meeting::fact::Fact;
use crate::meeting::fitting;
use crate::meeting::ids::{ConcernId, SeatId, Timestamp};
use crate::meeting::refusal::{Code, Refusal};
use crate::meeting::role::Actor;
use crate::meeting::state::{Concern, Meeting};

/// Calls for help; words and place are optional. Kept only while somebody is on duty to read it.
///
/// Refusals: `wrong_state` (nobody on duty: the phone shows numbers only), `exists`, `too_long`, `too_many`.
pub fn raise(
    meeting: &Meeting,
    id: ConcernId,
    actor: Actor,
    text: Option<&str>,
    place: Option<&str>,
) -> Decision {
    let Actor::Seat(seat) = actor else {
        return Err(Code::NotAllowed.into());
    };
    if let Some(there) = meeting.concerns.get(&id) {
        return if there.seat == seat {
            Ok(vec![])
        } else {
            Err(Code::Exists.into())
        };
    }
    if !meeting.contact.on_duty {
        return Err(Refusal::because(Code::WrongState, "nobody is on duty"));
    }
    fitting::room(meeting.concerns.len(), fitting::CONCERNS)?;
    Ok(vec![Fact::ConcernRaised {
        concern: id,
        seat,
        text: fitting::lines_or_nothing(text.unwrap_or_default(), fitting::CONCERN)?,
        place: fitting::line_or_nothing(place.unwrap_or_default(), fitting::REASON)?,
    }])
}

/// What was done about it. Refusals: `not_found`, `empty`, `too_long`.
pub fn note(meeting: &Meeting, id: ConcernId, done: &str) -> Decision {
    let concern = meeting
        .concerns
        .get(&id)
        .ok_or(Refusal::new(Code::NotFound))?;
    let done = fitting::lines(done, fitting::CONCERN)?;
    if concern.done == done {
        return Ok(vec![]);
    }
    Ok(vec![Fact::ConcernNoted { concern: id, done }])
}

pub fn raised(
    meeting: &mut Meeting,
    id: ConcernId,
    seat: SeatId,
    text: &str,
    place: &str,
    at: Timestamp,
) {
    let concern = Concern {
        seat,
        text: text.to_owned(),
        place: place.to_owned(),
        at,
        done: String::new(),
    };
    meeting.concerns.entry(id).or_insert(concern);
}

pub fn noted(meeting: &mut Meeting, id: ConcernId, done: &str) {
    if let Some(concern) = meeting.concerns.get_mut(&id) {
        done.clone_into(&mut concern.done);
    }
}
