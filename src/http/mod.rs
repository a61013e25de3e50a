//! The server as others reach it.
pub mod assets;
pub mod awake;
pub mod body;
pub mod error;
pub mod headers;
pub mod listen;
pub mod origin;
pub mod place;
pub mod qr;
