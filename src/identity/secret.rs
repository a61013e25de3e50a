//! Secrets of links: 128 bits in the fragment of an address. Only their SHA-256 is ever stored.
//! Knows nothing of roles: what a link opens stands in the meeting.

use std::fmt::Write;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use super::ServerKey;

const LENGTH: usize = 16;

/// The secret of a link.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret([u8; LENGTH]);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl Secret {
    /// A new one.
    ///
    /// # Errors
    /// The system gives no random bits.
    pub fn fresh() -> std::io::Result<Self> {
        let mut bytes = [0; LENGTH];
        getrandom::fill(&mut bytes).map_err(std::io::Error::other)?;
        Ok(Self(bytes))
    }

    /// The one that the same purpose and parts give again.
    #[must_use]
    pub fn derive(key: &ServerKey, purpose: &str, parts: &[&[u8]]) -> Self {
        let mut bytes = [0; LENGTH];
        bytes.copy_from_slice(&key.derive(purpose, parts)[..LENGTH]);
        Self(bytes)
    }

    /// Reads what stands after `#`; `None` when it cannot be a secret.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text.trim()).ok()?;
        Some(Self(bytes.try_into().ok()?))
    }

    /// What stands after `#`: 22 characters.
    #[must_use]
    pub fn reveal(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }

    /// What is stored: SHA-256 in hex. A secret has 128 random bits, so no salt is needed, and finding one by its
    /// hash tells nothing about others.
    #[must_use]
    pub fn hash(&self) -> String {
        hash(&self.0)
    }
}

/// SHA-256 in hex, of what is random enough to need no salt.
#[must_use]
pub fn hash(random: &[u8]) -> String {
    let digest = Sha256::digest(random);
    digest
        .iter()
        .fold(String::with_capacity(64), |mut hex, byte| {
            // Writing to a String cannot fail.
            let _ = write!(hex, "{byte:02x}");
            hex
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_revealed_is_read_back_and_its_hash_is_not_the_secret() {
        let secret = Secret::fresh().unwrap();
        let shown = secret.reveal();
        assert_eq!(shown.len(), 22);
        assert_eq!(Secret::parse(&shown), Some(secret.clone()));
        assert_eq!(secret.hash().len(), 64);
        assert!(!format!("{secret:?}").contains(&shown));
    }

    #[test]
    fn other_texts_are_no_secrets() {
        for text in ["", "123456", "AAAAAAAAAAAAAAAAAAAAA", "ə"] {
            assert_eq!(Secret::parse(text), None);
        }
    }
}
