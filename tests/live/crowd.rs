//! Many sockets in one process.

use std::time::{Duration, Instant};

use futures_util::future::join_all;
use serde_json::json;

use crate::folding::FoldingClient;
use crate::support::{TestServer, question};

const PHONES: usize = 2_000;
/// Opened at once, so that the test's own machine keeps up.
const AT_ONCE: usize = 100;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_thousand_phones_follow_one_meeting() {
    let server = TestServer::new().await;
    let meeting = server.meeting().await;
    let activity = meeting.activity().await;
    let secret = json!({ "secret": meeting.secret("stage") });
    let stage = server.post(&meeting.path("/seats"), secret).await;
    let stage = stage.body["token"].as_str().unwrap();
    let began = Instant::now();
    let mut phones = Vec::with_capacity(PHONES);
    for _ in 0..PHONES / AT_ONCE {
        let some = (0..AT_ONCE).map(|_| FoldingClient::join(&meeting, stage));
        phones.extend(join_all(some).await);
    }
    println!("{PHONES} joined in {:?}", began.elapsed());
    let seat = meeting.join().await;
    let mut voter = FoldingClient::join(&meeting, &seat.token).await;
    for n in 1..=5 {
        let (_, wish) = question(&activity, &format!("Question {n}?"));
        assert!(voter.ask(n, wish).await.is_null());
    }
    let floor = meeting.floor().await;
    let began = Instant::now();
    let seen = |phone: &FoldingClient| phone.floor()["questions"] == floor["questions"];
    join_all(phones.iter_mut().map(|phone| phone.until(seen))).await;
    println!("{PHONES} saw it within {:?}", began.elapsed());
    let most = phones
        .iter()
        .map(|phone| phone.views["floor"].patches)
        .max();
    assert!(most.unwrap() <= 12, "{most:?} patches for five questions");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_phone_that_does_not_read_holds_nobody_up_and_catches_up() {
    let fast = ["--limits", "seat=100000/100000,facilitator=100000/100000"];
    let server = TestServer::with(&fast, openfloor::app::Memory::Forgotten).await;
    let meeting = server.meeting().await;
    let activity = meeting.activity().await;
    let (stuck, seat) = (meeting.join().await, meeting.join().await);
    let mut stuck = FoldingClient::join(&meeting, &stuck.token).await;
    let mut phone = FoldingClient::join(&meeting, &seat.token).await;
    let text = "Why is it so? ".repeat(30);
    for n in 1..=400 {
        let (_, wish) = question(&activity, &text);
        let asked = phone.ask(n, wish);
        let answer = tokio::time::timeout(Duration::from_secs(5), asked).await;
        assert!(answer.expect("nobody waits for the stuck one").is_null());
    }
    let floor = meeting.floor().await;
    stuck.until(|stuck| stuck.floor() == &floor).await;
}
