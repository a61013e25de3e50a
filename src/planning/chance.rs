//! A small generator of pseudo-random numbers (xorshift64*, seeded through splitmix64): the same seed gives the same row on
//! every computer. Knows nothing of groups; never to be used for secrets.

/// A row of pseudo-random numbers.
#[derive(Debug, Clone)]
pub struct Chance(u64);

impl Chance {
    /// The row of this seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        let mut mixed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        Self((mixed ^ (mixed >> 31)) | 1)
    }

    /// The next 32 bits.
    #[inline]
    pub fn next(&mut self) -> u32 {
        let mut x = self.0;
        x ^= x >> 12;
        x ^= x << 25;
        x ^= x >> 27;
        self.0 = x;
        (x.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 32) as u32
    }

    /// A number below `end`; 0 when `end` is 0.
    #[inline]
    pub fn below(&mut self, end: usize) -> usize {
        ((u64::from(self.next()).wrapping_mul(end as u64)) >> 32) as usize
    }

    /// How much worse a change may be at this heat: exponentially distributed around `heat`. In integers, with the logarithm
    /// taken as straight between powers of two, so that no computer rounds otherwise.
    #[inline]
    pub fn patience(&mut self, heat: u32) -> i32 {
        let drawn = self.next() | 1;
        let halvings = drawn.leading_zeros();
        let within = (drawn << halvings << 1) >> 24;
        let bits = (halvings << 8) + (256 - within);
        // 177/256 is the natural logarithm of two; `heat` is in 1/256.
        ((u64::from(heat) * u64::from(bits) * 177) >> 24) as i32
    }

    /// Mixes a list.
    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            list.swap(last, self.below(last + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patience_has_the_mean_of_its_heat() {
        let mut chance = Chance::new(7);
        let sum: i64 = (0..100_000)
            .map(|_| i64::from(chance.patience(100 << 8)))
            .sum();
        assert!((95..106).contains(&(sum / 100_000)), "{}", sum / 100_000);
    }

    #[test]
    fn the_same_seed_gives_the_same_row() {
        let row = |seed| {
            let mut chance = Chance::new(seed);
            (0..5).map(|_| chance.next()).collect::<Vec<_>>()
        };
        assert_eq!(row(3), row(3));
        assert_ne!(row(3), row(4));
    }
}
