//! Whatever happens in a meeting: a refreshed document is the built one, each patch leads exactly from one document to
//! the next, and nobody sees what is not on the list of what their audience may hold.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use serde_json::Value;
use uuid::Uuid;

use crate::meeting::command::{
    ActivityKind, Command, Contact, DebateCommand, DiscussionCommand, GroupCommand,
};
use crate::meeting::decide;
use crate::meeting::fact::{Author, Entry, Stamp};
use crate::meeting::groups::state::Plan;
use crate::meeting::ids::{MeetingId, QuestionId, Timestamp};
use crate::meeting::role::{Actor, Role};
use crate::meeting::state::Meeting;
use crate::meeting::wish::{Context, Wish};

use super::allowed::{CARE, CHAIR, CONCERNS, DESK, FLOOR, GROUP, MINE, paths_outside};
use super::steps::{Step, activity, alias, link, question, seat, steps};
use super::steps_debate::{debate, team};
use super::steps_discussion::discussed;
use super::steps_groups::{group, work};
use super::*;

/// A judge who confirms a fellow judge's ballot names whose it is: the one place where somebody's own document has another's id.
fn without_ballots_to_confirm(mut mine: Value) -> Value {
    let debates = mine.get_mut("debates").and_then(Value::as_object_mut);
    for debate in debates.into_iter().flat_map(|debates| debates.values_mut()) {
        if let Some(judge) = debate.get_mut("judge").and_then(Value::as_object_mut) {
            judge.remove("to_confirm");
        }
    }
    mine
}

/// Each audience with what it may hold.
fn audiences() -> [(Audience, &'static [&'static str]); 8] {
    [
        (Audience::Floor, FLOOR),
        (Audience::Desk, DESK),
        (Audience::Care, CARE),
        (Audience::Concerns, CONCERNS),
        (Audience::Group(group(1).0), GROUP),
        (Audience::Group(group(2).0), GROUP),
        (Audience::Chair(discussed()), CHAIR),
        (Audience::Chair(debate()), CHAIR),
    ]
}

/// A meeting with its documents as the live task keeps them.
struct Hall {
    meeting: Meeting,
    now: i64,
    presence: Presence,
    dirty: Dirty,
    /// Each audience's documents, one per tick, and the last as a client folded it.
    views: Vec<(Audience, Vec<Document>, Value)>,
    own: BTreeMap<Actor, Document>,
}

impl Hall {
    fn new() -> Self {
        let id = MeetingId(Uuid::from_u128(1));
        let mut hall = Self {
            meeting: Meeting::new(id),
            now: 1_000_000,
            presence: Presence::default(),
            dirty: Dirty::default(),
            views: Vec::new(),
            own: BTreeMap::new(),
        };
        hall.wish(
            Actor::Server,
            &Wish::Create {
                meeting: id,
                code: "473096".into(),
                title: "Our park".into(),
                language: "en".into(),
                links: vec![(link(1), Role::Facilitator, "hash 1".into())],
                template: None,
            },
        );
        let sit = Wish::Sit {
            seat: seat(1),
            link: Some(link(1)),
            name: None,
            language: None,
            tags: None,
        };
        hall.wish(Actor::Server, &sit);
        let lead = Actor::Seat(seat(1));
        let add = Command::AddActivity {
            id: activity(1),
            kind: ActivityKind::Questions,
            title: "Questions".into(),
            minutes: None,
            before: None,
        };
        hall.wish(lead, &Wish::Command(add));
        hall.wish(
            lead,
            &Wish::Command(Command::Open {
                activity: activity(1),
            }),
        );
        hall.begin();
        hall.dirty.clear();
        hall.views = audiences()
            .iter()
            .map(|(audience, _)| {
                let document = build(&hall.meeting, &hall.presence, audience);
                let plain = document.to_value();
                (audience.clone(), vec![document], plain)
            })
            .collect();
        hall.own = everyone()
            .map(|actor| (actor, mine_document(&hall.meeting, actor)))
            .collect();
        hall
    }

    /// People sit, ask and vote, so that there is something to moderate.
    fn begin(&mut self) {
        let lead = Actor::Seat(seat(1));
        let ask = Command::ChangeMeeting {
            title: None,
            language: None,
            languages: None,
            ask: Some(vec!["teacher".into(), "student".into()]),
            ask_first: None,
            minors: None,
            ends_at: None,
            wifi: None,
            contact: Some(Contact {
                name: "Aynur".into(),
                numbers: String::new(),
                on_duty: true,
            }),
            held_words: None,
        };
        self.wish(lead, &Wish::Command(ask));
        for n in 2..8 {
            let tags = Some(vec![if n == 7 { "student" } else { "teacher" }.to_owned()]);
            let sit = Wish::Sit {
                seat: seat(n),
                link: None,
                name: Some(format!("Person {n}")),
                language: None,
                tags,
            };
            self.wish(Actor::Server, &sit);
        }
        for n in 1..6 {
            let actor = if n == 5 {
                Actor::Alias(alias(1))
            } else {
                Actor::Seat(seat(n + 1))
            };
            let ask = Command::Ask {
                id: question(n),
                activity: activity(1),
                text: format!("When does the playground number {n} open?"),
                anonymous: Some(n == 4),
                as_tag: (n >= 3).then(|| "teacher".to_owned()),
                language: None,
            };
            self.wish(actor, &Wish::Command(ask));
            let vote = Command::Vote {
                question: question(n),
                on: true,
            };
            self.wish(Actor::Seat(seat(n)), &Wish::Command(vote));
        }
        self.begin_group_work();
        self.begin_discussion();
        self.begin_debate();
    }

