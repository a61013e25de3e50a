//! What happened to the list of meetings: the stored format. Names are written out, fields are only ever added,
//! with a default; nothing here is renamed.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

/// All facts of one wish; what a record's payload holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Entry {
    pub facts: Vec<Fact>,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fact {
    /// A meeting that has its own journal is on the list.
    #[serde(rename = "meeting_entered")]
    MeetingEntered {
        meeting: Uuid,
        code: String,
        title: String,
        /// Hash of the client's try, so that the same one makes no second meeting.
        #[serde(rename = "try", default, skip_serializing_if = "Option::is_none")]
        tried: Option<String>,
    },
    #[serde(rename = "meeting_renamed")]
    MeetingRenamed { meeting: Uuid, title: String },
    #[serde(rename = "meeting_started")]
    MeetingStarted { meeting: Uuid },
    #[serde(rename = "meeting_ended")]
    MeetingEnded { meeting: Uuid },
    #[serde(rename = "meeting_reopened")]
    MeetingReopened { meeting: Uuid },
    /// Its journal is gone, or is about to be.
    #[serde(rename = "meeting_deleted")]
    MeetingDeleted { meeting: Uuid },
}

/// A payload that is no entry of the office.
#[derive(Debug, thiserror::Error)]
#[error("not an entry of the office: {0}")]
pub struct DecodeError(#[from] serde_json::Error);

#[derive(Serialize, Deserialize)]
struct Stored<F> {
    facts: Vec<F>,
}

impl Entry {
    /// As it is stored.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let stored = Stored {
            facts: self.facts.iter().collect(),
        };
        // Plain structs of texts and ids always serialise.
        serde_json::to_vec(&stored).unwrap_or_default()
    }

    /// Reads what was stored. Facts that a later version wrote are passed over.
    ///
    /// # Errors
    /// If it is no entry at all.
    pub fn decode(bytes: &[u8]) -> Result<Self, DecodeError> {
        let stored: Stored<Value> = serde_json::from_slice(bytes)?;
        let known = stored
            .facts
            .into_iter()
            .filter_map(|fact| serde_json::from_value(fact).ok());
        Ok(Self {
            facts: known.collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_stored_once_is_read_forever() {
        let stored = r#"{"facts":[{"meeting_entered":{"meeting":"00000000-0000-0000-0000-000000000001","code":"473096","title":"Our park","try":"x"}},
            {"organiser_added":{"name":"from a later version"}},
            {"meeting_started":{"meeting":"00000000-0000-0000-0000-000000000001","and":"more"}}],"also":1}"#;
        let meeting = Uuid::from_u128(1);
        let entry = Entry::decode(stored.as_bytes()).unwrap();
        let entered = Fact::MeetingEntered {
            meeting,
            code: "473096".into(),
            title: "Our park".into(),
            tried: Some("x".into()),
        };
        assert_eq!(entry.facts, [entered, Fact::MeetingStarted { meeting }]);
        assert_eq!(Entry::decode(&entry.encode()).unwrap(), entry);
        assert!(Entry::decode(b"[]").is_err());
    }
}
