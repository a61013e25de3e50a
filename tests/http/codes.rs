//! GET /api/codes/{code}

use serde_json::json;

use crate::support::{Ask, TestServer};

#[tokio::test]
async fn a_code_says_which_meeting_it_is() {
    let server = TestServer::new().await;
    let meeting = server
        .meeting_with(json!({ "title": "Inclusive schools", "language": "az" }))
        .await;
    meeting
        .lead(json!({ "change_meeting": { "languages": ["az", "ru"], "ask": ["teacher", "student"] } }))
        .await;
    let found = server.get(&format!("/api/codes/{}", meeting.code)).await;
    assert_eq!(found.status, 200);
    assert_eq!(
        found.body,
        json!({ "meeting": meeting.id, "title": "Inclusive schools", "languages": ["az", "ru"], "ask": ["teacher", "student"] })
    );
    meeting
        .lead(json!({ "change_meeting": { "ask_first": true } }))
        .await;
    let found = server.get(&format!("/api/codes/{}", meeting.code)).await;
    assert_eq!(found.body["ask_first"], true);
}

#[tokio::test]
async fn a_code_may_be_typed_in_pairs_and_in_other_digits() {
    let server = TestServer::new().await;
    let meeting = server.meeting().await;
    let pairs = format!(
        "{}%20{}%20{}",
        &meeting.code[..2],
        &meeting.code[2..4],
        &meeting.code[4..]
    );
    assert_eq!(server.get(&format!("/API/Codes/{pairs}")).await.status, 200);
    let arabic: String = meeting
        .code
        .bytes()
        .map(|digit| format!("%D9%{:02X}", 0xA0 + digit - b'0'))
        .collect();
    assert_eq!(
        server.get(&format!("/api/codes/{arabic}")).await.status,
        200
    );
}

#[tokio::test]
async fn an_ended_meeting_looks_like_one_that_never_was() {
    let server = TestServer::new().await;
    let meeting = server.meeting().await;
    let path = format!("/api/codes/{}", meeting.code);
    let never = server
        .get(&format!("/api/codes/{}", other_code(&meeting.code)))
        .await;
    assert_eq!(never.said(), (404, "no_code"));
    meeting.lead(json!({ "end": {} })).await;
    let ended = server.get(&path).await;
    assert_eq!((ended.status, &ended.bytes), (404, &never.bytes));
    meeting.lead(json!({ "reopen": {} })).await;
    assert_eq!(server.get(&path).await.status, 200);
}

#[tokio::test]
async fn who_has_used_up_the_wrong_tries_still_joins_with_the_right_code() {
    let server = TestServer::new().await;
    let meeting = server.meeting().await;
    let wrong = format!("/api/codes/{}", other_code(&meeting.code));
    // First the limit of all addresses together is met, then this one's own; each such answer takes a second.
    let mut in_a_row = 0;
    for tries in 1.. {
        assert!(tries <= 30);
        let answer = server.get(&wrong).await;
        if answer.status != 429 {
            in_a_row = 0;
            continue;
        }
        assert_eq!(answer.said(), (429, "too_many"));
        assert!(answer.header("retry-after").is_some());
        in_a_row += 1;
        if in_a_row == 2 {
            break;
        }
    }

    let right = format!("/api/codes/{}", meeting.code);
    assert_eq!(server.get(&right).await.status, 200);
    meeting.join().await;
    let secret = json!({ "secret": meeting.secret("join") });
    meeting.join_with(secret).await;
}

#[tokio::test]
async fn behind_a_trusted_proxy_each_visitor_has_tries_of_their_own() {
    let server = TestServer::with(
        &["--trust-proxy", "127.0.0.0/8"],
        openfloor::app::Memory::Forgotten,
    )
    .await;
    let ask = |visitor: u8| {
        let ask = Ask::get("/api/codes/000000");
        server.ask(ask.header("x-forwarded-for", &format!("203.0.113.{visitor}")))
    };
    while ask(1).await.status != 429 {}
    tokio::time::sleep(std::time::Duration::from_millis(250)).await;
    assert_eq!(ask(2).await.said(), (404, "no_code"));
}

/// A code of no meeting.
pub fn other_code(code: &str) -> String {
    let number: u32 = code.parse().unwrap();
    format!("{:06}", (number + 1) % 1_000_000)
}
