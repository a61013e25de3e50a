//! What the server says on the socket. A frame is put together from members; a view's member is encoded once
//! and copied into the frame of whoever needs it.

use std::collections::BTreeMap;

use bytes::Bytes;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;
use uuid::Uuid;

use crate::meeting::ids::{SeatId, Timestamp};
use crate::meeting::refusal::Refusal;
use crate::meeting::role::Role;

/// The answer to a hello.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
pub struct Welcome {
    /// Absent for a stage.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seat: Option<SeatId>,
    pub roles: Vec<Role>,
    /// The server's time.
    pub now: Timestamp,
    /// The highest number known from this device.
    pub n: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "Mine")]
    pub mine: Option<Value>,
    /// The alias and the other seats on this socket.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[ts(optional, as = "Option<BTreeMap<Uuid, Also>>")]
    pub also: BTreeMap<Uuid, Also>,
}

/// The alias, or another seat on the same socket.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
pub struct Also {
    /// The highest number known from its device.
    pub n: u64,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<Role>>")]
    pub roles: Vec<Role>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "Mine")]
    pub mine: Option<Value>,
}

/// A frame to be sent. Keys are written in the order in which they are read.
#[derive(Debug, Clone, Default)]
pub struct Frame<'a> {
    pub welcome: Option<&'a Welcome>,
    /// Audiences whose snapshot has to be fetched.
    pub take: &'a [String],
    /// Members made by [`member`].
    pub views: &'a [Bytes],
    /// Audiences that can be read no more.
    pub gone: &'a [String],
    /// Numbers done.
    pub ok: &'a [u64],
    /// Numbers refused, and why.
    pub no: &'a [(u64, Refusal)],
    /// Notes that are durable: the group, and what the server knows of them (a state vector).
    pub noted: Option<(Uuid, String)>,
    /// What a client lacked of a group's notes.
    pub notes: Option<(Uuid, String)>,
    /// Notes that were refused, and why.
    pub unnoted: Option<(Uuid, &'a Refusal)>,
    /// The time of a ping as it came, and the server's.
    pub pong: Option<(&'a serde_json::Number, Timestamp)>,
    /// The server goes down: come back after that many milliseconds.
    pub away: Option<u32>,
}

impl Frame<'_> {
    /// Whether there is nothing to say.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.welcome.is_none()
            && self.take.is_empty()
            && self.views.is_empty()
            && self.gone.is_empty()
            && self.ok.is_empty()
            && self.no.is_empty()
            && self.noted.is_none()
            && self.notes.is_none()
            && self.unnoted.is_none()
            && self.pong.is_none()
            && self.away.is_none()
    }

    /// The frame as it travels.
    #[must_use]
    pub fn encode(&self) -> Bytes {
        let room: usize = self.views.iter().map(|member| member.len() + 1).sum();
        let mut text = Vec::with_capacity(room + 128);
        text.push(b'{');
        if let Some(welcome) = self.welcome {
            put(&mut text, "welcome", welcome);
        }
        put_list(&mut text, "take", self.take);
        self.put_views(&mut text);
        put_list(&mut text, "gone", self.gone);
        put_list(&mut text, "ok", self.ok);
        put_list(&mut text, "no", self.no);
        if let Some(noted) = &self.noted {
            put(&mut text, "noted", noted);
        }
        if let Some(notes) = &self.notes {
            put(&mut text, "notes", notes);
        }
        if let Some(unnoted) = &self.unnoted {
            put(&mut text, "unnoted", unnoted);
        }
        if let Some(pong) = self.pong {
            put(&mut text, "pong", &pong);
        }
        if let Some(retry) = self.away {
            put(&mut text, "away", &BTreeMap::from([("retry", retry)]));
        }
        text.push(b'}');
        text.into()
    }

    fn put_views(&self, text: &mut Vec<u8>) {
        if self.views.is_empty() {
            return;
        }
        key(text, "views");
        text.push(b'{');
        for (place, member) in self.views.iter().enumerate() {
            if place > 0 {
                text.push(b',');
            }
            text.extend_from_slice(member);
        }
        text.push(b'}');
    }
}

/// `"floor":[7,{…}]`: one view's step to `revision`, from the patch's bytes.
#[must_use]
pub fn member(view: &str, revision: u64, patch: &[u8]) -> Bytes {
    let mut text = Vec::with_capacity(view.len() + patch.len() + 32);
    write(&mut text, view);
    text.extend_from_slice(b":[");
    write(&mut text, &revision);
    text.push(b',');
    text.extend_from_slice(patch);
    text.push(b']');
    text.into()
}

