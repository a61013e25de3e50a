//! How a phone behaves on the wire, and what it counts.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::rehearse::figures::Latencies;
use crate::rehearse::socket::Reading;

/// How a phone behaves on the wire.
#[derive(Debug, Clone)]
pub struct Habits {
    /// Silence after which it takes the connection for dead.
    pub patience: Duration,
    /// The longest first wait before coming back; doubled each time, with full jitter.
    pub first_wait: Duration,
    /// The longest wait of all.
    pub longest_wait: Duration,
    /// Commands on the wire without an answer.
    pub window: usize,
    /// How much of the patches it reads.
    pub reading: Reading,
}

impl Default for Habits {
    fn default() -> Self {
        Self {
            patience: Duration::from_secs(40),
            first_wait: Duration::from_millis(500),
            longest_wait: Duration::from_secs(15),
            window: 32,
            reading: Reading::Whole,
        }
    }
}

/// What all phones of a swarm count together.
#[derive(Debug, Default)]
pub struct Figures {
    /// From putting a command into the outbox to its answer.
    pub answers: Latencies,
    /// From asking to another phone's sight of it, as far as the swarm itself asked.
    pub sights: Latencies,
    /// From the connection to the welcome.
    pub welcomes: Latencies,
    /// Questions of the swarm: when they were sent.
    pub asked: Mutex<BTreeMap<String, Instant>>,
}

impl Figures {
    /// A phone of the swarm asks this.
    pub fn asks(&self, question: &str, now: Instant) {
        if let Ok(mut asked) = self.asked.lock() {
            asked.insert(question.to_owned(), now);
        }
    }

    pub(super) fn sees(&self, question: &str) {
        let since = self
            .asked
            .lock()
            .ok()
            .and_then(|asked| asked.get(question).copied());
        if let Some(since) = since {
            self.sights.note(since.elapsed());
        }
    }
}

/// A command's final answer.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The number it was answered under.
    pub n: u64,
    /// The command.
    pub command: Value,
    /// `None`: done. Otherwise the code of the refusal.
    pub refused: Option<String>,
}

/// Counters of one phone.
#[derive(Debug, Clone, Copy, Default)]
pub struct Counts {
    /// Sockets that were welcomed.
    pub welcomes: u64,
    /// Snapshots fetched because the server said `take`.
    pub takes: u64,
    /// Patches that came.
    pub patches: u64,
    /// Bytes of frames that came.
    pub bytes: u64,
    /// Updates of notes that are durable.
    pub noted: u64,
    /// Updates of notes that were refused for good.
    pub unnoted: u64,
    /// Patches that could not be folded: always a fault of the server.
    pub misfits: u64,
}
