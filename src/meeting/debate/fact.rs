//! What happened in a debate: part of the stored format, under the same rules as [`crate::meeting::fact`].

use serde::{Deserialize, Serialize};

use crate::meeting::ids::ActivityId;

/// What happened in a debate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DebateFact {
    #[serde(rename = "host_called")]
    HostCalled { activity: ActivityId, on: bool },
}
