//! Files of a meeting (slides, pictures), named by the SHA-256 of their content: `blobs/{meeting}/{name}`.
//! Knows nothing of what they show or who may see them.

use std::fmt;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use bytes::Bytes;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::error::StoreError;

/// The ending of a file that is being written.
const PART: &str = "part";

/// The name of a blob: the SHA-256 of its bytes, written as 64 lower-case hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlobHash([u8; 32]);

impl BlobHash {
    /// The name these bytes have.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }
}

impl fmt::Display for BlobHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::with_capacity(64);
        for byte in self.0 {
            write!(text, "{byte:02x}")?;
        }
        f.pad(&text)
    }
}

/// The text is not 64 lower-case hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a blob is named by 64 lower-case hexadecimal digits")]
pub struct NotABlobHash;

impl FromStr for BlobHash {
    type Err = NotABlobHash;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits: Vec<u8> = text
            .chars()
            .map(digit)
            .collect::<Option<_>>()
            .ok_or(NotABlobHash)?;
        let bytes: Vec<u8> = digits
            .chunks(2)
            .map(|pair| pair.iter().fold(0, |byte, digit| byte << 4 | digit))
            .collect();
        if digits.len() != 64 {
            return Err(NotABlobHash);
        }
        bytes.try_into().map(Self).map_err(|_| NotABlobHash)
    }
}

fn digit(sign: char) -> Option<u8> {
    match sign {
        '0'..='9' | 'a'..='f' => sign.to_digit(16).and_then(|digit| u8::try_from(digit).ok()),
        _ => None,
    }
}

/// All blobs of a data folder.
#[derive(Debug, Clone)]
pub(super) struct Shelf {
    root: PathBuf,
}

impl Shelf {
    pub(super) fn new(root: PathBuf) -> Self {
        Self { root }
    }

    /// Durable when it returns: written beside its place, synced, then renamed.
    pub(super) async fn put(&self, meeting: Uuid, bytes: Bytes) -> Result<BlobHash, StoreError> {
        let folder = self.folder(meeting);
        let root = self.root.clone();
        blocking(move || {
            let hash = BlobHash::of(&bytes);
            let place = folder.join(hash.to_string());
            if fs::read(&place).is_ok_and(|there| there == bytes) {
                return Ok(hash);
            }
            make_folders(&root, &folder)?;
            let part = folder.join(format!("{}.{PART}", Uuid::new_v4()));
            let written = write(&part, &bytes).and_then(|()| fs::rename(&part, &place));
            if let Err(error) = written {
                let _ = fs::remove_file(&part);
                return Err(error.into());
            }
            sync_folder(&folder)?;
            Ok(hash)
        })
        .await
    }

    pub(super) async fn get(
        &self,
        meeting: Uuid,
        hash: BlobHash,
    ) -> Result<Option<Bytes>, StoreError> {
        let place = self.folder(meeting).join(hash.to_string());
        blocking(move || {
            let Some(bytes) = read(&place)? else {
                return Ok(None);
            };
            if BlobHash::of(&bytes) == hash {
                return Ok(Some(Bytes::from(bytes)));
            }
            // It may have been deleted, and so overwritten, while it was read.
            match read(&place)? {
                Some(_) => Err(StoreError::Damaged(format!("blob {hash}"))),
                None => Ok(None),
            }
        })
        .await
    }

    pub(super) async fn delete(&self, meeting: Uuid, hash: BlobHash) -> Result<(), StoreError> {
        let folder = self.folder(meeting);
        blocking(move || {
            erase(&folder.join(hash.to_string()))?;
            if folder.is_dir() {
                Ok(sync_folder(&folder)?)
            } else {
                Ok(())
            }
        })
        .await
    }

    /// Forgets all blobs of a meeting.
    pub(super) async fn delete_all(&self, meeting: Uuid) -> Result<(), StoreError> {
        let folder = self.folder(meeting);
        let root = self.root.clone();
        blocking(move || {
            if !folder.is_dir() {
                return Ok(());
            }
            for file in fs::read_dir(&folder)? {
                erase(&file?.path())?;
            }
            fs::remove_dir(&folder)?;
            Ok(sync_folder(&root)?)
        })
        .await
    }

    /// Takes away what an interrupted [`Shelf::put`] left behind.
    pub(super) fn sweep(&self) {
        let folders = fs::read_dir(&self.root).into_iter().flatten().flatten();
        let files =
            folders.flat_map(|folder| fs::read_dir(folder.path()).into_iter().flatten().flatten());
        for file in files.map(|file| file.path()) {
            if file.extension().is_some_and(|ending| ending == PART)
                && let Err(error) = erase(&file)
            {
                tracing::warn!(%error, file = %file.display(), "half a blob could not be removed");
            }
        }
    }

    /// Copies all blobs to another folder.
    pub(super) fn copy(&self, to: &Path) -> io::Result<()> {
        if !self.root.is_dir() {
            return Ok(());
        }
        fs::create_dir_all(to)?;
        for folder in fs::read_dir(&self.root)? {
            let folder = folder?;
            let target = to.join(folder.file_name());
            fs::create_dir_all(&target)?;
            for file in fs::read_dir(folder.path())? {
                copy_file(&file?.path(), &target)?;
            }
            sync_folder(&target)?;
        }
        sync_folder(to)
    }

    fn folder(&self, meeting: Uuid) -> PathBuf {
        self.root.join(meeting.to_string())
    }
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|error| Err(StoreError::Unwritable(error.to_string())))
}

fn make_folders(root: &Path, folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    fs::create_dir_all(folder)?;
    sync_folder(root)?;
    root.parent().map_or(Ok(()), sync_folder)
}

fn write(place: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create_new(place)?;
    file.write_all(bytes)?;
    file.sync_all()
}

fn read(place: &Path) -> io::Result<Option<Vec<u8>>> {
    match fs::read(place) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Overwrites a file with zeros and removes it; fine when there is none.
fn erase(place: &Path) -> io::Result<()> {
    let mut file = match File::options().write(true).open(place) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    let length = file.metadata()?.len();
    io::copy(&mut io::Read::take(io::repeat(0), length), &mut file)?;
    file.sync_all()?;
    fs::remove_file(place)
}

fn copy_file(from: &Path, folder: &Path) -> io::Result<()> {
    let Some(name) = from.file_name() else {
        return Ok(());
    };
    // One that was just deleted, or is not whole yet, belongs to no copy.
    if from.extension().is_some_and(|ending| ending == PART) {
        return Ok(());
    }
    match read(from)? {
        Some(bytes) if BlobHash::of(&bytes).to_string().as_str() == name => {
            write(&folder.join(name), &bytes)
        }
        _ => Ok(()),
    }
}

/// Makes the names in a folder durable, where the system has such a thing.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) {
        File::open(folder)?.sync_all()
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_written_and_read_back() {
        let hash = BlobHash::of(b"a slide");
        assert_eq!(hash.to_string().parse(), Ok(hash));
        assert_eq!(hash.to_string().len(), 64);
    }

    #[test]
    fn what_is_no_name_is_refused() {
        let name = BlobHash::of(b"").to_string();
        for wrong in [
            "",
            "00",
            "../../etc/passwd",
            &name.to_uppercase(),
            &format!("{name}0"),
            &name[1..],
        ] {
            assert_eq!(wrong.parse::<BlobHash>(), Err(NotABlobHash), "{wrong}");
        }
    }
}
