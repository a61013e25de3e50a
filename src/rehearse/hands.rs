//! How people behave in a discussion: they raise a hand, think better of it, speak and end; and how a chair leads one.

use std::time::Duration;

use serde_json::{Value, json};

use super::Trouble;
use super::chance::Chance;
use super::phone::Phone;
use super::phrases;

/// The discussion that is open, if one is.
#[must_use]
pub fn open_discussion(floor: &Value) -> Option<String> {
    let agenda = floor["agenda"].as_object()?;
    let open = |entry: &Value| entry["kind"] == "discussion" && entry["state"] == "open";
    agenda
        .iter()
        .find(|(_, entry)| open(entry))
        .map(|(id, _)| id.clone())
}

/// Does what a person does now and then while there is a discussion.
pub fn act(phone: &mut Phone, activity: &str, chance: &mut Chance) {
    let hands = phone.mine["discussions"][activity]["hands"].as_object();
    let hands = hands.map(|hands| hands.values().cloned().collect::<Vec<_>>());
    let hands = hands.unwrap_or_default();
    if hands.iter().any(|hand| hand["clock"]["since"].is_number()) {
        if chance.percent(30) {
            phone.send(json!({"end_speech": {"activity": activity}}));
        }
    } else if hands.is_empty() {
        raise(phone, activity, chance);
    } else if chance.percent(15) {
        phone.send(json!({"lower": {"activity": activity}}));
    }
}

fn raise(phone: &mut Phone, activity: &str, chance: &mut Chance) {
    let kind = match chance.below(100) {
        0..4 => "reply",
        4..8 => "point_of_order",
        _ => "ordinary",
    };
    let mut wish = json!({"activity": activity, "kind": kind});
    if chance.percent(40) {
        let about: String = phrases::ask(chance).text.chars().take(60).collect();
        wish["about"] = json!(about);
    }
    if phone.floor()["discussions"][activity]["stances"] == true {
        let stance = if chance.percent(50) { "for" } else { "against" };
        wish["stance"] = json!(stance);
    }
    phone.send(json!({"raise": wish}));
}

/// Leads whatever discussion is open, until dropped: calls whoever is next, pauses and resumes, ends.
///
/// # Errors
/// If the server closes the phone's socket for good.
pub async fn lead(mut phone: Phone, mut chance: Chance) -> Result<(), Trouble> {
    phone
        .until(Duration::from_secs(60), Phone::is_current)
        .await?;
    loop {
        let pause = chance.wait(Duration::from_secs(4));
        phone.rest(pause).await?;
        phone.answers.clear();
        let Some(activity) = open_discussion(phone.floor()) else {
            continue;
        };
        let verb = next_verb(&phone.floor()["discussions"][&activity], &mut chance);
        if let Some(verb) = verb {
            phone.send(json!({ verb: {"activity": activity} }));
        }
    }
}

/// What the chair does now, by what the floor shows.
fn next_verb(discussion: &Value, chance: &mut Chance) -> Option<&'static str> {
    let waits = discussion["line"]
        .as_object()
        .is_some_and(|line| !line.is_empty());
    let replies = discussion["line"]["1"]["kind"] == "reply";
    match discussion["speaking"]["clock"]["state"].as_str() {
        Some("paused") => Some("resume_speech"),
        Some(_) if replies => Some("call"),
        Some(_) => match chance.below(10) {
            0..3 => Some("end_speech"),
            3..4 => Some("pause_speech"),
            4..6 if waits => Some("call"),
            _ => None,
        },
        None if waits => Some("call"),
        None => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chair_calls_whoever_waits_and_lets_the_interrupted_go_on() {
        let mut chance = Chance::new(1, 1);
        let verb = |discussion: Value, chance: &mut Chance| next_verb(&discussion, chance);
        let waiting = json!({"line": {"1": {"hand": 1, "kind": "ordinary"}}});
        assert_eq!(verb(waiting, &mut chance), Some("call"));
        assert_eq!(verb(json!({"line": {}}), &mut chance), None);
        let paused = json!({"line": {}, "speaking": {"clock": {"state": "paused"}}});
        assert_eq!(verb(paused, &mut chance), Some("resume_speech"));
        let reply =
            json!({"line": {"1": {"kind": "reply"}}, "speaking": {"clock": {"state": "running"}}});
        assert_eq!(verb(reply, &mut chance), Some("call"));
    }

    #[test]
    fn only_an_open_discussion_is_one() {
        let floor = json!({"agenda": {
            "a": {"kind": "questions", "state": "open"},
            "b": {"kind": "discussion", "state": "planned"},
            "c": {"kind": "discussion", "state": "open"},
        }});
        assert_eq!(open_discussion(&floor).as_deref(), Some("c"));
    }
}
