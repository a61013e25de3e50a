//! What somebody who follows a view sees: exactly what a GET says, however they got there.

use std::time::Duration;

use serde_json::{Value, json};

use crate::folding::FoldingClient;
use crate::support::{TestServer, question};

/// What every follower must see in the end.
async fn agrees(client: &mut FoldingClient, name: &str, view: &Value) {
    client.until(|client| client.view(name) == view).await;
}

#[tokio::test]
async fn folded_views_are_what_a_get_says() {
    let fast = ["--limits", "seat=1000/1000"];
    let server = TestServer::with(&fast, openfloor::app::Memory::Forgotten).await;
    let meeting = server.meeting().await;
    let activity = meeting.activity().await;
    let seat = meeting.join().await;
    let both = json!({ "at": { "floor": null, "desk": null } });
    let mut desk = FoldingClient::join_with(&meeting, &meeting.token, both).await;
    let mut phone = FoldingClient::join(&meeting, &seat.token).await;
    let mut asked = Vec::new();
    for n in 1..=6 {
        let (id, wish) = question(&activity, &format!("Question {n}?"));
        assert_eq!(phone.ask(n, wish).await, Value::Null);
        asked.push(id);
    }
    desk.command(
        1,
        json!({ "set_questions": { "activity": activity, "review": true } }),
    )
    .await;
    assert_eq!(desk.answer(1).await, Value::Null);
    let (held, wish) = question(&activity, "Held?");
    meeting.command(&meeting.join().await.token, 1, wish).await;
    for (n, wish) in (2..).zip([
        json!({ "merge": { "from": asked[0], "into": asked[1] } }),
        json!({ "feature": { "question": asked[2] } }),
        json!({ "dismiss": { "question": asked[3], "reason": "twice" } }),
        json!({ "answer": { "question": asked[2], "text": "So it is." } }),
        json!({ "unmerge": { "question": asked[0] } }),
        json!({ "list": { "question": asked[3] } }),
    ]) {
        assert_eq!(desk.ask(n, wish).await, Value::Null);
    }
    assert_eq!(
        phone
            .ask(10, json!({ "withdraw": { "question": asked[4] } }))
            .await,
        Value::Null
    );
    assert_eq!(
        phone
            .ask(11, json!({ "vote": { "question": asked[5], "on": true } }))
            .await,
        Value::Null
    );
    let floor = meeting.floor().await;
    agrees(&mut phone, "floor", &floor).await;
    agrees(&mut desk, "floor", &floor).await;
    let waiting = meeting.view(&meeting.token, "desk").await;
    agrees(&mut desk, "desk", &waiting).await;
    assert!(desk.view("desk")["waiting"][&held].is_object());
    let mine = meeting.get(&seat.token, "/mine").await.body["mine"].clone();
    agrees(&mut phone, "mine", &mine).await;
    assert_eq!(mine["votes"][&asked[5]], json!(true));
    assert!(!phone.views.contains_key("desk"));
}

#[tokio::test]
async fn a_phone_that_lags_gets_one_difference() {
    let server = TestServer::new().await;
    let meeting = server.meeting().await;
    let activity = meeting.activity().await;
    let seat = meeting.join().await;
    let mut phone = FoldingClient::open(&meeting, &seat.token).await;
    phone.fetches = false;
    phone.hello(json!({})).await;
    phone.until(|phone| phone.takes == ["floor"]).await;
    phone.fetch("floor").await;
    let other = meeting.join().await;
    for n in 1..=6 {
        let (_, wish) = question(&activity, &format!("Question {n}?"));
        assert_eq!(meeting.command(&other.token, n, wish).await.status, 200);
        meeting.floor().await;
    }
    phone.rest(Duration::from_millis(200)).await;
    assert_eq!(
        phone.views["floor"].patches, 0,
        "nothing before it has the snapshot"
    );
    let at = phone.views["floor"].at;
    phone.takes.clear();
    phone
        .say(json!({ "have": { "floor": [at.0, at.1] } }))
        .await;
    let floor = meeting.floor().await;
    let frames = phone.frames;
    agrees(&mut phone, "floor", &floor).await;
    assert_eq!(phone.views["floor"].patches, 1);
    assert!(phone.frames <= frames + 2);
}

