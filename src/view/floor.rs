//! The floor: what everyone in the hall may see. No id of a person is ever written here; an author is a name
//! they chose to show, or a tag that enough others hold.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;
use ts_rs::TS;

use crate::meeting::command::{ActivityKind, Order, Wifi};
use crate::meeting::fact::{Act, Author};
use crate::meeting::ids::{ActivityId, GroupId, QuestionId, Timestamp};
use crate::meeting::state::{Activity, Meeting, Openness, Phase, Question, QuestionState};

use super::Presence;
use super::debate;
use super::dirty::Dirty;
use super::discussion;
use super::document::Pen;
use super::groups;
use super::scope::{self, Aids};
use super::tally;

/// The floor's document.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(optional_fields)]
pub struct Floor {
    pub meeting: FloorMeeting,
    pub agenda: BTreeMap<ActivityId, AgendaItem>,
    pub questions: BTreeMap<QuestionId, FloorQuestion>,
    /// Group work, by activity.
    pub works: BTreeMap<ActivityId, super::FloorWork>,
    /// Its tables: the first 120, or all where people choose.
    pub groups: BTreeMap<GroupId, super::FloorGroup>,
    /// What the group that reports has to show.
    pub reports: BTreeMap<GroupId, super::FloorReport>,
    pub discussions: BTreeMap<ActivityId, super::FloorDiscussion>,
    pub debates: BTreeMap<ActivityId, super::FloorDebate>,
    /// Seats with a socket or a request in the last 40 s.
    pub here: u32,
    /// The head count of the hall.
    pub heads: Option<u32>,
    /// Ever asked, withdrawn ones too.
    pub asked: u64,
    /// On the floor now.
    pub listed: u64,
    pub merged: u64,
    pub dismissed: u64,
}

/// The meeting as everyone sees it.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(rename = "Meeting", optional_fields)]
pub struct FloorMeeting {
    pub title: String,
    pub code: String,
    pub state: OpenState,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "Record<string, true>")]
    pub languages: Option<BTreeMap<String, bool>>,
    /// The tags the facilitator asks for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "Record<string, true>")]
    pub ask: Option<BTreeMap<String, bool>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minors: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ask_first: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stage: Option<ActivityId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hidden: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub joining: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub called_back: Option<bool>,
    /// The one question that has the floor.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub featured: Option<QuestionId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ends_at: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub planned: Option<Planned>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wifi: Option<Wifi>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<Contact>,
}

/// How far a meeting has come.
#[derive(Debug, Clone, Copy, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "MeetingState")]
pub enum OpenState {
    Prepared,
    Live,
    Ended,
}

/// An act that is still to come.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Planned {
    pub act: Act,
    pub at: Timestamp,
}

/// Whom *Something is wrong* reaches.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(rename = "ShownContact", optional_fields)]
pub struct Contact {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub numbers: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on_duty: Option<bool>,
}

/// One item of the agenda.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(rename = "Activity", optional_fields)]
pub struct AgendaItem {
    pub kind: ActivityKind,
    pub title: String,
    pub state: AgendaState,
    pub rank: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opened_at: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closed_at: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub review: Option<bool>,
    /// Only ever `false`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub votes: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub counts_hidden: Option<bool>,
    /// Absent: top.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order: Option<Order>,
    /// Graphemes; absent: 500.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub longest: Option<u16>,
}

/// How far an item has come.
#[derive(Debug, Clone, Copy, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AgendaState {
    Planned,
    Open,
    Closed,
}

/// A question as everyone sees it.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(rename = "Question", optional_fields)]
pub struct FloorQuestion {
    pub activity: ActivityId,
    pub text: String,
    pub state: FloorState,
    /// Distinct seats of itself and what was merged into it, plus hands; absent while counts are hidden.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub votes: Option<u64>,
    pub at: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rank: Option<u32>,
    /// Its place in the fair order, from 1; the first 60 have one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fair: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tag: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from_card: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "Record<string, true>")]
    pub tags: Option<BTreeMap<String, bool>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub translations: Option<BTreeMap<String, String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answered_by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answered_at: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replied: Option<bool>,
    /// How many were merged into it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub merged: Option<usize>,
    /// Of its votes, those by show of hands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hands: Option<u32>,
}

