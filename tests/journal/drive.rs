//! A disk that can lose its power: replays a log of `shim.c` up to any step and gives what would be found afterwards.
//! What was synced is there. What was not is there or not, write by write, sector by sector, name by name.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::support::Chance;

/// A disk writes sectors of this size whole or not at all.
const SECTOR: usize = 512;

/// One step of the watched process.
pub enum Step {
    Write {
        inode: u64,
        offset: usize,
        bytes: Vec<u8>,
    },
    Truncate {
        inode: u64,
        size: usize,
    },
    Sync {
        inode: u64,
    },
    Create {
        inode: u64,
        path: PathBuf,
    },
    Unlink {
        path: PathBuf,
    },
    Rename {
        from: PathBuf,
        to: PathBuf,
    },
    SyncFolder {
        path: PathBuf,
    },
    Acknowledged {
        line: String,
    },
    /// Folders are kept by the replay as they are needed.
    Folder,
}

/// Reads a log.
pub fn steps(mut log: &[u8]) -> Vec<Step> {
    let mut steps = Vec::new();
    while !log.is_empty() {
        let (head, rest) = log.split_at(32);
        let number = |which: usize| u64::from_ne_bytes(head[which * 8..][..8].try_into().unwrap());
        let (bytes, rest) = rest.split_at(usize::try_from(number(3)).unwrap());
        let (inode, offset) = (number(1), usize::try_from(number(2)).unwrap());
        let text = || String::from_utf8(bytes.to_vec()).unwrap();
        let path = || PathBuf::from(text());
        steps.push(match number(0) {
            1 => Step::Write {
                inode,
                offset,
                bytes: bytes.to_vec(),
            },
            2 => Step::Truncate {
                inode,
                size: offset,
            },
            3 => Step::Sync { inode },
            4 => Step::Create {
                inode,
                path: path(),
            },
            5 => Step::Unlink { path: path() },
            6 => {
                let both = text();
                let (from, to) = both.split_once('\n').unwrap();
                Step::Rename {
                    from: from.into(),
                    to: to.into(),
                }
            }
            7 => Step::SyncFolder { path: path() },
            8 => Step::Acknowledged { line: text() },
            9 | 10 => Step::Folder,
            other => panic!("a step of kind {other}"),
        });
        log = rest;
    }
    steps
}

#[derive(Clone)]
enum Change {
    Write { offset: usize, bytes: Vec<u8> },
    Truncate { size: usize },
}

#[derive(Default)]
struct Content {
    durable: Vec<u8>,
    pending: Vec<Change>,
}

enum Naming {
    Create(PathBuf, usize),
    Unlink(PathBuf),
    Rename(PathBuf, PathBuf),
}

/// What is durable, and what is on its way there.
#[derive(Default)]
pub struct Drive {
    contents: Vec<Content>,
    inodes: HashMap<u64, usize>,
    names: HashMap<PathBuf, usize>,
    namings: Vec<Naming>,
}

impl Drive {
    pub fn take(&mut self, step: &Step) {
        match step {
            Step::Write {
                inode,
                offset,
                bytes,
            } => {
                let change = Change::Write {
                    offset: *offset,
                    bytes: bytes.clone(),
                };
                self.content(*inode).pending.push(change);
            }
            Step::Truncate { inode, size } => self
                .content(*inode)
                .pending
                .push(Change::Truncate { size: *size }),
            Step::Sync { inode } => {
                let content = self.content(*inode);
                for change in std::mem::take(&mut content.pending) {
                    apply(&mut content.durable, &change);
                }
            }
            Step::Create { inode, path } => {
                self.contents.push(Content::default());
                let which = self.contents.len() - 1;
                self.inodes.insert(*inode, which);
                self.namings.push(Naming::Create(path.clone(), which));
            }
            Step::Unlink { path } => self.namings.push(Naming::Unlink(path.clone())),
            Step::Rename { from, to } => {
                self.namings.push(Naming::Rename(from.clone(), to.clone()))
            }
            Step::SyncFolder { path } => {
                let all = std::mem::take(&mut self.namings);
                let (now, later) = all
                    .into_iter()
                    .partition(|naming| naming.folder() == Some(path));
                self.namings = later;
                let now: Vec<Naming> = now;
                for naming in &now {
                    naming.apply(&mut self.names);
                }
            }
            Step::Acknowledged { .. } | Step::Folder => {}
        }
    }

    fn content(&mut self, inode: u64) -> &mut Content {
        let which = *self
            .inodes
            .get(&inode)
            .expect("a file is made before it is written");
        &mut self.contents[which]
    }

    /// What is found below `root` after the power went, copied to another folder.
    pub fn cut(&self, chance: &mut Chance, root: &Path, to: &Path) {
        let mut names = self.names.clone();
        let kept = [0, 50, 100][chance.below(3)];
        for naming in &self.namings {
            if chance.percent(kept) {
                naming.apply(&mut names);
            }
        }
        let kept = [0, 30, 70, 95, 100][chance.below(5)];
        for (path, which) in &names {
            // The index of the log is shared memory: it is made anew from the log.
            if path.to_string_lossy().ends_with("-shm") {
                continue;
            }
            let content = &self.contents[*which];
            let mut bytes = content.durable.clone();
            for change in &content.pending {
                keep_some(&mut bytes, change, kept, chance);
            }
            let place = to.join(path.strip_prefix(root).unwrap());
            fs::create_dir_all(place.parent().unwrap()).unwrap();
            fs::write(place, bytes).unwrap();
        }
    }
}

impl Naming {
    fn folder(&self) -> Option<&Path> {
        match self {
            Self::Create(path, _) | Self::Unlink(path) | Self::Rename(_, path) => path.parent(),
        }
    }

    fn apply(&self, names: &mut HashMap<PathBuf, usize>) {
        match self {
            Self::Create(path, which) => {
                names.insert(path.clone(), *which);
            }
            Self::Unlink(path) => {
                names.remove(path);
            }
            Self::Rename(from, to) => {
                if let Some(which) = names.remove(from) {
                    names.insert(to.clone(), which);
                }
            }
        }
    }
}

fn apply(bytes: &mut Vec<u8>, change: &Change) {
    match change {
        Change::Write {
            offset,
            bytes: written,
        } => {
            let end = offset + written.len();
            if bytes.len() < end {
                bytes.resize(end, 0);
            }
            bytes[*offset..end].copy_from_slice(written);
        }
        Change::Truncate { size } => bytes.resize(*size, 0),
    }
}

fn keep_some(bytes: &mut Vec<u8>, change: &Change, kept: usize, chance: &mut Chance) {
    let Change::Write {
        offset,
        bytes: written,
    } = change
    else {
        if chance.percent(kept) {
            apply(bytes, change);
        }
        return;
    };
    let mut from = 0;
    while from < written.len() {
        let sector_end = (offset + from) / SECTOR * SECTOR + SECTOR - offset;
        let until = sector_end.min(written.len());
        if chance.percent(kept) {
            let part = written[from..until].to_vec();
            apply(
                bytes,
                &Change::Write {
                    offset: offset + from,
                    bytes: part,
                },
            );
        }
        from = until;
    }
}
