//! Who may do what: the roles that a link or the desk hands out, and who stands behind a command.
//! Knows no secret and no token; `identity` turns those into an [`Actor`].

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::ids::{AliasId, LinkId, SeatId};

/// A role that a link carries or the desk gives to a seat. A seat without roles is a participant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Everything in the meeting; hands out the other roles.
    Facilitator,
    /// Review, merge, tag, answer, order questions; hold a seat's messages.
    Moderator,
    /// The clock of a debate or discussion and its list of speakers.
    Timekeeper,
    /// One debate's ballot.
    Judge,
    /// Writes into a caption or language channel.
    Captioner,
    /// The safeguarding contact: reads and closes concerns.
    Contact,
    /// A projector: reads the floor, has no seat.
    Stage,
    /// An ordinary join link (the secret in the join QR).
    Participant,
}

/// Who stands behind a command, as `identity` found out and `live` checked against the meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Actor {
    /// A seat, under its own token.
    Seat(SeatId),
    /// An alias: said without a name. Nothing joins it to a seat.
    Alias(AliasId),
    /// The server itself: a deadline, a creation, `openfloor links`.
    Server,
}

/// A seat's roles, each with the link it came by; a role given at the desk has none.
pub type Roles = BTreeSet<(Role, Option<LinkId>)>;
