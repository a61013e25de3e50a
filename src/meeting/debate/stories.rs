//! Stories of debates, told over the whole core.

use uuid::Uuid;

use super::clock::{Position, Running};
use super::{judging, running};
use crate::meeting::command::{
    ActivityKind, Ballot, Command, DebateCommand as C, Mark, Verb, VoteRound,
};
use crate::meeting::hall::{DESK_LINK, Hall, alias, person, seat};
use crate::meeting::ids::{ActivityId, MotionId, TeamId};
use crate::meeting::refusal::Code;
use crate::meeting::role::{Actor, Role};
use crate::meeting::state::Meeting;

const DEBATE: ActivityId = ActivityId(Uuid::from_u128(0xA5));

fn team(n: u128) -> TeamId {
    TeamId(Uuid::from_u128(0x7EA0 + n))
}

struct Debate {
    hall: Hall,
}

impl Debate {
    /// A debate of that format, open, two teams standing, seats 3 and 4 speaking first for each.
    fn of(format: &str) -> Self {
        let mut hall = Hall::new();
        for n in 6..=9 {
            hall.sit(n, None);
        }
        hall.lead(Command::AddActivity {
            id: DEBATE,
            kind: ActivityKind::Debate,
            title: "Debate".to_owned(),
            minutes: None,
            before: None,
        });
        hall.lead(Command::Open { activity: DEBATE });
        let mut debate = Self { hall };
        debate.set(Some(format), Some("This house would open every school"));
        let sides: Vec<String> = debate
            .state()
            .format
            .sides
            .iter()
            .map(|side| side.id.clone())
            .collect();
        for (n, side) in (1..).zip(&sides) {
            debate.lead(C::AddTeam {
                id: team(n),
                name: format!("Team {n}"),
                from: None,
                activity: Some(DEBATE),
                side: Some(side.clone()),
            });
        }
        for (n, who) in [(1, 3), (2, 4)] {
            debate.lead(C::SetSpeaker {
                team: team(n),
                place: 1,
                name: Some(format!("Speaker {who}")),
                seat: Some(seat(who)),
            });
        }
        debate
    }

    fn set(&mut self, format: Option<&str>, motion: Option<&str>) {
        self.lead(C::SetDebate {
            activity: DEBATE,
            format: format.map(str::to_owned),
            own_format: None,
            motion: motion.map(str::to_owned),
            slide: None,
            rings: None,
            silent: None,
            together: None,
            scored_by: None,
            reactions: None,
        });
    }

    fn state(&self) -> &super::state::Debate {
        &self.hall.meeting.debates[&DEBATE]
    }

    fn lead(&mut self, command: C) {
        self.hall.lead(Command::Debate(command));
    }

    fn send(&mut self, actor: Actor, command: C) -> Result<usize, Code> {
        self.hall
            .send(actor, Command::Debate(command))
            .map(|facts| facts.len())
    }

    fn clock(&mut self, verb: Verb) {
        let clock = self.verb(verb);
        self.lead(clock);
    }

    fn verb(&self, verb: Verb) -> C {
        C::Clock {
            activity: DEBATE,
            verb,
            from: self.state().clock.segment(),
            at: None,
            seconds: None,
            segment: None,
            side: None,
        }
    }

    fn now(&self) -> i64 {
        self.state().clock.watch.at(self.hall.now)
    }
}

#[test]
fn a_speech_runs_past_a_crash_of_the_server_as_if_nothing_had_happened() {
    let mut debate = Debate::of("world-schools");
    debate.lead(C::ReleaseMotion { activity: DEBATE });
    debate.clock(Verb::Next);
    debate.clock(Verb::Start);
    debate.hall.pass(95_000);
    let read = Meeting::clone(&debate.hall.replayed());
    assert_eq!(read.debates[&DEBATE].clock, debate.state().clock);
    debate.hall.meeting = read;
    debate.hall.pass(5_000);
    assert_eq!(debate.now(), 100_000);
    debate.clock(Verb::Pause);
    assert_eq!(debate.state().clock.running, Running::Paused);
}