/// How far a question on the floor has come.
#[derive(Debug, Clone, Copy, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "QuestionState")]
pub enum FloorState {
    Listed,
    OnStage,
    Answered,
    Parked,
}

pub(super) fn build(pen: &mut Pen<'_>, meeting: &Meeting, presence: &Presence) {
    pen.aids().prepare(meeting);
    scope::moved(meeting, pen.aids(), &Dirty::default(), &Default::default());
    pen.one("meeting", meeting_entry(meeting));
    pen.whole("agenda", agenda(meeting));
    pen.begin("questions");
    for id in meeting.questions.keys() {
        write_question(pen, meeting, *id);
    }
    groups::build_floor(pen, meeting);
    discussion::build_floor(pen, meeting);
    debate::build_floor(pen, meeting);
    write_counters(pen, meeting);
    pen.one("here", Some(presence.here.into()));
}

pub(super) fn refresh(pen: &mut Pen<'_>, meeting: &Meeting, presence: &Presence, dirty: &Dirty) {
    let mut questions = scope::touched(meeting, pen.aids(), dirty);
    let moved = scope::moved(meeting, pen.aids(), dirty, &questions);
    questions.extend(moved);
    questions.extend(&dirty.tallies);
    for id in questions {
        write_question(pen, meeting, id);
    }
    if dirty.meeting {
        pen.one("meeting", meeting_entry(meeting));
    }
    if dirty.agenda {
        pen.whole("agenda", agenda(meeting));
    }
    groups::refresh_floor(pen, meeting, dirty);
    discussion::refresh_floor(pen, meeting, dirty);
    debate::refresh_floor(pen, meeting, dirty);
    if dirty.counters {
        write_counters(pen, meeting);
    }
    if dirty.presence {
        pen.one("here", Some(presence.here.into()));
    }
}

fn write_question(pen: &mut Pen<'_>, meeting: &Meeting, id: QuestionId) {
    let question = meeting
        .questions
        .get(&id)
        .filter(|question| tally::on_floor(question));
    let value = question.and_then(|one| json(question_entry(meeting, pen.aids(), id, one)));
    pen.entry("questions", &id.to_string(), value);
}

fn write_counters(pen: &mut Pen<'_>, meeting: &Meeting) {
    let (mut listed, mut merged, mut dismissed) = (0u64, 0u64, 0u64);
    for question in meeting.questions.values() {
        match question.state {
            QuestionState::Merged(_) => merged += 1,
            QuestionState::Dismissed => dismissed += 1,
            _ if tally::on_floor(question) => listed += 1,
            _ => {}
        }
    }
    pen.one("heads", meeting.heads.map(Value::from));
    pen.one("asked", Some(meeting.asked.into()));
    pen.one("listed", Some(listed.into()));
    pen.one("merged", Some(merged.into()));
    pen.one("dismissed", Some(dismissed.into()));
}

fn meeting_entry(meeting: &Meeting) -> Option<Value> {
    let stage = &meeting.stage;
    let featured = stage
        .featured
        .filter(|id| meeting.questions.get(id).is_some_and(tally::on_floor));
    let contact = &meeting.contact;
    json(FloorMeeting {
        title: meeting.title.clone(),
        code: meeting.code.clone(),
        state: match meeting.phase {
            Phase::Prepared => OpenState::Prepared,
            Phase::Live => OpenState::Live,
            Phase::Ended => OpenState::Ended,
        },
        language: said(&meeting.language),
        languages: set(&meeting.languages),
        ask: set(&meeting.ask),
        minors: meeting.minors.then_some(true),
        ask_first: meeting.ask_first.then_some(true),
        stage: stage.activity,
        hidden: stage.hidden.then_some(true),
        joining: stage.joining.then_some(true),
        called_back: stage.called_back.then_some(true),
        featured,
        ends_at: meeting.ends_at,
        planned: meeting.planned.clone().map(|(act, at)| Planned { act, at }),
        wifi: (!meeting.wifi.name.is_empty()).then(|| meeting.wifi.clone()),
        contact: (*contact != Default::default()).then(|| Contact {
            name: said(&contact.name),
            numbers: said(&contact.numbers),
            on_duty: contact.on_duty.then_some(true),
        }),
    })
}

