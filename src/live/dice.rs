//! Chance for what needs no secrecy: the entropy of a decision and the spread of retries. Seeded by the system.

/// SplitMix64, seeded by the system's random source.
#[derive(Debug)]
pub(super) struct Dice(u64);

impl Dice {
    pub fn new() -> Self {
        Self(getrandom::u64().unwrap_or(0x9E37_79B9_7F4A_7C15))
    }

    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Below `bound`, which is at least 1.
    pub fn below(&mut self, bound: u32) -> u32 {
        u32::try_from(self.roll() % u64::from(bound.max(1))).unwrap_or(0)
    }
}

/// A random number below 2^53, never 0: epochs travel as JSON numbers.
pub(super) fn epoch() -> u64 {
    (Dice::new().roll() >> 11) | 1
}
