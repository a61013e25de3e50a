//! A discussion as it goes in a hall: hands, calls, interruptions, a closed list, fairness, extra time, one queue.

use proptest::prelude::*;

use super::order::{self, Reason};
use super::queue::{self, Turn};
use super::state::{Course, Discussion, Hand};
use super::time;
use crate::meeting::command::{
    ActivityKind, Command, DiscussionCommand as C, HandKind, LineOrder, Stance,
};
use crate::meeting::hall::{DISCUSSION, Hall, QUESTIONS, asking, person, q, seat};
use crate::meeting::ids::{ActivityId, Timestamp};
use crate::meeting::refusal::Code;
use crate::meeting::role::{Actor, Role};
use crate::meeting::state::QuestionState;

fn send(hall: &mut Hall, actor: Actor, command: C) -> Result<usize, Code> {
    let facts = hall.send(actor, Command::Discussion(command));
    facts.map(|facts| facts.len())
}

/// The chair's command, which must be granted.
fn chair(hall: &mut Hall, command: C) -> usize {
    hall.lead(Command::Discussion(command)).len()
}

fn raising(kind: HandKind, about: Option<&str>, stance: Option<Stance>) -> C {
    C::Raise {
        activity: DISCUSSION,
        kind: Some(kind),
        about: about.map(str::to_owned),
        stance,
    }
}

fn raise(hall: &mut Hall, n: u128) {
    send(hall, person(n), raising(HandKind::Ordinary, None, None)).unwrap();
}

fn call(hall: &mut Hall, hand: Option<u32>) -> Result<usize, Code> {
    let lead = hall.facilitator;
    let call = C::Call {
        activity: DISCUSSION,
        hand,
        seat: None,
        question: None,
    };
    send(hall, lead, call)
}

/// Gives somebody the floor for a while.
fn speak(hall: &mut Hall, hand: u32, ms: i64) {
    call(hall, Some(hand)).unwrap();
    hall.pass(ms);
    chair(hall, END);
}

const END: C = C::EndSpeech {
    activity: DISCUSSION,
};

fn settings(change: impl FnOnce(&mut C)) -> C {
    let mut command = C::SetDiscussion {
        activity: DISCUSSION,
        order: None,
        speech_s: None,
        tags: None,
        stances: None,
        budget_s: None,
        one_queue: None,
        order_when_closed: None,
    };
    change(&mut command);
    command
}

fn ordered_by(wished: LineOrder) -> C {
    settings(|command| {
        if let C::SetDiscussion { order, .. } = command {
            *order = Some(wished);
        }
    })
}

fn discussion(hall: &Hall) -> &Discussion {
    hall.meeting.discussion(DISCUSSION)
}

fn hand(hall: &Hall, number: u32) -> &Hand {
    &discussion(hall).hands[&number]
}

fn line(hall: &Hall) -> Vec<(u32, Reason)> {
    let line = order::line(&hall.meeting, discussion(hall)).into_iter();
    line.map(|place| (place.hand, place.reason)).collect()
}

fn numbers(hall: &Hall) -> Vec<u32> {
    line(hall).into_iter().map(|(hand, _)| hand).collect()
}

fn tagged(hall: &mut Hall, n: u128, tags: &[&str]) {
    hall.sit(n, None);
    let introduce = Command::Introduce {
        name: None,
        language: None,
        tags: Some(tags.iter().map(|tag| (*tag).to_owned()).collect()),
        needs: None,
    };
    hall.send(person(n), introduce).unwrap();
}

fn asks(hall: &mut Hall, tags: &[&str]) {
    hall.lead(Command::ChangeMeeting {
        title: None,
        language: None,
        languages: None,
        ask: Some(tags.iter().map(|tag| (*tag).to_owned()).collect()),
        ask_first: None,
        minors: None,
        ends_at: None,
        wifi: None,
        contact: None,
        held_words: None,
    });
}

