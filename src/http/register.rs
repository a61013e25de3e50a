//! The office of this server, kept: which meetings there are and which code leads to which. Decides nothing itself;
//! one writer at a time, and what is read here is durable.

use std::sync::{PoisonError, RwLock, RwLockReadGuard};

use tokio::sync::{Mutex, MutexGuard};
use uuid::Uuid;

use crate::journal::{AppendError, Journal, Position, ReadError, Record};
use crate::live::Live;
use crate::meeting::ids::{MeetingId, Timestamp};
use crate::meeting::state;
use crate::office::{self, Entry, OFFICE, Office, Opening, Phase, Wish};

use super::error::{Error, ErrorCode};

/// How often another writer may be first.
const TRIES: u32 = 4;
/// A journal of a meeting that nobody has used has no more entries than this: its creation and its first seat.
const UNUSED: usize = 2;

/// The office, kept in the journal.
#[derive(Debug)]
pub struct Register {
    journal: Journal,
    office: RwLock<Office>,
    /// The office's last entry; whoever holds this writes.
    position: Mutex<Position>,
    /// `--code`: what the next meeting gets while it is free.
    wanted: Option<String>,
}

impl Register {
    /// Reads the office. What a crash left between a meeting's first entry and the office's is put right: a meeting that
    /// was used is entered again, one that was not is erased.
    ///
    /// # Errors
    /// The journal cannot be read or written.
    pub async fn load(
        journal: &Journal,
        live: &Live,
        wanted: Option<String>,
    ) -> Result<Self, ReadError> {
        let register = Self {
            journal: journal.clone(),
            office: RwLock::default(),
            position: Mutex::new(Position::START),
            wanted,
        };
        let mut writing = register.writing().await;
        writing.read_on().await?;
        let journals = journal.list().await?;
        let orphans = register.office().orphans(journals);
        for orphan in orphans {
            writing.put_right(orphan, live).await?;
        }
        drop(writing);
        Ok(register)
    }

    /// The meeting whose code was typed; it may have ended.
    #[must_use]
    pub fn find(&self, typed: &str) -> Option<MeetingId> {
        let office = self.office();
        office.by_code(typed).map(|found| MeetingId(found.meeting))
    }

    /// How far the list says a meeting has come, and its title.
    #[must_use]
    pub fn listed(&self, meeting: MeetingId) -> Option<(Phase, String)> {
        let office = self.office();
        let listed = office.meeting(meeting.0)?;
        Some((listed.phase, listed.title.clone()))
    }

    /// Waits until nobody else writes.
    pub async fn writing(&self) -> Writing<'_> {
        Writing {
            register: self,
            position: self.position.lock().await,
        }
    }

    fn office(&self) -> RwLockReadGuard<'_, Office> {
        self.office.read().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The only writer of the office.
#[derive(Debug)]
pub struct Writing<'a> {
    register: &'a Register,
    position: MutexGuard<'a, Position>,
}

impl Writing<'_> {
    /// What must be done to open a meeting: the one the same try made, or a new one under a free code.
    ///
    /// # Errors
    /// The system gives no random bits.
    pub fn opening(&self, tried: Option<&str>, now: Timestamp) -> Result<Opening, Error> {
        let entropy = getrandom::u64().map_err(|_| ErrorCode::Internal)?;
        let office = self.register.office();
        let wanted = self.register.wanted.iter();
        let mut free = wanted.filter(|code| office.is_free(code, now.0));
        Ok(match office.opening(tried, now.0, entropy) {
            Opening::New { code } => Opening::New {
                code: free.next().cloned().unwrap_or(code),
            },
            same_or_full => same_or_full,
        })
    }

    /// Has a wish decided and made durable.
    ///
    /// # Errors
    /// The journal cannot be written; `internal` when the office refuses what cannot be refused here.
    pub async fn grant(&mut self, wish: &Wish, now: Timestamp) -> Result<(), Error> {
        for _ in 0..TRIES {
            let decided = office::decide(&self.register.office(), wish, now.0);
            let facts = decided.map_err(|refusal| {
                tracing::error!(%refusal, "the office refused");
                ErrorCode::Internal
            })?;
            if facts.is_empty() {
                return Ok(());
            }
            let entry = Entry { facts };
            let record = Record {
                at: now.0,
                seat: None,
                device: None,
                n: None,
                payload: entry.encode().into(),
            };
            let journal = &self.register.journal;
            match journal.append(OFFICE, *self.position, &[record]).await {
                Ok(position) => {
                    *self.position = position;
                    self.apply(now.0, &entry);
                    return Ok(());
                }
                // Somebody wrote beside us, or nobody knows whether this was written: read on, decide again.
                Err(AppendError::Stale { .. } | AppendError::Unknown(_)) => {
                    self.read_on().await.map_err(|_| ErrorCode::Busy)?;
                }
                Err(AppendError::Full) => return Err(Error::later(ErrorCode::DiskFull, 5000)),
                Err(AppendError::Unwritable(_)) => {
                    return Err(Error::later(ErrorCode::Unwritable, 5000));
                }
                Err(AppendError::ReadOnly { .. }) => return Err(ErrorCode::Corrupt.into()),
            }
        }
        Err(Error::later(ErrorCode::Busy, 1000))
    }

    async fn read_on(&mut self) -> Result<(), ReadError> {
        for entry in self.register.journal.read(OFFICE, *self.position).await? {
            match Entry::decode(&entry.record.payload) {
                Ok(decoded) => self.apply(entry.record.at, &decoded),
                Err(error) => tracing::error!(%error, "an entry of the office is not understood"),
            }
            *self.position = entry.position;
        }
        Ok(())
    }

    fn apply(&self, at: i64, entry: &Entry) {
        let office = &self.register.office;
        office
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .apply(at, entry);
    }

    async fn put_right(&mut self, orphan: Uuid, live: &Live) -> Result<(), ReadError> {
        let journal = &self.register.journal;
        let entries = journal.read(orphan, Position::START).await;
        let was_deleted = self.register.office().meeting(orphan).is_some();
        if was_deleted || entries.is_ok_and(|entries| entries.len() <= UNUSED) {
            if let Err(error) = journal.delete(orphan).await {
                tracing::warn!(%error, "an unused meeting is erased at the next start");
            }
            return Ok(());
        }
        let Ok(handle) = live.meeting(MeetingId(orphan)).await else {
            return Ok(());
        };
        let known = handle
            .ask(|meeting| (meeting.code.clone(), meeting.title.clone()))
            .await;
        if let Ok((code, title)) = known {
            let wish = Wish::Enter {
                meeting: orphan,
                code,
                title,
                tried: None,
            };
            if self.grant(&wish, live.now()).await.is_err() {
                tracing::warn!(meeting = %orphan, "a meeting has lost its code; its links still lead to it");
            }
        }
        Ok(())
    }
}

/// How far the meeting's own state says it has come, in the words of the list.
#[must_use]
pub fn phase(of: state::Phase) -> Phase {
    match of {
        state::Phase::Prepared => Phase::Prepared,
        state::Phase::Live => Phase::Live,
        state::Phase::Ended => Phase::Ended,
    }
}
