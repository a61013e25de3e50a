//! Reads meetings on connections of their own, beside the writer, and verifies what it reads.
//! Must never write; what it finds damaged it reports in the shared list of damaged meetings.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, ErrorCode, OptionalExtension as _};
use tokio::sync::Semaphore;
use uuid::Uuid;

use super::rows::{self, Head};
use super::schema;
use crate::journal::chain::{Hash, Verifier, genesis};
use crate::journal::entry::{Entry, Position};
use crate::journal::error::ReadError;

/// How many reads run at once; more wait. A hall of meetings that come back together must not take every thread.
const AT_ONCE: usize = 4;

/// Meetings known to be damaged, with the first damaged entry. The writer refuses them.
#[derive(Debug, Clone, Default)]
pub(super) struct Damaged(Arc<Mutex<HashMap<Uuid, Position>>>);

impl Damaged {
    fn list(&self) -> MutexGuard<'_, HashMap<Uuid, Position>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn at(&self, meeting: Uuid) -> Option<Position> {
        self.list().get(&meeting).copied()
    }

    pub(super) fn add(&self, meeting: Uuid, position: Position) {
        self.list().entry(meeting).or_insert(position);
    }

    pub(super) fn remove(&self, meeting: Uuid) {
        self.list().remove(&meeting);
    }
}

/// A few connections that are opened when needed and kept.
#[derive(Debug)]
pub(super) struct Readers {
    file: PathBuf,
    idle: Mutex<Vec<Connection>>,
    places: Semaphore,
}

impl Readers {
    pub(super) fn new(file: PathBuf) -> Self {
        Self {
            file,
            idle: Mutex::new(Vec::new()),
            places: Semaphore::new(AT_ONCE),
        }
    }

    /// Runs a read on a blocking thread.
    pub(super) async fn run<T: Send + 'static>(
        self: &Arc<Self>,
        read: impl FnOnce(&Connection) -> Result<T, ReadError> + Send + 'static,
    ) -> Result<T, ReadError> {
        let unreadable = |error: &dyn std::fmt::Display| ReadError::Unreadable(error.to_string());
        let readers = Arc::clone(self);
        let _place = self
            .places
            .acquire()
            .await
            .map_err(|error| unreadable(&error))?;
        let reading = tokio::task::spawn_blocking(move || {
            let connection = readers.take().map_err(|error| unreadable(&error))?;
            let result = read(&connection);
            readers.idle().push(connection);
            result
        });
        reading.await.map_err(|error| unreadable(&error))?
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Connection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self) -> rusqlite::Result<Connection> {
        let kept = self.idle().pop();
        kept.map_or_else(|| schema::open_reader(&self.file), Ok)
    }

    pub(super) fn file(&self) -> &Path {
        &self.file
    }

    /// Closes what is idle, so that the writer's connection is the last.
    pub(super) fn close(&self) {
        self.idle().clear();
    }
}

pub(super) fn list(connection: &Connection) -> Result<Vec<Uuid>, ReadError> {
    let read = || {
        let mut statement = connection.prepare_cached("SELECT id FROM meetings ORDER BY id")?;
        let ids = statement.query_map([], |row| row.get::<_, [u8; 16]>(0))?;
        ids.map(|id| id.map(Uuid::from_bytes))
            .collect::<rusqlite::Result<_>>()
    };
    read().map_err(unreadable)
}

pub(super) fn tail(connection: &Connection, meeting: Uuid) -> Result<Position, ReadError> {
    let head = rows::head(connection, meeting).map_err(unreadable)?;
    Ok(head.map_or(Position::START, |head| head.tail))
}

/// The entries after a position, verified; marks the meeting when it is damaged.
pub(super) fn read(
    connection: &Connection,
    damaged: &Damaged,
    meeting: Uuid,
    after: Position,
) -> Result<Vec<Entry>, ReadError> {
    // One transaction, so that the head and the entries are of one moment.
    let moment = connection.unchecked_transaction().map_err(unreadable)?;
    let result = read_at_once(&moment, meeting, after);
    if let Err(ReadError::Corrupt { position, .. }) = &result {
        damaged.add(meeting, *position);
        tracing::error!(%meeting, %position, "a meeting's journal is damaged; it is read-only, others go on");
    }
    result
}

