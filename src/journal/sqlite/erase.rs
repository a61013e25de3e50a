//! Forgets for good: a meeting's deletion, a redaction, and the packing of what they leave empty.
//! Must never move a row that holds a text (see `schema`), nor rewrite an entry before it is announced in the chain.

use std::collections::HashMap;

use rusqlite::Connection;
use uuid::Uuid;

use super::failure::Failure;
use super::log;
use super::rows::{self, Head};
use super::writer::{Sealed, Writer, follow};
use crate::journal::chain::{List, Seal, Stored, digest};
use crate::journal::entry::{Position, Rewrite};
use crate::journal::error::{AppendError, RedactError};

/// Packing pays from so many empty rows on, if they are a quarter of all.
const WORTH_PACKING: i64 = 4_096;

/// Empties rows where they stand: each gets smaller, so nothing moves, and SQLite zeroes what it held.
const EMPTY: &str =
    "UPDATE entries SET meeting = NULL, position = 0, at = 0, seat = NULL, device = NULL, n = NULL,
     salt = NULL, digest = NULL, link = NULL, listed = NULL, payload = NULL";

/// What [`redact`] is asked.
#[derive(Debug)]
pub(super) struct Redaction {
    pub(super) meeting: Uuid,
    pub(super) expected: Position,
    /// The entry that tells of it. Its digest is computed here, where its list is known.
    pub(super) announcement: Sealed,
    pub(super) rewrites: Vec<Rewrite>,
}

/// Empties all rows of a meeting, in one transaction. The log still holds them until it is truncated.
pub(super) fn delete(writer: &mut Writer, meeting: Uuid) -> Result<(), Failure> {
    writer
        .begin()
        .map_err(|error| Failure::before_commit(&error))?;
    let emptied = rows::head(writer.connection(), meeting).and_then(|head| match head {
        Some(head) => empty_meeting(writer.connection(), &head),
        None => Ok(()),
    });
    if let Err(error) = emptied {
        writer.roll_back();
        return Err(Failure::before_commit(&error));
    }
    writer.finish(HashMap::new())
}

fn empty_meeting(connection: &Connection, head: &Head) -> rusqlite::Result<()> {
    let rows = connection
        .prepare_cached(&format!("{EMPTY} WHERE meeting = ?"))?
        .execute([head.number])?;
    connection.execute("DELETE FROM meetings WHERE number = ?", [head.number])?;
    count_erased(connection, rows)
}

fn count_erased(connection: &Connection, rows: usize) -> rusqlite::Result<()> {
    let rows = i64::try_from(rows).unwrap_or(i64::MAX);
    connection.execute("UPDATE house SET erased = erased + ?", [rows])?;
    Ok(())
}

/// Appends the announcement and rewrites what it lists, in one transaction. The log still holds the old payloads until it is
/// truncated.
pub(super) fn redact(writer: &mut Writer, redaction: &Redaction) -> Result<Position, RedactError> {
    let failed = |failure: Failure| RedactError::Append(failure.as_append());
    writer
        .begin()
        .map_err(|error| failed(Failure::before_commit(&error)))?;
    match rewrite_all(writer, redaction) {
        Ok(head) => {
            writer
                .finish(HashMap::from([(redaction.meeting, head)]))
                .map_err(failed)?;
            Ok(head.tail)
        }
        Err(stop) => {
            writer.roll_back();
            Err(stop.into_error(redaction.expected))
        }
    }
}

/// Why a redaction does not go on.
enum Stop {
    Refused(RedactError),
    Failed(rusqlite::Error),
    Garbled,
}

impl From<rusqlite::Error> for Stop {
    fn from(error: rusqlite::Error) -> Self {
        Self::Failed(error)
    }
}

impl Stop {
    fn into_error(self, tail: Position) -> RedactError {
        match self {
            Self::Refused(error) => error,
            Self::Garbled => AppendError::ReadOnly { position: tail }.into(),
            Self::Failed(error) => Failure::before_commit(&error).as_append().into(),
        }
    }
}

fn rewrite_all(writer: &mut Writer, redaction: &Redaction) -> Result<Head, Stop> {
    let Redaction {
        meeting,
        expected,
        announcement,
        rewrites,
    } = redaction;
    let refused = |error: AppendError| Stop::Refused(error.into());
    if let Some(position) = writer.damaged().at(*meeting) {
        return Err(refused(AppendError::ReadOnly { position }));
    }
    let head = writer.head(*meeting)?;
    let Some(mut head) = head.filter(|head| head.tail == *expected) else {
        let actual = head.map_or(Position::START, |head| head.tail);
        return Err(refused(AppendError::Stale { actual }));
    };
    let connection = writer.connection();
    let mut list = List::default();
    for rewrite in rewrites {
        let stored = rewritten(connection, &head, rewrite)?;
        list.add(stored.position, &stored.record, stored.listed.as_deref());
        move_row(connection, &head, &stored)?;
    }
    let record = announcement.record.clone();
    let listed = list.bytes().to_vec();
    let digest = digest(&announcement.salt, &record, Some(&listed));
    let stored = follow(
        &mut head,
        record,
        Seal::Salt(announcement.salt),
        &digest,
        Some(listed),
    );
    rows::insert(connection, head.number, &stored)?;
    Ok(head)
}

/// The entry as it will stand: with the new payload, and its digest in the place of its salt.
fn rewritten(connection: &Connection, head: &Head, rewrite: &Rewrite) -> Result<Stored, Stop> {
    let sql = format!("{} WHERE meeting = ? AND position = ?", rows::SELECT);
    let mut statement = connection.prepare_cached(&sql)?;
    let mut found = statement.query([head.number, rewrite.position.number().cast_signed()])?;
    let Some(row) = found.next()? else {
        return Err(Stop::Refused(RedactError::NoSuchEntry {
            position: rewrite.position,
        }));
    };
    let mut stored = rows::stored(row).map_err(|_| Stop::Garbled)?;
    stored.seal = Seal::Digest(stored.seal.digest(&stored.record, stored.listed.as_deref()));
    stored.record.payload = rewrite.payload.clone();
    Ok(stored)
}

/// Empties the old row and appends the new one: a row that grew in place might push others to another page.
fn move_row(connection: &Connection, head: &Head, stored: &Stored) -> rusqlite::Result<()> {
    let rows = connection
        .prepare_cached(&format!("{EMPTY} WHERE meeting = ? AND position = ?"))?
        .execute([head.number, stored.position.number().cast_signed()])?;
    count_erased(connection, rows)?;
    rows::insert(connection, head.number, stored)
}

/// Packs the file anew if much of it is empty. Only while no meeting is live: it takes a second for each 100 MB.
pub(super) fn pack(connection: &Connection) -> rusqlite::Result<()> {
    let number = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, i64>(0));
    let erased = number("SELECT erased FROM house")?;
    if erased < WORTH_PACKING || erased < number("SELECT count(*) FROM entries")? / 4 {
        return Ok(());
    }
    connection.execute_batch(
        "BEGIN IMMEDIATE; DELETE FROM entries WHERE meeting IS NULL; UPDATE house SET erased = 0; COMMIT; VACUUM;",
    )?;
    log::truncate(connection)?;
    Ok(())
}
