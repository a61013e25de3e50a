//! The words a format is written with: kinds of segment, names that can be made from a side and a place, and the
//! translations of the names in use (formats/names.toml).

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::model::{Format, Kind, Side};

const KINDS: &[(&str, Kind)] = &[
    ("speech", Kind::Speech),
    ("reply", Kind::Reply),
    ("cross", Kind::Cross),
    ("free", Kind::Free),
    ("preparation", Kind::Preparation),
    ("floor", Kind::Floor),
    ("vote", Kind::Vote),
    ("deliberation", Kind::Deliberation),
];

pub(super) fn kind(word: &str) -> Option<Kind> {
    KINDS
        .iter()
        .find(|(known, _)| *known == word)
        .map(|(_, kind)| *kind)
}

pub(super) fn kind_word(kind: Kind) -> &'static str {
    KINDS
        .iter()
        .find(|(_, known)| *known == kind)
        .map_or("speech", |(word, _)| word)
}

/// The sentence that lists them.
pub(super) fn kinds() -> String {
    let words: Vec<_> = KINDS.iter().map(|(word, _)| *word).collect();
    format!("a segment is one of {}", words.join(", "))
}

/// `world-schools` from `World Schools`; letters outside a–z fall away.
pub(super) fn slug(name: &str) -> String {
    let mut slug = String::new();
    for letter in name.to_lowercase().chars() {
        if letter.is_ascii_alphanumeric() {
            slug.push(letter);
        } else if !slug.is_empty() && !slug.ends_with('-') && letter != '\'' {
            slug.push('-');
        }
    }
    slug.truncate(super::check::MOST_ID);
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { "format" } else { slug }.to_owned()
}

/// `Opening government` from `opening_government`.
pub(super) fn title(id: &str) -> String {
    let words = id.replace('_', " ");
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// The English name of a segment that has none: *First proposition speech*.
pub(super) fn segment(kind: Kind, side: Option<&str>, place: u8, sides: &[Side]) -> String {
    let side = side
        .and_then(|id| sides.iter().find(|side| side.id == id))
        .map(|side| side.name.to_lowercase());
    let what = match kind {
        Kind::Speech => "speech",
        Kind::Reply => "reply",
        Kind::Cross => "questions",
        Kind::Free => "free debate",
        Kind::Preparation => "preparation",
        Kind::Floor => "the hall speaks",
        Kind::Vote => "the audience votes",
        Kind::Deliberation => "the judges deliberate",
    };
    let ordinal = match place {
        1 if kind == Kind::Speech => "first",
        2 if kind == Kind::Speech => "second",
        3 if kind == Kind::Speech => "third",
        4 if kind == Kind::Speech => "fourth",
        5 if kind == Kind::Speech => "fifth",
        _ => "",
    };
    let words: Vec<_> = [ordinal, side.as_deref().unwrap_or(""), what]
        .into_iter()
        .filter(|word| !word.is_empty())
        .collect();
    title(&words.join(" "))
}

type Names = BTreeMap<String, String>;

/// Fills in the names in other languages that are known, wherever a format has none of its own.
pub fn translate(format: &mut Format) {
    fill(&format.name, &mut format.names);
    for side in &mut format.sides {
        fill(&side.name, &mut side.names);
    }
    for phase in format.phases.values_mut() {
        fill(&phase.name, &mut phase.names);
    }
    for segment in format.segments.iter_mut().chain(&mut format.preparation) {
        fill(&segment.name, &mut segment.names);
    }
}

fn fill(name: &str, names: &mut Names) {
    if names.is_empty()
        && let Some(known) = known().get(name)
    {
        names.clone_from(known);
    }
}

fn known() -> &'static BTreeMap<String, Names> {
    static KNOWN: OnceLock<BTreeMap<String, Names>> = OnceLock::new();
    // A test reads the file; here a broken one means names in English alone.
    KNOWN.get_or_init(|| toml::from_str(NAMES).unwrap_or_default())
}

const NAMES: &str = include_str!("../../formats/names.toml");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_names_is_sound_and_has_both_languages() {
        let names: BTreeMap<String, Names> = toml::from_str(NAMES).unwrap();
        assert!(names.len() > 50);
        for (name, names) in names {
            assert_eq!(names.keys().collect::<Vec<_>>(), ["az", "ru"], "{name}");
            assert!(names.values().all(|name| !name.trim().is_empty()), "{name}");
        }
    }

    #[test]
    fn names_become_ids_and_ids_names() {
        assert_eq!(
            slug("NSW Premier's Debating Challenge (Y7–8)"),
            "nsw-premiers-debating-challenge-y7-8"
        );
        assert_eq!(slug("Дебаты"), "format");
        assert_eq!(title("opening_government"), "Opening government");
        let sides = [Side {
            id: "proposition".to_owned(),
            name: "Proposition".to_owned(),
            ..Side::default()
        }];
        assert_eq!(
            segment(Kind::Speech, Some("proposition"), 2, &sides),
            "Second proposition speech"
        );
        assert_eq!(
            segment(Kind::Reply, Some("proposition"), 0, &sides),
            "Proposition reply"
        );
        assert_eq!(segment(Kind::Vote, None, 0, &[]), "The audience votes");
    }
}
