//! How people behave: they look, vote, ask, think again, put the phone away and come back.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use uuid::Uuid;

use super::Trouble;
use super::chance::Chance;
use super::hands;
use super::host::questions_activity;
use super::phone::{Counts, Figures, Phone};
use super::phrases::{self, Phrase};
use super::socket::Reading;
use super::table::AtTable;

/// How lively the hall is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Pace {
    /// Somebody does something every half a minute.
    Calm,
    /// Every eight seconds.
    #[default]
    Lively,
    /// Every second: a load.
    Storm,
}

impl Pace {
    fn mean(self) -> Duration {
        Duration::from_secs(match self {
            Self::Calm => 30,
            Self::Lively => 8,
            Self::Storm => 1,
        })
    }
}

/// What the people of a rehearsal share.
#[derive(Debug, Default)]
pub struct Hall {
    /// Latencies.
    pub figures: Arc<Figures>,
    /// People who sat down.
    pub joined: AtomicUsize,
    /// People with a socket now.
    pub here: AtomicUsize,
    /// Questions acknowledged.
    pub asked: AtomicU64,
    /// Votes and retractions acknowledged.
    pub voted: AtomicU64,
    /// Edits and withdrawals acknowledged.
    pub changed: AtomicU64,
    /// Commands of group work acknowledged.
    pub worked: AtomicU64,
    /// Hands raised, lowered, and speeches that their speaker ended, acknowledged.
    pub raised: AtomicU64,
    /// Updates of notes that are durable.
    pub noted: AtomicU64,
    /// Updates of notes that were refused for good.
    pub unnoted: AtomicU64,
    /// Returns after a pause.
    pub returns: AtomicU64,
    /// Patches that came.
    pub patches: AtomicU64,
    /// Patches that did not fit.
    pub misfits: AtomicU64,
    /// Refusals by code.
    pub refused: Mutex<BTreeMap<String, u64>>,
    /// What people could not do at all.
    pub troubles: Mutex<BTreeMap<String, u64>>,
    topics: Mutex<Topics>,
}

#[derive(Debug, Default)]
struct Topics {
    activity: Option<String>,
    discussion: Option<String>,
    listed: Vec<String>,
    at: Option<Instant>,
}

impl Hall {
    /// Counts something that went wrong.
    pub fn note_trouble(&self, trouble: &Trouble) {
        count(&self.troubles, trouble.to_string());
    }

    /// What can be asked where and voted for, most votes first, from any phone that reads everything.
    fn share(&self, floor: &Value) {
        let Ok(mut topics) = self.topics.lock() else {
            return;
        };
        if topics
            .at
            .is_some_and(|at| at.elapsed() < Duration::from_millis(500))
        {
            return;
        }
        let mut listed: Vec<(u64, &String)> = floor["questions"]
            .as_object()
            .into_iter()
            .flatten()
            .filter(|(_, question)| {
                matches!(question["state"].as_str(), Some("listed" | "on_stage"))
            })
            .map(|(id, question)| (question["votes"].as_u64().unwrap_or(0), id))
            .collect();
        listed.sort_by(|a, b| b.cmp(a));
        *topics = Topics {
            activity: questions_activity(floor),
            discussion: hands::open_discussion(floor),
            listed: listed.into_iter().map(|(_, id)| id.clone()).collect(),
            at: Some(Instant::now()),
        };
    }

    fn activity(&self) -> Option<String> {
        self.topics.lock().ok()?.activity.clone()
    }

    fn discussion(&self) -> Option<String> {
        self.topics.lock().ok()?.discussion.clone()
    }

    fn topic(&self, chance: &mut Chance) -> Option<String> {
        let topics = self.topics.lock().ok()?;
        let among = if chance.percent(60) {
            8
        } else {
            topics.listed.len()
        };
        topics
            .listed
            .get(chance.below(among.min(topics.listed.len())))
            .cloned()
    }
}

fn count(of: &Mutex<BTreeMap<String, u64>>, what: String) {
    if let Ok(mut counts) = of.lock() {
        *counts.entry(what).or_default() += 1;
    }
}

/// A person with a phone.
#[derive(Debug)]
pub struct Person {
    phone: Phone,
    chance: Chance,
    pace: Pace,
    asked: Vec<(String, Phrase, Voice)>,
    voted: BTreeSet<String>,
    counted: Counts,
    table: Option<AtTable>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Voice {
    Seat,
    Alias,
}

enum Act {
    Look,
    Vote,
    Ask,
    ThinkAgain,
    Withdraw,
    DropOff(Duration),
}

impl Person {
    /// A person at this pace.
    #[must_use]
    pub fn new(phone: Phone, pace: Pace, chance: Chance) -> Self {
        Self {
            phone,
            chance,
            pace,
            asked: Vec::new(),
            voted: BTreeSet::new(),
            counted: Counts::default(),
            table: None,
        }
    }

    /// Lives in the hall until dropped.
    ///
    /// # Errors
    /// If the server closes the phone's socket for good.
    pub async fn live(mut self, hall: &Hall) -> Result<(), Trouble> {
        self.phone
            .until(Duration::from_secs(60), Phone::is_current)
            .await?;
        let _here = Here::new(&hall.here);
        loop {
            let pause = self.chance.wait(self.pace.mean());
            self.phone.rest(pause).await?;
            self.tell(hall);
            if self.works_at_a_table() || self.discusses(hall) {
                continue;
            }
            match self.choose() {
                Act::Look => {}
                Act::Vote => self.vote(hall),
                Act::Ask => self.ask(hall),
                Act::ThinkAgain => self.think_again(),
                Act::Withdraw => self.withdraw(),
                Act::DropOff(time) => self.drop_off(time, hall).await,
            }
        }
    }

