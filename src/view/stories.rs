//! What each audience sees, told on meetings made by hand.

use serde_json::{Value, json};

use crate::meeting::fact::{Author, Fact};
use crate::meeting::role::{Actor, Role};
use crate::meeting::state::{Meeting, QuestionState};

use super::sample::*;
use super::*;

const HALL: Presence = Presence { here: 3 };

fn sees(meeting: &Meeting, audience: &Audience) -> Value {
    build(meeting, &HALL, audience).to_value()
}

/// Changes the meeting by hand and says so with a fact; the refreshed document must be the built one.
fn follow(
    meeting: &mut Meeting,
    audience: &Audience,
    change: impl FnOnce(&mut Meeting) -> Fact,
) -> Option<Value> {
    let mut document = build(meeting, &HALL, audience);
    let mut plain = document.to_value();
    let fact = change(meeting);
    let mut dirty = Dirty::default();
    dirty.note(meeting, &fact);
    let patch = refresh(&mut document, meeting, &HALL, audience, &dirty);
    assert_eq!(document.to_value(), sees(meeting, audience));
    if let Some(patch) = &patch {
        patch::merge(&mut plain, patch);
    }
    assert_eq!(plain, document.to_value());
    patch
}

#[test]
fn the_floor_of_a_new_meeting_is_short() {
    assert_eq!(
        sees(&meeting(), &Audience::Floor),
        json!({
            "meeting": { "title": "Our park", "code": "473096", "state": "live", "language": "en" },
            "agenda": { activity(1).to_string(): { "kind": "questions", "title": "Questions", "state": "open", "rank": 1, "opened_at": 2 } },
            "questions": {}, "works": {}, "groups": {}, "reports": {}, "discussions": {}, "debates": {}, "here": 3, "asked": 0, "listed": 0, "merged": 0, "dismissed": 0,
        })
    );
}

#[test]
fn a_named_question_shows_the_name_and_never_the_seat() {
    let mut meeting = meeting();
    let leyla = sit(&mut meeting, 1, "Leyla", &[]);
    let id = ask(
        &mut meeting,
        1,
        Author::Seat(leyla),
        "Why is the gate shut?",
    );
    change(&mut meeting, id, |one| one.named = true);
    let floor = sees(&meeting, &Audience::Floor);
    assert_eq!(floor["questions"][id.to_string()]["author"], "Leyla");
    assert!(!floor.to_string().contains(&leyla.to_string()));
    let desk = sees(&meeting, &Audience::Desk);
    assert_eq!(desk["authors"][id.to_string()]["seat"], leyla.to_string());

    change(&mut meeting, id, |one| one.named = false);
    assert!(
        sees(&meeting, &Audience::Floor)["questions"][id.to_string()]
            .get("author")
            .is_none()
    );
    assert!(
        !sees(&meeting, &Audience::Desk)
            .to_string()
            .contains(&leyla.to_string())
    );
}

#[test]
fn a_tag_is_shown_once_five_seats_hold_it() {
    let mut meeting = meeting();
    for n in 1..=4 {
        sit(&mut meeting, n, "", &["teacher"]);
    }
    let id = ask(&mut meeting, 1, Author::Nobody, "Who pays?");
    change(&mut meeting, id, |one| one.as_tag = Some("teacher".into()));
    let tag = |meeting: &Meeting| {
        sees(meeting, &Audience::Floor)["questions"][id.to_string()]
            .get("tag")
            .cloned()
    };
    assert_eq!(tag(&meeting), None);
    let patch = follow(&mut meeting, &Audience::Floor, |meeting| {
        let seat = sit(meeting, 5, "", &["teacher"]);
        Fact::SeatIntroduced {
            seat,
            name: None,
            language: None,
            tags: Some(vec!["teacher".into()]),
            needs: None,
        }
    });
    assert_eq!(
        patch,
        Some(json!({"questions": {id.to_string(): {"tag": "teacher"}}}))
    );
    let patch = follow(&mut meeting, &Audience::Floor, |meeting| {
        meeting.seats.get_mut(&seat(5)).unwrap().void = true;
        Fact::SeatTurnedAway { seat: seat(5) }
    });
    assert_eq!(
        patch,
        Some(json!({"questions": {id.to_string(): {"tag": null}}}))
    );
}