#[test]
fn a_hand_goes_up_once_says_something_else_and_comes_down() {
    let mut hall = Hall::discussing();
    let about = |about| raising(HandKind::Ordinary, Some(about), Some(Stance::For));
    assert_eq!(
        send(&mut hall, person(3), about(" the\u{202E} stairs ")),
        Ok(1)
    );
    assert_eq!(hand(&hall, 1).about, "the stairs");
    assert_eq!(hand(&hall, 1).stance, None, "nobody is asked for it");
    assert_eq!(send(&mut hall, person(3), about("the stairs")), Ok(0));
    assert_eq!(send(&mut hall, person(3), about("the lift")), Ok(1));
    let long = "x".repeat(121);
    assert_eq!(send(&mut hall, person(3), about(&long)), Err(Code::TooLong));
    raise(&mut hall, 4);
    assert_eq!(numbers(&hall), [1, 2], "the place stays");
    let lower = C::Lower {
        activity: DISCUSSION,
        kind: None,
    };
    assert_eq!(send(&mut hall, person(3), lower.clone()), Ok(1));
    assert_eq!(send(&mut hall, person(3), lower), Ok(0));
    assert_eq!(hand(&hall, 1).about, "", "nothing of it is kept");
    raise(&mut hall, 3);
    assert_eq!(numbers(&hall), [2, 3]);
    assert!(!discussion(&hall).hands.contains_key(&1));
}

#[test]
fn one_hand_of_each_kind_is_up_at_a_time() {
    let mut hall = Hall::discussing();
    for kind in [HandKind::Ordinary, HandKind::PointOfOrder, HandKind::Reply] {
        assert_eq!(send(&mut hall, person(3), raising(kind, None, None)), Ok(1));
        assert_eq!(send(&mut hall, person(3), raising(kind, None, None)), Ok(0));
    }
    assert_eq!(numbers(&hall), [3, 2, 1]);
    let by_seat = C::Call {
        activity: DISCUSSION,
        hand: None,
        seat: Some(seat(3)),
        question: None,
    };
    chair(&mut hall, by_seat.clone());
    assert_eq!(hand(&hall, 3).course, Course::Speaking, "the most urgent");
    let of_nobody = C::Call {
        activity: DISCUSSION,
        hand: None,
        seat: Some(seat(4)),
        question: None,
    };
    let lead = hall.facilitator;
    assert_eq!(send(&mut hall, lead, of_nobody), Err(Code::WrongState));
    let lower = C::Lower {
        activity: DISCUSSION,
        kind: Some(HandKind::Ordinary),
    };
    send(&mut hall, person(3), lower).unwrap();
    assert_eq!(numbers(&hall), [2]);
}

#[test]
fn only_an_open_discussion_takes_hands_and_its_chair_always_does() {
    let mut hall = Hall::discussing();
    let there = |activity| C::Raise {
        activity,
        kind: None,
        about: None,
        stance: None,
    };
    let add = C::AddHand {
        activity: DISCUSSION,
        seat: seat(4),
        kind: None,
        about: None,
        stance: None,
    };
    assert_eq!(
        send(&mut hall, person(3), there(QUESTIONS)),
        Err(Code::NotFound)
    );
    hall.lead(Command::Close {
        activity: DISCUSSION,
    });
    assert_eq!(
        send(&mut hall, person(3), there(DISCUSSION)),
        Err(Code::Closed)
    );
    assert_eq!(chair(&mut hall, add.clone()), 1);
    assert_eq!(call(&mut hall, None), Err(Code::Closed));
    hall.lead(Command::Open {
        activity: DISCUSSION,
    });
    assert_eq!(call(&mut hall, None), Ok(1));
    assert_eq!(send(&mut hall, person(3), add), Err(Code::NotAllowed));
}

