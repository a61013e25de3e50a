//! How often a wrong code may be tried: 20 a minute from one address, 10 a second in all.
//! Right ones are never charged, so a hall behind one address is not punished for one who guesses.
//! Addresses live in memory alone, as a hash whose key is renewed at each start.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::net::IpAddr;
use std::num::NonZeroU32;

use governor::clock::{Clock, DefaultClock};
use governor::middleware::NoOpMiddleware;
use governor::state::keyed::DashMapStateStore;
use governor::state::{InMemoryState, NotKeyed};
use governor::{Quota, RateLimiter};

/// How many wrong codes an address may try at once, and then in each minute.
pub const WRONG_PER_MINUTE: u32 = 20;
/// How many wrong codes all addresses together may try in a second.
pub const WRONG_PER_SECOND: u32 = 10;
/// Above this many remembered addresses the ones that have recovered are forgotten.
const REMEMBERED: usize = 4096;

/// What a wrong try is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// "There is no such meeting."
    Unknown,
    /// "Too many wrong codes."
    TooMany,
}

type Keyed<C> = RateLimiter<u64, DashMapStateStore<u64>, C, NoOpMiddleware<<C as Clock>::Instant>>;
type Single<C> = RateLimiter<NotKeyed, InMemoryState, C, NoOpMiddleware<<C as Clock>::Instant>>;

/// The wrong tries of all addresses.
#[derive(Debug)]
pub struct Tries<C: Clock = DefaultClock> {
    hasher: RandomState,
    each: Keyed<C>,
    all: Single<C>,
}

impl Default for Tries {
    fn default() -> Self {
        Self::with_clock(DefaultClock::default())
    }
}

impl<C: Clock + Clone> Tries<C> {
    /// With a clock of one's own.
    #[must_use]
    pub fn with_clock(clock: C) -> Self {
        let (minute, second) = (
            at_least_one(WRONG_PER_MINUTE),
            at_least_one(WRONG_PER_SECOND),
        );
        Self {
            hasher: RandomState::new(),
            each: RateLimiter::new(
                Quota::per_minute(minute),
                DashMapStateStore::default(),
                clock.clone(),
            ),
            all: RateLimiter::direct_with_clock(Quota::per_second(second), clock),
        }
    }

    /// Charges `address` for a code that was looked up and not found.
    pub fn charge(&self, address: IpAddr) -> Wrong {
        if self.each.len() > REMEMBERED {
            self.each.retain_recent();
        }
        let place = self.hasher.hash_one(network(address));
        // The address first: one that guesses must not use up what all others share.
        if self.each.check_key(&place).is_err() || self.all.check().is_err() {
            return Wrong::TooMany;
        }
        Wrong::Unknown
    }
}

/// An IPv6 holder has a whole /64, so that counts as one address.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(six) => IpAddr::V6((u128::from(six) & !u128::from(u64::MAX)).into()),
        four => four,
    }
}

fn at_least_one(n: u32) -> NonZeroU32 {
    NonZeroU32::new(n).unwrap_or(NonZeroU32::MIN)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use governor::clock::FakeRelativeClock;

    use super::*;

    fn address(last: u8) -> IpAddr {
        IpAddr::from([10, 0, 0, last])
    }

    #[test]
    fn one_address_has_twenty_wrong_tries_a_minute_and_others_keep_theirs() {
        let clock = FakeRelativeClock::default();
        let tries = Tries::with_clock(clock.clone());
        for n in 0..WRONG_PER_MINUTE {
            assert_eq!(tries.charge(address(1)), Wrong::Unknown, "try {n}");
            clock.advance(Duration::from_millis(100));
        }
        assert_eq!(tries.charge(address(1)), Wrong::TooMany);
        clock.advance(Duration::from_secs(1));
        assert_eq!(tries.charge(address(2)), Wrong::Unknown);
        clock.advance(Duration::from_secs(3));
        assert_eq!(tries.charge(address(1)), Wrong::Unknown);
    }

    #[test]
    fn all_addresses_together_have_ten_a_second() {
        let tries = Tries::with_clock(FakeRelativeClock::default());
        let answers = (0..12).map(|n| tries.charge(address(n)));
        assert_eq!(
            answers.filter(|answer| *answer == Wrong::Unknown).count(),
            WRONG_PER_SECOND as usize
        );
    }

    #[test]
    fn the_addresses_of_one_home_count_together() {
        let one: IpAddr = "2001:db8::1".parse().unwrap();
        let two: IpAddr = "2001:db8::ffff:2".parse().unwrap();
        let other: IpAddr = "2001:db8:0:1::1".parse().unwrap();
        assert_eq!(network(one), network(two));
        assert_ne!(network(one), network(other));
        let mapped: IpAddr = "::ffff:10.0.0.1".parse().unwrap();
        assert_eq!(network(mapped), address(1));
    }
}
