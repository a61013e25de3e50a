//! Makes a typed text fit to be kept and shown: composed, without signs that reorder or hide, without piled-up marks.
//! Knows lengths only in graphemes, and in bytes as a last bound; which limit holds is said by the caller.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

/// How many combining marks a grapheme keeps; Vietnamese, Arabic and Hebrew need at most four.
const MARKS: usize = 4;

/// Bytes that a text may take for each grapheme of its limit. A flag or a family is long, a text of them is not meant.
const BYTES_PER_GRAPHEME: usize = 16;

/// Why a text does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// Nothing is left of it that a reader could see.
    Empty,
    /// Longer than this many graphemes.
    TooLong(usize),
}

/// Whether a text keeps its line ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// One line: titles, names, tags.
    Line,
    /// Several lines; at most one empty line in a row.
    Lines,
}

/// The cleaned text: NFC, white space collapsed, no control or bidi signs, at most four marks a grapheme.
#[must_use]
pub fn clean(text: &str, shape: Shape) -> String {
    let lines: Vec<String> = match shape {
        Shape::Line => vec![clean_line(text)],
        Shape::Lines => text.split(is_line_end).map(clean_line).collect(),
    };
    let mut kept: Vec<&str> = Vec::with_capacity(lines.len());
    for line in &lines {
        if !line.is_empty() || kept.last().is_some_and(|last| !last.is_empty()) {
            kept.push(line);
        }
    }
    while kept.last().is_some_and(|last| last.is_empty()) {
        kept.pop();
    }
    kept.join("\n")
}

/// The cleaned text, if a reader can see it and it has at most `limit` graphemes.
pub fn fit(text: &str, shape: Shape, limit: usize) -> Result<String, Unfit> {
    // A giant is refused before work is spent on it.
    if text.len() > limit * BYTES_PER_GRAPHEME * 4 {
        return Err(Unfit::TooLong(limit));
    }
    let text = clean(text, shape);
    if is_blank(&text) {
        return Err(Unfit::Empty);
    }
    if graphemes(&text) > limit || text.len() > limit * BYTES_PER_GRAPHEME {
        return Err(Unfit::TooLong(limit));
    }
    Ok(text)
}

/// How many signs a reader counts.
#[must_use]
pub fn graphemes(text: &str) -> usize {
    text.graphemes(true).count()
}

/// Whether a reader would see nothing.
fn is_blank(text: &str) -> bool {
    text.chars().all(|sign| {
        sign.is_whitespace() || is_joiner(sign) || is_combining_mark(sign) || is_filler(sign)
    })
}

fn clean_line(line: &str) -> String {
    let visible: String = line.nfc().filter(|sign| !is_dropped(*sign)).collect();
    let words: Vec<String> = visible.split_whitespace().map(thin_marks).collect();
    words.join(" ")
}

/// Keeps the first few marks of each grapheme.
fn thin_marks(word: &str) -> String {
    let mut kept = String::with_capacity(word.len());
    for grapheme in word.graphemes(true) {
        let mut marks = 0;
        for sign in grapheme.chars() {
            marks += usize::from(is_combining_mark(sign));
            if marks <= MARKS || !is_combining_mark(sign) {
                kept.push(sign);
            }
        }
    }
    kept
}

