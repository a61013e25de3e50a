//! GET /api/meetings/{meeting}/views/{audience} and /mine

use std::io::Read;

use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{Ask, TestServer, question};

#[tokio::test]
async fn a_view_that_did_not_change_is_not_sent_again() {
    let server = TestServer::new().await;
    let meeting = server.meeting().await;
    let path = meeting.path("/views/floor");
    let ask = |tag: &str| {
        let ask = Ask::get(&path)
            .token(&meeting.token)
            .header("if-none-match", tag);
        server.ask(ask)
    };
    let first = ask("\"0\"").await;
    assert_eq!(first.status, 200);
    let tag = first.header("etag").unwrap().to_owned();
    let [epoch, revision] = [0, 1].map(|place| first.body["at"][place].as_u64().unwrap());
    assert_eq!(tag, format!("\"{epoch}.{revision}\""));
    let again = ask(&tag).await;
    assert_eq!((again.status, again.bytes.len()), (304, 0));
    assert_eq!(again.header("etag"), Some(tag.as_str()));
    assert_eq!(ask(&format!("W/{tag}")).await.status, 304);

    let (_, wish) = question(&meeting.activity().await, "Why?");
    meeting.lead(wish).await;
    let changed = ask(&tag).await;
    assert_eq!(changed.status, 200);
    assert_ne!(changed.header("etag"), Some(tag.as_str()));
}

#[tokio::test]
async fn a_view_shows_all_that_was_answered_before() {
    let server = TestServer::new().await;
    let meeting = server.meeting().await;
    let activity = meeting.activity().await;
    for n in 0..20 {
        let (id, wish) = question(&activity, &format!("Question {n}"));
        meeting.lead(wish).await;
        assert!(meeting.floor().await["questions"].get(&id).is_some());
    }
}

#[tokio::test]
async fn a_view_is_compressed_as_the_client_likes() {
    let server = TestServer::new().await;
    let meeting = server.meeting().await;
    let get = |encoding: &str| {
        let ask = Ask::get(&meeting.path("/views/floor"));
        server.ask(
            ask.token(&meeting.token)
                .header("accept-encoding", encoding),
        )
    };
    let plain = get("identity").await;
    assert_eq!(plain.header("content-encoding"), None);
    for header in [
        ("cache-control", "private, no-cache"),
        ("vary", "authorization, accept-encoding"),
    ] {
        assert_eq!(plain.header(header.0), Some(header.1));
    }
    let brotli = get("gzip, deflate, br").await;
    assert_eq!(brotli.header("content-encoding"), Some("br"));
    let mut text = Vec::new();
    brotli::Decompressor::new(&brotli.bytes[..], 4096)
        .read_to_end(&mut text)
        .unwrap();
    assert_eq!(serde_json::from_slice::<Value>(&text).unwrap(), plain.body);
    let gzip = get("gzip").await;
    assert_eq!(gzip.header("content-encoding"), Some("gzip"));
    let mut text = Vec::new();
    flate2::read::GzDecoder::new(&gzip.bytes[..])
        .read_to_end(&mut text)
        .unwrap();
    assert_eq!(serde_json::from_slice::<Value>(&text).unwrap(), plain.body);
}

#[tokio::test]
async fn a_joining_phone_may_have_the_last_encoded_view() {
    let server = TestServer::new().await;
    let meeting = server.meeting().await;
    let behind = meeting.get(&meeting.token, "/views/floor?behind=1").await;
    assert_eq!(behind.status, 200);
    assert!(behind.body["at"].is_array());
}

