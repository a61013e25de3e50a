//! The hash chain that finds a flipped bit, and lets a redaction pass without losing it. Pure.
//!
//! ```text
//! body(e)  = at ‖ seat? ‖ device? ‖ n? ‖ listed? ‖ payload        8 bytes big-endian; optional parts: 0, or 1 and the part;
//!                                                                  listed with its length (4 bytes) before it
//! digest(e) = SHA-256("openfloor entry 1" ‖ salt (16 random bytes) ‖ body(e))
//! link(e)   = SHA-256(link of the entry before ‖ digest(e))        before the first: SHA-256("openfloor meeting 1" ‖ meeting)
//! ```
//! The position is no part of it: the order is what the links say. An entry that redacts others *lists* them: position and
//! SHA-256("openfloor rewritten 1" ‖ position ‖ body with the new payload). As the list is part of its body, the new hashes
//! join the chain. A rewritten entry keeps its digest in the place of its salt, so every link can still be computed, the old
//! text cannot be guessed and tried against the digest, and the new text is held by the list of a later entry.

use std::collections::BTreeMap;

use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::entry::{Entry, Position, Record};

pub(super) type Hash = [u8; 32];
pub(super) type Salt = [u8; 16];

/// What stands before the first entry of a meeting.
pub(super) fn genesis(meeting: Uuid) -> Hash {
    let mut hash = Sha256::new_with_prefix(b"openfloor meeting 1");
    hash.update(meeting.as_bytes());
    hash.finalize().into()
}

pub(super) fn digest(salt: &Salt, record: &Record, listed: Option<&[u8]>) -> Hash {
    let mut hash = Sha256::new_with_prefix(b"openfloor entry 1");
    hash.update(salt);
    body(&mut hash, record, listed);
    hash.finalize().into()
}

pub(super) fn link(before: &Hash, digest: &Hash) -> Hash {
    let mut hash = Sha256::new_with_prefix(before);
    hash.update(digest);
    hash.finalize().into()
}

fn rewritten(position: Position, record: &Record, listed: Option<&[u8]>) -> Hash {
    let mut hash = Sha256::new_with_prefix(b"openfloor rewritten 1");
    hash.update(position.number().to_be_bytes());
    body(&mut hash, record, listed);
    hash.finalize().into()
}

fn body(hash: &mut Sha256, record: &Record, listed: Option<&[u8]>) {
    hash.update(record.at.to_be_bytes());
    part(hash, record.seat.as_ref().map(|seat| &seat.as_bytes()[..]));
    part(
        hash,
        record.device.as_ref().map(|device| &device.as_bytes()[..]),
    );
    part(
        hash,
        record.n.map(u64::to_be_bytes).as_ref().map(|n| &n[..]),
    );
    let length = listed.map(|listed| (listed.len() as u64).to_be_bytes());
    part(hash, length.as_ref().map(|length| &length[4..]));
    hash.update(listed.unwrap_or_default());
    hash.update(&record.payload);
}

fn part(hash: &mut Sha256, bytes: Option<&[u8]>) {
    hash.update([u8::from(bytes.is_some())]);
    hash.update(bytes.unwrap_or_default());
}

/// The list of a redacting entry: for each rewritten entry 8 bytes of position and 32 of hash.
#[derive(Debug, Default)]
pub(super) struct List(Vec<u8>);

impl List {
    /// `listed`: the list that the rewritten entry itself carries, if it redacts others.
    pub(super) fn add(&mut self, position: Position, record: &Record, listed: Option<&[u8]>) {
        self.0.extend(position.number().to_be_bytes());
        self.0.extend(rewritten(position, record, listed));
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.0
    }
}

/// How an entry is held in the chain: by its salt as it was written, or, once rewritten, by its digest alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Seal {
    Salt(Salt),
    Digest(Hash),
}

impl Seal {
    pub(super) fn digest(&self, record: &Record, listed: Option<&[u8]>) -> Hash {
        match self {
            Self::Salt(salt) => digest(salt, record, listed),
            Self::Digest(digest) => *digest,
        }
    }
}

/// An entry as it lies in the store.
#[derive(Debug, Clone)]
pub(super) struct Stored {
    pub(super) position: Position,
    pub(super) record: Record,
    pub(super) seal: Seal,
    pub(super) link: Hash,
    pub(super) listed: Option<Vec<u8>>,
}

/// Takes a meeting's entries in order and says which one is damaged, if any.
#[derive(Debug)]
pub(super) struct Verifier {
    link: Hash,
    entries: Vec<Entry>,
    /// Rewritten entries whose announcement must still come, with their hash.
    rewritten: BTreeMap<Position, Hash>,
    announced: BTreeMap<Position, Hash>,
}

impl Verifier {
    /// Begins after an entry with this link (or the genesis).
    pub(super) fn after(link: Hash) -> Self {
        Self {
            link,
            entries: Vec::new(),
            rewritten: BTreeMap::new(),
            announced: BTreeMap::new(),
        }
    }

    /// Takes the next entry; false when its link does not follow from what it holds.
    pub(super) fn take(&mut self, stored: Stored) -> bool {
        let Stored {
            position,
            record,
            seal,
            link: written,
            listed,
        } = stored;
        let listed = listed.as_deref();
        let follows = link(&self.link, &seal.digest(&record, listed));
        if follows != written {
            return false;
        }
        if let Seal::Digest(_) = seal {
            self.rewritten
                .insert(position, rewritten(position, &record, listed));
        }
        if !self.announce(listed.unwrap_or_default()) {
            return false;
        }
        self.link = follows;
        self.entries.push(Entry { position, record });
        true
    }

