//! The journal's tests: one contract for every kind, then what only a journal on disk can go through.
//! Stories use the public door alone; damage is done to the files themselves.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
mod contract;
mod damage;
mod disk;
mod erase;
mod golden;
mod pace;
mod support;

#[cfg(target_os = "linux")]
mod drive;
#[cfg(target_os = "linux")]
mod fault;
#[cfg(target_os = "linux")]
mod powercut;
#[cfg(target_os = "linux")]
mod shim;
