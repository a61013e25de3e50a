//! Where one socket stands in each view it follows. It pulls what it needs from the feeds and keeps no frame.
//!
//! Invariant: a patch of a view is sent only when the last revision the client said it has, or was sent on this socket, is
//! the one the patch starts from.

use std::collections::BTreeMap;
use std::sync::Arc;

use bytes::Bytes;

use crate::live::{Feed, Next};
use crate::view::Audience;

use crate::wire::At;

#[derive(Debug)]
struct Stream {
    feed: Arc<Feed>,
    /// The client's revision; `None` while it fetches the snapshot.
    at: Option<u64>,
}

/// What must be said about the followed views.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Tidings {
    /// Snapshots to fetch.
    pub take: Vec<String>,
    /// Patches, as ready frames.
    pub frames: Vec<Bytes>,
    /// Not followed.
    pub gone: Vec<String>,
}

/// The followed views of one socket.
#[derive(Debug, Default)]
pub(super) struct Follows(Vec<Stream>);

impl Follows {
    /// Follows a feed; `at` is where the client stands. True when it must take the snapshot.
    pub fn add(&mut self, feed: Arc<Feed>, at: Option<At>) -> bool {
        let at = at
            .filter(|(epoch, _)| *epoch == feed.epoch())
            .map(|(_, revision)| revision)
            .filter(|revision| feed.since(*revision) != Next::Take);
        self.0
            .retain(|stream| stream.feed.audience() != feed.audience());
        self.0.push(Stream { feed, at });
        at.is_none()
    }

    /// Follows an audience no more.
    pub fn remove(&mut self, audience: &Audience) {
        self.0.retain(|stream| stream.feed.audience() != audience);
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The client fetched these.
    pub fn have(&mut self, have: &BTreeMap<String, Option<At>>) -> Tidings {
        let mut tidings = Tidings::default();
        for (name, at) in have {
            let Some(stream) = self.0.iter_mut().find(|stream| stream.feed.name() == name) else {
                tidings.gone.push(name.clone());
                continue;
            };
            stream.at = at
                .filter(|(epoch, _)| *epoch == stream.feed.epoch())
                .map(|(_, revision)| revision);
            if stream.at.is_some() {
                stream.advance(&mut tidings);
            } else {
                tidings.take.push(name.clone());
            }
        }
        tidings
    }

    /// What leads the client to the newest revision of everything it follows.
    pub fn news(&mut self) -> Tidings {
        let mut tidings = Tidings::default();
        for stream in &mut self.0 {
            stream.advance(&mut tidings);
        }
        tidings
    }
}

impl Stream {
    fn advance(&mut self, tidings: &mut Tidings) {
        let Some(at) = self.at else { return };
        match self.feed.since(at) {
            Next::Current => {}
            Next::Frame { to, frame } => {
                self.at = Some(to);
                tidings.frames.push(frame);
            }
            Next::Take => {
                self.at = None;
                tidings.take.push(self.feed.name().to_owned());
            }
        }
    }
}
