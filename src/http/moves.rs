//! Seats that moved to another phone a moment ago, so that the same phone may ask again when the answer was lost.
//! In memory alone: what a move was made with is stored nowhere.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::identity::Secret;
use crate::meeting::ids::SeatId;

use super::meetings::Attempt;

/// How long the same phone may ask again.
const REMEMBERED: Duration = Duration::from_secs(600);

/// Who moved, and the generation of its tokens since.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moved {
    pub seat: SeatId,
    pub generation: u32,
}

/// Moves of the last ten minutes, by the hashes of their secret and their `try`.
#[derive(Debug, Default)]
pub struct Moves(Mutex<HashMap<(String, String), (Instant, Moved)>>);

impl Moves {
    /// Remembers a move, unless its phone sent no `try` to be recognised by.
    pub fn remember(&self, secret: &Secret, attempt: &Attempt, moved: Moved) {
        let Some(attempt) = attempt.hash() else {
            return;
        };
        let mut moves = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        moves.retain(|_, (at, _)| at.elapsed() < REMEMBERED);
        moves.insert((secret.hash(), attempt), (Instant::now(), moved));
    }

    /// The move that this phone made with this secret.
    #[must_use]
    pub fn find(&self, secret: &Secret, attempt: &Attempt) -> Option<Moved> {
        let moves = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (at, moved) = moves.get(&(secret.hash(), attempt.hash()?))?;
        (at.elapsed() < REMEMBERED).then_some(*moved)
    }
}
