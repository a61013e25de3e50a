//! One socket from its first word to its last: reads what the client says, writes what the meeting has for it.
//!
//! Nothing waits for a slow client but its own task. While a write is stuck nothing is read and nothing is gathered: views
//! stay in their feed, and what is missed goes out later as one difference.

use std::pin::Pin;
use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket};
use futures_util::{SinkExt, StreamExt};
use tokio::time::{Instant, Sleep};
use tokio_util::task::task_tracker::TaskTrackerToken;
use uuid::Uuid;

use crate::identity::Credential;
use crate::live::{
    Bearer, Connection, Denied, Failure, Join, JoinError, Leave, Notes, Own, Post, Rate, Sent,
    Welcome,
};
use crate::meeting::command::Command;
use crate::meeting::ids::{DeviceId, MeetingId};
use crate::meeting::refusal::{Code, Refusal};
use crate::view::Audience;
use crate::wire::{At, Hello, Malformed, Said, understand};

use super::super::access::bearer;
use super::super::shared::Shared;
use super::follow::{Follows, Tidings};
use super::tell;

/// How long the first word may take.
const HELLO: Duration = Duration::from_secs(10);
/// A socket that was not heard of for so long is dead.
const DEAD: Duration = Duration::from_secs(45);
/// How often a socket is pinged at least, in milliseconds; up to a quarter more, so that pings spread.
const PING: u32 = 20_000;
/// How long one write may take before the socket counts as dead.
const STUCK: Duration = DEAD;
/// How long a farewell may take.
const FAREWELL: Duration = Duration::from_secs(2);
/// So many malformed messages end a socket.
const MALFORMED: u32 = 10;
/// A socket speaks so fast at most; above that it is read more slowly.
const SPEECH: (f64, f64) = (2_000.0, 500.0);
/// Views one socket may follow.
const FOLLOWS: usize = 64;
/// Further holders on one socket.
const ALSO: usize = 16;
/// When the server goes down its clients come back spread over this time, in milliseconds.
const COME_BACK: u32 = 3_000;

/// Why a socket ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// The other side closed, or the connection broke.
    Gone,
    BadToken,
    Revoked,
    Replaced,
    Malformed,
    TooBig,
    /// The server, or the meeting, is not there for a while.
    Away {
        retry: u32,
    },
}

impl End {
    fn close(self) -> Option<CloseFrame> {
        let (code, reason) = match self {
            Self::Gone => return None,
            Self::BadToken => (4001, "bad token"),
            Self::Revoked => (4003, "revoked"),
            Self::Replaced => (4009, "replaced by a newer connection of the same device"),
            Self::Malformed => (1008, "ten malformed messages"),
            Self::TooBig => (1009, "too big"),
            Self::Away { .. } => (1012, "come back"),
        };
        Some(CloseFrame {
            code,
            reason: reason.into(),
        })
    }
}

impl From<JoinError> for End {
    fn from(error: JoinError) -> Self {
        match error {
            JoinError::Denied(Denied::BadToken) | JoinError::Failure(Failure::NotFound) => {
                Self::BadToken
            }
            JoinError::Denied(Denied::Revoked) => Self::Revoked,
            JoinError::Failure(Failure::Corrupt) => Self::Away { retry: 60_000 },
            JoinError::Failure(_) => come_back(),
        }
    }
}

fn come_back() -> End {
    End::Away {
        retry: 100 + below(COME_BACK),
    }
}

fn below(bound: u32) -> u32 {
    getrandom::u32().unwrap_or(bound / 2) % bound.max(1)
}

/// Talks until one side ends it.
pub(super) async fn talk(shared: Shared, mut socket: WebSocket, going: TaskTrackerToken) {
    let end = match listen_for_hello(&mut socket).await {
        Ok(hello) => match enter(&shared, hello, going).await {
            Ok(entered) => {
                drop(shared);
                let (talk, welcome) = entered;
                talk.run(&mut socket, welcome).await
            }
            Err(end) => end,
        },
        Err(end) => end,
    };
    farewell(socket, end).await;
}

/// Says why it ends, and gives the other side a moment to hear it.
async fn farewell(mut socket: WebSocket, end: End) {
    let Some(close) = end.close() else { return };
    let last_words = async {
        if let End::Away { retry } = end {
            socket.feed(Message::Text(tell::away(retry))).await?;
        }
        socket.send(Message::Close(Some(close))).await?;
        // Dropped with unread bytes in it, the connection would be reset and the close frame lost.
        while let Some(Ok(_)) = socket.next().await {}
        Ok::<_, axum::Error>(())
    };
    let _heard_or_not = tokio::time::timeout(FAREWELL, last_words).await;
}

async fn listen_for_hello(socket: &mut WebSocket) -> Result<Hello, End> {
    let deadline = Instant::now() + HELLO;
    let mut malformed = 0;
    loop {
        let heard = tokio::time::timeout_at(deadline, socket.next()).await;
        let said = match heard {
            Err(_) => return Err(End::Malformed),
            Ok(heard) => hear(heard)?,
        };
        match said {
            Some(Ok(Said::Hello(hello))) => return Ok(*hello),
            None => {}
            Some(_) => malformed += 1,
        }
        if malformed >= MALFORMED {
            return Err(End::Malformed);
        }
    }
}

