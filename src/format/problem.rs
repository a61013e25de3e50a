//! What a file says wrongly, and where: one sentence a person can act on. Owns the shape and the counting of lines.

use std::fmt;

use serde::Serialize;
use ts_rs::TS;

/// How much it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    /// Something of the file was left out or changed; `openfloor format check` fails.
    Error,
    /// Worth knowing; nothing is wrong with the file.
    Note,
}

/// One thing that is wrong with a file, or worth knowing about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Problem {
    /// From 1; 0 when it belongs to no line.
    pub line: u32,
    pub weight: Weight,
    /// One English sentence without a full stop.
    pub says: String,
}

impl Problem {
    pub(super) fn error(line: u32, says: impl Into<String>) -> Self {
        Self {
            line,
            weight: Weight::Error,
            says: says.into(),
        }
    }

    pub(super) fn note(line: u32, says: impl Into<String>) -> Self {
        Self {
            line,
            weight: Weight::Note,
            says: says.into(),
        }
    }

    /// Whether something was left out or changed.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.weight == Weight::Error
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.weight == Weight::Note {
            f.write_str("note: ")?;
        }
        f.write_str(&self.says)
    }
}

/// Where each line of a text begins.
#[derive(Debug)]
pub(super) struct Lines(Vec<usize>);

impl Lines {
    pub(super) fn of(text: &str) -> Self {
        let breaks = text.match_indices('\n').map(|(at, _)| at + 1);
        Self(std::iter::once(0).chain(breaks).collect())
    }

    /// The line, from 1, that holds the byte at `offset`.
    pub(super) fn at(&self, offset: usize) -> u32 {
        self.0.partition_point(|begin| *begin <= offset) as u32
    }
}
