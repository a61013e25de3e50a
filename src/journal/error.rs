//! What can go wrong with a journal. Each failure has a stable code and a sentence that says what to do.
//! Knows nothing of HTTP, of sockets or of the words shown to people in a meeting.

use std::io;
use std::path::PathBuf;

use super::entry::{Entry, Position};

/// Why nothing can be said to have been appended.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AppendError {
    /// Another writer was first. Nothing was appended: read on, decide again.
    #[error("another writer was first: the meeting's last entry is {actual}")]
    Stale {
        /// The meeting's last entry now.
        actual: Position,
    },
    /// An entry of this meeting is damaged; it can be read up to there and takes nothing more. Other meetings go on.
    #[error("this meeting is read-only: its journal is damaged at entry {position}")]
    ReadOnly {
        /// The first damaged entry.
        position: Position,
    },
    /// The disk has no space left. Nothing was appended; the same append works once there is space.
    #[error("the disk is full; free some space and it goes on by itself")]
    Full,
    /// The data folder cannot be written (rights, a read-only disk, another program that holds it). Nothing was appended.
    #[error("the data folder cannot be written: {0}")]
    Unwritable(String),
    /// It may or may not have been appended. Read the meeting again before anything is answered.
    #[error("it is unknown whether the entries are durable: {0}")]
    Unknown(String),
}

impl AppendError {
    /// The stable name for logs and answers.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Stale { .. } => "journal_stale",
            Self::ReadOnly { .. } => "journal_damaged",
            Self::Full => "disk_full",
            Self::Unwritable(_) => "journal_unwritable",
            Self::Unknown(_) => "journal_unknown",
        }
    }
}

/// Why a meeting cannot be read in full.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// An entry does not carry the hash it was written with. The meeting is read-only from now on.
    #[error("the journal is damaged at entry {position}; {} entries before it are whole", intact.len())]
    Corrupt {
        /// The first damaged entry.
        position: Position,
        /// What was read and verified before it, in order.
        intact: Vec<Entry>,
    },
    /// The meeting has no entry at the position after which was to be read: it was deleted, or an older copy was restored.
    #[error("the journal has no entry {position}")]
    NoSuchEntry {
        /// The position that was asked for.
        position: Position,
    },
    /// The data folder cannot be read.
    #[error("the journal cannot be read: {0}")]
    Unreadable(String),
}

impl ReadError {
    /// The stable name for logs and answers.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Corrupt { .. } => "journal_damaged",
            Self::NoSuchEntry { .. } => "journal_no_entry",
            Self::Unreadable(_) => "journal_unreadable",
        }
    }
}

/// Why nothing was redacted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RedactError {
    /// The entry that announces the redaction could not be appended.
    #[error(transparent)]
    Append(#[from] AppendError),
    /// One of the rewrites names an entry that the meeting does not have. Nothing was changed.
    #[error("the journal has no entry {position} to rewrite")]
    NoSuchEntry {
        /// The position that was named.
        position: Position,
    },
}

impl RedactError {
    /// The stable name for logs and answers.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Append(error) => error.code(),
            Self::NoSuchEntry { .. } => "journal_no_entry",
        }
    }
}

/// Why a deletion, a blob or a backup failed. All of them can simply be asked for again.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The disk has no space left.
    #[error("the disk is full; free some space and try again")]
    Full,
    /// The folder cannot be written.
    #[error("the folder cannot be written: {0}")]
    Unwritable(String),
    /// What lies there is not what was put there.
    #[error("damaged on disk: {0}")]
    Damaged(String),
    /// A journal in memory has nothing to back up.
    #[error("this journal is kept in memory only")]
    NotKept,
}

impl From<io::Error> for StoreError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full,
            _ => Self::Unwritable(error.to_string()),
        }
    }
}

impl StoreError {
    /// The stable name for logs and answers.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Full => "disk_full",
            Self::Unwritable(_) => "journal_unwritable",
            Self::Damaged(_) => "journal_damaged",
            Self::NotKept => "journal_not_kept",
        }
    }
}

/// Why a data folder cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The folder cannot be made or written.
    #[error("the data folder {} cannot be written: {reason}. Give another one with --data, or let this user write there.", folder.display())]
    NotWritable {
        /// The folder that was asked for.
        folder: PathBuf,
        /// What the system says.
        reason: String,
    },
    /// Another server holds the folder.
    #[error("another Openfloor server is using the data folder {}. Stop it first, or give this one another folder with --data.", folder.display())]
    InUse {
        /// The folder that was asked for.
        folder: PathBuf,
    },
    /// There is no journal in the folder.
    #[error("there is no journal in {}. Is this the folder the server was started with (--data)?", folder.display())]
    Missing {
        /// The folder that was asked for.
        folder: PathBuf,
    },
    /// A newer Openfloor wrote the journal.
    #[error("the journal in {} was written by a newer Openfloor (format {found}, this one knows {known}). Update Openfloor; nothing was changed.", folder.display())]
    Newer {
        /// The folder that was asked for.
        folder: PathBuf,
        /// The format found.
        found: i64,
        /// The newest format this build knows.
        known: i64,
    },
    /// The file is some other program's, or damaged beyond opening.
    #[error("{} is not a journal of Openfloor, or it is damaged: {reason}. Nothing was changed; restore a backup, or give another folder with --data.", file.display())]
    NotAJournal {
        /// The file in question.
        file: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The disk has no space left.
    #[error("the disk of the data folder {} is full. Free some space and start again.", folder.display())]
    Full {
        /// The folder that was asked for.
        folder: PathBuf,
    },
}

impl OpenError {
    /// The stable name for logs and the exit message.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotWritable { .. } => "data_not_writable",
            Self::InUse { .. } => "data_in_use",
            Self::Missing { .. } => "data_missing",
            Self::Newer { .. } => "data_newer",
            Self::NotAJournal { .. } => "data_not_a_journal",
            Self::Full { .. } => "disk_full",
        }
    }
}
