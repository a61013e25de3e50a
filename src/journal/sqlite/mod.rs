//! The journal in one SQLite file: the default, for one server. Opens the folder, hands appends to the writer's thread and
//! reads to connections of their own. Must never touch the file's rows itself.

mod erase;
mod failure;
mod folder;
mod log;
mod reader;
mod rows;
mod schema;
mod writer;

use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};
use std::thread::JoinHandle;

use bytes::Bytes;
use tokio::sync::oneshot;
use uuid::Uuid;

use self::erase::Redaction;
use self::folder::Folder;
use self::reader::{Damaged, Readers};
use self::writer::{Append, Sealed, Task, Writer};
use super::blob::{BlobHash, Shelf};
use super::chain::{Salt, digest};
use super::entry::{Entry, Position, Record, Rewrite};
use super::error::{AppendError, OpenError, ReadError, RedactError, StoreError};

/// A journal in a data folder. Clones are one journal; the last one dropped finishes what waits and closes the file.
#[derive(Debug, Clone)]
pub struct Sqlite {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    /// Taken when the journal is dropped: that is how the writer learns to finish.
    tasks: Option<Sender<Task>>,
    thread: Option<JoinHandle<()>>,
    readers: Arc<Readers>,
    damaged: Damaged,
    blobs: Shelf,
    /// Held as long as the journal is open, released last.
    _folder: Folder,
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.readers.close();
        self.tasks = None;
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the journal's writer had stopped");
        }
    }
}

impl Sqlite {
    /// Opens a folder for a server: makes it if need be, and refuses a second server.
    pub(super) fn open(path: &Path) -> Result<Self, OpenError> {
        let folder = Folder::take(path)?;
        let connection = schema::open_writer(path, folder.file(), true)?;
        erase::pack(&connection).unwrap_or_else(|error| {
            tracing::warn!(%error, "the journal could not be packed; it goes on as it is");
        });
        folder.make_durable()?;
        let blobs = Shelf::new(folder.blobs());
        blobs.sweep();
        Self::start(folder, connection, blobs)
    }

    /// Opens a folder beside a server that may be running: for the command line.
    pub(super) fn open_shared(path: &Path) -> Result<Self, OpenError> {
        let folder = Folder::share(path)?;
        let connection = schema::open_writer(path, folder.file(), false)?;
        let blobs = Shelf::new(folder.blobs());
        Self::start(folder, connection, blobs)
    }

    fn start(
        folder: Folder,
        connection: rusqlite::Connection,
        blobs: Shelf,
    ) -> Result<Self, OpenError> {
        let damaged = Damaged::default();
        let (tasks, waiting) = channel();
        let writer = Writer::new(connection, damaged.clone());
        let thread = std::thread::Builder::new()
            .name("journal".to_owned())
            .spawn(move || writer.run(&waiting))
            .map_err(|error| folder.not_writable(&error))?;
        Ok(Self {
            inner: Arc::new(Inner {
                tasks: Some(tasks),
                thread: Some(thread),
                readers: Arc::new(Readers::new(folder.file().to_owned())),
                damaged,
                blobs,
                _folder: folder,
            }),
        })
    }

    /// Hands a task to the writer; it is lost only if the writer is gone, and then whoever waits for its answer learns so.
    fn ask(&self, task: Task) {
        if let Some(tasks) = &self.inner.tasks {
            let _ = tasks.send(task);
        }
    }

    pub(super) async fn append(
        &self,
        meeting: Uuid,
        expected: Position,
        batch: &[Record],
    ) -> Result<Position, AppendError> {
        let batch = seal(batch)?;
        let (answer, verdict) = oneshot::channel();
        self.ask(Task::Append(Append {
            meeting,
            expected,
            batch,
            answer,
        }));
        verdict.await.unwrap_or_else(|_| Err(gone()))
    }

    pub(super) async fn read(
        &self,
        meeting: Uuid,
        after: Position,
    ) -> Result<Vec<Entry>, ReadError> {
        let damaged = self.inner.damaged.clone();
        let read = move |connection: &_| reader::read(connection, &damaged, meeting, after);
        self.inner.readers.run(read).await
    }

