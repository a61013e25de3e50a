//! Debate: who has the floor, and for how long. One file per theme, each with its rules, what applies them, and its tests.
//! How a debate runs is [`crate::format`]'s, how it is scored [`crate::results`]'.

pub mod audience;
pub mod clock;
pub mod command;
pub mod fact;
pub mod judging;
pub mod motions;
pub mod people;
pub mod running;
pub mod setting;
pub mod state;

#[cfg(test)]
mod clock_tests;
#[cfg(test)]
mod stories;

use super::Decision;
use super::authority::Need;
use super::command::{DebateCommand as C, Verb};
use super::fact::{DebateFact as F, Fact};
use super::ids::{ActivityId, SeatId, TeamId, Timestamp};
use super::refusal::{Code, Refusal};
use super::role::{Actor, Role};
use super::state::{Meeting, Openness};
use super::wish::Context;
use clock::DebateClock;
use state::{Debate, Sent, Team};

pub(crate) use running::{closing, deadline, next_deadline};

/// What a rule of a debate decides.
pub(crate) type Facts = Result<Vec<F>, Refusal>;

/// What a command of a debate asks of whoever sends it.
pub(crate) fn need(command: &C) -> Need {
    match command {
        C::SetChairs { .. } | C::DrawRound { .. } => Need::Facilitator,
        C::SetDebate { .. }
        | C::AddTeam { .. }
        | C::ChangeTeam { .. }
        | C::RemoveTeam { .. }
        | C::PlaceTeam { .. }
        | C::DrawSides { .. }
        | C::SetSpeaker { .. }
        | C::ConfirmPlace { .. }
        | C::SendSpeaker { .. }
        | C::DecideOwner { .. }
        | C::SetJudges { .. }
        | C::SetFactor { .. }
        | C::ProposeMotion { .. }
        | C::RemoveMotion { .. }
        | C::OfferMotions { .. }
        | C::ChooseMotion { .. }
        | C::ReleaseMotion { .. }
        | C::Clock { .. }
        | C::CallHost { .. }
        | C::CountPoint { .. }
        | C::OpenVote { .. }
        | C::ShowSwing { .. }
        | C::ReturnBallot { .. }
        | C::ReleaseResult { .. } => Need::Timekeeper,
        C::VoteMotion { .. } => Need::Alias,
        C::ClaimPlace { .. }
        | C::LeavePlace { .. }
        | C::DeclareConflict { .. }
        | C::RankMotions { .. }
        | C::VetoMotion { .. }
        | C::EndMySpeech { .. }
        | C::OfferPoint { .. }
        | C::AnswerPoint { .. }
        | C::EndPoint { .. }
        | C::React { .. }
        | C::SaveBallot { .. }
        | C::HandInBallot { .. }
        | C::ConfirmBallot { .. } => Need::Seat,
    }
}

/// What may still be done after the meeting's end: the judges' work, and what shows or takes back its outcome.
pub(crate) fn outlives_the_end(command: &C) -> bool {
    matches!(
        command,
        C::SaveBallot { .. }
            | C::HandInBallot { .. }
            | C::ConfirmBallot { .. }
            | C::ReturnBallot { .. }
            | C::ReleaseResult { .. }
            | C::ShowSwing { .. }
            | C::CallHost { on: false, .. }
    )
}

/// The debate a command is about, where only its own chairs may send it.
fn chaired(command: &C) -> Option<ActivityId> {
    match command {
        C::SetDebate { activity, .. }
        | C::PlaceTeam { activity, .. }
        | C::DrawSides { activity }
        | C::SendSpeaker { activity, .. }
        | C::DecideOwner { activity, .. }
        | C::SetJudges { activity, .. }
        | C::ProposeMotion { activity, .. }
        | C::OfferMotions { activity, .. }
        | C::ChooseMotion { activity, .. }
        | C::ReleaseMotion { activity }
        | C::Clock { activity, .. }
        | C::CallHost { activity, .. }
        | C::CountPoint { activity, .. }
        | C::OpenVote { activity, .. }
        | C::ShowSwing { activity, .. }
        | C::ReturnBallot { activity, .. }
        | C::ReleaseResult { activity, .. } => Some(*activity),
        _ => None,
    }
}

pub(crate) fn decide(meeting: &Meeting, command: &C, ctx: &Context) -> Decision {
    if let Some(debate) = chaired(command).and_then(|id| meeting.debates.get(&id))
        && !chairs(meeting, debate, ctx.actor)
    {
        return Err(Refusal::because(
            Code::NotAllowed,
            "another chair has this debate",
        ));
    }
    if let C::SetChairs { activity, seats } = command {
        return with_roles(
            meeting,
            setting::set_chairs(meeting, *activity, seats)?,
            seats,
        );
    }
    decide_one(meeting, command, ctx).map(wrapped)
}

