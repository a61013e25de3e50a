//! What happened in a discussion: part of the stored format, under the same rules as [`crate::meeting::fact`].

use serde::{Deserialize, Serialize};

use crate::meeting::ids::ActivityId;

/// What happened in a discussion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DiscussionFact {
    #[serde(rename = "list_closed")]
    ListClosed { activity: ActivityId, on: bool },
}
