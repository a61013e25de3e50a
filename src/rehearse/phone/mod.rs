//! One simulated phone: joins, follows its views, keeps a numbered outbox, and comes back by itself.
//! It is driven by whoever owns it (`rest`, `until`) and has no task of its own.
//!
//! Invariant: every future here may be dropped at any await without losing a command or a `take`.

mod connection;
mod habits;
mod hearing;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::time::timeout_at;
use uuid::Uuid;

pub use habits::{Answer, Counts, Figures, Habits};

use super::Trouble;
use super::address::{Key, Place};
use super::chance::Chance;
use super::document::Document;
use super::line::{Line, Seat};
use super::outbox::Outbox;
use super::socket::Socket;

/// A phone.
#[derive(Debug)]
pub struct Phone {
    /// The server.
    pub place: Place,
    /// Its seat and tokens.
    pub seat: Seat,
    /// Its habits.
    pub habits: Habits,
    /// Documents by audience.
    pub documents: BTreeMap<String, Document>,
    /// The seat's own document.
    pub mine: Value,
    /// The alias's own document.
    pub alias_mine: Value,
    /// Counters.
    pub counts: Counts,
    /// Final answers that nobody took yet.
    pub answers: Vec<Answer>,
    /// What the server has of the notes of a group (a state vector, base64), by group.
    pub noted: BTreeMap<String, String>,
    /// Frames to be said once; lost with the connection.
    said: VecDeque<Value>,
    figures: Arc<Figures>,
    device: Uuid,
    alias_device: Uuid,
    alias: Option<String>,
    own: Outbox,
    unnamed: Outbox,
    link: Option<Link>,
    failures: u32,
    not_before: Option<Instant>,
    chance: Chance,
}

#[derive(Debug)]
struct Link {
    socket: Socket,
    opened: Instant,
    welcomed: bool,
    heard: Instant,
    pinged: Instant,
    takes: BTreeSet<String>,
}

impl Phone {
    /// Joins a meeting by its code or secret. The phone is not connected yet; driving it connects it.
    ///
    /// # Errors
    /// If the server cannot be reached or says no.
    pub async fn join(
        place: &Place,
        code: &str,
        key: &Key,
        name: Option<&str>,
        chance: Chance,
    ) -> Result<Self, Trouble> {
        let mut line = Line::open(place).await?;
        let meeting = line.meeting(code).await?;
        let seat = line
            .sit(&meeting, key, name, &Uuid::new_v4().simple().to_string())
            .await?;
        Ok(Self::with_seat(place.clone(), seat, chance))
    }

    /// A phone that has its seat already.
    #[must_use]
    pub fn with_seat(place: Place, seat: Seat, mut chance: Chance) -> Self {
        let habits = Habits::default();
        let unnamed_base = (1 << 32) + (chance.bits() >> 24);
        Self {
            place,
            seat,
            documents: BTreeMap::from([("floor".to_owned(), Document::default())]),
            mine: json!({}),
            alias_mine: json!({}),
            counts: Counts::default(),
            answers: Vec::new(),
            noted: BTreeMap::new(),
            said: VecDeque::new(),
            figures: Arc::default(),
            device: Uuid::new_v4(),
            alias_device: Uuid::new_v4(),
            alias: None,
            own: Outbox::new(0, habits.window),
            unnamed: Outbox::new(unnamed_base, habits.window),
            link: None,
            failures: 0,
            not_before: None,
            chance,
            habits,
        }
    }

    /// With other habits.
    #[must_use]
    pub fn with_habits(mut self, habits: Habits) -> Self {
        self.own = Outbox::new(0, habits.window);
        self.habits = habits;
        self
    }

    /// Counting into the figures of a swarm.
    #[must_use]
    pub fn counting_into(mut self, figures: Arc<Figures>) -> Self {
        self.figures = figures;
        self
    }

    /// Follows this audience too, from the next connection on.
    #[must_use]
    pub fn following(mut self, audience: &str) -> Self {
        self.documents
            .insert(audience.to_owned(), Document::default());
        self
    }

    /// The floor as it stands on this phone.
    #[must_use]
    pub fn floor(&self) -> &Value {
        self.documents
            .get("floor")
            .map_or(&Value::Null, |document| &document.view)
    }

    /// Welcomed, and every snapshot is there.
    #[must_use]
    pub fn is_current(&self) -> bool {
        self.link
            .as_ref()
            .is_some_and(|link| link.welcomed && link.takes.is_empty())
            && self
                .documents
                .values()
                .all(|document| document.at.is_some())
    }

    /// The device of its seat's numbers.
    #[must_use]
    pub fn device(&self) -> Uuid {
        self.device
    }

    /// Commands without an answer.
    #[must_use]
    pub fn unanswered(&self) -> usize {
        self.own.len() + self.unnamed.len()
    }

    /// Puts a command of the seat into the outbox; its number.
    pub fn send(&mut self, command: Value) -> u64 {
        self.note_ask(&command);
        self.own.put(command, Instant::now())
    }

    /// Puts a command of the alias into the outbox: nothing will join it to the seat.
    pub fn send_unnamed(&mut self, command: Value) -> u64 {
        self.note_ask(&command);
        self.unnamed.put(command, Instant::now())
    }

    fn note_ask(&self, command: &Value) {
        if let Some(id) = command["ask"]["id"].as_str() {
            self.figures.asks(id, Instant::now());
        }
    }

    /// Says something that is no command, once: what is lost with the connection is lost.
    pub fn say(&mut self, frame: Value) {
        self.said.push_back(frame);
    }

    /// Follows this audience too, from now on.
    pub fn follow(&mut self, audience: &str) {
        self.documents
            .insert(audience.to_owned(), Document::default());
        self.say(json!({ "follow": [audience] }));
    }

    /// The screen goes dark or the network is gone: the connection ends without a word.
    pub fn hang_up(&mut self) {
        self.link = None;
    }

    /// Forgets earlier failures: the person looks at the phone again.
    pub fn wake(&mut self) {
        self.failures = 0;
        self.not_before = None;
    }

    /// Lives for this long.
    ///
    /// # Errors
    /// [`Trouble::Closed`] if the server closed the socket for good.
    pub async fn rest(&mut self, time: Duration) -> Result<(), Trouble> {
        match self.until(time, |_| false).await {
            Err(Trouble::Late(_)) => Ok(()),
            other => other,
        }
    }

    /// Lives until every command has its answer.
    ///
    /// # Errors
    /// [`Trouble::Late`], or as [`Self::rest`].
    pub async fn settled(&mut self, within: Duration) -> Result<(), Trouble> {
        self.until(within, |phone| phone.unanswered() == 0).await
    }

    /// Lives until `done`.
    ///
    /// # Errors
    /// [`Trouble::Late`], or as [`Self::rest`].
    pub async fn until(
        &mut self,
        within: Duration,
        mut done: impl FnMut(&Self) -> bool,
    ) -> Result<(), Trouble> {
        let end = (Instant::now() + within).into();
        while !done(self) {
            match timeout_at(end, self.turn()).await {
                Ok(turned) => turned?,
                Err(_) => return Err(Trouble::Late("what a phone waited for")),
            }
        }
        Ok(())
    }
}
