//! What one seat, or one alias, sees of itself. Nothing here joins the two: an alias has its own document and no seat.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::Value;
use ts_rs::TS;

use crate::meeting::ids::{ActivityId, CardId, QuestionId, Timestamp};
use crate::meeting::role::{Actor, Role};
use crate::meeting::state::{Meeting, Question, QuestionState, Seat};

use super::debate;
use super::dirty::{Dirty, actor_of};
use super::discussion;
use super::document::{Document, Pen, difference};
use super::floor::{json, said, set};
use super::groups::{self, MyGroup};
use super::tally;

/// A person's own document.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(optional_fields)]
pub struct Mine {
    /// Absent for an alias.
    pub seat: Option<MySeat>,
    /// The questions on the floor that this seat wants, also through what was merged into them.
    #[ts(type = "Record<string, true>")]
    pub votes: BTreeMap<QuestionId, bool>,
    pub questions: BTreeMap<QuestionId, MyQuestion>,
    /// Where this seat sits, by activity.
    pub groups: BTreeMap<ActivityId, MyGroup>,
    /// Its dots on cards of its groups.
    pub dots: BTreeMap<CardId, u8>,
    /// Its hands.
    pub discussions: BTreeMap<ActivityId, super::MyDiscussion>,
    /// Its part in debates; an alias's votes.
    pub debates: BTreeMap<ActivityId, super::MyDebate>,
}

/// What a person said of themselves, and what they are here.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(optional_fields)]
pub struct MySeat {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "Record<string, true>")]
    pub tags: Option<BTreeMap<String, bool>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub needs: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "Partial<Record<Role, true>>")]
    pub roles: Option<BTreeMap<Role, bool>>,
    /// Waits to be let in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waiting: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proxy: Option<bool>,
}

/// A question of one's own and its fate. That its author is held is told to nobody.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(optional_fields)]
pub struct MyQuestion {
    pub activity: ActivityId,
    pub text: String,
    pub state: MyState,
    pub at: Timestamp,
    /// Why it is not shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What it became part of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub into: Option<QuestionId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answered_by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replied: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub editable: Option<bool>,
}

/// How far one's own question has come; a withdrawn one is no longer there.
#[derive(Debug, Clone, Copy, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MyState {
    Waiting,
    Listed,
    OnStage,
    Answered,
    Parked,
    Dismissed,
    Merged,
}

/// What `actor` sees of themselves, as plain JSON.
#[must_use]
pub fn mine(meeting: &Meeting, actor: Actor) -> Value {
    mine_document(meeting, actor).to_value()
}

/// What `actor` sees of themselves.
#[must_use]
pub fn mine_document(meeting: &Meeting, actor: Actor) -> Document {
    let mut document = Document::default();
    let mut pen = Pen::building(&mut document);
    if let Some(actor) = present(meeting, actor) {
        pen.one("seat", seat_entry(meeting, actor));
        for part in [
            "votes",
            "questions",
            "groups",
            "dots",
            "discussions",
            "debates",
        ] {
            pen.begin(part);
        }
        if let Actor::Seat(seat) = actor {
            discussion::write_mine(&mut pen, meeting, seat);
            let (groups, dots) = groups::mine(meeting, seat);
            for (activity, group) in groups {
                pen.entry("groups", &activity.to_string(), json(group));
            }
            for (card, given) in dots {
                pen.entry("dots", &card.to_string(), Some(given.into()));
            }
        }
        for (activity, part) in debate::mine(meeting, actor) {
            pen.entry("debates", &activity.to_string(), part);
        }
        for id in meeting.questions.keys() {
            let (voted, own) = of_question(meeting, actor, *id);
            if voted.is_some() || own.is_some() {
                let key = id.to_string();
                pen.entry("votes", &key, voted);
                pen.entry("questions", &key, own);
            }
        }
    }
    document
}

