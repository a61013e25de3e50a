//! Faults for tests: what the next appends do instead of simply succeeding.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::ledger::Trouble;

/// What one append does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Fault {
    #[default]
    None,
    /// Nothing is written.
    Before(Trouble),
    /// It is written, but nobody learns of it.
    After(Trouble),
    /// It takes this long.
    Slow(Duration),
}

impl Fault {
    pub async fn before(self) -> Result<(), Trouble> {
        match self {
            Self::Before(trouble) => Err(trouble),
            Self::Slow(wait) => {
                tokio::time::sleep(wait).await;
                Ok(())
            }
            Self::None | Self::After(_) => Ok(()),
        }
    }

    pub async fn after(self) -> Result<(), Trouble> {
        match self {
            Self::After(trouble) => Err(trouble),
            Self::None | Self::Before(_) | Self::Slow(_) => Ok(()),
        }
    }
}

/// What the next appends do; none left: they succeed.
#[derive(Debug, Clone, Default)]
pub(super) struct Faults(Arc<Mutex<VecDeque<Fault>>>);

impl Faults {
    pub fn plan(&self, faults: impl IntoIterator<Item = Fault>) {
        self.0.lock().unwrap().extend(faults);
    }

    pub fn next(&self) -> Fault {
        self.0.lock().unwrap().pop_front().unwrap_or_default()
    }

    pub fn are_spent(&self) -> bool {
        self.0.lock().unwrap().is_empty()
    }
}
