//! The state machine as a table: what each act makes of each state. Hands 1 and 2 are ordinary, 3 and 5 replies, 4 is a point
//! of order; a letter a hand: `w`aiting, `S`peaking, `P`aused, `f`inished, `l`owered.

use super::state::Course;
use crate::meeting::command::{Command, DiscussionCommand as C, HandKind};
use crate::meeting::hall::{DISCUSSION, Hall, person};
use crate::meeting::ids::ActivityId;
use crate::meeting::refusal::Code;

use Outcome::{Leaves, Refused};

#[derive(Debug, Clone, Copy)]
enum Outcome {
    Leaves(&'static str),
    Refused(Code),
}

/// After these acts, one a second, comes one more; it leaves this, or is refused and leaves all as it was.
const TABLE: &[(&str, &[(&str, Outcome)])] = &[
    (
        "",
        &[
            ("call 1", Leaves("Swwww")),
            ("call 3", Leaves("wwSww")),
            ("call 4", Leaves("wwwSw")),
            ("call", Leaves("wwSww")),
            ("call 9", Refused(Code::NotFound)),
            ("pause", Refused(Code::WrongState)),
            ("resume", Refused(Code::WrongState)),
            ("end", Refused(Code::WrongState)),
            ("reopen", Refused(Code::WrongState)),
            ("again", Refused(Code::WrongState)),
            ("more", Refused(Code::WrongState)),
            ("remove 1", Leaves("lwwww")),
            ("remove 9", Refused(Code::NotFound)),
            ("clear", Leaves("lllll")),
            ("close", Leaves("lllll")),
        ],
    ),
    (
        "call 1",
        &[
            ("call 1", Leaves("Swwww")),
            ("call 2", Leaves("fSlwl")),
            ("call 3", Leaves("PwSww")),
            ("call 4", Leaves("fwlSl")),
            ("call", Leaves("PwSww")),
            ("pause", Leaves("Pwwww")),
            ("resume", Leaves("Swwww")),
            ("end", Leaves("fwlwl")),
            ("reopen", Refused(Code::WrongState)),
            ("again", Refused(Code::WrongState)),
            ("more", Leaves("Swwww")),
            ("remove 1", Refused(Code::WrongState)),
            ("clear", Leaves("Sllll")),
            ("close", Leaves("fllll")),
            ("end meeting", Leaves("Pwwww")),
        ],
    ),
    (
        "call 1, pause",
        &[
            ("call 1", Refused(Code::WrongState)),
            ("call 2", Leaves("fSlwl")),
            ("call 3", Leaves("PwSww")),
            ("pause", Leaves("Pwwww")),
            ("resume", Leaves("Swwww")),
            ("end", Leaves("fwlwl")),
            ("reopen", Refused(Code::WrongState)),
            ("more", Leaves("Pwwww")),
            ("close", Leaves("fllll")),
        ],
    ),
    (
        "call 1, call 3",
        &[
            ("call 2", Leaves("fSfwl")),
            ("call 3", Leaves("PwSww")),
            ("call 4", Leaves("fwfSl")),
            ("call 5", Leaves("PwPwS")),
            ("pause", Leaves("PwPww")),
            ("resume", Leaves("PwSww")),
            ("end", Leaves("Pwfww")),
            ("reopen", Refused(Code::WrongState)),
            ("remove 3", Refused(Code::WrongState)),
            ("close", Leaves("flfll")),
            ("end meeting", Leaves("PwPww")),
        ],
    ),
    (
        "call 1, call 3, call 5",
        &[
            ("end", Leaves("PwPwf")),
            ("call 2", Leaves("fSfwf")),
            ("close", Leaves("flflf")),
        ],
    ),
    (
        "call 1, call 3, call 5, end",
        &[
            ("resume", Leaves("PwSwf")),
            ("end", Leaves("Pwfwf")),
            ("reopen", Leaves("PwPwS")),
        ],
    ),
    (
        "call 1, call 3, pause",
        &[("resume", Leaves("PwSww")), ("end", Leaves("Pwfww"))],
    ),
    (
        "call 1, call 3, end",
        &[
            ("resume", Leaves("Swfww")),
            ("pause", Leaves("Pwfww")),
            ("end", Leaves("fwfwl")),
            ("reopen", Leaves("PwSww")),
            ("call 2", Leaves("fSfwl")),
            ("call 5", Leaves("PwfwS")),
            ("again", Leaves("Pwfwww")),
        ],
    ),
    (
        "call 1, call 3, end, resume",
        &[
            ("end", Leaves("fwfwl")),
            ("reopen", Refused(Code::WrongState)),
        ],
    ),
    (
        "call 1, call 3, end, end",
        &[("reopen", Leaves("Swfwl")), ("again", Leaves("fwfwlw"))],
    ),
    (
        "call 1, call 3, call 2, end",
        &[("reopen", Leaves("fSfwl")), ("again", Leaves("fffwlw"))],
    ),
    (
        "call 3",
        &[
            ("end", Leaves("wwfww")),
            ("call 1", Leaves("Swfww")),
            ("call 5", Leaves("wwPwS")),
        ],
    ),
    (
        "call 3, end",
        &[
            ("again", Refused(Code::WrongState)),
            ("reopen", Leaves("wwSww")),
        ],
    ),
    (
        "call 4",
        &[
            ("call 3", Leaves("wwSPw")),
            ("call 1", Leaves("Swlfl")),
            ("end", Leaves("wwlfl")),
        ],
    ),
    (
        "call 1, end",
        &[
            ("call 1", Refused(Code::WrongState)),
            ("call 3", Refused(Code::WrongState)),
            ("call", Leaves("fwlSl")),
            ("pause", Refused(Code::WrongState)),
            ("resume", Refused(Code::WrongState)),
            ("end", Refused(Code::WrongState)),
            ("reopen", Leaves("Swlwl")),
            ("again", Leaves("fwlwlw")),
            ("more", Refused(Code::WrongState)),
            ("close", Leaves("fllll")),
        ],
    ),
    (
        "call 1, end, again",
        &[
            ("again", Refused(Code::WrongState)),
            ("call", Leaves("fwlwlS")),
            ("reopen", Leaves("Swlwlw")),
        ],
    ),
    (
        "call 1, end, call 2",
        &[
            ("again", Leaves("fSlwlw")),
            ("reopen", Refused(Code::WrongState)),
        ],
    ),
    (
        "call 1, close",
        &[
            ("reopen", Refused(Code::Closed)),
            ("call", Refused(Code::Closed)),
            ("resume", Refused(Code::Closed)),
            ("again", Leaves("fllllw")),
        ],
    ),
];

fn hall() -> Hall {
    let mut hall = Hall::discussing();
    let kinds = [
        HandKind::Ordinary,
        HandKind::Ordinary,
        HandKind::Reply,
        HandKind::PointOfOrder,
        HandKind::Reply,
    ];
    for (n, kind) in (11..).zip(kinds) {
        hall.sit(n, None);
        let raise = C::Raise {
            activity: DISCUSSION,
            kind: Some(kind),
            about: None,
            stance: None,
        };
        hall.send(person(n), Command::Discussion(raise)).unwrap();
    }
    hall
}

fn act(hall: &mut Hall, act: &str) -> Result<(), Code> {
    hall.pass(1_000);
    let activity: ActivityId = DISCUSSION;
    let (verb, number) = act.split_once(' ').unwrap_or((act, ""));
    let hand = number.parse().ok();
    let command = match verb {
        "call" => C::Call {
            activity,
            hand,
            seat: None,
            question: None,
        },
        "pause" => C::PauseSpeech { activity },
        "resume" => C::ResumeSpeech { activity },
        "end" if number.is_empty() => C::EndSpeech { activity },
        "reopen" => C::ReopenSpeech { activity },
        "again" => C::ReAddLast { activity },
        "more" => C::AddSpeechTime {
            activity,
            seconds: 30,
        },
        "remove" => C::RemoveHand {
            activity,
            hand: hand.unwrap(),
        },
        "clear" => C::ClearHands { activity },
        "close" => {
            return hall
                .send(hall.facilitator, Command::Close { activity })
                .map(drop);
        }
        _ => {
            return hall
                .send(hall.facilitator, Command::End { in_s: None })
                .map(drop);
        }
    };
    hall.send(hall.facilitator, Command::Discussion(command))
        .map(drop)
}

fn courses(hall: &Hall) -> String {
    let discussion = hall.meeting.discussion(DISCUSSION);
    let letter = |course| match course {
        Course::Waiting => 'w',
        Course::Speaking => 'S',
        Course::Paused => 'P',
        Course::Finished => 'f',
        Course::Lowered => 'l',
    };
    let hands = discussion.hands.values();
    hands.map(|hand| letter(hand.course)).collect()
}

#[test]
fn every_act_leaves_every_state_as_the_table_says() {
    for (given, acts) in TABLE {
        for (when, then) in *acts {
            let mut hall = hall();
            for before in given.split(", ").filter(|act| !act.is_empty()) {
                act(&mut hall, before).unwrap();
            }
            let before = hall.meeting.discussion(DISCUSSION).clone();
            let done = act(&mut hall, when);
            match then {
                Leaves(courses_then) => {
                    assert_eq!(done, Ok(()), "{given}: {when}");
                    assert_eq!(courses(&hall), *courses_then, "{given}: {when}");
                }
                Refused(code) => {
                    assert_eq!(done, Err(*code), "{given}: {when}");
                    assert_eq!(*hall.meeting.discussion(DISCUSSION), before);
                }
            }
        }
    }
}
