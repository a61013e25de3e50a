//! GET /api/hall, /api/meetings/{meeting}/qr and /check; /healthz, /readyz, /metrics

use serde_json::json;

use crate::support::TestServer;

#[tokio::test]
async fn the_hall_says_where_phones_reach_the_server() {
    let server = TestServer::new().await;
    let hall = server.get("/api/hall").await;
    assert_eq!(
        (hall.status, hall.body),
        (200, json!({ "addresses": [server.url()] }))
    );
}

#[tokio::test]
async fn everyone_in_the_meeting_can_show_its_qr() {
    let server = TestServer::new().await;
    let meeting = server.meeting().await;
    let stage = meeting
        .join_with(json!({ "secret": meeting.secret("stage") }))
        .await;
    for token in [&meeting.token, &stage.token] {
        let qr = meeting.get(token, "/qr?of=join").await;
        assert_eq!(
            (qr.status, qr.header("content-type")),
            (200, Some("image/svg+xml"))
        );
        assert!(qr.text().starts_with("<svg "));
    }
    // What it holds is the join link with its secret: the same picture as of that text.
    let join = meeting.links["join"].as_str().unwrap().replace('#', "%23");
    let join = meeting
        .get(&stage.token, &format!("/qr?of=text&text={join}"))
        .await;
    assert_eq!(
        join.bytes,
        meeting.get(&stage.token, "/qr?of=join").await.bytes
    );

    assert_eq!(
        meeting.get(&stage.token, "/qr?of=wifi").await.said(),
        (404, "not_found")
    );
    let wifi = json!({ "change_meeting": { "wifi": { "name": "Hall", "password": "12345678" } } });
    meeting.lead(wifi).await;
    assert_eq!(meeting.get(&stage.token, "/qr?of=wifi").await.status, 200);

    let long = format!("/qr?of=text&text={}", "x".repeat(301));
    assert_eq!(
        meeting.get(&stage.token, &long).await.said(),
        (400, "bad_request")
    );
    assert_eq!(
        server.get(&meeting.path("/qr?of=join")).await.said(),
        (401, "bad_token")
    );
}

#[tokio::test]
async fn a_join_link_that_was_revoked_is_in_no_qr() {
    let server = TestServer::new().await;
    let meeting = server.meeting().await;
    let desk = meeting.view(&meeting.token, "desk").await;
    let links = desk["links"].as_object().unwrap();
    let (join, _) = links
        .iter()
        .find(|(_, link)| link["role"] == "participant")
        .unwrap();
    meeting
        .lead(json!({ "revoke_link": { "link": join } }))
        .await;
    let bare = format!("/qr?of=text&text={}/{}", server.url(), meeting.code);
    let bare = meeting.get(&meeting.token, &bare).await;
    assert_eq!(
        meeting.get(&meeting.token, "/qr?of=join").await.bytes,
        bare.bytes
    );

    let renewed = meeting
        .post(&meeting.token, "/links", json!({ "role": "participant" }))
        .await;
    let renewed = renewed.body["url"].as_str().unwrap().replace('#', "%23");
    let renewed = meeting
        .get(&meeting.token, &format!("/qr?of=text&text={renewed}"))
        .await;
    assert_eq!(
        meeting.get(&meeting.token, "/qr?of=join").await.bytes,
        renewed.bytes
    );
}

#[tokio::test]
async fn the_desk_checks_the_hall() {
    let server = TestServer::kept().await;
    let meeting = server.meeting().await;
    let seat = meeting.join().await;
    assert_eq!(meeting.get(&seat.token, "/mine").await.status, 200);
    let check = meeting.get(&meeting.token, "/check").await;
    assert_eq!(check.status, 200);
    assert_eq!(check.body["addresses"], json!([server.url()]));
    assert_eq!(check.body["saved"], true);
    assert_eq!(check.body["awake"], false);
    assert!(check.body["phones"].is_u64());
    assert!(check.body["disk_free_mb"].is_u64());
    assert_eq!(
        meeting.get(&seat.token, "/check").await.said(),
        (403, "not_allowed")
    );
}

#[tokio::test]
async fn those_who_run_the_server_see_how_it_is() {
    let server = TestServer::new().await;
    assert_eq!(server.get("/healthz").await.text(), "ok\n");
    assert_eq!(server.get("/readyz").await.status, 200);
    let meeting = server.meeting().await;
    meeting
        .lead(json!({ "show_joining": { "on": true } }))
        .await;
    let metrics = server.get("/metrics").await;
    assert!(
        metrics.text().contains("openfloor_commands_total"),
        "{}",
        metrics.text()
    );
    assert!(!metrics.text().contains(&meeting.id));
}
