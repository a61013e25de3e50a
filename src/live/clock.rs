//! The server's time: the wall clock once, at the start, and the monotonic clock since. It never goes backwards and
//! knows nothing of meetings; tests pause it.

use std::time::{SystemTime, UNIX_EPOCH};

use tokio::time::Instant;

use crate::meeting::ids::Timestamp;

/// A clock that starts at a wall time and runs with the monotonic clock.
#[derive(Debug, Clone, Copy)]
pub struct Clock {
    start: Timestamp,
    started: Instant,
}

impl Clock {
    /// Starts at the wall clock's present time.
    #[must_use]
    pub fn wall() -> Self {
        let since = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        Self::starting_at(Timestamp(i64::try_from(since.as_millis()).unwrap_or(0)))
    }

    /// Starts at `start`, for tests and replays.
    #[must_use]
    pub fn starting_at(start: Timestamp) -> Self {
        Self {
            start,
            started: Instant::now(),
        }
    }

    /// Milliseconds since 1970.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.at(Instant::now())
    }

    /// What this clock shows at a monotonic instant.
    #[must_use]
    pub fn at(&self, instant: Instant) -> Timestamp {
        let passed = instant.saturating_duration_since(self.started);
        self.start
            .plus_ms(i64::try_from(passed.as_millis()).unwrap_or(i64::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[tokio::test(start_paused = true)]
    async fn it_runs_with_the_monotonic_clock() {
        let clock = Clock::starting_at(Timestamp(1_000));
        tokio::time::advance(Duration::from_millis(250)).await;
        assert_eq!(clock.now(), Timestamp(1_250));
    }
}
