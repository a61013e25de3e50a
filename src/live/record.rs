//! Between what the meeting calls an entry and what the journal calls a record. Also which outbox a command belongs to.
//!
//! What must never be in a record: anything that joins an anonymous question to a seat. An anonymous `ask` under a seat's
//! own token leaves no seat, no outbox, no number and no hash; an alias leaves its own id and outbox alone.

use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::journal::Record;
use crate::meeting::command::Command;
use crate::meeting::fact::{Entry, Fact, Stamp};
use crate::meeting::ids::{DeviceId, Timestamp};
use crate::meeting::role::Actor;
use crate::meeting::wish::Wish;

use super::answer::Sent;
use super::crowd::bare;

/// Who and which number an entry carries.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Signature {
    pub by: Option<Uuid>,
    /// Outbox, number, and the command's hash.
    pub number: Option<(DeviceId, u64, u64)>,
}

impl Signature {
    /// The stamp the entry is applied under.
    pub fn stamp(self, at: Timestamp) -> Stamp {
        Stamp {
            at,
            number: self.number.map(|(outbox, n, _)| (outbox, n)),
        }
    }

    /// The entry of these facts.
    pub fn entry(self, facts: Vec<Fact>) -> Entry {
        Entry {
            hash: self.number.map(|(_, _, hash)| hash),
            facts,
        }
    }

    /// The record of that entry.
    pub fn record(self, at: Timestamp, entry: &Entry) -> Record {
        Record {
            at: at.0,
            seat: self.by,
            device: self.number.map(|(outbox, _, _)| outbox.0),
            n: self.number.map(|(_, n, _)| n),
            payload: entry.encode().into(),
        }
    }
}

/// The stamp of a record that was read.
pub(super) fn stamp(record: &Record) -> Stamp {
    let number = record.device.zip(record.n);
    Stamp {
        at: Timestamp(record.at),
        number: number.map(|(outbox, n)| (DeviceId(outbox), n)),
    }
}

/// The outbox of a device for one holder. Numbers belong to (device, holder): the same device name under another holder is
/// another outbox, so nobody can use up somebody else's numbers, and an alias's outbox says nothing of a seat's.
pub(super) fn outbox(holder: Uuid, device: Option<DeviceId>) -> DeviceId {
    let Some(device) = device.filter(|device| device.0 != holder) else {
        return DeviceId(holder);
    };
    let digest = Sha256::new()
        .chain_update(holder.as_bytes())
        .chain_update(device.0.as_bytes())
        .finalize();
    let mut id = [0; 16];
    id.copy_from_slice(&digest[..16]);
    DeviceId(uuid::Builder::from_custom_bytes(id).into_uuid())
}

/// Whether nothing of who sent it may be kept: an anonymous question under the seat's own token.
pub(super) fn leaves_no_trace(sent: &Sent) -> bool {
    let anonymous = matches!(
        sent.command,
        Command::Ask {
            anonymous: Some(true),
            ..
        }
    );
    anonymous && matches!(sent.by, Actor::Seat(_))
}

/// Who a wish is signed with: nobody where notes are written, for a table's notes say nothing of who wrote what.
pub(super) fn signer(actor: Actor, wish: &Wish) -> Option<Uuid> {
    match wish {
        Wish::Note { .. } => None,
        _ => bare(actor),
    }
}

/// What a command is signed with.
pub(super) fn signature(sent: &Sent, hash: u64) -> Signature {
    if leaves_no_trace(sent) {
        return Signature::default();
    }
    let by = bare(sent.by);
    Signature {
        by,
        number: by.map(|by| (outbox(by, sent.device), sent.n, hash)),
    }
}

/// The command's hash, and whom it was sent for.
pub(super) fn hash(sent: &Sent) -> u64 {
    let hash = crate::meeting::hash(&sent.command);
    match sent.as_ {
        None => hash,
        Some(proxy) => {
            let (high, low) = proxy.as_u64_pair();
            hash ^ high ^ low.rotate_left(32)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meeting::ids::{ActivityId, AliasId, QuestionId, SeatId};

    fn ask(by: Actor, anonymous: Option<bool>) -> Sent {
        Sent {
            by,
            generation: 0,
            as_: None,
            device: Some(DeviceId(Uuid::from_u128(77))),
            n: 5,
            command: Command::Ask {
                id: QuestionId(Uuid::from_u128(9)),
                activity: ActivityId(Uuid::from_u128(8)),
                text: "Why?".into(),
                anonymous,
                as_tag: None,
                language: None,
            },
        }
    }

    #[test]
    fn an_anonymous_question_under_a_seat_leaves_nothing_that_joins_them() {
        let seat = Actor::Seat(SeatId(Uuid::from_u128(1)));
        let signature = signature(&ask(seat, Some(true)), 3);
        let record = signature.record(Timestamp(1), &signature.entry(Vec::new()));
        assert_eq!((record.seat, record.device, record.n), (None, None, None));
        assert!(signature.entry(Vec::new()).hash.is_none());
    }

    #[test]
    fn an_alias_leaves_its_own_id_and_an_outbox_that_is_not_the_device() {
        let alias = Uuid::from_u128(2);
        let signature = signature(&ask(Actor::Alias(AliasId(alias)), Some(true)), 3);
        let record = signature.record(Timestamp(1), &signature.entry(Vec::new()));
        assert_eq!(record.seat, Some(alias));
        assert_ne!(record.device, Some(Uuid::from_u128(77)));
        assert_eq!(record.n, Some(5));
    }

    #[test]
    fn the_same_device_under_two_holders_is_two_outboxes() {
        let device = Some(DeviceId(Uuid::from_u128(7)));
        let (one, two) = (Uuid::from_u128(1), Uuid::from_u128(2));
        assert_ne!(outbox(one, device), outbox(two, device));
        assert_eq!(outbox(one, None), DeviceId(one));
        assert_eq!(outbox(one, Some(DeviceId(one))), DeviceId(one));
    }
}
