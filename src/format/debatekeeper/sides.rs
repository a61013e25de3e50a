//! Whose a speech is, told from its name, because the file says it nowhere. A guess that the person who imports corrects; where
//! there is nothing to go by the chair decides live.

use std::collections::BTreeMap;

use crate::format::check::{BOTH, DECIDED, NOBODY};
use crate::format::model::{Format, Kind, Segment, Side};
use crate::format::problem::Problem;

/// A speech before it belongs to anybody.
pub(super) struct Heard {
    pub line: u32,
    /// The reference of its speech type.
    pub kind: String,
    pub segment: Segment,
}

/// The two ends of a motion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Pole {
    For,
    Against,
}

/// Words by which a side is known: pole, id, English name, how names mention it.
const WORDS: &[(Pole, &str, &str, &[&str])] = &[
    (
        Pole::For,
        "affirmative",
        "Affirmative",
        &["affirmative", "affirming", "aff"],
    ),
    (
        Pole::For,
        "proposition",
        "Proposition",
        &[
            "proposition",
            "proposing",
            "proposer",
            "prop",
            "proposición",
        ],
    ),
    (
        Pole::For,
        "government",
        "Government",
        &[
            "government",
            "gov",
            "govt",
            "prime minister",
            "minister of the crown",
            "regierung",
            "gobierno",
            "primer ministro",
            "viceprimer ministro",
        ],
    ),
    (
        Pole::For,
        "pro",
        "In favour",
        &["in favour", "in favor", "a favor"],
    ),
    (Pole::For, "pro", "Pro", &["pro"]),
    (
        Pole::Against,
        "negative",
        "Negative",
        &["negative", "negating", "neg"],
    ),
    (
        Pole::Against,
        "opposition",
        "Opposition",
        &[
            "opposition",
            "opposing",
            "opposer",
            "opp",
            "oposición",
            "oposoción",
        ],
    ),
    (Pole::Against, "con", "Against", &["against", "en contra"]),
    (Pole::Against, "con", "Contra", &["contra", "kontra"]),
    (Pole::Against, "con", "Con", &["con"]),
];

const CROSS: &[&str] = &[
    "crossfire",
    "cross examination",
    "cross ex",
    "cx",
    "questions to",
    "questions by",
    "questioning",
];
const FREE: &[&str] = &[
    "free debate",
    "freie aussprache",
    "open debate",
    "free discussion",
    "ask each other",
];
const PREPARATION: &[&str] = &[
    "prep",
    "prep time",
    "preparation",
    "preparation time",
    "vorbereitung",
    "break",
];
const FLOOR: &[&str] = &[
    "floor",
    "audience",
    "the hall",
    "nonaligned",
    "non aligned",
    "freie redner",
    "fraktionsfreie",
    "questions from",
    "topic",
];
const NOBODYS: &[&str] = &[
    "welcome",
    "moderator",
    "chair",
    "introduction by",
    "guests",
    "take with us",
];

/// The name as words between single spaces, so that a search finds whole words.
fn words(name: &str) -> String {
    let letters: String = name
        .to_lowercase()
        .chars()
        .map(|letter| {
            if letter.is_alphanumeric() {
                letter
            } else {
                ' '
            }
        })
        .collect();
    let words: Vec<_> = letters
        .split_whitespace()
        .filter(|word| *word != "s")
        .collect();
    format!(" {} ", words.join(" "))
}

fn mentions(words: &str, any: &[&str]) -> bool {
    any.iter()
        .any(|wanted| words.contains(&format!(" {wanted} ")))
}

/// The side a name mentions first.
fn pole(words: &str) -> Option<(Pole, &'static str, &'static str)> {
    WORDS
        .iter()
        .flat_map(|(pole, id, name, known)| {
            known.iter().filter_map(|wanted| {
                let at = words.find(&format!(" {wanted} "))?;
                Some((at, (*pole, *id, *name)))
            })
        })
        .min_by_key(|(at, _)| *at)
        .map(|(_, found)| found)
}

fn kind(words: &str, speech_type: &str) -> Kind {
    let replies = ["reply", "rebuttal", "antwort", "réplica"];
    if mentions(words, &["vote", "voting"]) {
        Kind::Vote
    } else if mentions(words, &["deliberation", "adjudication"]) {
        Kind::Deliberation
    } else if mentions(words, CROSS) {
        Kind::Cross
    } else if mentions(words, FREE) {
        Kind::Free
    } else if mentions(words, PREPARATION) {
        Kind::Preparation
    } else if mentions(words, &replies) || replies.iter().any(|reply| speech_type.contains(reply)) {
        Kind::Reply
    } else if mentions(words, FLOOR) {
        Kind::Floor
    } else {
        Kind::Speech
    }
}

