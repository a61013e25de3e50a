//! Who won, by which rules, and who meets whom next. PURE and deterministic: numbers are whole (scores in hundredths), the seed of
//! a draw comes in. Knows sides, teams, speakers and judges by opaque names alone; nothing of meetings, clocks, or people.
//!
//! `rules` says how a debate is scored, `presets` names the known ways; `ballot` is what a judge writes, `check` finds its flaws,
//! `panel` decides over all ballots, `swing` over the audience's two votes. `standings` and `speakers` add up the rounds, `draw` makes the next,
//! `tabbycat` reads and writes the files of that tabulation program.

mod ballot;
mod check;
mod draw;
mod fraction;
mod panel;
mod presets;
mod rules;
mod speakers;
mod standings;
mod status;
mod swing;
mod tabbycat;
mod vote;

#[cfg(test)]
mod cases;
#[cfg(test)]
mod properties;

pub use ballot::{Ballot, BallotSide, BallotSpeech, Bench, Bout, BoutSide, Judge, Stage};
pub use check::{Flaw, FlawCode, check, totals};
pub use draw::{
    Allotment, Draw, DrawAccount, DrawJudge, DrawMethod, DrawRules, DrawTeam, DrawnDebate,
    Institutions, JudgeRules, OddBracket, Pairing, Panel, PastDebate, Placed, SideRule, Undrawable,
    allot_judges, draw,
};
pub use fraction::Fraction;
pub use panel::{Decision, SideResult, SpeechResult, Undecided, decision};
pub use presets::{preset, preset_on, presets};
pub use rules::{Ballots, Criterion, Reply, Rules, ScoreRange, Sheet};
pub use speakers::{SpeakerMetric, SpeakerStanding, Speeches, speaker_standings};
pub use standings::{Bye, ByeWorth, Entrant, Played, TeamMetric, TeamStanding, team_standings};
pub use status::{BallotStatus, check_status};
pub use swing::{AudienceOutcome, Gain, Move, Swing, Tally, swing};
pub use tabbycat::{
    Confirmed, TabError, TabJudge, TabMotion, TabPairing, TabProblem, TabRound, TabSpeaker,
    TabTeam, TabVenue, ballot_body, pull,
};
