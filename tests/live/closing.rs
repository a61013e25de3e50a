//! How sockets are refused and how they end.

use std::time::Duration;

use serde_json::json;
use tokio_tungstenite::connect_async;
use tokio_tungstenite::tungstenite::Error;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;

use crate::folding::FoldingClient;
use crate::support::{TestServer, question};

/// The status an upgrade is answered with.
async fn upgrade(server: &TestServer, headers: &[(&'static str, &str)]) -> u16 {
    let mut request = format!("ws://{}/ws", server.address)
        .into_client_request()
        .unwrap();
    for (name, value) in headers {
        request.headers_mut().insert(*name, value.parse().unwrap());
    }
    match connect_async(request).await {
        Ok((_, answer)) => answer.status().as_u16(),
        Err(Error::Http(answer)) => answer.status().as_u16(),
        // The server chose no subprotocol of those that were offered.
        Err(other) => panic!("{other}"),
    }
}

#[tokio::test]
async fn only_pages_of_this_server_open_a_socket() {
    let server = TestServer::new().await;
    let own = server.url();
    assert_eq!(upgrade(&server, &[]).await, 101);
    assert_eq!(upgrade(&server, &[("origin", &own)]).await, 101);
    assert_eq!(
        upgrade(&server, &[("origin", "https://evil.example")]).await,
        403
    );
    assert_eq!(upgrade(&server, &[("origin", "null")]).await, 403);
    assert_eq!(
        upgrade(&server, &[("sec-websocket-protocol", "chat, soap")]).await,
        400
    );
    assert_eq!(
        upgrade(&server, &[("sec-websocket-protocol", "soap, openfloor.1")]).await,
        101
    );
    let plain = server.get("/ws").await;
    assert!(plain.status == 400 || plain.status == 426, "{plain:?}");
    assert_eq!(plain.code(), "bad_request");
}

#[tokio::test]
async fn bad_tokens_and_bad_manners_end_a_socket() {
    let server = TestServer::new().await;
    let meeting = server.meeting().await;
    let seat = meeting.join().await;
    let mut stranger = FoldingClient::open(&meeting, "nonsense").await;
    stranger.hello(json!({})).await;
    assert_eq!(stranger.until_closed().await, 4001);

    let mut rude = FoldingClient::open(&meeting, &seat.token).await;
    for _ in 0..10 {
        rude.say_text("what?").await;
    }
    assert_eq!(rude.until_closed().await, 1008);

    let mut rude = FoldingClient::join(&meeting, &seat.token).await;
    for _ in 0..9 {
        rude.say_text("[]").await;
    }
    rude.say(json!({ "ping": 1 })).await;
    rude.until(|rude| rude.pong.is_some()).await;
    rude.say_text("{").await;
    assert_eq!(rude.until_closed().await, 1008);

    let mut giant = FoldingClient::join(&meeting, &seat.token).await;
    giant
        .say_text(&format!(
            "{{\"ping\":1,\"more\":\"{}\"}}",
            "x".repeat(70_000)
        ))
        .await;
    assert_eq!(giant.until_closed().await, 1009);
    let mut good = FoldingClient::join(&meeting, &seat.token).await;
    good.say(json!({ "ping": 1 })).await;
    good.until(|good| good.pong.is_some()).await;
}

#[tokio::test]
async fn a_newer_connection_of_the_same_device_takes_over() {
    let server = TestServer::new().await;
    let meeting = server.meeting().await;
    let seat = meeting.join().await;
    let mut old = FoldingClient::join(&meeting, &seat.token).await;
    let mut new = FoldingClient::join(&meeting, &seat.token).await;
    assert_eq!(old.until_closed().await, 4009);
    new.say(json!({ "ping": 1 })).await;
    new.until(|new| new.pong.is_some()).await;
}

#[tokio::test]
async fn who_is_turned_away_or_revoked_must_go() {
    let server = TestServer::new().await;
    let meeting = server.meeting().await;
    let moderator = meeting.with_role("moderator").await;
    let mut desk = FoldingClient::join(&meeting, &moderator.token).await;
    let links = meeting.view(&meeting.token, "desk").await["links"].clone();
    let (link, _) = links
        .as_object()
        .unwrap()
        .iter()
        .find(|(_, link)| link["role"] == "moderator")
        .unwrap();
    meeting
        .lead(json!({ "revoke_link": { "link": link } }))
        .await;
    let code = tokio::time::timeout(Duration::from_secs(5), desk.until_closed()).await;
    // Seats that came by a revoked link lose its role; whether the seat itself stays is the meeting's rule.
    match code {
        Ok(code) => assert_eq!(code, 4003),
        Err(_) => assert_eq!(
            meeting.get(&moderator.token, "/views/desk").await.status,
            403
        ),
    }
    meeting
        .lead(json!({ "change_meeting": { "ask_first": true } }))
        .await;
    let seat = meeting.join().await;
    let mut phone = FoldingClient::join(&meeting, &seat.token).await;
    meeting
        .lead(json!({ "turn_away": { "seat": seat.seat } }))
        .await;
    assert_eq!(phone.until_closed().await, 4003);
    let mut again = FoldingClient::open(&meeting, &seat.token).await;
    again.hello(json!({})).await;
    assert_eq!(again.until_closed().await, 4003);
}

#[tokio::test]
async fn going_down_says_when_to_come_back_and_loses_nothing() {
    let mut server = TestServer::kept().await;
    let meeting = server.meeting().await;
    let activity = meeting.activity().await;
    let seat = meeting.join().await;
    let mut phone = FoldingClient::join(&meeting, &seat.token).await;
    let (id, wish) = question(&activity, "Still there?");
    assert!(phone.ask(1, wish).await.is_null());
    let (meeting_id, code, token) = (
        meeting.id.clone(),
        meeting.code.clone(),
        meeting.token.clone(),
    );
    drop(meeting);
    let closing = async {
        let code = phone.until_closed().await;
        (code, phone.away)
    };
    let (_, (code_of_close, away)) = tokio::join!(server.stop(), closing);
    assert_eq!(code_of_close, 1012);
    assert!(away.is_some());
    server.restart().await;
    let meeting = crate::support::Meeting {
        server: &server,
        id: meeting_id,
        code,
        token,
        links: serde_json::Value::Null,
    };
    assert!(meeting.floor().await["questions"][&id].is_object());
}
