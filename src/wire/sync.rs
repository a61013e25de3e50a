//! The frames of shared notes: y-sync (the synchronisation part of the y-protocols), base64 on the socket and over HTTP, plain
//! in binary frames after the sixteen bytes of the group's id. Knows the envelope, never what is in it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use uuid::Uuid;

/// One message of y-sync.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sync {
    /// "This is what I know" (a state vector): to be answered with the difference.
    Knows(Vec<u8>),
    /// A difference, or a single change.
    Update(Vec<u8>),
}

/// The kinds of the envelope (y-protocols, `sync.js`).
const STEP_1: u8 = 0;
const STEP_2: u8 = 1;
const UPDATE: u8 = 2;

impl Sync {
    /// Reads one message; `None` when it is none.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let (kind, rest) = bytes.split_first()?;
        let (length, rest) = read_length(rest)?;
        let inside = (rest.len() == length).then(|| rest.to_vec())?;
        match *kind {
            STEP_1 => Some(Self::Knows(inside)),
            STEP_2 | UPDATE => Some(Self::Update(inside)),
            _ => None,
        }
    }

    /// Reads one message in base64.
    #[must_use]
    pub fn read_text(text: &str) -> Option<Self> {
        Self::read(&STANDARD.decode(text).ok()?)
    }

    /// Reads a binary frame: the group, then the message.
    #[must_use]
    pub fn read_binary(frame: &[u8]) -> Option<(Uuid, Self)> {
        let (group, message) = frame.split_at_checked(16)?;
        Some((Uuid::from_slice(group).ok()?, Self::read(message)?))
    }
}

/// A difference as the server sends it (step 2), in base64.
#[must_use]
pub fn difference(update: &[u8]) -> String {
    message(STEP_2, update)
}

/// A change as a client sends it, in base64.
#[must_use]
pub fn update(update: &[u8]) -> String {
    message(UPDATE, update)
}

fn message(kind: u8, inside: &[u8]) -> String {
    let mut bytes = vec![kind];
    write_length(&mut bytes, inside.len());
    bytes.extend_from_slice(inside);
    STANDARD.encode(bytes)
}

/// A state vector in base64.
#[must_use]
pub fn vector(state: &[u8]) -> String {
    STANDARD.encode(state)
}

/// A length of at most 28 bits, seven to a byte, lowest first.
fn read_length(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let mut length = 0usize;
    for (place, byte) in bytes.iter().enumerate().take(4) {
        length |= usize::from(byte & 0x7f) << (7 * place);
        if byte & 0x80 == 0 {
            return Some((length, &bytes[place + 1..]));
        }
    }
    None
}

fn write_length(bytes: &mut Vec<u8>, mut length: usize) {
    while length > 0x7f {
        bytes.push(0x80 | (length & 0x7f) as u8);
        length >>= 7;
    }
    bytes.push(length as u8);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_envelope_is_read_as_it_was_written() {
        for size in [0usize, 1, 127, 128, 20_000] {
            let update = vec![7; size];
            let read = Sync::read_text(&difference(&update));
            assert_eq!(read, Some(Sync::Update(update)));
        }
        assert_eq!(Sync::read(&[0, 1, 0]), Some(Sync::Knows(vec![0])));
    }

    #[test]
    fn what_is_no_message_is_none() {
        for bytes in [
            &[][..],
            &[2],
            &[2, 5, 1],
            &[3, 0],
            &[2, 0x80, 0x80, 0x80, 0x80, 1],
            &[2, 1, 1, 1],
        ] {
            assert_eq!(Sync::read(bytes), None, "{bytes:?}");
        }
        assert_eq!(Sync::read_text("not base64!"), None);
        assert_eq!(Sync::read_binary(&[0; 16]), None);
    }
}