/// What a frame says; `None` for pings and pongs.
fn hear(
    heard: Option<Result<Message, axum::Error>>,
) -> Result<Option<Result<Said, Malformed>>, End> {
    match heard {
        Some(Ok(Message::Text(text))) => Ok(Some(understand(&text))),
        // Notes in binary come with group work.
        Some(Ok(Message::Binary(_))) => Ok(Some(Err(Malformed::NotAnObject))),
        Some(Ok(Message::Ping(_) | Message::Pong(_))) => Ok(None),
        Some(Ok(Message::Close(_))) | None => Err(End::Gone),
        Some(Err(error)) => Err(if is_too_big(&error) {
            End::TooBig
        } else {
            End::Gone
        }),
    }
}

fn is_too_big(error: &axum::Error) -> bool {
    use tokio_tungstenite::tungstenite::Error;
    let mut source: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(inner) = source {
        if let Some(Error::Capacity(_)) = inner.downcast_ref::<Error>() {
            return true;
        }
        source = inner.source();
    }
    false
}

/// A holder on this socket.
#[derive(Debug, Clone, Copy)]
struct Voice {
    bearer: Bearer,
    device: Option<DeviceId>,
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
    speech: crate::live::Bucket,
}

async fn enter(
    shared: &Shared,
    hello: Hello,
    going: TaskTrackerToken,
) -> Result<(Talk, Utf8Bytes), End> {
    let main = Credential::open(&shared.key, &hello.token).ok_or(End::BadToken)?;
    let handle = shared.live.meeting(MeetingId(main.meeting)).await;
    let handle = handle.map_err(|failure| End::from(JoinError::Failure(failure)))?;
    let mut also = others(shared, &hello, main.meeting);
    also.truncate(ALSO);
    let at = hello
        .at
        .unwrap_or_else(|| [("floor".to_owned(), None)].into());
    let (audiences, unknown) = audiences(at.keys());
    let post = Post::new();
    let join = Join {
        bearer: bearer(&main),
        device: hello.device,
        also: also
            .iter()
            .map(|voice| (voice.bearer, voice.device))
            .collect(),
        audiences,
        post,
    };
    let own_voice = Voice {
        bearer: join.bearer,
        device: join.device,
    };
    let (connection, welcome) = handle.join(join, going).await?;
    let known = welcome.also.iter().map(|one| one.bearer);
    let known: Vec<Bearer> = known.collect();
    also.retain(|voice| known.contains(&voice.bearer));
    let mut talk = Talk {
        connection,
        voices: [own_voice].into_iter().chain(also).collect(),
        follows: Follows::default(),
        own: Vec::new(),
        out: Vec::new(),
        heard: Instant::now(),
        malformed: 0,
        speech: crate::live::Bucket::full(Rate::new(SPEECH.0, SPEECH.1), Instant::now()),
    };
    let text = talk.greet(&welcome, &at, unknown);
    Ok((talk, text))
}

/// The alias and the other seats of a hello. A token that does not open, or is of another meeting, is left out; the welcome
/// says who is in.
fn others(shared: &Shared, hello: &Hello, meeting: Uuid) -> Vec<Voice> {
    let alias = hello.alias.iter().map(|token| {
        // An outbox under the seat's own name would join the two in the journal.
        let device = hello
            .alias_device
            .filter(|device| Some(*device) != hello.device);
        (token.as_str(), device)
    });
    let also = hello.also.iter().map(|one| (one.token(), one.device()));
    alias
        .chain(also)
        .filter_map(|(token, device)| {
            let credential = Credential::open(&shared.key, token)?;
            (credential.meeting == meeting).then(|| Voice {
                bearer: bearer(&credential),
                device,
            })
        })
        .collect()
}

/// The audiences of these names, and the names of none.
fn audiences<'a>(names: impl IntoIterator<Item = &'a String>) -> (Vec<Audience>, Vec<String>) {
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    for name in names {
        match name.parse() {
            Ok(audience) if known.len() < FOLLOWS => known.push(audience),
            _ => unknown.push(name.clone()),
        }
    }
    (known, unknown)
}

impl Talk {
    fn greet(
        &mut self,
        welcome: &Welcome,
        at: &std::collections::BTreeMap<String, Option<At>>,
        mut gone: Vec<String>,
    ) -> Utf8Bytes {
        let mut take = Vec::new();
        for feed in &welcome.followed.feeds {
            let from = at.get(feed.name()).copied().flatten();
            if self.follows.add(std::sync::Arc::clone(feed), from) {
                take.push(feed.name().to_owned());
            }
        }
        gone.extend(welcome.followed.gone.iter().map(ToString::to_string));
        if let (Some(voice), Some(mine)) = (self.voices.first(), &welcome.mine) {
            self.own.push((voice.bearer.holder.id(), mine.clone()));
        }
        for one in &welcome.also {
            self.own.push((one.bearer.holder.id(), one.mine.clone()));
        }
        tell::welcome(welcome, &take, &gone)
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
            let post = std::sync::Arc::clone(self.connection.post());
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
        let post = std::sync::Arc::clone(self.connection.post());
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
