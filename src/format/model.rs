//! A format as everything else reads it: checked, its bells in absolute seconds and in order. Owns the shape alone.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A format, ready to run. Stored in the journal as it stood when a debate was set up: fields are only ever added, with a default.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(optional_fields)]
pub struct Format {
    /// Short name for addresses and files: `[a-z0-9-]+`.
    pub id: String,
    /// Its name in English, or in the only language it has.
    pub name: String,
    /// Names in other languages (BCP 47).
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub names: BTreeMap<String, String>,
    /// Where its rules come from, and what of them was verified.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// In the order of the first speeches. Two or four; none for fishbowl and town hall.
    pub sides: Vec<Side>,
    /// Places for speakers on each side.
    pub speakers: u8,
    /// What the clock shows first.
    pub counts: Counts,
    /// Preparation after the motion is released, before the first speech. Not counted among the segments.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub preparation: Option<Segment>,
    /// Preparation time each side may draw on between speeches, in seconds; 0: none.
    pub bank_s: u32,
    pub points: Points,
    pub overtime: Overtime,
    /// What a stretch between two bells is called and what may happen in it. The built-in four are always there.
    pub phases: BTreeMap<String, Phase>,
    pub segments: Vec<Segment>,
    /// The audience votes before and after.
    pub audience_vote: bool,
    /// Which rules of `results` score it; empty: not scored.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub scored_by: String,
}

/// A side: one team in a debate of two, one of four in British Parliamentary.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(optional_fields)]
pub struct Side {
    /// `proposition`, `opposition`, `opening_government`, …; `[a-z0-9_]+`.
    pub id: String,
    pub name: String,
    /// Names in other languages (BCP 47).
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub names: BTreeMap<String, String>,
}

/// What the clock shows first; the stage says *left* or *spoken*.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Counts {
    /// Time left.
    #[default]
    Down,
    /// Time spoken.
    Up,
}

/// How points of information are offered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Points {
    /// The seat offers from its own phone and the speaker answers there; otherwise the chair taps offered and accepted.
    pub from_seats: bool,
    /// How long one may take, in seconds.
    pub length_s: u16,
    /// How long an offer stands before it fades, in seconds.
    pub offer_s: u16,
}

impl Default for Points {
    fn default() -> Self {
        Self {
            from_seats: false,
            length_s: 15,
            offer_s: 10,
        }
    }
}

/// What rings after the length is over (Debatekeeper: a device setting, first after 15 s, then every 15 s, three rings).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Overtime {
    /// Seconds after the end until the first bell; 0: none rings.
    pub first_s: u16,
    /// Seconds between the bells after it; 0: only the first.
    pub every_s: u16,
    pub rings: u8,
}

impl Default for Overtime {
    fn default() -> Self {
        Self {
            first_s: 15,
            every_s: 15,
            rings: 3,
        }
    }
}

/// A stretch between two bells.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(optional_fields)]
pub struct Phase {
    /// Shown in words; empty: nothing is shown.
    pub name: String,
    /// Names in other languages (BCP 47).
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub names: BTreeMap<String, String>,
    /// `#RRGGBB`, as an imported file asks for; empty: the house's own.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub colour: String,
    /// Points of information may be offered.
    pub points: bool,
}

/// A part of the debate with a length of its own.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(optional_fields)]
pub struct Segment {
    pub name: String,
    /// Names in other languages (BCP 47).
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub names: BTreeMap<String, String>,
    pub kind: Kind,
    /// A side's id, `both`, `nobody`, or `decided` (said live by the chair).
    pub owner: String,
    /// Which place of the side speaks, from 1; 0: whoever the side sends.
    pub place: u8,
    /// Places that may give it (a reply by the first or second speaker); empty: all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub by: Vec<u8>,
    /// Whole seconds. In a free debate: of both sides together.
    pub length_s: u32,
    /// Free debate: the bank of each side, in seconds; 0: one common clock.
    #[serde(skip_serializing_if = "is_zero")]
    pub each_s: u32,
    /// The phase it begins with; empty: `normal`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub first_phase: String,
    /// By `at_s`, one at a second; up to `length_s`. Bells past the end come from [`Format::overtime`] or stand here too.
    pub bells: Vec<Bell>,
}

/// What a segment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    #[default]
    Speech,
    /// A closing speech of a side, often in reversed order.
    Reply,
    /// Questions between two sides: cross-examination, crossfire.
    Cross,
    /// Both sides talk in turn, each on its own bank or on one clock.
    Free,
    /// Preparation between speeches.
    Preparation,
    /// The hall speaks: questions from the audience, a floor debate.
    Floor,
    /// The audience votes.
    Vote,
    /// The judges deliberate.
    Deliberation,
}

/// What happens at a second of a segment.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(optional_fields)]
pub struct Bell {
    /// Seconds from the segment's beginning; more than its length: past the end.
    pub at_s: u32,
    /// 0 (a silent change of phase) to 60.
    pub rings: u8,
    /// The clock stops here until the chair resumes it.
    pub pause: bool,
    /// The phase that begins here; empty: no change.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub phase: String,
    /// Whether points may be offered from here on; absent: as the phase says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub points: Option<bool>,
}

fn is_zero(value: &u32) -> bool {
    *value == 0
}