#[test]
fn a_closed_list_lets_points_of_order_in_if_it_is_said_so() {
    let mut hall = Hall::discussing();
    raise(&mut hall, 3);
    chair(
        &mut hall,
        C::CloseList {
            activity: DISCUSSION,
            on: true,
        },
    );
    let ordinary = raising(HandKind::Ordinary, Some("one more word"), None);
    let point = raising(HandKind::PointOfOrder, None, None);
    assert_eq!(
        send(&mut hall, person(4), ordinary.clone()),
        Err(Code::Closed)
    );
    assert_eq!(
        send(&mut hall, person(3), ordinary),
        Ok(1),
        "who waits stays"
    );
    assert_eq!(send(&mut hall, person(4), point.clone()), Ok(1));
    chair(
        &mut hall,
        settings(|command| {
            if let C::SetDiscussion {
                order_when_closed, ..
            } = command
            {
                *order_when_closed = Some(false);
            }
        }),
    );
    assert_eq!(send(&mut hall, person(5), point), Err(Code::Closed));
    let add = C::AddHand {
        activity: DISCUSSION,
        seat: seat(5),
        kind: None,
        about: None,
        stance: None,
    };
    assert_eq!(chair(&mut hall, add), 1);
    assert_eq!(numbers(&hall), [2, 1, 3]);
}

#[test]
fn a_proxy_is_added_by_the_chair_and_raises_through_the_desk() {
    let mut hall = Hall::discussing();
    hall.moderate(Command::AddProxy {
        seat: seat(9),
        name: Some("Nino".to_owned()),
        tags: None,
    });
    // `as` makes the desk act for the seat.
    raise(&mut hall, 9);
    assert_eq!(numbers(&hall), [1]);
}

#[test]
fn timekeepers_chair_and_moderators_do_not() {
    let mut hall = Hall::discussing();
    hall.lead(Command::GiveRole {
        seat: seat(5),
        role: Role::Timekeeper,
    });
    raise(&mut hall, 3);
    let next = C::Call {
        activity: DISCUSSION,
        hand: None,
        seat: None,
        question: None,
    };
    let moderator = hall.moderator;
    assert_eq!(
        send(&mut hall, moderator, next.clone()),
        Err(Code::NotAllowed)
    );
    assert_eq!(send(&mut hall, person(5), next), Ok(1));
    assert_eq!(send(&mut hall, person(4), END), Err(Code::NotAllowed));
    assert_eq!(send(&mut hall, person(3), END), Ok(1), "one's own speech");
    assert_eq!(send(&mut hall, person(3), END), Err(Code::WrongState));
}

#[test]
fn pauses_take_nothing_and_give_nothing_to_the_millisecond() {
    let mut hall = Hall::discussing();
    raise(&mut hall, 3);
    call(&mut hall, None).unwrap();
    for (runs, stands) in [(1_001, 17), (1, 999), (59_998, 3_600_000), (7, 1)] {
        hall.pass(runs);
        chair(
            &mut hall,
            C::PauseSpeech {
                activity: DISCUSSION,
            },
        );
        hall.pass(stands);
        chair(
            &mut hall,
            C::ResumeSpeech {
                activity: DISCUSSION,
            },
        );
    }
    hall.pass(3);
    chair(&mut hall, END);
    assert_eq!(hand(&hall, 1).watch.spent_ms, 1_001 + 1 + 59_998 + 7 + 3);
}

#[test]
fn an_interrupted_speaker_goes_on_where_they_were() {
    let mut hall = Hall::discussing();
    raise(&mut hall, 3);
    call(&mut hall, None).unwrap();
    hall.pass(40_000);
    let reply = raising(HandKind::Reply, Some("that is not so"), None);
    send(&mut hall, person(4), reply).unwrap();
    call(&mut hall, None).unwrap();
    hall.pass(15_000);
    chair(&mut hall, END);
    assert_eq!(hand(&hall, 1).course, Course::Paused, "the chair says when");
    hall.pass(2_000);
    chair(
        &mut hall,
        C::ResumeSpeech {
            activity: DISCUSSION,
        },
    );
    hall.pass(5_000);
    assert_eq!(hand(&hall, 1).watch.at(hall.now), 45_000);
    assert_eq!(hand(&hall, 2).watch.spent_ms, 15_000);
}

