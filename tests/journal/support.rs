//! What the stories share: making records, appending them, looking at the bytes of a folder.

use std::fs;
use std::path::{Path, PathBuf};

use openfloor::journal::{Entry, Journal, Position, Record};
use tempfile::TempDir;
use uuid::Uuid;

/// A journal and, if it has one, its folder.
pub struct Home {
    pub journal: Journal,
    pub folder: Option<TempDir>,
}

impl Home {
    pub fn in_memory() -> Self {
        Self {
            journal: Journal::memory(),
            folder: None,
        }
    }

    pub fn on_disk() -> Self {
        Self::in_folder(scratch())
    }

    pub fn in_folder(folder: TempDir) -> Self {
        Self {
            journal: Journal::open(folder.path()).unwrap(),
            folder: Some(folder),
        }
    }

    pub fn path(&self) -> &Path {
        self.folder.as_ref().unwrap().path()
    }

    /// Closes the journal and opens it again.
    pub fn reopened(self) -> Self {
        drop(self.journal);
        let folder = self.folder.unwrap();
        Self {
            journal: Journal::open(folder.path()).unwrap(),
            folder: Some(folder),
        }
    }
}

/// A folder where a sync costs nothing, if the machine has such a place: most stories are about what lies there, not when.
pub fn scratch() -> TempDir {
    let memory = Path::new("/dev/shm");
    let folder = if memory.is_dir() {
        tempfile::tempdir_in(memory)
    } else {
        tempfile::tempdir()
    };
    folder.unwrap()
}

/// A meeting's id that is the same in every run.
pub fn meeting(number: u128) -> Uuid {
    Uuid::from_u128(0xa000_0000_0000_7000_8000_0000_0000_0000 | number)
}

pub fn said(text: &str) -> Record {
    Record {
        at: 1_790_000_000_000,
        seat: Some(Uuid::from_u128(1)),
        device: Some(Uuid::from_u128(2)),
        n: Some(3),
        payload: text.to_owned().into(),
    }
}

/// Appends one entry after the last.
pub async fn say(journal: &Journal, meeting: Uuid, text: &str) -> Position {
    let tail = journal.tail(meeting).await.unwrap();
    journal.append(meeting, tail, &[said(text)]).await.unwrap()
}

/// A meeting's payloads, as texts.
pub async fn texts(journal: &Journal, meeting: Uuid) -> Vec<String> {
    as_texts(&journal.read(meeting, Position::START).await.unwrap())
}

pub fn as_texts(entries: &[Entry]) -> Vec<String> {
    let text = |entry: &Entry| String::from_utf8(entry.record.payload.to_vec()).unwrap();
    entries.iter().map(text).collect()
}

/// Every file below a folder.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for file in fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found
}

/// The names of the files below a folder that hold these bytes anywhere.
pub fn holding(folder: &Path, needle: &str) -> Vec<String> {
    let needle = needle.as_bytes();
    let holds = |path: &Path| {
        let bytes = fs::read(path).unwrap();
        let mut starts = bytes
            .iter()
            .enumerate()
            .filter(|(_, byte)| **byte == needle[0]);
        starts.any(|(place, _)| bytes[place..].starts_with(needle))
    };
    files(folder)
        .iter()
        .filter(|path| holds(path))
        .map(|path| path.display().to_string())
        .collect()
}

/// A small generator, so that every run does the same.
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % bound.max(1)
    }

    pub fn percent(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
}
