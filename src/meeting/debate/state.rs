//! The state of debates, as `apply` leaves it, and what is looked up in it. No rule stands here.

use std::collections::{BTreeMap, BTreeSet};

use super::clock::DebateClock;
use crate::format::model::{Format, Segment};
use crate::meeting::command::{Ballot, Reaction, Rings, VoteRound};
use crate::meeting::ids::{ActivityId, AliasId, MotionId, QuestionId, SeatId, TeamId, Timestamp};
use crate::meeting::state::Meeting;
use crate::results::Rules;

/// One debate. There is none before its format was chosen.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Debate {
    pub format: Format,
    pub motion: String,
    pub slide: String,
    pub rings: Rings,
    pub silent: bool,
    pub together: bool,
    /// How it is scored; none: it is not.
    pub rules: Option<Rules>,
    pub reactions: Option<BTreeMap<Reaction, u32>>,
    /// Side → team.
    pub teams: BTreeMap<String, TeamId>,
    pub chairs: BTreeSet<SeatId>,
    /// The first chairs the panel.
    pub judges: Vec<SeatId>,
    /// Segment → whose it is, where the format leaves it open.
    pub owners: BTreeMap<u8, String>,
    /// Segment → whom the side sends.
    pub sent: BTreeMap<u8, Sent>,
    pub motions: BTreeMap<MotionId, Proposal>,
    pub motions_offered: bool,
    /// Side → motions, best first.
    pub ranks: BTreeMap<String, Vec<MotionId>>,
    pub vetoes: BTreeMap<String, MotionId>,
    pub released_at: Option<Timestamp>,
    pub clock: DebateClock,
    /// Side → its offer that waits.
    pub offers: BTreeMap<String, Offer>,
    pub point: Option<Point>,
    /// Side → points it offered and had taken, as counted by the chair or from seats.
    pub points: BTreeMap<String, Points>,
    /// Side, place → the same for a speaker.
    pub own_points: BTreeMap<(String, u8), Points>,
    /// Side, place → points that a speaker took while speaking.
    pub answered: BTreeMap<(String, u8), u32>,
    pub vote: Option<VoteRound>,
    pub votes: BTreeMap<AliasId, Votes>,
    pub swing_shown: bool,
    pub sheets: BTreeMap<SeatId, Sheet>,
    pub released: bool,
    pub needs_help: Option<Timestamp>,
}

/// Whom a side sends for a segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sent {
    pub place: u8,
    pub twice: bool,
}

/// A motion that is proposed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    pub text: String,
    pub slide: String,
    pub question: Option<QuestionId>,
}

/// A point of information that was offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offer {
    pub seat: SeatId,
    pub place: u8,
    pub at: Timestamp,
}

/// A point that runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    pub side: String,
    pub place: u8,
    pub began: Timestamp,
    pub ends: Timestamp,
}

/// Points of a side or a speaker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Points {
    pub offered: u32,
    pub taken: u32,
}

/// How an alias voted; within: a side's id, or none: undecided.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Votes {
    pub before: Option<Option<String>>,
    pub after: Option<Option<String>>,
}

/// A judge's ballot.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sheet {
    pub ballot: Ballot,
    pub handed_in: bool,
    pub confirmed: bool,
}

/// A team of debaters.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Team {
    pub name: String,
    /// School or club.
    pub from: String,
    pub places: BTreeMap<u8, Speaker>,
    /// Place → who claims it, with the name they gave.
    pub claims: BTreeMap<u8, BTreeMap<SeatId, String>>,
    /// Time factors in percent, by place.
    pub factors: BTreeMap<u8, u16>,
    /// Judges who may not judge it.
    pub conflicts: BTreeSet<SeatId>,
}

/// A confirmed speaker: typed in, or seated, or both.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Speaker {
    pub name: String,
    pub seat: Option<SeatId>,
}

/// Who has a segment.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Whose {
    /// A side's id, where one side has it.
    pub side: Option<String>,
    pub place: Option<u8>,
    pub team: Option<TeamId>,
    pub name: String,
    pub seat: Option<SeatId>,
    pub twice: bool,
}

