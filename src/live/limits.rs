//! Token buckets: how much somebody may write at once and how fast it comes back.
//! Knows no seat and no command, only costs.

use std::time::Duration;

use tokio::time::Instant;

/// So much at once, then so much a second.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rate {
    /// At once.
    pub burst: f64,
    /// A second.
    pub per_s: f64,
}

impl Rate {
    /// `burst` at once, then `per_s` a second; neither below a thousandth.
    #[must_use]
    pub fn new(burst: f64, per_s: f64) -> Self {
        Self {
            burst: burst.max(0.001),
            per_s: per_s.max(0.001),
        }
    }
}

/// What is left of a rate.
#[derive(Debug, Clone, Copy)]
pub struct Bucket {
    left: f64,
    at: Instant,
}

impl Bucket {
    /// A full bucket.
    #[must_use]
    pub fn full(rate: Rate, now: Instant) -> Self {
        Self {
            left: rate.burst,
            at: now,
        }
    }

    /// Takes `cost`, or says after how long it could be taken. A cost above the burst is taken from a full bucket.
    ///
    /// # Errors
    /// The time until `cost` is there.
    pub fn take(&mut self, rate: Rate, cost: f64, now: Instant) -> Result<(), Duration> {
        let passed = now.saturating_duration_since(self.at).as_secs_f64();
        self.left = (self.left + passed * rate.per_s).min(rate.burst);
        self.at = now;
        let cost = cost.min(rate.burst);
        if self.left >= cost {
            self.left -= cost;
            return Ok(());
        }
        Err(Duration::from_secs_f64((cost - self.left) / rate.per_s))
    }

    /// Full again: nothing needs to be remembered of it.
    #[must_use]
    pub fn is_full(&self, rate: Rate, now: Instant) -> bool {
        let passed = now.saturating_duration_since(self.at).as_secs_f64();
        self.left + passed * rate.per_s >= rate.burst
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_seat_may_write_thirty_at_once_and_then_five_a_second() {
        let rate = Rate::new(30.0, 5.0);
        let mut bucket = Bucket::full(rate, Instant::now());
        for _ in 0..30 {
            assert_eq!(bucket.take(rate, 1.0, Instant::now()), Ok(()));
        }
        assert_eq!(
            bucket.take(rate, 1.0, Instant::now()),
            Err(Duration::from_millis(200))
        );
        tokio::time::advance(Duration::from_secs(1)).await;
        assert_eq!(bucket.take(rate, 5.0, Instant::now()), Ok(()));
        assert!(bucket.take(rate, 1.0, Instant::now()).is_err());
        tokio::time::advance(Duration::from_secs(6)).await;
        assert!(bucket.is_full(rate, Instant::now()));
    }
}
