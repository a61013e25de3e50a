//! The desk: what facilitators and moderators see beyond the floor. Who wrote without a name stays unknown here too;
//! their writing can be held by the question alone.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::Value;
use ts_rs::TS;

use crate::meeting::fact::{Act, Author, Held};
use crate::meeting::ids::{
    ActivityId, GroupId, LetterId, LinkId, QuestionId, SeatId, TeamId, Timestamp,
};
use crate::meeting::role::Role;
use crate::meeting::state::{Meeting, Question, QuestionState, Seat};

use super::debate;
use super::dirty::{Dirty, gone};
use super::document::Pen;
use super::floor::{author, json, said, set, shown_tag};
use super::groups;
use super::likes::Pair;
use super::scope::{self, Aids};
use super::tally;

/// The desk's document. Every map is there, if only as an empty one.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(optional_fields)]
pub struct Desk {
    pub waiting: BTreeMap<QuestionId, WaitingQuestion>,
    pub dismissed: BTreeMap<QuestionId, DismissedQuestion>,
    /// Kept private.
    pub private: BTreeMap<QuestionId, PrivateQuestion>,
    pub merged: BTreeMap<QuestionId, MergedQuestion>,
    /// Of questions on the floor.
    pub authors: BTreeMap<QuestionId, AuthorHeld>,
    /// Votes of questions on the floor, while counts are hidden there.
    pub votes: BTreeMap<QuestionId, u64>,
    /// By `from:into`.
    pub suggestions: BTreeMap<String, Suggestion>,
    /// Seats that matter now: with a role, waiting to be let in, held, or without a phone.
    pub seats: BTreeMap<SeatId, DeskSeat>,
    pub links: BTreeMap<LinkId, DeskLink>,
    /// Group work, by activity.
    pub works: BTreeMap<ActivityId, super::DeskWork>,
    pub groups: BTreeMap<GroupId, super::DeskGroup>,
    /// The board of all debates.
    pub debates: BTreeMap<ActivityId, super::BoardDebate>,
    pub teams: BTreeMap<TeamId, super::DeskTeam>,
    pub letters: BTreeMap<LetterId, super::DeskLetter>,
    pub counts: DeskCounts,
    pub take_back: Option<TakeBack>,
    #[ts(optional, type = "Record<string, true>")]
    pub held_words: Option<BTreeMap<String, bool>>,
}

/// A question that nobody else sees yet.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(rename = "Waiting", optional_fields)]
pub struct WaitingQuestion {
    pub activity: ActivityId,
    pub text: String,
    pub at: Timestamp,
    /// Why it waits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub held: Option<Held>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tag: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub anonymous: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub muted: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from_card: Option<bool>,
}

/// A question that is not shown, with what its author was told.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(rename = "Dismissed")]
pub struct DismissedQuestion {
    pub activity: ActivityId,
    pub text: String,
    pub at: Timestamp,
    pub reason: String,
}

/// A question that is kept out of floor, stage and report.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(rename = "Private")]
pub struct PrivateQuestion {
    pub activity: ActivityId,
    pub text: String,
    pub at: Timestamp,
    pub state: PrivateState,
}

/// Where a private question stands, and would stand again.
#[derive(Debug, Clone, Copy, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PrivateState {
    Waiting,
    Listed,
    OnStage,
    Answered,
    Parked,
    Dismissed,
    Merged,
}

/// A question that became part of another.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(rename = "Merged")]
pub struct MergedQuestion {
    pub text: String,
    pub into: QuestionId,
}

/// What the desk may do about an author.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(optional_fields)]
pub struct AuthorHeld {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub muted: Option<bool>,
    /// Only when asked with name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seat: Option<SeatId>,
}

/// "Same question?"
#[derive(Debug, Clone, Serialize, TS)]
pub struct Suggestion {
    pub from: QuestionId,
    pub into: QuestionId,
    /// 1–100.
    pub likeness: u8,
}

/// A seat that matters now.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(optional_fields)]
pub struct DeskSeat {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "Partial<Record<Role, true>>")]
    pub roles: Option<BTreeMap<Role, bool>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proxy: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub muted: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waiting: Option<bool>,
}

/// A link that was handed out. Its secret is stored nowhere.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(optional_fields)]
pub struct DeskLink {
    pub role: Role,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revoked: Option<bool>,
}

