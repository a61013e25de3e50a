//! Files of a meeting (slides, pictures), named by the SHA-256 of their content.
//! Knows nothing of what they show or who may see them.

use std::fmt;
use std::fmt::Write as _;
use std::str::FromStr;

use sha2::{Digest as _, Sha256};

/// The name of a blob: the SHA-256 of its bytes, written as 64 lower-case hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlobHash([u8; 32]);

impl BlobHash {
    /// The name these bytes have.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }
}

impl fmt::Display for BlobHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::with_capacity(64);
        for byte in self.0 {
            write!(text, "{byte:02x}")?;
        }
        f.pad(&text)
    }
}

/// The text is not 64 lower-case hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a blob is named by 64 lower-case hexadecimal digits")]
pub struct NotABlobHash;

impl FromStr for BlobHash {
    type Err = NotABlobHash;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits: Vec<u8> = text
            .chars()
            .map(digit)
            .collect::<Option<_>>()
            .ok_or(NotABlobHash)?;
        let bytes: Vec<u8> = digits
            .chunks(2)
            .map(|pair| pair.iter().fold(0, |byte, digit| byte << 4 | digit))
            .collect();
        if digits.len() != 64 {
            return Err(NotABlobHash);
        }
        bytes.try_into().map(Self).map_err(|_| NotABlobHash)
    }
}

fn digit(sign: char) -> Option<u8> {
    match sign {
        '0'..='9' | 'a'..='f' => sign.to_digit(16).and_then(|digit| u8::try_from(digit).ok()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_written_and_read_back() {
        let hash = BlobHash::of(b"a slide");
        assert_eq!(hash.to_string().parse(), Ok(hash));
        assert_eq!(hash.to_string().len(), 64);
    }

    #[test]
    fn what_is_no_name_is_refused() {
        let name = BlobHash::of(b"").to_string();
        for wrong in [
            "",
            "00",
            "../../etc/passwd",
            &name.to_uppercase(),
            &format!("{name}0"),
            &name[1..],
        ] {
            assert_eq!(wrong.parse::<BlobHash>(), Err(NotABlobHash), "{wrong}");
        }
    }
}
