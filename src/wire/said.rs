//! What a client says on the socket. One main key a frame, unknown keys are ignored; a command that is not understood
//! keeps its number, so that it can be answered.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use ts_rs::TS;
use uuid::Uuid;

use crate::meeting::command::{Command, DebateCommand, DiscussionCommand, GroupCommand};
use crate::meeting::ids::{DeviceId, GroupId};
use crate::meeting::refusal::{Code, Refusal};

use super::sync::Sync;
use super::{At, SAFE};

/// The first frame of a socket.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
pub struct Hello {
    pub token: String,
    /// The alias's token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alias: Option<String>,
    /// The outbox of the seat; absent: the token's default device.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<DeviceId>,
    /// The outbox of the alias.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alias_device: Option<DeviceId>,
    /// Other seats on this socket.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<Extra>>")]
    pub also: Vec<Extra>,
    /// What is followed, and where each document stands; absent: the floor, of which nothing is there yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(
        optional,
        type = "Record<string, [epoch: number, revision: number] | null>"
    )]
    pub at: Option<BTreeMap<String, Option<At>>>,
}

/// Another seat on the same socket: its token, or its token and device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(untagged)]
pub enum Extra {
    Token(String),
    Device { token: String, device: DeviceId },
}

impl Extra {
    /// Its token.
    #[must_use]
    pub fn token(&self) -> &str {
        match self {
            Self::Token(token) | Self::Device { token, .. } => token,
        }
    }

    /// Its own outbox; absent: the token's default device.
    #[must_use]
    pub fn device(&self) -> Option<DeviceId> {
        match self {
            Self::Token(_) => None,
            Self::Device { device, .. } => Some(*device),
        }
    }
}

/// What a client said.
#[derive(Debug, Clone, PartialEq)]
pub enum Said {
    Hello(Box<Hello>),
    /// The snapshots that were taken.
    Have(BTreeMap<String, Option<At>>),
    Follow(Vec<String>),
    Unfollow(Vec<String>),
    Command {
        n: u64,
        /// Another seat or alias on this socket, or a proxy.
        acting_for: Option<Uuid>,
        command: Box<Command>,
    },
    /// A number whose command is none: it is answered `no` with this.
    NotUnderstood {
        n: u64,
        refusal: Refusal,
    },
    /// A message about a group's shared notes.
    Notes(GroupId, Sync),
    /// The client's own time, sent back as it came.
    Ping(serde_json::Number),
}

/// A frame that says nothing. The tenth closes the socket with 1008.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    #[error("not a JSON object")]
    NotAnObject,
    #[error("no key that is known")]
    NoKnownKey,
    #[error("`{0}` does not look as it should")]
    Shape(&'static str),
}

/// Reads a frame.
///
/// # Errors
/// What is wrong with it. A command with a good number is never malformed, only not understood.
pub fn understand(text: &str) -> Result<Said, Malformed> {
    let Ok(Value::Object(mut frame)) = serde_json::from_str(text) else {
        return Err(Malformed::NotAnObject);
    };
    if let Some(hello) = frame.remove("hello") {
        return Ok(Said::Hello(Box::new(read("hello", hello)?)));
    }
    if frame.contains_key("do") || frame.contains_key("n") {
        return command(frame);
    }
    if let Some(have) = frame.remove("have") {
        return Ok(Said::Have(read("have", have)?));
    }
    if let Some(names) = frame.remove("follow") {
        return Ok(Said::Follow(read("follow", names)?));
    }
    if let Some(names) = frame.remove("unfollow") {
        return Ok(Said::Unfollow(read("unfollow", names)?));
    }
    if let Some(notes) = frame.remove("notes") {
        let (group, message): (GroupId, String) = read("notes", notes)?;
        let message = Sync::read_text(&message).ok_or(Malformed::Shape("notes"))?;
        return Ok(Said::Notes(group, message));
    }
    match frame.remove("ping") {
        Some(Value::Number(time)) => Ok(Said::Ping(time)),
        Some(_) => Err(Malformed::Shape("ping")),
        None => Err(Malformed::NoKnownKey),
    }
}

/// Reads a binary frame: notes, and nothing else.
///
/// # Errors
/// What is wrong with it.
pub fn understand_binary(frame: &[u8]) -> Result<Said, Malformed> {
    let (group, message) = Sync::read_binary(frame).ok_or(Malformed::Shape("notes"))?;
    Ok(Said::Notes(GroupId(group), message))
}

fn command(mut frame: Map<String, Value>) -> Result<Said, Malformed> {
    let n = frame
        .get("n")
        .and_then(Value::as_u64)
        .filter(|n| *n < SAFE)
        .ok_or(Malformed::Shape("n"))?;
    let not_understood = |detail: String| Said::NotUnderstood {
        n,
        refusal: Refusal::because(Code::NotUnderstood, detail),
    };
    let acting_for = match frame.remove("as") {
        None | Some(Value::Null) => None,
        Some(id) => match serde_json::from_value(id) {
            Ok(id) => Some(id),
            Err(_) => {
                return Ok(not_understood(
                    "`as` is the id of a seat or an alias".into(),
                ));
            }
        },
    };
    let Some(wish) = frame.remove("do") else {
        return Ok(not_understood("a numbered frame has a `do`".into()));
    };
    Ok(match read_command(wish) {
        Ok(command) => Said::Command {
            n,
            acting_for,
            command: Box::new(command),
        },
        Err(detail) => not_understood(detail),
    })
}

