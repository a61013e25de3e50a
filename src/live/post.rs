//! One socket's letterbox: the meeting's task drops a note that something is there and goes on; the socket's task wakes and
//! takes what it needs. Nothing here grows with what happened meanwhile: views are pulled from their feed, `mine` is the
//! newest one, answers are bounded by the commands the socket itself sent and has not yet read the answers of.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Poll;

use bytes::Bytes;
use futures_util::task::AtomicWaker;
use uuid::Uuid;

use crate::meeting::refusal::Refusal;
use crate::view::Audience;

use super::feed::Feed;

/// What may lie in a letterbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Notes(u32);

impl Notes {
    /// Answers to commands.
    pub const ANSWERS: Self = Self(1);
    /// A followed view has a new revision.
    pub const VIEWS: Self = Self(2);
    /// Somebody's own view changed.
    pub const MINE: Self = Self(4);
    /// Views were lost or gained.
    pub const AUDIENCES: Self = Self(8);
    /// The socket must go.
    pub const LEAVE: Self = Self(16);

    /// Whether `other` is among them.
    #[must_use]
    pub fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// Why a socket must go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leave {
    /// The token was revoked, or the seat moved (4003).
    Revoked,
    /// A newer connection of the same device took over (4009).
    Replaced,
    /// The server goes down (1012).
    Away,
}

/// A person's own view at one revision, encoded.
#[derive(Debug, Clone, Default)]
pub struct Own {
    pub revision: u64,
    pub text: Bytes,
}

/// What was lost or gained of the followed views.
#[derive(Debug, Default)]
pub struct Audiences {
    /// No longer readable.
    pub gone: Vec<Audience>,
    /// Readable now, as was wished before.
    pub gained: Vec<Arc<Feed>>,
}

#[derive(Debug, Default)]
struct Inside {
    answers: Vec<(u64, Option<Refusal>)>,
    mine: Vec<(Uuid, Own)>,
    audiences: Audiences,
    leave: Option<Leave>,
}

/// The letterbox of one socket.
#[derive(Debug, Default)]
pub struct Post {
    notes: AtomicU32,
    waker: AtomicWaker,
    inside: Mutex<Inside>,
}

impl Post {
    /// An empty one.
    #[must_use]
    pub fn new() -> Arc<Self> {
        Arc::default()
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes that something is there and wakes the socket.
    pub(super) fn note(&self, note: Notes) {
        if self.notes.fetch_or(note.0, Ordering::AcqRel) & note.0 == 0 {
            self.waker.wake();
        }
    }

    pub(super) fn answer(&self, n: u64, refusal: Option<Refusal>) {
        self.inside().answers.push((n, refusal));
        self.note(Notes::ANSWERS);
    }

    pub(super) fn put_mine(&self, actor: Uuid, own: Own) {
        let mut inside = self.inside();
        match inside.mine.iter_mut().find(|(id, _)| *id == actor) {
            Some((_, old)) => *old = own,
            None => inside.mine.push((actor, own)),
        }
        drop(inside);
        self.note(Notes::MINE);
    }

    pub(super) fn lose(&self, audience: Audience) {
        self.inside().audiences.gone.push(audience);
        self.note(Notes::AUDIENCES);
    }

    pub(super) fn gain(&self, feed: Arc<Feed>) {
        self.inside().audiences.gained.push(feed);
        self.note(Notes::AUDIENCES);
    }

    /// Tells the socket to go; the first reason stands.
    pub(super) fn leave(&self, why: Leave) {
        self.inside().leave.get_or_insert(why);
        self.note(Notes::LEAVE);
    }

    /// Waits until there is something and takes the notes. For one task at a time.
    pub async fn woken(&self) -> Notes {
        std::future::poll_fn(|context| {
            self.waker.register(context.waker());
            match self.notes.swap(0, Ordering::AcqRel) {
                0 => Poll::Pending,
                notes => Poll::Ready(Notes(notes)),
            }
        })
        .await
    }

    /// The answers so far: the number, and why not.
    pub fn take_answers(&self) -> Vec<(u64, Option<Refusal>)> {
        std::mem::take(&mut self.inside().answers)
    }

    /// The newest own views since the last time, by the holder's id.
    pub fn take_mine(&self) -> Vec<(Uuid, Own)> {
        std::mem::take(&mut self.inside().mine)
    }

    /// What was lost or gained since the last time.
    pub fn take_audiences(&self) -> Audiences {
        std::mem::take(&mut self.inside().audiences)
    }

    /// Why the socket must go, if it must.
    pub fn why_leave(&self) -> Option<Leave> {
        self.inside().leave
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_note_wakes_the_socket_once_for_all_that_is_there() {
        let post = Post::new();
        post.answer(7, None);
        post.answer(8, None);
        let notes = post.woken().await;
        assert!(notes.has(Notes::ANSWERS) && !notes.has(Notes::VIEWS));
        assert_eq!(post.take_answers().len(), 2);
        let sleeper = tokio::spawn({
            let post = Arc::clone(&post);
            async move { post.woken().await }
        });
        tokio::task::yield_now().await;
        post.leave(Leave::Replaced);
        post.leave(Leave::Away);
        assert!(sleeper.await.unwrap().has(Notes::LEAVE));
        assert_eq!(post.why_leave(), Some(Leave::Replaced));
    }

    #[test]
    fn only_the_newest_own_view_is_kept() {
        let post = Post::new();
        let seat = Uuid::from_u128(1);
        for revision in 1..=1000 {
            post.put_mine(
                seat,
                Own {
                    revision,
                    text: Bytes::from_static(b"{}"),
                },
            );
        }
        let mine = post.take_mine();
        assert_eq!(mine.len(), 1);
        assert_eq!(mine[0].1.revision, 1000);
    }
}
