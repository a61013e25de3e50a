//! Repeatable chance: the same seed gives the same hall. Not for secrets.

use std::time::Duration;

/// A small generator (SplitMix64, Steele et al. 2014).
#[derive(Debug, Clone)]
pub struct Chance(u64);

impl Chance {
    /// The hall of this seed, and of this place in it.
    #[must_use]
    pub fn new(seed: u64, place: u64) -> Self {
        let mut chance = Self(seed ^ place.wrapping_mul(0xd1b5_4a32_d192_ed03));
        chance.bits();
        chance
    }

    /// 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`; 0 when `end` is 0.
    pub fn below(&mut self, end: usize) -> usize {
        if end == 0 {
            0
        } else {
            usize::try_from(self.bits() % end as u64).unwrap_or(0)
        }
    }

    /// Between 0 and 1.
    #[expect(clippy::cast_precision_loss, reason = "53 bits fit")]
    pub fn share(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// True this often out of a hundred.
    pub fn percent(&mut self, often: usize) -> bool {
        self.below(100) < often
    }

    /// A wait like those between people's acts: mostly short, sometimes long, `mean` on average.
    pub fn wait(&mut self, mean: Duration) -> Duration {
        mean.mul_f64((-(1.0 - self.share()).ln()).min(8.0))
    }

    /// Anything up to `most`: full jitter.
    pub fn up_to(&mut self, most: Duration) -> Duration {
        most.mul_f64(self.share())
    }

    /// One of these; `None` of none.
    pub fn pick<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        of.get(self.below(of.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_hall_and_each_place_its_own() {
        let draw = |seed, place| {
            let mut c = Chance::new(seed, place);
            [c.bits(), c.bits()]
        };
        assert_eq!(draw(7, 1), draw(7, 1));
        assert_ne!(draw(7, 1), draw(7, 2));
        assert_ne!(draw(7, 1), draw(8, 1));
    }

    #[test]
    fn waits_keep_their_mean() {
        let mut chance = Chance::new(1, 1);
        let total: Duration = (0..2_000)
            .map(|_| chance.wait(Duration::from_secs(1)))
            .sum();
        let mean = total.as_secs_f64() / 2_000.0;
        assert!((0.85..1.15).contains(&mean), "{mean}");
    }
}