    fn announce(&mut self, listed: &[u8]) -> bool {
        let (lines, rest) = listed.as_chunks::<40>();
        for line in lines {
            let (position, hash) = line.split_at(8);
            let (Ok(position), Ok(hash)) = (position.try_into(), hash.try_into()) else {
                return false;
            };
            self.announced
                .insert(Position::at(u64::from_be_bytes(position)), hash);
        }
        rest.is_empty()
    }

    /// The link of the last entry taken.
    pub(super) fn link(&self) -> &Hash {
        &self.link
    }

    /// All entries, or the first rewritten one that no later entry announced, with what is whole before it.
    pub(super) fn finish(self) -> Result<Vec<Entry>, (Position, Vec<Entry>)> {
        let unannounced = self
            .rewritten
            .iter()
            .find(|(position, hash)| self.announced.get(position) != Some(hash));
        match unannounced {
            None => Ok(self.entries),
            Some((&position, _)) => {
                let mut intact = self.entries;
                intact.retain(|entry| entry.position < position);
                Err((position, intact))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stored(
        before: &Hash,
        number: u64,
        payload: &'static str,
        listed: Option<Vec<u8>>,
    ) -> Stored {
        let record = Record::new(7, payload);
        let salt = [u8::try_from(number).unwrap(); 16];
        let link = link(before, &digest(&salt, &record, listed.as_deref()));
        Stored {
            position: Position::at(number),
            record,
            seal: Seal::Salt(salt),
            link,
            listed,
        }
    }

    fn verdict(all: &[Stored]) -> Result<usize, u64> {
        let mut verifier = Verifier::after(genesis(Uuid::nil()));
        for stored in all {
            if !verifier.take(stored.clone()) {
                return Err(stored.position.number());
            }
        }
        verifier
            .finish()
            .map(|all| all.len())
            .map_err(|(position, _)| position.number())
    }

    /// Three entries, the second rewritten, the third announcing it.
    fn redacted() -> Vec<Stored> {
        let first = stored(&genesis(Uuid::nil()), 1, "one", None);
        let mut second = stored(&first.link, 2, "my name is Ana", None);
        let Seal::Salt(salt) = second.seal else {
            unreachable!()
        };
        second.seal = Seal::Digest(digest(&salt, &second.record, None));
        second.record.payload = "".into();
        let mut list = List::default();
        list.add(second.position, &second.record, None);
        let third = stored(&second.link, 3, "redacted", Some(list.bytes().to_vec()));
        vec![first, second, third]
    }

    #[test]
    fn a_whole_chain_verifies_and_a_redaction_keeps_it_whole() {
        assert_eq!(verdict(&redacted()), Ok(3));
    }

    #[test]
    fn every_part_of_an_entry_is_held() {
        let changes: [fn(&mut Stored); 6] = [
            |stored| stored.record.at += 1,
            |stored| stored.record.seat = Some(Uuid::nil()),
            |stored| stored.record.device = Some(Uuid::nil()),
            |stored| stored.record.n = Some(0),
            |stored| stored.record.payload = "ONE".into(),
            |stored| stored.listed = Some(Vec::new()),
        ];
        for (which, change) in changes.iter().enumerate() {
            let mut all = redacted();
            change(&mut all[0]);
            assert_eq!(verdict(&all), Err(1), "change {which} of an original");
            let mut all = redacted();
            change(&mut all[1]);
            assert_eq!(verdict(&all), Err(2), "change {which} of a rewritten entry");
        }
    }

    #[test]
    fn a_rewritten_entry_that_nobody_announced_is_damage() {
        assert_eq!(verdict(&redacted()[..2]), Err(2));
    }

    #[test]
    fn entries_cannot_change_places_or_meetings() {
        let mut all = redacted();
        all.swap(0, 1);
        assert!(verdict(&all).is_err());
        let mut other = Verifier::after(genesis(Uuid::max()));
        assert!(!other.take(redacted().remove(0)));
    }

    /// The form is stored: whoever changes it must read the old one too.
    #[test]
    fn the_form_of_the_hashes_stays() {
        let record = Record {
            at: 1_790_000_000_123,
            seat: Some(Uuid::from_u128(1)),
            device: None,
            n: Some(7),
            payload: "payload".into(),
        };
        let hex = |hash: Hash| {
            hash.iter()
                .map(|byte| format!("{byte:02x}"))
                .collect::<String>()
        };
        let digest = digest(&[9; 16], &record, Some(b"list"));
        assert_eq!(
            hex(genesis(Uuid::nil())),
            "1f006323ee1586a5f6a2ecde868b322d75e1247a4b739e2b1b0688a30ea8489f"
        );
        assert_eq!(
            hex(digest),
            "8c4996d5624c1a9b83e0d13d59ca8c361ee3ea74ee1d42e8afa51bc2ae8b3819"
        );
        assert_eq!(
            hex(link(&genesis(Uuid::nil()), &digest)),
            "c1f0f42f4ae46ce678d8178e63a2fe9fea1a689712a838c40344f7db4f25f2ae"
        );
        assert_eq!(
            hex(rewritten(Position::at(5), &record, None)),
            "fa8b2048a4274a8337808a739edd29970b3f63e41c73733eb3577a461f134de8"
        );
    }
}