/// Reads a command, as sockets and HTTP carry it.
///
/// # Errors
/// What about it was not understood, without repeating what a person wrote.
pub fn read_command(wish: Value) -> Result<Command, String> {
    let Value::Object(members) = &wish else {
        return Err("a command is an object with one key".into());
    };
    let mut names = members.keys();
    let (Some(name), None) = (names.next().cloned(), names.next()) else {
        return Err("a command is an object with one key".into());
    };
    // Serde forgets why a command did not fit once its enum has an untagged member: so both are asked, and neither says why.
    Command::deserialize(&wish)
        .or_else(|_| GroupCommand::deserialize(&wish).map(Command::Group))
        .or_else(|_| DiscussionCommand::deserialize(&wish).map(Command::Discussion))
        .or_else(|_| DebateCommand::deserialize(&wish).map(Command::Debate))
        .map_err(|_| format!("`{name}` does not look as it should"))
}

fn read<T: DeserializeOwned>(key: &'static str, value: Value) -> Result<T, Malformed> {
    serde_json::from_value(value).map_err(|_| Malformed::Shape(key))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_hello_says_who_and_where_each_document_stands() {
        let device = Uuid::from_u128(7);
        let text = format!(
            r#"{{"hello":{{"token":"t","alias":"a","device":"{device}","also":["u",{{"token":"v","device":"{device}"}}],
                "at":{{"floor":[5,7],"desk":null}},"new":1}},"newer":2}}"#
        );
        let Ok(Said::Hello(hello)) = understand(&text) else {
            panic!("{:?}", understand(&text))
        };
        assert_eq!(
            (hello.token.as_str(), hello.alias.as_deref()),
            ("t", Some("a"))
        );
        assert_eq!(hello.device, Some(DeviceId(device)));
        assert_eq!(
            hello.also.iter().map(Extra::token).collect::<Vec<_>>(),
            ["u", "v"]
        );
        assert_eq!(hello.also[1].device(), Some(DeviceId(device)));
        assert_eq!(
            hello.at,
            Some([("desk".into(), None), ("floor".into(), Some((5, 7)))].into())
        );
    }

    #[test]
    fn every_frame_of_the_contract_is_understood() {
        assert_eq!(
            understand(r#"{"have":{"floor":[5,9]}}"#),
            Ok(Said::Have([("floor".into(), Some((5, 9)))].into()))
        );
        assert_eq!(
            understand(r#"{"follow":["group/x"]}"#),
            Ok(Said::Follow(vec!["group/x".into()]))
        );
        assert_eq!(
            understand(r#"{"unfollow":[]}"#),
            Ok(Said::Unfollow(Vec::new()))
        );
        assert_eq!(
            understand(r#"{"ping":12.5}"#),
            Ok(Said::Ping(serde_json::Number::from_f64(12.5).unwrap()))
        );
        let alias = Uuid::from_u128(3);
        let said = understand(&format!(
            r#"{{"n":7,"do":{{"vote":{{"question":"{alias}","on":true}}}},"as":"{alias}"}}"#
        ));
        assert!(
            matches!(said, Ok(Said::Command { n: 7, acting_for: Some(id), .. }) if id == alias),
            "{said:?}"
        );
        assert!(matches!(
            understand(r#"{"n":1,"do":{"reopen":{}}}"#),
            Ok(Said::Command { n: 1, .. })
        ));
    }

    #[test]
    fn a_command_that_is_not_understood_keeps_its_number() {
        for wish in [
            r#"{"n":8,"do":{"fly":{}}}"#,
            r#"{"n":8,"do":{"vote":{"question":"seven"}}}"#,
            r#"{"n":8,"do":{"reopen":{},"end":{}}}"#,
            r#"{"n":8,"do":"reopen"}"#,
            r#"{"n":8}"#,
            r#"{"n":8,"do":{"reopen":{}},"as":"me"}"#,
        ] {
            let Ok(Said::NotUnderstood { n, refusal }) = understand(wish) else {
                panic!("{wish}")
            };
            assert_eq!((n, refusal.code), (8, Code::NotUnderstood));
        }
    }

    #[test]
    fn a_refusal_does_not_repeat_what_was_written() {
        let Err(detail) = read_command(serde_json::json!({"ask": {"text": "my secret"}})) else {
            panic!()
        };
        assert_eq!(detail, "`ask` does not look as it should");
    }

    #[test]
    fn what_says_nothing_is_malformed() {
        for (text, wrong) in [
            ("", Malformed::NotAnObject),
            ("[]", Malformed::NotAnObject),
            ("{", Malformed::NotAnObject),
            ("{}", Malformed::NoKnownKey),
            (r#"{"notes":["x","y"]}"#, Malformed::Shape("notes")),
            (r#"{"hello":{}}"#, Malformed::Shape("hello")),
            (r#"{"n":-1,"do":{"reopen":{}}}"#, Malformed::Shape("n")),
            (
                r#"{"n":9007199254740992,"do":{"reopen":{}}}"#,
                Malformed::Shape("n"),
            ),
            (r#"{"do":{"reopen":{}}}"#, Malformed::Shape("n")),
            (r#"{"ping":"now"}"#, Malformed::Shape("ping")),
            (r#"{"have":[1]}"#, Malformed::Shape("have")),
        ] {
            assert_eq!(understand(text), Err(wrong), "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in ".{0,200}", n in any::<i64>()) {
            let _ = understand(&text);
            let _ = understand(&format!(r#"{{"n":{n},"do":{text:?}}}"#));
        }
    }
}
