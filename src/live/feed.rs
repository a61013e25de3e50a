//! One audience's view as it travels: its revisions, their patches as ready frames, and what leads from any remembered
//! revision to the newest. Outlives the meeting's task. Knows no socket: readers pull what they need.
//!
//! Invariant: `steps[i]` leads exactly from revision `newest - steps.len() + i` to the next one; the oldest of these revisions,
//! every one that is a multiple of [`PAGE`], and the last [`RECENT`] have their document in `pages`.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use serde_json::Value;

use crate::view::{Audience, Document, difference, patch};
use crate::wire;

use super::snapshot::Snapshot;

/// Every how many revisions the document itself is kept.
const PAGE: u64 = 16;
/// The documents of this many revisions are all kept: phones of a large hall are usually a few behind.
const RECENT: usize = 32;
/// How many revisions are remembered.
const REMEMBERED: usize = 1024;
/// How many bytes of frames are remembered.
const REMEMBERED_BYTES: usize = 2 << 20;
/// A frame above this is not pushed to a phone: it takes the snapshot, which is compressed and shared.
const LARGEST: usize = 48 << 10;
/// How many composed differences are kept, newest last.
const COMPOSED: usize = 64;

/// What leads a reader to the newest revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// It is there already.
    Current,
    /// One frame, `{"views":{"floor":[to,{…}]}}`, shared by all that need it.
    Frame { to: u64, frame: Bytes },
    /// The snapshot must be fetched.
    Take,
}

#[derive(Debug)]
struct Pages {
    revision: u64,
    document: Document,
    /// Frames, oldest first.
    steps: VecDeque<Bytes>,
    bytes: usize,
    /// Documents, oldest first; they share what is equal.
    pages: VecDeque<(u64, Document)>,
    composed: VecDeque<(u64, u64, Next)>,
    snapshot: Option<Arc<Snapshot>>,
}

/// A feed.
#[derive(Debug)]
pub struct Feed {
    audience: Audience,
    name: String,
    epoch: u64,
    followers: AtomicUsize,
    pages: Mutex<Pages>,
}

impl Feed {
    /// Starts at revision 1. `epoch` is random and below 2^53.
    pub(super) fn start(audience: Audience, epoch: u64, document: Document) -> Arc<Self> {
        let name = audience.to_string();
        Arc::new(Self {
            audience,
            name,
            epoch,
            followers: AtomicUsize::new(0),
            pages: Mutex::new(Pages {
                revision: 1,
                document,
                steps: VecDeque::new(),
                bytes: 0,
                pages: VecDeque::new(),
                composed: VecDeque::new(),
                snapshot: None,
            }),
        })
    }

    fn pages(&self) -> MutexGuard<'_, Pages> {
        self.pages.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whose view it is.
    #[must_use]
    pub fn audience(&self) -> &Audience {
        &self.audience
    }

    /// The audience's name on the wire.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Changes when the server starts anew.
    #[must_use]
    pub fn epoch(&self) -> u64 {
        self.epoch
    }

    /// How many sockets follow it.
    #[must_use]
    pub fn followers(&self) -> usize {
        self.followers.load(Ordering::Relaxed)
    }

    pub(super) fn follow(&self) {
        self.followers.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn unfollow(&self) {
        self.followers.fetch_sub(1, Ordering::Relaxed);
    }

    /// The newest revision.
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.pages().revision
    }

    /// The newest document.
    pub(super) fn document(&self) -> Document {
        self.pages().document.clone()
    }

    /// Makes `document` the newest revision; `patch` leads to it from the one before.
    pub(super) fn publish(&self, document: Document, patch: &Value) {
        let mut pages = self.pages();
        let revision = pages.revision + 1;
        let frame = encode(&self.name, revision, patch);
        let before = std::mem::replace(&mut pages.document, document);
        let page = (pages.revision, before);
        pages.pages.push_back(page);
        pages.bytes += frame.len();
        pages.steps.push_back(frame);
        pages.revision = revision;
        pages.snapshot = None;
        pages.thin();
        pages.forget();
    }

