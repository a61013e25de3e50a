//! Group work when things go wrong and when the hall is full: what a table wrote and was answered is there after `kill -9`,
//! everybody is told of their table, and a hundred tables that write at once drown nobody.

use std::time::{Duration, Instant};

use openfloor::rehearse::chance::Chance;
use openfloor::rehearse::host::Host;
use openfloor::rehearse::line::Line;
use openfloor::rehearse::table::AtTable;
use openfloor::rehearse::{Habits, Phone};
use serde_json::{Value, json};
use tokio::task::JoinSet;
use uuid::Uuid;

use crate::run;
use crate::server::{NO_LIMITS, Server, view};

const PATIENCE: Duration = Duration::from_secs(30);

/// Somebody at a table, and what they owe it.
struct Person {
    phone: Phone,
    table: Option<AtTable>,
    words: Vec<String>,
    cards: Vec<String>,
}

impl Person {
    async fn join(host: &Host, place: usize) -> Self {
        let chance = Chance::new(5, place as u64);
        let habits = Habits {
            patience: Duration::from_secs(5),
            first_wait: Duration::from_millis(20),
            longest_wait: Duration::from_millis(150),
            ..Habits::default()
        };
        let phone = Phone::join(&host.place, &host.code, &host.key(), None, chance)
            .await
            .unwrap()
            .with_habits(habits);
        Self {
            phone,
            table: None,
            words: Vec::new(),
            cards: Vec::new(),
        }
    }

    /// Until it knows its table and reads it.
    async fn sit(&mut self) {
        let told = |phone: &Phone| AtTable::of(phone, None).is_some();
        self.phone.until(PATIENCE, told).await.unwrap();
        let table = AtTable::of(&self.phone, None).unwrap();
        table.begin(&mut self.phone);
        self.table = Some(table);
        self.phone.until(PATIENCE, Phone::is_current).await.unwrap();
    }

    fn group(&self) -> &str {
        self.table.as_ref().unwrap().group()
    }

    /// Types a word and posts a card; does not wait.
    fn work(&mut self, word: String) {
        let table = self.table.as_mut().unwrap();
        table.type_words(&mut self.phone, &word);
        let id = Uuid::new_v4().to_string();
        let card = json!({"id": id, "group": table.group(), "text": word});
        self.phone.send(json!({"post_card": card}));
        self.words.push(word);
        self.cards.push(id);
    }

    /// Until everything is answered; the notes are sent again over whatever happens meanwhile.
    async fn settle(&mut self) {
        let end = Instant::now() + PATIENCE;
        loop {
            self.phone.settled(PATIENCE).await.unwrap();
            let table = self.table.as_mut().unwrap();
            if table.is_noted(&self.phone) {
                return;
            }
            assert!(Instant::now() < end, "the notes are not answered");
            table.type_words(&mut self.phone, "");
            let before = self.phone.counts.noted;
            let answered = move |phone: &Phone| phone.counts.noted > before;
            let _lost_on_the_way = self.phone.until(Duration::from_secs(1), answered).await;
        }
    }
}

/// A hall whose people sit at so many tables.
async fn seated(host: &mut Host, people: usize, tables: usize) -> (String, Vec<Person>) {
    let activity = Uuid::now_v7().to_string();
    let orders = [
        json!({"add_activity": {"id": activity, "kind": "groups", "title": "Tables"}}),
        json!({"set_groups": {"activity": activity, "tables": tables}}),
    ];
    for order in &orders {
        host.order(order).await.unwrap();
    }
    let mut hall = Vec::new();
    for place in 0..people {
        hall.push(Person::join(host, place).await);
    }
    let path = format!("/api/meetings/{}/activities/{activity}/plan", host.meeting);
    let mut line = Line::open(&host.place).await.unwrap();
    let wish = json!({"seed": 1});
    let planned = line
        .call("POST", &path, Some(&host.token), Some(&wish))
        .await;
    planned.unwrap().good().unwrap();
    (activity, hall)
}

/// Everybody, one after the other.
async fn all_sit(mut hall: Vec<Person>) -> Vec<Person> {
    for person in &mut hall {
        person.sit().await;
    }
    hall
}

