//! What a swarm counts: latencies in narrow steps, shared by all phones without a lock.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;

const STEPS: usize = 32;
const OCTAVES: usize = 36;

/// Latencies in steps of about 3 %.
pub struct Latencies {
    steps: Box<[AtomicU64]>,
}

impl Default for Latencies {
    fn default() -> Self {
        Self {
            steps: (0..STEPS * OCTAVES).map(|_| AtomicU64::new(0)).collect(),
        }
    }
}

impl fmt::Debug for Latencies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Latencies {
    /// Adds one.
    pub fn note(&self, took: Duration) {
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        if let Some(step) = self.steps.get(step_of(micros)) {
            step.fetch_add(1, Relaxed);
        }
    }

    /// How many.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.steps.iter().map(|step| step.load(Relaxed)).sum()
    }

    /// The latency that this share (0–1) of all stayed under; zero of none.
    #[must_use]
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a rank among counts"
    )]
    pub fn at(&self, share: f64) -> Duration {
        let rank = (self.count() as f64 * share).ceil() as u64;
        let mut seen = 0;
        for (index, step) in self.steps.iter().enumerate() {
            seen += step.load(Relaxed);
            if seen >= rank && seen > 0 {
                return Duration::from_micros(end_of(index));
            }
        }
        Duration::ZERO
    }
}

impl fmt::Display for Latencies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.count() == 0 {
            return write!(f, "none yet");
        }
        write!(f, "p50 {} p99 {}", ms(self.at(0.5)), ms(self.at(0.99)))
    }
}

/// A duration for people: `3.2 ms`, `140 ms`, `2.1 s`.
#[must_use]
pub fn ms(took: Duration) -> String {
    let ms = took.as_secs_f64() * 1e3;
    match ms {
        ..10.0 => format!("{ms:.1} ms"),
        ..1000.0 => format!("{ms:.0} ms"),
        _ => format!("{:.1} s", ms / 1e3),
    }
}

/// Below 32 µs each its own step, then 32 steps an octave.
fn step_of(micros: u64) -> usize {
    let steps = STEPS as u64;
    if micros < steps {
        return usize::try_from(micros).unwrap_or(0);
    }
    let octave = micros.ilog2() - steps.ilog2();
    let inside = (micros >> octave) - steps;
    ((octave as usize + 1) * STEPS + usize::try_from(inside).unwrap_or(0)).min(STEPS * OCTAVES - 1)
}

fn end_of(step: usize) -> u64 {
    let (octave, inside) = (step / STEPS, (step % STEPS) as u64);
    match octave {
        0 => inside,
        _ => ((STEPS as u64 + inside + 1) << (octave - 1)) - 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_latency_comes_back_within_its_step() {
        for micros in [0, 1, 31, 32, 33, 500, 12_345, 1_000_000, 90_000_000] {
            let end = end_of(step_of(micros));
            assert!(
                end >= micros && end <= micros + micros / 30 + 1,
                "{micros} → {end}"
            );
        }
    }

    #[test]
    fn percentiles_are_ranks() {
        let latencies = Latencies::default();
        (1..=100).for_each(|ms| latencies.note(Duration::from_millis(ms)));
        assert_eq!(latencies.count(), 100);
        let p99 = latencies.at(0.99).as_millis();
        assert!((99..=102).contains(&p99), "{p99}");
        assert_eq!(Latencies::default().at(0.5), Duration::ZERO);
    }
}