    /// What leads from `revision` to the newest one.
    pub fn since(&self, revision: u64) -> Next {
        let pages = self.pages();
        if revision == pages.revision {
            return Next::Current;
        }
        if !pages.covers(revision) {
            return Next::Take;
        }
        if revision + 1 == pages.revision {
            return pages.last_step();
        }
        if let Some(next) = pages.found(revision) {
            return next;
        }
        let Some((page, steps)) = pages.gather(revision) else {
            return Next::Take;
        };
        let (to, newest) = (pages.revision, pages.document.clone());
        // Composing may take a millisecond: others go on meanwhile.
        drop(pages);
        let patch = if steps.is_empty() {
            difference(&page, &newest)
        } else {
            let mut from = page.to_value();
            for step in steps {
                match self.patch_of(&step) {
                    Some(patch) => patch::merge(&mut from, &patch),
                    None => return Next::Take,
                }
            }
            patch::diff(&from, &newest.to_value())
        };
        let patch = patch.unwrap_or_else(|| Value::Object(serde_json::Map::new()));
        let next = pushable(to, encode(&self.name, to, &patch));
        self.pages().keep(revision, to, next.clone());
        next
    }

    /// The patch within a frame of this feed.
    fn patch_of(&self, frame: &Bytes) -> Option<Value> {
        let frame: Value = serde_json::from_slice(frame).ok()?;
        let step = frame.get("views")?.get(&self.name)?;
        step.get(1).cloned()
    }

    /// The newest revision, encoded once for all.
    pub fn snapshot(&self) -> Arc<Snapshot> {
        // Encoded under the lock: a storm of joins waits for one encoding instead of making hundreds.
        let mut pages = self.pages();
        if let Some(snapshot) = &pages.snapshot {
            return Arc::clone(snapshot);
        }
        let made = Snapshot::new(self.epoch, pages.revision, &pages.document);
        let made = Arc::new(made);
        pages.snapshot = Some(Arc::clone(&made));
        made
    }
}

impl Pages {
    fn oldest(&self) -> u64 {
        self.revision - self.steps.len() as u64
    }

    fn covers(&self, revision: u64) -> bool {
        revision <= self.revision && revision >= self.oldest()
    }

    fn last_step(&self) -> Next {
        self.steps
            .back()
            .map_or(Next::Take, |frame| pushable(self.revision, frame.clone()))
    }

    fn found(&self, from: u64) -> Option<Next> {
        self.composed
            .iter()
            .rev()
            .find(|(known, to, _)| *known == from && *to == self.revision)
            .map(|(_, _, next)| next.clone())
    }

    /// The nearest kept document at or before `revision`, and the frames that lead from it to `revision`.
    fn gather(&self, revision: u64) -> Option<(Document, Vec<Bytes>)> {
        let (at, page) = self.pages.iter().rev().find(|(at, _)| *at <= revision)?;
        let first = usize::try_from(at.checked_sub(self.oldest())?).ok()?;
        let last = usize::try_from(revision - self.oldest()).ok()?;
        let steps = self.steps.range(first..last).cloned().collect();
        Some((page.clone(), steps))
    }

    fn keep(&mut self, from: u64, to: u64, next: Next) {
        if self.composed.len() == COMPOSED {
            self.composed.pop_front();
        }
        self.composed.push_back((from, to, next));
    }

    /// Lets go of the one document that is no longer recent, unless it is a page.
    fn thin(&mut self) {
        let Some(place) = self.pages.len().checked_sub(RECENT + 1) else {
            return;
        };
        if place > 0 && !self.pages[place].0.is_multiple_of(PAGE) {
            self.pages.remove(place);
        }
    }

    /// Forgets the oldest steps beyond what is remembered, up to the next page, so that each remembered revision can be
    /// reached from a kept document.
    fn forget(&mut self) {
        while self.steps.len() > REMEMBERED || self.bytes > REMEMBERED_BYTES {
            let Some((second, _)) = self.pages.get(1) else {
                // One page is left: everything after it goes with it.
                self.steps.clear();
                self.pages.clear();
                self.bytes = 0;
                return;
            };
            let gone = usize::try_from(second - self.oldest()).unwrap_or(usize::MAX);
            for frame in self.steps.drain(..gone.min(self.steps.len())) {
                self.bytes -= frame.len();
            }
            self.pages.pop_front();
        }
    }
}

