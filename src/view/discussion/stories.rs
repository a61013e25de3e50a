//! A discussion of twelve hands as the hall, the chair and the people in it see it.

use serde_json::{Value, json};

use crate::meeting::command::{Command, DiscussionCommand as C, HandKind, LineOrder};
use crate::meeting::hall::{DISCUSSION, Hall, person, seat};
use crate::view::{Audience, Presence, build, mine};

fn chair(hall: &mut Hall, command: C) {
    hall.lead(Command::Discussion(command));
}

fn raise(hall: &mut Hall, n: u128, kind: HandKind) {
    let raise = C::Raise {
        activity: DISCUSSION,
        kind: Some(kind),
        about: Some(format!("word {n}")),
        stance: None,
    };
    hall.send(person(n), Command::Discussion(raise)).unwrap();
}

fn call(hall: &mut Hall) {
    chair(
        hall,
        C::Call {
            activity: DISCUSSION,
            hand: None,
            seat: None,
            question: None,
        },
    );
}

fn floor(hall: &Hall) -> Value {
    let view = build(&hall.meeting, &Presence::default(), &Audience::Floor);
    view.to_value()["discussions"][DISCUSSION.to_string()].clone()
}

fn of_chair(hall: &Hall) -> Value {
    let audience = Audience::Chair(DISCUSSION);
    let view = build(&hall.meeting, &Presence::default(), &audience);
    view.to_value()["discussion"].clone()
}

fn own(hall: &Hall, n: u128) -> Value {
    mine(&hall.meeting, person(n))["discussions"][DISCUSSION.to_string()].clone()
}

/// People 11–22 raise their hands, one a second; first-timers first. Odd ones are teachers.
fn twelve() -> Hall {
    let mut hall = Hall::discussing();
    hall.lead(Command::ChangeMeeting {
        title: None,
        language: None,
        languages: None,
        ask: Some(vec!["teacher".into(), "student".into()]),
        ask_first: None,
        minors: None,
        ends_at: None,
        wifi: None,
        contact: None,
        held_words: None,
    });
    chair(
        &mut hall,
        C::SetDiscussion {
            activity: DISCUSSION,
            order: Some(LineOrder::FirstTimers),
            speech_s: Some(60),
            tags: None,
            stances: None,
            budget_s: None,
            one_queue: None,
            order_when_closed: None,
        },
    );
    for n in 11..23 {
        hall.pass(1_000);
        hall.sit(n, None);
        let tag = if n == 22 { "student" } else { "teacher" };
        let introduce = Command::Introduce {
            name: (n == 12).then(String::new),
            language: None,
            tags: Some(vec![tag.to_owned()]),
            needs: None,
        };
        hall.send(person(n), introduce).unwrap();
        raise(&mut hall, n, HandKind::Ordinary);
    }
    hall
}

#[test]
fn a_discussion_is_there_before_anybody_said_anything() {
    let hall = Hall::discussing();
    assert_eq!(
        floor(&hall),
        json!({"order": "first_come", "speech_s": 120, "hands": 0, "line": {}})
    );
    assert_eq!(
        of_chair(&hall),
        json!({"tags": [], "order_when_closed": true, "line": {}, "people": {}, "balance": {}, "stances": {}})
    );
    assert_eq!(own(&hall, 3), Value::Null);
}

#[test]
fn the_hall_sees_who_speaks_and_the_next_eight() {
    let mut hall = twelve();
    call(&mut hall);
    let view = floor(&hall);
    assert_eq!(view["speaking"]["name"], "Person 11");
    assert_eq!(view["speaking"]["tag"], "teacher");
    assert_eq!(view["speaking"]["first"], true);
    assert_eq!(
        view["speaking"]["clock"],
        json!({"state": "running", "spent": 0, "since": hall.now, "length": 60_000, "bells": [
            {"at": 30_000, "rings": 1, "phase": "warning"}, {"at": 60_000, "rings": 2, "phase": "overtime"},
        ]})
    );
    assert_eq!(view["hands"], 11);
    assert_eq!(view["line"].as_object().unwrap().len(), 8);
    let nameless = json!({"hand": 2, "tag": "teacher", "kind": "ordinary", "first": true});
    assert_eq!(view["line"]["1"], nameless);
    assert!(!view.to_string().contains("word 1"), "that is the chair's");
}

