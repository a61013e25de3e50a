//! PURE. What may happen in a meeting: [`decide`] says whether a wish is granted and what then happened,
//! `apply` makes it so. No clock, no randomness, no I/O: time and entropy come in with the [`wish::Context`].
//!
//! A rule stands in the folder of its activity, beside its tests: `course` (the meeting from creation to end), `agenda`,
//! `people`, `stage`, `questions`, `groups`, `discussion`, `debate`. A new activity is a folder of its own, a line in `authority`, `decide` and `apply`.

pub mod command;
pub mod fact;
pub mod ids;
pub mod marks;
pub mod refusal;
pub mod role;
pub mod state;
pub mod wish;

mod apply;
mod authority;
mod decide;
mod fitting;
mod stored;

pub mod agenda;
pub mod course;
pub mod debate;
pub mod discussion;
pub mod groups;
pub mod people;
pub mod questions;
pub mod stage;
pub mod watch;

#[cfg(test)]
mod dice;
#[cfg(test)]
pub(crate) mod hall;
#[cfg(test)]
mod properties;

pub use authority::{Standing, may};
pub use decide::decide;
pub use questions::likeness::{likeness, similar};
pub use stored::{DecodeError, hash};

use fact::Fact;
use refusal::Refusal;

/// What was decided: facts (none: all is as wished already), or why not.
pub type Decision = Result<Vec<Fact>, Refusal>;
