//! The names on the wire (docs/WIRE.md): frames of the socket, bodies of HTTP, codes of errors. Reads what clients send
//! tolerantly, writes what they read from bytes that were encoded once. Knows no socket and no rule of a meeting.

pub mod body;
pub mod error;
pub mod said;
pub mod says;
pub mod sync;
#[cfg(test)]
mod typescript;

pub use error::{ErrorBody, ErrorCode, Refused};
pub use said::{Extra, Hello, Malformed, Said, read_command, understand, understand_binary};
pub use says::{Also, Frame, Welcome, member};
pub use sync::Sync;

/// Integers of the wire stay below this, so that every client can hold them.
pub const SAFE: u64 = 1 << 53;

/// Where a document stands: epoch and revision.
pub type At = (u64, u64);
