//! What each audience may hold, path by path; `*` is any one key. A path that is not here must not leave the server:
//! whoever adds one adds it here, and thinks of whom it shows.

use serde_json::Value;

pub const FLOOR: &[&str] = &[
    "meeting.title",
    "meeting.code",
    "meeting.state",
    "meeting.language",
    "meeting.languages.*",
    "meeting.ask.*",
    "meeting.minors",
    "meeting.ask_first",
    "meeting.stage",
    "meeting.hidden",
    "meeting.joining",
    "meeting.called_back",
    "meeting.featured",
    "meeting.ends_at",
    "meeting.planned.act.stage",
    "meeting.planned.act.stage.activity",
    "meeting.planned.act.end",
    "meeting.planned.act.call_back.on",
    "meeting.planned.at",
    "meeting.wifi.name",
    "meeting.wifi.password",
    "meeting.contact.name",
    "meeting.contact.numbers",
    "meeting.contact.on_duty",
    "agenda",
    "agenda.*.kind",
    "agenda.*.title",
    "agenda.*.state",
    "agenda.*.rank",
    "agenda.*.minutes",
    "agenda.*.opened_at",
    "agenda.*.closed_at",
    "agenda.*.review",
    "agenda.*.votes",
    "agenda.*.counts_hidden",
    "agenda.*.order",
    "agenda.*.longest",
    "questions",
    "questions.*.activity",
    "questions.*.text",
    "questions.*.state",
    "questions.*.votes",
    "questions.*.at",
    "questions.*.rank",
    "questions.*.fair",
    "questions.*.author",
    "questions.*.tag",
    "questions.*.from_card",
    "questions.*.language",
    "questions.*.tags.*",
    "questions.*.translations.*",
    "questions.*.answer",
    "questions.*.answered_by",
    "questions.*.answered_at",
    "questions.*.replied",
    "questions.*.merged",
    "questions.*.hands",
    "here",
    "heads",
    "asked",
    "listed",
    "merged",
    "dismissed",
];

pub const DESK: &[&str] = &[
    "waiting",
    "waiting.*.activity",
    "waiting.*.text",
    "waiting.*.at",
    "waiting.*.held",
    "waiting.*.author",
    "waiting.*.tag",
    "waiting.*.anonymous",
    "waiting.*.language",
    "waiting.*.muted",
    "waiting.*.from_card",
    "dismissed",
    "dismissed.*.activity",
    "dismissed.*.text",
    "dismissed.*.at",
    "dismissed.*.reason",
    "private",
    "private.*.activity",
    "private.*.text",
    "private.*.at",
    "private.*.state",
    "merged",
    "merged.*.text",
    "merged.*.into",
    "authors",
    "authors.*.muted",
    "authors.*.seat",
    "votes",
    "votes.*",
    "suggestions",
    "suggestions.*.from",
    "suggestions.*.into",
    "suggestions.*.likeness",
    "seats",
    "seats.*.name",
    "seats.*.roles.*",
    "seats.*.proxy",
    "seats.*.muted",
    "seats.*.waiting",
    "links",
    "links.*.role",
    "links.*.label",
    "links.*.revoked",
    "counts.seats",
    "counts.proxies",
    "counts.waiting",
    "counts.private",
    "counts.concerns_open",
    "take_back.act.stage",
    "take_back.act.stage.activity",
    "take_back.act.end",
    "take_back.act.call_back.on",
    "take_back.act.feature",
    "take_back.act.feature.question",
    "take_back.act.hide_stage.on",
    "take_back.until",
    "held_words.*",
];

pub const CARE: &[&str] = &["needs", "needs.*.name", "needs.*.needs"];

/// An empty document is an empty path.
pub const CONCERNS: &[&str] = &["", "*.text", "*.place", "*.name", "*.at", "*.done"];

pub const MINE: &[&str] = &[
    "",
    "seat",
    "seat.name",
    "seat.language",
    "seat.tags.*",
    "seat.needs",
    "seat.roles.*",
    "seat.waiting",
    "seat.proxy",
    "votes",
    "votes.*",
    "questions",
    "questions.*.activity",
    "questions.*.text",
    "questions.*.state",
    "questions.*.at",
    "questions.*.reason",
    "questions.*.into",
    "questions.*.answer",
    "questions.*.answered_by",
    "questions.*.replied",
    "questions.*.editable",
];

/// The paths of a document that its list does not allow: leaves and empty maps.
pub fn paths_outside(document: &Value, allowed: &[&str]) -> Vec<String> {
    let mut paths = Vec::new();
    gather(document, &mut Vec::new(), &mut paths);
    let fits = |path: &[String]| allowed.iter().any(|pattern| fits(path, pattern));
    paths
        .into_iter()
        .filter(|path| !fits(path))
        .map(|path| path.join("."))
        .collect()
}

fn gather(value: &Value, path: &mut Vec<String>, paths: &mut Vec<Vec<String>>) {
    match value {
        Value::Object(members) if !members.is_empty() => {
            for (key, member) in members {
                path.push(key.clone());
                gather(member, path, paths);
                path.pop();
            }
        }
        _ => paths.push(path.clone()),
    }
}

fn fits(path: &[String], pattern: &str) -> bool {
    let pattern: Vec<&str> = pattern.split('.').filter(|key| !key.is_empty()).collect();
    pattern.len() == path.len()
        && pattern
            .iter()
            .zip(path)
            .all(|(wanted, key)| *wanted == "*" || wanted == key)
}
