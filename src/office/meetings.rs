//! The list of meetings, as `apply` leaves it, and what can be asked of it.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use super::code;
use super::fact::{Entry, Fact};

/// The same try within this time gets the same meeting (ms).
pub const TRY_MS: i64 = 24 * 60 * 60 * 1000;
/// A code is free again this long after the end (ms): it is printed and written down.
pub const CODE_MS: i64 = 30 * 24 * 60 * 60 * 1000;
/// How many codes are drawn before giving up; a server full of codes is no reason to hang.
const DRAWS: usize = 4096;

/// How far a meeting has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Phase {
    #[default]
    Prepared,
    Live,
    Ended,
    /// Nothing but its code's last days is left.
    Deleted,
}

/// A meeting on the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    pub meeting: Uuid,
    pub code: String,
    pub title: String,
    pub phase: Phase,
    /// Times are milliseconds since 1970.
    pub created_at: i64,
    /// Ended or deleted, whichever came first; absent while it can be joined.
    pub closed_at: Option<i64>,
    /// Hash of the try that made it.
    pub tried: Option<String>,
}

/// What must be done to open a meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opening {
    /// The same try made this one.
    Same(Uuid),
    /// A new one, under this code.
    New { code: String },
    /// There is no free code.
    Full,
}

/// The server's meetings.
///
/// Invariant: of all meetings whose code is not free again, no two have the same, and `codes` leads to them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Office {
    meetings: BTreeMap<Uuid, Listed>,
    codes: BTreeMap<String, Uuid>,
    tries: BTreeMap<String, Uuid>,
    live: BTreeSet<Uuid>,
}

impl Listed {
    /// Whether others may be given its code at `now`.
    #[must_use]
    pub fn is_code_free(&self, now: i64) -> bool {
        self.closed_at
            .is_some_and(|closed| now.saturating_sub(closed) >= CODE_MS)
    }
}

impl Office {
    /// A server that never had a meeting.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A meeting that was entered; deleted ones too, until their code is given to another.
    #[must_use]
    pub fn meeting(&self, meeting: Uuid) -> Option<&Listed> {
        self.meetings.get(&meeting)
    }

    /// All meetings, oldest id first.
    pub fn meetings(&self) -> impl Iterator<Item = &Listed> {
        self.meetings.values()
    }

    /// The meeting whose code somebody typed. It may have ended; a deleted one is not found.
    #[must_use]
    pub fn by_code(&self, typed: &str) -> Option<&Listed> {
        let code = code::cleaned(typed)?;
        let found = self.meetings.get(self.codes.get(&code)?)?;
        (found.phase != Phase::Deleted).then_some(found)
    }

    /// The meeting that the same try made within the last 24 hours.
    #[must_use]
    pub fn by_try(&self, tried: &str, now: i64) -> Option<&Listed> {
        let found = self.meetings.get(self.tries.get(tried)?)?;
        let recent = now.saturating_sub(found.created_at) < TRY_MS;
        (recent && found.phase != Phase::Deleted).then_some(found)
    }

    /// Meetings that are live now.
    #[must_use]
    pub fn live_count(&self) -> usize {
        self.live.len()
    }

    /// What must be done to open a meeting. `tried`: hash of the client's try; `entropy`: random bits from outside.
    #[must_use]
    pub fn opening(&self, tried: Option<&str>, now: i64, entropy: u64) -> Opening {
        if let Some(found) = tried.and_then(|tried| self.by_try(tried, now)) {
            return Opening::Same(found.meeting);
        }
        let length = if self.live_count() > code::BUSY {
            code::LONG
        } else {
            code::SHORT
        };
        let short = code::drawn(entropy, length).take(DRAWS);
        let mut codes = short.chain(code::drawn(entropy, code::LONG).take(DRAWS));
        match codes.find(|code| self.is_free(code, now)) {
            Some(code) => Opening::New { code },
            None => Opening::Full,
        }
    }

