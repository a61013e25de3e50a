//! An exact fraction: a mean over three judges is no whole number of hundredths, and rounding it would make or break ties.
//! Owns the arithmetic; knows nothing of what is counted.

use std::cmp::Ordering;
use std::fmt;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// An exact value, `over / under`. For scores the value is in hundredths: `over / under / 100` is what a person reads.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct Fraction {
    pub over: i64,
    /// At least 1; 0 is read as 1.
    pub under: i64,
}

impl Fraction {
    pub const ZERO: Self = Self { over: 0, under: 1 };

    /// In lowest terms. An `under` of 0 is taken as 1.
    #[must_use]
    pub fn new(over: i64, under: i64) -> Self {
        Self::reduced(i128::from(over), i128::from(under))
    }

    #[must_use]
    pub fn whole(value: i64) -> Self {
        Self {
            over: value,
            under: 1,
        }
    }

    /// The mean of a list; none of an empty one.
    #[must_use]
    pub fn mean(values: &[Self]) -> Option<Self> {
        let count = i64::try_from(values.len()).ok().filter(|many| *many > 0)?;
        Some(Self::sum(values).divided(count))
    }

    #[must_use]
    pub fn sum(values: &[Self]) -> Self {
        values
            .iter()
            .fold(Self::ZERO, |sum, value| sum.plus(*value))
    }

    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        let (a, b) = self.parts();
        let (c, d) = other.parts();
        Self::reduced(
            a.saturating_mul(d).saturating_add(c.saturating_mul(b)),
            b * d,
        )
    }

    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        self.plus(Self {
            over: other.over.saturating_neg(),
            under: other.under,
        })
    }

    /// Shared among `parts`; 0 is taken as 1.
    #[must_use]
    pub fn divided(self, parts: i64) -> Self {
        let (over, under) = self.parts();
        Self::reduced(over, under * i128::from(parts.max(1)))
    }

    #[must_use]
    pub fn times(self, factor: i64) -> Self {
        let (over, under) = self.parts();
        Self::reduced(over.saturating_mul(i128::from(factor)), under)
    }

    /// The nearest whole number, halves away from zero: for scores, hundredths to show.
    #[must_use]
    pub fn rounded(self) -> i64 {
        let (over, under) = self.parts();
        let twice = over.abs() * 2 + under;
        let size = twice / (under * 2);
        let signed = if over < 0 { -size } else { size };
        i64::try_from(signed).unwrap_or(i64::MAX)
    }

    fn parts(self) -> (i128, i128) {
        match self.under {
            0 => (i128::from(self.over), 1),
            under if under < 0 => (-i128::from(self.over), -i128::from(under)),
            under => (i128::from(self.over), i128::from(under)),
        }
    }

    fn reduced(over: i128, under: i128) -> Self {
        let under = if under == 0 { 1 } else { under };
        let shared = gcd(over.unsigned_abs(), under.unsigned_abs()).max(1);
        let shared = i128::try_from(shared).unwrap_or(1);
        let sign = if under < 0 { -1 } else { 1 };
        let (mut over, mut under) = (sign * over / shared, sign * under / shared);
        // More parts than a number of the web can hold (2^53): the last bits go, evenly.
        while under > 1 << 40 || over.abs() > 1 << 52 {
            over /= 2;
            under = (under / 2).max(1);
        }
        Self {
            over: i64::try_from(over).unwrap_or(0),
            under: i64::try_from(under).unwrap_or(1),
        }
    }
}

fn gcd(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

impl Default for Fraction {
    fn default() -> Self {
        Self::ZERO
    }
}

impl Ord for Fraction {
    fn cmp(&self, other: &Self) -> Ordering {
        let (a, b) = self.parts();
        let (c, d) = other.parts();
        (a * d).cmp(&(c * b))
    }
}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Fraction {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Fraction {}

impl fmt::Display for Fraction {
    /// Hundredths as a person reads them, with as few decimals as say it: `262.25`, `75.33`, `38`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hundredths = self.rounded();
        let sign = if hundredths < 0 { "-" } else { "" };
        let size = hundredths.unsigned_abs();
        match (size / 100, size % 100) {
            (whole, 0) => write!(f, "{sign}{whole}"),
            (whole, part) if part % 10 == 0 => write!(f, "{sign}{whole}.{}", part / 10),
            (whole, part) => write!(f, "{sign}{whole}.{part:02}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thirds_add_up_exactly() {
        let third = Fraction::new(22_600, 3);
        let sum = Fraction::sum(&[third, third, third]);
        assert_eq!(sum, Fraction::whole(22_600));
        assert_eq!(Fraction::mean(&[sum, third, third]).unwrap(), {
            // (22600 + 2 × 22600/3) / 3 = 22600 × 5/9
            Fraction::new(22_600 * 5, 9)
        });
    }

    #[test]
    fn a_person_reads_at_most_two_decimals() {
        assert_eq!(Fraction::new(22_600, 3).to_string(), "75.33");
        assert_eq!(Fraction::whole(3_800).to_string(), "38");
        assert_eq!(Fraction::whole(26_150).to_string(), "261.5");
        assert_eq!(Fraction::new(-325, 1).to_string(), "-3.25");
        assert_eq!(Fraction::new(-1, 2).to_string(), "-0.01");
    }

    #[test]
    fn a_nought_below_the_line_does_no_harm() {
        let odd = Fraction { over: 5, under: 0 };
        assert_eq!(odd, Fraction::whole(5));
        assert_eq!(Fraction::new(1, -2), Fraction::new(-1, 2));
    }
}