#[tokio::test]
async fn each_reads_what_is_theirs_and_nothing_else() {
    let server = TestServer::new().await;
    let meeting = server.meeting().await;
    let seat = meeting.join().await;
    let moderator = meeting.with_role("moderator").await;
    let contact = meeting.with_role("contact").await;
    let stage = meeting
        .join_with(json!({ "secret": meeting.secret("stage") }))
        .await;
    let alias = seat.alias.clone().unwrap();
    let chair = format!("chair/{}", meeting.activity().await);
    let group = format!("group/{}", Uuid::new_v4());
    let audiences = ["floor", "desk", "care", "concerns", &chair, &group];
    for (who, token, readable) in [
        (
            "facilitator",
            &meeting.token,
            [true, true, true, false, true, false],
        ),
        (
            "moderator",
            &moderator.token,
            [true, true, false, false, false, false],
        ),
        (
            "contact",
            &contact.token,
            [true, false, false, true, false, false],
        ),
        (
            "seat",
            &seat.token,
            [true, false, false, false, false, false],
        ),
        ("alias", &alias, [true, false, false, false, false, false]),
        (
            "stage",
            &stage.token,
            [true, false, false, false, false, false],
        ),
    ] {
        for (audience, may) in audiences.iter().zip(readable) {
            let answer = meeting.get(token, &format!("/views/{audience}")).await;
            let expected = if may { (200, "") } else { (403, "not_allowed") };
            assert_eq!(answer.said(), expected, "{who} {audience}");
        }
    }
    let unknown = meeting.get(&meeting.token, "/views/kitchen").await;
    assert_eq!(unknown.said(), (404, "not_found"));
    assert_eq!(
        meeting.get(&stage.token, "/mine").await.said(),
        (403, "not_allowed")
    );
}

#[tokio::test]
async fn a_token_opens_its_own_meeting_alone() {
    let server = TestServer::new().await;
    let (one, two) = (server.meeting().await, server.meeting().await);
    for rest in ["/views/floor", "/mine", "/seats", "/check", "/qr?of=join"] {
        let answer = two.get(&one.token, rest).await;
        assert_eq!(answer.said(), (403, "not_allowed"), "{rest}");
    }
    for (rest, body) in [
        ("/commands", json!({ "n": 1, "do": { "end": {} } })),
        ("/links", json!({ "role": "facilitator" })),
        ("/screens", json!({ "digits": "0000" })),
        ("/similar", json!({ "text": "why" })),
    ] {
        let answer = two.post(&one.token, rest, body).await;
        assert_eq!(answer.said(), (403, "not_allowed"), "{rest}");
    }
}

#[tokio::test]
async fn without_a_good_token_nothing_is_read() {
    let server = TestServer::new().await;
    let meeting = server.meeting().await;
    let path = meeting.path("/views/floor");
    assert_eq!(server.get(&path).await.said(), (401, "bad_token"));
    let mut forged = meeting.token.clone();
    forged.replace_range(10..11, if &forged[10..11] == "A" { "B" } else { "A" });
    for token in ["", "x", &forged] {
        assert_eq!(
            meeting.get(token, "/views/floor").await.said(),
            (401, "bad_token")
        );
    }
    let basic = Ask::get(&path).header("authorization", &format!("Basic {}", meeting.token));
    assert_eq!(server.ask(basic).await.said(), (401, "bad_token"));
    let other = TestServer::new().await.meeting().await.token.clone();
    assert_eq!(
        meeting.get(&other, "/views/floor").await.said(),
        (401, "bad_token")
    );
}

#[tokio::test]
async fn mine_tells_the_highest_number_of_a_device() {
    let server = TestServer::new().await;
    let meeting = server.meeting().await;
    let seat = meeting.join().await;
    let device = Uuid::new_v4();
    let (id, wish) = question(&meeting.activity().await, "Why?");
    let body = json!({ "n": 7, "device": device, "do": wish });
    assert_eq!(
        meeting.post(&seat.token, "/commands", body).await.status,
        200
    );
    let mine = meeting
        .get(&seat.token, &format!("/mine?device={device}"))
        .await;
    assert_eq!(mine.body["n"], 7);
    assert_eq!(mine.body["mine"]["questions"][&id]["text"], "Why?");
    assert_eq!(meeting.get(&seat.token, "/mine").await.body["n"], 0);
}
