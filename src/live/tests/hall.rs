//! A live hall for tests: a meeting with an open questions activity, its facilitator, and whoever sits down.

use std::time::Duration;

use tokio_util::task::TaskTracker;
use uuid::Uuid;

use crate::journal::Journal;
use crate::live::faults::Faults;
use crate::live::input::{Join, Welcome};
use crate::live::ledger::Ledger;
use crate::live::rules::Rules;
use crate::live::{
    Answer, Bearer, Clock, Connection, Handle, Holder, JoinError, Limits, Live, Post, Rate, Sent,
    Settings,
};
use crate::meeting::command::Command;
use crate::meeting::ids::{
    ActivityId, AliasId, DeviceId, LinkId, MeetingId, QuestionId, SeatId, Timestamp,
};
use crate::meeting::refusal::Code;
use crate::meeting::role::{Actor, Role};
use crate::meeting::state::Meeting;
use crate::meeting::wish::Wish;
use crate::view::Audience;

pub const MEETING: MeetingId = MeetingId(Uuid::from_u128(1));
pub const DESK_LINK: LinkId = LinkId(Uuid::from_u128(0xD1));
pub const STAGE_LINK: LinkId = LinkId(Uuid::from_u128(0xD4));
pub const MODERATOR_LINK: LinkId = LinkId(Uuid::from_u128(0xD2));
pub const START: Timestamp = Timestamp(1_760_000_000_000);

pub fn seat(n: u128) -> SeatId {
    SeatId(Uuid::from_u128(0x5000 + n))
}

pub fn person(n: u128) -> Actor {
    Actor::Seat(seat(n))
}

pub fn alias(n: u128) -> Actor {
    Actor::Alias(AliasId(Uuid::from_u128(0x7000 + n)))
}

pub fn question(n: u128) -> QuestionId {
    QuestionId(Uuid::from_u128(0x9000 + n))
}

/// Settings on the test's own clock, with limits that stay out of the way.
pub fn settings() -> Settings {
    let plenty = Rate::new(1e9, 1e9);
    Settings {
        clock: Clock::starting_at(START),
        limits: Limits {
            seat: plenty,
            facilitator: plenty,
            meeting: plenty,
            ask: 5.0,
        },
        ..Settings::default()
    }
}

pub struct Hall {
    pub live: Live,
    pub journal: Journal,
    pub faults: Faults,
    pub meeting: Handle,
    pub activity: ActivityId,
}

impl Hall {
    pub async fn open() -> Self {
        Self::with(settings(), Rules::default()).await
    }

    pub async fn with(settings: Settings, rules: Rules) -> Self {
        let journal = Journal::memory();
        let ledger = Ledger::new(journal.clone(), settings.patience.append);
        let faults = ledger.faults.clone();
        let live = Live::with(ledger, settings, rules);
        live.create(MEETING, create(MEETING)).await.unwrap();
        let meeting = live.meeting(MEETING).await.unwrap();
        let activity = meeting
            .ask(|meeting| *meeting.agenda.keys().next().unwrap())
            .await
            .unwrap();
        let hall = Self {
            live,
            journal,
            faults,
            meeting,
            activity,
        };
        hall.sit(1, Some(DESK_LINK)).await;
        hall
    }

    /// The same journal under a new server.
    pub async fn restarted(&self, settings: Settings) -> Self {
        let ledger = Ledger::new(self.journal.clone(), settings.patience.append);
        let faults = ledger.faults.clone();
        let live = Live::with(ledger, settings, Rules::default());
        let meeting = live.meeting(MEETING).await.unwrap();
        Self {
            live,
            journal: self.journal.clone(),
            faults,
            meeting,
            activity: self.activity,
        }
    }

    pub async fn sit(&self, n: u128, link: Option<LinkId>) {
        let wish = Wish::Sit {
            seat: seat(n),
            link,
            name: None,
            language: None,
            tags: None,
        };
        self.meeting.wish(person(n), wish).await.unwrap();
    }

    pub fn ask(&self, n: u128, text: &str) -> Command {
        Command::Ask {
            id: question(n),
            activity: self.activity,
            text: text.to_owned(),
            anonymous: None,
            as_tag: None,
            language: None,
        }
    }

    pub async fn send(&self, by: Actor, n: u64, command: Command) -> Answer {
        self.meeting.command(sent(by, n, command)).await
    }

    pub async fn look<T: Send + 'static>(
        &self,
        f: impl FnOnce(&Meeting) -> T + Send + 'static,
    ) -> T {
        self.meeting.ask(f).await.unwrap()
    }

    pub async fn questions(&self) -> usize {
        self.look(|meeting| meeting.questions.len()).await
    }

    /// A socket of a seat.
    pub async fn join(&self, n: u128, audiences: &[Audience]) -> (Connection, Welcome) {
        self.join_as(Holder::Seat(seat(n)), None, audiences)
            .await
            .unwrap()
    }

    pub async fn join_as(
        &self,
        holder: Holder,
        device: Option<DeviceId>,
        audiences: &[Audience],
    ) -> Result<(Connection, Welcome), JoinError> {
        let join = Join {
            bearer: Bearer {
                holder,
                generation: 0,
            },
            device,
            also: Vec::new(),
            audiences: audiences.to_vec(),
            post: Post::new(),
        };
        self.meeting.join(join, TaskTracker::new().token()).await
    }
}

pub fn create(meeting: MeetingId) -> Wish {
    let link = |link, role, hash: &str| (link, role, hash.to_owned());
    Wish::Create {
        meeting,
        code: "473096".to_owned(),
        title: "A meeting".to_owned(),
        language: "en".to_owned(),
        links: vec![
            link(DESK_LINK, Role::Facilitator, "desk"),
            link(MODERATOR_LINK, Role::Moderator, "moderator"),
            link(STAGE_LINK, Role::Stage, "stage"),
        ],
        template: Some("questions".to_owned()),
    }
}

pub fn sent(by: Actor, n: u64, command: Command) -> Sent {
    Sent {
        by,
        generation: 0,
        as_: None,
        device: None,
        n,
        command,
    }
}

pub fn vote(n: u128) -> Command {
    Command::Vote {
        question: question(n),
        on: true,
    }
}

pub fn code(answer: &Answer) -> Option<Code> {
    answer.as_ref().err().map(|refusal| refusal.code)
}

/// The answers a socket has by now, in order.
pub async fn answers(connection: &Connection, count: usize) -> Vec<(u64, Option<Code>)> {
    let mut answers = Vec::new();
    while answers.len() < count {
        let waited = tokio::time::timeout(Duration::from_secs(60), connection.post().woken()).await;
        assert!(waited.is_ok(), "only {answers:?}");
        let new = connection.post().take_answers();
        answers.extend(new.into_iter().map(|(n, why)| (n, why.map(|why| why.code))));
    }
    answers
}

/// Waits until `done` says so, letting time pass.
pub async fn until<F: Future<Output = bool>>(mut done: impl FnMut() -> F) {
    for _ in 0..10_000 {
        if done().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("it never came");
}
