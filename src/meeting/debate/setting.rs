//! Setting a debate up: its format, its motion, its teams and who stands on which side.

use super::clock::Position;
use super::fact::DebateFact as F;
use super::state::{Debate, Team};
use super::{Facts, find, find_team};
use crate::format;
use crate::format::model::{Format, Kind};
use crate::meeting::command::{ActivityKind, DebateCommand};
use crate::meeting::fitting;
use crate::meeting::ids::{ActivityId, SeatId, TeamId};
use crate::meeting::refusal::{Code, Refusal};
use crate::meeting::state::Meeting;
use crate::meeting::wish::Context;
use crate::results;
use crate::results::Rules;

/// Longest motion in graphemes.
pub const MOTION: usize = 300;
/// Longest info slide in graphemes.
pub const SLIDE: usize = 2_000;
/// Most teams of a meeting.
const TEAMS: usize = 200;
/// Most chairs, and most judges, of a debate.
const PANEL: usize = 25;

/// Refusals: `not_found` (no debate activity, no such format), `wrong_state` (a clock has run), `too_long`, `out_of_range`.
pub fn set(meeting: &Meeting, command: &DebateCommand) -> Facts {
    let DebateCommand::SetDebate {
        activity,
        format,
        own_format,
        motion,
        slide,
        rings,
        silent,
        together,
        scored_by,
        reactions,
    } = command
    else {
        return Ok(vec![]);
    };
    let item = meeting.agenda.get(activity).ok_or(Code::NotFound)?;
    if item.kind != ActivityKind::Debate {
        return Err(Code::NotFound.into());
    }
    let none = Debate::default();
    let is = meeting.debates.get(activity);
    let new_format = wished_format(format.as_deref(), own_format.as_deref())?;
    if is.is_none() && new_format.is_none() {
        return Err(Refusal::because(Code::WrongState, "choose a format first"));
    }
    let is = is.unwrap_or(&none);
    let new_format = new_format.filter(|format| *format != is.format);
    if new_format.is_some() && has_run(is) {
        return Err(Refusal::because(
            Code::WrongState,
            "the clock has run: the format stays",
        ));
    }
    let scored = is.rules.as_ref().map_or("", |rules| rules.id.as_str());
    let wished = scored_by.as_deref().filter(|id| *id != scored);
    let of_format = new_format.as_ref().unwrap_or(&is.format);
    let rules = match (wished, &new_format) {
        (Some(id), _) => Some(Box::new(known_rules(id, of_format)?)),
        (None, Some(format)) => Some(Box::new(
            known_rules(&format.scored_by, format).unwrap_or_default(),
        )),
        (None, None) => None,
    };
    let motion = text(motion.as_deref(), MOTION)?;
    let slide = text(slide.as_deref(), SLIDE)?;
    let fact = F::Set {
        activity: *activity,
        rules,
        format: new_format.map(Box::new),
        motion: fitting::changed(motion, &is.motion),
        slide: fitting::changed(slide, &is.slide),
        rings: fitting::changed(*rings, &is.rings),
        silent: fitting::changed(*silent, &is.silent),
        together: fitting::changed(*together, &is.together),
        reactions: fitting::changed(*reactions, &is.reactions.is_some()),
    };
    let nothing = F::Set {
        activity: *activity,
        format: None,
        motion: None,
        slide: None,
        rings: None,
        silent: None,
        together: None,
        rules: None,
        reactions: None,
    };
    Ok(if fact == nothing { vec![] } else { vec![fact] })
}

fn text(wished: Option<&str>, longest: usize) -> Result<Option<String>, Refusal> {
    wished
        .map(|text| fitting::lines_or_nothing(text, longest))
        .transpose()
}

/// The rules of that name, fitted to the speeches that the format has. Not scored: rules without a name.
fn known_rules(id: &str, format: &Format) -> Result<Rules, Refusal> {
    if id.is_empty() {
        return Ok(Rules::default());
    }
    let mut rules = results::preset(id)
        .ok_or_else(|| Refusal::because(Code::NotFound, "no such rules of scoring"))?;
    let of = |side: &str, kind: Kind| {
        let segments = format.segments.iter();
        segments
            .filter(|one| one.owner == side && one.kind == kind)
            .count()
    };
    let most = |kind: Kind| {
        format
            .sides
            .iter()
            .map(|side| of(&side.id, kind))
            .max()
            .unwrap_or(0)
    };
    rules.sides = u8::try_from(format.sides.len()).unwrap_or(2);
    rules.speeches = u8::try_from(most(Kind::Speech)).unwrap_or(0);
    if most(Kind::Reply) == 0 {
        rules.reply = None;
    }
    Ok(rules)
}

