//! PURE. What a server knows about its meetings together: which there are, their codes, how far each has come.
//! Its own small `decide` and `apply` on the same journal, under [`OFFICE`]. Knows nothing of what happens inside a meeting.
//!
//! A meeting is opened in this order: [`Office::opening`] finds the one that the same try made, or a free code; the meeting's
//! first entry is written to its own journal; [`Wish::Enter`] is decided and written to the office's. Whatever fails in
//! between leaves an orphan, which [`Office::orphans`] finds and the server sweeps.
//!
//! Organisers, series and templates of a server's own come as files beside `meetings.rs`, each with its wishes and facts.

pub mod code;
mod decide;
pub mod fact;
mod meetings;
#[cfg(test)]
mod stories;

use uuid::Uuid;

pub use decide::{Refusal, Wish, decide};
pub use fact::{DecodeError, Entry, Fact};
pub use meetings::{Listed, Office, Opening, Phase};

/// The journal id of the office itself. No meeting has it: a meeting's id is a version 7.
pub const OFFICE: Uuid = Uuid::from_u128(0x0ff1_ce00_0000_8000_8000_0000_0000_0000);
