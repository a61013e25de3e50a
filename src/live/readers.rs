//! Those who only read: joining, following, asking. Served at quiet points, so they see what is durable and nothing else.

use std::sync::Arc;

use tokio::time::Instant;
use uuid::Uuid;

use crate::meeting::ids::DeviceId;
use crate::meeting::role::{Actor, Role};
use crate::meeting::state::Meeting;
use crate::view::Audience;

use super::answer::{Bearer, Denied, Holder, Mine};
use super::crowd::{Member, SocketKey, bare};
use super::input::{Also, Followed, Freshness, Join, Reader, Welcome, WhoIsHere};
use super::keeper::Exit;
use super::measure;
use super::post::Leave;
use super::recheck::Recheck;
use super::record;
use super::task::Task;

impl Task<'_> {
    /// Serves everyone who waits.
    ///
    /// # Errors
    /// The journal could not be read on.
    pub async fn serve_readers(&mut self) -> Result<(), Exit> {
        while let Some(reader) = self.keeper.hands.readers.pop_front() {
            match reader {
                Reader::Join(join, reply) => {
                    let joined = self.join(*join);
                    if let Err(Ok((key, _))) = reply.send(joined) {
                        // The socket went while it joined.
                        self.keeper.house.left(key);
                    }
                }
                Reader::Follow(key, audiences, reply) => {
                    let _gone = reply.send(self.follow(key, audiences));
                }
                Reader::Unfollow(key, audiences) => self.unfollow(key, &audiences),
                Reader::Feed(audience, Freshness::Behind, reply) => {
                    let _gone = reply.send(self.feed(&audience));
                }
                Reader::Feed(audience, Freshness::Fresh, reply) => {
                    self.feed_when_fresh(&audience, reply);
                }
                Reader::Mine(actor, device, reply) => {
                    let _gone = reply.send(self.mine(actor, device));
                }
                Reader::Ask(ask) => ask(&self.meeting),
                Reader::Here(ask) => self.tell_who_is_here(ask),
                Reader::CatchUp(reply) => {
                    self.catch_up().await?;
                    let _gone = reply.send(());
                }
            }
        }
        Ok(())
    }

    fn tell_who_is_here(&self, ask: WhoIsHere) {
        let (now, window) = (Instant::now(), self.keeper.settings.pace.here);
        ask(&|seat| self.keeper.crowd.seat_is_here(seat, now, window));
    }

    /// Reads what another writer (`openfloor links`) put into the journal.
    async fn catch_up(&mut self) -> Result<(), Exit> {
        let read = self
            .keeper
            .ledger
            .read(self.keeper.house.id.0, self.position)
            .await;
        let Ok(entries) = read else {
            return Err(Exit::Again);
        };
        for stored in &entries.list {
            for fact in self
                .replay(stored)
                .into_iter()
                .flat_map(|entry| entry.facts)
            {
                self.views.note(&self.meeting, &fact);
            }
        }
        if !entries.list.is_empty() {
            self.recheck(&Recheck {
                everybody: true,
                ..Recheck::default()
            });
        }
        Ok(())
    }

    fn check(&self, bearer: Bearer) -> Result<(), Denied> {
        check(&self.meeting, bearer)
    }

    fn may_read(&self, bearers: &[Bearer], audience: &Audience) -> bool {
        may_read(&self.meeting, bearers, audience)
    }

    fn roles(&self, holder: Holder) -> Vec<Role> {
        match holder.actor() {
            Some(actor) => self.meeting.standing(actor).roles.into_iter().collect(),
            None => vec![Role::Stage],
        }
    }

    fn highest(&self, holder: Uuid, device: Option<DeviceId>) -> u64 {
        let outbox = record::outbox(holder, device);
        self.meeting
            .marks
            .highest(outbox)
            .max(self.idle.highest(outbox))
    }

    fn join(&mut self, join: Join) -> Result<(SocketKey, Welcome), Denied> {
        self.check(join.bearer)?;
        let now = Instant::now();
        let mut bearers = vec![join.bearer];
        let also: Vec<_> = join
            .also
            .into_iter()
            .filter(|(bearer, _)| self.check(*bearer).is_ok() && bearer.holder.actor().is_some())
            .collect();
        bearers.extend(also.iter().map(|(bearer, _)| *bearer));
        for actor in bearers.iter().filter_map(|bearer| bearer.holder.actor()) {
            self.meet(actor, now);
        }
        let (readable, gone): (Vec<_>, Vec<_>) = join
            .audiences
            .iter()
            .cloned()
            .partition(|audience| self.may_read(&bearers, audience));
        let feeds: Vec<_> = readable
            .iter()
            .map(|audience| self.feed(audience))
            .collect();
        let holder = join.bearer.holder;
        let outbox = holder
            .actor()
            .map(|_| record::outbox(holder.id(), join.device));
        let key = self.keeper.crowd.enter(
            Member {
                post: join.post,
                bearers,
                wished: join.audiences,
                feeds: feeds.clone(),
                outbox,
                held: Vec::new(),
            },
            now,
        );
        measure::joined();
        let mine = holder.actor().map(|actor| self.own_of(actor));
        let also = also
            .into_iter()
            .filter_map(|(bearer, device)| {
                let actor = bearer.holder.actor()?;
                Some(Also {
                    bearer,
                    n: self.highest(bearer.holder.id(), device),
                    roles: self.roles(bearer.holder),
                    mine: self.own_of(actor),
                })
            })
            .collect();
        let welcome = Welcome {
            seat: match holder {
                Holder::Seat(seat) => Some(seat),
                Holder::Alias(_) | Holder::Stage(_) => None,
            },
            roles: self.roles(holder),
            now: self.keeper.house.clock.now(),
            n: self.highest(holder.id(), join.device),
            mine,
            also,
            followed: Followed { feeds, gone },
        };
        Ok((key, welcome))
    }

    fn follow(&mut self, key: SocketKey, audiences: Vec<Audience>) -> Followed {
        let mut followed = Followed::default();
        let Some(member) = self.keeper.crowd.members.get(&key) else {
            return followed;
        };
        let bearers = member.bearers.clone();
        for audience in audiences {
            if self.may_read(&bearers, &audience) {
                followed.feeds.push(self.feed(&audience));
            } else {
                followed.gone.push(audience.clone());
            }
            if let Some(member) = self.keeper.crowd.members.get_mut(&key)
                && !member.wished.contains(&audience)
            {
                member.wished.push(audience);
            }
        }
        if let Some(member) = self.keeper.crowd.members.get_mut(&key) {
            for feed in &followed.feeds {
                if !member.feeds.iter().any(|known| Arc::ptr_eq(known, feed)) {
                    feed.follow();
                    member.feeds.push(Arc::clone(feed));
                }
            }
        }
        self.keeper.crowd.sort(key);
        followed
    }

    fn unfollow(&mut self, key: SocketKey, audiences: &[Audience]) {
        let Some(member) = self.keeper.crowd.members.get_mut(&key) else {
            return;
        };
        member
            .wished
            .retain(|audience| !audiences.contains(audience));
        member.feeds.retain(|feed| {
            let stays = !audiences.contains(feed.audience());
            if !stays {
                feed.unfollow();
            }
            stays
        });
        self.keeper.crowd.sort(key);
    }

    fn mine(&mut self, actor: Actor, device: Option<DeviceId>) -> Mine {
        self.meet(actor, Instant::now());
        let own = self.own_of(actor);
        Mine {
            epoch: self.keeper.house.epoch,
            revision: own.revision,
            mine: own.text,
            n: bare(actor).map_or(0, |id| self.highest(id, device)),
        }
    }

    /// Who may read what may have changed: those whose token is void must go, the others lose or gain views.
    pub fn recheck(&mut self, recheck: &Recheck) {
        let keys: Vec<SocketKey> = if recheck.everybody {
            self.keeper.crowd.members.keys().copied().collect()
        } else {
            let seats = recheck.seats.iter();
            let people = seats.filter_map(|seat| self.keeper.crowd.people.get(&Actor::Seat(*seat)));
            people
                .flat_map(|person| person.sockets.iter().copied())
                .collect()
        };
        for key in keys {
            self.recheck_socket(key);
        }
        let people: Vec<Actor> = if recheck.everybody {
            self.keeper.crowd.people.keys().copied().collect()
        } else {
            recheck
                .seats
                .iter()
                .map(|seat| Actor::Seat(*seat))
                .collect()
        };
        for actor in people {
            let counts = self.counts(actor);
            if let Some(person) = self.keeper.crowd.people.get_mut(&actor) {
                self.views.presence_is_stale();
                person.counts = counts;
            }
        }
    }

    fn recheck_socket(&mut self, key: SocketKey) {
        let Some(member) = self.keeper.crowd.members.get(&key) else {
            return;
        };
        if member
            .bearers
            .first()
            .is_some_and(|bearer| self.check(*bearer).is_err())
        {
            member.post.leave(Leave::Revoked);
            return;
        }
        let bearers = member.bearers.iter().copied();
        let good: Vec<Bearer> = bearers
            .filter(|bearer| self.check(*bearer).is_ok())
            .collect();
        for audience in member.wished.clone() {
            let readable = self.may_read(&good, &audience);
            let follows =
                self.keeper.crowd.members.get(&key).is_some_and(|member| {
                    member.feeds.iter().any(|feed| *feed.audience() == audience)
                });
            match (readable, follows) {
                (true, false) => self.gain(key, &audience),
                (false, true) => self.lose(key, &audience),
                _ => {}
            }
        }
    }

    fn gain(&mut self, key: SocketKey, audience: &Audience) {
        let feed = self.feed(audience);
        if let Some(member) = self.keeper.crowd.members.get_mut(&key) {
            feed.follow();
            member.feeds.push(Arc::clone(&feed));
            member.post.gain(feed);
        }
        self.keeper.crowd.sort(key);
    }

    fn lose(&mut self, key: SocketKey, audience: &Audience) {
        if let Some(member) = self.keeper.crowd.members.get_mut(&key) {
            member.feeds.retain(|feed| {
                let stays = feed.audience() != audience;
                if !stays {
                    feed.unfollow();
                }
                stays
            });
            member.post.lose(audience.clone());
        }
        self.keeper.crowd.sort(key);
    }
}

/// Whether a token is still good.
pub(super) fn check(meeting: &Meeting, bearer: Bearer) -> Result<(), Denied> {
    match bearer.holder {
        Holder::Seat(seat) => {
            let seat = meeting.seats.get(&seat).ok_or(Denied::BadToken)?;
            if seat.void || bearer.generation < seat.generation {
                return Err(Denied::Revoked);
            }
        }
        Holder::Alias(_) => {}
        Holder::Stage(link) => {
            let link = meeting.links.get(&link).ok_or(Denied::BadToken)?;
            if link.revoked {
                return Err(Denied::Revoked);
            }
        }
    }
    Ok(())
}

/// Whether any of these holders may read the audience.
pub(super) fn may_read(meeting: &Meeting, bearers: &[Bearer], audience: &Audience) -> bool {
    bearers.iter().any(|bearer| match bearer.holder.actor() {
        Some(actor) => audience.readable_by(meeting, actor),
        None => *audience == Audience::Floor,
    })
}
