//! The digits by which a meeting is joined: how they are drawn and how typed ones are read.

/// Digits of an ordinary code.
pub const SHORT: usize = 6;
/// Digits on a busy server, where short ones would be too easy to hit by guessing.
pub const LONG: usize = 8;
/// With more live meetings than this, codes are long.
pub const BUSY: usize = 20;

/// What somebody typed as plain digits: spaces and signs between them are left out, digits of other scripts are read.
/// `None` when something else is in it, or it has no code's length.
#[must_use]
pub fn cleaned(typed: &str) -> Option<String> {
    let mut digits = String::with_capacity(LONG);
    for sign in typed.chars() {
        match digit(sign) {
            Some(digit) if digits.len() < LONG => digits.push(digit),
            Some(_) => return None,
            None if sign.is_whitespace()
                || matches!(sign, '-' | '–' | '.' | '·' | '\u{200e}' | '\u{200f}') => {}
            None => return None,
        }
    }
    matches!(digits.len(), SHORT | LONG).then_some(digits)
}

/// Zero of each script whose digits a phone in our languages may type: ASCII, Arabic-Indic, Persian, Devanagari, full width.
const ZEROS: [char; 5] = ['0', '\u{660}', '\u{6f0}', '\u{966}', '\u{ff10}'];

fn digit(sign: char) -> Option<char> {
    let value = ZEROS.iter().find_map(|zero| {
        u32::from(sign)
            .checked_sub(u32::from(*zero))
            .filter(|value| *value < 10)
    })?;
    char::from_digit(value, 10)
}

/// An endless row of codes drawn from `entropy`. None is easy to guess: each has at least three different digits
/// and does not simply count up or down.
pub fn drawn(entropy: u64, length: usize) -> impl Iterator<Item = String> {
    let mut state = entropy;
    std::iter::repeat_with(move || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        written(mixed(state), length)
    })
    .filter(|code| !is_plain(code))
}

fn written(number: u64, length: usize) -> String {
    let most = 10u64.pow(u32::try_from(length).unwrap_or(0));
    format!("{:0length$}", number % most)
}

/// SplitMix64 (Steele, Lea, Flood 2014): every bit of the state reaches every bit of the number.
fn mixed(state: u64) -> u64 {
    let number = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

fn is_plain(code: &str) -> bool {
    let digits = code.as_bytes();
    let different: std::collections::BTreeSet<_> = digits.iter().collect();
    let counts = |step: i16| {
        digits
            .windows(2)
            .all(|pair| i16::from(pair[1]) - i16::from(pair[0]) == step)
    };
    different.len() < 3 || counts(1) || counts(-1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_codes_are_read_in_every_way_they_are_typed() {
        for typed in [
            "473096",
            "47 30 96",
            " 47-30-96\n",
            "٤٧٣٠٩٦",
            "۴۷۳۰۹۶",
            "473\u{a0}096",
            "４７３０９６",
        ] {
            assert_eq!(cleaned(typed).as_deref(), Some("473096"), "{typed}");
        }
        assert_eq!(cleaned("47 30 96 12").as_deref(), Some("47309612"));
        for wrong in [
            "",
            "47309",
            "4730961",
            "473096123",
            "47309a",
            "https://473096",
        ] {
            assert_eq!(cleaned(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn drawn_codes_are_of_that_length_differ_and_are_not_plain() {
        let codes: Vec<String> = drawn(7, SHORT).take(2000).collect();
        let different: std::collections::BTreeSet<_> = codes.iter().collect();
        assert!(different.len() > 1990);
        assert!(
            codes
                .iter()
                .all(|code| code.len() == SHORT && cleaned(code).as_ref() == Some(code))
        );
        assert!(drawn(7, LONG).take(10).all(|code| code.len() == LONG));
        assert_ne!(drawn(8, SHORT).next(), drawn(7, SHORT).next());
        assert!(
            ["111111", "121212", "123456", "987654"]
                .iter()
                .all(|code| is_plain(code))
        );
        assert!(!is_plain("473096"));
    }
}
