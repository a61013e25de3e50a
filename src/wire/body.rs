//! What HTTP carries: requests and answers of docs/WIRE.md, for clients of our own and for TypeScript.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;
use uuid::Uuid;

use crate::format::Format;
use crate::meeting::command::Command;
use crate::meeting::ids::{ActivityId, DeviceId, LinkId, MeetingId, QuestionId, SeatId, Timestamp};
use crate::meeting::role::Role;

use super::At;

/// A file that says how a debate runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FormatText {
    /// TOML or Debatekeeper's XML.
    pub text: String,
}

/// What was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
pub struct FormatRead {
    /// What of it is sound; absent when nothing is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub format: Option<Format>,
    pub problems: Vec<FormatProblem>,
}

/// Something wrong with the file, or worth knowing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FormatProblem {
    /// From 1; 0: of the whole file.
    pub line: u32,
    /// Something of the file is missing from the format.
    pub error: bool,
    /// One English sentence.
    pub says: String,
}

/// A format to be written as a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FormatWritten {
    pub format: Format,
    #[serde(rename = "as")]
    pub kind: FormatKind,
}

/// Kinds of files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FormatKind {
    Toml,
    /// Debatekeeper 2.2.
    Xml,
}

/// How group work is to be planned.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
pub struct PlanWished {
    /// The same seed, people and settings give the same plan; absent: drawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(type = "number")]
    pub seed: Option<u64>,
    /// Leaves out whoever is not here now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only_here: Option<bool>,
    /// Seats that sit at a table by its number, as a list said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fixed: Option<BTreeMap<SeatId, u16>>,
}

/// The plan is the desk's draft now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PlanMade {
    /// Meetings of pairs beyond the first.
    pub repeats: u32,
    /// Time it took in milliseconds.
    pub ms: u64,
}

/// A message about a group's shared notes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NotesSent {
    /// y-sync (step 1, step 2 or update), base64.
    pub notes: String,
}

/// What became of it: `noted` for an update, `notes` for a state vector.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
pub struct NotesSaid {
    /// Durable; what the server knows (a state vector, base64).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub noted: Option<String>,
    /// What was lacking (y-sync, base64).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
}

/// `POST /api/meetings`
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
pub struct NewMeeting {
    pub title: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub template: Option<String>,
    /// 128 random bits: the same within 24 h gets the same answer.
    #[serde(rename = "try", default, skip_serializing_if = "Option::is_none")]
    pub attempt: Option<String>,
}

/// 201, or 200 for a repeat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MeetingMade {
    pub meeting: MeetingId,
    pub code: String,
    /// The facilitator's bearer.
    pub token: String,
    pub links: MeetingLinks,
}

/// Absolute addresses with their secret in the fragment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MeetingLinks {
    pub desk: String,
    pub stage: String,
    pub join: String,
}

/// `GET /api/codes/{code}`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
pub struct CodeFound {
    pub meeting: MeetingId,
    pub title: String,
    pub languages: Vec<String>,
    /// The tags the facilitator asks for.
    pub ask: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ask_first: Option<bool>,
}

/// `POST /api/meetings/{meeting}/seats`: with `code` or with `secret`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
pub struct NewSeat {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<String>>,
    #[serde(rename = "try", default, skip_serializing_if = "Option::is_none")]
    pub attempt: Option<String>,
}

/// 201; a stage's has a token alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
pub struct SeatMade {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seat: Option<SeatId>,
    pub token: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alias: Option<AliasMade>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub roles: Option<Vec<Role>>,
    /// *Ask me first*: the facilitator has to let it in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waiting: Option<bool>,
}

/// What anonymous commands are sent with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AliasMade {
    pub token: String,
}

/// `GET …/views/{audience}`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ViewTaken {
    #[ts(type = "[epoch: number, revision: number]")]
    pub at: At,
    #[ts(type = "unknown")]
    pub view: Value,
}