#[test]
fn a_speech_opened_again_goes_on_and_what_passed_since_does_not_count() {
    let mut hall = Hall::discussing();
    raise(&mut hall, 3);
    speak(&mut hall, 1, 30_000);
    hall.pass(60_000);
    chair(
        &mut hall,
        C::ReopenSpeech {
            activity: DISCUSSION,
        },
    );
    hall.pass(10_000);
    chair(&mut hall, END);
    assert_eq!(hand(&hall, 1).watch.spent_ms, 40_000);
    assert_eq!(time::by_seat(discussion(&hall))[&seat(3)].turns, 1);
}

#[test]
fn whoever_spoke_last_is_first_again_with_a_fresh_clock() {
    let mut hall = Hall::discussing();
    for n in 3..=5 {
        raise(&mut hall, n);
    }
    call(&mut hall, Some(1)).unwrap();
    hall.pass(30_000);
    for command in [
        C::PauseSpeech {
            activity: DISCUSSION,
        },
        C::ResumeSpeech {
            activity: DISCUSSION,
        },
        C::AddSpeechTime {
            activity: DISCUSSION,
            seconds: 60,
        },
    ] {
        hall.pass(1_000);
        chair(&mut hall, command);
    }
    chair(&mut hall, END);
    chair(
        &mut hall,
        C::ReAddLast {
            activity: DISCUSSION,
        },
    );
    assert_eq!(
        line(&hall),
        [
            (4, Reason::Chair),
            (2, Reason::FirstCome),
            (3, Reason::FirstCome)
        ]
    );
    call(&mut hall, None).unwrap();
    hall.pass(5_000);
    let again = hand(&hall, 4);
    assert_eq!(
        (again.watch.at(hall.now), again.length_ms),
        (5_000, 120_000)
    );
    chair(&mut hall, END);
    let total = time::by_seat(discussion(&hall))[&seat(3)];
    assert_eq!((total.ms, total.turns), (37_000, 2), "both count");
}

#[test]
fn the_chair_s_order_holds_until_it_is_called_off() {
    let mut hall = Hall::discussing();
    for n in 3..=5 {
        raise(&mut hall, n);
    }
    let lead = hall.facilitator;
    let order = |hands: &[u32]| C::OrderHands {
        activity: DISCUSSION,
        hands: hands.to_vec(),
    };
    for wrong in [&[1, 2][..], &[1, 2, 2], &[1, 2, 3, 3], &[]] {
        assert_eq!(send(&mut hall, lead, order(wrong)), Err(Code::WrongState));
    }
    assert_eq!(
        send(&mut hall, lead, order(&[1, 2, 9])),
        Err(Code::NotFound)
    );
    assert_eq!(chair(&mut hall, order(&[3, 1, 2])), 1);
    assert_eq!(chair(&mut hall, order(&[3, 1, 2])), 0);
    raise(&mut hall, 2);
    send(
        &mut hall,
        person(1),
        raising(HandKind::PointOfOrder, None, None),
    )
    .unwrap();
    assert_eq!(
        line(&hall),
        [
            (5, Reason::PointOfOrder),
            (3, Reason::Chair),
            (1, Reason::Chair),
            (2, Reason::Chair),
            (4, Reason::FirstCome)
        ]
    );
    assert_eq!(chair(&mut hall, ordered_by(LineOrder::FirstCome)), 1);
    assert_eq!(numbers(&hall), [5, 1, 2, 3, 4]);
    assert_eq!(chair(&mut hall, ordered_by(LineOrder::FirstCome)), 0);
}