#[test]
fn killed_while_tables_write_it_loses_no_word_that_was_answered() {
    run(async {
        let data = tempfile::tempdir().unwrap();
        let mut server = Server::start(data.path(), &NO_LIMITS);
        let mut host = Host::open(&server.place, "Tables").await.unwrap();
        let (activity, hall) = seated(&mut host, 9, 3).await;
        host.order(&json!({"publish_groups": {"activity": activity}}))
            .await
            .unwrap();
        let mut hall = all_sit(hall).await;
        let mut chance = Chance::new(5, 1_000);
        for round in 0..crate::short_or_soak(8, 60) {
            let mut people = JoinSet::new();
            for (place, mut person) in hall.drain(..).enumerate() {
                people.spawn(async move {
                    for turn in 0..6 {
                        person.work(format!("w{round}x{place}x{turn}é🧑🏽‍🦽"));
                        person.phone.rest(Duration::from_millis(3)).await.unwrap();
                    }
                    person.settle().await;
                    person
                });
            }
            tokio::time::sleep(chance.up_to(Duration::from_millis(50))).await;
            server.kill();
            server.again();
            hall = people.join_all().await;
        }
        let before = tables(&host, &hall).await;
        server.kill();
        server.again();
        let after = tables(&host, &hall).await;
        assert_eq!(before, after, "replayed to something else");
        for person in &hall {
            let table = &after[person.group()];
            let text = AtTable::read(table);
            for word in &person.words {
                assert_eq!(
                    text.matches(word.as_str()).count(),
                    1,
                    "{word} in {text:.80}"
                );
            }
            for card in &person.cards {
                assert!(table["cards"].get(card).is_some(), "a card is gone");
            }
        }
        let words: usize = hall.iter().map(|person| person.words.len()).sum();
        eprintln!("{words} words and cards of 9 people, none lost, none doubled");
        assert!(server.stop());
    });
}

async fn tables(host: &Host, hall: &[Person]) -> Value {
    let mut found = json!({});
    for person in hall {
        let group = person.group();
        if found.get(group).is_none() {
            found[group] = view(host, &format!("group/{group}")).await;
        }
    }
    found
}

#[test]
fn three_hundred_people_are_told_of_their_tables_and_a_hundred_tables_write_at_once() {
    run(async {
        let data = tempfile::tempdir().unwrap();
        let mut server = Server::start(data.path(), &NO_LIMITS);
        let mut host = Host::open(&server.place, "Full").await.unwrap();
        let (activity, hall) = seated(&mut host, 300, 100).await;
        let mut desk = Phone::with_seat(host.place.clone(), host.seat(), Chance::new(5, 9_999))
            .following("desk");
        desk.until(PATIENCE, Phone::is_current).await.unwrap();
        let (ready, mut awaited) = tokio::sync::mpsc::unbounded_channel();
        let mut people = JoinSet::new();
        for mut person in hall {
            let ready = ready.clone();
            people.spawn(async move {
                let phone = &mut person.phone;
                phone.until(PATIENCE, Phone::is_current).await.unwrap();
                ready.send(()).unwrap();
                person.sit().await;
                (Instant::now(), person)
            });
        }
        for _ in 0..300 {
            awaited.recv().await.unwrap();
        }
        let begun = Instant::now();
        host.order(&json!({"publish_groups": {"activity": activity}}))
            .await
            .unwrap();
        let mut told: Vec<Duration> = Vec::new();
        let mut hall = Vec::new();
        for (at, person) in people.join_all().await {
            told.push(at - begun);
            hall.push(person);
        }
        told.sort_unstable();
        eprintln!(
            "told of their table and reading it: p50 {} ms, p99 {} ms, slowest {} ms of 300",
            told[150].as_millis(),
            told[296].as_millis(),
            told[299].as_millis()
        );
        let wanted = |phone: &Phone| {
            let groups = phone.documents["desk"].view["groups"].as_object();
            groups.is_some_and(|groups| groups.len() == 100)
        };
        desk.until(PATIENCE, wanted).await.unwrap();

        let (frames, bytes) = (desk.counts.patches, desk.counts.bytes);
        let begun = Instant::now();
        let mut people = JoinSet::new();
        for (place, mut person) in hall.into_iter().enumerate() {
            people.spawn(async move {
                let bytes = person.phone.counts.bytes;
                for turn in 0..10 {
                    person.work(format!("w{place}x{turn}"));
                    person.phone.rest(Duration::from_millis(300)).await.unwrap();
                }
                person.settle().await;
                (person.phone.counts.bytes - bytes, person)
            });
        }
        let (hall, ()) = tokio::join!(people.join_all(), async {
            desk.rest(Duration::from_secs(4)).await.unwrap();
        });
        let seconds = begun.elapsed().as_secs_f64();
        let heaviest = hall.iter().map(|(bytes, _)| *bytes).max().unwrap_or(0);
        eprintln!(
            "100 tables wrote at once for {seconds:.1} s: the desk got {:.1} patches and {:.1} KB a second, the phone that got most {:.1} KB a second",
            (desk.counts.patches - frames) as f64 / seconds,
            (desk.counts.bytes - bytes) as f64 / seconds / 1e3,
            heaviest as f64 / seconds / 1e3,
        );
        // Three documents, each at most every 50 ms; what waited from before comes on top.
        assert!(
            (desk.counts.patches - frames) as f64 / seconds <= 66.0,
            "more frames than three audiences may get"
        );
        for (_, person) in &hall {
            assert_eq!(person.phone.counts.misfits, 0);
        }
        assert!(told[299] < Duration::from_secs(10));
        assert!(server.stop());
    });
}