#[test]
fn hidden_counts_are_on_the_desk_alone() {
    let mut meeting = meeting();
    let voter = sit(&mut meeting, 1, "", &[]);
    let id = ask(&mut meeting, 1, Author::Nobody, "Who pays?");
    change(&mut meeting, id, |one| one.hands = 2);
    meeting
        .agenda
        .get_mut(&activity(1))
        .unwrap()
        .questions
        .counts_hidden = true;
    let vote = |meeting: &mut Meeting| {
        change(meeting, id, |one| _ = one.voters.insert(voter));
        Fact::QuestionVoted {
            question: id,
            seat: voter,
            on: true,
        }
    };
    assert_eq!(follow(&mut meeting.clone(), &Audience::Floor, vote), None);
    assert_eq!(
        follow(&mut meeting, &Audience::Desk, vote),
        Some(json!({"votes": {id.to_string(): 3}}))
    );
    let reveal = |meeting: &mut Meeting| {
        meeting
            .agenda
            .get_mut(&activity(1))
            .unwrap()
            .questions
            .counts_hidden = false;
        Fact::QuestionsSet {
            activity: activity(1),
            review: None,
            votes: None,
            counts_hidden: Some(false),
            order: None,
            longest: None,
        }
    };
    let patch = follow(&mut meeting.clone(), &Audience::Floor, reveal).unwrap();
    assert_eq!(
        patch["questions"],
        json!({id.to_string(): {"votes": 3, "hands": 2}})
    );
    assert_eq!(
        follow(&mut meeting, &Audience::Desk, reveal),
        Some(json!({"votes": {id.to_string(): null}}))
    );
}

#[test]
fn a_merged_question_leaves_the_floor_and_its_voters_count_once() {
    let mut meeting = meeting();
    let (one, other) = (sit(&mut meeting, 1, "", &[]), sit(&mut meeting, 2, "", &[]));
    let into = ask(&mut meeting, 1, Author::Nobody, "Who pays?");
    let from = ask(&mut meeting, 2, Author::Nobody, "Who pays for it?");
    change(&mut meeting, into, |question| {
        question.voters = [one].into()
    });
    change(&mut meeting, from, |question| {
        question.voters = [one, other].into()
    });
    let merge = |meeting: &mut Meeting| {
        change(meeting, from, |question| {
            question.state = QuestionState::Merged(into)
        });
        change(meeting, into, |question| question.merged = [from].into());
        Fact::QuestionMerged { from, into }
    };
    let patch = follow(&mut meeting.clone(), &Audience::Floor, merge).unwrap();
    assert_eq!(
        patch["questions"],
        json!({from.to_string(): null, into.to_string(): {"votes": 2, "merged": 1}})
    );
    follow(&mut meeting, &Audience::Desk, merge);
    assert_eq!(
        mine(&meeting, Actor::Seat(other))["votes"],
        json!({into.to_string(): true}),
        "who wanted the one now wants the other"
    );
    let unmerge = |meeting: &mut Meeting| {
        change(meeting, from, |question| {
            question.state = QuestionState::Listed
        });
        change(meeting, into, |question| question.merged.clear());
        Fact::QuestionUnmerged { question: from }
    };
    follow(&mut meeting.clone(), &Audience::Desk, unmerge);
    let patch = follow(&mut meeting, &Audience::Floor, unmerge).unwrap();
    assert_eq!(
        patch["questions"][into.to_string()],
        json!({"votes": 1, "merged": null})
    );
}

#[test]
fn what_is_kept_private_is_on_the_desk_alone() {
    let mut meeting = meeting();
    let id = ask(&mut meeting, 1, Author::Nobody, "Something bad happened");
    meeting.stage.featured = Some(id);
    let keep = |meeting: &mut Meeting| {
        change(meeting, id, |one| one.care = true);
        Fact::QuestionKeptPrivate {
            question: id,
            on: true,
        }
    };
    let patch = follow(&mut meeting.clone(), &Audience::Floor, keep).unwrap();
    assert_eq!(
        patch,
        json!({"questions": {id.to_string(): null}, "meeting": {"featured": null}, "listed": 0})
    );
    follow(&mut meeting, &Audience::Desk, keep);
    assert_eq!(
        sees(&meeting, &Audience::Desk)["private"][id.to_string()]["state"],
        "listed"
    );
}

#[test]
fn the_fair_order_hears_everyone_once_before_anyone_twice() {
    let mut meeting = meeting();
    meeting
        .agenda
        .get_mut(&activity(1))
        .unwrap()
        .questions
        .order = crate::meeting::command::Order::Fair;
    let (often, once) = (sit(&mut meeting, 1, "", &[]), sit(&mut meeting, 2, "", &[]));
    let answered = ask(&mut meeting, 1, Author::Seat(often), "First?");
    let again = ask(&mut meeting, 2, Author::Seat(often), "Second?");
    let quiet = ask(&mut meeting, 3, Author::Seat(once), "May I?");
    change(&mut meeting, again, |one| one.voters = [often, once].into());
    let place = |meeting: &Meeting, id: crate::meeting::ids::QuestionId| {
        sees(meeting, &Audience::Floor)["questions"][id.to_string()]
            .get("fair")
            .and_then(Value::as_u64)
    };
    assert_eq!(
        [answered, again, quiet].map(|id| place(&meeting, id)),
        [Some(3), Some(1), Some(2)]
    );
    follow(&mut meeting, &Audience::Floor, |meeting| {
        change(meeting, answered, |one| one.state = QuestionState::Answered);
        Fact::QuestionAnswered {
            question: answered,
            text: String::new(),
            by: String::new(),
        }
    });
    assert_eq!(
        [answered, again, quiet].map(|id| place(&meeting, id)),
        [None, Some(2), Some(1)]
    );
}