#[test]
fn points_of_order_and_replies_are_held_against_nobody() {
    let mut hall = Hall::discussing();
    chair(&mut hall, ordered_by(LineOrder::FirstTimers));
    send(
        &mut hall,
        person(3),
        raising(HandKind::PointOfOrder, None, None),
    )
    .unwrap();
    speak(&mut hall, 1, 50_000);
    raise(&mut hall, 4);
    speak(&mut hall, 2, 1_000);
    raise(&mut hall, 4);
    raise(&mut hall, 3);
    assert_eq!(
        line(&hall),
        [(4, Reason::FirstTime), (3, Reason::SpokenBefore)]
    );
}

#[test]
fn tags_take_turns_and_a_budget_that_is_used_up_waits() {
    let mut hall = Hall::discussing();
    asks(&mut hall, &["teacher", "student"]);
    for n in 10..13 {
        tagged(&mut hall, n, &["teacher"]);
    }
    tagged(&mut hall, 13, &["student"]);
    chair(&mut hall, ordered_by(LineOrder::Alternate));
    for n in 10..14 {
        raise(&mut hall, n);
    }
    assert_eq!(numbers(&hall), [1, 4, 2, 3]);
    speak(&mut hall, 1, 59_000);
    assert_eq!(numbers(&hall), [4, 2, 3], "a teacher has just spoken");
    let budget = settings(|command| {
        if let C::SetDiscussion { budget_s, .. } = command {
            *budget_s = Some(60);
        }
    });
    chair(&mut hall, budget);
    assert_eq!(line(&hall)[1], (2, Reason::TakesTurns));
    speak(&mut hall, 2, 1_000);
    assert_eq!(
        line(&hall),
        [(4, Reason::FirstCome), (3, Reason::OverBudget)]
    );
}

#[test]
fn for_and_against_take_turns_where_people_say_so() {
    let mut hall = Hall::discussing();
    chair(
        &mut hall,
        settings(|command| {
            if let C::SetDiscussion { order, stances, .. } = command {
                *order = Some(LineOrder::Alternate);
                *stances = Some(true);
            }
        }),
    );
    for (n, stance) in [(3, Stance::For), (4, Stance::For), (5, Stance::Against)] {
        let hand = raising(HandKind::Ordinary, None, Some(stance));
        send(&mut hall, person(n), hand).unwrap();
    }
    assert_eq!(numbers(&hall), [1, 3, 2]);
    speak(&mut hall, 2, 4_000);
    assert_eq!(numbers(&hall), [3, 1]);
    assert_eq!(time::by_stance(discussion(&hall))[&Stance::For].ms, 4_000);
}

#[test]
fn extra_time_is_the_person_s_own_and_stretches_what_is_added() {
    let mut hall = Hall::discussing();
    let factor = |percent| C::ExtraTime {
        seat: seat(3),
        percent,
    };
    let lead = hall.facilitator;
    assert_eq!(send(&mut hall, lead, factor(110)), Err(Code::OutOfRange));
    assert_eq!(
        send(&mut hall, person(3), factor(150)),
        Err(Code::NotAllowed)
    );
    assert_eq!(
        (chair(&mut hall, factor(150)), chair(&mut hall, factor(150))),
        (1, 0)
    );
    raise(&mut hall, 3);
    raise(&mut hall, 4);
    call(&mut hall, Some(1)).unwrap();
    let more = |seconds| C::AddSpeechTime {
        activity: DISCUSSION,
        seconds,
    };
    chair(&mut hall, more(20));
    assert_eq!(time::length_ms(&hall.meeting, hand(&hall, 1)), 210_000);
    assert_eq!(send(&mut hall, lead, more(3_601)), Err(Code::OutOfRange));
    chair(&mut hall, more(-3_600));
    assert_eq!(hand(&hall, 1).length_ms, 1_000, "never without limit");
    call(&mut hall, Some(2)).unwrap();
    assert_eq!(time::length_ms(&hall.meeting, hand(&hall, 2)), 120_000);
    chair(&mut hall, factor(100));
    assert!(hall.meeting.factors.is_empty());
}