fn wished_format(id: Option<&str>, own: Option<&Format>) -> Result<Option<Format>, Refusal> {
    if let Some(own) = own {
        if let Some(problem) = own.problems().into_iter().next() {
            return Err(Refusal::because(Code::OutOfRange, problem.to_string()));
        }
        let mut own = own.clone();
        own.complete_phases();
        format::translate(&mut own);
        return Ok(Some(own));
    }
    let Some(id) = id else { return Ok(None) };
    let known = format::built_in_by_id(id).cloned();
    known
        .map(Some)
        .ok_or_else(|| Refusal::because(Code::NotFound, "no such format"))
}

fn has_run(debate: &Debate) -> bool {
    let clock = &debate.clock;
    !matches!(clock.at, Position::Setup) || clock.watch.runs() || clock.watch.spent_ms > 0
}

/// Refusals: `exists`, `too_many`, `empty`, `too_long`, `not_found`.
pub fn add_team(
    meeting: &Meeting,
    id: TeamId,
    name: &str,
    from: Option<&str>,
    stands: Option<(ActivityId, &str)>,
) -> Facts {
    let mut facts = Vec::new();
    match meeting.teams.get(&id) {
        Some(_) => {}
        None => {
            fitting::room(meeting.teams.len(), TEAMS)?;
            facts.push(F::TeamAdded {
                team: id,
                name: fitting::line(name, fitting::NAME)?,
                from: fitting::line_or_nothing(from.unwrap_or_default(), fitting::NAME)?,
            });
        }
    }
    if let Some((activity, side)) = stands {
        let debate = find(meeting, activity)?;
        if !debate.has_side(side) {
            return Err(Code::NotFound.into());
        }
        if debate.teams.get(side) != Some(&id) {
            facts.push(F::TeamPlaced {
                activity,
                side: side.to_owned(),
                team: Some(id),
            });
        }
    }
    Ok(facts)
}

/// Refusals: `not_found`, `empty`, `too_long`.
pub fn change_team(meeting: &Meeting, id: TeamId, name: Option<&str>, from: Option<&str>) -> Facts {
    let team = find_team(meeting, id)?;
    let name = name
        .map(|name| fitting::line(name, fitting::NAME))
        .transpose()?;
    let from = from
        .map(|from| fitting::line_or_nothing(from, fitting::NAME))
        .transpose()?;
    let name = fitting::changed(name, &team.name);
    let from = fitting::changed(from, &team.from);
    Ok(if name.is_none() && from.is_none() {
        vec![]
    } else {
        vec![F::TeamChanged {
            team: id,
            name,
            from,
        }]
    })
}

/// Refusals: `not_found`, `wrong_state` while it stands in a debate.
pub fn remove_team(meeting: &Meeting, id: TeamId) -> Facts {
    find_team(meeting, id)?;
    if meeting.debates_of(id).next().is_some() {
        return Err(Refusal::because(
            Code::WrongState,
            "the team stands in a debate",
        ));
    }
    Ok(vec![F::TeamRemoved { team: id }])
}

/// A team that stood on another side of the same debate changes places with the one that stood here.
///
/// Refusals: `not_found`.
pub fn place_team(
    meeting: &Meeting,
    activity: ActivityId,
    side: &str,
    team: Option<TeamId>,
) -> Facts {
    let debate = find(meeting, activity)?;
    if !debate.has_side(side) {
        return Err(Code::NotFound.into());
    }
    if let Some(team) = team {
        find_team(meeting, team)?;
    }
    let here = debate.teams.get(side).copied();
    if here == team {
        return Ok(vec![]);
    }
    let placed = |side: &str, team| F::TeamPlaced {
        activity,
        side: side.to_owned(),
        team,
    };
    let before = team.and_then(|team| {
        let mut stands = debate.teams.iter();
        stands
            .find(|(_, there)| **there == team)
            .map(|(side, _)| side)
    });
    Ok(before
        .map(|before| placed(before, here))
        .into_iter()
        .chain([placed(side, team)])
        .collect())
}

/// The lot says who stands where. Refusals: `not_found`, `wrong_state` once the clock has run.
pub fn draw_sides(meeting: &Meeting, activity: ActivityId, ctx: &Context) -> Facts {
    let debate = find(meeting, activity)?;
    if debate.clock.segment().is_some() {
        return Err(Refusal::because(Code::WrongState, "the debate has begun"));
    }
    let mut teams: Vec<Option<TeamId>> = debate
        .format
        .sides
        .iter()
        .map(|side| debate.teams.get(&side.id).copied())
        .collect();
    shuffle(&mut teams, ctx.entropy);
    let drawn = debate.format.sides.iter().zip(teams);
    Ok(drawn
        .filter(|(side, team)| debate.teams.get(&side.id) != team.as_ref())
        .map(|(side, team)| F::TeamPlaced {
            activity,
            side: side.id.clone(),
            team,
        })
        .collect())
}