fn pushable(to: u64, frame: Bytes) -> Next {
    if frame.len() > LARGEST {
        Next::Take
    } else {
        Next::Frame { to, frame }
    }
}

/// `{"views":{"name":[revision,patch]}}`.
pub(super) fn encode(name: &str, revision: u64, patch: &Value) -> Bytes {
    let member = wire::member(name, revision, patch.to_string().as_bytes());
    let frame = wire::Frame {
        views: &[member],
        ..wire::Frame::default()
    };
    frame.encode()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meeting::ids::MeetingId;
    use crate::meeting::state::Meeting;
    use crate::view::{Presence, build};
    use uuid::Uuid;

    /// A feed of `revisions`, and the view at each; titles of `size` bytes come and go.
    fn filled(revisions: u64, size: usize) -> (Arc<Feed>, Vec<Value>) {
        let mut meeting = Meeting::new(MeetingId(Uuid::from_u128(1)));
        let here = Presence::default();
        let mut last = build(&meeting, &here, &Audience::Floor);
        let feed = Feed::start(Audience::Floor, 7, last.clone());
        let mut views = vec![last.to_value()];
        for n in 2..=revisions {
            let title = if n % 3 == 0 {
                String::new()
            } else {
                n.to_string()
            };
            meeting.title = title + &"x".repeat(size);
            meeting.heads = (n % 5 != 0).then_some(u32::try_from(n).unwrap());
            let next = build(&meeting, &here, &Audience::Floor);
            let patch = difference(&last, &next).unwrap();
            feed.publish(next.clone(), &patch);
            views.push(next.to_value());
            last = next;
        }
        (feed, views)
    }

    fn leads_there(feed: &Feed, views: &[Value], from: u64) -> bool {
        let newest = feed.revision();
        match feed.since(from) {
            Next::Current => from == newest,
            Next::Take => false,
            Next::Frame { to, frame } => {
                let frame: Value = serde_json::from_slice(&frame).unwrap();
                let mut view = views[usize::try_from(from).unwrap() - 1].clone();
                patch::merge(&mut view, &frame["views"]["floor"][1]);
                assert_eq!(view, *views.last().unwrap(), "from {from}");
                to == newest
            }
        }
    }

    #[test]
    fn every_remembered_revision_leads_exactly_to_the_newest() {
        let revisions = 2 * REMEMBERED as u64 + 37;
        let (feed, views) = filled(revisions, 0);
        let first_known = (1..=revisions)
            .find(|from| leads_there(&feed, &views, *from))
            .unwrap();
        assert!(revisions - first_known >= REMEMBERED as u64 - PAGE);
        for from in first_known..=revisions {
            assert!(leads_there(&feed, &views, from), "from {from}");
        }
        assert_eq!(feed.since(revisions + 1), Next::Take);
        assert_eq!(feed.since(0), Next::Take);
    }

    #[test]
    fn large_steps_are_taken_and_do_not_pile_up() {
        let (feed, views) = filled(200, LARGEST + 1);
        assert_eq!(feed.since(199), Next::Take);
        assert_eq!(feed.since(200), Next::Current);
        assert!(feed.pages().bytes <= REMEMBERED_BYTES);
        let (feed, views_of_medium) = filled(200, LARGEST / 2);
        assert!(leads_there(&feed, &views_of_medium, 199));
        assert!(feed.pages().bytes <= REMEMBERED_BYTES);
        assert_eq!(views.len(), 200);
    }

    #[test]
    fn a_difference_is_composed_once_for_all() {
        let (feed, _) = filled(20, 0);
        let (Next::Frame { frame: one, .. }, Next::Frame { frame: two, .. }) =
            (feed.since(5), feed.since(5))
        else {
            panic!("frames")
        };
        assert_eq!(one.as_ptr(), two.as_ptr());
        assert!(Arc::ptr_eq(&feed.snapshot(), &feed.snapshot()));
    }
}
