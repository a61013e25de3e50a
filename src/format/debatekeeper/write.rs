//! To Debatekeeper's XML, schema 2.2: what it can say is written so that reading it gives the same timeline, and what it cannot
//! say is listed.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::format::model::{Bell, Format, Phase, Segment};
use crate::format::phases;
use crate::format::problem::Problem;
use crate::format::times::clock;

use super::about::About;
use super::languages::Languages;
use super::lost;

/// Writes a format as schema 2.2, with notes on everything the schema has no words for.
#[must_use]
pub fn write(format: &Format) -> (String, Vec<Problem>) {
    let mut writer = Writer {
        format,
        xml: String::new(),
        languages: Languages::default(),
        periods: BTreeMap::new(),
        problems: lost::of(format),
    };
    // The periods in use are known only once the bells are written.
    let types = writer.types();
    writer.document(&types);
    (writer.xml, writer.problems)
}

/// A speech type: what several speeches share.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Type {
    reference: String,
    length_s: u32,
    first: String,
    bells: Vec<(Bell, String)>,
}

struct Writer<'f> {
    format: &'f Format,
    xml: String,
    languages: Languages,
    periods: BTreeMap<String, Phase>,
    problems: Vec<Problem>,
}

impl Writer<'_> {
    /// The speech types in the order they are needed, and which of them each segment is of; the preparation's is the last.
    fn types(&mut self) -> (Vec<Type>, Vec<usize>) {
        let mut types: Vec<Type> = Vec::new();
        let mut of = Vec::new();
        for segment in &self.format.segments {
            let mut one = self.one(segment);
            let same = |known: &Type| {
                (known.length_s, &known.first, &known.bells)
                    == (one.length_s, &one.first, &one.bells)
            };
            let at = types.iter().position(same).unwrap_or_else(|| {
                let word = crate::format::words::kind_word(segment.kind);
                let taken = types
                    .iter()
                    .filter(|known| known.reference.split('-').next() == Some(word))
                    .count();
                one.reference = match taken {
                    0 => word.to_owned(),
                    taken => format!("{word}-{}", taken + 1),
                };
                types.push(one.clone());
                types.len() - 1
            });
            of.push(at);
        }
        (types, of)
    }

    fn one(&mut self, segment: &Segment) -> Type {
        let held = segment.first(self.format);
        let first = match segment.first_phase.as_str() {
            "" => String::new(),
            _ => self.period(held.phase, held.points),
        };
        let mut points = held.points;
        let bells = segment
            .held_after(self.format)
            .filter(|(bell, _)| bell.at_s <= segment.length_s)
            .map(|(bell, held)| {
                let turns = !bell.phase.is_empty() || held.points != points;
                points = held.points;
                (bell.clone(), turns.then_some(held))
            })
            .collect::<Vec<_>>()
            .into_iter()
            .map(|(bell, held)| {
                let next = held.map(|held| self.period(held.phase, held.points));
                (bell, next.unwrap_or_default())
            })
            .collect();
        Type {
            reference: String::new(),
            length_s: segment.length_s,
            first,
            bells,
        }
    }

    /// The reference of a phase in which points are allowed or not; a phase that differs from a built-in one gets its own.
    fn period(&mut self, id: &str, points: bool) -> String {
        if phases::is_built_in(id) && points == (id == phases::POINTS) {
            return id.to_owned();
        }
        let phase = Phase {
            points,
            ..self.format.phases.get(id).cloned().unwrap_or_default()
        };
        let plain = reference(id);
        let as_described = self.format.points_in(id) == points && !phases::is_built_in(id);
        let name = match (as_described, points) {
            (true, _) => plain,
            (false, true) => format!("{plain}.points"),
            (false, false) => format!("{plain}.no-points"),
        };
        let mut found = name.clone();
        let mut count = 1;
        while self
            .periods
            .get(&found)
            .is_some_and(|known| *known != phase)
        {
            count += 1;
            found = format!("{name}-{count}");
        }
        if found != id && !self.periods.contains_key(&found) {
            let says = format!("the phase {id:?} is called {found:?} there");
            self.problems.push(Problem::note(0, says));
        }
        self.periods.insert(found.clone(), phase);
        found
    }

    fn document(&mut self, (types, of): &(Vec<Type>, Vec<usize>)) {
        let format = self.format;
        let preparation = format.preparation.as_ref().map(|segment| self.one(segment));
        self.languages = Languages::of(format, &self.periods);
        let about = About::of(&format.source, &format.name);
        self.line(0, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
        self.line(0, "<debate-format schema-version=\"2.2\">");
        self.named(1, "name", &format.name, &format.names);
        if let Some(short) = &about.short_name {
            self.line(1, &format!("<short-name>{}</short-name>", escaped(short)));
        }
        self.line(1, &format!("<version>{}</version>", about.version));
        self.languages();
        for (language, lines) in &about.info {
            self.info(language, lines);
        }
        self.periods();
        if let Some(preparation) = preparation {
            if preparation.bells.is_empty() && preparation.first.is_empty() {
                self.line(
                    1,
                    &format!("<prep-time length=\"{}\"/>", clock(preparation.length_s)),
                );
            } else {
                self.controlled(1, "prep-time-controlled", &preparation);
            }
        }
        self.line(1, "<speech-types>");
        for one in types {
            self.controlled(2, "speech-type", one);
        }
        self.line(1, "</speech-types>");
        self.line(1, "<speeches>");
        for (segment, at) in format.segments.iter().zip(of) {
            self.line(2, &format!("<speech type=\"{}\">", types[*at].reference));
            self.named(3, "name", &segment.name, &segment.names);
            self.line(2, "</speech>");
        }
        self.line(1, "</speeches>");
        self.line(0, "</debate-format>");
    }

    fn languages(&mut self) {
        if self.languages.all.is_empty() {
            return;
        }
        self.line(1, "<languages>");
        for language in self.languages.all.clone() {
            self.line(2, &format!("<language>{}</language>", escaped(&language)));
        }
        self.line(1, "</languages>");
    }

    fn info(&mut self, language: &str, lines: &[(&'static str, String)]) {
        let known = self.languages.all.iter().any(|known| known == language);
        let language = if known {
            format!(" xml:lang=\"{}\"", escaped(language))
        } else {
            String::new()
        };
        self.line(1, &format!("<info{language}>"));
        for (tag, text) in lines {
            self.line(2, &format!("<{tag}>{}</{tag}>", escaped(text)));
        }
        self.line(1, "</info>");
    }

    fn periods(&mut self) {
        if self.periods.is_empty() {
            return;
        }
        self.line(1, "<period-types>");
        for (reference, phase) in std::mem::take(&mut self.periods) {
            let points = if phase.points {
                " pois-allowed=\"true\""
            } else {
                ""
            };
            self.line(
                2,
                &format!("<period-type ref=\"{}\"{points}>", escaped(&reference)),
            );
            let label = if phase.name.chars().count() < 2 {
                &reference
            } else {
                &phase.name
            };
            self.line(3, &format!("<name>{}</name>", escaped(label)));
            // An empty display says that nothing is shown; a missing one would leave what was there.
            self.named(3, "display", &phase.name, &phase.names);
            let colour = match phase.colour.as_str() {
                "" => "#000000",
                colour => colour,
            };
            self.line(
                3,
                &format!("<default-bgcolor>{}</default-bgcolor>", escaped(colour)),
            );
            self.line(2, "</period-type>");
        }
        self.line(1, "</period-types>");
    }

    fn controlled(&mut self, depth: usize, tag: &str, one: &Type) {
        let reference = match one.reference.as_str() {
            "" => String::new(),
            reference => format!(" ref=\"{reference}\""),
        };
        let first = match one.first.as_str() {
            "" => String::new(),
            first => format!(" first-period=\"{}\"", escaped(first)),
        };
        let end = if one.bells.is_empty() { "/>" } else { ">" };
        self.line(
            depth,
            &format!(
                "<{tag}{reference} length=\"{}\"{first}{end}",
                clock(one.length_s)
            ),
        );
        for (bell, next) in &one.bells {
            let time = if bell.at_s == one.length_s {
                "finish".to_owned()
            } else {
                clock(bell.at_s)
            };
            let next = match next.as_str() {
                "" => String::new(),
                next => format!(" next-period=\"{}\"", escaped(next)),
            };
            let pause = if bell.pause {
                " pause-on-bell=\"true\""
            } else {
                ""
            };
            let number = bell.rings;
            self.line(
                depth + 1,
                &format!("<bell time=\"{time}\" number=\"{number}\"{next}{pause}/>"),
            );
        }
        if !one.bells.is_empty() {
            self.line(depth, &format!("</{tag}>"));
        }
    }

    fn named(&mut self, depth: usize, tag: &str, name: &str, names: &BTreeMap<String, String>) {
        let lines: Vec<_> = self
            .languages
            .spoken(name, names)
            .map(|(language, text)| {
                let language =
                    language.map(|language| format!(" xml:lang=\"{}\"", escaped(language)));
                format!(
                    "<{tag}{}>{}</{tag}>",
                    language.unwrap_or_default(),
                    escaped(text)
                )
            })
            .collect();
        for line in lines {
            self.line(depth, &line);
        }
    }

    fn line(&mut self, depth: usize, text: &str) {
        // Writing to a String cannot fail.
        let _ = writeln!(self.xml, "{}{text}", "  ".repeat(depth));
    }
}

/// References there are small letters, digits, dots, and hyphens.
fn reference(id: &str) -> String {
    let reference: String = id
        .to_lowercase()
        .chars()
        .map(|letter| {
            if letter.is_ascii_alphanumeric() || letter == '.' {
                letter
            } else {
                '-'
            }
        })
        .collect();
    if phases::is_built_in(&reference) && reference != id {
        return format!("{reference}.own");
    }
    reference
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            letter if letter.is_control() => out.push(' '),
            letter => out.push(letter),
        }
    }
    out
}
