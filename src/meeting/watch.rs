//! A stopwatch on the server's clock: what has run, and since when it runs. Whole milliseconds, so that no pause gains or loses
//! any. Knows no limit and no bell.

use serde::{Deserialize, Serialize};

use super::ids::Timestamp;

/// A stopwatch. Stored with the clocks of debates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Watch {
    /// What had run when it was last stopped, in milliseconds.
    pub spent_ms: i64,
    /// Running since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Timestamp>,
}

impl Watch {
    /// What has run by `now`, in milliseconds.
    #[must_use]
    pub fn at(&self, now: Timestamp) -> i64 {
        let running = self.since.map_or(0, |since| now.since(since).max(0));
        self.spent_ms.saturating_add(running)
    }

    #[must_use]
    pub fn runs(&self) -> bool {
        self.since.is_some()
    }

    /// Runs from `at`; one that runs already goes on.
    pub fn start(&mut self, at: Timestamp) {
        self.since.get_or_insert(at);
    }

    /// Stands from `at`.
    pub fn stop(&mut self, at: Timestamp) {
        self.spent_ms = self.at(at);
        self.since = None;
    }

    /// When it will show `ms`, if it runs and does not yet.
    #[must_use]
    pub fn reaches(&self, ms: i64) -> Option<Timestamp> {
        let since = self.since?;
        (self.spent_ms < ms).then(|| since.plus_ms(ms.saturating_sub(self.spent_ms)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_runs_between_start_and_stop_is_added_up_to_the_millisecond() {
        let mut watch = Watch::default();
        watch.start(Timestamp(1_000));
        watch.start(Timestamp(1_500));
        assert_eq!(watch.at(Timestamp(1_007)), 7);
        watch.stop(Timestamp(1_010));
        assert_eq!(watch.at(Timestamp(9_000)), 10);
        watch.start(Timestamp(9_000));
        assert_eq!(watch.reaches(25), Some(Timestamp(9_015)));
        assert_eq!(watch.reaches(10), None);
        watch.stop(Timestamp(9_001));
        assert_eq!((watch.spent_ms, watch.runs()), (11, false));
    }

    #[test]
    fn a_clock_that_goes_back_takes_nothing_away() {
        let mut watch = Watch::default();
        watch.start(Timestamp(1_000));
        watch.stop(Timestamp(400));
        assert_eq!(watch.spent_ms, 0);
    }
}
