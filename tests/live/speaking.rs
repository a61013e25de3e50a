//! Commands over a socket: numbers, aliases, proxies, stages, and what is not understood.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::folding::FoldingClient;
use crate::support::{TestServer, question};

#[tokio::test]
async fn commands_are_answered_by_their_number() {
    let server = TestServer::new().await;
    let meeting = server.meeting().await;
    let activity = meeting.activity().await;
    let seat = meeting.join().await;
    let mut phone = FoldingClient::join(&meeting, &seat.token).await;
    let (id, wish) = question(&activity, "Why?");
    assert_eq!(phone.ask(5, wish.clone()).await, Value::Null);
    phone.answers.clear();
    assert_eq!(phone.ask(5, wish.clone()).await, Value::Null, "a repeat");
    let other = json!({ "vote": { "question": id, "on": true } });
    phone.answers.clear();
    assert_eq!(
        phone.ask(5, other.clone()).await["code"],
        json!("number_reused")
    );
    assert_eq!(
        phone.ask(4, other.clone()).await["code"],
        json!("superseded")
    );
    assert_eq!(
        phone.ask(6, json!({ "fly": {} })).await["code"],
        json!("not_understood")
    );
    assert_eq!(
        phone.ask(7, json!({ "end": {} })).await["code"],
        json!("not_allowed")
    );
    assert_eq!(phone.ask(8, other).await, Value::Null);
    phone.say(json!({ "ping": 12.5 })).await;
    phone.until(|phone| phone.pong.is_some()).await;
    assert_eq!(phone.pong.as_ref().unwrap()[0], json!(12.5));
    drop(phone);
    let phone = FoldingClient::join(&meeting, &seat.token).await;
    assert_eq!(phone.welcome["n"], json!(8));
    assert_eq!(phone.welcome["seat"], json!(seat.seat));
}

#[tokio::test]
async fn an_alias_speaks_on_the_same_socket_and_has_its_own_view() {
    let server = TestServer::new().await;
    let meeting = server.meeting().await;
    let activity = meeting.activity().await;
    let seat = meeting.join().await;
    let device = Uuid::new_v4();
    let hello = json!({ "alias": seat.alias, "device": device, "alias_device": Uuid::new_v4() });
    let mut phone = FoldingClient::join_with(&meeting, &seat.token, hello).await;
    let alias = phone.welcome["also"]
        .as_object()
        .unwrap()
        .keys()
        .next()
        .unwrap()
        .clone();
    let base = 1u64 << 32;
    let (id, wish) = question(&activity, "Who pays?");
    phone
        .say(json!({ "n": base, "do": wish, "as": alias }))
        .await;
    assert_eq!(phone.answer(base).await, Value::Null);
    let own = format!("mine/{alias}");
    phone
        .until(|phone| phone.view(&own)["questions"][&id].is_object())
        .await;
    assert!(phone.view("mine")["questions"][&id].is_null());
    phone
        .until(|phone| phone.floor()["questions"][&id].is_object())
        .await;
    assert!(phone.floor()["questions"][&id]["author"].is_null());
    phone.say(json!({ "n": base + 1, "do": { "edit": { "question": id, "text": "Who pays for it?" } }, "as": alias })).await;
    assert_eq!(phone.answer(base + 1).await, Value::Null);
    let stranger = json!({ "edit": { "question": id, "text": "Mine?" } });
    assert!(phone.ask(1, stranger).await["code"].is_string());
}

#[tokio::test]
async fn two_seats_share_a_socket() {
    let server = TestServer::new().await;
    let meeting = server.meeting().await;
    let activity = meeting.activity().await;
    let (mother, child) = (meeting.join().await, meeting.join().await);
    let hello = json!({ "also": [{ "token": child.token, "device": Uuid::new_v4() }, "nonsense"] });
    let mut phone = FoldingClient::join_with(&meeting, &mother.token, hello).await;
    assert_eq!(phone.welcome["also"].as_object().unwrap().len(), 1);
    let (id, wish) = question(&activity, "Can I play?");
    phone
        .say(json!({ "n": 77, "do": wish, "as": child.seat }))
        .await;
    assert_eq!(phone.answer(77).await, Value::Null);
    let own = format!("mine/{}", child.seat);
    phone
        .until(|phone| phone.view(&own)["questions"][&id].is_object())
        .await;
    let stranger = meeting.join().await;
    let (_, wish) = question(&activity, "As somebody else?");
    phone
        .say(json!({ "n": 78, "do": wish, "as": stranger.seat }))
        .await;
    assert_eq!(phone.answer(78).await["code"], json!("not_allowed"));
}

#[tokio::test]
async fn a_stage_reads_and_says_nothing() {
    let server = TestServer::new().await;
    let meeting = server.meeting().await;
    let joined = server
        .post(
            &meeting.path("/seats"),
            json!({ "secret": meeting.secret("stage") }),
        )
        .await;
    let token = joined.body["token"].as_str().unwrap().to_owned();
    let mut stage = FoldingClient::join_with(
        &meeting,
        &token,
        json!({ "at": { "floor": null, "desk": null } }),
    )
    .await;
    assert_eq!(stage.gone, ["desk"]);
    assert_eq!(stage.welcome["roles"], json!(["stage"]));
    assert!(stage.welcome["seat"].is_null() && stage.welcome["mine"].is_null());
    assert_eq!(*stage.floor(), meeting.floor().await);
    assert_eq!(
        stage.ask(1, json!({ "end": {} })).await["code"],
        json!("not_allowed")
    );
}

#[tokio::test]
async fn who_sends_too_much_is_slowed_and_order_is_kept() {
    let server = TestServer::new().await;
    let meeting = server.meeting().await;
    let activity = meeting.activity().await;
    let seat = meeting.join().await;
    let mut phone = FoldingClient::join(&meeting, &seat.token).await;
    let wishes: Vec<_> = (1..=8)
        .map(|n| question(&activity, &format!("{n}?")))
        .collect();
    for (n, (_, wish)) in (1..).zip(&wishes) {
        phone.command(n, wish.clone()).await;
    }
    phone.until(|phone| phone.answers.len() == 8).await;
    let done: Vec<u64> = phone
        .answers
        .iter()
        .filter(|(_, why)| why.is_null())
        .map(|(n, _)| *n)
        .collect();
    assert_eq!(done, [1, 2, 3, 4, 5, 6]);
    assert_eq!(phone.answers[&8]["code"], json!("slow_down"));
    assert!(phone.answers[&7]["retry"].as_u64().unwrap() > 0);
}
