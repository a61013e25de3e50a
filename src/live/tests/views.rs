//! What followers see: every revision leads to the next, a lagging phone gets one difference, the newest is what a GET says.

use std::time::Duration;

use serde_json::{Value, json};

use super::hall::{Hall, STAGE_LINK, person, question, settings, vote};
use crate::live::rules::Rules;
use crate::live::{Connection, Feed, Holder, Next, Notes, Pace, Settings};
use crate::meeting::command::Command;
use crate::view::{Audience, patch};

/// A phone that folds what it is told.
struct Phone {
    at: u64,
    view: Value,
}

impl Phone {
    fn of(feed: &Feed) -> Self {
        let snapshot: Value = serde_json::from_slice(&feed.snapshot().plain).unwrap();
        Self {
            at: snapshot["at"][1].as_u64().unwrap(),
            view: snapshot["view"].clone(),
        }
    }

    fn pull(&mut self, feed: &Feed) -> usize {
        match feed.since(self.at) {
            Next::Current => 0,
            Next::Take => {
                *self = Self::of(feed);
                0
            }
            Next::Frame { to, frame } => {
                let frame: Value = serde_json::from_slice(&frame).unwrap();
                let step = &frame["views"][feed.name()];
                assert_eq!(step[0], json!(to));
                patch::merge(&mut self.view, &step[1]);
                self.at = to;
                frame.to_string().len()
            }
        }
    }
}

fn view_of(feed: &Feed) -> Value {
    Phone::of(feed).view
}

#[tokio::test(start_paused = true)]
async fn folded_patches_are_the_view_however_far_a_phone_lags() {
    let hall = Hall::open().await;
    hall.sit(3, None).await;
    let (connection, welcome) = hall.join(3, &[Audience::Floor]).await;
    let feed = &welcome.followed.feeds[0];
    let mut quick = Phone::of(feed);
    let mut lagging: Vec<(u64, Phone)> = [2, 7, 33, 90, 400]
        .map(|every| (every, Phone::of(feed)))
        .into();
    for n in 1..=700u64 {
        let id = u128::from(n % 40 + 1);
        let command = match n % 7 {
            0 => Command::Withdraw {
                question: question(id),
            },
            1 | 2 => vote(id),
            _ => hall.ask(u128::from(n), "Why is it so?"),
        };
        // Refusals are as good here as facts.
        let _any = hall.send(person(3), n, command).await;
        tokio::time::sleep(Duration::from_millis(260)).await;
        quick.pull(feed);
        for (every, phone) in &mut lagging {
            if n % *every == 0 {
                phone.pull(feed);
                assert_eq!(phone.view, view_of(feed), "every {every}, at {n}");
            }
        }
        assert_eq!(quick.view, view_of(feed), "at {n}");
    }
    assert!(feed.revision() > 400);
    drop(connection);
}

#[tokio::test(start_paused = true)]
async fn the_first_change_goes_out_at_once_and_votes_less_often() {
    let hall = Hall::open().await;
    hall.sit(3, None).await;
    let (connection, welcome) = hall.join(3, &[Audience::Floor]).await;
    let feed = &welcome.followed.feeds[0];
    tokio::time::sleep(Duration::from_secs(2)).await;
    let before = feed.revision();
    hall.send(person(3), 1, hall.ask(1, "Why?")).await.unwrap();
    tokio::time::sleep(Duration::from_millis(1)).await;
    assert_eq!(feed.revision(), before + 1);
    assert!(connection.post().woken().await.has(Notes::VIEWS));
    hall.send(person(3), 2, hall.ask(2, "And?")).await.unwrap();
    hall.send(person(3), 3, hall.ask(3, "Then?")).await.unwrap();
    assert_eq!(feed.revision(), before + 1, "gathered");
    tokio::time::sleep(Duration::from_millis(51)).await;
    assert_eq!(feed.revision(), before + 2);
    for n in 4..=6 {
        hall.send(person(3), n, vote(u128::from(n) - 3))
            .await
            .unwrap();
    }
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(feed.revision(), before + 2, "counts wait longer");
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert_eq!(feed.revision(), before + 3);
}

