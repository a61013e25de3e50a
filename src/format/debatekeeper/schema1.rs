//! Schema 1.0 and 1.1, which the app no longer reads: resources are laid into the speech types that include them, and periods,
//! which were local to each, become global. Periods without a text are the built-in ones they look like, after the app's own
//! converter (misc/scripts/convert_to_schema_2.py).

use std::collections::BTreeMap;

use crate::format::phases;

use super::draft::{Controlled, Draft, Period, Ring, STAY, Speech, colour};
use super::elements::Element;

/// The resource that every speech type includes.
const ALL: &str = "#all";

/// Reference in the file → the global one.
type Scope = BTreeMap<String, String>;

pub(super) fn read(root: &Element<'_, '_>, draft: &mut Draft) {
    draft.name = root
        .attribute("name")
        .map(|name| (name.to_owned(), BTreeMap::new()));
    source(root, draft);
    let resources: BTreeMap<&str, Element<'_, '_>> = root
        .all("resource")
        .filter_map(|element| Some((element.attribute("ref")?, element)))
        .collect();
    preparation(root, draft);
    for element in root.all("speechtype") {
        let line = element.line();
        let Some(reference) = element.attribute("ref").filter(|text| !text.is_empty()) else {
            draft.wrong(line, "this <speechtype> has no ref and is left out");
            continue;
        };
        let what = format!("the speech type {reference:?}");
        let included = included(&element, &resources, draft);
        let Some(controlled) = controlled(&element, &included, &what, draft) else {
            continue;
        };
        if draft.types.contains_key(reference) {
            draft.wrong(
                line,
                format!("a second speech type {reference:?} is left out"),
            );
            continue;
        }
        draft.types.insert(reference.to_owned(), controlled);
    }
    for list in root.all("speeches") {
        for element in list.all("speech") {
            speech(&element, draft);
        }
    }
}

fn source(root: &Element<'_, '_>, draft: &mut Draft) {
    for child in root.all("info").flat_map(|info| info.children()) {
        let label = match child.name() {
            "region" => "Region",
            "level" => "Level",
            "usedat" => "Used at",
            "desc" => "Description",
            _ => continue,
        };
        draft.source.push(format!("{label}: {}", child.text()));
    }
}

/// Everything for all first, then what is included, in the order of the file; the speech type's own comes last and stands.
fn included<'a, 'i>(
    element: &Element<'a, 'i>,
    resources: &BTreeMap<&str, Element<'a, 'i>>,
    draft: &mut Draft,
) -> Vec<Element<'a, 'i>> {
    let mut found: Vec<_> = resources.get(ALL).into_iter().copied().collect();
    for include in element.all("include") {
        let line = include.line();
        match include.attribute("resource") {
            None => draft.wrong(line, "this <include> names no resource"),
            Some(name) => match resources.get(name) {
                Some(resource) => found.push(*resource),
                None => draft.wrong(line, format!("there is no resource {name:?}")),
            },
        }
    }
    found
}

fn preparation(root: &Element<'_, '_>, draft: &mut Draft) {
    if let Some(element) = root.first("preptime") {
        let length = draft.length(
            element.line(),
            "the preparation",
            element.attribute("length"),
        );
        draft.preparation = length.map(|length_s| Controlled {
            length_s,
            ..Controlled::default()
        });
    } else if let Some(element) = root.first("preptime-controlled") {
        draft.preparation = controlled(&element, &[], "the preparation", draft);
    }
}

fn controlled(
    element: &Element<'_, '_>,
    included: &[Element<'_, '_>],
    what: &str,
    draft: &mut Draft,
) -> Option<Controlled> {
    let line = element.line();
    let length_s = draft.length(line, what, element.attribute("length"))?;
    let mut scope = Scope::new();
    for part in included.iter().chain([element]) {
        for period in part.all("period") {
            add(&period, &mut scope, draft);
        }
    }
    let mut controlled = Controlled {
        length_s,
        first: find(&scope, line, element.attribute("firstperiod"), draft),
        ..Controlled::default()
    };
    for bell in included
        .iter()
        .chain([element])
        .flat_map(|part| part.all("bell"))
    {
        let next = find(&scope, bell.line(), bell.attribute("nextperiod"), draft);
        let ring = Ring {
            line: bell.line(),
            time: bell.attribute("time"),
            number: bell.attribute("number"),
            next: next.as_deref(),
            pause: bell.attribute("pauseonbell"),
        };
        draft.ring(&mut controlled, &ring);
    }
    Some(controlled)
}

fn find(scope: &Scope, line: u32, reference: Option<&str>, draft: &mut Draft) -> Option<String> {
    let reference = reference.filter(|reference| *reference != STAY)?;
    let global = scope.get(reference);
    if global.is_none() {
        draft.wrong(
            line,
            format!("there is no period {reference:?}: the period stays as it was"),
        );
    }
    global.cloned()
}

/// Gives a local period its global reference: a built-in one, its own, or its own with a number where that is taken.
fn add(element: &Element<'_, '_>, scope: &mut Scope, draft: &mut Draft) {
    let line = element.line();
    let Some(reference) = element.attribute("ref").filter(|text| !text.is_empty()) else {
        draft.wrong(line, "this <period> has no ref and is left out");
        return;
    };
    let text = |name| element.attribute(name).filter(|text| *text != STAY);
    let points = draft.flag(line, "poisallowed", element.attribute("poisallowed"));
    let bgcolor = text("bgcolor");
    let shade = bgcolor.and_then(colour);
    if let Some(bgcolor) = bgcolor.filter(|_| shade.is_none()) {
        draft.wrong(line, format!("{bgcolor:?} is no colour such as #77FFCC00"));
    }
    let display = text("desc");
    let global = match alike(display, bgcolor, points) {
        Some(built_in) => built_in.to_owned(),
        None => {
            let period = Period {
                display: display.map(|text| (text.to_owned(), BTreeMap::new())),
                colour: shade,
                points,
            };
            let mut global = reference.to_owned();
            let mut count = 0;
            while phases::is_built_in(&global)
                || draft
                    .periods
                    .get(&global)
                    .is_some_and(|known| *known != period)
            {
                count += 1;
                global = format!("{reference}{count}");
            }
            draft.periods.insert(global.clone(), period);
            global
        }
    };
    scope.insert(reference.to_owned(), global);
}

/// The built-in period that a period without a text looks like.
fn alike(display: Option<&str>, bgcolor: Option<&str>, points: bool) -> Option<&'static str> {
    if display.is_some_and(|text| !text.is_empty()) {
        return None;
    }
    let bgcolor = bgcolor.map(str::to_lowercase);
    match (bgcolor.as_deref(), points) {
        (None, false) => Some(phases::NORMAL),
        (Some(black), false) if black.ends_with("000000") => Some(phases::NORMAL),
        (Some("#7700ff00"), true) => Some(phases::POINTS),
        (Some("#77ffcc00"), false) => Some(phases::WARNING),
        (Some("#77ff0000"), false) => Some(phases::OVERTIME),
        _ => None,
    }
}

fn speech(element: &Element<'_, '_>, draft: &mut Draft) {
    let line = element.line();
    let Some(name) = element
        .attribute("name")
        .filter(|name| !name.trim().is_empty())
    else {
        draft.wrong(line, "this speech has no name and is left out");
        return;
    };
    let Some(kind) = element.attribute("type") else {
        draft.wrong(line, format!("{name:?} has no type and is left out"));
        return;
    };
    draft.speeches.push(Speech {
        line,
        name: (name.trim().to_owned(), BTreeMap::new()),
        kind: kind.to_owned(),
    });
}
