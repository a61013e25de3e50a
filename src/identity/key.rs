//! The one key of a server: it seals tokens and derives what a repeated `try` must find again.
//! It lies in the data folder, readable by its owner alone, and is never printed.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::Path;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use uuid::Uuid;

const FILE: &str = "server.key";
const LENGTH: usize = 32;

/// The server's key: 256 random bits.
#[derive(Clone)]
pub struct ServerKey([u8; LENGTH]);

impl std::fmt::Debug for ServerKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ServerKey(…)")
    }
}

impl ServerKey {
    /// A key that lives as long as the process.
    ///
    /// # Errors
    /// The system gives no random bits.
    pub fn fresh() -> io::Result<Self> {
        let mut bytes = [0; LENGTH];
        getrandom::fill(&mut bytes).map_err(io::Error::other)?;
        Ok(Self(bytes))
    }

    /// The key kept in `dir`, made there (mode 0600) when there is none. Two processes that start at once agree:
    /// whichever links its file first wins, the other reads it.
    ///
    /// # Errors
    /// The folder cannot be read or written, or the file is not a key.
    pub fn load(dir: &Path) -> io::Result<Self> {
        let path = dir.join(FILE);
        match Self::read(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            found => return found,
        }
        let key = Self::fresh()?;
        let draft = dir.join(format!("{FILE}.{}", Uuid::new_v4()));
        let written = write_private(&draft, &key.0).and_then(|()| fs::hard_link(&draft, &path));
        let removed = fs::remove_file(&draft);
        match written {
            Ok(()) => {
                removed?;
                File::open(dir)?.sync_all()?;
                Ok(key)
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Self::read(&path),
            Err(error) => Err(error),
        }
    }

    fn read(path: &Path) -> io::Result<Self> {
        let mut bytes = Vec::new();
        File::open(path)?
            .take(LENGTH as u64 + 1)
            .read_to_end(&mut bytes)?;
        let bytes = bytes.try_into().map_err(|_| {
            io::Error::new(
                io::ErrorKind::InvalidData,
                "server.key is not a key of this server",
            )
        })?;
        Ok(Self(bytes))
    }

    /// HMAC-SHA256 over the purpose and the parts. Each part goes in with its length, so that no two lists of
    /// parts give the same input.
    #[must_use]
    pub fn derive(&self, purpose: &str, parts: &[&[u8]]) -> [u8; 32] {
        // A key shorter than SHA-256's block is filled up with zeros (RFC 2104).
        let mut block = [0; 64];
        block[..LENGTH].copy_from_slice(&self.0);
        let mut mac = Hmac::<Sha256>::new(&block.into());
        for part in std::iter::once(&purpose.as_bytes()).chain(parts) {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    }

    /// A UUID (version 4 in form) that the same purpose and parts give again.
    #[must_use]
    pub fn derive_id(&self, purpose: &str, parts: &[&[u8]]) -> Uuid {
        let mut half = [0; 16];
        half.copy_from_slice(&self.derive(purpose, parts)[..16]);
        uuid::Builder::from_random_bytes(half).into_uuid()
    }
}

fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_found_again_and_only_its_owner_may_read_it() {
        let dir = tempfile::tempdir().unwrap();
        let made = ServerKey::load(dir.path()).unwrap();
        let found = ServerKey::load(dir.path()).unwrap();
        assert_eq!(made.0, found.0);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(dir.path().join(FILE))
                .unwrap()
                .permissions()
                .mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_file_that_is_not_a_key_is_refused_rather_than_replaced() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join(FILE), b"short").unwrap();
        let error = ServerKey::load(dir.path()).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::InvalidData);
    }

    #[test]
    fn parts_are_kept_apart() {
        let key = ServerKey([7; LENGTH]);
        assert_eq!(key.derive("a", &[b"bc"]), key.derive("a", &[b"bc"]));
        assert_ne!(key.derive("a", &[b"bc"]), key.derive("a", &[b"b", b"c"]));
        assert_ne!(key.derive("a", &[b"bc"]), key.derive("ab", &[b"c"]));
    }

    #[test]
    fn a_derived_id_looks_like_any_other() {
        let id = ServerKey([7; LENGTH]).derive_id("seat", &[b"x"]);
        assert_eq!(id.get_version_num(), 4);
    }
}
