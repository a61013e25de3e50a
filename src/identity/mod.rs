//! Who is asking: the server's key, the tokens it seals, the secrets of links, typed codes and how often they may be wrong.
//! Knows no rule and no meeting: ids are bare UUIDs here, and what a holder may do is asked of the meeting.

pub mod code;
pub mod key;
pub mod pairing;
pub mod secret;
pub mod token;
pub mod tries;

pub use key::ServerKey;
pub use secret::Secret;
pub use token::{Credential, Holder};
