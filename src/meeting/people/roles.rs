//! Roles given and taken at the desk. The meeting never loses its last facilitator.

use crate::meeting::Decision;
use crate::meeting::fact::Fact;
use crate::meeting::ids::{LinkId, SeatId};
use crate::meeting::refusal::{Code, Refusal};
use crate::meeting::role::Role;
use crate::meeting::state::Meeting;

/// Gives a seat a role; a waiting seat is let in with it.
///
/// Refusals: `not_found`, `out_of_range` (no role of a seat), `wrong_state` (a proxy acts through the desk).
pub fn give(meeting: &Meeting, id: SeatId, role: Role) -> Decision {
    let seat = meeting.seated(id)?;
    if matches!(role, Role::Stage | Role::Participant) {
        return Err(Refusal::because(
            Code::OutOfRange,
            "this is no role of a seat",
        ));
    }
    if seat.proxy {
        return Err(Refusal::because(
            Code::WrongState,
            "the desk acts for this seat",
        ));
    }
    if seat.role_set().contains(&role) {
        return Ok(vec![]);
    }
    let mut facts = Vec::new();
    if seat.waiting {
        facts.push(Fact::SeatAdmitted { seat: id });
    }
    facts.push(Fact::RoleGiven {
        seat: id,
        role,
        link: None,
    });
    Ok(facts)
}

/// Takes a role away, however it came. Refusals: `not_found`, `last_facilitator`.
pub fn take(meeting: &Meeting, id: SeatId, role: Role) -> Decision {
    let seat = meeting.seats.get(&id).ok_or(Refusal::new(Code::NotFound))?;
    if !seat.role_set().contains(&role) {
        return Ok(vec![]);
    }
    if role == Role::Facilitator && !facilitators(meeting).any(|other| other != id) {
        return Err(Code::LastFacilitator.into());
    }
    Ok(vec![Fact::RoleTaken { seat: id, role }])
}

/// The seats that lead the meeting.
fn facilitators(meeting: &Meeting) -> impl Iterator<Item = SeatId> {
    let leading = meeting.seats.iter().filter(|(_, seat)| {
        !seat.void && !seat.waiting && seat.role_set().contains(&Role::Facilitator)
    });
    leading.map(|(id, _)| *id)
}

pub fn given(meeting: &mut Meeting, id: SeatId, role: Role, link: Option<LinkId>) {
    if let Some(seat) = meeting.seats.get_mut(&id) {
        seat.roles.insert((role, link));
    }
}

pub fn taken(meeting: &mut Meeting, id: SeatId, role: Role) {
    if let Some(seat) = meeting.seats.get_mut(&id) {
        seat.roles.retain(|(held, _)| *held != role);
    }
}
