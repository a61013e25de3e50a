//! POST /api/meetings/{meeting}/commands and /similar

use serde_json::json;
use uuid::Uuid;

use crate::support::{Ask, TestServer, question};

#[tokio::test]
async fn a_command_is_done_once_however_often_it_is_sent() {
    let server = TestServer::new().await;
    let meeting = server.meeting().await;
    let seat = meeting.join().await;
    let (id, wish) = question(&meeting.activity().await, "Why?");
    for _ in 0..3 {
        let answer = meeting.command(&seat.token, 5, wish.clone()).await;
        assert_eq!((answer.status, answer.body), (200, json!({ "ok": 5 })));
    }
    let floor = meeting.floor().await;
    assert_eq!(
        (&floor["asked"], &floor["questions"][&id]["text"]),
        (&json!(1), &json!("Why?"))
    );

    let (_, other) = question(&meeting.activity().await, "What?");
    let reused = meeting.command(&seat.token, 5, other.clone()).await;
    assert_eq!(reused.said(), (409, "number_reused"));
    let lower = meeting.command(&seat.token, 4, other).await;
    assert_eq!(lower.said(), (409, "superseded"));
}

#[tokio::test]
async fn a_rule_that_says_no_says_which() {
    let server = TestServer::new().await;
    let meeting = server.meeting().await;
    let seat = meeting.join().await;
    let activity = meeting.activity().await;
    let (id, wish) = question(&activity, "Why?");
    assert_eq!(meeting.command(&seat.token, 1, wish).await.status, 200);
    let missing = Uuid::new_v4();
    for (n, wish, code) in [
        (2, json!({ "end": {} }), "not_allowed"),
        (
            3,
            json!({ "vote": { "question": missing, "on": true } }),
            "not_found",
        ),
        (4, question(&activity, "   ").1, "empty"),
        (5, question(&activity, &"x".repeat(501)).1, "too_long"),
        (
            6,
            json!({ "reply": { "question": id, "answered": true } }),
            "wrong_state",
        ),
    ] {
        let answer = meeting.command(&seat.token, n, wish).await;
        assert_eq!(answer.said(), (409, code));
        assert!(
            !answer.body["refused"]["detail"]
                .as_str()
                .unwrap()
                .is_empty()
        );
    }
    let last =
        json!({ "take_role": { "seat": facilitator(&meeting).await, "role": "facilitator" } });
    let last = meeting.command(&meeting.token, 1, last).await;
    assert_eq!(last.said(), (409, "last_facilitator"));
}

async fn facilitator(meeting: &crate::support::Meeting<'_>) -> String {
    let seats = meeting.get(&meeting.token, "/seats").await;
    let seats = seats.body["seats"].as_array().unwrap().clone();
    let leads = seats
        .iter()
        .find(|seat| seat["roles"] == json!({ "facilitator": true }));
    leads.unwrap()["seat"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn what_is_no_command_is_not_understood_and_what_is_no_json_is_a_bad_request() {
    let server = TestServer::new().await;
    let meeting = server.meeting().await;
    let token = meeting.token.as_str();
    for wish in [
        json!({ "dance": {} }),
        json!({}),
        json!("end"),
        json!({ "vote": { "question": "x", "on": true } }),
        json!({ "vote": {} }),
        json!({ "end": {}, "reopen": {} }),
        json!(null),
    ] {
        let answer = meeting.command(token, 1, wish.clone()).await;
        assert_eq!(answer.said(), (422, "not_understood"), "{wish}");
    }
    for body in [
        json!({ "do": { "end": {} } }),
        json!({ "n": -1, "do": { "end": {} } }),
        json!({ "n": 1.5, "do": { "end": {} } }),
        json!({ "n": 9_007_199_254_740_992_u64, "do": { "end": {} } }),
        json!({ "n": 1, "device": "phone", "do": { "end": {} } }),
        json!({ "n": 1 }),
    ] {
        let answer = meeting.post(token, "/commands", body.clone()).await;
        assert_eq!(answer.said(), (400, "bad_request"), "{body}");
    }
    let path = meeting.path("/commands");
    let broken = Ask::new("POST", &path).token(token).body("{\"n\":1,");
    assert_eq!(server.ask(broken).await.said(), (400, "bad_request"));
    let giant = Ask::new("POST", &path)
        .token(token)
        .body("x".repeat(100_000));
    assert_eq!(server.ask(giant).await.said(), (413, "too_big"));
    assert_eq!(meeting.floor().await["meeting"]["state"], "live");
}

#[tokio::test]
async fn who_is_too_fast_is_told_when_to_go_on_and_the_number_stays_free() {
    let server =
        TestServer::with(&["--limits", "seat=5/1"], openfloor::app::Memory::Forgotten).await;
    let meeting = server.meeting().await;
    let seat = meeting.join().await;
    let activity = meeting.activity().await;
    let (_, first) = question(&activity, "One?");
    assert_eq!(meeting.command(&seat.token, 1, first).await.status, 200);
    let (_, second) = question(&activity, "Two?");
    let slow = meeting.command(&seat.token, 2, second).await;
    assert_eq!(slow.said(), (429, "slow_down"));
    assert!(slow.body["refused"]["retry"].as_u64().unwrap() > 0);
    assert!(slow.header("retry-after").is_some());
    assert_eq!(meeting.get(&seat.token, "/mine").await.body["n"], 1);
}

#[tokio::test]
async fn a_stage_sends_no_commands() {
    let server = TestServer::new().await;
    let meeting = server.meeting().await;
    let stage = meeting
        .join_with(json!({ "secret": meeting.secret("stage") }))
        .await;
    let answer = meeting.command(&stage.token, 1, json!({ "end": {} })).await;
    assert_eq!(answer.said(), (403, "not_allowed"));
}

#[tokio::test]
async fn the_desk_acts_for_a_person_without_a_phone_and_nobody_else_does() {
    let server = TestServer::new().await;
    let meeting = server.meeting().await;
    let proxy = Uuid::new_v4();
    meeting
        .lead(json!({ "add_proxy": { "seat": proxy, "name": "Card 12" } }))
        .await;
    let (id, wish) = question(&meeting.activity().await, "From a card?");
    let body = json!({ "n": 1, "device": Uuid::new_v4(), "as": proxy, "do": wish });
    let seat = meeting.join().await;
    let stranger = meeting.post(&seat.token, "/commands", body.clone()).await;
    assert_eq!(stranger.said(), (409, "not_allowed"));
    assert_eq!(
        meeting.post(&meeting.token, "/commands", body).await.status,
        200
    );
    assert_eq!(meeting.floor().await["questions"][&id]["from_card"], true);
}

#[tokio::test]
async fn similar_questions_are_offered_but_not_more_often_than_twice_a_second() {
    let server = TestServer::new().await;
    let meeting = server.meeting().await;
    let activity = meeting.activity().await;
    let (id, wish) = question(&activity, "When does the new school open?");
    meeting.lead(wish).await;
    let (_, wish) = question(&activity, "Who pays for transport?");
    meeting.lead(wish).await;
    let seat = meeting.join().await;
    let typed = json!({ "text": "when will the new school open" });
    let found = meeting.post(&seat.token, "/similar", typed.clone()).await;
    assert_eq!(
        (found.status, found.body),
        (200, json!({ "questions": [id] }))
    );
    let fast = meeting.post(&seat.token, "/similar", typed.clone()).await;
    assert_eq!(fast.said(), (429, "too_many"));
    let other = meeting.join().await;
    assert_eq!(
        meeting.post(&other.token, "/similar", typed).await.status,
        200
    );
}
