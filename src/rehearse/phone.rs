//! One simulated phone: joins, follows its views, keeps a numbered outbox, and comes back by itself.
//! It is driven by whoever owns it (`rest`, `until`) and has no task of its own.
//!
//! Invariant: every future here may be dropped at any await without losing a command or a `take`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::time::{sleep_until, timeout_at};
use uuid::Uuid;

use super::Trouble;
use super::address::{Key, Place};
use super::chance::Chance;
use super::document::{Document, merge};
use super::figures::Latencies;
use super::line::{Behind, Line, Seat};
use super::outbox::{Fate, Outbox};
use super::socket::{Came, Heard, Reading, Socket, Welcome};

/// How a phone behaves on the wire.
#[derive(Debug, Clone)]
pub struct Habits {
    /// Silence after which it takes the connection for dead.
    pub patience: Duration,
    /// The longest first wait before coming back; doubled each time, with full jitter.
    pub first_wait: Duration,
    /// The longest wait of all.
    pub longest_wait: Duration,
    /// Commands on the wire without an answer.
    pub window: usize,
    /// How much of the patches it reads.
    pub reading: Reading,
}

impl Default for Habits {
    fn default() -> Self {
        Self {
            patience: Duration::from_secs(40),
            first_wait: Duration::from_millis(500),
            longest_wait: Duration::from_secs(15),
            window: 32,
            reading: Reading::Whole,
        }
    }
}

/// What all phones of a swarm count together.
#[derive(Debug, Default)]
pub struct Figures {
    /// From putting a command into the outbox to its answer.
    pub answers: Latencies,
    /// From asking to another phone's sight of it, as far as the swarm itself asked.
    pub sights: Latencies,
    /// From the connection to the welcome.
    pub welcomes: Latencies,
    /// Questions of the swarm: when they were sent.
    pub asked: std::sync::Mutex<BTreeMap<String, Instant>>,
}

impl Figures {
    /// A phone of the swarm asks this.
    pub fn asks(&self, question: &str, now: Instant) {
        if let Ok(mut asked) = self.asked.lock() {
            asked.insert(question.to_owned(), now);
        }
    }

    fn sees(&self, question: &str) {
        let since = self
            .asked
            .lock()
            .ok()
            .and_then(|asked| asked.get(question).copied());
        if let Some(since) = since {
            self.sights.note(since.elapsed());
        }
    }
}

/// A command's final answer.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The number it was answered under.
    pub n: u64,
    /// The command.
    pub command: Value,
    /// `None`: done. Otherwise the code of the refusal.
    pub refused: Option<String>,
}

