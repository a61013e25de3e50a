//! Whole-server tests over the socket: real websockets that fold what they hear, one test per promise of docs/WIRE.md.

#![expect(clippy::unwrap_used, reason = "a test fails where it stands")]

#[path = "../support/folding.rs"]
mod folding;
#[path = "../support/mod.rs"]
mod support;

mod closing;
mod crowd;
mod following;
mod speaking;
