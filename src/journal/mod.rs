//! Remembers entries per meeting in order, refuses a stale writer, finds a flipped bit, and can forget for good.
//! Must never know what a payload says: facts encode and decode themselves elsewhere.

mod blob;
mod chain;
mod entry;
mod error;
mod memory;
mod sqlite;

use std::path::Path;

use bytes::Bytes;
use uuid::Uuid;

pub use blob::{BlobHash, NotABlobHash};
pub use entry::{Entry, Position, Record, Rewrite};
pub use error::{AppendError, OpenError, ReadError, RedactError, StoreError};
pub use memory::Memory;
pub use sqlite::Sqlite;

/// The journal of all meetings of a server. Cheap to clone; all clones are one journal.
///
/// Every kind keeps the same contract, held by one suite of tests: an append is atomic, durable when it returns, and refused
/// when the writer did not know the meeting's last entry. A further kind is a further arm here and one more run of the suite.
#[derive(Debug, Clone)]
pub enum Journal {
    /// In memory: nothing is kept when the server stops.
    Memory(Memory),
    /// In one SQLite file in a data folder: the default.
    Sqlite(Sqlite),
}

impl Journal {
    /// A new, empty journal in memory.
    pub fn memory() -> Self {
        Self::Memory(Memory::default())
    }

    /// Opens the journal in a data folder for a server; makes the folder and the journal if need be. Blocks for a moment.
    ///
    /// # Errors
    /// [`OpenError`]; a second server on the same folder is refused.
    pub fn open(folder: &Path) -> Result<Self, OpenError> {
        Sqlite::open(folder).map(Self::Sqlite)
    }

    /// Opens the journal in a data folder beside a server that may be running: for the command line. What both append is kept
    /// apart by the fence. Blocks for a moment.
    ///
    /// # Errors
    /// [`OpenError`]; nothing is made where there is no journal.
    pub fn open_shared(folder: &Path) -> Result<Self, OpenError> {
        Sqlite::open_shared(folder).map(Self::Sqlite)
    }

    /// Appends a batch after `expected`, the meeting's last entry as the writer knows it, all of it or nothing, and returns the
    /// new last position once the batch is durable. A meeting begins with its first append after [`Position::START`].
    /// An empty batch only checks the fence. Dropping the future does not take back what was handed over.
    ///
    /// # Errors
    /// [`AppendError`]; after [`AppendError::Unknown`] the batch may be there, after all others it is not.
    pub async fn append(
        &self,
        meeting: Uuid,
        expected: Position,
        batch: &[Record],
    ) -> Result<Position, AppendError> {
        match self {
            Self::Memory(memory) => memory.append(meeting, expected, batch),
            Self::Sqlite(sqlite) => sqlite.append(meeting, expected, batch).await,
        }
    }

    /// The entries after a position, in order and verified; none for a meeting that does not exist.
    ///
    /// # Errors
    /// [`ReadError::Corrupt`] carries what is whole before the damage; the meeting then refuses appends.
    pub async fn read(&self, meeting: Uuid, after: Position) -> Result<Vec<Entry>, ReadError> {
        match self {
            Self::Memory(memory) => memory.read(meeting, after),
            Self::Sqlite(sqlite) => sqlite.read(meeting, after).await,
        }
    }

    /// The position of the last entry, [`Position::START`] for a meeting that does not exist.
    ///
    /// # Errors
    /// [`ReadError::Unreadable`].
    pub async fn tail(&self, meeting: Uuid) -> Result<Position, ReadError> {
        match self {
            Self::Memory(memory) => Ok(memory.tail(meeting)),
            Self::Sqlite(sqlite) => sqlite.tail(meeting).await,
        }
    }

    /// All meetings that have an entry, sorted by id.
    ///
    /// # Errors
    /// [`ReadError::Unreadable`].
    pub async fn list(&self) -> Result<Vec<Uuid>, ReadError> {
        match self {
            Self::Memory(memory) => Ok(memory.list()),
            Self::Sqlite(sqlite) => sqlite.list().await,
        }
    }

    /// Reads a whole meeting and checks every hash; returns its last position. A meeting that was read-only and is whole
    /// again (an operator restored it) takes appends again.
    ///
    /// # Errors
    /// As [`Journal::read`].
    pub async fn verify(&self, meeting: Uuid) -> Result<Position, ReadError> {
        match self {
            Self::Memory(memory) => Ok(memory.tail(meeting)),
            Self::Sqlite(sqlite) => sqlite.verify(meeting).await,
        }
    }

    /// Forgets a meeting and its blobs: when this returns, no file of the journal holds a byte of its texts.
    /// Deleting what does not exist is fine, so a deletion that failed is simply repeated.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn delete(&self, meeting: Uuid) -> Result<(), StoreError> {
        match self {
            Self::Memory(memory) => memory.delete(meeting),
            Self::Sqlite(sqlite) => sqlite.delete(meeting).await?,
        }
        Ok(())
    }

    /// Appends `record`, the entry that tells of the redaction, after `expected`; its hash covers the hash of every rewritten
    /// payload. Then rewrites these entries for good: no file of the journal holds a byte of the old payloads when this
    /// returns, and the chain still verifies. Returns the position of `record`.
    ///
    /// # Errors
    /// [`RedactError`]; as with appends a stale writer is refused.
    pub async fn redact(
        &self,
        meeting: Uuid,
        expected: Position,
        record: Record,
        rewrites: Vec<Rewrite>,
    ) -> Result<Position, RedactError> {
        match self {
            Self::Memory(memory) => memory.redact(meeting, expected, &record, &rewrites),
            Self::Sqlite(sqlite) => sqlite.redact(meeting, expected, record, rewrites).await,
        }
    }

    /// Keeps a file of a meeting (a slide, a picture) and names it by its content; the same content is kept once per meeting.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn put_blob(&self, meeting: Uuid, bytes: Bytes) -> Result<BlobHash, StoreError> {
        match self {
            Self::Memory(memory) => Ok(memory.put_blob(meeting, bytes)),
            Self::Sqlite(sqlite) => sqlite.put_blob(meeting, bytes).await,
        }
    }

    /// A file of a meeting, checked against its name; absent when there is none.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] when it is not what was put there.
    pub async fn blob(&self, meeting: Uuid, hash: BlobHash) -> Result<Option<Bytes>, StoreError> {
        match self {
            Self::Memory(memory) => Ok(memory.blob(meeting, hash)),
            Self::Sqlite(sqlite) => sqlite.blob(meeting, hash).await,
        }
    }

    /// Forgets a file of a meeting; fine when there is none.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn delete_blob(&self, meeting: Uuid, hash: BlobHash) -> Result<(), StoreError> {
        match self {
            Self::Memory(memory) => memory.delete_blob(meeting, hash),
            Self::Sqlite(sqlite) => sqlite.delete_blob(meeting, hash).await?,
        }
        Ok(())
    }

    /// Copies the journal, as of one moment, and its blobs into another folder while it is in use; that folder can then be
    /// opened as a data folder. What was erased before is not in the copy.
    ///
    /// # Errors
    /// [`StoreError`]; a folder that holds a journal already is refused.
    pub async fn backup(&self, to: &Path) -> Result<(), StoreError> {
        match self {
            Self::Memory(_) => Err(StoreError::NotKept),
            Self::Sqlite(sqlite) => sqlite.backup(to).await,
        }
    }
}
