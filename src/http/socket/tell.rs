//! What the server says on a socket: what the meeting has for it, put into the frames of `wire`. Frames of views come
//! ready-made from their feed.

use std::collections::BTreeMap;

use axum::extract::ws::Utf8Bytes;
use bytes::Bytes;
use serde_json::{Number, Value};
use uuid::Uuid;

use crate::live::{Own, Welcome};
use crate::meeting::ids::{GroupId, Timestamp};
use crate::meeting::refusal::Refusal;
use crate::view::patch;
use crate::wire::{self, Frame};

/// A frame as the socket takes it. Frames are written by this server, as UTF-8.
pub(super) fn text(frame: Bytes) -> Utf8Bytes {
    Utf8Bytes::try_from(frame).unwrap_or_default()
}

fn encode(frame: &Frame<'_>) -> Utf8Bytes {
    text(frame.encode())
}

/// The welcome, and what must be taken or is not to be read.
pub(super) fn welcome(welcome: &Welcome, take: &[String], gone: &[String]) -> Utf8Bytes {
    let also = welcome.also.iter().map(|one| {
        let also = wire::Also {
            n: one.n,
            roles: one.roles.clone(),
            mine: read(&one.mine),
        };
        (one.bearer.holder.id(), also)
    });
    let told = wire::Welcome {
        seat: welcome.seat,
        roles: welcome.roles.clone(),
        now: welcome.now,
        n: welcome.n,
        mine: welcome.mine.as_ref().and_then(read),
        also: also.collect::<BTreeMap<_, _>>(),
    };
    encode(&Frame {
        welcome: Some(&told),
        take,
        gone,
        ..Frame::default()
    })
}

fn read(own: &Own) -> Option<Value> {
    serde_json::from_slice(&own.text).ok()
}

/// The step from one own view to another; `None` when both look the same. `whose` is for another holder on the socket.
pub(super) fn mine(whose: Option<Uuid>, before: &Own, after: &Own) -> Option<Utf8Bytes> {
    let patch = patch::diff(&read(before)?, &read(after)?)?.to_string();
    let name = whose.map_or_else(|| "mine".to_owned(), |id| format!("mine/{id}"));
    let member = wire::member(&name, after.revision, patch.as_bytes());
    Some(encode(&Frame {
        views: &[member],
        ..Frame::default()
    }))
}

/// What must be taken or is not to be read; `None` when nothing is.
pub(super) fn audiences(take: &[String], gone: &[String]) -> Option<Utf8Bytes> {
    let frame = Frame {
        take,
        gone,
        ..Frame::default()
    };
    (!frame.is_empty()).then(|| encode(&frame))
}

/// Answers to commands.
pub(super) fn answers(answers: Vec<(u64, Option<Refusal>)>) -> Option<Utf8Bytes> {
    let (mut ok, mut no) = (Vec::new(), Vec::new());
    for (n, why) in answers {
        match why {
            None => ok.push(n),
            Some(why) => no.push((n, why)),
        }
    }
    let frame = Frame {
        ok: &ok,
        no: &no,
        ..Frame::default()
    };
    (!frame.is_empty()).then(|| encode(&frame))
}

/// Notes of a group are durable.
pub(super) fn noted(group: GroupId, vector: String) -> Utf8Bytes {
    encode(&Frame {
        noted: Some((group.0, vector)),
        ..Frame::default()
    })
}

/// What a client lacks of a group's notes.
pub(super) fn notes(group: GroupId, difference: String) -> Utf8Bytes {
    encode(&Frame {
        notes: Some((group.0, difference)),
        ..Frame::default()
    })
}

/// Notes of a group were refused.
pub(super) fn unnoted(group: GroupId, refusal: &Refusal) -> Utf8Bytes {
    encode(&Frame {
        unnoted: Some((group.0, refusal)),
        ..Frame::default()
    })
}

/// The answer to a ping.
pub(super) fn pong(time: &Number, now: Timestamp) -> Utf8Bytes {
    encode(&Frame {
        pong: Some((time, now)),
        ..Frame::default()
    })
}

/// Come back after `retry` milliseconds.
pub(super) fn away(retry: u32) -> Utf8Bytes {
    encode(&Frame {
        away: Some(retry),
        ..Frame::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(revision: u64, text: &'static str) -> Own {
        Own {
            revision,
            text: text.into(),
        }
    }

    #[test]
    fn an_own_view_travels_as_a_patch_from_the_one_sent_before() {
        let before = own(1, r#"{"votes":{"a":true,"b":true}}"#);
        let after = own(4, r#"{"votes":{"b":true}}"#);
        assert_eq!(
            mine(None, &before, &after).unwrap().as_str(),
            r#"{"views":{"mine":[4,{"votes":{"a":null}}]}}"#
        );
        assert!(mine(None, &before, &before).is_none());
    }

    #[test]
    fn nothing_to_say_is_no_frame() {
        assert!(answers(Vec::new()).is_none());
        assert!(audiences(&[], &[]).is_none());
        assert_eq!(answers(vec![(7, None)]).unwrap().as_str(), r#"{"ok":[7]}"#);
    }
}