    fn begin_discussion(&mut self) {
        let lead = Actor::Seat(seat(1));
        let activity = discussed();
        let add = Command::AddActivity {
            id: activity,
            kind: ActivityKind::Discussion,
            title: "Who speaks".into(),
            minutes: None,
            before: None,
        };
        self.wish(lead, &Wish::Command(add));
        self.wish(lead, &Wish::Command(Command::Open { activity }));
        for n in 2..6 {
            let raise = DiscussionCommand::Raise {
                activity,
                kind: None,
                about: Some("the stairs".into()),
                stance: None,
            };
            self.wish(
                Actor::Seat(seat(n)),
                &Wish::Command(Command::Discussion(raise)),
            );
        }
    }

    fn begin_debate(&mut self) {
        let lead = Actor::Seat(seat(1));
        let activity = debate();
        let add = Command::AddActivity {
            id: activity,
            kind: ActivityKind::Debate,
            title: "This house".into(),
            minutes: None,
            before: None,
        };
        self.wish(lead, &Wish::Command(add));
        self.wish(lead, &Wish::Command(Command::Open { activity }));
        let mut send = |command| self.wish(lead, &Wish::Command(Command::Debate(command)));
        send(DebateCommand::SetDebate {
            activity,
            format: Some("world-schools".into()),
            own_format: None,
            motion: Some("This house".into()),
            slide: Some("Why".into()),
            rings: None,
            silent: None,
            together: None,
            scored_by: None,
            reactions: None,
        });
        for (n, side) in [(1, "proposition"), (2, "opposition")] {
            send(DebateCommand::AddTeam {
                id: team(n),
                name: "Owls".into(),
                from: None,
                activity: Some(activity),
                side: Some(side.into()),
            });
            send(DebateCommand::SetSpeaker {
                team: team(n),
                place: 1,
                name: Some("Leyla".into()),
                seat: Some(seat(n + 2)),
            });
        }
        send(DebateCommand::SetJudges {
            activity,
            seats: vec![seat(6), seat(7)],
        });
    }

    fn begin_group_work(&mut self) {
        let lead = Actor::Seat(seat(1));
        let add = Command::AddActivity {
            id: work(),
            kind: ActivityKind::Groups,
            title: "Tables".into(),
            minutes: None,
            before: None,
        };
        self.wish(lead, &Wish::Command(add));
        let plan = Plan {
            groups: vec![group(1), group(2)],
            seats: (2..8).map(seat).collect(),
            rounds: vec![
                vec![vec![0, 1, 2], vec![3, 4, 5]],
                vec![vec![0, 3], vec![1, 2, 4, 5]],
            ],
            ..Plan::default()
        };
        let activity = work();
        self.wish(lead, &Wish::Plan { activity, plan });
        let publish = GroupCommand::PublishGroups { activity };
        self.wish(lead, &Wish::Command(Command::Group(publish)));
    }

    fn wish(&mut self, actor: Actor, wish: &Wish) {
        let context = Context {
            now: Timestamp(self.now),
            actor,
            entropy: 7,
        };
        let facts = decide(&self.meeting, wish, &context).unwrap_or_default();
        let entry = Entry { hash: None, facts };
        self.meeting.apply(
            &Stamp {
                at: Timestamp(self.now),
                number: None,
            },
            &entry,
        );
        for fact in &entry.facts {
            self.dirty.note(&self.meeting, fact);
        }
    }

    fn step(&mut self, step: &Step) {
        match step {
            Step::Do(actor, command) => self.wish(*actor, &Wish::Command(command.clone())),
            Step::Wish(wish) => self.wish(Actor::Server, wish),
            Step::By(actor, wish) => self.wish(*actor, wish),
            Step::Wait(ms) => {
                self.now += ms;
                if self
                    .meeting
                    .next_deadline()
                    .is_some_and(|at| at.0 <= self.now)
                {
                    self.wish(Actor::Server, &Wish::Deadline);
                }
            }
            Step::Here(here) => {
                self.presence.here = *here;
                self.dirty.note_presence();
            }
            Step::Tick => self.tick(),
        }
    }

