//! The one thread that writes: it takes everything that waits, from all meetings, into one transaction and one fsync.
//! Must never answer an append before its transaction is durable, nor let one append's refusal touch another's.

use std::collections::HashMap;
use std::sync::mpsc::{Receiver, RecvTimeoutError};

use rusqlite::Connection;
use tokio::sync::oneshot;
use uuid::Uuid;

use super::erase::{self, Redaction};
use super::failure::Failure;
use super::log::{Erased, Log};
use super::reader::Damaged;
use super::rows::{self, Head};
use crate::journal::chain::{Hash, Salt, Seal, Stored, genesis, link};
use crate::journal::entry::{Position, Record};
use crate::journal::error::{AppendError, RedactError, StoreError};

/// At most so many records in one transaction, so that the first who waits does not wait for a whole flood.
const RECORDS_AT_ONCE: usize = 16_384;

/// At most so many bytes of payload in one transaction.
const BYTES_AT_ONCE: usize = 16 * 1024 * 1024;

pub(super) type Answer<T, E> = oneshot::Sender<Result<T, E>>;

/// What the writer is asked.
#[derive(Debug)]
pub(super) enum Task {
    Append(Append),
    Delete {
        meeting: Uuid,
        answer: Answer<(), StoreError>,
    },
    Redact {
        redaction: Redaction,
        answer: Answer<Position, RedactError>,
    },
}

#[derive(Debug)]
pub(super) struct Append {
    pub(super) meeting: Uuid,
    pub(super) expected: Position,
    pub(super) batch: Vec<Sealed>,
    pub(super) answer: Answer<Position, AppendError>,
}

/// A record with its salt and digest, computed where the append was asked for.
#[derive(Debug)]
pub(super) struct Sealed {
    pub(super) record: Record,
    pub(super) salt: Salt,
    pub(super) digest: Hash,
}

#[derive(Debug)]
pub(super) struct Writer {
    connection: Connection,
    damaged: Damaged,
    /// Heads as of `version`; dropped when another process wrote.
    heads: HashMap<Uuid, Head>,
    version: Option<i64>,
    log: Log,
}

/// What a transaction came to.
enum Group {
    Durable(Vec<Result<Position, AppendError>>),
    /// The file is damaged where this append's meeting lies; without it the others may go on.
    Damaged(usize),
    Failed(Failure),
}

impl Writer {
    pub(super) fn new(connection: Connection, damaged: Damaged) -> Self {
        connection.set_prepared_statement_cache_capacity(32);
        Self {
            connection,
            damaged,
            heads: HashMap::new(),
            version: None,
            log: Log::default(),
        }
    }

    /// Works until nobody can ask any more.
    pub(super) fn run(mut self, tasks: &Receiver<Task>) {
        while let Some(first) = self.wait(tasks) {
            self.work_off(first, tasks);
            self.log.empty(&self.connection);
        }
        self.log.empty(&self.connection);
    }

    fn wait(&mut self, tasks: &Receiver<Task>) -> Option<Task> {
        loop {
            let Some(pause) = self.log.pause() else {
                return tasks.recv().ok();
            };
            match tasks.recv_timeout(pause) {
                Ok(task) => return Some(task),
                Err(RecvTimeoutError::Disconnected) => return None,
                Err(RecvTimeoutError::Timeout) => self.log.empty(&self.connection),
            }
        }
    }

    /// The first task and all that waits behind it, appends together.
    fn work_off(&mut self, first: Task, tasks: &Receiver<Task>) {
        let mut group = Vec::new();
        let (mut records, mut bytes) = (0, 0);
        for task in std::iter::once(first).chain(tasks.try_iter()) {
            match task {
                Task::Append(append) => {
                    records += append.batch.len();
                    bytes += append
                        .batch
                        .iter()
                        .map(|sealed| sealed.record.payload.len())
                        .sum::<usize>();
                    group.push(append);
                }
                Task::Delete { meeting, answer } => {
                    self.commit(std::mem::take(&mut group));
                    self.delete(meeting, answer);
                }
                Task::Redact { redaction, answer } => {
                    self.commit(std::mem::take(&mut group));
                    self.redact(&redaction, answer);
                }
            }
            if records >= RECORDS_AT_ONCE || bytes >= BYTES_AT_ONCE {
                break;
            }
        }
        self.commit(group);
    }

    fn commit(&mut self, mut group: Vec<Append>) {
        while !group.is_empty() {
            let failure = match self.try_commit(&group) {
                Group::Durable(verdicts) => {
                    for (append, verdict) in group.drain(..).zip(verdicts) {
                        // Whoever stopped waiting reads the meeting anew.
                        let _ = append.answer.send(verdict);
                    }
                    return;
                }
                Group::Damaged(which) => {
                    let append = group.remove(which);
                    let position = self.mark_damaged(append.meeting, append.expected);
                    let _ = append.answer.send(Err(AppendError::ReadOnly { position }));
                    continue;
                }
                Group::Failed(failure) => failure,
            };
            tracing::error!(?failure, appends = group.len(), "a commit failed");
            for append in group.drain(..) {
                let _ = append.answer.send(Err(failure.as_append()));
            }
        }
    }

    fn mark_damaged(&mut self, meeting: Uuid, tail: Position) -> Position {
        self.heads.remove(&meeting);
        self.damaged.add(meeting, tail);
        tracing::error!(%meeting, "a meeting's journal is damaged; it is read-only, others go on");
        self.damaged.at(meeting).unwrap_or(tail)
    }

