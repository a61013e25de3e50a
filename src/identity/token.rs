//! Tokens: who holds what in which meeting, sealed by the server's key. Nothing is stored for them.
//! Whether the holder still may (revoked, moved, not admitted) is asked of the meeting, never read from a token.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use subtle::ConstantTimeEq;
use uuid::Uuid;

use super::ServerKey;

const PURPOSE: &str = "token";
const SEAL: usize = 16;
/// kind, meeting, id, generation, seal.
const LENGTH: usize = 1 + 16 + 16 + 4 + SEAL;

/// What a token stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Holder {
    /// A person's place.
    Seat(Uuid),
    /// What that person is called when nothing may say who it is.
    Alias(Uuid),
    /// A projector, by the link that let it in; it reads and has no seat.
    Stage(Uuid),
}

/// A token, opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Credential {
    /// The only meeting it is good for.
    pub meeting: Uuid,
    pub holder: Holder,
    /// Grows when a seat moves to another phone; tokens of a lower one are void. 0 for aliases and stages.
    pub generation: u32,
}

impl Credential {
    /// The token: base64url of kind ‖ meeting ‖ id ‖ generation ‖ HMAC-SHA256 (its first 16 bytes).
    #[must_use]
    pub fn seal(&self, key: &ServerKey) -> String {
        let mut bytes = [0; LENGTH];
        let (kind, id) = match self.holder {
            Holder::Seat(id) => (b's', id),
            Holder::Alias(id) => (b'a', id),
            Holder::Stage(id) => (b'p', id),
        };
        bytes[0] = kind;
        bytes[1..17].copy_from_slice(self.meeting.as_bytes());
        bytes[17..33].copy_from_slice(id.as_bytes());
        bytes[33..37].copy_from_slice(&self.generation.to_be_bytes());
        let seal = key.derive(PURPOSE, &[&bytes[..LENGTH - SEAL]]);
        bytes[LENGTH - SEAL..].copy_from_slice(&seal[..SEAL]);
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// Opens a token that this key sealed; anything else is `None`. The seal is compared in constant time.
    #[must_use]
    pub fn open(key: &ServerKey, token: &str) -> Option<Self> {
        let bytes: [u8; LENGTH] = URL_SAFE_NO_PAD.decode(token).ok()?.try_into().ok()?;
        let (content, seal) = bytes.split_at(LENGTH - SEAL);
        let expected = key.derive(PURPOSE, &[content]);
        if !bool::from(expected[..SEAL].ct_eq(seal)) {
            return None;
        }
        let id = Uuid::from_slice(&content[17..33]).ok()?;
        let holder = match content[0] {
            b's' => Holder::Seat(id),
            b'a' => Holder::Alias(id),
            b'p' => Holder::Stage(id),
            _ => return None,
        };
        Some(Self {
            meeting: Uuid::from_slice(&content[1..17]).ok()?,
            holder,
            generation: u32::from_be_bytes(content[33..37].try_into().ok()?),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn credentials() -> [Credential; 3] {
        let id = Uuid::new_v4();
        [Holder::Seat(id), Holder::Alias(id), Holder::Stage(id)].map(|holder| Credential {
            meeting: Uuid::now_v7(),
            holder,
            generation: 3,
        })
    }

    #[test]
    fn a_token_opens_to_what_was_sealed() {
        let key = ServerKey::fresh().unwrap();
        for credential in credentials() {
            let token = credential.seal(&key);
            assert_eq!(Credential::open(&key, &token), Some(credential));
        }
    }

    #[test]
    fn another_servers_token_does_not_open() {
        let [credential, ..] = credentials();
        let token = credential.seal(&ServerKey::fresh().unwrap());
        assert_eq!(Credential::open(&ServerKey::fresh().unwrap(), &token), None);
    }

    #[test]
    fn no_byte_of_a_token_can_be_changed() {
        let key = ServerKey::fresh().unwrap();
        let [credential, ..] = credentials();
        let bytes = URL_SAFE_NO_PAD.decode(credential.seal(&key)).unwrap();
        for place in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[place] ^= 1;
            assert_eq!(
                Credential::open(&key, &URL_SAFE_NO_PAD.encode(changed)),
                None
            );
        }
        for text in ["", "x", "ä", &"A".repeat(71), &"A".repeat(4000)] {
            assert_eq!(Credential::open(&key, text), None);
        }
    }
}