#[test]
fn a_person_whose_link_was_revoked_stands_in_no_line() {
    let mut hall = Hall::discussing();
    hall.lead(Command::ChangeMeeting {
        title: None,
        language: None,
        languages: None,
        ask: None,
        ask_first: Some(true),
        minors: None,
        ends_at: None,
        wifi: None,
        contact: None,
        held_words: None,
    });
    raise(&mut hall, 3);
    raise(&mut hall, 4);
    hall.meeting.seats.get_mut(&seat(3)).unwrap().void = true;
    assert_eq!(numbers(&hall), [2]);
    assert_eq!(call(&mut hall, Some(1)), Err(Code::NotFound));
    assert_eq!(call(&mut hall, None), Ok(1));
}

/// Questions 1 and 2 are listed and wanted in this order; hands 1 and 2 are up.
fn one_queue() -> Hall {
    let mut hall = Hall::discussing();
    for n in 1..=2 {
        hall.pass(1);
        hall.send(person(3), asking(n, &format!("Question {n}?")))
            .unwrap();
        raise(&mut hall, n + 3);
    }
    hall.vote(person(5), 1, true).unwrap();
    chair(
        &mut hall,
        settings(|command| {
            if let C::SetDiscussion { one_queue, .. } = command {
                *one_queue = Some(true);
            }
        }),
    );
    hall
}

/// Hands by their number, questions by theirs from 100.
fn turns(hall: &Hall) -> Vec<u128> {
    let line = queue::line(&hall.meeting, discussion(hall)).into_iter();
    line.map(|turn| match turn {
        Turn::Hand(place) => place.hand.into(),
        Turn::Question(question) => question.0.as_u128() - q(0).0.as_u128() + 100,
    })
    .collect()
}

#[test]
fn written_questions_and_hands_take_turns_in_one_line() {
    let mut hall = one_queue();
    assert_eq!(turns(&hall), [101, 1, 102, 2]);
    call(&mut hall, None).unwrap();
    assert_eq!(hall.state(1), QuestionState::OnStage);
    assert_eq!(turns(&hall), [1, 102, 2], "a hand is next");
    call(&mut hall, None).unwrap();
    assert_eq!(hall.state(1), QuestionState::Answered, "it had its turn");
    assert_eq!(hand(&hall, 1).course, Course::Speaking);
    assert_eq!(turns(&hall), [102, 2]);
    call(&mut hall, None).unwrap();
    assert_eq!(hand(&hall, 1).course, Course::Finished);
    assert_eq!(hall.state(2), QuestionState::OnStage);
    assert_eq!(turns(&hall), [2]);
}

#[test]
fn a_question_is_called_by_name_and_only_where_it_is_in_line() {
    let mut hall = one_queue();
    let lead = hall.facilitator;
    let ask = |n| C::Call {
        activity: DISCUSSION,
        hand: None,
        seat: None,
        question: Some(q(n)),
    };
    assert_eq!(send(&mut hall, lead, ask(9)), Err(Code::NotFound));
    chair(&mut hall, ask(2));
    assert_eq!(chair(&mut hall, ask(2)), 0);
    chair(&mut hall, ask(1));
    assert_eq!(hall.state(2), QuestionState::Answered);
    // A reply interrupts nothing and a point of order waits for no question.
    send(
        &mut hall,
        person(2),
        raising(HandKind::PointOfOrder, None, None),
    )
    .unwrap();
    assert_eq!(turns(&hall), [3, 1, 2]);
    chair(
        &mut hall,
        settings(|command| {
            if let C::SetDiscussion { one_queue, .. } = command {
                *one_queue = Some(false);
            }
        }),
    );
    assert_eq!(send(&mut hall, lead, ask(1)), Err(Code::WrongState));
}

