//! The tables on disk, their version, and how every connection is set.
//! Must never delete or move a row of `entries` while a meeting may be live: see [`SCHEMA`].

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::journal::error::OpenError;

/// The newest format this build reads and writes; kept in `user_version`.
pub(super) const VERSION: i64 = 1;

/// "OFLJ", so that tools can tell the file.
const APPLICATION: i64 = 0x4f46_4c4a;

/// How long a connection waits for another process (the command line beside a running server).
pub(super) const PATIENCE: Duration = Duration::from_secs(5);

/// `entries.row` only grows, and a row is never deleted but emptied in place (`meeting` null). For SQLite zeroes what a row
/// leaves behind, but not what a page leaves behind when its rows are moved to balance the tree. Appending at the right end
/// and shrinking in place move nothing, so a text lies in exactly one place, and emptying that place forgets it. The empty
/// rows go when the journal is opened next and is packed anew.
const SCHEMA: &str = "
    CREATE TABLE meetings (
        number INTEGER PRIMARY KEY,
        id BLOB NOT NULL UNIQUE,
        tail INTEGER NOT NULL,
        link BLOB NOT NULL
    ) STRICT;
    CREATE TABLE entries (
        row INTEGER PRIMARY KEY,
        meeting INTEGER,
        position INTEGER NOT NULL,
        at INTEGER NOT NULL,
        seat BLOB,
        device BLOB,
        n INTEGER,
        salt BLOB,
        digest BLOB,
        link BLOB,
        listed BLOB,
        payload BLOB
    ) STRICT;
    CREATE UNIQUE INDEX entries_in_order ON entries (meeting, position) WHERE meeting IS NOT NULL;
    CREATE TABLE house (erased INTEGER NOT NULL) STRICT;
    INSERT INTO house VALUES (0);
";

/// The connection that writes; makes the tables in a new file.
pub(super) fn open_writer(
    folder: &Path,
    file: &Path,
    create: bool,
) -> Result<Connection, OpenError> {
    let failed = |error: rusqlite::Error| refusal(folder, file, &error);
    let mut flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    if create {
        flags |= OpenFlags::SQLITE_OPEN_CREATE;
    }
    let connection = Connection::open_with_flags(file, flags).map_err(failed)?;
    connection.busy_timeout(PATIENCE).map_err(failed)?;
    let version = check(&connection, folder, file)?;
    settle(&connection).map_err(failed)?;
    if version == 0 {
        let make = format!(
            "BEGIN IMMEDIATE; {SCHEMA} PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {VERSION}; COMMIT;"
        );
        connection.execute_batch(&make).map_err(failed)?;
    }
    Ok(connection)
}

/// A connection that only reads.
pub(super) fn open_reader(file: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(file, flags)?;
    connection.busy_timeout(PATIENCE)?;
    connection.execute_batch(
        "PRAGMA query_only = ON; PRAGMA temp_store = MEMORY; PRAGMA cell_size_check = ON; PRAGMA trusted_schema = OFF;",
    )?;
    Ok(connection)
}

/// The version found, 0 for a new file; refuses what is newer or not ours, before anything is written.
fn check(connection: &Connection, folder: &Path, file: &Path) -> Result<i64, OpenError> {
    let failed = |error: rusqlite::Error| refusal(folder, file, &error);
    let number = |sql: &str| {
        connection
            .query_row(sql, [], |row| row.get::<_, i64>(0))
            .map_err(failed)
    };
    let version = number("PRAGMA user_version")?;
    let application = number("PRAGMA application_id")?;
    let tables = number("SELECT count(*) FROM sqlite_schema")?;
    let ours = application == APPLICATION && version > 0;
    let new = application == 0 && version == 0 && tables == 0;
    if !ours && !new {
        return Err(OpenError::NotAJournal {
            file: file.to_owned(),
            reason: "it belongs to another program".to_owned(),
        });
    }
    if version > VERSION {
        return Err(OpenError::Newer {
            folder: folder.to_owned(),
            found: version,
            known: VERSION,
        });
    }
    Ok(version)
}

fn settle(connection: &Connection) -> rusqlite::Result<()> {
    // A pragma that answers must be read, or it may not take.
    let mode: String = connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))?;
    if mode != "wal" {
        return Err(rusqlite::Error::SqliteFailure(
            rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_CANTOPEN),
            Some("this file system does not carry a write-ahead log".to_owned()),
        ));
    }
    connection.query_row("PRAGMA secure_delete = ON", [], |_| Ok(()))?;
    connection.execute_batch(
        // 16 MB of pages in memory; a log that a flood made longer than 64 MB is cut when it begins anew.
        "PRAGMA synchronous = FULL;
         PRAGMA cache_size = -16000;
         PRAGMA journal_size_limit = 67108864;
         PRAGMA fullfsync = ON;
         PRAGMA checkpoint_fullfsync = ON;
         PRAGMA temp_store = MEMORY;
         PRAGMA cell_size_check = ON;
         PRAGMA trusted_schema = OFF;",
    )
}

/// Which refusal an error is while the journal opens.
pub(super) fn refusal(folder: &Path, file: &Path, error: &rusqlite::Error) -> OpenError {
    let reason = error.to_string();
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => OpenError::Full {
            folder: folder.to_owned(),
        },
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => OpenError::NotAJournal {
            file: file.to_owned(),
            reason,
        },
        _ => OpenError::NotWritable {
            folder: folder.to_owned(),
            reason,
        },
    }
}