impl Votes {
    #[must_use]
    pub fn of(&self, round: VoteRound) -> Option<&Option<String>> {
        match round {
            VoteRound::Before => self.before.as_ref(),
            VoteRound::After => self.after.as_ref(),
        }
    }
}

impl Debate {
    #[must_use]
    pub fn segment(&self, index: u8) -> Option<&Segment> {
        self.format.segments.get(usize::from(index))
    }

    #[must_use]
    pub fn has_side(&self, side: &str) -> bool {
        self.format.sides.iter().any(|known| known.id == side)
    }

    /// A side's id, `both`, `nobody` or `decided`.
    #[must_use]
    pub fn owner(&self, index: u8) -> &str {
        let Some(segment) = self.segment(index) else {
            return "nobody";
        };
        self.owners
            .get(&index)
            .map_or(segment.owner.as_str(), String::as_str)
    }

    /// How many voted in a round.
    #[must_use]
    pub fn voted(&self, round: VoteRound) -> usize {
        let votes = self.votes.values();
        votes.filter(|votes| votes.of(round).is_some()).count()
    }

    /// Who offered or took part on which side: the side of a confirmed speaker.
    #[must_use]
    pub fn place_of(&self, meeting: &Meeting, seat: SeatId) -> Option<(String, TeamId, u8)> {
        self.teams.iter().find_map(|(side, id)| {
            let team = meeting.teams.get(id)?;
            let (place, _) = team
                .places
                .iter()
                .find(|(_, speaker)| speaker.seat == Some(seat))?;
            Some((side.clone(), *id, *place))
        })
    }
}

impl Meeting {
    /// Who has a segment of a debate.
    #[must_use]
    pub fn whose(&self, debate: &Debate, index: u8) -> Whose {
        let owner = debate.owner(index);
        let segment = debate.segment(index);
        if !debate.has_side(owner) {
            return Whose::default();
        }
        let sent = debate.sent.get(&index);
        let place = sent
            .map(|sent| sent.place)
            .or_else(|| segment.map(|segment| segment.place))
            .filter(|place| *place > 0);
        let team = debate.teams.get(owner);
        let speaker = team
            .and_then(|team| self.teams.get(team))
            .and_then(|team| team.places.get(&place?));
        Whose {
            side: Some(owner.to_owned()),
            place,
            team: team.copied(),
            name: speaker.map(|one| one.name.clone()).unwrap_or_default(),
            seat: speaker.and_then(|one| one.seat),
            twice: sent.is_some_and(|sent| sent.twice),
        }
    }

    /// The time factor of whoever has a segment, in percent.
    #[must_use]
    pub fn factor_of(&self, whose: &Whose) -> u16 {
        let of_place = whose
            .team
            .zip(whose.place)
            .and_then(|(team, place)| self.teams.get(&team)?.factors.get(&place));
        let of_seat = whose.seat.and_then(|seat| self.factors.get(&seat));
        of_place
            .into_iter()
            .chain(of_seat)
            .copied()
            .max()
            .unwrap_or(100)
    }

    /// The time factor of the present part, in percent.
    #[must_use]
    pub fn present_factor(&self, debate: &Debate) -> u16 {
        debate
            .clock
            .segment()
            .map_or(100, |index| self.factor_of(&self.whose(debate, index)))
    }

    /// Whether any speaker of the debate has a time factor: then nobody is shown digits.
    #[must_use]
    pub fn has_factors(&self, debate: &Debate) -> bool {
        debate
            .teams
            .values()
            .filter_map(|id| self.teams.get(id))
            .any(|team| {
                team.factors.values().any(|percent| *percent != 100)
                    || team
                        .places
                        .values()
                        .filter_map(|speaker| speaker.seat)
                        .any(|seat| {
                            self.factors
                                .get(&seat)
                                .is_some_and(|percent| *percent != 100)
                        })
            })
    }

    /// The debates a team stands in, with its side.
    pub fn debates_of(&self, team: TeamId) -> impl Iterator<Item = (ActivityId, &str)> {
        self.debates.iter().flat_map(move |(id, debate)| {
            debate
                .teams
                .iter()
                .filter(move |(_, stands)| **stands == team)
                .map(|(side, _)| (*id, side.as_str()))
        })
    }
}