fn decide_one(meeting: &Meeting, command: &C, ctx: &Context) -> Facts {
    match command {
        C::SetDebate { .. } => setting::set(meeting, command),
        C::AddTeam {
            id,
            name,
            from,
            activity,
            side,
        } => {
            let stands = activity.zip(side.as_deref());
            setting::add_team(meeting, *id, name, from.as_deref(), stands)
        }
        C::ChangeTeam { team, name, from } => {
            setting::change_team(meeting, *team, name.as_deref(), from.as_deref())
        }
        C::RemoveTeam { team } => setting::remove_team(meeting, *team),
        C::PlaceTeam {
            activity,
            side,
            team,
        } => setting::place_team(meeting, *activity, side, *team),
        C::DrawSides { activity } => setting::draw_sides(meeting, *activity, ctx),
        C::SetChairs { activity, seats } => setting::set_chairs(meeting, *activity, seats),
        C::SetJudges { activity, seats } => setting::set_judges(meeting, *activity, seats),
        C::SetSpeaker {
            team,
            place,
            name,
            seat,
        } => people::set_speaker(meeting, *team, *place, name.as_deref(), *seat),
        C::ClaimPlace { team, place, name } => {
            people::claim(meeting, *team, *place, name.as_deref(), ctx)
        }
        C::LeavePlace { team, place } => people::leave(meeting, *team, *place, ctx),
        C::ConfirmPlace {
            team,
            place,
            seat,
            on,
        } => {
            let claim = if *on {
                people::Claim::Confirmed
            } else {
                people::Claim::TurnedDown
            };
            people::confirm(meeting, *team, *place, *seat, claim)
        }
        C::SendSpeaker {
            activity,
            segment,
            place,
            twice,
        } => {
            let sent = Sent {
                place: *place,
                twice: twice.unwrap_or_default(),
            };
            people::send(meeting, *activity, *segment, sent)
        }
        C::DecideOwner {
            activity,
            segment,
            side,
        } => people::decide_owner(meeting, *activity, *segment, side),
        C::DeclareConflict { team, on } => people::declare_conflict(meeting, *team, *on, ctx),
        C::SetFactor {
            team,
            place,
            percent,
        } => people::set_factor(meeting, *team, *place, *percent),
        C::ProposeMotion {
            id,
            activity,
            text,
            slide,
            question,
        } => motions::propose(meeting, *id, *activity, text, slide.as_deref(), *question),
        C::RemoveMotion { motion } => motions::remove(meeting, *motion),
        C::OfferMotions { activity, on } => motions::offer(meeting, *activity, *on),
        C::RankMotions { activity, motions } => motions::rank(meeting, *activity, motions, ctx),
        C::VetoMotion { activity, motion } => motions::veto(meeting, *activity, *motion, ctx),
        C::ChooseMotion { activity, motion } => motions::choose(meeting, *activity, *motion),
        C::ReleaseMotion { activity } => motions::release(meeting, *activity, ctx),
        C::Clock { .. } => running::turn(meeting, command, ctx),
        C::EndMySpeech { activity } => running::end_my_speech(meeting, *activity, ctx),
        C::CallHost { activity, on } => call_host(meeting, *activity, *on),
        C::OfferPoint { activity } => running::offer_point(meeting, *activity, ctx),
        C::AnswerPoint { activity, take } => running::answer_point(meeting, *activity, *take, ctx),
        C::CountPoint {
            activity,
            side,
            taken,
        } => running::count_point(meeting, *activity, side, *taken, ctx),
        C::EndPoint { activity } => running::end_point(meeting, *activity, ctx),
        C::OpenVote {
            activity,
            round,
            on,
        } => audience::open(meeting, *activity, *round, *on),
        C::VoteMotion {
            activity,
            round,
            side,
        } => audience::vote(meeting, *activity, *round, side.as_deref(), ctx),
        C::ShowSwing { activity, on } => audience::show_swing(meeting, *activity, *on),
        C::React { activity, kind } => audience::react(meeting, *activity, *kind),
        C::SaveBallot { activity, ballot } => {
            judging::save(meeting, *activity, ballot, judging::Step::Draft, ctx)
        }
        C::HandInBallot { activity, ballot } => {
            judging::save(meeting, *activity, ballot, judging::Step::HandIn, ctx)
        }
        C::ConfirmBallot { activity, judge } => judging::confirm(meeting, *activity, *judge, ctx),
        C::ReturnBallot { activity, judge } => judging::give_back(meeting, *activity, *judge),
        C::ReleaseResult { activity, on } => judging::release(meeting, *activity, *on),
        C::DrawRound { .. } => Err(Code::NotUnderstood.into()),
    }
}

/// Whoever takes a chair becomes a timekeeper too.
fn with_roles(meeting: &Meeting, facts: Vec<F>, seats: &[SeatId]) -> Decision {
    let lacks = |seat: &&SeatId| {
        let roles = meeting.standing(Actor::Seat(**seat)).roles;
        !roles.contains(&Role::Timekeeper) && !roles.contains(&Role::Facilitator)
    };
    let given = seats.iter().filter(lacks).map(|seat| Fact::RoleGiven {
        seat: *seat,
        role: Role::Timekeeper,
        link: None,
    });
    let given: Vec<Fact> = given.collect();
    Ok(wrapped(facts).into_iter().chain(given).collect())
}

