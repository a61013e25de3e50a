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
