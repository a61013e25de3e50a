//! What of a live meeting is shared between its task and those who reach it without asking the task: its feeds, who left,
//! who was heard of. Outlives the task. Locks are held for a few instructions and never across an await.

use std::collections::{BTreeMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use crate::meeting::ids::{MeetingId, SeatId};
use crate::view::Audience;

use super::clock::Clock;
use super::crowd::SocketKey;
use super::feed::Feed;
use super::ledger::Trouble;

/// The shared part of a meeting.
#[derive(Debug)]
pub(super) struct House {
    pub id: MeetingId,
    pub epoch: u64,
    pub clock: Clock,
    feeds: Mutex<BTreeMap<Audience, Arc<Feed>>>,
    left: Mutex<Vec<SocketKey>>,
    touched: Mutex<HashSet<SeatId>>,
    trouble: Mutex<Option<Trouble>>,
}

fn open<T>(lock: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

impl House {
    pub fn new(id: MeetingId, epoch: u64, clock: Clock) -> Arc<Self> {
        Arc::new(Self {
            id,
            epoch,
            clock,
            feeds: Mutex::default(),
            left: Mutex::default(),
            touched: Mutex::default(),
            trouble: Mutex::default(),
        })
    }

    pub fn feed(&self, audience: &Audience) -> Option<Arc<Feed>> {
        open(&self.feeds).get(audience).cloned()
    }

    pub fn add_feed(&self, feed: Arc<Feed>) {
        open(&self.feeds).insert(feed.audience().clone(), feed);
    }

    pub fn feeds(&self) -> Vec<Arc<Feed>> {
        open(&self.feeds).values().cloned().collect()
    }

    pub fn drop_feeds(&self) {
        open(&self.feeds).clear();
    }

    pub fn left(&self, key: SocketKey) {
        open(&self.left).push(key);
    }

    pub fn take_left(&self) -> Vec<SocketKey> {
        std::mem::take(&mut open(&self.left))
    }

    pub fn touch(&self, seat: SeatId) {
        open(&self.touched).insert(seat);
    }

    pub fn take_touched(&self) -> HashSet<SeatId> {
        std::mem::take(&mut open(&self.touched))
    }

    /// What last kept the journal from being written, if it still does.
    pub fn trouble(&self) -> Option<Trouble> {
        *open(&self.trouble)
    }

    pub fn set_trouble(&self, trouble: Option<Trouble>) {
        *open(&self.trouble) = trouble;
    }
}
