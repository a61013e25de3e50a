//! PURE. What may happen in a meeting: `decide` says whether a wish is granted and what then happened,
//! `apply` makes it so. No clock, no randomness, no I/O: time and entropy come in with the [`wish::Context`].

pub mod command;
pub mod fact;
pub mod ids;
pub mod marks;
pub mod refusal;
pub mod role;
pub mod state;
pub mod wish;
