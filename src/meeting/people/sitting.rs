//! Taking a seat: by code, by link, or for somebody without a phone; and the door when the facilitator asks first.

use super::introducing::{Words, said};
use crate::meeting::Decision;
use crate::meeting::fact::Fact;
use crate::meeting::fitting;
use crate::meeting::ids::{LinkId, SeatId};
use crate::meeting::refusal::{Code, Refusal};
use crate::meeting::role::Role;
use crate::meeting::state::{Meeting, Seat};

/// Somebody sits down. A seat that is there is the same seat: no fact. By code or join link one waits where the
/// facilitator asks first; a link of another role lets in at once.
///
/// Refusals: `not_found` (link), `not_allowed` (revoked), `wrong_state` (a stage has no seat), and those of [`said`].
pub fn sit(meeting: &Meeting, id: SeatId, link: Option<LinkId>, words: &Words<'_>) -> Decision {
    if meeting.seats.contains_key(&id) {
        return Ok(vec![]);
    }
    let role = link.map_or(Ok(Role::Participant), |link| role_of(meeting, link))?;
    let waiting = meeting.ask_first && role == Role::Participant;
    let mut facts = vec![Fact::SeatTaken {
        seat: id,
        link,
        waiting,
        proxy: false,
    }];
    if role != Role::Participant {
        facts.push(Fact::RoleGiven {
            seat: id,
            role,
            link,
        });
    }
    facts.extend(said(meeting, id, &Seat::default(), words)?);
    Ok(facts)
}

fn role_of(meeting: &Meeting, link: LinkId) -> Result<Role, Refusal> {
    let link = meeting
        .links
        .get(&link)
        .ok_or(Refusal::new(Code::NotFound))?;
    match link.role {
        _ if link.revoked => Err(Refusal::because(Code::NotAllowed, "this link was revoked")),
        Role::Stage => Err(Refusal::because(Code::WrongState, "a stage has no seat")),
        role => Ok(role),
    }
}

/// A seat for somebody without a phone. Refusals: `exists`, `too_many`, and those of [`said`].
pub fn add_proxy(meeting: &Meeting, id: SeatId, words: &Words<'_>) -> Decision {
    if let Some(there) = meeting.seats.get(&id) {
        return if there.proxy {
            Ok(vec![])
        } else {
            Err(Code::Exists.into())
        };
    }
    let proxies = meeting.seats.values().filter(|seat| seat.proxy).count();
    fitting::room(proxies, fitting::PROXIES)?;
    let mut facts = vec![Fact::SeatTaken {
        seat: id,
        link: None,
        waiting: false,
        proxy: true,
    }];
    facts.extend(said(meeting, id, &Seat::default(), words)?);
    Ok(facts)
}

/// Lets a waiting seat in. Refusal: `not_found` (also when it was turned away).
pub fn admit(meeting: &Meeting, id: SeatId) -> Decision {
    let seat = meeting.seated(id)?;
    Ok(if seat.waiting {
        vec![Fact::SeatAdmitted { seat: id }]
    } else {
        vec![]
    })
}

/// Sends a waiting seat away. Refusals: `not_found`, `wrong_state` (it was let in already).
pub fn turn_away(meeting: &Meeting, id: SeatId) -> Decision {
    let seat = meeting.seats.get(&id).ok_or(Refusal::new(Code::NotFound))?;
    match (seat.void, seat.waiting) {
        (true, _) => Ok(vec![]),
        (false, true) => Ok(vec![Fact::SeatTurnedAway { seat: id }]),
        (false, false) => Err(Refusal::because(Code::WrongState, "it was let in already")),
    }
}

pub fn taken(meeting: &mut Meeting, id: SeatId, link: Option<LinkId>, waiting: bool, proxy: bool) {
    meeting.seats.entry(id).or_insert_with(|| Seat {
        link,
        waiting,
        proxy,
        ..Seat::default()
    });
}

pub fn admitted(meeting: &mut Meeting, id: SeatId) {
    if let Some(seat) = meeting.seats.get_mut(&id) {
        seat.waiting = false;
    }
}

pub fn turned_away(meeting: &mut Meeting, id: SeatId) {
    if let Some(seat) = meeting.seats.get_mut(&id) {
        seat.waiting = false;
        seat.void = true;
        seat.offered = None;
    }
}