fn read_at_once(
    connection: &Connection,
    meeting: Uuid,
    after: Position,
) -> Result<Vec<Entry>, ReadError> {
    let corrupt = |position, intact| ReadError::Corrupt { position, intact };
    let head = match rows::head(connection, meeting) {
        Ok(head) => head,
        Err(error) if is_damage(&error) => return Err(corrupt(next(after), Vec::new())),
        Err(error) => return Err(unreadable(error)),
    };
    let Some(head) = head else {
        return if after == Position::START {
            Ok(Vec::new())
        } else {
            Err(ReadError::NoSuchEntry { position: after })
        };
    };
    let before = link_at(connection, &head, meeting, after)?;
    let mut verifier = Verifier::after(before);
    let mut last = after;
    let whole = take_rows(connection, &head, &mut verifier, &mut last)?;
    let whole = whole && last == head.tail && *verifier.link() == head.link;
    match verifier.finish() {
        Ok(entries) if whole => Ok(entries),
        Ok(intact) => {
            let position = if last < head.tail {
                next(last)
            } else {
                head.tail.max(next(Position::START))
            };
            Err(corrupt(position, intact))
        }
        Err((position, intact)) => Err(corrupt(position, intact)),
    }
}

/// The link after which the chain goes on.
fn link_at(
    connection: &Connection,
    head: &Head,
    meeting: Uuid,
    after: Position,
) -> Result<Hash, ReadError> {
    if after == Position::START {
        return Ok(genesis(meeting));
    }
    let found = connection
        .prepare_cached("SELECT link FROM entries WHERE meeting = ? AND position = ?")
        .and_then(|mut statement| {
            statement
                .query_row([head.number, after.number().cast_signed()], |row| {
                    row.get::<_, Hash>(0)
                })
                .optional()
        });
    match found {
        Ok(Some(link)) => Ok(link),
        Ok(None) if after > head.tail => Err(ReadError::NoSuchEntry { position: after }),
        Ok(None) => Err(ReadError::Corrupt {
            position: after,
            intact: Vec::new(),
        }),
        Err(error) if is_damage(&error) => Err(ReadError::Corrupt {
            position: after,
            intact: Vec::new(),
        }),
        Err(error) => Err(unreadable(error)),
    }
}

/// Feeds the rows to the verifier; false when one is damaged, `last` being the last whole one.
fn take_rows(
    connection: &Connection,
    head: &Head,
    verifier: &mut Verifier,
    last: &mut Position,
) -> Result<bool, ReadError> {
    let sql = format!(
        "{} WHERE meeting = ? AND position > ? ORDER BY position",
        rows::SELECT
    );
    let mut statement = connection.prepare_cached(&sql).map_err(unreadable)?;
    let mut found = statement
        .query([head.number, last.number().cast_signed()])
        .map_err(unreadable)?;
    loop {
        let row = match found.next() {
            Ok(Some(row)) => row,
            Ok(None) => return Ok(true),
            Err(error) if is_damage(&error) => return Ok(false),
            Err(error) => return Err(unreadable(error)),
        };
        let Ok(stored) = rows::stored(row) else {
            return Ok(false);
        };
        let position = stored.position;
        if position != next(*last) || !verifier.take(stored) {
            return Ok(false);
        }
        *last = position;
    }
}

fn next(position: Position) -> Position {
    Position::at(position.number().saturating_add(1))
}

/// Whether the error says that the file holds what cannot have been written, rather than that it cannot be read.
fn is_damage(error: &rusqlite::Error) -> bool {
    match error.sqlite_error_code() {
        Some(code) => matches!(code, ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase),
        None => true,
    }
}

fn unreadable(error: rusqlite::Error) -> ReadError {
    ReadError::Unreadable(error.to_string())
}