/// How many.
#[derive(Debug, Clone, Serialize, TS)]
pub struct DeskCounts {
    /// Seats with a phone that were let in.
    pub seats: usize,
    pub proxies: usize,
    /// Questions that wait.
    pub waiting: usize,
    /// Questions kept private.
    pub private: usize,
    pub concerns_open: usize,
}

/// What can be taken back, until when.
#[derive(Debug, Clone, Serialize, TS)]
pub struct TakeBack {
    pub act: Act,
    pub until: Timestamp,
}

pub(super) fn build(pen: &mut Pen<'_>, meeting: &Meeting) {
    pen.aids().prepare(meeting);
    for part in [
        "waiting",
        "dismissed",
        "private",
        "merged",
        "authors",
        "votes",
        "seats",
    ] {
        pen.begin(part);
    }
    for id in meeting.questions.keys() {
        write_question(pen, meeting, *id);
        write_votes(pen, meeting, *id);
    }
    for id in meeting.seats.keys() {
        write_seat(pen, meeting, *id);
    }
    let best = pen.aids().likes.built(meeting);
    write_suggestions(pen, best);
    pen.whole("links", links(meeting));
    groups::build_desk(pen, meeting);
    debate::build_desk(pen, meeting);
    write_meeting(pen, meeting);
    pen.one("counts", counts(meeting));
}

pub(super) fn refresh(pen: &mut Pen<'_>, meeting: &Meeting, dirty: &Dirty) {
    let questions = scope::touched(meeting, pen.aids(), dirty);
    for id in &questions {
        write_question(pen, meeting, *id);
    }
    for id in questions.union(&dirty.tallies) {
        write_votes(pen, meeting, *id);
    }
    let compared: BTreeSet<_> = questions.union(&dirty.apart).copied().collect();
    if !compared.is_empty() {
        let best = pen.aids().likes.refreshed(meeting, &compared);
        write_suggestions(pen, best);
    }
    if dirty.every_seat {
        meeting
            .seats
            .keys()
            .for_each(|id| write_seat(pen, meeting, *id));
    } else {
        dirty
            .seats
            .iter()
            .for_each(|id| write_seat(pen, meeting, *id));
    }
    groups::refresh_desk(pen, meeting, dirty);
    debate::refresh_desk(pen, meeting, dirty);
    if dirty.links {
        pen.whole("links", links(meeting));
    }
    if dirty.meeting {
        write_meeting(pen, meeting);
    }
    if dirty.counters || dirty.every_seat || !dirty.seats.is_empty() || !dirty.concerns.is_empty() {
        pen.one("counts", counts(meeting));
    }
}

fn write_question(pen: &mut Pen<'_>, meeting: &Meeting, id: QuestionId) {
    let key = id.to_string();
    let question = meeting
        .questions
        .get(&id)
        .filter(|question| !gone(question));
    let open = question.filter(|question| !question.care);
    let in_state = |state: QuestionState| open.filter(|question| question.state == state);

    let waiting =
        in_state(QuestionState::Waiting).and_then(|one| json(waiting(meeting, pen.aids(), one)));
    pen.entry("waiting", &key, waiting);
    let dismissed = in_state(QuestionState::Dismissed).and_then(|one| {
        json(DismissedQuestion {
            activity: one.activity,
            text: one.text.clone(),
            at: one.at,
            reason: one.reason.clone(),
        })
    });
    pen.entry("dismissed", &key, dismissed);
    let merged = open.and_then(|one| match one.state {
        QuestionState::Merged(_) => json(MergedQuestion {
            text: one.text.clone(),
            into: meeting.root(id),
        }),
        _ => None,
    });
    pen.entry("merged", &key, merged);
    let private = question.filter(|question| question.care).and_then(private);
    pen.entry("private", &key, private);
    let authors = open
        .filter(|question| tally::on_floor(question))
        .and_then(|one| held(meeting, one));
    pen.entry("authors", &key, authors);
}

fn waiting(meeting: &Meeting, aids: &Aids, question: &Question) -> WaitingQuestion {
    WaitingQuestion {
        activity: question.activity,
        text: question.text.clone(),
        at: question.at,
        held: question.held,
        author: author(meeting, question),
        tag: shown_tag(aids, question),
        anonymous: (!question.named).then_some(true),
        language: question.language.clone(),
        muted: meeting.muted.contains(&question.author).then_some(true),
        from_card: question.proxy.then_some(true),
    }
}

