//! Who speaks for a team: claimed from a phone and confirmed by the chair, or typed in; substitutes, a second speech for
//! somebody absent, time factors, and whom a judge may not judge.

use super::fact::DebateFact as F;
use super::state::{Debate, Sent, Speaker};
use super::{Facts, find, find_team, seat_of};
use crate::meeting::fitting;
use crate::meeting::ids::{ActivityId, SeatId, TeamId};
use crate::meeting::refusal::{Code, Refusal};
use crate::meeting::state::Meeting;
use crate::meeting::wish::Context;

/// Most places in a team.
pub const PLACES: u8 = 8;
/// Time factors there are, in percent.
pub const FACTORS: [u16; 4] = [100, 125, 150, 200];
/// Most claims of one place.
const CLAIMS: usize = 20;

/// Refusals: `not_found`, `out_of_range`, `too_long`.
pub fn set_speaker(
    meeting: &Meeting,
    id: TeamId,
    place: u8,
    name: Option<&str>,
    seat: Option<SeatId>,
) -> Facts {
    let team = find_team(meeting, id)?;
    fitting::within(place, 1, PLACES)?;
    let own = seat
        .map(|seat| meeting.seated(seat).map(|one| one.name.clone()))
        .transpose()?;
    let name = match name {
        Some(name) => fitting::line_or_nothing(name, fitting::NAME)?,
        None => own.unwrap_or_default(),
    };
    let speaker = Speaker { name, seat };
    if team.places.get(&place).cloned().unwrap_or_default() == speaker {
        return Ok(vec![]);
    }
    Ok(seated(meeting, id, place, speaker))
}

/// Nobody speaks from two places of a team.
fn seated(meeting: &Meeting, id: TeamId, place: u8, speaker: Speaker) -> Vec<F> {
    let others = meeting
        .teams
        .get(&id)
        .into_iter()
        .flat_map(|team| &team.places);
    let mut facts: Vec<F> = others
        .filter(|(other, there)| {
            **other != place && there.seat.is_some() && there.seat == speaker.seat
        })
        .map(|(other, _)| F::SpeakerSet {
            team: id,
            place: *other,
            name: String::new(),
            seat: None,
        })
        .collect();
    facts.push(F::SpeakerSet {
        team: id,
        place,
        name: speaker.name,
        seat: speaker.seat,
    });
    facts
}

/// Refusals: `not_found`, `out_of_range`, `wrong_state` (somebody else is confirmed there), `too_long`, `too_many`.
pub fn claim(meeting: &Meeting, id: TeamId, place: u8, name: Option<&str>, ctx: &Context) -> Facts {
    let seat = seat_of(ctx)?;
    let team = find_team(meeting, id)?;
    fitting::within(place, 1, PLACES)?;
    let there = team.places.get(&place);
    if there.is_some_and(|there| there.seat == Some(seat)) {
        return Ok(vec![]);
    }
    if there.is_some_and(|there| there.seat.is_some()) {
        return Err(Refusal::because(Code::WrongState, "the place is taken"));
    }
    let name = match name {
        Some(name) => fitting::line_or_nothing(name, fitting::NAME)?,
        None => meeting.seated(seat)?.name.clone(),
    };
    let claims = team.claims.get(&place);
    if claims.and_then(|claims| claims.get(&seat)) == Some(&name) {
        return Ok(vec![]);
    }
    fitting::room(claims.map_or(0, std::collections::BTreeMap::len), CLAIMS)?;
    let mut facts = dropped_elsewhere(meeting, id, place, seat);
    facts.push(F::PlaceClaimed {
        team: id,
        place,
        seat,
        name,
    });
    Ok(facts)
}

/// A person claims one place at a time.
fn dropped_elsewhere(meeting: &Meeting, id: TeamId, place: u8, seat: SeatId) -> Vec<F> {
    let mut facts = Vec::new();
    for (team_id, team) in &meeting.teams {
        for (claimed, claims) in &team.claims {
            if claims.contains_key(&seat) && (*team_id, *claimed) != (id, place) {
                facts.push(F::ClaimDropped {
                    team: *team_id,
                    place: *claimed,
                    seat,
                });
            }
        }
    }
    facts
}

/// Steps back from a claim, or from the place itself. Refusals: `not_found`.
pub fn leave(meeting: &Meeting, id: TeamId, place: u8, ctx: &Context) -> Facts {
    let seat = seat_of(ctx)?;
    let team = find_team(meeting, id)?;
    let claims = team.claims.get(&place);
    let mut facts = Vec::new();
    if claims.is_some_and(|claims| claims.contains_key(&seat)) {
        facts.push(F::ClaimDropped {
            team: id,
            place,
            seat,
        });
    }
    let there = team.places.get(&place);
    if there.is_some_and(|there| there.seat == Some(seat)) {
        facts.push(F::SpeakerSet {
            team: id,
            place,
            name: String::new(),
            seat: None,
        });
    }
    Ok(facts)
}

/// Refusals: `not_found` when that seat does not claim the place.
pub fn confirm(meeting: &Meeting, id: TeamId, place: u8, seat: SeatId, claim: Claim) -> Facts {
    let team = find_team(meeting, id)?;
    let there = team.places.get(&place);
    if claim == Claim::Confirmed && there.is_some_and(|there| there.seat == Some(seat)) {
        return Ok(vec![]);
    }
    let claims = team.claims.get(&place);
    let Some(name) = claims.and_then(|claims| claims.get(&seat)) else {
        return match claim {
            Claim::Confirmed => Err(Code::NotFound.into()),
            Claim::TurnedDown => Ok(vec![]),
        };
    };
    Ok(match claim {
        Claim::TurnedDown => vec![F::ClaimDropped {
            team: id,
            place,
            seat,
        }],
        Claim::Confirmed => {
            // What the chair typed in stays, unless the claim says a name.
            let typed = there.map(|there| there.name.clone()).unwrap_or_default();
            let name = if name.is_empty() { typed } else { name.clone() };
            let speaker = Speaker {
                name,
                seat: Some(seat),
            };
            seated(meeting, id, place, speaker)
        }
    })
}

