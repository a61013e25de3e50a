//! The data folder: which files lie where, whose it is, and how it is copied while it is in use.
//! Knows nothing of rows.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use super::failure::Failure;
use crate::journal::blob::{Shelf, sync_folder};
use crate::journal::error::{OpenError, StoreError};

const JOURNAL: &str = "openfloor.sqlite";
const LOCK: &str = "openfloor.lock";
const BLOBS: &str = "blobs";

/// A data folder, held against a second server or shared with one.
#[derive(Debug)]
pub(super) struct Folder {
    path: PathBuf,
    file: PathBuf,
    _lock: Option<File>,
}

impl Folder {
    /// Makes the folder if need be and takes it for this server alone.
    pub(super) fn take(path: &Path) -> Result<Self, OpenError> {
        let mut folder = Self::at(path);
        make(path).map_err(|error| folder.not_writable(&error))?;
        let lock = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(path.join(LOCK));
        let lock = lock.map_err(|error| folder.not_writable(&error))?;
        match lock.try_lock() {
            Ok(()) => folder._lock = Some(lock),
            Err(TryLockError::WouldBlock) => {
                return Err(OpenError::InUse {
                    folder: path.to_owned(),
                });
            }
            Err(TryLockError::Error(error)) => return Err(folder.not_writable(&error)),
        }
        Ok(folder)
    }

    /// A folder that holds a journal already; a server may be using it.
    pub(super) fn share(path: &Path) -> Result<Self, OpenError> {
        let folder = Self::at(path);
        if folder.file.is_file() {
            Ok(folder)
        } else {
            Err(OpenError::Missing {
                folder: path.to_owned(),
            })
        }
    }

    fn at(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
            file: path.join(JOURNAL),
            _lock: None,
        }
    }

    pub(super) fn file(&self) -> &Path {
        &self.file
    }

    pub(super) fn blobs(&self) -> PathBuf {
        self.path.join(BLOBS)
    }

    /// The names of new files survive a power cut too.
    pub(super) fn make_durable(&self) -> Result<(), OpenError> {
        sync_folder(&self.path).map_err(|error| self.not_writable(&error))
    }

    pub(super) fn not_writable(&self, error: &io::Error) -> OpenError {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => OpenError::Full {
                folder: self.path.clone(),
            },
            _ => OpenError::NotWritable {
                folder: self.path.clone(),
                reason: error.to_string(),
            },
        }
    }
}

/// Makes a folder that others on the machine cannot read: it holds what people said.
fn make(path: &Path) -> io::Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    let mut maker = fs::DirBuilder::new();
    maker.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut maker, 0o700);
    maker.create(path)?;
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => sync_folder(parent),
        _ => Ok(()),
    }
}

/// Copies a journal in use into a folder that has none, as of one moment, then its blobs (there may be a few younger ones).
pub(super) fn copy(journal: &Path, blobs: &Shelf, to: &Path) -> Result<(), StoreError> {
    let failed = |error: rusqlite::Error| Failure::before_commit(&error).as_store();
    make(to).map_err(StoreError::from)?;
    let target = to.join(JOURNAL);
    if target.exists() {
        let taken = format!("{} holds a journal already", to.display());
        return Err(StoreError::Unwritable(taken));
    }
    let name = target
        .to_str()
        .ok_or_else(|| StoreError::Unwritable("the folder's name is not Unicode".to_owned()))?;
    let connection = Connection::open(journal).map_err(failed)?;
    connection
        .execute("VACUUM INTO ?", [name])
        .map_err(failed)?;
    File::open(&target)
        .and_then(|file| file.sync_all())
        .map_err(StoreError::from)?;
    blobs.copy(&to.join(BLOBS)).map_err(StoreError::from)?;
    sync_folder(to).map_err(StoreError::from)
}