fn private(question: &Question) -> Option<Value> {
    let state = match question.state {
        QuestionState::Waiting => PrivateState::Waiting,
        QuestionState::Listed => PrivateState::Listed,
        QuestionState::OnStage => PrivateState::OnStage,
        QuestionState::Answered => PrivateState::Answered,
        QuestionState::Parked => PrivateState::Parked,
        QuestionState::Dismissed => PrivateState::Dismissed,
        QuestionState::Merged(_) => PrivateState::Merged,
        QuestionState::Withdrawn => return None,
    };
    json(PrivateQuestion {
        activity: question.activity,
        text: question.text.clone(),
        at: question.at,
        state,
    })
}

fn held(meeting: &Meeting, question: &Question) -> Option<Value> {
    let muted = meeting.muted.contains(&question.author);
    let seat = match question.author {
        Author::Seat(seat) if question.named => Some(seat),
        _ => None,
    };
    if !muted && seat.is_none() {
        return None;
    }
    json(AuthorHeld {
        muted: muted.then_some(true),
        seat,
    })
}

fn write_votes(pen: &mut Pen<'_>, meeting: &Meeting, id: QuestionId) {
    let question = meeting.questions.get(&id);
    let counted =
        question.filter(|one| tally::on_floor(one) && tally::hidden(meeting, one.activity));
    pen.entry(
        "votes",
        &id.to_string(),
        counted.map(|one| tally::votes(meeting, id, one).into()),
    );
}

fn write_suggestions(pen: &mut Pen<'_>, best: Vec<Pair>) {
    let entries = best.into_iter().filter_map(|pair| {
        let value = json(Suggestion {
            from: pair.from,
            into: pair.into,
            likeness: pair.likeness(),
        })?;
        Some((format!("{}:{}", pair.from, pair.into), value))
    });
    pen.whole("suggestions", entries.collect());
}

fn write_seat(pen: &mut Pen<'_>, meeting: &Meeting, id: SeatId) {
    let seat = meeting.seats.get(&id).filter(|seat| !seat.void);
    let value = seat.and_then(|seat| desk_seat(meeting, id, seat));
    pen.entry("seats", &id.to_string(), value);
}

fn desk_seat(meeting: &Meeting, id: SeatId, seat: &Seat) -> Option<Value> {
    let muted = meeting.muted.contains(&Author::Seat(id));
    let roles: BTreeMap<Role, bool> = seat.roles.iter().map(|(role, _)| (*role, true)).collect();
    if roles.is_empty() && !muted && !seat.proxy && !seat.waiting {
        return None;
    }
    json(DeskSeat {
        name: said(&seat.name),
        roles: (!roles.is_empty()).then_some(roles),
        proxy: seat.proxy.then_some(true),
        muted: muted.then_some(true),
        waiting: seat.waiting.then_some(true),
    })
}

fn links(meeting: &Meeting) -> BTreeMap<String, Value> {
    let links = meeting.links.iter().filter_map(|(id, link)| {
        let value = json(DeskLink {
            role: link.role,
            label: said(&link.label),
            revoked: link.revoked.then_some(true),
        })?;
        Some((id.to_string(), value))
    });
    links.collect()
}

fn write_meeting(pen: &mut Pen<'_>, meeting: &Meeting) {
    let offered = meeting.to_take_back().and_then(|(act, until)| {
        let act = act.clone();
        json(TakeBack { act, until })
    });
    pen.one("take_back", offered);
    pen.one("held_words", set(&meeting.held_words).and_then(json));
}

fn counts(meeting: &Meeting) -> Option<Value> {
    let seated = || meeting.seats.values().filter(|seat| tally::seated(seat));
    let questions = || {
        meeting
            .questions
            .values()
            .filter(|question| !gone(question))
    };
    json(DeskCounts {
        seats: seated().filter(|seat| !seat.proxy).count(),
        proxies: seated().filter(|seat| seat.proxy).count(),
        waiting: questions()
            .filter(|one| !one.care && one.state == QuestionState::Waiting)
            .count(),
        private: questions().filter(|one| one.care).count(),
        concerns_open: meeting
            .concerns
            .values()
            .filter(|concern| concern.done.is_empty())
            .count(),
    })
}