    pub(super) async fn tail(&self, meeting: Uuid) -> Result<Position, ReadError> {
        self.inner
            .readers
            .run(move |connection| reader::tail(connection, meeting))
            .await
    }

    pub(super) async fn list(&self) -> Result<Vec<Uuid>, ReadError> {
        self.inner.readers.run(reader::list).await
    }

    pub(super) async fn verify(&self, meeting: Uuid) -> Result<Position, ReadError> {
        let entries = self.read(meeting, Position::START).await?;
        self.inner.damaged.remove(meeting);
        Ok(entries
            .last()
            .map_or(Position::START, |entry| entry.position))
    }

    pub(super) async fn delete(&self, meeting: Uuid) -> Result<(), StoreError> {
        // Blobs first: should it stop between the two, the meeting is still listed and its deletion is repeated.
        self.inner.blobs.delete_all(meeting).await?;
        let (answer, verdict) = oneshot::channel();
        self.ask(Task::Delete { meeting, answer });
        verdict
            .await
            .unwrap_or_else(|_| Err(StoreError::Unwritable(gone().to_string())))
    }

    pub(super) async fn redact(
        &self,
        meeting: Uuid,
        expected: Position,
        record: Record,
        rewrites: Vec<Rewrite>,
    ) -> Result<Position, RedactError> {
        // A rewritten entry keeps its old digest: it must not be rewritten if that does not hold.
        match self.verify(meeting).await {
            Ok(_) => {}
            Err(ReadError::Corrupt { position, .. }) => {
                return Err(AppendError::ReadOnly { position }.into());
            }
            Err(error) => return Err(AppendError::Unwritable(error.to_string()).into()),
        }
        let announcement = seal(std::slice::from_ref(&record))?
            .pop()
            .ok_or_else(gone)?;
        let redaction = Redaction {
            meeting,
            expected,
            announcement,
            rewrites,
        };
        let (answer, verdict) = oneshot::channel();
        self.ask(Task::Redact { redaction, answer });
        verdict.await.unwrap_or_else(|_| Err(gone().into()))
    }

    pub(super) async fn put_blob(
        &self,
        meeting: Uuid,
        bytes: Bytes,
    ) -> Result<BlobHash, StoreError> {
        self.inner.blobs.put(meeting, bytes).await
    }

    pub(super) async fn blob(
        &self,
        meeting: Uuid,
        hash: BlobHash,
    ) -> Result<Option<Bytes>, StoreError> {
        self.inner.blobs.get(meeting, hash).await
    }

    pub(super) async fn delete_blob(
        &self,
        meeting: Uuid,
        hash: BlobHash,
    ) -> Result<(), StoreError> {
        self.inner.blobs.delete(meeting, hash).await
    }

    pub(super) async fn backup(&self, to: &Path) -> Result<(), StoreError> {
        let to = to.to_owned();
        let readers = Arc::clone(&self.inner.readers);
        let blobs = self.inner.blobs.clone();
        let copying =
            tokio::task::spawn_blocking(move || folder::copy(readers.file(), &blobs, &to));
        copying
            .await
            .unwrap_or_else(|error| Err(StoreError::Unwritable(error.to_string())))
    }
}

/// Salts and hashes a batch here, so that the writer's thread has only the links to compute.
fn seal(batch: &[Record]) -> Result<Vec<Sealed>, AppendError> {
    let mut random = vec![0; batch.len() * size_of::<Salt>()];
    getrandom::fill(&mut random).map_err(|error| {
        AppendError::Unwritable(format!("no random numbers from the system: {error}"))
    })?;
    let (salts, _) = random.as_chunks();
    let sealed = batch.iter().zip(salts).map(|(record, salt)| Sealed {
        record: record.clone(),
        salt: *salt,
        digest: digest(salt, record, None),
    });
    Ok(sealed.collect())
}

fn gone() -> AppendError {
    AppendError::Unknown("the journal's writer has stopped".to_owned())
}
