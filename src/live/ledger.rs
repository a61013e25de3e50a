//! The journal as a live meeting uses it: append with a time limit, read, and every failure sorted into what must be done
//! about it. Tests make it fail here.

use std::future::Future;
use std::time::Duration;

use uuid::Uuid;

use crate::journal::{AppendError, Entry, Journal, Position, ReadError, Record};

/// What an append that did not succeed means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trouble {
    /// Somebody else wrote meanwhile: read on and decide again.
    Stale,
    /// Nothing was written and nothing can be now.
    Unwritable,
    /// Nothing was written: no space.
    Full,
    /// It may have been written.
    Unknown,
    /// What stands in the journal is damaged: this meeting is read from here on, not written.
    Corrupt,
}

/// What was read.
#[derive(Debug, Default)]
pub(super) struct Read {
    pub list: Vec<Entry>,
    /// It ends before the journal does, for the rest is damaged.
    pub damaged: bool,
}

/// A journal and how long it may take.
#[derive(Debug, Clone)]
pub(super) struct Ledger {
    journal: Journal,
    patience: Duration,
    #[cfg(test)]
    pub faults: super::faults::Faults,
}

impl Ledger {
    pub fn new(journal: Journal, patience: Duration) -> Self {
        Self {
            journal,
            patience,
            #[cfg(test)]
            faults: super::faults::Faults::default(),
        }
    }

    /// Appends the batch as one.
    pub fn append(
        &self,
        meeting: Uuid,
        expected: Position,
        batch: Vec<Record>,
    ) -> impl Future<Output = Result<Position, Trouble>> + Send + use<> {
        let ledger = self.clone();
        async move {
            let append = ledger.append_now(meeting, expected, &batch);
            match tokio::time::timeout(ledger.patience, append).await {
                Ok(outcome) => outcome,
                Err(_) => Err(Trouble::Unknown),
            }
        }
    }

    async fn append_now(
        &self,
        meeting: Uuid,
        expected: Position,
        batch: &[Record],
    ) -> Result<Position, Trouble> {
        #[cfg(test)]
        let fault = self.faults.next();
        #[cfg(test)]
        fault.before().await?;
        let outcome = self
            .journal
            .append(meeting, expected, batch)
            .await
            .map_err(sorted);
        #[cfg(test)]
        fault.after().await?;
        outcome
    }

    /// Everything after a position; of a damaged journal what is whole.
    pub async fn read(&self, meeting: Uuid, after: Position) -> Result<Read, Trouble> {
        match self.journal.read(meeting, after).await {
            Ok(list) => Ok(Read {
                list,
                damaged: false,
            }),
            Err(ReadError::Corrupt { intact, .. }) => Ok(Read {
                list: intact,
                damaged: true,
            }),
            Err(ReadError::NoSuchEntry { .. } | ReadError::Unreadable(_)) => Err(Trouble::Unknown),
        }
    }
}

fn sorted(error: AppendError) -> Trouble {
    match error {
        AppendError::Stale { .. } => Trouble::Stale,
        AppendError::ReadOnly { .. } => Trouble::Corrupt,
        AppendError::Full => Trouble::Full,
        AppendError::Unwritable(_) => Trouble::Unwritable,
        AppendError::Unknown(_) => Trouble::Unknown,
    }
}