/// Puts sides and segments into the format; says where it could not tell. `dropped` are the names of speeches that the file
/// has too: a side is there even if its only speech is not.
pub(super) fn assign(format: &mut Format, heard: Vec<Heard>, dropped: &[String]) -> Vec<Problem> {
    let names: Vec<String> = heard
        .iter()
        .map(|heard| words(&heard.segment.name))
        .collect();
    let dropped = dropped.iter().map(|name| words(name));
    let all: Vec<String> = names.iter().cloned().chain(dropped).collect();
    let mut known: BTreeMap<Pole, (&str, &str)> = BTreeMap::new();
    for (pole, id, name) in all.iter().filter_map(|name| pole(name)) {
        known.entry(pole).or_insert((id, name));
    }
    let four = is_four(&all);
    format.sides = sides(&known, four);
    let mut places = Places::default();
    let mut problems = Vec::new();
    for (heard, words) in heard.into_iter().zip(&names) {
        let mut segment = heard.segment;
        segment.kind = kind(words, &heard.kind);
        let side = pole(words).map(|(pole, _, _)| side(&known, pole, four.then(|| half(words))));
        segment.owner = owner(&segment, side, words, &format.sides);
        if segment.owner == DECIDED && !format.sides.is_empty() && segment.kind == Kind::Speech {
            let says = format!(
                "whose {:?} is cannot be told from its name: the chair will say it live",
                segment.name
            );
            problems.push(Problem::note(heard.line, says));
        }
        segment.place = places.next(&segment, words, four);
        format.segments.push(segment);
    }
    if format.sides.is_empty() && !format.segments.is_empty() {
        problems.push(Problem::note(
            0,
            "the names of the speeches tell no sides: name them by hand if there are any",
        ));
    }
    format.speakers = places.most;
    problems
}

fn owner(segment: &Segment, side: Option<String>, words: &str, sides: &[Side]) -> String {
    let whose = match (segment.kind, side) {
        (Kind::Cross | Kind::Free, _) => return BOTH.to_owned(),
        (Kind::Floor | Kind::Vote | Kind::Deliberation, _) => return NOBODY.to_owned(),
        (Kind::Preparation, None) => return BOTH.to_owned(),
        (Kind::Speech | Kind::Reply | Kind::Preparation, side) => side,
    };
    match whose {
        Some(side) if sides.iter().any(|known| known.id == side) => side,
        _ if mentions(words, NOBODYS) || sides.is_empty() => NOBODY.to_owned(),
        _ => DECIDED.to_owned(),
    }
}

/// British Parliamentary: a member and a whip on a side that has a prime minister or a leader of the opposition too.
fn is_four(names: &[String]) -> bool {
    let has = |wanted: &[&str]| names.iter().any(|name| mentions(name, wanted));
    has(&["prime minister"])
        && has(&["member for the government", "member of the government"])
        && has(&["member for the opposition", "member of the opposition"])
        && has(&["government whip"])
}

fn half(words: &str) -> &'static str {
    if mentions(words, &["member", "whip"]) {
        "closing"
    } else {
        "opening"
    }
}

fn side(known: &BTreeMap<Pole, (&str, &str)>, pole: Pole, half: Option<&str>) -> String {
    let id = known.get(&pole).map_or("", |(id, _)| id);
    match half {
        Some(half) => format!("{half}_{id}"),
        None => id.to_owned(),
    }
}

/// One side alone is no debate: then there are none.
fn sides(known: &BTreeMap<Pole, (&str, &str)>, four: bool) -> Vec<Side> {
    if known.len() < 2 {
        return Vec::new();
    }
    let halves: &[Option<&str>] = if four {
        &[Some("opening"), Some("closing")]
    } else {
        &[None]
    };
    halves
        .iter()
        .flat_map(|half| {
            known
                .iter()
                .map(move |(pole, (_, name))| (half, pole, name))
        })
        .map(|(half, pole, name)| Side {
            id: side(known, *pole, *half),
            name: match half {
                Some(half) => {
                    crate::format::words::title(&format!("{half} {}", name.to_lowercase()))
                }
                None => (*name).to_owned(),
            },
            names: BTreeMap::new(),
        })
        .collect()
}

/// Which place of its side speaks: by number, by office, or by counting.
#[derive(Default)]
struct Places {
    spoken: BTreeMap<String, u8>,
    most: u8,
}

impl Places {
    fn next(&mut self, segment: &Segment, words: &str, four: bool) -> u8 {
        let ours = ![BOTH, NOBODY, DECIDED].contains(&segment.owner.as_str());
        if !ours || segment.kind == Kind::Preparation {
            return 0;
        }
        let spoken = self.spoken.entry(segment.owner.clone()).or_insert(0);
        let said = number(words).or_else(|| office(words, four));
        let place = match (said, segment.kind) {
            (Some(place), _) => place,
            (None, Kind::Speech) => (*spoken + 1).min(crate::format::check::MOST_SPEAKERS),
            (None, _) => 0,
        };
        if segment.kind == Kind::Speech {
            *spoken = (*spoken).max(place);
        }
        self.most = self.most.max(place);
        place
    }
}

/// *1st affirmative*, *second speaker for …*, *Pro 2*; but not *In favour - First refutation*.
fn number(words: &str) -> Option<u8> {
    const ORDINALS: [(&str, &str); 5] = [
        ("1st", "first"),
        ("2nd", "second"),
        ("3rd", "third"),
        ("4th", "fourth"),
        ("5th", "fifth"),
    ];
    let mut all = words.split_whitespace();
    let first = all.next()?;
    let ordinal = ORDINALS
        .iter()
        .position(|(short, long)| first == *short || first == *long)
        .map(|at| at as u8 + 1);
    ordinal.or_else(|| {
        all.filter_map(|word| word.parse().ok())
            .find(|number| (1..=5).contains(number))
    })
}

fn office(words: &str, four: bool) -> Option<u8> {
    if mentions(words, &["deputy", "viceprimer"]) {
        Some(2)
    } else if mentions(words, &["prime minister", "leader of the opposition"]) {
        Some(1)
    } else if mentions(words, &["whip"]) {
        Some(if four { 2 } else { 3 })
    } else if mentions(words, &["member"]) {
        Some(if four { 1 } else { 2 })
    } else if mentions(words, &["minister of the crown"]) {
        Some(2)
    } else {
        None
    }
}
