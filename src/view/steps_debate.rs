//! What may happen in a debate, drawn at random: one debate, two teams, few people, so that things meet.

use proptest::collection::vec;
use proptest::option::of as maybe;
use proptest::prelude::*;
use uuid::Uuid;

use crate::meeting::command::{Ballot, DebateCommand as C, Mark, Reaction, Rings, Verb, VoteRound};
use crate::meeting::ids::{ActivityId, MotionId, SeatId, TeamId};

use super::steps::seat;

/// The debate.
pub fn debate() -> ActivityId {
    super::steps::activity(6)
}

pub fn team(n: u8) -> TeamId {
    TeamId(Uuid::from_u128(0x7EA0_0000 + u128::from(n)))
}

fn teams() -> impl Strategy<Value = TeamId> {
    (1..4u8).prop_map(team)
}

fn motions() -> impl Strategy<Value = MotionId> {
    (1..4u128).prop_map(|n| MotionId(Uuid::from_u128(0x3000_0000 + n)))
}

fn people() -> impl Strategy<Value = SeatId> {
    (1..9u8).prop_map(seat)
}

fn sides() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("proposition".to_owned()),
        Just("opposition".to_owned())
    ]
}

fn rounds() -> impl Strategy<Value = VoteRound> {
    prop_oneof![Just(VoteRound::Before), Just(VoteRound::After)]
}

fn verbs() -> impl Strategy<Value = Verb> {
    prop_oneof![
        4 => Just(Verb::Next),
        4 => Just(Verb::Start),
        2 => Just(Verb::Pause),
        1 => Just(Verb::Interpret),
        1 => Just(Verb::Finish),
        1 => Just(Verb::Back),
        1 => Just(Verb::Reset),
        1 => Just(Verb::Adjust),
    ]
}

fn ballots() -> impl Strategy<Value = Box<Ballot>> {
    (vec(maybe(6_000..8_000u32), 8), maybe(sides())).prop_map(|(scores, winner)| {
        let marks = (0u8..).zip(scores).map(|(segment, score)| {
            let place = if segment < 6 { segment / 2 + 1 } else { 1 };
            let reply = segment >= 6;
            let score = score.map(|score| {
                if reply {
                    score / 200 * 100
                } else {
                    score / 50 * 50
                }
            });
            (
                segment,
                Mark {
                    place,
                    score,
                    ..Mark::default()
                },
            )
        });
        Box::new(Ballot {
            marks: marks.collect(),
            winner,
            ..Ballot::default()
        })
    })
}

/// What the chair does.
pub fn chairing() -> impl Strategy<Value = C> {
    let activity = debate();
    let formats = prop_oneof![Just("world-schools"), Just("school-mini"), Just("oxford")];
    prop_oneof![
        1 => (formats, maybe(any::<bool>()), maybe(any::<bool>())).prop_map(move |(format, silent, reactions)| C::SetDebate {
            activity, format: Some(format.to_owned()), own_format: None, motion: Some("This house".to_owned()), slide: None,
            rings: Some(Rings::Chair), silent, together: None, scored_by: Some("wsdc".to_owned()), reactions,
        }),
        2 => (teams(), maybe(sides())).prop_map(move |(id, side)| C::AddTeam {
            id, name: "Owls".to_owned(), from: None, activity: Some(activity), side,
        }),
        1 => (sides(), maybe(teams())).prop_map(move |(side, team)| C::PlaceTeam { activity, side, team }),
        1 => Just(C::DrawSides { activity }),
        1 => teams().prop_map(|team| C::RemoveTeam { team }),
        1 => teams().prop_map(|team| C::ChangeTeam { team, name: Some("Foxes".to_owned()), from: None }),
        5 => (teams(), 1..3u8, maybe(people())).prop_map(|(team, place, seat)| C::SetSpeaker {
            team, place, name: None, seat,
        }),
        3 => (teams(), 1..3u8, people(), any::<bool>()).prop_map(|(team, place, seat, on)| C::ConfirmPlace {
            team, place, seat, on,
        }),
        1 => (0..8u8, 1..3u8).prop_map(move |(segment, place)| C::SendSpeaker {
            activity, segment, place, twice: Some(true),
        }),
        1 => vec(people(), 0..3).prop_map(move |seats| C::SetChairs { activity, seats }),
        2 => vec(people(), 0..3).prop_map(move |seats| C::SetJudges { activity, seats }),
        2 => (teams(), 1..3u8, prop_oneof![Just(100u16), Just(150)]).prop_map(|(team, place, percent)| C::SetFactor {
            team, place, percent,
        }),
        1 => motions().prop_map(move |id| C::ProposeMotion {
            id, activity, text: "This house".to_owned(), slide: None, question: None,
        }),
        1 => any::<bool>().prop_map(move |on| C::OfferMotions { activity, on }),
        1 => maybe(motions()).prop_map(move |motion| C::ChooseMotion { activity, motion }),
        2 => Just(C::ReleaseMotion { activity }),
        9 => verbs().prop_map(move |verb| C::Clock {
            activity, verb, from: None, at: None, seconds: Some(10), segment: None, side: None,
        }),
        1 => any::<bool>().prop_map(move |on| C::CallHost { activity, on }),
        1 => (sides(), any::<bool>()).prop_map(move |(side, taken)| C::CountPoint { activity, side, taken }),
        2 => (rounds(), any::<bool>()).prop_map(move |(round, on)| C::OpenVote { activity, round, on }),
        1 => any::<bool>().prop_map(move |on| C::ShowSwing { activity, on }),
        2 => people().prop_map(move |judge| C::ConfirmBallot { activity, judge }),
        1 => people().prop_map(move |judge| C::ReturnBallot { activity, judge }),
        1 => any::<bool>().prop_map(move |on| C::ReleaseResult { activity, on }),
    ]
}

/// What somebody with a seat does.
pub fn taking_part() -> impl Strategy<Value = C> {
    let activity = debate();
    prop_oneof![
        3 => (teams(), 1..3u8).prop_map(|(team, place)| C::ClaimPlace { team, place, name: None }),
        1 => (teams(), 1..3u8).prop_map(|(team, place)| C::LeavePlace { team, place }),
        1 => (teams(), any::<bool>()).prop_map(|(team, on)| C::DeclareConflict { team, on }),
        1 => vec(motions(), 0..3).prop_map(move |motions| C::RankMotions { activity, motions }),
        1 => maybe(motions()).prop_map(move |motion| C::VetoMotion { activity, motion }),
        1 => Just(C::EndMySpeech { activity }),
        3 => Just(C::OfferPoint { activity }),
        2 => any::<bool>().prop_map(move |take| C::AnswerPoint { activity, take }),
        1 => Just(C::EndPoint { activity }),
        1 => Just(C::React { activity, kind: Reaction::Applause }),
        2 => ballots().prop_map(move |ballot| C::SaveBallot { activity, ballot }),
        2 => ballots().prop_map(move |ballot| C::HandInBallot { activity, ballot }),
    ]
}

/// What an alias does.
pub fn voting() -> impl Strategy<Value = C> {
    let activity = debate();
    (rounds(), maybe(sides())).prop_map(move |(round, side)| C::VoteMotion {
        activity,
        round,
        side,
    })
}
