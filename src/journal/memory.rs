//! The journal in memory: for tests, rehearsals and demo halls. The same rules as on disk, nothing kept.
//! Never a place for rules of its own: what it does differently from the disk the contract suite calls an error.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use uuid::Uuid;

use super::blob::BlobHash;
use super::entry::{Entry, Position, Record, Rewrite};
use super::error::{AppendError, ReadError, RedactError};

/// All meetings of a journal that is kept in memory; clones share them.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    shelf: Arc<Mutex<Shelf>>,
}

#[derive(Debug, Default)]
struct Shelf {
    meetings: BTreeMap<Uuid, Vec<Record>>,
    blobs: HashMap<(Uuid, BlobHash), Bytes>,
}

impl Memory {
    fn shelf(&self) -> MutexGuard<'_, Shelf> {
        self.shelf.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn append(
        &self,
        meeting: Uuid,
        expected: Position,
        batch: &[Record],
    ) -> Result<Position, AppendError> {
        let mut shelf = self.shelf();
        let actual = shelf
            .meetings
            .get(&meeting)
            .map_or(Position::START, |records| end(records));
        if expected != actual {
            return Err(AppendError::Stale { actual });
        }
        if batch.is_empty() {
            return Ok(actual);
        }
        let records = shelf.meetings.entry(meeting).or_default();
        records.extend_from_slice(batch);
        Ok(end(records))
    }

    pub(super) fn read(&self, meeting: Uuid, after: Position) -> Result<Vec<Entry>, ReadError> {
        let shelf = self.shelf();
        let records = shelf.meetings.get(&meeting).map_or(&[][..], Vec::as_slice);
        let skip = usize::try_from(after.number()).unwrap_or(usize::MAX);
        let rest = records
            .get(skip..)
            .ok_or(ReadError::NoSuchEntry { position: after })?;
        Ok((after.number() + 1..)
            .zip(rest)
            .map(|(number, record)| Entry {
                position: Position::at(number),
                record: record.clone(),
            })
            .collect())
    }

    pub(super) fn tail(&self, meeting: Uuid) -> Position {
        self.shelf()
            .meetings
            .get(&meeting)
            .map_or(Position::START, |records| end(records))
    }

    pub(super) fn list(&self) -> Vec<Uuid> {
        self.shelf().meetings.keys().copied().collect()
    }

    pub(super) fn delete(&self, meeting: Uuid) {
        let mut shelf = self.shelf();
        shelf.meetings.remove(&meeting);
        shelf.blobs.retain(|(owner, _), _| *owner != meeting);
    }

    pub(super) fn redact(
        &self,
        meeting: Uuid,
        expected: Position,
        record: &Record,
        rewrites: &[Rewrite],
    ) -> Result<Position, RedactError> {
        let mut shelf = self.shelf();
        let records = shelf.meetings.entry(meeting).or_default();
        let actual = end(records);
        if expected != actual {
            return Err(AppendError::Stale { actual }.into());
        }
        if let Some(unknown) = rewrites
            .iter()
            .find(|rewrite| rewrite.position == Position::START || rewrite.position > actual)
        {
            return Err(RedactError::NoSuchEntry {
                position: unknown.position,
            });
        }
        for rewrite in rewrites {
            let rewritten = usize::try_from(rewrite.position.number() - 1)
                .ok()
                .and_then(|place| records.get_mut(place));
            if let Some(rewritten) = rewritten {
                rewritten.payload = rewrite.payload.clone();
            }
        }
        records.push(record.clone());
        Ok(end(records))
    }

    pub(super) fn put_blob(&self, meeting: Uuid, bytes: Bytes) -> BlobHash {
        let hash = BlobHash::of(&bytes);
        self.shelf().blobs.insert((meeting, hash), bytes);
        hash
    }

    pub(super) fn blob(&self, meeting: Uuid, hash: BlobHash) -> Option<Bytes> {
        self.shelf().blobs.get(&(meeting, hash)).cloned()
    }

    pub(super) fn delete_blob(&self, meeting: Uuid, hash: BlobHash) {
        self.shelf().blobs.remove(&(meeting, hash));
    }
}

fn end(records: &[Record]) -> Position {
    Position::at(records.len() as u64)
}
