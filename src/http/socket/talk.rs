//! One socket from its first word to its last: reads what the client says, writes what the meeting has for it.
//!
//! Nothing waits for a slow client but its own task. While a write is stuck nothing is read and nothing is gathered: views
//! stay in their feed, and what is missed goes out later as one difference.

use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::{Message, Utf8Bytes, WebSocket};
use futures_util::{SinkExt, StreamExt};
use tokio::time::{Instant, Sleep};
use tokio_util::task::task_tracker::TaskTrackerToken;
use uuid::Uuid;

use crate::live::{Bearer, Bucket, Connection, JoinError, Leave, Notes, Own, Rate, Sent};
use crate::meeting::command::Command;
use crate::meeting::ids::GroupId;
use crate::meeting::refusal::{Code, Refusal};
use crate::wire::{Said, Sync};

use super::super::notes::{self, Exchanged};
use super::super::shared::Shared;
use super::end::{End, FAREWELL, below, come_back, farewell};
use super::enter::{Entered, FOLLOWS, Voice, audiences, enter};
use super::follow::{Follows, Tidings};
use super::hear::{MALFORMED, hear, listen_for_hello};
use super::tell;

/// A socket that was not heard of for so long is dead.
const DEAD: Duration = Duration::from_secs(45);
/// How often a socket is pinged at least, in milliseconds; up to a quarter more, so that pings spread.
const PING: u32 = 20_000;
/// How long one write may take before the socket counts as dead.
const STUCK: Duration = DEAD;
/// A socket speaks so fast at most; above that it is read more slowly.
const SPEECH: (f64, f64) = (2_000.0, 500.0);

/// Talks until one side ends it.
pub(super) async fn talk(shared: Shared, mut socket: WebSocket, going: TaskTrackerToken) {
    let end = match listen_for_hello(&mut socket).await {
        Ok(hello) => match enter(&shared, hello, going).await {
            Ok(entered) => {
                drop(shared);
                let (talk, welcome) = Talk::begin(entered);
                talk.run(&mut socket, welcome).await
            }
            Err(end) => end,
        },
        Err(end) => end,
    };
    farewell(socket, end).await;
}

struct Talk {
    connection: Connection,
    /// The hello's own holder first.
    voices: Vec<Voice>,
    follows: Follows,
    /// The own views as last sent.
    own: Vec<(Uuid, Own)>,
    out: Vec<Utf8Bytes>,
    heard: Instant,
    malformed: u32,
    speech: Bucket,
}

impl Talk {
    /// Begins with a welcome.
    fn begin(entered: Entered) -> (Self, Utf8Bytes) {
        let Entered {
            connection,
            voices,
            welcome,
            at,
            unknown: mut gone,
        } = entered;
        let (mut follows, mut take) = (Follows::default(), Vec::new());
        for feed in &welcome.followed.feeds {
            let from = at.get(feed.name()).copied().flatten();
            if follows.add(Arc::clone(feed), from) {
                take.push(feed.name().to_owned());
            }
        }
        gone.extend(welcome.followed.gone.iter().map(ToString::to_string));
        let main = voices.first().zip(welcome.mine.as_ref());
        let main = main.map(|(voice, mine)| (voice.bearer.holder.id(), mine.clone()));
        let also = welcome.also.iter();
        let also = also.map(|one| (one.bearer.holder.id(), one.mine.clone()));
        let text = tell::welcome(&welcome, &take, &gone);
        let now = Instant::now();
        let talk = Self {
            connection,
            voices,
            follows,
            own: main.into_iter().chain(also).collect(),
            out: Vec::new(),
            heard: now,
            malformed: 0,
            speech: Bucket::full(Rate::new(SPEECH.0, SPEECH.1), now),
        };
        (talk, text)
    }

