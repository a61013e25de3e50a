//! What the core is asked: a person's command, or something only the server may ask for.
//! The second kind never comes over the wire.

use super::command::Command;
use super::groups::state::Plan;
use super::ids::{ActivityId, GroupId, LinkId, MeetingId, QuestionId, SeatId, Timestamp};
use super::role::{Actor, Role};

/// What is decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    /// Came over the wire.
    Command(Command),
    /// The meeting's first entry; `links` are (link, role, SHA-256 of the secret).
    Create {
        meeting: MeetingId,
        code: String,
        title: String,
        language: String,
        links: Vec<(LinkId, Role, String)>,
        template: Option<String>,
    },
    /// Somebody sits down. A seat that exists is the same seat: no fact. `link` absent: by code.
    Sit {
        seat: SeatId,
        link: Option<LinkId>,
        name: Option<String>,
        language: Option<String>,
        tags: Option<Vec<String>>,
    },
    /// A new link; only the hash of its secret.
    AddLink {
        link: LinkId,
        role: Role,
        hash: String,
        label: String,
    },
    /// A one-time QR that moves a seat to another phone.
    OfferMove {
        seat: SeatId,
        hash: String,
        until: Timestamp,
    },
    /// That QR was scanned.
    Move { hash: String },
    /// What the planner reckoned for a groups activity, to be looked at before it is published.
    Plan { activity: ActivityId, plan: Plan },
    /// A change of a group's shared notes (a Yjs update, version 1).
    Note { group: GroupId, update: Vec<u8> },
    /// `next_deadline` has come.
    Deadline,
    /// A command panicked twice.
    Quarantine { hash: u64 },
}

/// Everything that `decide` may know beside the meeting itself.
#[derive(Debug, Clone, Copy)]
pub struct Context {
    /// The server's time.
    pub now: Timestamp,
    pub actor: Actor,
    /// 64 random bits from outside, for shuffles and new ids.
    pub entropy: u64,
}

/// What `similar` answers: listed questions, likest first.
pub type Similar = Vec<QuestionId>;
