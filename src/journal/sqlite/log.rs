//! The write-ahead log after something was erased: it still holds the old bytes until it is emptied.
//! Must never let a reader that stands in the way hold up an append.

use std::fs::File;
use std::io::ErrorKind;
use std::path::Path;
use std::time::Duration;

use rusqlite::Connection;

use super::failure::Failure;
use super::schema::PATIENCE;
use super::writer::Answer;
use crate::journal::entry::Position;
use crate::journal::error::{AppendError, RedactError, StoreError};

/// How soon a log that a reader held is emptied again.
const AGAIN: Duration = Duration::from_millis(20);

/// How soon when it failed and nobody waits for it any more.
const LATER: Duration = Duration::from_secs(1);

/// Someone who is answered once the log holds nothing of what was erased.
#[derive(Debug)]
pub(super) enum Erased {
    Deleted(Answer<(), StoreError>),
    Redacted(Answer<Position, RedactError>, Position),
}

/// Whether the log must be emptied, and for whom.
#[derive(Debug, Default)]
pub(super) struct Log {
    holds_erased: bool,
    waiting: Vec<Erased>,
}

impl Log {
    pub(super) fn holds_erased(&mut self, waiting: Erased) {
        self.holds_erased = true;
        self.waiting.push(waiting);
    }

    /// How long to wait for other work before it is tried again; absent when there is nothing to empty.
    pub(super) fn pause(&self) -> Option<Duration> {
        let pause = if self.waiting.is_empty() {
            LATER
        } else {
            AGAIN
        };
        self.holds_erased.then_some(pause)
    }

    /// Empties the log if something was erased, then answers. If a reader stands in the way it is tried again.
    pub(super) fn empty(&mut self, connection: &Connection) {
        if !self.holds_erased {
            return;
        }
        match truncate(connection) {
            Ok(true) => {
                self.holds_erased = false;
                for erased in self.waiting.drain(..) {
                    erased.answer(None);
                }
            }
            Ok(false) => {}
            Err(error) => {
                let failure = Failure::before_commit(&error);
                for erased in self.waiting.drain(..) {
                    tracing::error!(
                        ?failure,
                        "the log still holds what was erased; it is tried again"
                    );
                    erased.answer(Some(&failure));
                }
            }
        }
    }
}

impl Erased {
    /// A redaction whose log could not be emptied stands all the same; that is why it is not called failed but unknown.
    fn answer(self, failure: Option<&Failure>) {
        match self {
            Self::Deleted(answer) => {
                let _ = answer.send(failure.map_or(Ok(()), |failure| Err(failure.as_store())));
            }
            Self::Redacted(answer, position) => {
                let unknown = || {
                    AppendError::Unknown(
                        "the log could not be emptied after a redaction".to_owned(),
                    )
                };
                let _ = answer.send(failure.map_or(Ok(position), |_| Err(unknown().into())));
            }
        }
    }
}

/// Moves the write-ahead log into the file and cuts it to nothing, durably; false when a reader stood in the way.
pub(super) fn truncate(connection: &Connection) -> rusqlite::Result<bool> {
    connection.busy_timeout(Duration::ZERO)?;
    let busy = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| {
        row.get::<_, i64>(0)
    });
    connection.busy_timeout(PATIENCE)?;
    if busy? != 0 {
        return Ok(false);
    }
    // SQLite does not sync a log that it cut: after a power cut the old one could be back.
    if let Some(file) = connection.path() {
        sync_file(Path::new(&format!("{file}-wal")))?;
    }
    Ok(true)
}

fn sync_file(path: &Path) -> rusqlite::Result<()> {
    let synced = File::open(path).and_then(|file| file.sync_all());
    synced.or_else(|error| match error.kind() {
        ErrorKind::NotFound => Ok(()),
        _ => Err(rusqlite::Error::SqliteFailure(
            rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_IOERR_FSYNC),
            Some(error.to_string()),
        )),
    })
}
