//! POST /api/meetings/{meeting}/practice and DELETE /api/meetings/{meeting}/practice/{practice}

use std::time::Duration;

use serde_json::json;

use crate::support::{Ask, TestServer, fragment};

#[tokio::test]
async fn pretend_people_come_to_a_copy_and_nothing_is_left_of_it() {
    let server = TestServer::kept().await;
    let meeting = server.meeting().await;
    let activity = meeting.activity().await;
    meeting
        .lead(json!({ "set_questions": { "activity": activity, "review": true } }))
        .await;
    let begun = meeting
        .post(&meeting.token, "/practice", json!({ "phones": 3 }))
        .await;
    assert_eq!(begun.status, 201, "{begun:?}");
    let twice = meeting
        .post(&meeting.token, "/practice", json!({ "phones": 3 }))
        .await;
    assert_eq!(twice.said(), (503, "busy"));

    // The copy is a meeting with the same agenda, and its people arrive.
    let desk = begun.body["links"]["desk"].as_str().unwrap();
    let copy = desk
        .split("/desk/")
        .nth(1)
        .unwrap()
        .split('#')
        .next()
        .unwrap();
    let seats = format!("/api/meetings/{copy}/seats");
    let led = server
        .post(&seats, json!({ "secret": fragment(desk) }))
        .await;
    let token = led.body["token"].as_str().unwrap().to_owned();
    let view = async |audience: &str| {
        let path = format!("/api/meetings/{copy}/views/{audience}");
        server.ask(Ask::get(&path).token(&token)).await.body["view"].clone()
    };
    let floor = view("floor").await;
    let agenda = floor["agenda"].as_object().unwrap();
    assert_eq!(agenda.len(), 1);
    assert_eq!(agenda.values().next().unwrap()["review"], true);
    eventually(async || view("desk").await["counts"]["seats"].as_u64() >= Some(4)).await;

    let own = meeting.view(&meeting.token, "desk").await;
    assert_eq!(
        own["counts"]["seats"], 1,
        "the meeting itself is left alone"
    );

    let rest = format!("/practice/{}", begun.body["practice"].as_str().unwrap());
    let end = Ask::new("DELETE", &meeting.path(&rest)).token(&meeting.token);
    assert_eq!(server.ask(end.clone()).await.status, 204);
    let code = floor["meeting"]["code"].as_str().unwrap();
    let path = format!("/api/codes/{code}");
    eventually(async || server.get(&path).await.status != 200).await;
    eventually(async || {
        let journal = openfloor::journal::Journal::open_shared(&server.data()).unwrap();
        !journal
            .list()
            .await
            .unwrap()
            .iter()
            .any(|id| id.to_string() == copy)
    })
    .await;
    assert_eq!(server.ask(end).await.said(), (404, "not_found"));
}

#[tokio::test]
async fn only_a_facilitator_practises_and_not_with_a_crowd() {
    let server = TestServer::new().await;
    let meeting = server.meeting().await;
    let seat = meeting.join().await;
    let own = meeting
        .post(&seat.token, "/practice", json!({ "phones": 3 }))
        .await;
    assert_eq!(own.said(), (403, "not_allowed"));
    for phones in [0, 101] {
        let answer = meeting
            .post(&meeting.token, "/practice", json!({ "phones": phones }))
            .await;
        assert_eq!(answer.said(), (400, "bad_request"));
    }
}

/// Waits for something another task does; fails after a while.
async fn eventually(mut is_so: impl AsyncFnMut() -> bool) {
    for _ in 0..200 {
        if is_so().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("it never came");
}
