//! Finds what could lead a child outside the meeting: links, e-mail addresses, phone numbers.
//! A finding only holds the text for the moderator, so it may err a little on the side of finding.

/// Endings that make `word.ending` a link. Those that are words of their own need a path behind them (`PATHED`).
const ENDINGS: &[&str] = &[
    "com",
    "net",
    "org",
    "info",
    "edu",
    "gov",
    "biz",
    "az",
    "ru",
    "ge",
    "tr",
    "ua",
    "kz",
    "uz",
    "eu",
    "uk",
    "fr",
    "tv",
    "io",
    "app",
    "dev",
    "xyz",
    "site",
    "online",
    "shop",
    "link",
    "club",
    "live",
    "рф",
    "онлайн",
    "ge",
];

const PATHED: &[&str] = &[
    "me", "am", "to", "by", "de", "it", "in", "is", "at", "be", "so", "co", "ly", "gl", "gg",
    "page",
];

/// Digits a phone number has at least, written without and with a plus sign.
const PHONE: usize = 9;
const PLUS_PHONE: usize = 7;

/// Whether a link, an e-mail address or a phone number is in the text.
#[must_use]
pub fn leads_outside(text: &str) -> bool {
    let lower = text.to_lowercase();
    lower
        .split_whitespace()
        .any(|word| is_link(word) || is_mail(word))
        || has_phone(&lower)
}

fn is_link(word: &str) -> bool {
    if word.contains("://") || word.contains("www.") {
        return true;
    }
    let word = word.trim_start_matches(|sign: char| !sign.is_alphanumeric());
    let (host, path) = word
        .split_once('/')
        .map_or((word, false), |(host, _)| (host, true));
    let host = host.trim_end_matches(|sign: char| !sign.is_alphanumeric());
    let host = host.split_once(':').map_or(host, |(host, _)| host);
    let Some((name, ending)) = host.rsplit_once('.') else {
        return false;
    };
    let named = name.chars().any(char::is_alphanumeric) && name.ends_with(char::is_alphanumeric);
    named && (ENDINGS.contains(&ending) || path && PATHED.contains(&ending))
}

fn is_mail(word: &str) -> bool {
    let Some((before, after)) = word.split_once('@') else {
        return false;
    };
    let domain = after.trim_end_matches(|sign: char| !sign.is_alphanumeric());
    before.ends_with(char::is_alphanumeric)
        && domain
            .rsplit_once('.')
            .is_some_and(|(host, ending)| !host.is_empty() && ending.chars().count() >= 2)
}

/// Runs of digits with the usual separators between them.
fn has_phone(text: &str) -> bool {
    let mut run = String::new();
    for sign in text.chars().chain(['\n']) {
        if sign.is_numeric()
            || matches!(
                sign,
                ' ' | '-' | '(' | ')' | '+' | '\u{A0}' | '\u{2010}'..='\u{2015}'
            )
        {
            run.push(sign);
        } else if std::mem::take(&mut run)
            .split('+')
            .enumerate()
            .any(|(place, part)| is_phone(part, place > 0))
        {
            return true;
        }
    }
    false
}

fn is_phone(run: &str, plus: bool) -> bool {
    let groups: Vec<String> = run
        .split(|sign: char| !sign.is_numeric())
        .filter(|group| !group.is_empty())
        .map(super::fold::fold)
        .collect();
    let digits: usize = groups.iter().map(|group| group.chars().count()).sum();
    let enough = if plus { PLUS_PHONE } else { PHONE };
    digits >= enough && !are_years(&groups) && !is_round(&groups)
}

fn are_years(groups: &[String]) -> bool {
    groups
        .iter()
        .all(|group| group.len() == 4 && (group.starts_with("19") || group.starts_with("20")))
}

/// A large number of money or people: "1 000 000 000".
fn is_round(groups: &[String]) -> bool {
    groups.len() > 2 && groups.iter().skip(1).all(|group| group == "000")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_mail_and_phones_are_found() {
        for text in [
            "see https://evil.example/x",
            "www.site",
            "instagram.com/me",
            "yaz: bakı.az",
            "(t.me/whoever)",
            "пишите на сайт.рф!",
            "mail a.b@example.org.",
            "050 123 45 67",
            "+994 50 1234567",
            "(012) 412-34-567",
            "٠٥٠ ١٢٣ ٤٥ ٦٧",
            "zəng et 0501234567 indi",
        ] {
            assert!(leads_outside(text), "{text}");
        }
    }

    #[test]
    fn ordinary_questions_are_not_held() {
        for text in [
            "What happens in 2026, 2027 and 2028?",
            "2024 2025 2026 2027",
            "Will 1 000 000 000 manat be enough?",
            "At 18.00 or 19.30?",
            "Salam.Mən müəlliməm",
            "т.е. когда?",
            "e.g. this one",
            "Is Node.js taught? And C++?",
            "What is 3/4 of 12.5?",
            "me@school, you know",
            "Tell me.to be sure",
            "100-120 people, 25 tables, 10 minutes",
        ] {
            assert!(!leads_outside(text), "{text}");
        }
    }
}