    /// At a table most of what people do is done there.
    fn works_at_a_table(&mut self) -> bool {
        if let Some(table) = AtTable::of(&self.phone, self.table.as_ref()) {
            table.begin(&mut self.phone);
            self.table = Some(table);
        }
        let Some(table) = &mut self.table else {
            return false;
        };
        let still = self.phone.mine["groups"].get(table.activity()).is_some();
        if !still || !self.chance.percent(80) {
            return false;
        }
        table.act(&mut self.phone, &mut self.chance);
        true
    }

    /// While there is a discussion people now and then want the floor.
    fn discusses(&mut self, hall: &Hall) -> bool {
        let Some(activity) = hall.discussion().filter(|_| self.chance.percent(25)) else {
            return false;
        };
        hands::act(&mut self.phone, &activity, &mut self.chance);
        true
    }

    fn choose(&mut self) -> Act {
        match self.chance.below(100) {
            0..55 => Act::Vote,
            55..66 => Act::Ask,
            66..69 => Act::ThinkAgain,
            69..70 => Act::Withdraw,
            70..76 => Act::DropOff(self.chance.wait(Duration::from_secs(3))),
            76..78 => Act::DropOff(self.chance.wait(Duration::from_secs(25))),
            _ => Act::Look,
        }
    }

    fn vote(&mut self, hall: &Hall) {
        let Some(question) = hall.topic(&mut self.chance) else {
            return;
        };
        let on = !self.voted.remove(&question);
        if on {
            self.voted.insert(question.clone());
        }
        self.phone
            .send(json!({"vote": {"question": question, "on": on}}));
    }

    fn ask(&mut self, hall: &Hall) {
        let Some(activity) = hall.activity() else {
            return;
        };
        if self.asked.len() >= 3 {
            return;
        }
        let phrase = phrases::ask(&mut self.chance);
        let id = Uuid::new_v4().to_string();
        let voice = if self.phone.seat.alias.is_some() && self.chance.percent(35) {
            Voice::Alias
        } else {
            Voice::Seat
        };
        let mut wish = json!({"id": id, "activity": activity, "text": phrase.text, "language": phrase.language});
        if voice == Voice::Alias {
            wish["anonymous"] = json!(true);
        }
        self.say(voice, json!({"ask": wish}));
        self.asked.push((id, phrase, voice));
    }

    fn think_again(&mut self) {
        let Some((id, phrase, voice)) = self.asked.last() else {
            return;
        };
        let command = json!({"edit": {"question": id, "text": phrases::thought_over(phrase)}});
        self.say(*voice, command);
    }

    fn withdraw(&mut self) {
        if let Some((id, _, voice)) = self.asked.pop() {
            self.say(voice, json!({"withdraw": {"question": id}}));
        }
    }

    fn say(&mut self, voice: Voice, command: Value) {
        match voice {
            Voice::Seat => self.phone.send(command),
            Voice::Alias => self.phone.send_unnamed(command),
        };
    }

    async fn drop_off(&mut self, time: Duration, hall: &Hall) {
        self.phone.hang_up();
        hall.here.fetch_sub(1, Relaxed);
        tokio::time::sleep(time).await;
        hall.here.fetch_add(1, Relaxed);
        hall.returns.fetch_add(1, Relaxed);
        self.phone.wake();
    }

    fn tell(&mut self, hall: &Hall) {
        if self.phone.habits.reading == Reading::Whole {
            hall.share(self.phone.floor());
        }
        let counts = self.phone.counts;
        let before = std::mem::replace(&mut self.counted, counts);
        for (total, now, then) in [
            (&hall.patches, counts.patches, before.patches),
            (&hall.misfits, counts.misfits, before.misfits),
            (&hall.noted, counts.noted, before.noted),
            (&hall.unnoted, counts.unnoted, before.unnoted),
        ] {
            total.fetch_add(now - then, Relaxed);
        }
        for answer in self.phone.answers.drain(..) {
            let kind = answer
                .command
                .as_object()
                .and_then(|command| command.keys().next())
                .map_or("", String::as_str);
            match (answer.refused, kind) {
                (Some(code), _) => count(&hall.refused, code),
                (None, "ask") => _ = hall.asked.fetch_add(1, Relaxed),
                (None, "vote") => _ = hall.voted.fetch_add(1, Relaxed),
                (None, "edit" | "withdraw") => _ = hall.changed.fetch_add(1, Relaxed),
                (None, "raise" | "lower" | "end_speech") => _ = hall.raised.fetch_add(1, Relaxed),
                (None, _) => _ = hall.worked.fetch_add(1, Relaxed),
            }
        }
    }
}

/// Counts a person in for as long as it lives.
struct Here<'a>(&'a AtomicUsize);

impl<'a> Here<'a> {
    fn new(count: &'a AtomicUsize) -> Self {
        count.fetch_add(1, Relaxed);
        Self(count)
    }
}

impl Drop for Here<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Relaxed);
    }
}
