//! How an entry is written and read, and what a command is recognised by. Reading is total for whatever a newer build
//! wrote: facts and fields it does not know are passed over.

use serde_json::Value;

use super::command::Command;
use super::fact::{Entry, Fact};

/// The bytes are no entry at all.
#[derive(Debug, thiserror::Error)]
#[error("the payload is not an entry: {0}")]
pub struct DecodeError(#[from] serde_json::Error);

impl Entry {
    /// The entry as the journal keeps it (JSON).
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        // Plain structs with string keys: cannot fail.
        serde_json::to_vec(self).unwrap_or_default()
    }

    /// The entry back. Facts that this build does not know are left out, for rules change and history does not.
    pub fn decode(bytes: &[u8]) -> Result<Self, DecodeError> {
        serde_json::from_slice(bytes).or_else(|_| decode_known(bytes))
    }
}

#[derive(serde::Deserialize)]
struct Loose {
    #[serde(default)]
    hash: Option<u64>,
    facts: Vec<Value>,
}

fn decode_known(bytes: &[u8]) -> Result<Entry, DecodeError> {
    let loose: Loose = serde_json::from_slice(bytes)?;
    let facts = loose
        .facts
        .into_iter()
        .filter_map(|fact| serde_json::from_value::<Fact>(fact).ok());
    Ok(Entry {
        hash: loose.hash,
        facts: facts.collect(),
    })
}

/// What a command is recognised by when its number comes again: FNV-1a (64 bits) over its JSON with sorted keys and
/// without absent fields, so that a build with more optional fields finds the same. No secret hangs on it.
#[must_use]
pub fn hash(command: &Command) -> u64 {
    let value = serde_json::to_value(command).unwrap_or_default();
    let mut hash = Fnv(0xcbf2_9ce4_8422_2325);
    hash.value(&value);
    hash.0
}

struct Fnv(u64);

impl Fnv {
    fn bytes(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn value(&mut self, value: &Value) {
        match value {
            Value::Object(members) => {
                let mut members: Vec<_> = members
                    .iter()
                    .filter(|(_, member)| !member.is_null())
                    .collect();
                members.sort_by_key(|(key, _)| *key);
                self.bytes(b"{");
                for (key, member) in members {
                    self.text(key);
                    self.value(member);
                }
                self.bytes(b"}");
            }
            Value::Array(items) => {
                self.bytes(b"[");
                items.iter().for_each(|item| self.value(item));
                self.bytes(b"]");
            }
            Value::String(text) => self.text(text),
            other => self.bytes(other.to_string().as_bytes()),
        }
        self.bytes(b",");
    }

    /// Length first, so that no two texts run together.
    fn text(&mut self, text: &str) {
        self.bytes(text.len().to_string().as_bytes());
        self.bytes(b":");
        self.bytes(text.as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meeting::ids::QuestionId;
    use uuid::Uuid;

    #[test]
    fn an_entry_comes_back_as_it_was_written() {
        let entry = Entry {
            hash: Some(u64::MAX),
            facts: vec![Fact::MeetingStarted {}, Fact::HeadsCounted { people: 7 }],
        };
        assert_eq!(Entry::decode(&entry.encode()).unwrap(), entry);
    }

    #[test]
    fn facts_and_fields_of_a_newer_build_are_passed_over() {
        let bytes = br#"{"hash":1,"more":true,"facts":[{"poll_started":{"x":1}},{"heads_counted":{"people":7,"how":"by eye"}},{"stage_set":5}]}"#;
        let entry = Entry::decode(bytes).unwrap();
        assert_eq!(
            entry,
            Entry {
                hash: Some(1),
                facts: vec![Fact::HeadsCounted { people: 7 }]
            }
        );
    }

    #[test]
    fn what_is_no_entry_is_an_error() {
        for bytes in [&b""[..], b"[1]", b"{", b"\xff\xff", b"null"] {
            assert!(Entry::decode(bytes).is_err(), "{bytes:?}");
        }
    }

    #[test]
    fn a_command_has_one_hash_and_another_has_another() {
        let vote = |n: u128, on| Command::Vote {
            question: QuestionId(Uuid::from_u128(n)),
            on,
        };
        assert_eq!(hash(&vote(1, true)), hash(&vote(1, true)));
        assert_ne!(hash(&vote(1, true)), hash(&vote(1, false)));
        assert_ne!(hash(&vote(1, true)), hash(&vote(2, true)));
    }

    #[test]
    fn the_hash_is_the_same_in_every_build() {
        assert_eq!(
            hash(&Command::Vote {
                question: QuestionId(Uuid::from_u128(1)),
                on: true
            }),
            VOTE_HASH
        );
    }

    const VOTE_HASH: u64 = 0x7d7dcec1cb8902dc;
}
