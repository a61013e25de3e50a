//! When and how views go out: what became dirty, when the next revision of each view is due, who is here, and whose own view
//! must be written anew. Runs at quiet points only, so that a view shows what is durable and nothing else.

use std::collections::{HashSet, VecDeque};
use std::sync::Arc;

use bytes::Bytes;
use tokio::sync::oneshot;
use tokio::time::Instant;

use crate::meeting::fact::Fact;
use crate::meeting::role::{Actor, Role};
use crate::meeting::state::Meeting;
use crate::view::{self, Audience, Document, Presence};

use super::crowd::Reach;
use super::dice;
use super::feed::Feed;
use super::lane::{Lane, LaneOf, Last};
use super::measure;
use super::post::Own;
use super::settings::Pace;
use super::task::Task;

/// Own views written at one quiet point, so that commands do not wait behind a hall's worth of them.
const OWN_AT_ONCE: usize = 256;

struct Draft {
    feed: Arc<Feed>,
    document: Document,
}

/// The views of one meeting while its task lives.
pub(super) struct Views {
    floor: Lane,
    rest: Lane,
    drafts: Vec<Draft>,
    presence: Presence,
    presence_stale: bool,
    presence_at: Last,
    own: VecDeque<Actor>,
    own_queued: HashSet<Actor>,
}

impl Views {
    pub fn new(began: Instant) -> Self {
        Self {
            floor: Lane::new(began),
            rest: Lane::new(began),
            drafts: Vec::new(),
            presence: Presence::default(),
            presence_stale: true,
            presence_at: Last::Never { began },
            own: VecDeque::new(),
            own_queued: HashSet::new(),
        }
    }

    /// Marks what `fact` changed; `meeting` is as it stands after the fact's entry.
    pub fn note(&mut self, meeting: &Meeting, fact: &Fact) {
        self.floor.dirty.note(meeting, fact);
        self.rest.dirty.note(meeting, fact);
    }

    pub fn presence_is_stale(&mut self) {
        self.presence_stale = true;
    }

    pub fn is_clean(&self) -> bool {
        let lanes = [&self.floor, &self.rest];
        lanes
            .iter()
            .all(|lane| !lane.is_dirty() && lane.unwoken.is_empty())
            && self.own.is_empty()
    }

    fn lane(&mut self, of: LaneOf) -> &mut Lane {
        match of {
            LaneOf::Floor => &mut self.floor,
            LaneOf::Rest => &mut self.rest,
        }
    }

    fn followers(&self, of: LaneOf) -> usize {
        let feeds = self.drafts.iter().map(|draft| &draft.feed);
        feeds
            .filter(|feed| LaneOf::of(feed.audience()) == of)
            .map(|feed| feed.followers())
            .sum()
    }

    fn lane_of(&self, of: LaneOf) -> &Lane {
        match of {
            LaneOf::Floor => &self.floor,
            LaneOf::Rest => &self.rest,
        }
    }

    fn refresh_due(&self, of: LaneOf, pace: &Pace) -> Option<Instant> {
        self.lane_of(of).refresh_due(pace)
    }

    fn wake_due(&self, of: LaneOf, pace: &Pace) -> Option<Instant> {
        self.lane_of(of).wake_due(pace, self.followers(of))
    }

    fn queue_own(&mut self, actor: Actor) {
        if self.own_queued.insert(actor) {
            self.own.push_back(actor);
        }
    }
}

