//! How a debate is scored, as data: ranges, steps, what a scoresheet must say, who confirms it. Owns the shape and how a score is
//! measured against its range; knows no format, no ballot, and no name of a competition.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::speakers::SpeakerMetric;
use super::standings::TeamMetric;

/// The rules of scoring. Stored as they stood when a debate was set up: fields are only ever added, with a default.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(rename = "ScoringRules")]
#[ts(optional_fields)]
pub struct Rules {
    /// `[a-z0-9-]+`; of an older text the year it stood is part of it (`bp-2025`).
    pub id: String,
    pub name: String,
    /// Where the numbers come from, and what of them was only assumed.
    pub source: String,
    /// First day they hold, `YYYY-MM-DD`; empty: not known.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub from: String,
    /// Last day they hold, `YYYY-MM-DD`; empty: they still do.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub until: String,
    /// Two, four, or (in public speaking) any number.
    pub sides: u8,
    /// Substantive speeches of a side.
    pub speeches: u8,
    /// What a substantive speech may score; absent: speeches are not scored.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speech: Option<ScoreRange>,
    /// Absent: there are no reply speeches.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reply: Option<Reply>,
    pub sheet: Sheet,
    /// How many sides go on after an elimination round of four: 2, or 1 in the last.
    pub advancing: u8,
    /// In the rounds before the elimination.
    pub ballots: Ballots,
    /// In elimination rounds.
    pub ballots_elimination: Ballots,
    /// Judges of the minority count in scores and margins too (WSDC).
    pub margin_with_dissenters: bool,
    /// The greatest margin a sheet may show, in hundredths; 0: any.
    pub max_margin: i32,
    /// A second person looks at a ballot before it counts; where there is one judge the form is read back instead.
    pub second_confirmation: bool,
    /// On an even split the chair decides.
    pub casting_vote: bool,
    /// Judges rank the speakers of a debate (APDA).
    pub speaker_ranks: bool,
    /// A better rank may not go with a lower score.
    pub ranks_follow_scores: bool,
    /// A speech is scored as the weighted sum of these; empty: as one number.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub criteria: Vec<Criterion>,
    /// What teams are ranked by over several rounds, in order; eight at most.
    pub teams_by: Vec<TeamMetric>,
    /// What speakers are ranked by.
    pub speakers_by: Vec<SpeakerMetric>,
}

impl Default for Rules {
    /// Two sides of three, nothing scored.
    fn default() -> Self {
        Self {
            id: String::new(),
            name: String::new(),
            source: String::new(),
            from: String::new(),
            until: String::new(),
            sides: 2,
            speeches: 3,
            speech: None,
            reply: None,
            sheet: Sheet::HighPoints,
            advancing: 1,
            ballots: Ballots::Single,
            ballots_elimination: Ballots::Single,
            margin_with_dissenters: false,
            max_margin: 0,
            second_confirmation: true,
            casting_vote: true,
            speaker_ranks: false,
            ranks_follow_scores: false,
            criteria: Vec::new(),
            teams_by: vec![TeamMetric::Points, TeamMetric::SpeaksAverage],
            speakers_by: vec![SpeakerMetric::Average],
        }
    }
}

/// From where to where, and how finely, in hundredths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct ScoreRange {
    pub least: i32,
    pub most: i32,
    /// Counted from `least`; 0: every hundredth.
    pub step: i32,
}

/// How a score stands to its range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    Fits,
    OutOfRange,
    OffStep,
}

impl ScoreRange {
    /// Whole points from `least` to `most`.
    #[must_use]
    pub const fn of(least: i32, most: i32) -> Self {
        Self {
            least: least * 100,
            most: most * 100,
            step: 100,
        }
    }

    /// Half points; the bounds in half points too (60–80 is 120, 160).
    #[must_use]
    pub const fn halves(least: i32, most: i32) -> Self {
        Self {
            least: least * 50,
            most: most * 50,
            step: 50,
        }
    }

    /// Measures a score, in hundredths.
    #[must_use]
    pub fn fit(self, score: i32) -> Fit {
        if score < self.least || score > self.most {
            Fit::OutOfRange
        } else if self.step > 0
            && (i64::from(score) - i64::from(self.least)) % i64::from(self.step) != 0
        {
            Fit::OffStep
        } else {
            Fit::Fits
        }
    }
}

/// Who may give a reply speech, and what it may score.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(rename = "ReplyRules")]
#[ts(optional_fields)]
pub struct Reply {
    /// Absent: replies are given and not scored (Canadian).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub range: Option<ScoreRange>,
    /// The last substantive speaker may not reply.
    pub not_last: bool,
    /// Only who gave a substantive speech may reply.
    pub must_have_spoken: bool,
}

/// What a scoresheet must say to name a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Sheet {
    /// The higher total wins; equal totals are refused.
    #[default]
    HighPoints,
    /// The judge names the winner, who may not have the lower total.
    TiedPoints,
    /// The judge names the winner, whatever the totals.
    LowPoints,
    /// The judge names the winner; there are no scores.
    ResultOnly,
    /// The totals rank all sides (British Parliamentary); no two may be equal. Without scores the judge ranks them.
    Ranking,
    /// The judge names who goes on.
    Elimination,
    /// Scores alone; nobody wins (public speaking).
    NoWinner,
    /// The audience's two votes decide (Oxford style).
    Audience,
}

/// Whether judges vote singly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Ballots {
    /// Each judge hands in a ballot; the majority decides.
    #[default]
    Single,
    /// The panel agrees on one ballot, handed in by its chair.
    Consensus,
}

/// A part of a speech's score, such as style, content, strategy.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Criterion {
    pub id: String,
    pub name: String,
    pub range: ScoreRange,
    /// In hundredths: 100 counts once.
    pub weight: i32,
}

impl Rules {
    /// Speeches on the sheet of a side: the substantive ones in order, then the reply.
    #[must_use]
    pub fn places(&self) -> u8 {
        self.speeches.saturating_add(u8::from(self.reply.is_some()))
    }

    /// What the speech at this place (from 1) may score; `None`: it is not scored.
    #[must_use]
    pub fn range_at(&self, place: u8) -> Option<ScoreRange> {
        if matches!(self.sheet, Sheet::ResultOnly | Sheet::Audience) {
            None
        } else if place <= self.speeches {
            self.speech
        } else {
            self.reply.as_ref().and_then(|reply| reply.range)
        }
    }

    /// The speech at this place (from 1) is the reply.
    #[must_use]
    pub fn is_reply(&self, place: u8) -> bool {
        self.reply.is_some() && place > self.speeches
    }

    /// Whether any speech is scored.
    #[must_use]
    pub fn scored(&self) -> bool {
        (1..=self.places()).any(|place| self.range_at(place).is_some())
    }
}
