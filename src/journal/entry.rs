//! What the journal stores and where it lies: records, positions, entries, rewrites.
//! Knows no fact of a meeting: a payload is bytes, encoded and decoded by whoever appends and reads.

use std::fmt;

use bytes::Bytes;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Where an entry stands in its meeting. Opaque and ordered: positions grow within a meeting, but nothing may be computed
/// from them (a journal on several nodes has gaps). Serialised as a whole number.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Position(u64);

impl Position {
    /// Before the first entry: what a meeting's first append expects, and what reads everything.
    pub const START: Self = Self(0);

    pub(super) const fn at(number: u64) -> Self {
        Self(number)
    }

    pub(super) const fn number(self) -> u64 {
        self.0
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What is appended: the outcome of one command, with who sent it and under which number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Milliseconds since 1970.
    pub at: i64,
    /// The seat or alias that acted; absent for the server's own acts and for what is said anonymously.
    pub seat: Option<Uuid>,
    /// The outbox the command came from.
    pub device: Option<Uuid>,
    /// The command's number in that outbox.
    pub n: Option<u64>,
    /// The facts, as their owner encodes them.
    pub payload: Bytes,
}

impl Record {
    /// A record with a time and a payload alone.
    pub fn new(at: i64, payload: impl Into<Bytes>) -> Self {
        Self {
            at,
            seat: None,
            device: None,
            n: None,
            payload: payload.into(),
        }
    }
}

/// A record as it is read back, with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its place; the last entry's position is what the next append expects.
    pub position: Position,
    /// What was appended there (or what a redaction left of it).
    pub record: Record,
}

/// One entry's payload with its personal texts emptied; time, seat, device and number stay as they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rewrite {
    /// The entry to rewrite.
    pub position: Position,
    /// What it says from now on.
    pub payload: Bytes,
}
