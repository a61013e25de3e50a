//! What holds whatever people do, in any order: nothing panics, deciding changes nothing, the journal is the state,
//! a repeat is no second deed, and what is anonymous stays so.

use std::collections::BTreeSet;

use proptest::prelude::*;
use uuid::Uuid;

use super::command::{Command, DiscussionCommand};
use super::decide;
use super::dice::Dice;
use super::discussion::state::Course;
use super::fact::{Entry, Fact, Stamp};
use super::hall::{Hall, q};
use super::ids::{DeviceId, MeetingId, Timestamp};
use super::role::{Actor, Role};
use super::state::{Meeting, QuestionState};
use super::wish::{Context, Wish};

const STEP: usize = 24;

/// Steps of one run: each a handful of bytes for the dice.
fn steps() -> impl Strategy<Value = Vec<[u8; STEP]>> {
    prop::collection::vec(any::<[u8; STEP]>(), 1..60)
}

/// Plays the steps in a hall and looks at each one.
fn play(
    steps: &[[u8; STEP]],
    mut look: impl FnMut(&Meeting, &Meeting, Actor, &Command, &[Fact]),
) -> Hall {
    let mut hall = Hall::discussing();
    for bytes in steps {
        let mut dice = Dice::of(bytes);
        let pause = dice.pause();
        hall.pass(pause);
        if hall
            .meeting
            .next_deadline()
            .is_some_and(|at| at <= hall.now)
        {
            hall.deadline();
        }
        if let Some((actor, wish)) = dice.wish(hall.now) {
            let _ = hall.wish(actor, &wish);
        }
        let (actor, command) = (dice.actor(), dice.command());
        let before = hall.meeting.clone();
        if let Ok(facts) = hall.send(actor, command.clone()) {
            look(&before, &hall.meeting, actor, &command, &facts);
        }
    }
    hall
}

/// These mean "whatever is there now", so a second one may mean something else.
fn means_what_is_there(command: &Command) -> bool {
    use DiscussionCommand as D;
    matches!(
        command,
        Command::TakeBack {}
            | Command::TakeDown {}
            | Command::Discussion(
                D::Call { hand: None, .. } | D::EndSpeech { .. } | D::AddSpeechTime { .. }
            )
    )
}

proptest! {
    #[test]
    fn deciding_changes_nothing_and_says_the_same_twice(steps in steps()) {
        play(&steps, |before, _, actor, command, facts| {
            let ctx = Context { now: before.last, actor, entropy: 7 };
            let untouched = before.clone();
            let once = decide(before, &Wish::Command(command.clone()), &ctx);
            assert_eq!(once, decide(before, &Wish::Command(command.clone()), &ctx));
            assert_eq!(before, &untouched);
            let _ = facts;
        });
    }

    #[test]
    fn a_command_that_was_applied_changes_nothing_when_it_comes_again(steps in steps()) {
        play(&steps, |_, after, actor, command, facts| {
            if !facts.is_empty() && !means_what_is_there(command) {
                let ctx = Context { now: after.last, actor, entropy: 7 };
                let again = decide(after, &Wish::Command(command.clone()), &ctx);
                assert!(again.as_ref().map_or(true, Vec::is_empty), "{command:?} again: {again:?}");
            }
        });
    }

    #[test]
    fn the_journal_is_the_state(steps in steps()) {
        let hall = play(&steps, |_, _, _, _, _| {});
        let mut again = Meeting::new(MeetingId(Uuid::from_u128(1)));
        for (stamp, bytes) in &hall.journal {
            again.apply(stamp, &Entry::decode(bytes).unwrap());
        }
        prop_assert_eq!(again, hall.meeting);
    }

    #[test]
    fn an_anonymous_question_s_facts_hold_no_seat(steps in steps()) {
        play(&steps, |before, _, actor, command, facts| {
            let Command::Ask { anonymous, .. } = command else { return };
            if matches!(actor, Actor::Seat(_)) && *anonymous != Some(true) {
                return;
            }
            let stored = serde_json::to_string(facts).unwrap();
            for seat in before.seats.keys() {
                assert!(!stored.contains(&seat.to_string()), "{stored}");
            }
        });
    }

    #[test]
    fn somebody_always_leads(steps in steps()) {
        play(&steps, |_, after, _, command, _| {
            let leads = |seat: &super::state::Seat| !seat.void && !seat.waiting && seat.role_set().contains(&Role::Facilitator);
            assert!(after.seats.values().any(leads), "{command:?}");
        });
    }

    #[test]
    fn the_state_hangs_together(steps in steps()) {
        let hall = play(&steps, |_, after, _, command, _| hangs_together(after, command));
        let asked = hall.journal.iter().flat_map(|(_, bytes)| Entry::decode(bytes).unwrap().facts)
            .filter(|fact| matches!(fact, Fact::QuestionAsked { .. })).count();
        prop_assert_eq!(u64::try_from(asked).unwrap(), hall.meeting.asked);
        prop_assert_eq!(asked, hall.meeting.questions.len());
    }

    #[test]
    fn a_merge_undone_leaves_everything_as_it_was(steps in steps()) {
        let mut hall = play(&steps, |_, _, _, _, _| {});
        hall.meeting.last = hall.now;
        for (from, into) in (0..6).flat_map(|from| (0..6).map(move |into| (from, into))) {
            let before = hall.meeting.clone();
            let merge = Wish::Command(Command::Merge { from: q(from), into: q(into) });
            if hall.wish(Actor::Server, &merge).is_ok_and(|facts| !facts.is_empty()) {
                hall.wish(Actor::Server, &Wish::Command(Command::Unmerge { question: q(from) })).unwrap();
                prop_assert_eq!(&hall.meeting, &before);
            }
        }
    }

    #[test]
    fn whatever_the_journal_says_applying_it_does_not_panic(
        facts in prop::collection::vec(any::<[u8; STEP]>(), 1..200),
        steps in prop::collection::vec(any::<[u8; STEP]>(), 1..30),
        at in any::<i64>(),
    ) {
        let mut meeting = Meeting::new(MeetingId(Uuid::from_u128(1)));
        for (n, bytes) in facts.iter().enumerate() {
            let stamp = Stamp { at: Timestamp(at), number: Some((DeviceId(Uuid::nil()), u64::try_from(n).unwrap())) };
            meeting.apply(&stamp, &Entry { hash: Some(1), facts: vec![Dice::of(bytes).fact()] });
        }
        // And the walks over merges end, and no wish panics on what came of it.
        for n in 0..6 {
            let _ = (meeting.votes(q(n)), meeting.root(q(n)), meeting.family(q(n)));
        }
        for bytes in &steps {
            let mut dice = Dice::of(bytes);
            let (actor, command) = (dice.actor(), dice.command());
            for actor in [actor, Actor::Server] {
                let ctx = Context { now: Timestamp(at), actor, entropy: 7 };
                let _ = decide(&meeting, &Wish::Command(command.clone()), &ctx);
                let _ = decide(&meeting, &Wish::Deadline, &ctx);
            }
        }
    }

    #[test]
    fn facts_come_back_as_they_were_written(bytes in any::<[u8; STEP]>(), hash in any::<Option<u64>>()) {
        let entry = Entry { hash, facts: vec![Dice::of(&bytes).fact()] };
        prop_assert_eq!(Entry::decode(&entry.encode()).unwrap(), entry);
    }

    #[test]
    fn bytes_from_nowhere_are_an_error_or_an_entry(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
        let _ = Entry::decode(&bytes);
    }
}

