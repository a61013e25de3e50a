//! Who looks: the audiences of WIRE.md "Who reads what", their names on the wire, and who belongs to them.

use std::fmt;
use std::str::FromStr;

use uuid::Uuid;

use crate::meeting::ids::{ActivityId, GroupId, SeatId};
use crate::meeting::role::{Actor, Role};
use crate::meeting::state::{Meeting, Seat};

/// A group of readers that sees one document. On the wire: `floor`, `desk`, `chair/{activity}`, `group/{id}` …
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Audience {
    /// Everyone with a token, the stage and captioners too.
    Floor,
    /// Facilitators and moderators: what the floor lacks.
    Desk,
    /// Facilitators: access needs.
    Care,
    /// The safeguarding contact: calls for help.
    Concerns,
    /// Facilitators and that activity's timekeeper.
    Chair(ActivityId),
    /// The seats of one group, facilitators and moderators.
    Group(Uuid),
}

/// No audience has this name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no audience is called {0:?}")]
pub struct UnknownAudience(pub String);

impl FromStr for Audience {
    type Err = UnknownAudience;

    fn from_str(name: &str) -> Result<Self, UnknownAudience> {
        let of = |prefix: &str| {
            name.strip_prefix(prefix)
                .and_then(|id| Uuid::parse_str(id).ok())
        };
        match name {
            "floor" => Ok(Self::Floor),
            "desk" => Ok(Self::Desk),
            "care" => Ok(Self::Care),
            "concerns" => Ok(Self::Concerns),
            _ => of("chair/")
                .map(|id| Self::Chair(ActivityId(id)))
                .or_else(|| of("group/").map(Self::Group))
                .ok_or_else(|| UnknownAudience(name.to_owned())),
        }
    }
}

impl fmt::Display for Audience {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Floor => f.write_str("floor"),
            Self::Desk => f.write_str("desk"),
            Self::Care => f.write_str("care"),
            Self::Concerns => f.write_str("concerns"),
            Self::Chair(activity) => write!(f, "chair/{activity}"),
            Self::Group(group) => write!(f, "group/{group}"),
        }
    }
}

impl Audience {
    /// Whether `actor` may read this audience's document now. A stage's token reads the floor and is not asked here.
    ///
    /// While *ask me first* is on nobody reads by an alias: nothing says whether its person was let in.
    #[must_use]
    pub fn readable_by(&self, meeting: &Meeting, actor: Actor) -> bool {
        match actor {
            Actor::Server => true,
            Actor::Alias(_) => *self == Self::Floor && !meeting.ask_first,
            Actor::Seat(id) => meeting.seats.get(&id).is_some_and(|seat| {
                !seat.void && !seat.waiting && self.readable_from(meeting, id, seat)
            }),
        }
    }

    fn readable_from(&self, meeting: &Meeting, id: SeatId, seat: &Seat) -> bool {
        let is = |role: Role| seat.roles.iter().any(|(held, _)| *held == role);
        match self {
            Self::Floor => true,
            Self::Desk => is(Role::Facilitator) || is(Role::Moderator),
            Self::Care => is(Role::Facilitator),
            Self::Concerns => is(Role::Contact),
            Self::Chair(activity) => {
                meeting.agenda.contains_key(activity)
                    && (is(Role::Facilitator)
                        || is(Role::Timekeeper) && has_chair(meeting, *activity, id))
            }
            Self::Group(group) => meeting.groups.get(&GroupId(*group)).is_some_and(|group| {
                group.places.contains_key(&id) || is(Role::Facilitator) || is(Role::Moderator)
            }),
        }
    }
}

/// Whether a timekeeper has the chair there: anybody where a debate has no chairs of its own.
fn has_chair(meeting: &Meeting, activity: ActivityId, seat: SeatId) -> bool {
    let debate = meeting.debates.get(&activity);
    debate.is_none_or(|debate| debate.chairs.is_empty() || debate.chairs.contains(&seat))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_audience_is_read_back_by_its_name() {
        let id = Uuid::from_u128(7);
        for audience in [
            Audience::Floor,
            Audience::Desk,
            Audience::Care,
            Audience::Concerns,
            Audience::Chair(ActivityId(id)),
            Audience::Group(id),
        ] {
            assert_eq!(audience.to_string().parse(), Ok(audience));
        }
        for wrong in ["", "Floor", "chair/", "group/seven", "mine"] {
            assert!(wrong.parse::<Audience>().is_err(), "{wrong}");
        }
    }
}
