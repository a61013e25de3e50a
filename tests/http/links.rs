//! POST /api/meetings/{meeting}/links, and what revoking does

use serde_json::{Value, json};

use crate::support::{Ask, TestServer, fragment};

#[tokio::test]
async fn each_role_has_its_own_address() {
    let server = TestServer::new().await;
    let meeting = server.meeting().await;
    for (role, path) in [
        ("facilitator", format!("/desk/{}#", meeting.id)),
        ("moderator", format!("/desk/{}#", meeting.id)),
        ("timekeeper", format!("/desk/{}#", meeting.id)),
        ("stage", format!("/stage/{}#", meeting.id)),
        ("participant", format!("/{}#", meeting.code)),
        ("judge", format!("/{}#", meeting.code)),
        ("captioner", format!("/{}#", meeting.code)),
        ("contact", format!("/desk/{}#", meeting.id)),
    ] {
        let link = meeting
            .post(
                &meeting.token,
                "/links",
                json!({ "role": role, "label": "A" }),
            )
            .await;
        assert_eq!(
            (link.status, &link.body["role"]),
            (201, &json!(role)),
            "{link:?}"
        );
        let url = link.body["url"].as_str().unwrap();
        assert!(url.starts_with(&format!("{}{path}", server.url())), "{url}");
        let seat = server
            .post(&meeting.path("/seats"), json!({ "secret": fragment(url) }))
            .await;
        assert_eq!(seat.status, 201);
        let roles = match role {
            "stage" | "participant" => Value::Null,
            _ => json!([role]),
        };
        assert_eq!(seat.body["roles"], roles, "{role}");
    }
    let desk = meeting.view(&meeting.token, "desk").await;
    let text = desk["links"].to_string();
    assert_eq!(text.matches("\"role\":\"judge\"").count(), 1);
    assert!(!text.contains("hash"));
}

#[tokio::test]
async fn only_a_facilitator_makes_links() {
    let server = TestServer::new().await;
    let meeting = server.meeting().await;
    for seat in [meeting.join().await, meeting.with_role("moderator").await] {
        let link = meeting
            .post(&seat.token, "/links", json!({ "role": "facilitator" }))
            .await;
        assert_eq!(link.said(), (403, "not_allowed"));
    }
    let unknown = meeting
        .post(&meeting.token, "/links", json!({ "role": "king" }))
        .await;
    assert_eq!(unknown.said(), (400, "bad_request"));
}

#[tokio::test]
async fn a_revoked_link_opens_nothing_and_who_came_by_it_loses_its_role() {
    let server = TestServer::new().await;
    let meeting = server.meeting().await;
    let made = meeting
        .post(&meeting.token, "/links", json!({ "role": "moderator" }))
        .await;
    let secret = fragment(made.body["url"].as_str().unwrap());
    let seat = meeting.join_with(json!({ "secret": secret })).await;
    assert_eq!(meeting.get(&seat.token, "/views/desk").await.status, 200);

    meeting
        .lead(json!({ "revoke_link": { "link": made.body["link"] } }))
        .await;

    let late = server
        .post(&meeting.path("/seats"), json!({ "secret": secret }))
        .await;
    assert_eq!(late.said(), (401, "revoked"));
    let desk = meeting.get(&seat.token, "/views/desk").await;
    assert!(
        matches!(desk.said(), (401, "revoked") | (403, "not_allowed")),
        "{desk:?}"
    );
}

#[tokio::test]
async fn a_stage_whose_link_was_revoked_reads_no_more() {
    let server = TestServer::new().await;
    let meeting = server.meeting().await;
    let made = meeting
        .post(&meeting.token, "/links", json!({ "role": "stage" }))
        .await;
    let secret = fragment(made.body["url"].as_str().unwrap());
    let stage = meeting.join_with(json!({ "secret": secret })).await;
    assert_eq!(meeting.get(&stage.token, "/views/floor").await.status, 200);
    meeting
        .lead(json!({ "revoke_link": { "link": made.body["link"] } }))
        .await;
    assert_eq!(
        meeting.get(&stage.token, "/views/floor").await.said(),
        (401, "revoked")
    );
}

#[tokio::test]
async fn secrets_are_in_no_view_and_in_no_file() {
    let mut server = TestServer::kept().await;
    let meeting = server.meeting().await;
    let made = meeting
        .post(&meeting.token, "/links", json!({ "role": "moderator" }))
        .await;
    let mut secrets: Vec<_> = ["desk", "stage", "join"]
        .map(|link| meeting.secret(link))
        .into();
    secrets.push(fragment(made.body["url"].as_str().unwrap()));
    let mut seen = String::new();
    for audience in ["floor", "desk", "care"] {
        seen += &meeting.view(&meeting.token, audience).await.to_string();
    }
    let token = meeting.token.clone();
    server.stop().await;
    let files = crate::anonymity::everything_in(&server.data());
    for secret in secrets.iter().chain([&token]) {
        assert!(!seen.contains(secret));
        assert!(!crate::anonymity::contains(&files, secret.as_bytes()));
    }
}

#[tokio::test]
async fn a_link_for_others_leads_to_an_address_they_can_reach() {
    let server = TestServer::with(
        &["--listen", "0.0.0.0:0"],
        openfloor::app::Memory::Forgotten,
    )
    .await;
    let hall = server.get("/api/hall").await;
    let Some(reachable) = hall.body["addresses"][0].as_str().map(str::to_owned) else {
        return; // This machine has no network.
    };
    let here = format!("127.0.0.1:{}", server.address.port());
    let body = json!({ "title": "x" });
    let made = server
        .ask(Ask::post("/api/meetings", body).header("host", &here))
        .await;
    let link = |name: &str| made.body["links"][name].as_str().unwrap().to_owned();
    assert!(link("desk").starts_with(&format!("http://{here}/desk/")));
    assert!(link("join").starts_with(&reachable), "{}", link("join"));
}
