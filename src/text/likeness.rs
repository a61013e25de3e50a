//! How alike two short texts are, 0–100, robust against endings, word order, case and missing diacritics.
//! An [`Imprint`] is made once per text; comparing two is a walk over two short sorted lists.

use super::fold::words;

/// From this likeness on two questions are probably the same.
pub const ALIKE: u8 = 50;

/// Words that say little about what is asked (folded; az, en, ru, tr).
const SMALL: &[&str] = &[
    "a",
    "an",
    "and",
    "are",
    "at",
    "be",
    "but",
    "by",
    "can",
    "could",
    "did",
    "do",
    "does",
    "for",
    "from",
    "has",
    "have",
    "how",
    "i",
    "if",
    "in",
    "is",
    "it",
    "its",
    "me",
    "my",
    "of",
    "on",
    "or",
    "our",
    "please",
    "shall",
    "should",
    "so",
    "that",
    "the",
    "their",
    "there",
    "they",
    "this",
    "to",
    "us",
    "was",
    "we",
    "were",
    "what",
    "when",
    "where",
    "which",
    "who",
    "why",
    "will",
    "with",
    "would",
    "you",
    "your", //
    "amma",
    "bir",
    "bu",
    "bunu",
    "biz",
    "bizim",
    "cunki",
    "da",
    "de",
    "edir",
    "ele",
    "gore",
    "haqqinda",
    "hansi",
    "harada",
    "ki",
    "kim",
    "mi",
    "mu",
    "men",
    "menim",
    "ne",
    "nece",
    "niye",
    "nece",
    "olacaq",
    "olar",
    "olur",
    "ola",
    "qeder",
    "sizin",
    "siz",
    "ucun",
    "ve",
    "ya",
    "nasil",
    "neden",
    "nicin",
    "icin",
    "mudur",
    "midir", //
    "а",
    "без",
    "бы",
    "был",
    "быть",
    "в",
    "вам",
    "вас",
    "ваш",
    "вы",
    "где",
    "для",
    "до",
    "его",
    "ее",
    "если",
    "есть",
    "же",
    "за",
    "и",
    "из",
    "или",
    "их",
    "к",
    "как",
    "какая",
    "какие",
    "какои",
    "когда",
    "кто",
    "ли",
    "мне",
    "мы",
    "на",
    "нам",
    "нас",
    "наш",
    "но",
    "о",
    "об",
    "он",
    "она",
    "они",
    "от",
    "по",
    "почему",
    "при",
    "с",
    "со",
    "так",
    "то",
    "ты",
    "у",
    "что",
    "чтобы",
    "эта",
    "это",
    "этот",
    "я",
];

/// What of a text is compared.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Imprint {
    /// The trigrams of its telling words, each packed into one number; sorted, each once.
    trigrams: Box<[u64]>,
}

impl Imprint {
    /// The imprint of a text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        Self::of_words(&words(text))
    }

    /// The imprint of a text that was folded to words already.
    #[must_use]
    pub fn of_words(words: &[String]) -> Self {
        let telling: Vec<&String> = words
            .iter()
            .filter(|word| !SMALL.contains(&word.as_str()))
            .collect();
        let mut trigrams = Vec::new();
        if telling.is_empty() {
            words
                .iter()
                .for_each(|word| add_trigrams(word, &mut trigrams));
        } else {
            telling
                .into_iter()
                .for_each(|word| add_trigrams(word, &mut trigrams));
        }
        trigrams.sort_unstable();
        trigrams.dedup();
        Self {
            trigrams: trigrams.into(),
        }
    }

    /// What is compared: sorted, each once. The likeness of two imprints is twice what they share, of all of both.
    #[must_use]
    pub fn trigrams(&self) -> &[u64] {
        &self.trigrams
    }

    /// How alike the two are: 0 nothing in common, 100 the same words (endings and order apart).
    #[must_use]
    pub fn likeness(&self, other: &Self) -> u8 {
        percent(
            2 * self.common(other),
            self.trigrams.len() + other.trigrams.len(),
        )
    }

    /// How much of this text, still being typed, is in `other`: 0–100. Too little text is like nothing.
    #[must_use]
    pub fn part_of(&self, other: &Self) -> u8 {
        const ENOUGH: usize = 10;
        if self.trigrams.len() < ENOUGH {
            return self.likeness(other);
        }
        percent(self.common(other), self.trigrams.len())
    }

    fn common(&self, other: &Self) -> usize {
        let (mut ours, mut theirs) = (
            self.trigrams.iter().peekable(),
            other.trigrams.iter().peekable(),
        );
        let mut common = 0;
        while let (Some(one), Some(two)) = (ours.peek(), theirs.peek()) {
            let order = one.cmp(two);
            common += usize::from(order.is_eq());
            if order.is_le() {
                ours.next();
            }
            if order.is_ge() {
                theirs.next();
            }
        }
        common
    }
}