#[test]
fn two_taps_on_two_devices_are_one() {
    let mut debate = Debate::of("world-schools");
    debate.lead(C::ReleaseMotion { activity: DEBATE });
    debate.clock(Verb::Next);
    let next = debate.verb(Verb::Next);
    debate.lead(next.clone());
    debate.lead(next);
    assert_eq!(debate.state().clock.at, Position::Segment(1));
}

#[test]
fn what_was_pressed_a_moment_ago_counts_from_then() {
    let mut debate = Debate::of("world-schools");
    debate.clock(Verb::Next);
    debate.clock(Verb::Next);
    debate.clock(Verb::Start);
    debate.hall.pass(10_000);
    let at = Some(debate.hall.now.plus_ms(-400));
    let C::Clock {
        activity,
        verb,
        from,
        ..
    } = debate.verb(Verb::Pause)
    else {
        panic!()
    };
    debate.lead(C::Clock {
        activity,
        verb,
        from,
        at,
        seconds: None,
        segment: None,
        side: None,
    });
    assert_eq!(debate.now(), 9_600);
}

#[test]
fn a_place_is_claimed_confirmed_and_given_to_a_substitute() {
    let mut debate = Debate::of("world-schools");
    let claim = |team, place| C::ClaimPlace {
        team,
        place,
        name: Some("Aynur".to_owned()),
    };
    assert_eq!(
        debate.send(person(5), claim(team(1), 1)),
        Err(Code::WrongState)
    );
    debate.send(person(5), claim(team(1), 2)).unwrap();
    // Another place: the first claim is dropped.
    assert_eq!(debate.send(person(5), claim(team(1), 3)), Ok(2));
    debate.lead(C::ConfirmPlace {
        team: team(1),
        place: 3,
        seat: seat(5),
        on: true,
    });
    let places = &debate.hall.meeting.teams[&team(1)].places;
    assert_eq!(
        (places[&3].name.as_str(), places[&3].seat),
        ("Aynur", Some(seat(5)))
    );
    debate.lead(C::SetSpeaker {
        team: team(1),
        place: 3,
        name: None,
        seat: Some(seat(6)),
    });
    assert!(
        debate
            .state()
            .place_of(&debate.hall.meeting, seat(5))
            .is_none()
    );
}

#[test]
fn points_are_offered_taken_waved_away_and_fade() {
    let mut debate = Debate::of("school-mini");
    assert!(debate.state().format.points.from_seats);
    debate.lead(C::ReleaseMotion { activity: DEBATE });
    while debate.state().clock.segment().is_none() {
        debate.clock(Verb::Next);
    }
    let offer = C::OfferPoint { activity: DEBATE };
    let answer = |take| C::AnswerPoint {
        activity: DEBATE,
        take,
    };
    debate.clock(Verb::Start);
    assert_eq!(
        debate.send(person(4), offer.clone()),
        Err(Code::WrongState),
        "protected time"
    );
    while !running::points_open(&debate.hall.meeting, debate.state(), debate.hall.now) {
        debate.hall.pass(1_000);
    }
    assert_eq!(
        debate.send(person(3), offer.clone()),
        Err(Code::NotAllowed),
        "who speaks"
    );
    assert_eq!(
        debate.send(person(5), offer.clone()),
        Err(Code::NotAllowed),
        "no speaker"
    );
    debate.send(person(4), offer.clone()).unwrap();
    assert_eq!(debate.send(person(4), answer(true)), Err(Code::NotAllowed));
    debate.send(person(3), answer(true)).unwrap();
    assert!(debate.state().point.is_some());
    debate.hall.pass(15_000);
    debate.hall.deadline();
    assert!(debate.state().point.is_none());
    debate.send(person(4), offer.clone()).unwrap();
    debate.send(person(3), answer(false)).unwrap();
    debate.send(person(4), offer).unwrap();
    debate.hall.pass(10_000);
    debate.hall.deadline();
    assert!(debate.state().offers.is_empty(), "it faded");
    let counted = debate.state().points["opposition"];
    assert_eq!((counted.offered, counted.taken), (3, 1));
}

