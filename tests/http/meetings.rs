//! POST /api/meetings

use serde_json::json;

use openfloor::app::Memory;

use crate::support::{Ask, TestServer, fragment};

const TRY: &str = "kX2m9QpL7vT4wZ8sB1nC5g";

#[tokio::test]
async fn a_meeting_is_made_with_its_code_its_token_and_three_links() {
    let server = TestServer::new().await;
    let body = json!({ "title": "Inclusive schools", "language": "az" });
    let made = server.post("/api/meetings", body).await;
    assert_eq!(made.status, 201, "{made:?}");
    let code = made.body["code"].as_str().unwrap();
    assert!(code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit()));
    let id = made.body["meeting"].as_str().unwrap();
    let url = server.url();
    for (link, path) in [
        ("desk", format!("/desk/{id}#")),
        ("stage", format!("/stage/{id}#")),
        ("join", format!("/{code}#")),
    ] {
        let link = made.body["links"][link].as_str().unwrap();
        assert!(link.starts_with(&format!("{url}{path}")), "{link}");
        assert_eq!(fragment(link).len(), 22);
    }
    assert_eq!(made.header("cache-control"), None);
}

#[tokio::test]
async fn the_template_opens_questions_and_puts_them_on_the_stage() {
    let server = TestServer::new().await;
    let meeting = server.meeting().await;
    let floor = meeting.floor().await;
    let activity = meeting.activity().await;
    assert_eq!(floor["agenda"][&activity]["kind"], "questions");
    assert_eq!(floor["agenda"][&activity]["state"], "open");
    assert_eq!(floor["meeting"]["stage"], activity.as_str());
    assert_eq!(floor["meeting"]["title"], "Inclusive schools");
    assert_eq!(floor["meeting"]["code"], meeting.code.as_str());

    let plain = server.meeting_with(json!({ "title": "Empty" })).await;
    assert!(
        plain.floor().await["agenda"]
            .as_object()
            .is_none_or(|agenda| agenda.is_empty())
    );
}

#[tokio::test]
async fn a_repeated_try_is_the_same_meeting_also_after_a_restart() {
    let mut server = TestServer::kept().await;
    let body = json!({ "title": "Inclusive schools", "try": TRY });
    let first = server.post("/api/meetings", body.clone()).await;
    assert_eq!(first.status, 201, "{first:?}");
    let again = server.post("/api/meetings", body.clone()).await;
    assert_eq!(again.status, 200);
    assert_eq!(again.body, first.body);
    server.restart().await;
    let after = server.post("/api/meetings", body).await;
    assert_eq!((after.status, &after.body), (200, &first.body));
    let other = json!({ "title": "Inclusive schools", "try": "another-try-of-22-signs" });
    let other = server.post("/api/meetings", other).await;
    assert_eq!(other.status, 201);
    assert_ne!(other.body["meeting"], first.body["meeting"]);
}

#[tokio::test]
async fn the_code_of_a_demonstration_is_the_first_ones_and_no_other_gets_it() {
    let server = TestServer::with(&["--code", "473096"], Memory::Forgotten).await;
    assert_eq!(server.meeting().await.code, "473096");
    assert_ne!(server.meeting().await.code, "473096");
}

#[tokio::test]
async fn the_same_try_sent_twice_at_once_makes_one_meeting() {
    let server = TestServer::new().await;
    let body = json!({ "title": "Inclusive schools", "try": TRY });
    let (one, two) = tokio::join!(
        server.post("/api/meetings", body.clone()),
        server.post("/api/meetings", body),
    );
    assert_eq!(one.body, two.body);
    assert!(
        one.status + two.status <= 402,
        "{} {}",
        one.status,
        two.status
    );
}

#[tokio::test]
async fn what_cannot_be_a_meeting_is_refused_with_a_code() {
    let server = TestServer::new().await;
    let refused = |body| server.post("/api/meetings", body);
    assert_eq!(
        refused(json!({ "title": "  " })).await.said(),
        (409, "empty")
    );
    assert_eq!(
        refused(json!({ "title": "x".repeat(121) })).await.said(),
        (409, "too_long")
    );
    assert_eq!(
        refused(json!({ "title": "x", "template": "party" }))
            .await
            .said(),
        (409, "not_found")
    );
    assert_eq!(refused(json!({})).await.said(), (400, "bad_request"));
    assert_eq!(
        refused(json!({ "title": 3 })).await.said(),
        (400, "bad_request")
    );
    assert_eq!(
        refused(json!({ "title": "x", "try": "1" })).await.said(),
        (400, "bad_request")
    );
    // A refused meeting leaves nothing behind.
    assert_eq!(server.get("/readyz").await.status, 200);
}

#[tokio::test]
async fn malformed_and_giant_bodies_are_refused_and_the_server_lives_on() {
    let server = TestServer::new().await;
    let ask = |body: &[u8]| server.ask(Ask::new("POST", "/api/meetings").body(body));
    for body in [&b"{"[..], b"\xff\xfe", b"[]", b"null", b"{\"title\":\"x\""] {
        assert_eq!(ask(body).await.said(), (400, "bad_request"), "{body:?}");
    }
    let giant = format!("{{\"title\":\"{}\"}}", "x".repeat(70 * 1024));
    assert_eq!(ask(giant.as_bytes()).await.said(), (413, "too_big"));
    assert_eq!(server.get("/healthz").await.status, 200);
}

#[tokio::test]
async fn an_error_never_repeats_what_was_sent() {
    let server = TestServer::new().await;
    let answer = server
        .post("/api/meetings", json!({ "title": { "Leyla": 1 } }))
        .await;
    assert!(!answer.text().contains("Leyla"), "{}", answer.text());
}

#[tokio::test]
async fn pages_of_other_origins_make_no_meetings() {
    let server = TestServer::with(
        &["--origin", "https://example.org"],
        openfloor::app::Memory::Forgotten,
    )
    .await;
    let ask = |origin: &str| {
        let body = json!({ "title": "x" });
        server.ask(Ask::post("/api/meetings", body).header("origin", origin))
    };
    for origin in ["null", "https://evil.example", "http://127.0.0.1:1"] {
        assert_eq!(ask(origin).await.said(), (403, "wrong_origin"), "{origin}");
    }
    for origin in [server.url(), "https://example.org".to_owned()] {
        assert_eq!(ask(&origin).await.status, 201, "{origin}");
    }
}

#[tokio::test]
async fn links_begin_with_the_public_address_when_there_is_one() {
    let server = TestServer::with(
        &["--public-url", "https://meet.example.org"],
        openfloor::app::Memory::Forgotten,
    )
    .await;
    let meeting = server.meeting().await;
    for link in ["desk", "stage", "join"] {
        let url = meeting.links[link].as_str().unwrap();
        assert!(url.starts_with("https://meet.example.org/"), "{url}");
    }
}
