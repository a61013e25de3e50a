//! A hall for tests: a meeting, a clock that is moved by hand, and a few people in it.

use uuid::Uuid;

use super::command::{ActivityKind, Command};
use super::decide;
use super::fact::{Entry, Fact, Stamp};
use super::ids::{ActivityId, AliasId, LinkId, MeetingId, QuestionId, SeatId, Timestamp};
use super::refusal::Code;
use super::role::{Actor, Role};
use super::state::{Meeting, Question, QuestionState};
use super::wish::{Context, Wish};

pub struct Hall {
    pub meeting: Meeting,
    pub now: Timestamp,
    pub facilitator: Actor,
    pub moderator: Actor,
    /// Every entry since the creation, as the journal would hold it.
    pub journal: Vec<(Stamp, Vec<u8>)>,
}

pub const DESK_LINK: LinkId = LinkId(Uuid::from_u128(0xD1));
pub const MODERATOR_LINK: LinkId = LinkId(Uuid::from_u128(0xD2));
pub const JOIN_LINK: LinkId = LinkId(Uuid::from_u128(0xD3));
pub const STAGE_LINK: LinkId = LinkId(Uuid::from_u128(0xD4));
pub const QUESTIONS: ActivityId = ActivityId(Uuid::from_u128(0xA1));
pub const DISCUSSION: ActivityId = ActivityId(Uuid::from_u128(0xA4));

pub fn seat(n: u128) -> SeatId {
    SeatId(Uuid::from_u128(0x5000 + n))
}

pub fn person(n: u128) -> Actor {
    Actor::Seat(seat(n))
}

pub fn alias(n: u128) -> Actor {
    Actor::Alias(AliasId(Uuid::from_u128(0x7000 + n)))
}

pub fn q(n: u128) -> QuestionId {
    QuestionId(Uuid::from_u128(0x9000 + n))
}

/// A meeting just created.
pub fn created_with(template: Option<&str>) -> Hall {
    let id = MeetingId(Uuid::from_u128(1));
    let mut hall = Hall {
        meeting: Meeting::new(id),
        now: Timestamp(1_760_000_000_000),
        facilitator: person(1),
        moderator: person(2),
        journal: Vec::new(),
    };
    let link = |link, role, hash: &str| (link, role, hash.to_owned());
    let wish = Wish::Create {
        meeting: id,
        code: "473096".to_owned(),
        title: "A meeting".to_owned(),
        language: "en".to_owned(),
        links: vec![
            link(DESK_LINK, Role::Facilitator, "desk"),
            link(MODERATOR_LINK, Role::Moderator, "moderator"),
            link(JOIN_LINK, Role::Participant, "join"),
            link(STAGE_LINK, Role::Stage, "stage"),
        ],
        template: template.map(str::to_owned),
    };
    hall.wish(Actor::Server, &wish).unwrap();
    hall
}

impl Hall {
    /// A facilitator (seat 1), a moderator (seat 2), three people (seats 3–5) and one open questions activity.
    pub fn new() -> Self {
        let mut hall = created_with(None);
        hall.sit(1, Some(DESK_LINK));
        hall.sit(2, Some(MODERATOR_LINK));
        for n in 3..=5 {
            hall.sit(n, None);
        }
        hall.lead(Command::AddActivity {
            id: QUESTIONS,
            kind: ActivityKind::Questions,
            title: "Q&A".to_owned(),
            minutes: None,
            before: None,
        });
        hall.lead(Command::Open {
            activity: QUESTIONS,
        });
        hall
    }

    /// The same hall with an open discussion.
    pub fn discussing() -> Self {
        let mut hall = Self::new();
        hall.lead(Command::AddActivity {
            id: DISCUSSION,
            kind: ActivityKind::Discussion,
            title: "Discussion".to_owned(),
            minutes: None,
            before: None,
        });
        hall.lead(Command::Open {
            activity: DISCUSSION,
        });
        hall
    }

    pub fn context(&self, actor: Actor) -> Context {
        Context {
            now: self.now,
            actor,
            entropy: 7,
        }
    }

    /// Decides and applies, as the live task would.
    pub fn wish(&mut self, actor: Actor, wish: &Wish) -> Result<Vec<Fact>, Code> {
        let facts =
            decide(&self.meeting, wish, &self.context(actor)).map_err(|refusal| refusal.code)?;
        if !facts.is_empty() {
            let entry = Entry {
                hash: None,
                facts: facts.clone(),
            };
            let stamp = Stamp {
                at: self.now,
                number: None,
            };
            self.meeting.apply(&stamp, &entry);
            self.journal.push((stamp, entry.encode()));
        }
        Ok(facts)
    }

    pub fn send(&mut self, actor: Actor, command: Command) -> Result<Vec<Fact>, Code> {
        self.wish(actor, &Wish::Command(command))
    }

    /// The facilitator's command, which must be granted.
    pub fn lead(&mut self, command: Command) -> Vec<Fact> {
        let shown = format!("{command:?}");
        self.send(self.facilitator, command)
            .unwrap_or_else(|code| panic!("{shown}: {code:?}"))
    }

    /// The moderator's command, which must be granted.
    pub fn moderate(&mut self, command: Command) -> Vec<Fact> {
        let shown = format!("{command:?}");
        self.send(self.moderator, command)
            .unwrap_or_else(|code| panic!("{shown}: {code:?}"))
    }

    pub fn sit(&mut self, n: u128, link: Option<LinkId>) {
        let wish = Wish::Sit {
            seat: seat(n),
            link,
            name: Some(format!("Person {n}")),
            language: None,
            tags: None,
        };
        self.wish(Actor::Server, &wish).unwrap();
    }

    pub fn ask(&mut self, actor: Actor, n: u128, text: &str) -> Result<Vec<Fact>, Code> {
        self.send(actor, asking(n, text))
    }

    pub fn vote(&mut self, actor: Actor, n: u128, on: bool) -> Result<Vec<Fact>, Code> {
        self.send(actor, Command::Vote { question: q(n), on })
    }

    pub fn pass(&mut self, ms: i64) {
        self.now = self.now.plus_ms(ms);
    }

    /// What the journal leads to.
    pub fn replayed(&self) -> Meeting {
        let mut meeting = Meeting::new(self.meeting.id);
        for (stamp, bytes) in &self.journal {
            meeting.apply(stamp, &Entry::decode(bytes).unwrap());
        }
        meeting
    }

    pub fn deadline(&mut self) -> Vec<Fact> {
        self.wish(Actor::Server, &Wish::Deadline).unwrap()
    }

    pub fn question(&self, n: u128) -> &Question {
        &self.meeting.questions[&q(n)]
    }

    pub fn state(&self, n: u128) -> QuestionState {
        self.question(n).state
    }
}

pub fn asking(n: u128, text: &str) -> Command {
    Command::Ask {
        id: q(n),
        activity: QUESTIONS,
        text: text.to_owned(),
        anonymous: None,
        as_tag: None,
        language: None,
    }
}