fn agenda(meeting: &Meeting) -> BTreeMap<String, Value> {
    let items = meeting.agenda.iter();
    items
        .filter_map(|(id, item)| Some((id.to_string(), json(agenda_item(item))?)))
        .collect()
}

fn agenda_item(item: &Activity) -> AgendaItem {
    let settings = (item.kind == ActivityKind::Questions).then_some(&item.questions);
    AgendaItem {
        kind: item.kind,
        title: item.title.clone(),
        state: match item.openness {
            Openness::Planned => AgendaState::Planned,
            Openness::Open => AgendaState::Open,
            Openness::Closed => AgendaState::Closed,
        },
        rank: item.rank,
        minutes: (item.minutes > 0).then_some(item.minutes),
        opened_at: item.opened_at,
        closed_at: item.closed_at,
        review: settings.filter(|set| set.review).map(|_| true),
        votes: settings.filter(|set| !set.votes).map(|_| false),
        counts_hidden: settings.filter(|set| set.counts_hidden).map(|_| true),
        order: settings
            .map(|set| set.order)
            .filter(|order| *order != Order::Top),
        longest: settings
            .map(|set| set.longest)
            .filter(|longest| *longest != 500),
    }
}

fn question_entry(
    meeting: &Meeting,
    aids: &Aids,
    id: QuestionId,
    question: &Question,
) -> FloorQuestion {
    let counted = !tally::hidden(meeting, question.activity);
    FloorQuestion {
        activity: question.activity,
        text: question.text.clone(),
        state: match question.state {
            QuestionState::OnStage => FloorState::OnStage,
            QuestionState::Answered => FloorState::Answered,
            QuestionState::Parked => FloorState::Parked,
            _ => FloorState::Listed,
        },
        votes: counted.then(|| tally::votes(meeting, id, question)),
        at: question.at,
        rank: question.rank,
        fair: aids.place(question.activity, id),
        author: author(meeting, question),
        tag: shown_tag(aids, question),
        from_card: question.proxy.then_some(true),
        language: question.language.clone(),
        tags: set(&question.tags),
        translations: (!question.translations.is_empty()).then(|| question.translations.clone()),
        answer: said(&question.answer),
        answered_by: said(&question.answered_by),
        answered_at: question.answered_at,
        replied: question.reply,
        merged: (!question.merged.is_empty()).then(|| meeting.family(id).len() - 1),
        hands: counted
            .then(|| tally::hands(meeting, id, question))
            .filter(|hands| *hands > 0),
    }
}

/// The name its author chose to show.
pub(super) fn author(meeting: &Meeting, question: &Question) -> Option<String> {
    match question.author {
        Author::Seat(seat) if question.named => {
            meeting.seats.get(&seat).and_then(|seat| said(&seat.name))
        }
        _ => None,
    }
}

/// "A teacher", while enough others are.
pub(super) fn shown_tag(aids: &Aids, question: &Question) -> Option<String> {
    question
        .as_tag
        .clone()
        .filter(|tag| aids.shown_tags.contains(tag))
}

/// Empty is absent.
pub(super) fn said(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

/// A list as a map of `true`, for a patch cannot change a list; empty is absent.
pub(super) fn set<'a>(
    words: impl IntoIterator<Item = &'a String>,
) -> Option<BTreeMap<String, bool>> {
    let words: BTreeMap<_, _> = words.into_iter().map(|word| (word.clone(), true)).collect();
    (!words.is_empty()).then_some(words)
}

/// As JSON without a null in it, for null in a patch means absent.
pub(super) fn json(value: impl Serialize) -> Option<Value> {
    let mut value = serde_json::to_value(value).ok()?;
    strip(&mut value);
    Some(value)
}

fn strip(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.retain(|_, member| !member.is_null());
            members.values_mut().for_each(strip);
        }
        Value::Array(items) => items.iter_mut().for_each(strip),
        _ => {}
    }
}
