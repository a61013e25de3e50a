//! Whole-server tests over the socket: real websockets that fold what they hear, one test per promise of docs/WIRE.md.

#[path = "../support/folding.rs"]
mod folding;
#[path = "../support/mod.rs"]
mod support;

mod closing;
mod crowd;
mod following;
mod speaking;