    /// Whether no meeting holds this code at `now`.
    #[must_use]
    pub fn is_free(&self, code: &str, now: i64) -> bool {
        let holder = self
            .codes
            .get(code)
            .and_then(|meeting| self.meetings.get(meeting));
        holder.is_none_or(|listed| listed.is_code_free(now))
    }

    /// Journals that belong to no meeting on the list: the server fell between the two entries, or the meeting was deleted
    /// and its journal was not yet. To be asked while no meeting is being opened.
    pub fn orphans(&self, journals: impl IntoIterator<Item = Uuid>) -> Vec<Uuid> {
        let belongs = |id: &Uuid| {
            self.meetings
                .get(id)
                .is_some_and(|listed| listed.phase != Phase::Deleted)
        };
        journals
            .into_iter()
            .filter(|id| *id != super::OFFICE && !belongs(id))
            .collect()
    }

    /// Meetings on the list without a journal: to be deleted from it.
    pub fn lost(&self, journals: &BTreeSet<Uuid>) -> Vec<Uuid> {
        let listed = self
            .meetings
            .values()
            .filter(|listed| listed.phase != Phase::Deleted);
        listed
            .map(|listed| listed.meeting)
            .filter(|id| !journals.contains(id))
            .collect()
    }

    /// Makes an entry so. Never refuses: rules change, history does not.
    pub fn apply(&mut self, at: i64, entry: &Entry) {
        for fact in &entry.facts {
            self.apply_fact(at, fact);
        }
    }

    fn apply_fact(&mut self, at: i64, fact: &Fact) {
        match fact {
            Fact::MeetingEntered {
                meeting,
                code,
                title,
                tried,
            } => {
                self.forget_holder(code, *meeting);
                self.codes.insert(code.clone(), *meeting);
                if let Some(tried) = tried {
                    self.forget_tries(at);
                    self.tries.insert(tried.clone(), *meeting);
                }
                let listed = Listed {
                    meeting: *meeting,
                    code: code.clone(),
                    title: title.clone(),
                    phase: Phase::Prepared,
                    created_at: at,
                    closed_at: None,
                    tried: tried.clone(),
                };
                self.meetings.insert(*meeting, listed);
            }
            Fact::MeetingRenamed { meeting, title } => {
                if let Some(listed) = self.meetings.get_mut(meeting) {
                    listed.title.clone_from(title);
                }
            }
            Fact::MeetingStarted { meeting } => self.come_to(*meeting, Phase::Live, None),
            Fact::MeetingReopened { meeting } => self.come_to(*meeting, Phase::Live, None),
            Fact::MeetingEnded { meeting } => self.come_to(*meeting, Phase::Ended, Some(at)),
            Fact::MeetingDeleted { meeting } => self.come_to(*meeting, Phase::Deleted, Some(at)),
        }
    }

    fn come_to(&mut self, meeting: Uuid, phase: Phase, closed_at: Option<i64>) {
        let Some(listed) = self.meetings.get_mut(&meeting) else {
            return;
        };
        listed.phase = phase;
        listed.closed_at = closed_at.map(|at| listed.closed_at.unwrap_or(at));
        if phase == Phase::Deleted {
            listed.title.clear();
        }
        if phase == Phase::Live {
            self.live.insert(meeting);
        } else {
            self.live.remove(&meeting);
        }
    }

    /// The code goes to another meeting: of the one before nothing is left to look up, and a deleted one goes for good.
    fn forget_holder(&mut self, code: &str, next: Uuid) {
        let Some(before) = self
            .codes
            .get(code)
            .copied()
            .filter(|before| *before != next)
        else {
            return;
        };
        if self
            .meetings
            .get(&before)
            .is_some_and(|listed| listed.phase == Phase::Deleted)
        {
            self.meetings.remove(&before);
        }
    }

    fn forget_tries(&mut self, now: i64) {
        let meetings = &self.meetings;
        self.tries.retain(|_, meeting| {
            meetings
                .get(meeting)
                .is_some_and(|listed| now.saturating_sub(listed.created_at) < TRY_MS)
        });
    }
}
