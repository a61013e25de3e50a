//! Which numbers of which outbox were applied, so that a repeat is the same and never twice.
//! The rule is WIRE.md "Numbers and retries".

use std::collections::BTreeMap;
use std::collections::VecDeque;

use super::ids::DeviceId;

/// How many applied numbers are remembered per device.
pub const REMEMBERED: usize = 256;

/// What is known of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// Not seen: decide it.
    New,
    /// Applied with the same command: `ok` again.
    Same,
    /// Applied with another command: `number_reused`.
    Other,
    /// Lower than one that was applied, itself not applied: `superseded`.
    Lower,
}

/// The marks of all devices.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Marks {
    devices: BTreeMap<DeviceId, VecDeque<(u64, u64)>>,
}

impl Marks {
    /// What is known of `n` from `device`, whose command hashes to `hash`.
    #[must_use]
    pub fn known(&self, device: DeviceId, n: u64, hash: u64) -> Known {
        let Some(applied) = self.devices.get(&device) else {
            return Known::New;
        };
        match applied.binary_search_by_key(&n, |(number, _)| *number) {
            Ok(place) if applied[place].1 == hash => Known::Same,
            Ok(_) => Known::Other,
            Err(place) if place == applied.len() => Known::New,
            Err(_) => Known::Lower,
        }
    }

    /// The highest number applied from `device`; 0 when there is none.
    #[must_use]
    pub fn highest(&self, device: DeviceId) -> u64 {
        self.devices
            .get(&device)
            .and_then(|applied| applied.back())
            .map_or(0, |(number, _)| *number)
    }

    /// Remembers that `n` was applied. Numbers come in rising order; a lower one is ignored.
    pub fn mark(&mut self, device: DeviceId, n: u64, hash: u64) {
        let applied = self.devices.entry(device).or_default();
        if applied.back().is_some_and(|(highest, _)| *highest >= n) {
            return;
        }
        if applied.len() == REMEMBERED {
            applied.pop_front();
        }
        applied.push_back((n, hash));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_repeat_is_the_same_and_a_reused_number_is_not() {
        let device = DeviceId(Uuid::from_u128(1));
        let mut marks = Marks::default();
        assert_eq!(marks.known(device, 1, 7), Known::New);
        marks.mark(device, 1, 7);
        marks.mark(device, 4, 9);
        assert_eq!(marks.known(device, 1, 7), Known::Same);
        assert_eq!(marks.known(device, 1, 8), Known::Other);
        assert_eq!(marks.known(device, 3, 7), Known::Lower);
        assert_eq!(marks.known(device, 5, 7), Known::New);
        assert_eq!(marks.highest(device), 4);
    }

    #[test]
    fn only_the_last_numbers_are_remembered() {
        let device = DeviceId(Uuid::from_u128(1));
        let mut marks = Marks::default();
        for n in 1..=300 {
            marks.mark(device, n, n);
        }
        assert_eq!(marks.known(device, 44, 44), Known::Lower);
        assert_eq!(marks.known(device, 45, 45), Known::Same);
    }
}