#[test]
fn a_speaker_ends_their_own_speech_and_the_chair_takes_it_back() {
    let mut debate = Debate::of("world-schools");
    debate.lead(C::ReleaseMotion { activity: DEBATE });
    debate.clock(Verb::Next);
    debate.clock(Verb::Start);
    debate.hall.pass(60_000);
    let end = C::EndMySpeech { activity: DEBATE };
    assert_eq!(debate.send(person(4), end.clone()), Err(Code::NotAllowed));
    debate.send(person(3), end).unwrap();
    debate.hall.pass(5_000);
    debate.clock(Verb::Resume);
    debate.hall.pass(1_000);
    assert_eq!(debate.now(), 61_000);
}

#[test]
fn the_audience_votes_under_aliases_before_and_after() {
    let mut debate = Debate::of("oxford");
    let vote = |round, side: Option<&str>| C::VoteMotion {
        activity: DEBATE,
        round,
        side: side.map(str::to_owned),
    };
    let open = |round, on| C::OpenVote {
        activity: DEBATE,
        round,
        on,
    };
    let sides: Vec<String> = debate
        .state()
        .format
        .sides
        .iter()
        .map(|side| side.id.clone())
        .collect();
    let (pro, con) = (sides[0].as_str(), sides[1].as_str());
    let before = VoteRound::Before;
    assert_eq!(
        debate.send(alias(1), vote(before, Some(pro))),
        Err(Code::Closed)
    );
    debate.lead(open(before, true));
    assert_eq!(
        debate.send(person(5), vote(before, Some(pro))),
        Err(Code::NotAllowed)
    );
    for n in 1..=10 {
        debate
            .send(alias(n), vote(before, (n > 4).then_some(pro)))
            .unwrap();
    }
    debate.lead(open(before, false));
    debate.lead(open(VoteRound::After, true));
    for n in 1..=10 {
        let side = if n <= 6 { con } else { pro };
        debate
            .send(alias(n), vote(VoteRound::After, Some(side)))
            .unwrap();
    }
    let swing = C::ShowSwing {
        activity: DEBATE,
        on: true,
    };
    let facilitator = debate.hall.facilitator;
    assert_eq!(
        debate.send(facilitator, swing.clone()),
        Err(Code::WrongState),
        "still open"
    );
    debate.lead(open(VoteRound::After, false));
    debate.lead(swing);
    // Before: pro 6, con 0, undecided 4. After: pro 4, con 6.
    let minds = super::audience::changed_minds(debate.state());
    let gain = |side: &str| {
        minds
            .gains
            .iter()
            .find(|gain| gain.side == side)
            .unwrap()
            .points
    };
    assert_eq!((gain(pro), gain(con)), (-2_000, 6_000));
}

