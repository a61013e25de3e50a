//! `kill -9` at random points under load: what was acknowledged is there, nothing is there twice,
//! a refusal whose answer was lost stays a refusal, and the replayed views are the same.

use std::collections::BTreeMap;
use std::time::Duration;

use openfloor::rehearse::chance::Chance;
use openfloor::rehearse::document::Document;
use openfloor::rehearse::host::Host;
use openfloor::rehearse::{Habits, Phone};
use serde_json::{Value, json};
use tokio::task::JoinSet;
use uuid::Uuid;

use crate::server::{NO_LIMITS, Server, view};
use crate::{ledger, run, short_or_soak};

const PHONES: usize = 12;
const BURST: usize = 24;
const PATIENCE: Duration = Duration::from_secs(20);

/// A person who keeps count of what the server owes.
struct Witness {
    phone: Phone,
    chance: Chance,
    /// Questions asked, with the text of the last edit that was answered.
    questions: BTreeMap<String, String>,
    /// My votes as answered.
    votes: BTreeMap<String, bool>,
    seen: usize,
}

impl Witness {
    async fn join(host: &Host, place: usize) -> Self {
        let chance = Chance::new(11, place as u64);
        let habits = Habits {
            patience: Duration::from_secs(5),
            first_wait: Duration::from_millis(20),
            longest_wait: Duration::from_millis(150),
            ..Habits::default()
        };
        let phone = Phone::join(&host.place, &host.code, &host.key(), None, chance.clone())
            .await
            .unwrap()
            .with_habits(habits);
        Self {
            phone,
            chance,
            questions: BTreeMap::new(),
            votes: BTreeMap::new(),
            seen: 0,
        }
    }

    /// A burst of everything; then until all of it is answered, over whatever happens meanwhile.
    async fn burst(&mut self, activity: &str, topics: &[String]) {
        for turn in 0..BURST {
            match turn % 6 {
                0 if self.questions.len() < 18 => {
                    let id = Uuid::new_v4().to_string();
                    self.phone.send(
                        json!({"ask": {"id": id, "activity": activity, "text": wording(&id)}}),
                    );
                }
                1 => {
                    // Nobody ever asked this: refused, whenever and however often it comes.
                    self.phone.send(
                        json!({"vote": {"question": Uuid::new_v4().to_string(), "on": true}}),
                    );
                }
                _ => {
                    if let Some(question) = self.chance.pick(topics) {
                        let on = self.chance.percent(60);
                        self.phone
                            .send(json!({"vote": {"question": question, "on": on}}));
                    }
                }
            }
        }
        self.phone.settled(PATIENCE).await.unwrap();
        self.take_answers();
    }

    fn take_answers(&mut self) {
        for answer in std::mem::take(&mut self.phone.answers) {
            self.seen += 1;
            let command = &answer.command;
            if let Some(ask) = command.get("ask") {
                assert_eq!(
                    answer.refused, None,
                    "an honest question was refused: {command}"
                );
                self.questions.insert(text(&ask["id"]), text(&ask["text"]));
            } else if let Some(vote) = command.get("vote") {
                let question = text(&vote["question"]);
                match answer.refused {
                    None => _ = self.votes.insert(question, vote["on"] == true),
                    Some(code) => {
                        assert_eq!(code, "not_found");
                        assert!(!self.votes.contains_key(&question));
                    }
                }
            }
        }
    }
}

/// A text of its own without digits: long numbers could be somebody's telephone and would wait for the moderator.
fn wording(id: &str) -> String {
    let letters = id
        .chars()
        .filter_map(|c| c.to_digit(16))
        .map(|digit| char::from(b'a' + digit as u8));
    format!("why {}", letters.collect::<String>())
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

#[test]
fn killed_at_random_points_it_loses_nothing_and_doubles_nothing() {
    run(async {
        let data = tempfile::tempdir().unwrap();
        let mut server = Server::start(data.path(), &NO_LIMITS);
        let mut host = Host::open(&server.place, "Kill").await.unwrap();
        let mut topics = Vec::new();
        for number in 0..6 {
            let id = Uuid::new_v4().to_string();
            host.order(&json!({"ask": {"id": id, "activity": host.activity, "text": format!("topic {number}")}})).await.unwrap();
            topics.push(id);
        }
        let mut hall = Vec::new();
        for place in 0..PHONES {
            hall.push(Witness::join(&host, place).await);
        }
        let mut chance = Chance::new(11, 1_000);
        for round in 0..short_or_soak(25, 200) {
            let mut people = JoinSet::new();
            for mut witness in hall.drain(..) {
                let (activity, topics) = (host.activity.clone(), topics.clone());
                people.spawn(async move {
                    witness.burst(&activity, &topics).await;
                    witness
                });
            }
            tokio::time::sleep(chance.up_to(Duration::from_millis(60))).await;
            server.kill();
            server.again();
            hall = people.join_all().await;
            verify(&host, &hall, &topics).await;
            if round % 8 == 7 {
                replay(&host, &mut server, &mut hall).await;
            }
        }
        let answered: usize = hall.iter().map(|witness| witness.seen).sum();
        eprintln!("{answered} commands answered");
        assert!(server.stop());
        let ledger = ledger::read(data.path(), &host.meeting).await;
        ledger::assert_once_and_in_order(&ledger);
        let taken: usize = ledger.values().map(Vec::len).sum();
        let owed: usize = hall.iter().map(|witness| witness.questions.len()).sum();
        assert!(taken >= owed, "the journal lacks what was acknowledged");
    });
}

async fn verify(host: &Host, hall: &[Witness], topics: &[String]) {
    let floor = view(host, "floor").await;
    let mut expected = topics.len();
    for witness in hall {
        expected += witness.questions.len();
        for (id, asked) in &witness.questions {
            assert_eq!(
                text(&floor["questions"][id]["text"]),
                *asked,
                "an acknowledged question is not there; the desk has {}",
                view(host, "desk").await["waiting"][id]
            );
        }
    }
    assert_eq!(
        floor["questions"].as_object().unwrap().len(),
        expected,
        "a question that nobody asked"
    );
    assert_eq!(floor["asked"], json!(expected), "a question counted twice");
    for topic in topics {
        let votes = hall
            .iter()
            .filter(|witness| witness.votes.get(topic) == Some(&true))
            .count();
        assert_eq!(
            floor["questions"][topic]["votes"],
            json!(votes),
            "the tally of {topic}"
        );
    }
}

/// The views of a quiet meeting before and after a kill; the phones' folded documents too.
async fn replay(host: &Host, server: &mut Server, hall: &mut [Witness]) {
    let before = (view(host, "floor").await, view(host, "desk").await);
    for witness in hall.iter_mut() {
        let wanted = without_presence(&before.0);
        let folded = |phone: &Phone| without_presence(phone.floor()) == wanted;
        witness
            .phone
            .until(PATIENCE, folded)
            .await
            .expect("a phone's document differs from the view");
        assert_eq!(witness.phone.counts.misfits, 0);
    }
    server.kill();
    server.again();
    let after = (view(host, "floor").await, view(host, "desk").await);
    assert_eq!(without_presence(&after.0), without_presence(&before.0));
    assert_eq!(without_presence(&after.1), without_presence(&before.1));
}

fn without_presence(view: &Value) -> Value {
    let mut document = Document {
        at: Some((0, 0)),
        view: view.clone(),
    };
    document.fold(1, &json!({"here": null, "counts": null, "seats": null}));
    document.view
}