#[test]
fn the_chair_sees_everyone_with_the_reason() {
    let mut hall = twelve();
    call(&mut hall);
    hall.pass(10_000);
    raise(&mut hall, 11, HandKind::Ordinary);
    raise(&mut hall, 22, HandKind::PointOfOrder);
    let view = of_chair(&hall);
    assert_eq!(view["line"].as_object().unwrap().len(), 13);
    assert_eq!(view["line"]["1"]["why"], "point_of_order");
    assert_eq!(view["line"]["2"]["why"], "first_time");
    assert_eq!(view["line"]["2"]["about"], "word 12");
    assert_eq!(view["line"]["2"]["seat"], json!(seat(12)));
    assert_eq!(view["line"]["13"]["why"], "spoken_before");
    assert_eq!(view["speaking"]["clock"]["length"], 60_000);
    chair(
        &mut hall,
        C::EndSpeech {
            activity: DISCUSSION,
        },
    );
    let view = of_chair(&hall);
    assert_eq!(view["last"], 1);
    let spoken = json!({"ms": 10_000, "turns": 1});
    assert_eq!(view["people"], json!({seat(11).to_string(): spoken}));
    assert_eq!(view["balance"], json!({"teacher": spoken}));
}

#[test]
fn a_tag_that_few_hold_stands_beside_nobody() {
    let mut hall = twelve();
    for _ in 0..12 {
        call(&mut hall);
        hall.pass(1_000);
    }
    let view = floor(&hall);
    assert_eq!(view["speaking"]["name"], "Person 22");
    assert_eq!(view["speaking"].get("tag"), None);
    call_closed(&mut hall);
    assert!(of_chair(&hall)["balance"].get("student").is_none());
}

fn call_closed(hall: &mut Hall) {
    hall.lead(Command::Close {
        activity: DISCUSSION,
    });
    assert!(floor(hall).get("speaking").is_none());
}

#[test]
fn a_person_sees_their_place_and_why_then_their_own_clock() {
    let mut hall = twelve();
    assert_eq!(
        own(&hall, 13)["hands"]["ordinary"],
        json!({"hand": 3, "place": 3, "why": "first_come", "about": "word 13"})
    );
    call(&mut hall);
    raise(&mut hall, 13, HandKind::Reply);
    assert_eq!(own(&hall, 13)["hands"]["reply"]["place"], 1);
    assert_eq!(own(&hall, 13)["hands"]["ordinary"]["place"], 3);
    hall.pass(5_000);
    call(&mut hall);
    let interrupted = own(&hall, 11)["hands"]["ordinary"].clone();
    assert_eq!(interrupted["speaking"], true);
    assert_eq!(interrupted["clock"]["state"], "paused");
    assert_eq!(interrupted["clock"]["spent"], 5_000);
    assert_eq!(floor(&hall)["interrupted"]["name"], "Person 11");
    assert_eq!(floor(&hall)["speaking"]["kind"], "reply");
    assert_eq!(own(&hall, 13)["turns"], 1);
}

#[test]
fn extra_time_is_seen_by_the_chair_and_the_person_alone() {
    let with_factor = |n: u128| {
        let mut hall = twelve();
        let extra = C::ExtraTime {
            seat: seat(n),
            percent: 150,
        };
        chair(&mut hall, extra);
        call(&mut hall);
        hall
    };
    // Who has it, among those who wait, changes no byte of the floor, nor of anybody else's document.
    let (one, other) = (with_factor(14), with_factor(15));
    assert_eq!(floor(&one), floor(&other));
    assert_eq!(own(&one, 13), own(&other, 13));
    assert_eq!(floor(&one)["speaking"]["clock"]["bar"], true);
    assert_eq!(own(&one, 14)["factor"], 150);
    assert_eq!(own(&one, 15).get("factor"), None);
    let speaks = with_factor(11);
    let clock = &floor(&speaks)["speaking"]["clock"];
    assert_eq!(
        (&clock["length"], &clock["bar"]),
        (&json!(1_000), &json!(true))
    );
    assert!(!floor(&speaks).to_string().contains("90000"));
    assert_eq!(
        own(&speaks, 11)["hands"]["ordinary"]["clock"]["length"],
        90_000
    );
    assert_eq!(of_chair(&speaks)["speaking"]["factor"], 150);
}