/// Refusal: `not_found`.
fn call_host(meeting: &Meeting, activity: ActivityId, on: bool) -> Facts {
    let debate = find(meeting, activity)?;
    Ok(if debate.needs_help.is_some() == on {
        vec![]
    } else {
        vec![F::HostCalled { activity, on }]
    })
}

/// Whether the actor chairs the debate: a facilitator, or a timekeeper when it has no chairs of its own or is one of them.
pub(crate) fn chairs(meeting: &Meeting, debate: &Debate, actor: Actor) -> bool {
    let roles = meeting.standing(actor).roles;
    match actor {
        Actor::Server => true,
        _ if roles.contains(&Role::Facilitator) => true,
        Actor::Seat(seat) => {
            roles.contains(&Role::Timekeeper)
                && (debate.chairs.is_empty() || debate.chairs.contains(&seat))
        }
        Actor::Alias(_) => false,
    }
}

fn find(meeting: &Meeting, activity: ActivityId) -> Result<&Debate, Refusal> {
    meeting
        .debates
        .get(&activity)
        .ok_or_else(|| Code::NotFound.into())
}

fn find_team(meeting: &Meeting, team: TeamId) -> Result<&Team, Refusal> {
    meeting
        .teams
        .get(&team)
        .ok_or_else(|| Code::NotFound.into())
}

/// Refusal: `closed`.
fn open(meeting: &Meeting, activity: ActivityId) -> Result<(), Refusal> {
    let open = meeting
        .agenda
        .get(&activity)
        .is_some_and(|item| item.openness == Openness::Open);
    if open {
        Ok(())
    } else {
        Err(Code::Closed.into())
    }
}

fn seat_of(ctx: &Context) -> Result<SeatId, Refusal> {
    match ctx.actor {
        Actor::Seat(seat) => Ok(seat),
        Actor::Alias(_) | Actor::Server => Err(Code::NotAllowed.into()),
    }
}

fn clocked(activity: ActivityId, verb: Option<Verb>, clock: DebateClock) -> F {
    F::Clocked {
        activity,
        verb,
        clock,
    }
}

pub(crate) fn apply(meeting: &mut Meeting, at: Timestamp, fact: &F) {
    match fact {
        F::Set { .. } => setting::was_set(meeting, fact),
        F::TeamAdded { .. }
        | F::TeamChanged { .. }
        | F::TeamRemoved { .. }
        | F::TeamPlaced { .. } => setting::apply_teams(meeting, fact),
        F::SpeakerSet { .. }
        | F::PlaceClaimed { .. }
        | F::ClaimDropped { .. }
        | F::ConflictDeclared { .. }
        | F::FactorSet { .. } => people::apply(meeting, fact),
        F::SpeakerSent { activity, .. }
        | F::OwnerDecided { activity, .. }
        | F::ChairsSet { activity, .. }
        | F::JudgesSet { activity, .. } => change(meeting, *activity, |debate| {
            people::apply_to(debate, fact);
        }),
        F::MotionProposed { activity, .. }
        | F::MotionRemoved { activity, .. }
        | F::MotionsOffered { activity, .. }
        | F::MotionsRanked { activity, .. }
        | F::MotionVetoed { activity, .. }
        | F::MotionReleased { activity } => change(meeting, *activity, |debate| {
            motions::apply_to(debate, at, fact);
        }),
        F::Clocked { activity, .. }
        | F::HostCalled { activity, .. }
        | F::PointOffered { activity, .. }
        | F::PointAnswered { activity, .. }
        | F::PointBegun { activity, .. }
        | F::PointOver { activity }
        | F::PointCounted { activity, .. } => {
            let speaking = speaking(meeting, *activity);
            change(meeting, *activity, |debate| {
                running::apply_to(debate, speaking, at, fact);
            });
        }
        F::VoteOpened { activity, .. }
        | F::Voted { activity, .. }
        | F::SwingShown { activity, .. }
        | F::Reacted { activity, .. } => change(meeting, *activity, |debate| {
            audience::apply_to(debate, fact);
        }),
        F::BallotSaved { activity, .. }
        | F::BallotConfirmed { activity, .. }
        | F::BallotReturned { activity, .. }
        | F::ResultReleased { activity, .. } => change(meeting, *activity, |debate| {
            judging::apply_to(debate, fact);
        }),
    }
}

fn speaking(meeting: &Meeting, activity: ActivityId) -> Option<(String, u8)> {
    let debate = meeting.debates.get(&activity)?;
    let whose = meeting.whose(debate, debate.clock.segment()?);
    whose.side.zip(whose.place)
}

fn change(meeting: &mut Meeting, activity: ActivityId, change: impl FnOnce(&mut Debate)) {
    if let Some(debate) = meeting.debates.get_mut(&activity) {
        change(debate);
    }
}

/// Facts of a debate as facts of the meeting.
pub(crate) fn wrapped(facts: Vec<F>) -> Vec<Fact> {
    facts
        .into_iter()
        .map(|fact| Fact::Debate(Box::new(fact)))
        .collect()
}