async fn is_woken(connection: &Connection) -> bool {
    let woken = connection.post().woken();
    let woken = tokio::time::timeout(Duration::from_millis(1), woken).await;
    woken.is_ok_and(|notes| notes.has(Notes::VIEWS))
}

#[tokio::test(start_paused = true)]
async fn a_large_crowd_is_told_less_often_than_the_stage() {
    let pace = Pace {
        per_follower: Duration::from_secs(2),
        ..settings().pace
    };
    let settings = Settings { pace, ..settings() };
    let hall = Hall::with(settings, Rules::default()).await;
    hall.sit(3, None).await;
    let (phone, welcome) = hall.join(3, &[Audience::Floor]).await;
    let (stage, _) = hall
        .join_as(Holder::Stage(STAGE_LINK), None, &[Audience::Floor])
        .await
        .unwrap();
    tokio::time::sleep(Duration::from_secs(20)).await;
    let _settled = (is_woken(&phone).await, is_woken(&stage).await);
    let feed = &welcome.followed.feeds[0];
    let before = feed.revision();

    hall.send(person(3), 1, hall.ask(1, "Why?")).await.unwrap();
    assert!(is_woken(&stage).await && is_woken(&phone).await);
    for n in 2..=4 {
        hall.send(person(3), n, hall.ask(u128::from(n), "And?"))
            .await
            .unwrap();
        tokio::time::sleep(Duration::from_millis(100)).await;
        assert!(is_woken(&stage).await);
        assert!(!is_woken(&phone).await);
    }
    let fresh = hall.meeting.snapshot(&Audience::Floor, true).await.unwrap();
    assert_eq!(fresh.revision, before + 4);
    assert!(!is_woken(&phone).await, "a GET makes no phone write");
    tokio::time::sleep(Duration::from_secs(4)).await;
    assert!(is_woken(&phone).await);
    assert!(matches!(feed.since(before + 1), Next::Frame { to, .. } if to == before + 4));
}

#[tokio::test(start_paused = true)]
async fn a_get_shows_all_that_was_answered_before() {
    let hall = Hall::open().await;
    hall.sit(3, None).await;
    for n in 1..=20 {
        hall.send(
            person(3),
            n,
            hall.ask(u128::from(n), &format!("Question {n}")),
        )
        .await
        .unwrap();
        let snapshot = hall.meeting.snapshot(&Audience::Floor, true).await.unwrap();
        assert!(String::from_utf8_lossy(&snapshot.plain).contains(&format!("Question {n}\"")));
    }
}

#[tokio::test(start_paused = true)]
async fn an_own_view_reaches_its_sockets_and_nobody_elses() {
    let hall = Hall::open().await;
    hall.sit(3, None).await;
    hall.sit(4, None).await;
    let (three, welcome) = hall.join(3, &[Audience::Floor]).await;
    let (four, _) = hall.join(4, &[Audience::Floor]).await;
    assert!(welcome.mine.is_some());
    hall.send(person(3), 1, hall.ask(1, "Why?")).await.unwrap();
    tokio::time::sleep(Duration::from_millis(300)).await;
    let mine = three.post().take_mine();
    assert_eq!(mine.len(), 1);
    assert!(String::from_utf8_lossy(&mine[0].1.text).contains("Why?"));
    assert!(four.post().take_mine().is_empty());
    let polled = hall.meeting.mine(person(3), None).await.unwrap();
    assert_eq!(polled.revision, mine[0].1.revision);
    assert_eq!(polled.n, 1);
    let again = hall.meeting.mine(person(3), None).await.unwrap();
    assert_eq!(again.revision, polled.revision);
    // Whoever asks before the tick takes nothing from the socket.
    hall.send(person(3), 2, hall.ask(2, "When?")).await.unwrap();
    let asked = hall.meeting.mine(person(3), None).await.unwrap();
    tokio::time::sleep(Duration::from_millis(300)).await;
    let mine = three.post().take_mine();
    assert_eq!(mine.last().unwrap().1.revision, asked.revision);
}
