//! How a debate runs, as data: who speaks in which order, for how long, and what rings when. Owns the model, its TOML, and
//! what it shares with Debatekeeper's XML. Knows nothing of meetings, people, or the time of day.

pub mod built_in;
pub mod check;
pub mod debatekeeper;
pub mod file;
pub mod model;
pub mod phases;
pub mod problem;
#[cfg(test)]
mod properties;
pub mod timeline;
pub mod times;
mod words;

pub use built_in::{built_in, built_in_by_id};
pub use check::{Flaw, Place};
pub use model::Format;
pub use problem::{Problem, Weight};
pub use words::translate;

/// Reads a format from the text of a file, which is Debatekeeper's XML or our TOML; the content tells which. What is sound is
/// in the format; with an error among the problems something of the file is missing from it.
#[must_use]
pub fn read(text: &str) -> (Format, Vec<Problem>) {
    let text = text.trim_start_matches('\u{feff}');
    if text.trim_start().starts_with('<') {
        debatekeeper::read(text)
    } else {
        file::read(text)
    }
}
