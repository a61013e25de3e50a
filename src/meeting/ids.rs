//! The names of things in a meeting: one newtype per kind, so that a seat is never taken for a question.
//! Owns no rule; the random part comes from outside.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
        #[ts(as = "String")]
        pub struct $name(pub Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }
    };
}

id!(/// A meeting (UUID v7, made by the server).
    MeetingId);
id!(/// An activity of the agenda (made by the desk).
    ActivityId);
id!(/// One person's place in a meeting; survives reloads.
    SeatId);
id!(/// What a person is called when nothing may say who it is. Never stored beside a seat.
    AliasId);
id!(/// One outbox for one seat or alias: a tab.
    DeviceId);
id!(/// A question.
    QuestionId);
id!(/// A link that carries a role.
    LinkId);
id!(/// A call for help that goes to the safeguarding contact alone.
    ConcernId);

id!(/// A group of a groups activity: a table with its people.
    GroupId);
id!(/// An idea card of a group.
    CardId);
id!(/// A few words from the desk to groups.
    LetterId);
id!(/// A team of debaters.
    TeamId);
id!(/// A motion that is proposed for a debate.
    MotionId);

/// Milliseconds since 1970, from the server's clock; always below 2^53.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, TS,
)]
#[ts(as = "f64")]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// The time `ms` milliseconds later.
    #[must_use]
    pub fn plus_ms(self, ms: i64) -> Self {
        Self(self.0.saturating_add(ms))
    }

    /// Milliseconds from `earlier` to this time; negative when this time is before it.
    #[must_use]
    pub fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }
}
