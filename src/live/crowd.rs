//! Who is connected to a meeting: sockets, whose they are, what they follow, and who counts as here. Outlives the meeting's
//! task. Knows no rule: what somebody may read is asked of the meeting by the task.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;
use uuid::Uuid;

use crate::meeting::ids::{DeviceId, SeatId};
use crate::meeting::refusal::Refusal;
use crate::meeting::role::Actor;
use crate::view::Audience;

use super::answer::{Bearer, Holder};
use super::feed::Feed;
use super::post::{Leave, Notes, Own, Post};

/// So many stages and desks are told first; more are a crowd.
const FIRST: usize = 64;

/// Sockets one person may have at once; the oldest goes when there are more.
const SOCKETS: usize = 8;

/// A socket's key within its meeting; never used twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SocketKey(pub(super) u64);

/// A connected socket.
#[derive(Debug)]
pub(super) struct Member {
    pub post: Arc<Post>,
    /// Whose it is; the hello's own holder first.
    pub bearers: Vec<Bearer>,
    /// What it wished to follow, readable or not.
    pub wished: Vec<Audience>,
    /// What it follows.
    pub feeds: Vec<Arc<Feed>>,
    /// The outbox of its own holder; a newer socket of the same one takes over.
    pub outbox: Option<DeviceId>,
    /// Per actor the number that got an answer that is not final: every higher one gets the same.
    pub held: Vec<(Uuid, u64, Refusal)>,
}

/// A person as far as they are connected.
#[derive(Debug)]
pub(super) struct Person {
    pub sockets: Vec<SocketKey>,
    /// Their own view as last encoded.
    pub own: Option<Own>,
    /// When they were last heard of without a socket.
    pub seen: Instant,
    /// Whether they count among those who are here.
    pub counts: bool,
}

/// All of them.
#[derive(Debug, Default)]
pub(super) struct Crowd {
    next: u64,
    pub members: BTreeMap<SocketKey, Member>,
    pub people: HashMap<Actor, Person>,
    outboxes: HashMap<DeviceId, SocketKey>,
    /// Those of `members` who are told of everything first.
    first: BTreeSet<SocketKey>,
    own_revision: u64,
}

/// Who is woken for a new revision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// Stages and desks: few, and the hall looks at them.
    First,
    /// Everybody else.
    Crowd,
}

impl Member {
    /// Whether it is told of everything first: a stage, or somebody who follows more than the floor.
    fn is_first(&self) -> bool {
        let stage = |bearer: &Bearer| matches!(bearer.holder, Holder::Stage(_));
        self.bearers.iter().any(stage)
            || self
                .feeds
                .iter()
                .any(|feed| *feed.audience() == Audience::Desk)
    }
}

impl Crowd {
    /// Takes a socket in; a former one of the same outbox is told to go.
    pub fn enter(&mut self, member: Member, now: Instant) -> SocketKey {
        self.next += 1;
        let key = SocketKey(self.next);
        if let Some(outbox) = member.outbox
            && let Some(former) = self.outboxes.insert(outbox, key)
            && let Some(former) = self.members.get(&former)
        {
            former.post.leave(Leave::Replaced);
        }
        for actor in member
            .bearers
            .iter()
            .filter_map(|bearer| bearer.holder.actor())
        {
            let person = self.person(actor, now);
            person.sockets.push(key);
            let too_many = person.sockets.len().saturating_sub(SOCKETS);
            let oldest = person.sockets[..too_many].to_vec();
            for former in oldest.iter().filter_map(|key| self.members.get(key)) {
                former.post.leave(Leave::Replaced);
            }
        }
        for feed in &member.feeds {
            feed.follow();
        }
        self.members.insert(key, member);
        self.sort(key);
        key
    }

    /// What it follows has changed: whether it is among the first may have, too.
    pub fn sort(&mut self, key: SocketKey) {
        let first = self.members.get(&key).is_some_and(Member::is_first);
        if !first {
            self.first.remove(&key);
        } else if self.first.len() < FIRST {
            self.first.insert(key);
        }
    }