/// Brings `document` up to date; the merge patch, or `None` when nothing changed.
pub fn refresh_mine(
    document: &mut Document,
    meeting: &Meeting,
    actor: Actor,
    dirty: &Dirty,
) -> Option<Value> {
    let touch = dirty.touch_of(actor)?;
    if touch.whole || touch.seat {
        let now = mine_document(meeting, actor);
        let patch = difference(document, &now);
        *document = now;
        return patch;
    }
    let actor = present(meeting, actor)?;
    let mut pen = Pen::following(document);
    write_questions(&mut pen, meeting, actor, &touch.questions);
    if let (true, Actor::Seat(seat)) = (touch.hands, actor) {
        discussion::write_mine(&mut pen, meeting, seat);
    }
    pen.done()
}

/// A seat that was sent away sees nothing any more.
fn present(meeting: &Meeting, actor: Actor) -> Option<Actor> {
    match actor {
        Actor::Seat(id) => meeting
            .seats
            .get(&id)
            .is_some_and(|seat| !seat.void)
            .then_some(actor),
        Actor::Alias(_) => Some(actor),
        Actor::Server => None,
    }
}

fn write_questions(pen: &mut Pen<'_>, meeting: &Meeting, actor: Actor, ids: &BTreeSet<QuestionId>) {
    for id in ids {
        let (voted, own) = of_question(meeting, actor, *id);
        let key = id.to_string();
        pen.entry("votes", &key, voted);
        pen.entry("questions", &key, own);
    }
}

/// What the actor sees of one question: that they want it, and that it is theirs.
fn of_question(meeting: &Meeting, actor: Actor, id: QuestionId) -> (Option<Value>, Option<Value>) {
    let Some(question) = meeting.questions.get(&id) else {
        return (None, None);
    };
    let voted = tally::on_floor(question) && wants(meeting, actor, id, question);
    let own = if actor_of(question) == Some(actor) {
        own_entry(meeting, id, question)
    } else {
        None
    };
    (voted.then_some(true.into()), own)
}

fn wants(meeting: &Meeting, actor: Actor, id: QuestionId, question: &Question) -> bool {
    let Actor::Seat(seat) = actor else {
        return false;
    };
    if question.merged.is_empty() {
        return question.voters.contains(&seat);
    }
    let family = meeting.family(id);
    family
        .iter()
        .filter_map(|id| meeting.questions.get(id))
        .any(|one| one.voters.contains(&seat))
}

fn seat_entry(meeting: &Meeting, actor: Actor) -> Option<Value> {
    let Actor::Seat(id) = actor else { return None };
    meeting.seats.get(&id).and_then(|seat| json(my_seat(seat)))
}

fn my_seat(seat: &Seat) -> MySeat {
    let roles: BTreeMap<Role, bool> = seat.roles.iter().map(|(role, _)| (*role, true)).collect();
    MySeat {
        name: said(&seat.name),
        language: said(&seat.language),
        tags: set(&seat.tags),
        needs: said(&seat.needs),
        roles: (!roles.is_empty()).then_some(roles),
        waiting: seat.waiting.then_some(true),
        proxy: seat.proxy.then_some(true),
    }
}

fn own_entry(meeting: &Meeting, id: QuestionId, question: &Question) -> Option<Value> {
    let (state, into) = match question.state {
        QuestionState::Waiting => (MyState::Waiting, None),
        QuestionState::Listed => (MyState::Listed, None),
        QuestionState::OnStage => (MyState::OnStage, None),
        QuestionState::Answered => (MyState::Answered, None),
        QuestionState::Parked => (MyState::Parked, None),
        QuestionState::Dismissed => (MyState::Dismissed, None),
        QuestionState::Merged(_) => (MyState::Merged, Some(meeting.root(id))),
        QuestionState::Withdrawn => return None,
    };
    json(MyQuestion {
        activity: question.activity,
        text: question.text.clone(),
        state,
        at: question.at,
        reason: said(&question.reason).filter(|_| question.state == QuestionState::Dismissed),
        into,
        answer: said(&question.answer),
        answered_by: said(&question.answered_by),
        replied: question.reply,
        editable: editable(meeting, id, question).then_some(true),
    })
}

/// While it waits, or is listed and nobody wants it yet.
fn editable(meeting: &Meeting, id: QuestionId, question: &Question) -> bool {
    match question.state {
        QuestionState::Waiting => true,
        QuestionState::Listed => tally::votes(meeting, id, question) == 0,
        _ => false,
    }
}