/// Counters of one phone.
#[derive(Debug, Clone, Copy, Default)]
pub struct Counts {
    /// Sockets that were welcomed.
    pub welcomes: u64,
    /// Snapshots fetched because the server said `take`.
    pub takes: u64,
    /// Patches that came.
    pub patches: u64,
    /// Bytes of frames that came.
    pub bytes: u64,
    /// Patches that could not be folded: always a fault of the server.
    pub misfits: u64,
}

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

    /// One step: connects, sends what is due, or hears one thing.
    async fn turn(&mut self) -> Result<(), Trouble> {
        match self.step().await {
            Ok(()) => Ok(()),
            Err(Trouble::Closed(code)) => {
                self.lose();
                if matches!(code, 1008 | 1009 | 4000..=4999) {
                    Err(Trouble::Closed(code))
                } else {
                    Ok(())
                }
            }
            Err(Trouble::Contract(what)) => Err(Trouble::Contract(what)),
            Err(Trouble::Answered {
                status: status @ 400..=404,
                code,
            }) => Err(Trouble::Answered { status, code }),
            Err(_) => {
                self.lose();
                Ok(())
            }
        }
    }

    async fn step(&mut self) -> Result<(), Trouble> {
        if self.link.is_none() {
            self.connect().await?;
        }
        self.fetch_snapshots().await?;
        self.send_waiting().await?;
        let Some(link) = self.link.as_mut() else {
            return Ok(());
        };
        let ping_at = link.pinged.max(link.heard) + self.habits.patience / 2;
        let dead_at = link.heard + self.habits.patience;
        let held = [self.own.held_until(), self.unnamed.held_until()]
            .into_iter()
            .flatten();
        let wake_at = held
            .filter(|time| *time > Instant::now())
            .chain([ping_at, dead_at])
            .min()
            .unwrap_or(dead_at);
        tokio::select! {
            came = link.socket.next() => self.hear(came?),
            () = sleep_until(wake_at.into()) => self.on_time().await,
        }
    }

    async fn connect(&mut self) -> Result<(), Trouble> {
        if let Some(time) = self.not_before {
            sleep_until(time.into()).await;
        }
        let now = Instant::now();
        let mut socket =
            Socket::open(&self.place, self.habits.reading, self.habits.patience).await?;
        let at: serde_json::Map<String, Value> = self
            .documents
            .iter()
            .map(|(audience, document)| (audience.clone(), json!(document.at)))
            .collect();
        let mut hello = json!({"token": self.seat.token, "device": self.device, "at": at});
        if let Some(alias) = &self.seat.alias {
            hello["alias"] = json!(alias);
            hello["alias_device"] = json!(self.alias_device);
        }
        socket.feed(&json!({"hello": hello})).await?;
        socket.flush().await?;
        self.link = Some(Link {
            socket,
            opened: now,
            welcomed: false,
            heard: now,
            pinged: now,
            takes: BTreeSet::new(),
        });
        Ok(())
    }

    fn lose(&mut self) {
        self.link = None;
        let most = self
            .habits
            .first_wait
            .saturating_mul(1 << self.failures.min(10))
            .min(self.habits.longest_wait);
        self.not_before = Some(Instant::now() + self.chance.up_to(most));
        self.failures += 1;
    }

    async fn fetch_snapshots(&mut self) -> Result<(), Trouble> {
        let Some(link) = self.link.as_mut() else {
            return Ok(());
        };
        if link.takes.is_empty() {
            return Ok(());
        }
        let mut line = Line::open(&self.place).await?;
        while let Some(audience) = link.takes.first().cloned() {
            let (at, view) = line
                .snapshot(
                    &self.seat.meeting,
                    &audience,
                    &self.seat.token,
                    Behind::MayBe,
                )
                .await?;
            if self.habits.reading == Reading::Whole {
                self.documents
                    .entry(audience.clone())
                    .or_default()
                    .take(at, view);
            } else {
                self.documents
                    .entry(audience.clone())
                    .or_default()
                    .take(at, Value::Null);
            }
            link.socket.feed(&json!({"have": {&audience: at}})).await?;
            link.takes.remove(&audience);
            self.counts.takes += 1;
        }
        link.socket.flush().await
    }

    async fn send_waiting(&mut self) -> Result<(), Trouble> {
        let Some(link) = self.link.as_mut().filter(|link| link.welcomed) else {
            return Ok(());
        };
        let now = Instant::now();
        while let Some(letter) = self.own.to_send(now) {
            link.socket
                .feed(&json!({"n": letter.n, "do": letter.command}))
                .await?;
            self.own.sent();
        }
        while let (Some(alias), Some(letter)) = (&self.alias, self.unnamed.to_send(now)) {
            link.socket
                .feed(&json!({"n": letter.n, "do": letter.command, "as": alias}))
                .await?;
            self.unnamed.sent();
        }
        link.socket.flush().await
    }

    async fn on_time(&mut self) -> Result<(), Trouble> {
        let Some(link) = self.link.as_mut() else {
            return Ok(());
        };
        let now = Instant::now();
        if now >= link.heard + self.habits.patience {
            return Err(Trouble::Late("anything on the socket"));
        }
        if now >= link.pinged.max(link.heard) + self.habits.patience / 2 {
            link.pinged = now;
            link.socket.feed(&json!({"ping": 1})).await?;
        }
        Ok(())
    }

    fn hear(&mut self, came: Came) -> Result<(), Trouble> {
        let (heard, bytes) = match came {
            Came::Object(heard, bytes) => (*heard, bytes),
            Came::Closed(code) => return Err(Trouble::Closed(code)),
            Came::Broken => return Err(Trouble::Closed(1006)),
        };
        self.counts.bytes += bytes as u64;
        let Some(link) = self.link.as_mut() else {
            return Ok(());
        };
        link.heard = Instant::now();
        if let Some(welcome) = &heard.welcome {
            link.welcomed = true;
            self.figures.welcomes.note(link.opened.elapsed());
            self.greet(welcome);
        }
        self.hear_views(&heard);
        self.hear_answers(&heard);
        match heard.away {
            Some(away) => {
                self.link = None;
                self.not_before =
                    Some(Instant::now() + self.chance.up_to(Duration::from_millis(away.retry)));
                Ok(())
            }
            None => Ok(()),
        }
    }

    fn greet(&mut self, welcome: &Welcome) {
        self.counts.welcomes += 1;
        self.failures = 0;
        self.own.start_again(welcome.n);
        if let Some(mine) = &welcome.mine {
            self.mine = mine.clone();
        }
        if let Some((id, also)) = welcome.also.first_key_value() {
            self.alias = Some(id.clone());
            self.unnamed.start_again(also.n);
            self.alias_mine = also.mine.clone().unwrap_or_else(|| json!({}));
        }
    }

    fn hear_views(&mut self, heard: &Heard) {
        if let Some(link) = self.link.as_mut() {
            link.takes.extend(heard.take.iter().cloned());
        }
        for (audience, (revision, patch)) in &heard.views {
            self.counts.patches += 1;
            match (audience.strip_prefix("mine"), patch) {
                (Some(""), Some(patch)) => merge(&mut self.mine, patch),
                (Some(_), Some(patch)) => merge(&mut self.alias_mine, patch),
                (None, patch) => self.fold(audience, *revision, patch.as_ref()),
                (Some(_), None) => {}
            }
        }
        for audience in &heard.gone {
            self.documents.remove(audience);
        }
    }

    fn fold(&mut self, audience: &str, revision: u64, patch: Option<&Value>) {
        let document = self.documents.entry(audience.to_owned()).or_default();
        if let Some(Value::Object(questions)) = patch.and_then(|patch| patch.get("questions")) {
            let known = &document.view["questions"];
            questions
                .iter()
                .filter(|(id, entry)| entry.is_object() && known.get(*id).is_none())
                .for_each(|(id, _)| self.figures.sees(id));
        }
        let fits = match patch {
            Some(patch) => document.fold(revision, patch),
            None => document.fold(revision, &json!({})),
        };
        self.counts.misfits += u64::from(!fits);
    }

    fn hear_answers(&mut self, heard: &Heard) {
        let now = Instant::now();
        for n in &heard.ok {
            let fate = match self.own.ok(*n) {
                Fate::Unknown => self.unnamed.ok(*n),
                known => known,
            };
            self.note_fate(fate);
        }
        for (n, no) in &heard.no {
            let retry = no.retry.map(Duration::from_millis);
            let fate = match self.own.no(*n, &no.code, retry, now) {
                Fate::Unknown => self.unnamed.no(*n, &no.code, retry, now),
                known => known,
            };
            self.note_fate(fate);
        }
    }

    fn note_fate(&mut self, fate: Fate) {
        if let Fate::Final(letter, refused) = fate {
            self.figures.answers.note(letter.since.elapsed());
            self.answers.push(Answer {
                n: letter.n,
                command: letter.command,
                refused,
            });
        }
    }
}