#[tokio::test]
async fn a_phone_that_comes_back_goes_on_from_its_revision() {
    let mut server = TestServer::kept().await;
    let meeting = server.meeting().await;
    let activity = meeting.activity().await;
    let seat = meeting.join().await;
    let mut phone = FoldingClient::join(&meeting, &seat.token).await;
    let (_, wish) = question(&activity, "Before?");
    phone.ask(1, wish).await;
    let before = meeting.floor().await;
    agrees(&mut phone, "floor", &before).await;
    let (at, view) = (phone.views["floor"].at, phone.floor().clone());
    drop(phone);
    let other = meeting.join().await;
    let (_, wish) = question(&activity, "Meanwhile?");
    meeting.command(&other.token, 1, wish).await;
    let floor = meeting.floor().await;

    let resume = json!({ "at": { "floor": [at.0, at.1] } });
    let mut back = FoldingClient::open(&meeting, &seat.token).await;
    back.fetches = false;
    back.hello(resume.clone()).await;
    back.views.get_mut("floor").unwrap().view = view.clone();
    back.until(|back| !back.welcome.is_null()).await;
    agrees(&mut back, "floor", &floor).await;
    assert!(back.takes.is_empty());
    assert_eq!(back.welcome["n"], json!(1));

    let (id, code, token) = (
        meeting.id.clone(),
        meeting.code.clone(),
        meeting.token.clone(),
    );
    drop(meeting);
    server.restart().await;
    let meeting = crate::support::Meeting {
        server: &server,
        id,
        code,
        token,
        links: Value::Null,
    };
    let mut back = FoldingClient::open(&meeting, &seat.token).await;
    back.fetches = false;
    back.hello(resume).await;
    back.until(|back| back.takes == ["floor"]).await;
    assert_eq!(back.welcome["n"], json!(1));
    back.fetch_all().await;
    assert_eq!(back.floor()["questions"], floor["questions"]);
}

#[tokio::test]
async fn what_may_not_be_read_is_gone_and_comes_with_the_role() {
    let server = TestServer::new().await;
    let meeting = server.meeting().await;
    let seat = meeting.join().await;
    let wished = json!({ "at": { "floor": null, "desk": null, "sofa": null } });
    let mut phone = FoldingClient::join_with(&meeting, &seat.token, wished).await;
    let mut gone = phone.gone.clone();
    gone.sort();
    assert_eq!(gone, ["desk", "sofa"]);
    meeting
        .lead(json!({ "give_role": { "seat": seat.seat, "role": "moderator" } }))
        .await;
    phone.until(|phone| phone.views.contains_key("desk")).await;
    assert_eq!(
        *phone.view("desk"),
        meeting.view(&meeting.token, "desk").await
    );
    phone.gone.clear();
    meeting
        .lead(json!({ "take_role": { "seat": seat.seat, "role": "moderator" } }))
        .await;
    phone.until(|phone| phone.gone == ["desk"]).await;
    phone.say(json!({ "follow": ["care"] })).await;
    phone.until(|phone| phone.gone == ["desk", "care"]).await;
    phone.say(json!({ "unfollow": ["floor"] })).await;
    phone.say(json!({ "follow": ["floor"] })).await;
    phone.views.remove("floor");
    phone.until(|phone| phone.views.contains_key("floor")).await;
}

#[tokio::test]
async fn who_waits_at_the_door_sees_the_floor_once_let_in() {
    let server = TestServer::new().await;
    let meeting = server.meeting().await;
    let activity = meeting.activity().await;
    meeting
        .lead(json!({ "change_meeting": { "ask_first": true } }))
        .await;
    let seat = meeting.join().await;
    let mut phone = FoldingClient::join(&meeting, &seat.token).await;
    assert_eq!(phone.gone, ["floor"]);
    assert_eq!(phone.view("mine")["seat"]["waiting"], json!(true));
    let (_, wish) = question(&activity, "May I?");
    assert_eq!(phone.ask(1, wish).await["code"], json!("not_admitted"));
    meeting
        .lead(json!({ "admit": { "seat": seat.seat } }))
        .await;
    phone.until(|phone| phone.views.contains_key("floor")).await;
    phone
        .until(|phone| phone.view("mine")["seat"]["waiting"].is_null())
        .await;
}