impl Task<'_> {
    /// When a view, or the count of who is here, is due.
    pub fn views_due(&self) -> Option<Instant> {
        let pace = &self.keeper.settings.pace;
        if !self.views.own.is_empty() {
            return Some(Instant::now());
        }
        let presence = self.views.presence_stale;
        let presence = presence.then(|| self.views.presence_at.plus(pace.counts));
        [
            self.views.refresh_due(LaneOf::Floor, pace),
            self.views.wake_due(LaneOf::Floor, pace),
            self.views.refresh_due(LaneOf::Rest, pace),
            self.views.wake_due(LaneOf::Rest, pace),
            presence,
        ]
        .into_iter()
        .flatten()
        .min()
    }

    /// Sends out what is due. Desks and stages are told of every revision; the crowd, when it is large, of every few, and
    /// then gets one difference.
    pub fn tick(&mut self, now: Instant) {
        self.count_who_is_here(now);
        let pace = self.keeper.settings.pace;
        for of in [LaneOf::Floor, LaneOf::Rest] {
            if self
                .views
                .refresh_due(of, &pace)
                .is_some_and(|due| due <= now)
            {
                self.refresh(of, now);
            }
            if self.views.wake_due(of, &pace).is_some_and(|due| due <= now) {
                let lane = self.views.lane(of);
                lane.woken = Last::At(now);
                let audiences = std::mem::take(&mut lane.unwoken);
                self.keeper.crowd.wake(&audiences, Reach::Crowd);
            }
        }
        self.write_own();
    }

    fn count_who_is_here(&mut self, now: Instant) {
        let pace = self.keeper.settings.pace;
        let early = now < self.views.presence_at.plus(pace.counts);
        if !self.views.presence_stale || early {
            return;
        }
        self.views.presence_stale = false;
        self.views.presence_at = Last::At(now);
        let here = self.keeper.crowd.here(now, pace.here);
        if here != self.views.presence.here {
            self.views.presence.here = here;
            self.views.floor.dirty.note_presence();
            self.views.rest.dirty.note_presence();
        }
    }

    fn refresh(&mut self, of: LaneOf, now: Instant) {
        let mut changed = Vec::new();
        let views = &mut self.views;
        let lane = match of {
            LaneOf::Floor => &mut views.floor,
            LaneOf::Rest => &mut views.rest,
        };
        for draft in &mut views.drafts {
            let audience = draft.feed.audience();
            if LaneOf::of(audience) != of {
                continue;
            }
            let patch = view::refresh(
                &mut draft.document,
                &self.meeting,
                &views.presence,
                audience,
                &lane.dirty,
            );
            if let Some(patch) = patch {
                draft.feed.publish(draft.document.clone(), &patch);
                changed.push(audience.clone());
            }
        }
        let touched: Vec<Actor> = match of {
            LaneOf::Floor => Vec::new(),
            LaneOf::Rest => lane.dirty.people().collect(),
        };
        lane.dirty.clear();
        lane.refreshed = Last::At(now);
        for (feed, reply) in lane.hurry.drain(..) {
            let _gone = reply.send(feed);
        }
        for actor in touched {
            let connected = self.keeper.crowd.people.get(&actor);
            if connected.is_some_and(|person| !person.sockets.is_empty()) {
                self.views.queue_own(actor);
            }
        }
        if !changed.is_empty() {
            measure::published(changed.len());
            self.keeper.crowd.wake(&changed, Reach::First);
            let unwoken = &mut self.views.lane(of).unwoken;
            for audience in changed {
                if !unwoken.contains(&audience) {
                    unwoken.push(audience);
                }
            }
        }
    }

    /// Writes some of the own views that may have changed, and delivers those that did.
    fn write_own(&mut self) {
        for _ in 0..OWN_AT_ONCE {
            let Some(actor) = self.views.own.pop_front() else {
                return;
            };
            self.views.own_queued.remove(&actor);
            if self.keeper.crowd.people.contains_key(&actor) {
                self.own_of(actor);
            }
        }
    }

    /// A person's own view as it stands; the same revision as long as nothing in it changed. Whoever asks first after a change
    /// makes the new one, and it is delivered to all of that person's sockets at once: nobody may take it from them.
    pub fn own_of(&mut self, actor: Actor) -> Own {
        let text: Bytes = view::mine(&self.meeting, actor).to_string().into();
        let crowd = &mut self.keeper.crowd;
        let before = crowd
            .people
            .get(&actor)
            .and_then(|person| person.own.clone());
        let is_new = before.is_none();
        if let Some(own) = before
            && own.text == text
        {
            return own;
        }
        let own = Own {
            revision: crowd.own_revision(),
            text,
        };
        if let Some(person) = crowd.people.get_mut(&actor) {
            person.own = Some(own.clone());
        }
        // The first one goes with the welcome.
        if !is_new {
            crowd.deliver_mine(actor, &own);
        }
        own
    }

    /// Somebody is heard of: from now on they count as here, unless they are a desk, a proxy, or not let in yet.
    pub fn meet(&mut self, actor: Actor, now: Instant) {
        let counts = self.counts(actor);
        self.keeper.crowd.person(actor, now).counts = counts;
        self.views.presence_is_stale();
    }

    pub fn counts(&self, actor: Actor) -> bool {
        let Actor::Seat(id) = actor else {
            return false;
        };
        let Some(seat) = self.meeting.seats.get(&id) else {
            return false;
        };
        let desk = |role: &Role| matches!(role, Role::Facilitator | Role::Moderator);
        !(seat.proxy || seat.waiting || seat.void || seat.roles.iter().any(|(role, _)| desk(role)))
    }

    /// The feed of an audience, started if nobody asked for it before.
    pub fn feed(&mut self, audience: &Audience) -> Arc<Feed> {
        if let Some(draft) = self
            .views
            .drafts
            .iter()
            .find(|draft| draft.feed.audience() == audience)
        {
            return Arc::clone(&draft.feed);
        }
        let document = view::build(&self.meeting, &self.views.presence, audience);
        let feed = Feed::start(audience.clone(), dice::epoch(), document.clone());
        self.keeper.house.add_feed(Arc::clone(&feed));
        self.views.drafts.push(Draft {
            feed: Arc::clone(&feed),
            document,
        });
        feed
    }

    /// Answers with the feed once its newest revision holds all that was answered before.
    pub fn feed_when_fresh(&mut self, audience: &Audience, reply: oneshot::Sender<Arc<Feed>>) {
        let feed = self.feed(audience);
        let lane = self.views.lane(LaneOf::of(audience));
        if lane.is_dirty() {
            lane.hurry.push((feed, reply));
        } else {
            let _gone = reply.send(feed);
        }
    }

    /// After the state was read anew: what it shows now, against what every feed showed last.
    pub fn rebuild_feeds(&mut self) {
        let now = Instant::now();
        self.views.presence.here = self.keeper.crowd.here(now, self.keeper.settings.pace.here);
        let mut changed = Vec::new();
        for feed in self.keeper.house.feeds() {
            let document = view::build(&self.meeting, &self.views.presence, feed.audience());
            if let Some(patch) = view::difference(&feed.document(), &document) {
                feed.publish(document.clone(), &patch);
                changed.push(feed.audience().clone());
            }
            self.views.drafts.push(Draft { feed, document });
        }
        for reach in [Reach::First, Reach::Crowd] {
            self.keeper.crowd.wake(&changed, reach);
        }
        let people: Vec<Actor> = self.keeper.crowd.people.keys().copied().collect();
        for actor in people {
            self.views.queue_own(actor);
        }
    }
}