/// Fisher–Yates over 64 random bits, stretched by SplitMix64's steps; enough for the few sides of a debate.
fn shuffle<T>(items: &mut [T], entropy: u64) {
    let mut bits = entropy;
    for last in (1..items.len()).rev() {
        bits = bits.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = bits;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^= mixed >> 31;
        let bound = u64::try_from(last + 1).unwrap_or(1);
        items.swap(last, usize::try_from(mixed % bound).unwrap_or(0));
    }
}

/// Refusals: `not_found`, `too_many`.
pub fn set_chairs(meeting: &Meeting, activity: ActivityId, seats: &[SeatId]) -> Facts {
    let debate = find(meeting, activity)?;
    panel(meeting, seats)?;
    let same =
        debate.chairs.len() == seats.len() && seats.iter().all(|seat| debate.chairs.contains(seat));
    Ok(if same {
        vec![]
    } else {
        vec![F::ChairsSet {
            activity,
            seats: seats.to_vec(),
        }]
    })
}

/// Refusals: `not_found`, `too_many`, `not_allowed` for somebody who speaks here or said they may not judge.
pub fn set_judges(meeting: &Meeting, activity: ActivityId, seats: &[SeatId]) -> Facts {
    let debate = find(meeting, activity)?;
    panel(meeting, seats)?;
    for seat in seats {
        if debate.place_of(meeting, *seat).is_some() {
            return Err(Refusal::because(
                Code::NotAllowed,
                "whoever speaks in a debate does not judge it",
            ));
        }
        let teams = debate.teams.values();
        if teams
            .filter_map(|team| meeting.teams.get(team))
            .any(|team| team.conflicts.contains(seat))
        {
            return Err(Refusal::because(
                Code::NotAllowed,
                "this judge said that they may not judge one of the teams",
            ));
        }
    }
    Ok(if debate.judges == seats {
        vec![]
    } else {
        vec![F::JudgesSet {
            activity,
            seats: seats.to_vec(),
        }]
    })
}

fn panel(meeting: &Meeting, seats: &[SeatId]) -> Result<(), Refusal> {
    if seats.len() > PANEL {
        return fitting::room(seats.len(), PANEL);
    }
    let mut seen = std::collections::BTreeSet::new();
    for seat in seats {
        meeting.seated(*seat)?;
        if !seen.insert(seat) {
            return Err(Refusal::because(Code::OutOfRange, "each person once"));
        }
    }
    Ok(())
}

pub fn was_set(meeting: &mut Meeting, fact: &F) {
    let F::Set {
        activity,
        format,
        motion,
        slide,
        rings,
        silent,
        together,
        rules,
        reactions,
    } = fact
    else {
        return;
    };
    let debate = meeting.debates.entry(*activity).or_default();
    if let Some(format) = format {
        debate
            .teams
            .retain(|side, _| format.sides.iter().any(|known| known.id == *side));
        debate.format = (**format).clone();
        debate.owners.clear();
        debate.sent.clear();
        debate.sheets.clear();
    }
    fitting::put(&mut debate.motion, motion);
    fitting::put(&mut debate.slide, slide);
    fitting::put(&mut debate.rings, rings);
    fitting::put(&mut debate.silent, silent);
    fitting::put(&mut debate.together, together);
    if let Some(rules) = rules {
        debate.rules = (!rules.id.is_empty()).then(|| (**rules).clone());
        debate.sheets.clear();
    }
    if let Some(on) = reactions {
        debate.reactions = on.then(Default::default);
    }
}

pub fn apply_teams(meeting: &mut Meeting, fact: &F) {
    match fact {
        F::TeamAdded { team, name, from } => {
            let new = Team {
                name: name.clone(),
                from: from.clone(),
                ..Team::default()
            };
            meeting.teams.entry(*team).or_insert(new);
        }
        F::TeamChanged { team, name, from } => {
            if let Some(team) = meeting.teams.get_mut(team) {
                fitting::put(&mut team.name, name);
                fitting::put(&mut team.from, from);
            }
        }
        F::TeamRemoved { team } => {
            meeting.teams.remove(team);
        }
        F::TeamPlaced {
            activity,
            side,
            team,
        } => {
            if let Some(debate) = meeting.debates.get_mut(activity) {
                match team {
                    Some(team) => debate.teams.insert(side.clone(), *team),
                    None => debate.teams.remove(side),
                };
            }
        }
        _ => {}
    }
}
