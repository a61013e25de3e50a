//! Taking a seat: by code, by link, or for somebody without a phone; and the door when the facilitator asks first.

use super::introducing::{Words, said};
use crate::meeting::Decision;
use crate::meeting::fact::Fact;
use crate::meeting::fitting;
use crate::meeting::groups;
use crate::meeting::ids::{LinkId, SeatId};
use crate::meeting::refusal::{Code, Refusal};
use crate::meeting::role::Role;
use crate::meeting::state::{Meeting, Seat};

/// Somebody sits down. A seat that is there is the same seat: no fact. By code or join link one waits where the
/// facilitator asks first; a link of another role lets in at once.
///
/// Refusals: `not_found` (link), `not_allowed` (revoked), `wrong_state` (a stage has no seat), `too_many`, and those of
/// [`said`].
pub fn sit(meeting: &Meeting, id: SeatId, link: Option<LinkId>, words: &Words<'_>) -> Decision {
    if meeting.seats.contains_key(&id) {
        return Ok(vec![]);
    }
    fitting::room(meeting.seats.len(), fitting::SEATS)?;
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
    if role == Role::Participant && !waiting {
        facts.extend(a_table(meeting, id, words));
    }
    Ok(facts)
}

/// Whoever comes while groups work is put to one at once.
fn a_table(meeting: &Meeting, id: SeatId, words: &Words<'_>) -> Vec<Fact> {
    let tags = words.tags.unwrap_or_default().iter().cloned().collect();
    let newcomer = Seat {
        tags,
        ..Seat::default()
    };
    groups::wrapped(groups::seating::late(meeting, id, &newcomer))
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
    facts.extend(a_table(meeting, id, words));
    Ok(facts)
}

/// Lets a waiting seat in. Refusal: `not_found` (also when it was turned away).
pub fn admit(meeting: &Meeting, id: SeatId) -> Decision {
    let seat = meeting.seated(id)?;
    if !seat.waiting {
        return Ok(vec![]);
    }
    let let_in = Seat {
        waiting: false,
        ..seat.clone()
    };
    let mut facts = vec![Fact::SeatAdmitted { seat: id }];
    facts.extend(groups::wrapped(groups::seating::late(meeting, id, &let_in)));
    Ok(facts)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meeting::command::Command;
    use crate::meeting::hall::{DESK_LINK, Hall, JOIN_LINK, STAGE_LINK, person, q, seat};
    use crate::meeting::role::Actor;
    use crate::meeting::wish::Wish;

    fn sitting(n: u128, link: Option<LinkId>) -> Wish {
        Wish::Sit {
            seat: seat(n),
            link,
            name: None,
            language: None,
            tags: None,
        }
    }

    #[test]
    fn a_code_lets_in_at_once_and_a_role_link_brings_its_role() {
        let mut hall = Hall::new();
        hall.wish(Actor::Server, &sitting(10, None)).unwrap();
        hall.wish(Actor::Server, &sitting(11, Some(JOIN_LINK)))
            .unwrap();
        hall.wish(Actor::Server, &sitting(12, Some(DESK_LINK)))
            .unwrap();
        assert!(hall.meeting.standing(person(10)).roles.is_empty());
        assert!(hall.meeting.standing(person(11)).roles.is_empty());
        assert!(
            hall.meeting
                .standing(person(12))
                .roles
                .contains(&Role::Facilitator)
        );
        assert_eq!(
            hall.wish(Actor::Server, &sitting(12, None)),
            Ok(vec![]),
            "the same seat"
        );
    }

    #[test]
    fn no_seat_comes_of_a_revoked_an_unknown_or_a_stage_link() {
        let mut hall = Hall::new();
        hall.lead(Command::RevokeLink { link: JOIN_LINK });
        assert_eq!(
            hall.wish(Actor::Server, &sitting(10, Some(JOIN_LINK))),
            Err(Code::NotAllowed)
        );
        assert_eq!(
            hall.wish(Actor::Server, &sitting(10, Some(STAGE_LINK))),
            Err(Code::WrongState)
        );
        let unknown = LinkId(uuid::Uuid::nil());
        assert_eq!(
            hall.wish(Actor::Server, &sitting(10, Some(unknown))),
            Err(Code::NotFound)
        );
    }

    #[test]
    fn where_the_facilitator_asks_first_one_waits_and_may_only_say_who_one_is() {
        let mut hall = Hall::new();
        hall.meeting.ask_first = true;
        hall.ask(person(3), 1, "Why?").unwrap();
        hall.wish(Actor::Server, &sitting(10, None)).unwrap();
        hall.wish(Actor::Server, &sitting(11, Some(DESK_LINK)))
            .unwrap();
        assert!(hall.meeting.standing(person(10)).waiting);
        assert!(
            !hall.meeting.standing(person(11)).waiting,
            "a role link lets in"
        );
        assert_eq!(hall.vote(person(10), 1, true), Err(Code::NotAdmitted));
        assert_eq!(hall.ask(person(10), 2, "Me?"), Err(Code::NotAdmitted));
        let name = Command::Introduce {
            name: Some("Ali".to_owned()),
            language: None,
            tags: None,
            needs: None,
        };
        hall.send(person(10), name).unwrap();
        hall.lead(Command::Admit { seat: seat(10) });
        assert_eq!(hall.lead(Command::Admit { seat: seat(10) }), vec![]);
        assert!(hall.vote(person(10), 1, true).is_ok());
        assert_eq!(hall.meeting.votes(q(1)), 1);
    }

    #[test]
    fn who_was_turned_away_can_do_nothing_and_who_sits_is_not_turned_away() {
        let mut hall = Hall::new();
        hall.meeting.ask_first = true;
        hall.wish(Actor::Server, &sitting(10, None)).unwrap();
        hall.lead(Command::TurnAway { seat: seat(10) });
        assert_eq!(hall.lead(Command::TurnAway { seat: seat(10) }), vec![]);
        assert!(hall.meeting.standing(person(10)).void);
        assert_eq!(hall.ask(person(10), 1, "Why?"), Err(Code::NotAllowed));
        let admit = Command::Admit { seat: seat(10) };
        assert_eq!(hall.send(hall.facilitator, admit), Err(Code::NotFound));
        let turn_away = Command::TurnAway { seat: seat(3) };
        assert_eq!(
            hall.send(hall.facilitator, turn_away),
            Err(Code::WrongState)
        );
    }

    #[test]
    fn a_proxy_is_a_seat_that_the_desk_acts_for() {
        let mut hall = Hall::new();
        let proxy = |n| Command::AddProxy {
            seat: seat(n),
            name: Some("Grandma".to_owned()),
            tags: None,
        };
        hall.moderate(proxy(10));
        assert_eq!(hall.moderate(proxy(10)), vec![]);
        assert_eq!(
            hall.send(hall.moderator, proxy(3)),
            Err(Code::Exists),
            "somebody sits there"
        );
        let at = &hall.meeting.seats[&seat(10)];
        assert!(at.proxy && at.name == "Grandma");
        let role = Command::GiveRole {
            seat: seat(10),
            role: Role::Moderator,
        };
        assert_eq!(hall.send(hall.facilitator, role), Err(Code::WrongState));
    }
}