    fn try_commit(&mut self, group: &[Append]) -> Group {
        if let Err(error) = self.begin() {
            return Group::Failed(Failure::before_commit(&error));
        }
        let mut moved = HashMap::new();
        let mut verdicts = Vec::with_capacity(group.len());
        for (which, append) in group.iter().enumerate() {
            match self.append(append, &mut moved) {
                Ok(verdict) => verdicts.push(verdict),
                Err(error) => {
                    self.roll_back();
                    return match Failure::before_commit(&error) {
                        Failure::Damaged => Group::Damaged(which),
                        failure => Group::Failed(failure),
                    };
                }
            }
        }
        match self.finish(moved) {
            Ok(()) => Group::Durable(verdicts),
            Err(failure) => Group::Failed(failure),
        }
    }

    /// Takes the write lock, and forgets what is remembered if another process wrote since.
    pub(super) fn begin(&mut self) -> rusqlite::Result<()> {
        self.connection
            .prepare_cached("BEGIN IMMEDIATE")?
            .execute([])?;
        let version = self
            .connection
            .prepare_cached("PRAGMA data_version")
            .and_then(|mut pragma| pragma.query_row([], |row| row.get(0)));
        match version {
            Ok(version) => {
                if self.version.replace(version) != Some(version) {
                    self.heads.clear();
                }
                Ok(())
            }
            Err(error) => {
                self.roll_back();
                Err(error)
            }
        }
    }

    /// Checks one append's fence and writes its rows. `Err` is the whole transaction's failure, a refusal is not.
    fn append(
        &mut self,
        append: &Append,
        moved: &mut HashMap<Uuid, Head>,
    ) -> rusqlite::Result<Result<Position, AppendError>> {
        let Append {
            meeting,
            expected,
            batch,
            ..
        } = append;
        if let Some(position) = self.damaged.at(*meeting) {
            return Ok(Err(AppendError::ReadOnly { position }));
        }
        let known = match moved.get(meeting) {
            Some(head) => Some(*head),
            None => self.head(*meeting)?,
        };
        let actual = known.map_or(Position::START, |head| head.tail);
        if *expected != actual {
            return Ok(Err(AppendError::Stale { actual }));
        }
        if batch.is_empty() {
            return Ok(Ok(actual));
        }
        let mut head = match known {
            Some(head) => head,
            None => rows::new_meeting(&self.connection, *meeting, &genesis(*meeting))?,
        };
        for sealed in batch {
            let stored = follow(
                &mut head,
                sealed.record.clone(),
                Seal::Salt(sealed.salt),
                &sealed.digest,
                None,
            );
            rows::insert(&self.connection, head.number, &stored)?;
        }
        moved.insert(*meeting, head);
        Ok(Ok(head.tail))
    }

    pub(super) fn head(&mut self, meeting: Uuid) -> rusqlite::Result<Option<Head>> {
        if let Some(head) = self.heads.get(&meeting) {
            return Ok(Some(*head));
        }
        let found = rows::head(&self.connection, meeting)?;
        if let Some(head) = found {
            self.heads.insert(meeting, head);
        }
        Ok(found)
    }

    /// Writes the moved heads and commits. When this returns well, all of it is durable.
    pub(super) fn finish(&mut self, moved: HashMap<Uuid, Head>) -> Result<(), Failure> {
        for head in moved.values() {
            if let Err(error) = rows::move_head(&self.connection, head) {
                self.roll_back();
                return Err(Failure::before_commit(&error));
            }
        }
        let committed = self
            .connection
            .prepare_cached("COMMIT")
            .and_then(|mut commit| commit.execute([]));
        if let Err(error) = committed {
            self.roll_back();
            self.heads.clear();
            return Err(Failure::in_commit(&error));
        }
        self.heads.extend(moved);
        Ok(())
    }

    pub(super) fn roll_back(&self) {
        // Some failures have rolled back already.
        if !self.connection.is_autocommit()
            && let Err(error) = self.connection.execute_batch("ROLLBACK")
        {
            tracing::error!(%error, "a transaction could not be rolled back");
        }
    }

    pub(super) fn connection(&self) -> &Connection {
        &self.connection
    }

    pub(super) fn damaged(&self) -> &Damaged {
        &self.damaged
    }

    fn delete(&mut self, meeting: Uuid, answer: Answer<(), StoreError>) {
        match erase::delete(self, meeting) {
            Ok(()) => {
                self.heads.remove(&meeting);
                self.damaged.remove(meeting);
                self.log.holds_erased(Erased::Deleted(answer));
            }
            Err(failure) => {
                let _ = answer.send(Err(failure.as_store()));
            }
        }
    }

    fn redact(&mut self, redaction: &Redaction, answer: Answer<Position, RedactError>) {
        match erase::redact(self, redaction) {
            Ok(position) => self.log.holds_erased(Erased::Redacted(answer, position)),
            Err(error) => {
                let _ = answer.send(Err(error));
            }
        }
    }
}

/// Moves a head on by one entry and gives the entry as it is stored.
pub(super) fn follow(
    head: &mut Head,
    record: Record,
    seal: Seal,
    digest: &Hash,
    listed: Option<Vec<u8>>,
) -> Stored {
    head.link = link(&head.link, digest);
    head.tail = Position::at(head.tail.number() + 1);
    Stored {
        position: head.tail,
        record,
        seal,
        link: head.link,
        listed,
    }
}
