//! What the journal of a stopped server says: which numbers of which device it took, in which order, and each only once.

use std::collections::BTreeMap;
use std::path::Path;

use openfloor::journal::{Journal, Position};
use uuid::Uuid;

/// Numbers by device, in the order in which they were taken.
pub type Ledger = BTreeMap<Uuid, Vec<u64>>;

/// Reads the journal of a server that does not run.
pub async fn read(data: &Path, meeting: &str) -> Ledger {
    let journal = Journal::open(data).unwrap();
    let entries = journal
        .read(meeting.parse().unwrap(), Position::START)
        .await
        .unwrap();
    let mut ledger = Ledger::new();
    for record in entries.into_iter().map(|entry| entry.record) {
        if let (Some(device), Some(n)) = (record.device, record.n) {
            ledger.entry(device).or_default().push(n);
        }
    }
    ledger
}

/// No device's number twice, and each device's in order.
pub fn assert_once_and_in_order(ledger: &Ledger) {
    for (device, numbers) in ledger {
        assert!(
            numbers.is_sorted_by(|a, b| a < b),
            "device {device}: {numbers:?}"
        );
    }
}