#[test]
fn alike_questions_are_suggested_until_somebody_says_they_differ() {
    let mut meeting = meeting();
    let old = ask(
        &mut meeting,
        1,
        Author::Nobody,
        "when does the playground open again",
    );
    let mut desk = build(&meeting, &HALL, &Audience::Desk);
    let new = ask(
        &mut meeting,
        2,
        Author::Nobody,
        "when will the playground open again",
    );
    ask(&mut meeting, 3, Author::Nobody, "who cleans the toilets");
    let mut dirty = Dirty::default();
    for id in [2, 3] {
        let fact = Fact::QuestionListed {
            question: question(id),
        };
        dirty.note(&meeting, &fact);
    }
    refresh(&mut desk, &meeting, &HALL, &Audience::Desk, &dirty);
    let suggestions = desk.to_value()["suggestions"].clone();
    assert_eq!(
        suggestions,
        json!({format!("{new}:{old}"): {"from": new, "into": old, "likeness": 100}})
    );
    let patch = follow(&mut meeting, &Audience::Desk, |meeting| {
        meeting.apart.insert((old, new));
        Fact::QuestionsKeptApart {
            from: new,
            into: old,
        }
    });
    assert_eq!(
        patch,
        Some(json!({"suggestions": {format!("{new}:{old}"): null}}))
    );
}

#[test]
fn who_waits_to_be_let_in_reads_nothing_but_their_own() {
    let mut meeting = meeting();
    meeting.ask_first = true;
    let (chair, new) = (
        sit(&mut meeting, 1, "Aynur", &[]),
        sit(&mut meeting, 2, "", &[]),
    );
    meeting
        .seats
        .get_mut(&chair)
        .unwrap()
        .roles
        .insert((Role::Facilitator, None));
    meeting.seats.get_mut(&new).unwrap().waiting = true;
    let alias = Actor::Alias(uuid::Uuid::from_u128(9).into());
    for actor in [Actor::Seat(new), alias] {
        assert!(!Audience::Floor.readable_by(&meeting, actor));
    }
    for audience in [
        Audience::Floor,
        Audience::Desk,
        Audience::Care,
        Audience::Chair(activity(1)),
    ] {
        assert!(
            audience.readable_by(&meeting, Actor::Seat(chair)),
            "{audience}"
        );
    }
    assert!(!Audience::Concerns.readable_by(&meeting, Actor::Seat(chair)));
    assert_eq!(
        mine(&meeting, Actor::Seat(new))["seat"],
        json!({"waiting": true})
    );
    meeting.seats.get_mut(&new).unwrap().waiting = false;
    meeting.ask_first = false;
    assert!(
        Audience::Floor.readable_by(&meeting, Actor::Seat(new))
            && Audience::Floor.readable_by(&meeting, alias)
    );
    assert!(!Audience::Desk.readable_by(&meeting, Actor::Seat(new)));
}

#[test]
fn an_author_may_edit_until_somebody_wants_it() {
    let mut meeting = meeting();
    let (author, voter) = (sit(&mut meeting, 1, "", &[]), sit(&mut meeting, 2, "", &[]));
    let id = ask(&mut meeting, 1, Author::Seat(author), "Who pays?");
    let mut own = mine_document(&meeting, Actor::Seat(author));
    assert_eq!(
        own.to_value()["questions"][id.to_string()]["editable"],
        true
    );
    change(&mut meeting, id, |one| _ = one.voters.insert(voter));
    let mut dirty = Dirty::default();
    dirty.note(
        &meeting,
        &Fact::QuestionVoted {
            question: id,
            seat: voter,
            on: true,
        },
    );
    assert_eq!(
        dirty.people().collect::<Vec<_>>(),
        [Actor::Seat(author), Actor::Seat(voter)]
    );
    assert!(dirty.counts_only() && !dirty.is_empty());
    let patch = refresh_mine(&mut own, &meeting, Actor::Seat(author), &dirty);
    assert_eq!(
        patch,
        Some(json!({"questions": {id.to_string(): {"editable": null}}}))
    );
}

#[test]
fn two_documents_differ_by_an_exact_patch() {
    let mut meeting = meeting();
    let first = ask(&mut meeting, 1, Author::Nobody, "Who pays?");
    let before = build(&meeting, &HALL, &Audience::Floor);
    assert_eq!(difference(&before, &before.clone()), None);
    meeting.questions.remove(&first);
    let second = ask(&mut meeting, 2, Author::Nobody, "Since when?");
    let after = build(&meeting, &HALL, &Audience::Floor);
    let patch = difference(&before, &after).unwrap();
    let mut plain = before.to_value();
    patch::merge(&mut plain, &patch);
    assert_eq!(plain, after.to_value());
    assert_eq!(patch["questions"][first.to_string()], Value::Null);
    assert_eq!(
        patch["questions"][second.to_string()]["text"],
        "Since when?"
    );
    assert_eq!(serde_json::to_value(&after).unwrap(), after.to_value());
}
