//! Schema 2.0 to 2.2, as the app's DebateFormatBuilderFromXmlForSchema2 reads it.

use super::draft::{Controlled, Draft, Period, Ring, Speech, colour};
use super::elements::Element;
use super::names::Languages;
use crate::format::phases;

pub(super) fn read(root: &Element<'_, '_>, draft: &mut Draft) {
    let languages = Languages::read(root, draft);
    unknown(root, draft);
    draft.name = languages.text(root, "name");
    draft.short_name = languages.text(root, "short-name").map(|(name, _)| name);
    source(root, &languages, draft);
    for list in root.all("period-types") {
        for element in list.all("period-type") {
            period(&element, &languages, draft);
        }
    }
    preparation(root, draft);
    for list in root.all("speech-types") {
        for element in list.all("speech-type") {
            speech_type(&element, draft);
        }
    }
    for list in root.all("speeches") {
        for element in list.all("speech") {
            speech(&element, &languages, draft);
        }
    }
}

/// What is about the format goes into its source, a line each, so that writing finds it again.
fn source(root: &Element<'_, '_>, languages: &Languages, draft: &mut Draft) {
    let several = root.all("info").count() > 1;
    for info in root.all("info") {
        let language = match info.language() {
            Some(language) if several && language != "en" => format!(" [{language}]"),
            _ => String::new(),
        };
        for child in info.children() {
            let text = child.text();
            let line = match child.name() {
                "region" => format!("Region{language}: {text}"),
                "level" => format!("Level{language}: {text}"),
                "used-at" => format!("Used at{language}: {text}"),
                "description" => format!("Description{language}: {text}"),
                _ => continue,
            };
            draft.source.push(line);
        }
    }
    if let Some((short, _)) = languages.text(root, "short-name") {
        draft.source.push(format!("Short name: {short}"));
    }
    if let Some(version) = root.first("version") {
        draft.source.push(format!("Version: {}", version.text()));
    }
}

fn period(element: &Element<'_, '_>, languages: &Languages, draft: &mut Draft) {
    let line = element.line();
    let Some(reference) = element.attribute("ref").filter(|text| !text.is_empty()) else {
        draft.wrong(line, "this <period-type> has no ref and is left out");
        return;
    };
    let named = languages.text(element, "name");
    if named.is_none_or(|(name, _)| name.is_empty()) {
        draft.wrong(
            line,
            format!("the period {reference:?} has no <name> and is left out"),
        );
        return;
    }
    if phases::is_built_in(reference) {
        draft.wrong(
            line,
            format!("{reference:?} is built in and cannot be described again: this is left out"),
        );
        return;
    }
    let bgcolor = element.first("default-bgcolor");
    let shade = bgcolor.and_then(|bgcolor| {
        let text = bgcolor.text();
        let shade = colour(&text).filter(|_| text.len() == 7);
        if shade.is_none() {
            draft.wrong(
                bgcolor.line(),
                format!("{text:?} is no colour such as #CCAA00"),
            );
        }
        shade
    });
    let period = Period {
        display: languages.text(element, "display"),
        colour: shade,
        points: draft.flag(line, "pois-allowed", element.attribute("pois-allowed")),
    };
    if draft.periods.contains_key(reference) {
        draft.wrong(line, format!("a second period {reference:?} is left out"));
        return;
    }
    draft.periods.insert(reference.to_owned(), period);
}

fn preparation(root: &Element<'_, '_>, draft: &mut Draft) {
    let simple = root.first("prep-time");
    let controlled = root.first("prep-time-controlled");
    match (simple, controlled) {
        (Some(_), Some(second)) => draft.wrong(
            second.line(),
            "<prep-time> and <prep-time-controlled> exclude each other: both are left out",
        ),
        (Some(element), None) => {
            let length = draft.length(
                element.line(),
                "the preparation",
                element.attribute("length"),
            );
            draft.preparation = length.map(|length_s| Controlled {
                length_s,
                ..Controlled::default()
            });
        }
        (None, Some(element)) => {
            draft.preparation = controlled_time(&element, "the preparation", draft);
        }
        (None, None) => {}
    }
}

fn speech_type(element: &Element<'_, '_>, draft: &mut Draft) {
    let line = element.line();
    let Some(reference) = element.attribute("ref").filter(|text| !text.is_empty()) else {
        draft.wrong(line, "this <speech-type> has no ref and is left out");
        return;
    };
    let what = format!("the speech type {reference:?}");
    // Its <name> is allowed since 2.2 and used for nothing.
    let Some(controlled) = controlled_time(element, &what, draft) else {
        return;
    };
    if draft.types.contains_key(reference) {
        draft.wrong(
            line,
            format!("a second speech type {reference:?} is left out"),
        );
        return;
    }
    draft.types.insert(reference.to_owned(), controlled);
}

fn controlled_time(element: &Element<'_, '_>, what: &str, draft: &mut Draft) -> Option<Controlled> {
    let line = element.line();
    let mut controlled = Controlled {
        length_s: draft.length(line, what, element.attribute("length"))?,
        first: draft.first_period(line, element.attribute("first-period")),
        ..Controlled::default()
    };
    for bell in element.all("bell") {
        let ring = Ring {
            line: bell.line(),
            time: bell.attribute("time"),
            number: bell.attribute("number"),
            next: bell.attribute("next-period"),
            pause: bell.attribute("pause-on-bell"),
        };
        draft.ring(&mut controlled, &ring);
    }
    Some(controlled)
}

fn speech(element: &Element<'_, '_>, languages: &Languages, draft: &mut Draft) {
    let line = element.line();
    let name = languages.text(element, "name");
    let Some(name) = name.filter(|(name, _)| !name.is_empty()) else {
        draft.wrong(line, "this speech has no name and is left out");
        return;
    };
    let Some(kind) = element.attribute("type") else {
        draft.wrong(line, format!("{:?} has no type and is left out", name.0));
        return;
    };
    draft.speeches.push(Speech {
        line,
        name,
        kind: kind.to_owned(),
    });
}

/// A misspelt element would otherwise be missing without a word.
fn unknown(root: &Element<'_, '_>, draft: &mut Draft) {
    const KNOWN: &[&str] = &[
        "debate-format",
        "name",
        "short-name",
        "version",
        "languages",
        "language",
        "info",
        "region",
        "level",
        "used-at",
        "description",
        "period-types",
        "period-type",
        "display",
        "default-bgcolor",
        "prep-time",
        "prep-time-controlled",
        "speech-types",
        "speech-type",
        "bell",
        "speeches",
        "speech",
    ];
    for element in root.everything() {
        if !KNOWN.contains(&element.name()) {
            draft.note(
                element.line(),
                format!("<{}> means nothing in a debate format", element.name()),
            );
        }
    }
}