/// `GET …/mine`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct MineTaken {
    #[ts(type = "[epoch: number, revision: number]")]
    pub at: At,
    #[ts(type = "Mine")]
    pub mine: Value,
    /// The highest number known from the device.
    pub n: u64,
}

/// `GET …/seats`
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
pub struct SeatsListed {
    pub seats: Vec<SeatListed>,
    /// Sent back as `after` it gives the next page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// One seat of the list, which is by name and then by id, never in the order of joining.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
pub struct SeatListed {
    pub seat: SeatId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "Record<string, true>")]
    pub tags: Option<BTreeMap<String, bool>>,
    #[ts(type = "Partial<Record<Role, true>>")]
    pub roles: BTreeMap<Role, bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proxy: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub muted: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waiting: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub here: Option<bool>,
}

/// `POST …/commands`, and a command on the socket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
pub struct Numbered {
    pub n: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<DeviceId>,
    #[serde(rename = "as", default, skip_serializing_if = "Option::is_none")]
    pub acting_for: Option<Uuid>,
    #[serde(rename = "do")]
    pub command: Command,
}

/// Done, also for a repeat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Done {
    pub ok: u64,
}

/// `POST …/similar`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
pub struct Typed {
    pub text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub activity: Option<ActivityId>,
}

/// Likest first.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct SimilarFound {
    pub questions: Vec<QuestionId>,
}

/// `POST …/links`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
pub struct NewLink {
    pub role: Role,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
}

/// 201; the secret is in `url` alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LinkMade {
    pub link: LinkId,
    pub url: String,
    pub role: Role,
}

/// `POST …/seats/{seat}/move`: good once, until then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MoveOffered {
    pub url: String,
    pub until: Timestamp,
}

/// `POST /api/screens`: a stage asks to be paired.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ScreenMade {
    pub screen: String,
    pub digits: String,
    pub key: String,
}

/// `GET /api/screens/{screen}`: empty while it is not paired.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
pub struct ScreenPaired {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meeting: Option<MeetingId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
}

/// `POST …/screens`: what the desk types.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Pair {
    pub digits: String,
}

/// 200.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Paired {
    pub screen: String,
}

/// `GET …/check`: *Check the hall*.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
pub struct HallChecked {
    pub addresses: Vec<String>,
    /// Phones that reached this server.
    pub phones: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disk_free_mb: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub battery: Option<Battery>,
    /// The server keeps the computer awake.
    pub awake: bool,
    /// Everything acknowledged is on disk.
    pub saved: bool,
}

/// Of the computer the server runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Battery {
    pub percent: u8,
    pub charging: bool,
}

/// `POST …/practice`
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NewPractice {
    /// 1–100 pretend people.
    pub phones: u32,
}

/// 201; `DELETE …/practice/{practice}` ends it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PracticeMade {
    pub practice: String,
    /// Of the copy the pretend people are in.
    pub links: MeetingLinks,
}

/// `GET /api/hall`: where phones reach this server.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct Hall {
    pub addresses: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn absent_is_absent_and_the_odd_names_are_as_written() {
        let meeting: NewMeeting =
            serde_json::from_value(json!({"title": "Our park", "try": "abc", "more": 1})).unwrap();
        assert_eq!(meeting.attempt.as_deref(), Some("abc"));
        assert_eq!(
            serde_json::to_value(&meeting).unwrap(),
            json!({"title": "Our park", "try": "abc"})
        );
        let command: Numbered =
            serde_json::from_value(json!({"n": 1, "as": Uuid::nil(), "do": {"reopen": {}}}))
                .unwrap();
        assert_eq!(
            serde_json::to_value(&command).unwrap(),
            json!({"n": 1, "as": Uuid::nil(), "do": {"reopen": {}}})
        );
        assert_eq!(
            serde_json::to_value(ScreenPaired::default()).unwrap(),
            json!({})
        );
    }
}
