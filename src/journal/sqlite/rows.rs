//! The statements: how heads and entries become rows and come back.
//! Decides nothing: fences, verdicts and transactions are its callers'.

use bytes::Bytes;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension as _, Row, params};
use uuid::Uuid;

use crate::journal::chain::{Hash, Seal, Stored};
use crate::journal::entry::{Position, Record};

/// Where a meeting ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) number: i64,
    pub(super) tail: Position,
    pub(super) link: Hash,
}

/// A row does not hold what was written there.
#[derive(Debug)]
pub(super) struct Garbled;

pub(super) fn head(connection: &Connection, meeting: Uuid) -> rusqlite::Result<Option<Head>> {
    connection
        .prepare_cached("SELECT number, tail, link FROM meetings WHERE id = ?")?
        .query_row([&meeting.as_bytes()[..]], |row| {
            Ok(Head {
                number: row.get(0)?,
                tail: Position::at(row.get::<_, i64>(1)?.cast_unsigned()),
                link: row.get(2)?,
            })
        })
        .optional()
}

pub(super) fn new_meeting(
    connection: &Connection,
    meeting: Uuid,
    genesis: &Hash,
) -> rusqlite::Result<Head> {
    connection
        .prepare_cached("INSERT INTO meetings (id, tail, link) VALUES (?, 0, ?)")?
        .execute(params![&meeting.as_bytes()[..], genesis])?;
    Ok(Head {
        number: connection.last_insert_rowid(),
        tail: Position::START,
        link: *genesis,
    })
}

pub(super) fn move_head(connection: &Connection, head: &Head) -> rusqlite::Result<()> {
    connection
        .prepare_cached("UPDATE meetings SET tail = ?, link = ? WHERE number = ?")?
        .execute(params![
            head.tail.number().cast_signed(),
            head.link,
            head.number
        ])?;
    Ok(())
}

pub(super) fn insert(
    connection: &Connection,
    number: i64,
    stored: &Stored,
) -> rusqlite::Result<()> {
    let Stored {
        position,
        record,
        seal,
        link,
        listed,
    } = stored;
    let (salt, digest) = match seal {
        Seal::Salt(salt) => (Some(&salt[..]), None),
        Seal::Digest(digest) => (None, Some(&digest[..])),
    };
    connection
        .prepare_cached(
            "INSERT INTO entries (meeting, position, at, seat, device, n, salt, digest, link, listed, payload)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            number,
            position.number().cast_signed(),
            record.at,
            record.seat.as_ref().map(|seat| &seat.as_bytes()[..]),
            record.device.as_ref().map(|device| &device.as_bytes()[..]),
            record.n.map(u64::cast_signed),
            salt,
            digest,
            link,
            listed,
            &record.payload[..],
        ])?;
    Ok(())
}

/// What [`stored`] reads, in its order; `WHERE` follows.
pub(super) const SELECT: &str =
    "SELECT position, at, seat, device, n, salt, digest, link, listed, payload FROM entries";

/// An entry from its row.
pub(super) fn stored(row: &Row<'_>) -> Result<Stored, Garbled> {
    let seal = match (bytes(row, 5)?, bytes(row, 6)?) {
        (Some(salt), None) => Seal::Salt(salt.try_into().map_err(|_| Garbled)?),
        (None, Some(digest)) => Seal::Digest(digest.try_into().map_err(|_| Garbled)?),
        _ => return Err(Garbled),
    };
    Ok(Stored {
        position: Position::at(number(row, 0)?.ok_or(Garbled)?.cast_unsigned()),
        record: Record {
            at: number(row, 1)?.ok_or(Garbled)?,
            seat: id(row, 2)?,
            device: id(row, 3)?,
            n: number(row, 4)?.map(i64::cast_unsigned),
            payload: Bytes::copy_from_slice(bytes(row, 9)?.ok_or(Garbled)?),
        },
        seal,
        link: bytes(row, 7)?
            .and_then(|link| link.try_into().ok())
            .ok_or(Garbled)?,
        listed: bytes(row, 8)?.map(<[u8]>::to_vec),
    })
}

fn bytes<'row>(row: &'row Row<'_>, column: usize) -> Result<Option<&'row [u8]>, Garbled> {
    match row.get_ref(column) {
        Ok(ValueRef::Blob(bytes)) => Ok(Some(bytes)),
        Ok(ValueRef::Null) => Ok(None),
        _ => Err(Garbled),
    }
}

fn number(row: &Row<'_>, column: usize) -> Result<Option<i64>, Garbled> {
    match row.get_ref(column) {
        Ok(ValueRef::Integer(number)) => Ok(Some(number)),
        Ok(ValueRef::Null) => Ok(None),
        _ => Err(Garbled),
    }
}

fn id(row: &Row<'_>, column: usize) -> Result<Option<Uuid>, Garbled> {
    bytes(row, column)?
        .map(Uuid::from_slice)
        .transpose()
        .map_err(|_| Garbled)
}