/// What the chair says to a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claim {
    Confirmed,
    TurnedDown,
}

/// Refusals: `not_found`, `out_of_range` (no such place, or one that may not give this speech).
pub fn send(meeting: &Meeting, activity: ActivityId, segment: u8, sent: Sent) -> Facts {
    let debate = find(meeting, activity)?;
    let part = debate.segment(segment).ok_or(Code::NotFound)?;
    fitting::within(sent.place, 1, PLACES)?;
    if !part.by.is_empty() && !part.by.contains(&sent.place) {
        return Err(Refusal::because(
            Code::OutOfRange,
            "the format does not let this speaker give it",
        ));
    }
    if debate.sent.get(&segment) == Some(&sent) {
        return Ok(vec![]);
    }
    Ok(vec![F::SpeakerSent {
        activity,
        segment,
        place: sent.place,
        twice: sent.twice,
    }])
}

/// Refusals: `not_found`, `wrong_state` where the format says whose it is.
pub fn decide_owner(meeting: &Meeting, activity: ActivityId, segment: u8, side: &str) -> Facts {
    let debate = find(meeting, activity)?;
    let part = debate.segment(segment).ok_or(Code::NotFound)?;
    if part.owner != "decided" {
        return Err(Refusal::because(
            Code::WrongState,
            "the format says whose it is",
        ));
    }
    if !debate.has_side(side) && side != "both" && side != "nobody" {
        return Err(Code::NotFound.into());
    }
    if debate.owner(segment) == side {
        return Ok(vec![]);
    }
    Ok(vec![F::OwnerDecided {
        activity,
        segment,
        side: side.to_owned(),
    }])
}

/// Refusals: `not_found`, `out_of_range`.
pub fn set_factor(meeting: &Meeting, id: TeamId, place: u8, percent: u16) -> Facts {
    let team = find_team(meeting, id)?;
    fitting::within(place, 1, PLACES)?;
    if !FACTORS.contains(&percent) {
        return Err(Refusal::because(
            Code::OutOfRange,
            "100, 125, 150 or 200 percent",
        ));
    }
    if team.factors.get(&place).copied().unwrap_or(100) == percent {
        return Ok(vec![]);
    }
    Ok(vec![F::FactorSet {
        team: id,
        place,
        percent,
    }])
}

/// Refusal: `not_found`.
pub fn declare_conflict(meeting: &Meeting, id: TeamId, on: bool, ctx: &Context) -> Facts {
    let seat = seat_of(ctx)?;
    let team = find_team(meeting, id)?;
    if team.conflicts.contains(&seat) == on {
        return Ok(vec![]);
    }
    Ok(vec![F::ConflictDeclared { team: id, seat, on }])
}

pub fn apply(meeting: &mut Meeting, fact: &F) {
    match fact {
        F::SpeakerSet {
            team,
            place,
            name,
            seat,
        } => {
            let Some(team) = meeting.teams.get_mut(team) else {
                return;
            };
            if name.is_empty() && seat.is_none() {
                team.places.remove(place);
            } else {
                let speaker = Speaker {
                    name: name.clone(),
                    seat: *seat,
                };
                team.places.insert(*place, speaker);
            }
            if let Some(seat) = seat {
                for claims in team.claims.values_mut() {
                    claims.remove(seat);
                }
                team.claims.retain(|_, claims| !claims.is_empty());
            }
        }
        F::PlaceClaimed {
            team,
            place,
            seat,
            name,
        } => {
            if let Some(team) = meeting.teams.get_mut(team) {
                let claims = team.claims.entry(*place).or_default();
                claims.insert(*seat, name.clone());
            }
        }
        F::ClaimDropped { team, place, seat } => {
            let Some(team) = meeting.teams.get_mut(team) else {
                return;
            };
            if let Some(claims) = team.claims.get_mut(place) {
                claims.remove(seat);
                if claims.is_empty() {
                    team.claims.remove(place);
                }
            }
        }
        F::ConflictDeclared { team, seat, on } => {
            if let Some(team) = meeting.teams.get_mut(team) {
                if *on {
                    team.conflicts.insert(*seat);
                } else {
                    team.conflicts.remove(seat);
                }
            }
        }
        F::FactorSet {
            team,
            place,
            percent,
        } => {
            if let Some(team) = meeting.teams.get_mut(team) {
                if *percent == 100 {
                    team.factors.remove(place);
                } else {
                    team.factors.insert(*place, *percent);
                }
            }
        }
        _ => {}
    }
}

pub fn apply_to(debate: &mut Debate, fact: &F) {
    match fact {
        F::SpeakerSent {
            segment,
            place,
            twice,
            ..
        } => {
            let sent = Sent {
                place: *place,
                twice: *twice,
            };
            debate.sent.insert(*segment, sent);
        }
        F::OwnerDecided { segment, side, .. } => {
            debate.owners.insert(*segment, side.clone());
        }
        F::ChairsSet { seats, .. } => debate.chairs = seats.iter().copied().collect(),
        F::JudgesSet { seats, .. } => {
            debate.judges.clone_from(seats);
            debate.sheets.retain(|judge, _| seats.contains(judge));
        }
        _ => {}
    }
}
