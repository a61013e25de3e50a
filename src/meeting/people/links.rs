//! Links that carry a role: added with the hash of their secret, revoked for good.

use crate::meeting::Decision;
use crate::meeting::fact::Fact;
use crate::meeting::fitting;
use crate::meeting::ids::LinkId;
use crate::meeting::refusal::{Code, Refusal};
use crate::meeting::role::{Actor, Role};
use crate::meeting::state::{Link, Meeting};

/// Adds a link. The same link once more: no fact. Refusals: `exists`, `too_many`, `too_long`, `empty` (hash).
pub fn add(meeting: &Meeting, id: LinkId, role: Role, hash: &str, label: &str) -> Decision {
    if let Some(there) = meeting.links.get(&id) {
        return if there.role == role && there.hash == hash {
            Ok(vec![])
        } else {
            Err(Code::Exists.into())
        };
    }
    let open = meeting.links.values().filter(|link| !link.revoked).count();
    fitting::room(open, fitting::LINKS)?;
    if hash.is_empty() {
        return Err(Code::Empty.into());
    }
    let label = fitting::line_or_nothing(label, fitting::NAME)?;
    Ok(vec![Fact::LinkAdded {
        link: id,
        role,
        hash: hash.to_owned(),
        label,
    }])
}

/// Revokes a link: seats that came by it lose its role. Whoever revokes keeps their own, so that nobody locks
/// themselves out by making the desk link new. Refusal: `not_found`.
pub fn revoke(meeting: &Meeting, id: LinkId, actor: Actor) -> Decision {
    let link = meeting.links.get(&id).ok_or(Refusal::new(Code::NotFound))?;
    if link.revoked {
        return Ok(vec![]);
    }
    let mut facts = Vec::new();
    if let Actor::Seat(seat) = actor
        && let Some(own) = meeting.seats.get(&seat)
        && own.roles.contains(&(link.role, Some(id)))
        && own
            .roles
            .iter()
            .filter(|(role, _)| *role == link.role)
            .count()
            == 1
    {
        facts.push(Fact::RoleGiven {
            seat,
            role: link.role,
            link: None,
        });
    }
    facts.push(Fact::LinkRevoked { link: id });
    Ok(facts)
}

pub fn added(meeting: &mut Meeting, id: LinkId, role: Role, hash: &str, label: &str) {
    let link = Link {
        role,
        hash: hash.to_owned(),
        label: label.to_owned(),
        revoked: false,
    };
    meeting.links.entry(id).or_insert(link);
}

/// A seat that came by a role's link and has no other role is void: its token opens nothing any more.
/// A revoked *join* link only lets nobody in any more; those who sit stay.
pub fn revoked(meeting: &mut Meeting, id: LinkId) {
    let Some(link) = meeting.links.get_mut(&id) else {
        return;
    };
    link.revoked = true;
    let role = link.role;
    for seat in meeting.seats.values_mut() {
        seat.roles.remove(&(role, Some(id)));
        if seat.link == Some(id) && role != Role::Participant && seat.roles.is_empty() {
            seat.void = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meeting::command::Command;
    use crate::meeting::hall::{DESK_LINK, Hall, JOIN_LINK, MODERATOR_LINK, person, q, seat};
    use crate::meeting::wish::Wish;

    fn link(n: u128, role: Role) -> Wish {
        Wish::AddLink {
            link: LinkId(uuid::Uuid::from_u128(n)),
            role,
            hash: format!("hash {n}"),
            label: "For Leyla".to_owned(),
        }
    }

    #[test]
    fn only_a_facilitator_adds_links_and_there_is_an_end_to_them() {
        let mut hall = Hall::new();
        assert_eq!(
            hall.wish(hall.moderator, &link(1, Role::Judge)),
            Err(Code::NotAllowed)
        );
        hall.wish(hall.facilitator, &link(1, Role::Judge)).unwrap();
        assert_eq!(
            hall.wish(hall.facilitator, &link(1, Role::Judge)),
            Ok(vec![])
        );
        assert_eq!(
            hall.wish(hall.facilitator, &link(1, Role::Facilitator)),
            Err(Code::Exists)
        );
        for n in 2..=46 {
            hall.wish(hall.facilitator, &link(n, Role::Judge)).unwrap();
        }
        assert_eq!(
            hall.wish(hall.facilitator, &link(47, Role::Judge)),
            Err(Code::TooMany)
        );
    }

    #[test]
    fn a_revoked_role_link_closes_the_seats_that_came_by_it() {
        let mut hall = Hall::new();
        hall.lead(Command::RevokeLink {
            link: MODERATOR_LINK,
        });
        assert_eq!(
            hall.lead(Command::RevokeLink {
                link: MODERATOR_LINK
            }),
            vec![]
        );
        assert!(hall.meeting.standing(person(2)).void);
    }

    #[test]
    fn who_was_given_another_role_at_the_desk_keeps_the_seat() {
        let mut hall = Hall::new();
        hall.lead(Command::GiveRole {
            seat: seat(2),
            role: Role::Timekeeper,
        });
        hall.lead(Command::RevokeLink {
            link: MODERATOR_LINK,
        });
        let standing = hall.meeting.standing(person(2));
        assert!(
            !standing.void
                && standing.roles.contains(&Role::Timekeeper)
                && !standing.roles.contains(&Role::Moderator)
        );
    }

    #[test]
    fn whoever_makes_the_desk_link_new_stays_and_a_thief_is_out() {
        let mut hall = Hall::new();
        hall.sit(66, Some(DESK_LINK));
        hall.lead(Command::RevokeLink { link: DESK_LINK });
        assert!(hall.meeting.standing(person(66)).void);
        assert!(hall.meeting.is_facilitator(hall.facilitator));
        assert_eq!(
            hall.send(person(66), Command::End { in_s: None }),
            Err(Code::NotAllowed)
        );
    }

    #[test]
    fn a_revoked_join_link_leaves_those_who_sit() {
        let mut hall = Hall::new();
        hall.sit(10, Some(JOIN_LINK));
        hall.ask(person(3), 1, "Why?").unwrap();
        hall.lead(Command::RevokeLink { link: JOIN_LINK });
        assert!(hall.vote(person(10), 1, true).is_ok());
        assert_eq!(hall.meeting.votes(q(1)), 1);
    }
}