/// The trigrams of a word with two signs of border before and one after, so that beginnings weigh more than endings.
fn add_trigrams(word: &str, trigrams: &mut Vec<u64>) {
    const BORDER: u64 = 0;
    const SIGN_BITS: u32 = 21;
    let mut last = (BORDER, BORDER);
    for sign in word
        .chars()
        .map(|sign| u64::from(u32::from(sign)))
        .chain([BORDER])
    {
        trigrams.push(last.0 << (2 * SIGN_BITS) | last.1 << SIGN_BITS | sign);
        last = (last.1, sign);
    }
}

fn percent(part: usize, whole: usize) -> u8 {
    if whole == 0 {
        return 0;
    }
    u8::try_from((100 * part + whole / 2) / whole).unwrap_or(100)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn likeness(one: &str, other: &str) -> u8 {
        Imprint::of(one).likeness(&Imprint::of(other))
    }

    #[test]
    fn the_same_question_in_other_words_is_alike() {
        let table = [
            (
                "When will the new school open?",
                "when does the new school open",
            ),
            (
                "Will there be a lift in the building?",
                "Is there going to be a lift in this building?",
            ),
            (
                "Yeni məktəb nə vaxt açılacaq?",
                "yeni mekteb ne vaxt acilacaq",
            ),
            ("Məktəbdə psixoloq olacaqmı?", "Məktəbdə psixoloq varmı?"),
            ("Когда откроется новая школа?", "когда откроют новую школу"),
            ("Сколько стоит участие?", "Сколько будет стоить участие"),
            ("Who pays for the transport?", "who is paying for transport"),
        ];
        for (one, other) in table {
            assert!(
                likeness(one, other) >= ALIKE,
                "{one} | {other}: {}",
                likeness(one, other)
            );
        }
    }

    #[test]
    fn different_questions_are_not() {
        let table = [
            (
                "When will the new school open?",
                "When will the report be published?",
            ),
            ("Who pays for the transport?", "Who pays for lunch?"),
            (
                "Yeni məktəb nə vaxt açılacaq?",
                "Hesabat nə vaxt hazır olacaq?",
            ),
            ("Когда откроется новая школа?", "Когда будет готов отчёт?"),
            ("Сколько стоит участие?", "Сколько человек придёт?"),
            ("How can parents help?", "Как родители могут помочь?"),
        ];
        for (one, other) in table {
            assert!(
                likeness(one, other) < ALIKE,
                "{one} | {other}: {}",
                likeness(one, other)
            );
        }
    }

    #[test]
    fn a_text_is_wholly_like_itself_and_nothing_is_like_an_empty_one() {
        assert_eq!(likeness("Nə üçün?", "ne ucun"), 100);
        assert_eq!(likeness("", ""), 0);
        assert_eq!(likeness("?", "Why?"), 0);
    }

    #[test]
    fn what_is_being_typed_finds_the_longer_question() {
        let typed = Imprint::of("psixoloq olacaqmı məktəb");
        let long = Imprint::of(
            "Bizim kənd məktəbində uşaqlar üçün psixoloq olacaqmı və o, həftədə neçə gün gələcək?",
        );
        assert!(typed.part_of(&long) >= 70, "{}", typed.part_of(&long));
        assert!(typed.likeness(&long) < typed.part_of(&long));
    }

    #[test]
    fn a_thousand_questions_are_compared_at_once() {
        let imprints: Vec<Imprint> = (0..1000)
            .map(|n| Imprint::of(&format!("Question number {n}: when does the school number {} open its doors to parents?", n * 7)))
            .collect();
        let began = std::time::Instant::now();
        let typed = Imprint::of("when does the school open its doors");
        let found = imprints
            .iter()
            .filter(|imprint| typed.part_of(imprint) >= ALIKE)
            .count();
        assert_eq!(found, 1000);
        // 5 ms is the aim; the bound leaves room for a busy machine.
        assert!(began.elapsed().as_millis() < 50, "{:?}", began.elapsed());
    }
}