#[test]
fn what_is_set_is_kept_and_what_is_out_of_range_refused() {
    let mut hall = Hall::discussing();
    let lead = hall.facilitator;
    for (speech, budget) in [(9, 0), (3_601, 0), (60, 14_401)] {
        let wrong = settings(|command| {
            if let C::SetDiscussion {
                speech_s, budget_s, ..
            } = command
            {
                (*speech_s, *budget_s) = (Some(speech), Some(budget));
            }
        });
        assert_eq!(send(&mut hall, lead, wrong), Err(Code::OutOfRange));
    }
    let unlimited = settings(|command| {
        if let C::SetDiscussion { speech_s, .. } = command {
            *speech_s = Some(0);
        }
    });
    assert_eq!(
        (
            chair(&mut hall, unlimited.clone()),
            chair(&mut hall, unlimited)
        ),
        (1, 0)
    );
    raise(&mut hall, 3);
    call(&mut hall, None).unwrap();
    let more = C::AddSpeechTime {
        activity: DISCUSSION,
        seconds: 5,
    };
    assert_eq!(send(&mut hall, lead, more), Err(Code::WrongState));
}

#[test]
fn a_discussion_that_is_removed_leaves_nothing() {
    let mut hall = Hall::new();
    let activity = ActivityId(uuid::Uuid::from_u128(0xAA));
    hall.lead(Command::AddActivity {
        id: activity,
        kind: ActivityKind::Discussion,
        title: "Later".to_owned(),
        minutes: None,
        before: None,
    });
    let add = C::AddHand {
        activity,
        seat: seat(4),
        kind: None,
        about: None,
        stance: None,
    };
    chair(&mut hall, add);
    hall.lead(Command::RemoveActivity { activity });
    assert!(hall.meeting.discussions.is_empty());
}

/// What somebody does with the list.
fn deeds() -> impl Strategy<Value = Vec<(u8, u32, i64)>> {
    prop::collection::vec((0..9u8, 1..9u32, 0..90_000i64), 1..60)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]
    /// Whatever the chair does: what was spoken by tag, by stance, and by person each add up to what the clock ran.
    #[test]
    fn time_by_tag_adds_up_to_the_clock(deeds in deeds()) {
        let mut hall = Hall::discussing();
        asks(&mut hall, &["teacher", "student"]);
        chair(&mut hall, settings(|command| if let C::SetDiscussion { stances, .. } = command { *stances = Some(true) }));
        for n in 11..19 {
            tagged(&mut hall, n, &[if n % 2 == 0 { "teacher" } else { "student" }]);
        }
        let (mut ran, activity, lead) = (0, DISCUSSION, hall.facilitator);
        for (deed, n, ms) in deeds {
            let command = match deed {
                0 | 1 => raising(HandKind::Ordinary, None, Some(Stance::For)),
                2 => raising(HandKind::Reply, None, Some(Stance::Against)),
                3 | 4 => C::Call { activity, hand: Some(n), seat: None, question: None },
                5 => C::PauseSpeech { activity },
                6 => C::ResumeSpeech { activity },
                7 => END,
                _ => C::ReopenSpeech { activity },
            };
            let actor = if deed < 3 { person(10 + u128::from(n)) } else { lead };
            let _ = send(&mut hall, actor, command);
            let speaks = discussion(&hall).hands.values().any(|hand| hand.course == Course::Speaking);
            ran += if speaks { ms } else { 0 };
            hall.pass(ms);
        }
        hall.lead(Command::Close { activity });
        let (meeting, is) = (&hall.meeting, discussion(&hall));
        let by_tag: i64 = time::by_tag(meeting, is).values().map(|total| total.ms).sum();
        let by_stance: i64 = time::by_stance(is).values().map(|total| total.ms).sum();
        let by_seat: i64 = time::by_seat(is).values().map(|total| total.ms).sum();
        prop_assert_eq!((by_tag, by_stance, by_seat), (ran, ran, ran));
        prop_assert!(is.hands.values().all(|hand| hand.raised_at > Timestamp(0)));
    }
}