fn is_line_end(sign: char) -> bool {
    matches!(
        sign,
        '\n' | '\u{0B}' | '\u{0C}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

/// Joiners are part of emoji, Persian and Indic words, but nothing by themselves.
fn is_joiner(sign: char) -> bool {
    matches!(sign, '\u{200C}' | '\u{200D}')
}

/// Letters that draw nothing (Hangul fillers, the Braille blank), used to fake an empty name.
fn is_filler(sign: char) -> bool {
    matches!(
        sign,
        '\u{115F}' | '\u{1160}' | '\u{3164}' | '\u{FFA0}' | '\u{2800}'
    )
}

/// Signs that are dropped: controls (white space apart), bidi controls, invisible formatting, non-characters.
fn is_dropped(sign: char) -> bool {
    if sign.is_whitespace() {
        return false;
    }
    sign.is_control()
        || matches!(
            sign,
            '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{180E}' | '\u{200B}' | '\u{200E}' | '\u{200F}'
                | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF0}'..='\u{FFFB}'
                | '\u{FDD0}'..='\u{FDEF}' | '\u{E0001}' | '\u{E0100}'..='\u{E01EF}'
        )
        || u32::from(sign) & 0xFFFE == 0xFFFE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_reorders_or_hides_is_dropped() {
        assert_eq!(
            clean(
                "abc\u{202E}def\u{2066}g\u{200F}\u{0}\u{7}\u{FEFF}",
                Shape::Line
            ),
            "abcdefg"
        );
        assert_eq!(clean("so\u{AD}ft\u{200B}", Shape::Line), "soft");
    }

    #[test]
    fn white_space_collapses_and_lines_stay_only_where_they_may() {
        assert_eq!(
            clean("  a \t b\n\n\n\nc \u{A0} d\n\n", Shape::Lines),
            "a b\n\nc d"
        );
        assert_eq!(clean("  a \t b\n\n\n\nc  d\n\n", Shape::Line), "a b c d");
        assert_eq!(clean("a\u{2028}b\r\nc", Shape::Lines), "a\nb\nc");
    }

    #[test]
    fn piled_up_marks_are_thinned_and_real_words_are_not() {
        let zalgo = format!("z{}", "\u{301}".repeat(500));
        assert!(clean(&zalgo, Shape::Line).chars().count() <= 1 + MARKS);
        for word in [
            "şəhər",
            "Ñandú",
            "й",
            "ё",
            "ქართული",
            "Հայերեն՞",
            "بِسْمِ",
            "ເຊື້ອ",
        ] {
            assert_eq!(clean(word, Shape::Line), word.nfc().collect::<String>());
        }
    }

    #[test]
    fn emoji_and_joined_signs_stay_whole() {
        for emoji in ["👩‍👩‍👧‍👦", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "👍🏽", "🇦🇿", "❤️"]
        {
            assert_eq!(clean(emoji, Shape::Line), emoji);
            assert_eq!(graphemes(emoji), 1);
        }
    }

    #[test]
    fn what_nobody_sees_is_empty() {
        for blank in [
            "",
            "   ",
            "\n\t",
            "\u{200B}\u{202E}",
            "\u{200D}",
            "\u{3164}",
            "\u{301}",
            "\u{2800}",
        ] {
            assert_eq!(fit(blank, Shape::Lines, 10), Err(Unfit::Empty), "{blank:?}");
        }
    }

    #[test]
    fn length_is_counted_as_a_reader_counts() {
        assert!(fit(&"ə".repeat(500), Shape::Lines, 500).is_ok());
        assert!(fit(&"👩‍👩‍👧‍👦".repeat(20), Shape::Lines, 40).is_ok());
        assert_eq!(
            fit(&"ə".repeat(501), Shape::Lines, 500),
            Err(Unfit::TooLong(500))
        );
        assert_eq!(
            fit(&"👩‍👩‍👧‍👦".repeat(400), Shape::Lines, 400),
            Err(Unfit::TooLong(400))
        );
        assert_eq!(
            fit(&"a".repeat(1_000_000), Shape::Lines, 500),
            Err(Unfit::TooLong(500))
        );
    }

    #[test]
    fn cleaning_twice_is_cleaning_once() {
        for text in [
            "  a \u{202E}b\n\n\nc",
            "e\u{301}\u{302}\u{303}\u{304}\u{305}",
            "\u{1100}\u{1161}\u{11a8}",
            "q\u{323}\u{307}",
        ] {
            let once = clean(text, Shape::Lines);
            assert_eq!(clean(&once, Shape::Lines), once);
        }
    }
}