    /// Lets a socket go.
    pub fn leave(&mut self, key: SocketKey, now: Instant) {
        let Some(member) = self.members.remove(&key) else {
            return;
        };
        self.first.remove(&key);
        for feed in &member.feeds {
            feed.unfollow();
        }
        if let Some(outbox) = member.outbox
            && self.outboxes.get(&outbox) == Some(&key)
        {
            self.outboxes.remove(&outbox);
        }
        for actor in member
            .bearers
            .iter()
            .filter_map(|bearer| bearer.holder.actor())
        {
            if let Some(person) = self.people.get_mut(&actor) {
                person.sockets.retain(|socket| *socket != key);
                person.seen = now;
            }
        }
    }

    /// The person, as somebody heard of now.
    pub fn person(&mut self, actor: Actor, now: Instant) -> &mut Person {
        let person = self.people.entry(actor).or_insert_with(|| Person {
            sockets: Vec::new(),
            own: None,
            seen: now,
            counts: false,
        });
        person.seen = now;
        person
    }

    /// A revision for an own view: higher than every one before, so that none is ever taken for another.
    pub fn own_revision(&mut self) -> u64 {
        self.own_revision += 1;
        self.own_revision
    }

    /// How many of those who count have a socket or were heard of within `window`.
    pub fn here(&self, now: Instant, window: Duration) -> u32 {
        let here = self
            .people
            .values()
            .filter(|person| person.counts && person.is_here(now, window))
            .count();
        u32::try_from(here).unwrap_or(u32::MAX)
    }

    /// Forgets those who have been away for longer than `window`.
    pub fn forget_absent(&mut self, now: Instant, window: Duration) {
        self.people.retain(|_, person| person.is_here(now, window));
    }

    /// Wakes the sockets that follow any of `audiences`, as far as `reach` goes.
    pub fn wake(&self, audiences: &[Audience], reach: Reach) {
        let follows = |member: &Member| {
            let mut feeds = member.feeds.iter();
            feeds.any(|feed| audiences.contains(feed.audience()))
        };
        let woken: &mut dyn Iterator<Item = &Member> = match reach {
            Reach::First => &mut self.first.iter().filter_map(|key| self.members.get(key)),
            Reach::Crowd => &mut self
                .members
                .iter()
                .filter(|(key, _)| !self.first.contains(key))
                .map(|(_, member)| member),
        };
        for member in woken.filter(|member| follows(member)) {
            member.post.note(Notes::VIEWS);
        }
    }

    /// Gives a person's sockets their newest own view.
    pub fn deliver_mine(&self, actor: Actor, own: &Own) {
        let Some(person) = self.people.get(&actor) else {
            return;
        };
        let Some(id) = bare(actor) else { return };
        for member in person
            .sockets
            .iter()
            .filter_map(|key| self.members.get(key))
        {
            member.post.put_mine(id, own.clone());
        }
    }

    /// Whether a seat is here, for the desk's list.
    pub fn seat_is_here(&self, seat: SeatId, now: Instant, window: Duration) -> bool {
        self.people
            .get(&Actor::Seat(seat))
            .is_some_and(|person| person.is_here(now, window))
    }

    /// Tells every socket to go.
    pub fn dismiss(&self, why: Leave) {
        for member in self.members.values() {
            member.post.leave(why);
        }
    }
}

impl Person {
    fn is_here(&self, now: Instant, window: Duration) -> bool {
        !self.sockets.is_empty() || now.saturating_duration_since(self.seen) < window
    }
}

/// The bare id of a person; the server has none.
pub(super) fn bare(actor: Actor) -> Option<Uuid> {
    match actor {
        Actor::Seat(seat) => Some(seat.0),
        Actor::Alias(alias) => Some(alias.0),
        Actor::Server => None,
    }
}
