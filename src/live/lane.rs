//! Views that go out together, and when they are due. Knows no meeting: it only reckons time.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::oneshot;
use tokio::time::Instant;

use crate::view::{Audience, Dirty};

use super::feed::Feed;
use super::settings::Pace;

/// Views that go out together. The floor may have ten thousand followers and then goes out a few times a second; the desk
/// and what belongs to one person must not wait for that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LaneOf {
    Floor,
    Rest,
}

impl LaneOf {
    pub fn of(audience: &Audience) -> Self {
        match audience {
            Audience::Floor => Self::Floor,
            _ => Self::Rest,
        }
    }
}

#[derive(Debug)]
pub(super) struct Lane {
    pub dirty: Dirty,
    /// When the views of this lane were last refreshed.
    pub refreshed: Last,
    /// When the crowd was last woken.
    pub woken: Last,
    /// Views with a revision the crowd was not woken for.
    pub unwoken: Vec<Audience>,
    /// Those who wait for the next revision.
    pub hurry: Vec<(Arc<Feed>, oneshot::Sender<Arc<Feed>>)>,
}

impl Lane {
    pub fn new(began: Instant) -> Self {
        Self {
            dirty: Dirty::default(),
            refreshed: Last::Never { began },
            woken: Last::Never { began },
            unwoken: Vec::new(),
            hurry: Vec::new(),
        }
    }

    pub fn is_dirty(&self) -> bool {
        !self.dirty.is_empty() || self.dirty.people().next().is_some()
    }

    pub fn refresh_due(&self, pace: &Pace) -> Option<Instant> {
        if !self.is_dirty() {
            return None;
        }
        let wait = if self.dirty.counts_only() && self.hurry.is_empty() {
            pace.counts
        } else {
            pace.tick
        };
        Some(self.refreshed.plus(wait))
    }

    pub fn wake_due(&self, pace: &Pace, followers: usize) -> Option<Instant> {
        if self.unwoken.is_empty() {
            return None;
        }
        let crowd = u32::try_from(followers).unwrap_or(u32::MAX);
        Some(self.woken.plus(pace.per_follower.saturating_mul(crowd)))
    }
}

/// The last time, and whether there was one. What never happened is due since `began`.
#[derive(Debug, Clone, Copy)]
pub(super) enum Last {
    Never { began: Instant },
    At(Instant),
}

impl Last {
    pub fn plus(self, wait: Duration) -> Instant {
        match self {
            Self::Never { began } => began,
            Self::At(at) => at + wait,
        }
    }
}