/// At most one speaks, a clock runs for them alone, and only hands that wait have a place.
fn speaks_in_turn(meeting: &Meeting, after: &Command) {
    for discussion in meeting.discussions.values() {
        let hands = discussion.hands.values();
        let speaking = hands.clone().filter(|hand| hand.course == Course::Speaking);
        assert!(speaking.count() <= 1, "{after:?}: one speaks");
        for hand in hands {
            let speaks = hand.course == Course::Speaking;
            assert_eq!(hand.watch.runs(), speaks, "{after:?}: {hand:?}");
            assert!(hand.watch.spent_ms >= 0, "{after:?}: {hand:?}");
        }
        let waits = |number: &u32| discussion.hands[number].waits();
        assert!(discussion.placed.iter().all(waits), "{after:?}");
    }
}

fn hangs_together(meeting: &Meeting, after: &Command) {
    speaks_in_turn(meeting, after);
    let on_stage: Vec<_> = meeting
        .questions
        .iter()
        .filter(|(_, question)| question.state == QuestionState::OnStage)
        .map(|(id, _)| *id)
        .collect();
    assert_eq!(
        on_stage,
        Vec::from_iter(meeting.stage.featured),
        "{after:?}: one question has the floor"
    );
    for (id, question) in &meeting.questions {
        let waits = question.state == QuestionState::Waiting
            || question.before_merge.as_deref() == Some(&QuestionState::Waiting);
        assert_eq!(
            question.held.is_some(),
            waits,
            "{after:?}: what waits says why"
        );
        assert_eq!(
            question.before_merge.is_some(),
            matches!(question.state, QuestionState::Merged(_)),
            "{after:?}"
        );
        let children: BTreeSet<_> = meeting
            .questions
            .iter()
            .filter(|(_, child)| child.state == QuestionState::Merged(*id))
            .map(|(child, _)| *child)
            .collect();
        assert_eq!(
            question.merged, children,
            "{after:?}: both ends of a merge agree"
        );
        assert!(
            !matches!(
                meeting.questions[&meeting.root(*id)].state,
                QuestionState::Merged(_)
            ),
            "{after:?}: every merge ends"
        );
    }
    assert!(
        meeting
            .stage
            .activity
            .is_none_or(|activity| meeting.agenda.contains_key(&activity)),
        "{after:?}"
    );
}