    fn tick(&mut self) {
        for (audience, documents, plain) in &mut self.views {
            let mut document = documents.last().unwrap().clone();
            let patch = refresh(
                &mut document,
                &self.meeting,
                &self.presence,
                audience,
                &self.dirty,
            );
            let built = build(&self.meeting, &self.presence, audience);
            assert_eq!(
                document.to_value(),
                built.to_value(),
                "{audience} was refreshed to something else"
            );
            assert_eq!(
                patch,
                patch::diff(plain, &built.to_value()),
                "the patch of {audience} is not exact"
            );
            if let Some(patch) = &patch {
                patch::merge(plain, patch);
            }
            assert_eq!(*plain, built.to_value(), "{audience} as a client folds it");
            documents.push(document);
        }
        let touched: BTreeSet<Actor> = self.dirty.people().collect();
        for (actor, document) in &mut self.own {
            let before = document.to_value();
            let patch = refresh_mine(document, &self.meeting, *actor, &self.dirty);
            let built = mine_document(&self.meeting, *actor).to_value();
            assert_eq!(
                document.to_value(),
                built,
                "{actor:?} sees something else of themselves"
            );
            assert_eq!(patch, patch::diff(&before, &built));
            assert!(
                patch.is_none() || touched.contains(actor),
                "{actor:?} was not named"
            );
        }
        // Clearing keeps what was noted of the floor; a new one knows nothing. Both must do.
        if self.now % 2 == 0 {
            self.dirty.clear();
        } else {
            self.dirty = Dirty::default();
        }
        self.nobody_sees_too_much();
        self.the_floor_keeps_what_it_promises();
    }

    fn nobody_sees_too_much(&self) {
        for ((audience, _, plain), (_, allowed)) in self.views.iter().zip(audiences()) {
            let outside = paths_outside(plain, allowed);
            assert!(outside.is_empty(), "{audience} holds {outside:?}");
        }
        let floor = self.views[0].2.to_string();
        let seats = self.meeting.seats.keys().map(ToString::to_string);
        let aliases: Vec<String> = (1..4).map(|n| alias(n).to_string()).collect();
        for id in seats
            .chain(aliases.iter().cloned())
            .chain(self.meeting.links.keys().map(ToString::to_string))
        {
            assert!(!floor.contains(&id), "{id} on the floor");
        }
        for (_, _, plain) in &self.views {
            let text = plain.to_string();
            assert!(!text.contains("null") && !aliases.iter().any(|alias| text.contains(alias)));
        }
        self.the_desk_sees_no_author_without_name();
        self.nobodys_own_document_names_another();
    }

    /// Nothing private, no votes while they are hidden, no tag that points at a person.
    fn the_floor_keeps_what_it_promises(&self) {
        let meeting = &self.meeting;
        for (id, shown) in self.views[0].2["questions"].as_object().unwrap() {
            let question = &meeting.questions[&QuestionId(id.parse().unwrap())];
            assert!(!question.care, "{id} is private");
            let hidden = meeting.agenda[&question.activity].questions.counts_hidden;
            assert_eq!(shown.get("votes").is_none(), hidden);
            assert!(!hidden || shown.get("hands").is_none());
            if let Some(tag) = shown.get("tag").and_then(Value::as_str) {
                let holds = |seat: &&crate::meeting::state::Seat| {
                    !seat.void && !seat.waiting && seat.tags.contains(tag)
                };
                assert!(
                    meeting.seats.values().filter(holds).count() >= 5,
                    "{tag} points at somebody"
                );
            }
        }
    }

    fn the_desk_sees_no_author_without_name(&self) {
        let authors = self.views[1].2["authors"].as_object().unwrap();
        for (id, author) in authors {
            let question = &self.meeting.questions[&QuestionId(id.parse().unwrap())];
            if author.get("seat").is_some() {
                assert!(question.named && matches!(question.author, Author::Seat(_)));
            }
        }
    }

    fn nobodys_own_document_names_another(&self) {
        for (actor, document) in &self.own {
            let plain = document.to_value();
            let outside = paths_outside(&plain, MINE);
            assert!(outside.is_empty(), "{actor:?} holds {outside:?}");
            let text = without_ballots_to_confirm(plain).to_string();
            for other in everyone() {
                let id = match other {
                    Actor::Seat(seat) => seat.to_string(),
                    Actor::Alias(alias) => alias.to_string(),
                    Actor::Server => continue,
                };
                assert!(!text.contains(&id));
            }
        }
    }

    /// From any revision to any later one.
    fn differences_lead_exactly(&self) {
        for (audience, documents, _) in &self.views {
            for (place, from) in documents.iter().enumerate() {
                let mut plain = from.to_value();
                // All pairs of a long run are many: each revision with the next few and with the last.
                for to in documents[place..].iter().take(6).chain(documents.last()) {
                    let mut now = plain.clone();
                    if let Some(patch) = difference(from, to) {
                        patch::merge(&mut now, &patch);
                    }
                    assert_eq!(now, to.to_value(), "{audience}");
                }
                plain.take();
            }
        }
    }
}

fn everyone() -> impl Iterator<Item = Actor> {
    let seats = (1..9).chain(20..24).map(|n| Actor::Seat(seat(n)));
    seats.chain((1..4).map(|n| Actor::Alias(alias(n))))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 160, ..ProptestConfig::default() })]
    #[test]
    fn every_view_follows_whatever_happens(steps in steps()) {
        let mut hall = Hall::new();
        for step in &steps {
            hall.step(step);
        }
        hall.tick();
        hall.differences_lead_exactly();
    }
}
