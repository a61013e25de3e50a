//! Cases made by hand for every rule, each expected value derived beside it. Scores are written as a judge writes them (75.5) and
//! turned into hundredths here.

mod audience;
mod ballots;
mod many;
mod panels;
mod ranks;
mod tables;

use super::ballot::{Ballot, Bench, Bout, BoutSide, Judge};
use super::rules::Rules;
use super::{Flaw, FlawCode, preset};

pub(super) const TWO: [&str; 2] = ["proposition", "opposition"];
pub(super) const FOUR: [&str; 4] = ["og", "oo", "cg", "co"];

/// Hundredths.
pub(super) fn points(score: f64) -> i32 {
    (score * 100.0).round() as i32
}

pub(super) fn rules(id: &str) -> Rules {
    preset(id).unwrap()
}

/// A debate with these sides; the speakers of `proposition` are `proposition-1`, `proposition-2`, ….
pub(super) fn bout(sides: &[&str], judges: &[&str]) -> Bout {
    let side = |side: &&str| BoutSide {
        side: (*side).to_owned(),
        team: format!("team of {side}"),
        speakers: (1..=5).map(|number| format!("{side}-{number}")).collect(),
    };
    let judge = |(at, id): (usize, &&str)| Judge {
        id: (*id).to_owned(),
        bench: if at == 0 {
            Bench::Chair
        } else {
            Bench::Panellist
        },
    };
    Bout {
        sides: sides.iter().map(side).collect(),
        judges: judges.iter().enumerate().map(judge).collect(),
        ..Bout::default()
    }
}

/// A full ballot: speakers in order, the reply by the first.
pub(super) fn sheet(rules: &Rules, bout: &Bout, judge: &str, scores: &[&[f64]]) -> Ballot {
    let mut ballot = bout.blank(rules, judge);
    for (said, scores) in ballot.sides.iter_mut().zip(scores) {
        for (at, (speech, score)) in said.speeches.iter_mut().zip(*scores).enumerate() {
            let number = if rules.is_reply(u8::try_from(at + 1).unwrap()) {
                1
            } else {
                at + 1
            };
            speech.speaker = Some(format!("{}-{number}", said.side));
            speech.score = Some(points(*score));
        }
    }
    ballot
}

pub(super) fn codes(flaws: &[Flaw]) -> Vec<FlawCode> {
    flaws.iter().map(|flaw| flaw.code).collect()
}

/// Rules of four speeches, three and a reply, wide enough for the known sheets.
pub(super) fn wide(sheet: super::Sheet) -> Rules {
    Rules {
        sheet,
        speech: Some(super::ScoreRange::halves(120, 170)),
        ..rules("australs")
    }
}