#[test]
fn ballots_are_saved_handed_in_confirmed_by_another_and_released() {
    let mut debate = Debate::of("world-schools");
    debate.lead(C::SetJudges {
        activity: DEBATE,
        seats: vec![seat(6), seat(7), seat(8)],
    });
    let ballot = |prop: u32, opp: u32| {
        let mut ballot = Ballot::default();
        // P1 O1 P2 O2 P3 O3, then the replies: opposition first, each by its first speaker.
        for segment in 0..6 {
            let score = if segment % 2 == 0 { prop } else { opp };
            ballot.marks.insert(
                segment,
                Mark {
                    place: segment / 2 + 1,
                    score: Some(score),
                    ..Mark::default()
                },
            );
        }
        for (segment, score) in [(6, opp / 2), (7, prop / 2)] {
            ballot.marks.insert(
                segment,
                Mark {
                    place: 1,
                    score: Some(score),
                    ..Mark::default()
                },
            );
        }
        Box::new(ballot)
    };
    let hand_in = |ballot| C::HandInBallot {
        activity: DEBATE,
        ballot,
    };
    let release = |on| C::ReleaseResult {
        activity: DEBATE,
        on,
    };
    assert_eq!(
        debate.send(person(5), hand_in(ballot(7_200, 7_000))),
        Err(Code::NotAllowed)
    );
    let mut unfinished = ballot(7_200, 7_000);
    unfinished.marks.remove(&3);
    let save = C::SaveBallot {
        activity: DEBATE,
        ballot: unfinished.clone(),
    };
    debate.send(person(6), save).unwrap();
    assert_eq!(
        debate.send(person(6), hand_in(unfinished)),
        Err(Code::WrongState)
    );
    for (judge, prop, opp) in [(6, 7_200, 7_000), (7, 7_100, 7_000), (8, 6_800, 7_400)] {
        debate
            .send(person(judge), hand_in(ballot(prop, opp)))
            .unwrap();
        let confirm = C::ConfirmBallot {
            activity: DEBATE,
            judge: seat(judge),
        };
        assert_eq!(
            debate.send(person(judge), confirm.clone()),
            Err(Code::NotAllowed)
        );
        let facilitator = debate.hall.facilitator;
        if judge == 8 {
            assert_eq!(
                debate.send(facilitator, release(true)),
                Err(Code::WrongState)
            );
        }
        debate.lead(confirm);
    }
    debate.lead(release(true));
    let decision = judging::decision(&debate.hall.meeting, debate.state()).unwrap();
    assert_eq!(decision.winner.as_deref(), Some("proposition"));
    assert_eq!(decision.dissenters, [seat(8).to_string()]);
}

#[test]
fn motions_are_ranked_vetoed_and_the_one_that_is_left_is_debated() {
    let mut debate = Debate::of("world-schools");
    let motion = |n: u128| MotionId(Uuid::from_u128(0x3000 + n));
    for n in 1..=3 {
        debate.lead(C::ProposeMotion {
            id: motion(n),
            activity: DEBATE,
            text: format!("Motion {n}"),
            slide: None,
            question: None,
        });
    }
    let rank = |order: [u128; 3]| C::RankMotions {
        activity: DEBATE,
        motions: order.map(motion).to_vec(),
    };
    assert_eq!(debate.send(person(3), rank([1, 2, 3])), Err(Code::Closed));
    debate.lead(C::OfferMotions {
        activity: DEBATE,
        on: true,
    });
    debate.send(person(3), rank([1, 2, 3])).unwrap();
    debate.send(person(4), rank([1, 3, 2])).unwrap();
    debate
        .send(
            person(4),
            C::VetoMotion {
                activity: DEBATE,
                motion: Some(motion(1)),
            },
        )
        .unwrap();
    // 1 is vetoed; 2 has ranks 2 and 3, 3 has 3 and 2: the first by id.
    debate.lead(C::ChooseMotion {
        activity: DEBATE,
        motion: None,
    });
    assert_eq!(debate.state().motion, "Motion 2");
    assert!(!debate.state().motions_offered);
}

#[test]
fn a_debate_with_chairs_of_its_own_obeys_no_other_timekeeper() {
    let mut debate = Debate::of("world-schools");
    for n in [6, 7] {
        debate.hall.lead(Command::GiveRole {
            seat: seat(n),
            role: Role::Timekeeper,
        });
    }
    let start = debate.verb(Verb::Next);
    debate.lead(C::SetChairs {
        activity: DEBATE,
        seats: vec![seat(6), seat(8)],
    });
    assert_eq!(debate.send(person(7), start.clone()), Err(Code::NotAllowed));
    debate.send(person(8), start).unwrap();
    let _ = DESK_LINK;
}
