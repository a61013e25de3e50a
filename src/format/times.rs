//! Times as people write them: "7:00", "1:15:00", or seconds. Owns reading and writing them, nothing else.

/// Seconds of `7:00` (minutes and seconds), `1:15:00` (with hours), or `90` (seconds). Nothing for anything else.
#[must_use]
pub fn seconds(text: &str) -> Option<u32> {
    let mut parts = text.trim().split(':');
    let mut total = number(parts.next()?)?;
    for (count, part) in parts.enumerate() {
        let part = (part.len() == 2 && count < 2).then(|| number(part))??;
        if part > 59 {
            return None;
        }
        total = total.checked_mul(60)?.checked_add(part)?;
    }
    Some(total)
}

fn number(text: &str) -> Option<u32> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok())?
}

/// `7:00`; `75:00` for an hour and a quarter.
#[must_use]
pub fn clock(seconds: u32) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_minutes_and_seconds_or_seconds_alone() {
        for (text, is) in [
            ("7:00", Some(420)),
            ("0:15", Some(15)),
            ("90", Some(90)),
            ("1:15:00", Some(4500)),
            ("60:00", Some(3600)),
            ("7:60", None),
            ("7:0", None),
            ("seven", None),
            ("", None),
            ("-1:00", None),
            ("1:1:1:1", None),
            ("99999999999", None),
        ] {
            assert_eq!(seconds(text), is, "{text}");
        }
        assert_eq!(clock(75), "1:15");
        assert_eq!(clock(4500), "75:00");
    }
}
