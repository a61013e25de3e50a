//! Codes as people type them: read in pairs, with spaces, in the digits of their keyboard.
//! Whether a code belongs to a meeting is asked of the office.

/// The digits of a typed code, or `None` when it cannot be one. Spaces, dashes and dots between digits are dropped;
/// full-width, Arabic-Indic, Persian and Devanagari digits are mapped.
#[must_use]
pub fn normalise(typed: &str) -> Option<String> {
    let mut digits = String::with_capacity(8);
    for sign in typed.chars().take(64) {
        match digit(sign) {
            Some(digit) => digits.push(digit),
            None if is_separator(sign) => {}
            None => return None,
        }
    }
    matches!(digits.len(), 6 | 8).then_some(digits)
}

fn digit(sign: char) -> Option<char> {
    const ZEROS: [u32; 5] = [0x30, 0x660, 0x6F0, 0x966, 0xFF10];
    let sign = u32::from(sign);
    ZEROS
        .iter()
        .find(|zero| (**zero..**zero + 10).contains(&sign))
        .and_then(|zero| char::from_digit(sign - zero, 10))
}

fn is_separator(sign: char) -> bool {
    sign.is_whitespace()
        || matches!(
            sign,
            '-' | '.' | ',' | '\u{2010}'..='\u{2015}' | '\u{200B}'..='\u{200F}' | '\u{2066}'..='\u{2069}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_people_type_it() {
        for typed in [
            "473096",
            " 47 30 96 ",
            "47-30-96",
            "٤٧٣٠٩٦",
            "۴۷۳۰۹۶",
            "４７３０９６",
        ] {
            assert_eq!(normalise(typed).as_deref(), Some("473096"));
        }
        assert_eq!(normalise("12345678").as_deref(), Some("12345678"));
    }

    #[test]
    fn what_cannot_be_a_code_is_none() {
        for typed in ["", "12345", "1234567", "47309a", "desk", &"1".repeat(500)] {
            assert_eq!(normalise(typed), None);
        }
    }
}
