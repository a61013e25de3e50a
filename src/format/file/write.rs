//! From a format to TOML that a person would have written: what segments share is said once, defaults are not said.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::format::model::{Bell, Counts, Format, Kind, Overtime, Phase, Points, Segment};
use crate::format::phases;
use crate::format::times::clock;
use crate::format::words;

/// Writes a format so that reading gives an equal one (of a format whose `problems` are none and that has the four phases).
#[must_use]
pub fn write(format: &Format) -> String {
    let mut text = Text::default();
    text.top(format);
    text.extras(format);
    for (id, phase) in &format.phases {
        if phases::built_in().get(id) != Some(phase) {
            text.phase(id, phase);
        }
    }
    for side in &format.sides {
        text.head("[[sides]]");
        text.say("id", &side.id);
        text.say("name", &side.name);
        text.names(&side.names);
    }
    let kinds = kinds(format);
    if let Some(preparation) = &format.preparation {
        text.head("[preparation]");
        text.segment(preparation, Shares::Nothing);
    }
    for (name, shared) in &kinds {
        text.head(&format!("[kinds.{}]", key(name)));
        if words::kind(name) != Some(shared.kind) {
            text.say("is", words::kind_word(shared.kind));
        }
        text.shared(shared);
    }
    for segment in &format.segments {
        let kind = kinds
            .iter()
            .find(|(_, shared)| **shared == Shared::of(segment))
            .map_or("speech", |(name, _)| name.as_str());
        text.head("[[segments]]");
        text.say("kind", kind);
        text.segment(segment, Shares::Kind);
    }
    text.0
}

/// What a kind says for its segments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Shared<'a> {
    kind: Kind,
    length_s: u32,
    each_s: u32,
    by: &'a [u8],
    first_phase: &'a str,
    bells: &'a [Bell],
}

impl<'a> Shared<'a> {
    fn of(segment: &'a Segment) -> Self {
        Self {
            kind: segment.kind,
            length_s: segment.length_s,
            each_s: segment.each_s,
            by: &segment.by,
            first_phase: &segment.first_phase,
            bells: &segment.bells,
        }
    }
}

/// A name for each way in which segments are alike: `speech`, `reply`, `speech-2`.
fn kinds(format: &Format) -> BTreeMap<String, Shared<'_>> {
    let mut kinds = BTreeMap::new();
    for segment in &format.segments {
        let shared = Shared::of(segment);
        if kinds.values().any(|known| *known == shared) {
            continue;
        }
        let word = words::kind_word(segment.kind);
        let mut name = word.to_owned();
        let mut count = 1;
        while kinds.contains_key(&name) {
            count += 1;
            name = format!("{word}-{count}");
        }
        kinds.insert(name, shared);
    }
    kinds
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shares {
    Nothing,
    /// What its kind says is not said again.
    Kind,
}

#[derive(Default)]
struct Text(String);

impl Text {
    fn top(&mut self, format: &Format) {
        self.say("id", &format.id);
        self.say("name", &format.name);
        self.names(&format.names);
        self.said("source", &format.source);
        self.line("speakers", &format.speakers.to_string());
        if format.counts == Counts::Up {
            self.say("counts", "up");
        }
        if format.bank_s > 0 {
            self.say("bank", &clock(format.bank_s));
        }
        if format.audience_vote {
            self.line("audience_vote", "true");
        }
        self.said("scored_by", &format.scored_by);
    }

    fn extras(&mut self, format: &Format) {
        let Points {
            from_seats,
            length_s,
            offer_s,
        } = format.points;
        if format.points != Points::default() {
            self.head("[points]");
            self.line("from_seats", &from_seats.to_string());
            self.say("length", &clock(length_s.into()));
            self.say("offer", &clock(offer_s.into()));
        }
        let Overtime {
            first_s,
            every_s,
            rings,
        } = format.overtime;
        if format.overtime != Overtime::default() {
            self.head("[overtime]");
            self.say("first", &clock(first_s.into()));
            self.say("every", &clock(every_s.into()));
            self.line("rings", &rings.to_string());
        }
    }

    fn phase(&mut self, id: &str, phase: &Phase) {
        self.head(&format!("[phases.{}]", key(id)));
        self.say("name", &phase.name);
        self.names(&phase.names);
        self.said("colour", &phase.colour);
        self.line("points", &phase.points.to_string());
    }

    fn segment(&mut self, segment: &Segment, shares: Shares) {
        self.say("name", &segment.name);
        self.names(&segment.names);
        self.say("side", &segment.owner);
        if segment.place > 0 {
            self.line("place", &segment.place.to_string());
        }
        if shares == Shares::Nothing {
            if segment.kind != Kind::Preparation {
                self.say("is", words::kind_word(segment.kind));
            }
            self.shared(&Shared::of(segment));
        }
    }

    fn shared(&mut self, shared: &Shared<'_>) {
        self.say("length", &clock(shared.length_s));
        if shared.each_s > 0 {
            self.say("each", &clock(shared.each_s));
        }
        if !shared.by.is_empty() {
            self.line("by", &format!("{:?}", shared.by));
        }
        self.said("first_phase", shared.first_phase);
        if !shared.bells.is_empty() {
            let bells: String = shared
                .bells
                .iter()
                .map(|bell| format!("  {},\n", written(bell, shared.length_s)))
                .collect();
            self.line("bells", &format!("[\n{bells}]"));
        }
    }

    fn names(&mut self, names: &BTreeMap<String, String>) {
        if !names.is_empty() {
            let names: Vec<_> = names
                .iter()
                .map(|(language, name)| format!("{} = {}", key(language), quoted(name)))
                .collect();
            self.line("names", &format!("{{ {} }}", names.join(", ")));
        }
    }

    fn head(&mut self, head: &str) {
        // Writing to a String cannot fail.
        let _ = writeln!(self.0, "\n{head}");
    }

    fn line(&mut self, key: &str, value: &str) {
        let _ = writeln!(self.0, "{key} = {value}");
    }

    fn say(&mut self, key: &str, value: &str) {
        self.line(key, &quoted(value));
    }

    /// Says it unless it is empty.
    fn said(&mut self, key: &str, value: &str) {
        if !value.is_empty() {
            self.say(key, value);
        }
    }
}

fn written(bell: &Bell, length_s: u32) -> String {
    let at = match bell.at_s.checked_sub(length_s) {
        Some(0) => "end".to_owned(),
        Some(past) => format!("+{}", clock(past)),
        None => clock(bell.at_s),
    };
    let mut parts = vec![format!("at = {}", quoted(&at))];
    if bell.rings != 1 {
        parts.push(format!("rings = {}", bell.rings));
    }
    if !bell.phase.is_empty() {
        parts.push(format!("phase = {}", quoted(&bell.phase)));
    }
    if bell.pause {
        parts.push("pause = true".to_owned());
    }
    if let Some(points) = bell.points {
        parts.push(format!("points = {points}"));
    }
    format!("{{ {} }}", parts.join(", "))
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// A key needs quotes unless it is plain letters.
fn key(text: &str) -> String {
    let plain = !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    if plain { text.to_owned() } else { quoted(text) }
}
