//! POST /api/screens, GET /api/screens/{screen}, POST /api/meetings/{meeting}/screens

use serde_json::json;

use crate::support::TestServer;

#[tokio::test]
async fn a_screen_shows_four_digits_and_gets_the_meeting_of_the_desk_that_types_them() {
    let server = TestServer::new().await;
    let meeting = server.meeting().await;
    let asked = server.post("/api/screens", json!({})).await;
    assert_eq!(asked.status, 201);
    let text = |key: &str| asked.body[key].as_str().unwrap().to_owned();
    let (screen, digits, key) = (text("screen"), text("digits"), text("key"));
    assert!(digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit()));

    let path = format!("/api/screens/{screen}?key={key}");
    let typed = async {
        tokio::task::yield_now().await;
        meeting
            .post(&meeting.token, "/screens", json!({ "digits": digits }))
            .await
    };
    let (given, typed) = tokio::join!(server.get(&path), typed);
    assert_eq!((typed.status, &typed.body["screen"]), (200, &json!(screen)));
    assert_eq!(given.status, 200);
    assert_eq!(given.body["meeting"], meeting.id.as_str());
    assert_eq!(given.body["title"], "Inclusive schools");
    let token = given.body["token"].as_str().unwrap();
    assert_eq!(meeting.get(token, "/views/floor").await.status, 200);
    assert_eq!(
        server.get(&path).await.body,
        given.body,
        "the answer may be lost and asked for again"
    );

    let again = meeting
        .post(&meeting.token, "/screens", json!({ "digits": digits }))
        .await;
    assert_eq!(again.said(), (404, "no_screen"));
}

#[tokio::test]
async fn a_screen_without_its_key_or_of_nobody_learns_nothing() {
    let server = TestServer::new().await;
    let asked = server.post("/api/screens", json!({})).await;
    let screen = asked.body["screen"].as_str().unwrap();
    for path in [
        format!("/api/screens/{screen}"),
        format!("/api/screens/{screen}?key=AAAAAAAAAAAAAAAAAAAAAA"),
        "/api/screens/x?key=y".to_owned(),
    ] {
        assert_eq!(server.get(&path).await.said(), (404, "not_found"));
    }
}

#[tokio::test]
async fn only_a_facilitator_pairs_screens_and_wrong_digits_are_counted() {
    let server = TestServer::new().await;
    let meeting = server.meeting().await;
    let seat = meeting.join().await;
    let asked = server.post("/api/screens", json!({})).await;
    let digits = asked.body["digits"].as_str().unwrap();
    let own = meeting
        .post(&seat.token, "/screens", json!({ "digits": digits }))
        .await;
    assert_eq!(own.said(), (403, "not_allowed"));
    let wrong = if digits == "0000" { "0001" } else { "0000" };
    let mut tries = 0;
    loop {
        let answer = meeting
            .post(&meeting.token, "/screens", json!({ "digits": wrong }))
            .await;
        tries += 1;
        match answer.said() {
            (404, "no_screen") => assert!(tries <= 20),
            said => break assert_eq!(said, (429, "too_many")),
        }
    }
    let right = meeting
        .post(&meeting.token, "/screens", json!({ "digits": digits }))
        .await;
    assert_eq!(right.status, 200);
}
