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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meeting::command::Command;
    use crate::meeting::hall::{DESK_LINK, Hall, person, seat};
    use crate::meeting::role::Actor;

    #[test]
    fn roles_are_given_and_taken_at_the_desk() {
        let mut hall = Hall::new();
        let give = Command::GiveRole {
            seat: seat(3),
            role: Role::Timekeeper,
        };
        hall.lead(give.clone());
        assert_eq!(hall.lead(give), vec![]);
        assert!(
            hall.meeting
                .standing(person(3))
                .roles
                .contains(&Role::Timekeeper)
        );
        let take = Command::TakeRole {
            seat: seat(3),
            role: Role::Timekeeper,
        };
        hall.lead(take.clone());
        assert_eq!(hall.lead(take), vec![]);
        for role in [Role::Stage, Role::Participant] {
            let give = Command::GiveRole {
                seat: seat(3),
                role,
            };
            assert_eq!(hall.send(hall.facilitator, give), Err(Code::OutOfRange));
        }
    }

    #[test]
    fn the_last_facilitator_stays() {
        let mut hall = Hall::new();
        let leave = Command::TakeRole {
            seat: seat(1),
            role: Role::Facilitator,
        };
        assert_eq!(
            hall.send(hall.facilitator, leave.clone()),
            Err(Code::LastFacilitator)
        );
        hall.lead(Command::GiveRole {
            seat: seat(3),
            role: Role::Facilitator,
        });
        hall.lead(leave);
        let back = Command::TakeRole {
            seat: seat(3),
            role: Role::Facilitator,
        };
        assert_eq!(hall.send(person(3), back), Err(Code::LastFacilitator));
        assert_eq!(
            hall.send(hall.facilitator, Command::End { in_s: None }),
            Err(Code::NotAllowed)
        );
    }

    #[test]
    fn a_second_facilitator_takes_over_with_one_link() {
        let mut hall = Hall::new();
        hall.sit(10, Some(DESK_LINK));
        let out = Command::TakeRole {
            seat: seat(1),
            role: Role::Facilitator,
        };
        hall.send(person(10), out).unwrap();
        assert!(
            !hall
                .meeting
                .standing(person(1))
                .roles
                .contains(&Role::Facilitator)
        );
        assert!(
            hall.meeting
                .standing(Actor::Server)
                .roles
                .contains(&Role::Facilitator)
        );
    }

    #[test]
    fn giving_a_role_to_somebody_who_waits_lets_them_in() {
        let mut hall = Hall::new();
        hall.meeting.ask_first = true;
        hall.sit(10, None);
        hall.lead(Command::GiveRole {
            seat: seat(10),
            role: Role::Judge,
        });
        assert!(!hall.meeting.standing(person(10)).waiting);
    }
}
