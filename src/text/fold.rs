//! Makes texts comparable however they were typed: case, diacritics, and the letters that people write in ASCII.
//! For search, likeness and held words alone; what is folded is never shown.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The folded text: lower case, without diacritics, ə as e, ı as i, ё as е, digits as 0–9.
///
/// Source: reference/inclusion.md 3.3 — an ordinary lower-casing leaves İ, I and ı three different letters, and
/// stripping marks folds neither ə nor ı.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for sign in text.nfc() {
        fold_sign(sign, &mut folded);
    }
    folded
}

fn fold_sign(sign: char, folded: &mut String) {
    match sign {
        'a'..='z' | '0'..='9' | ' ' => folded.push(sign),
        'A'..='Z' => folded.push(sign.to_ascii_lowercase()),
        'İ' | 'ı' => folded.push('i'),
        'Ə' | 'ə' => folded.push('e'),
        'Ё' | 'ё' => folded.push('е'),
        'ß' | 'ẞ' => folded.push_str("ss"),
        'Ø' | 'ø' => folded.push('o'),
        'Ł' | 'ł' => folded.push('l'),
        'Đ' | 'đ' => folded.push('d'),
        // The Armenian question, exclamation and stress marks stand inside the word.
        '\u{55B}' | '\u{55C}' | '\u{55E}' => {}
        _ => fold_by_unicode(sign, folded),
    }
}

fn fold_by_unicode(sign: char, folded: &mut String) {
    for lower in sign
        .to_lowercase()
        .nfkd()
        .filter(|sign| !is_combining_mark(*sign))
    {
        match lower {
            // Letters that Persian and Arabic keyboards write differently; the stretcher is no letter.
            'ي' | 'ى' => folded.push('ی'),
            'ك' => folded.push('ک'),
            'ـ' => {}
            // Compatibility forms such as 𝐀 or Ⓐ are capitals again once decomposed.
            _ => match digit(lower) {
                Some(digit) => folded.push(digit),
                None => folded.extend(lower.to_lowercase()),
            },
        }
    }
}

/// Arabic-Indic, Persian and Devanagari digits as 0–9.
fn digit(sign: char) -> Option<char> {
    const ZEROS: [u32; 3] = [0x660, 0x6F0, 0x966];
    let sign = u32::from(sign);
    let zero = ZEROS
        .iter()
        .find(|zero| (**zero..**zero + 10).contains(&sign))?;
    char::from_digit(sign - zero, 10)
}

/// The folded words of a text, in order. An apostrophe inside a word is no boundary.
#[must_use]
pub fn words(text: &str) -> Vec<String> {
    let folded = fold(text);
    folded
        .split(|sign: char| !sign.is_alphanumeric() && !is_apostrophe(sign))
        .map(|word| {
            word.chars()
                .filter(|sign| !is_apostrophe(*sign))
                .collect::<String>()
        })
        .filter(|word| !word.is_empty())
        .collect()
}

fn is_apostrophe(sign: char) -> bool {
    matches!(sign, '\'' | '’' | 'ʼ' | '`')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_equal_however_they_were_typed() {
        let table = [
            ("İŞTİRAKÇI", "istirakci"),
            ("müəllim", "muellim"),
            ("Bakı", "BAKI"),
            ("BAKI", "baki"),
            ("Şəki", "seki"),
            ("ağ gün", "ag gun"),
            ("ÖÜÇĞ", "oucg"),
            ("ՀԱՐՑ", "հարց"),
            ("և", "եւ"),
            ("Ինչո՞ւ", "Ինչու"),
            ("ᲥᲐᲠᲗᲣᲚᲘ", "ქართული"),
            ("Ёлка", "елка"),
            ("ВОПРОС", "вопрос"),
            ("Straße", "STRASSE"),
            ("e\u{301}cole", "ecole"),
            ("i\u{307}", "İ"),
            ("ｆｕｌｌ", "full"),
            ("𝐁𝐨𝐥𝐝", "bold"),
            ("٤٧", "47"),
            ("۴۷", "47"),
            ("كتاب", "کتاب"),
        ];
        for (one, other) in table {
            assert_eq!(fold(one), fold(other), "{one} and {other}");
        }
    }

    #[test]
    fn folding_twice_is_folding_once() {
        for text in ["İŞTİRAKÇI", "ᲥᲐᲠᲗᲣᲚᲘ", "Ⓐ𝐁ﬁ", "ǰ", "ﷺ"] {
            assert_eq!(fold(&fold(text)), fold(text));
        }
    }

    #[test]
    fn words_end_at_signs_and_not_at_apostrophes() {
        assert_eq!(words("Why don’t we — now?"), ["why", "dont", "we", "now"]);
        assert_eq!(words("Ինչո՞ւ չէ"), ["ինչու", "չէ"]);
        assert_eq!(words("?!…"), Vec::<String>::new());
    }
}