    async fn run(mut self, socket: &mut WebSocket, welcome: Utf8Bytes) -> End {
        self.out.push(welcome);
        let missed = self.follows.news();
        self.report(missed);
        let mut ping: Pin<Box<Sleep>> = Box::pin(tokio::time::sleep(next_ping()));
        loop {
            if let Err(end) = self.write(socket).await {
                return end;
            }
            let post = Arc::clone(self.connection.post());
            let turn = tokio::select! {
                biased;
                notes = post.woken() => self.open_post(notes),
                heard = socket.next() => self.on_heard(heard).await,
                () = &mut ping => {
                    ping.as_mut().reset(Instant::now() + next_ping());
                    self.on_ping(socket).await
                }
            };
            if let Err(end) = turn {
                // What is known is said before the end.
                let last = self.write(socket);
                let _broken_or_stuck = tokio::time::timeout(FAREWELL, last).await;
                return end;
            }
        }
    }

    /// Everything that is to be said, in one write.
    async fn write(&mut self, socket: &mut WebSocket) -> Result<(), End> {
        if self.out.is_empty() {
            return Ok(());
        }
        let out = std::mem::take(&mut self.out);
        let written = async {
            for text in out {
                socket.feed(Message::Text(text)).await?;
            }
            socket.flush().await
        };
        match tokio::time::timeout(STUCK, written).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) | Err(_) => Err(End::Gone),
        }
    }

    fn report(&mut self, tidings: Tidings) {
        self.out.extend(tidings.frames.into_iter().map(tell::text));
        self.out
            .extend(tell::audiences(&tidings.take, &tidings.gone));
    }

    /// What the meeting has for this socket.
    fn open_post(&mut self, notes: Notes) -> Result<(), End> {
        let post = Arc::clone(self.connection.post());
        if notes.has(Notes::AUDIENCES) {
            let changed = post.take_audiences();
            let mut tidings = Tidings::default();
            for audience in changed.gone {
                self.follows.remove(&audience);
                tidings.gone.push(audience.to_string());
            }
            for feed in changed.gained {
                tidings.take.push(feed.name().to_owned());
                self.follows.add(feed, None);
            }
            self.report(tidings);
        }
        if notes.has(Notes::VIEWS) {
            let news = self.follows.news();
            self.report(news);
        }
        if notes.has(Notes::MINE) {
            for (id, own) in post.take_mine() {
                self.tell_mine(id, own);
            }
        }
        if notes.has(Notes::ANSWERS) {
            self.out.extend(tell::answers(post.take_answers()));
        }
        match post.why_leave() {
            None => Ok(()),
            Some(Leave::Revoked) => Err(End::Revoked),
            Some(Leave::Replaced) => Err(End::Replaced),
            Some(Leave::Away) => Err(come_back()),
        }
    }

    fn tell_mine(&mut self, id: Uuid, own: Own) {
        let main = self.voices.first().map(|voice| voice.bearer.holder.id());
        let Some((_, before)) = self.own.iter_mut().find(|(known, _)| *known == id) else {
            return;
        };
        if own.revision <= before.revision {
            return;
        }
        let whose = (Some(id) != main).then_some(id);
        self.out.extend(tell::mine(whose, before, &own));
        *before = own;
    }

    async fn on_ping(&mut self, socket: &mut WebSocket) -> Result<(), End> {
        if self.heard.elapsed() >= DEAD {
            return Err(End::Gone);
        }
        let ping = socket.send(Message::Ping(bytes::Bytes::new()));
        match tokio::time::timeout(STUCK, ping).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) | Err(_) => Err(End::Gone),
        }
    }

    async fn on_heard(&mut self, heard: Option<Result<Message, axum::Error>>) -> Result<(), End> {
        self.heard = Instant::now();
        let Some(said) = hear(heard)? else {
            return Ok(());
        };
        let rate = Rate::new(SPEECH.0, SPEECH.1);
        if let Err(wait) = self.speech.take(rate, 1.0, self.heard) {
            // Whoever talks that fast is read more slowly; its own connection holds it back.
            tokio::time::sleep(wait.max(Duration::from_millis(20))).await;
        }
        match said {
            Ok(Said::Command {
                n,
                command,
                acting_for,
            }) => return self.on_command(n, *command, acting_for).await,
            Ok(Said::NotUnderstood { n, refusal }) => {
                self.out.extend(tell::answers(vec![(n, Some(refusal))]));
            }
            Ok(Said::Have(have)) => {
                let tidings = self.follows.have(&have);
                self.report(tidings);
            }
            Ok(Said::Follow(names)) => return self.on_follow(&names).await,
            Ok(Said::Unfollow(names)) => return self.on_unfollow(&names).await,
            Ok(Said::Notes(group, message)) => self.on_notes(group, message).await,
            Ok(Said::Ping(time)) => {
                let now = self.connection.meeting().now();
                self.out.push(tell::pong(&time, now));
            }
            Ok(Said::Hello(_)) | Err(_) => {
                self.malformed += 1;
                if self.malformed >= MALFORMED {
                    return Err(End::Malformed);
                }
            }
        }
        Ok(())
    }

    async fn on_command(&mut self, n: u64, command: Command, as_: Option<Uuid>) -> Result<(), End> {
        let own = self.voices.first().copied();
        let named = as_.and_then(|id| {
            self.voices
                .iter()
                .find(|voice| voice.bearer.holder.id() == id)
                .copied()
        });
        // Not a holder on this socket: it may be a proxy of the desk, which the meeting knows.
        let as_ = if named.is_some() { None } else { as_ };
        let voice = named.or(own);
        let Some((voice, by)) = voice.and_then(|voice| Some((voice, voice.bearer.holder.actor()?)))
        else {
            let why = Refusal::because(Code::NotAllowed, "a stage only reads");
            self.out.extend(tell::answers(vec![(n, Some(why))]));
            return Ok(());
        };
        let sent = Sent {
            by,
            generation: voice.bearer.generation,
            as_,
            device: voice.device,
            n,
            command,
        };
        let sent = self.connection.command(sent).await;
        sent.map_err(|failure| End::from(JoinError::Failure(failure)))
    }

    /// Notes are answered when they are durable; a client that only says what it knows gets the difference.
    async fn on_notes(&mut self, group: GroupId, message: Sync) {
        let meeting = self.connection.meeting().clone();
        let bearers: Vec<Bearer> = self.voices.iter().map(|voice| voice.bearer).collect();
        self.out.push(
            match notes::exchange(&meeting, &bearers, group, message).await {
                Ok(Exchanged::Noted(vector)) => tell::noted(group, vector),
                Ok(Exchanged::Difference(update)) => tell::notes(group, update),
                Err(refusal) => tell::unnoted(group, &refusal),
            },
        );
    }

    async fn on_follow(&mut self, names: &[String]) -> Result<(), End> {
        let (mut known, mut gone) = audiences(names);
        let room = FOLLOWS.saturating_sub(self.follows.len());
        gone.extend(
            known
                .drain(room.min(known.len())..)
                .map(|audience| audience.to_string()),
        );
        let followed = self.connection.follow(known).await;
        let followed = followed.map_err(|failure| End::from(JoinError::Failure(failure)))?;
        let mut tidings = Tidings {
            gone,
            ..Tidings::default()
        };
        for feed in followed.feeds {
            tidings.take.push(feed.name().to_owned());
            self.follows.add(feed, None);
        }
        tidings
            .gone
            .extend(followed.gone.iter().map(ToString::to_string));
        self.report(tidings);
        Ok(())
    }

    async fn on_unfollow(&mut self, names: &[String]) -> Result<(), End> {
        let (known, _) = audiences(names);
        for audience in &known {
            self.follows.remove(audience);
        }
        let unfollowed = self.connection.unfollow(known).await;
        unfollowed.map_err(|failure| End::from(JoinError::Failure(failure)))
    }
}

fn next_ping() -> Duration {
    Duration::from_millis(u64::from(PING + below(PING / 4)))
}