fn put_list<T: Serialize>(text: &mut Vec<u8>, name: &str, list: &[T]) {
    if !list.is_empty() {
        put(text, name, list);
    }
}

fn put<T: Serialize + ?Sized>(text: &mut Vec<u8>, name: &str, value: &T) {
    key(text, name);
    write(text, value);
}

fn key(text: &mut Vec<u8>, name: &str) {
    if text.len() > 1 {
        text.push(b',');
    }
    write(text, name);
    text.push(b':');
}

/// Our own types always serialise, and a vector takes every byte: there is nothing to fail.
fn write<T: Serialize + ?Sized>(text: &mut Vec<u8>, value: &T) {
    let before = text.len();
    if serde_json::to_writer(&mut *text, value).is_err() {
        text.truncate(before);
        text.extend_from_slice(b"null");
    }
}

/// A server's frame as a client reads it; for clients of our own and for TypeScript.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(rename = "ServerSays", optional_fields)]
pub struct Heard {
    pub welcome: Option<Welcome>,
    #[ts(optional, as = "Option<Vec<String>>")]
    pub take: Vec<String>,
    #[ts(optional, type = "Record<string, [revision: number, patch: unknown]>")]
    pub views: BTreeMap<String, (u64, Value)>,
    #[ts(optional, as = "Option<Vec<String>>")]
    pub gone: Vec<String>,
    #[ts(optional, as = "Option<Vec<u64>>")]
    pub ok: Vec<u64>,
    #[ts(optional, as = "Option<Vec<(u64, Refusal)>>")]
    pub no: Vec<(u64, Refusal)>,
    /// Notes of a group are durable; what the server knows of them (a state vector, base64).
    pub noted: Option<(Uuid, String)>,
    /// What this client lacked of a group's notes (y-sync, base64).
    pub notes: Option<(Uuid, String)>,
    /// Notes of a group were refused.
    pub unnoted: Option<(Uuid, Refusal)>,
    pub pong: Option<(f64, u64)>,
    pub away: Option<Away>,
}

/// The server goes down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Away {
    /// Milliseconds.
    pub retry: u32,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meeting::refusal::Code;
    use serde_json::json;

    #[test]
    fn a_frame_is_put_together_in_the_order_it_is_read() {
        let welcome = Welcome {
            seat: None,
            roles: vec![Role::Stage],
            now: Timestamp(5),
            n: 0,
            mine: None,
            also: BTreeMap::new(),
        };
        let time = serde_json::Number::from(17);
        let frame = Frame {
            welcome: Some(&welcome),
            take: &["desk".into()],
            views: &[
                member("floor", 7, br#"{"here":3}"#),
                member("mine", 2, b"{}"),
            ],
            gone: &["group/x".into()],
            ok: &[1, 2],
            no: &[(3, Refusal::later(Code::SlowDown, 200))],
            noted: Some((Uuid::nil(), "AA==".into())),
            pong: Some((&time, Timestamp(9))),
            away: Some(1500),
            ..Frame::default()
        };
        let text = frame.encode();
        assert_eq!(
            std::str::from_utf8(&text).unwrap(),
            r#"{"welcome":{"roles":["stage"],"now":5,"n":0},"take":["desk"],"views":{"floor":[7,{"here":3}],"mine":[2,{}]},"gone":["group/x"],"ok":[1,2],"no":[[3,{"code":"slow_down","detail":"slower, please: try again after `retry` milliseconds","retry":200}]],"noted":["00000000-0000-0000-0000-000000000000","AA=="],"pong":[17,9],"away":{"retry":1500}}"#
        );
        let heard: Heard = serde_json::from_slice(&text).unwrap();
        assert_eq!(heard.welcome, Some(welcome));
        assert_eq!(heard.views["floor"], (7, json!({"here": 3})));
        assert_eq!(heard.pong, Some((17.0, 9)));
    }

    #[test]
    fn a_frame_of_nothing_is_empty() {
        assert!(Frame::default().is_empty());
        assert_eq!(&Frame::default().encode()[..], b"{}");
        assert!(
            !Frame {
                ok: &[1],
                ..Frame::default()
            }
            .is_empty()
        );
    }
}
