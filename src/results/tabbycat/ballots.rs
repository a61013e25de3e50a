//! Writes the body that Tabbycat takes as a ballot: `POST …/pairings/{id}/ballots`. Owns which of our words is which of its.

use serde_json::{Map, Value, json};

use super::side_names;
use crate::results::panel::counted;
use crate::results::{
    Ballot, BallotSide, Ballots, Bench, Bout, Decision, Judge, Rules, Sheet, Undecided, decision,
};

/// The body for a debate: one sheet for each judge who votes singly, one for a panel that agrees. Ids are Tabbycat's links.
///
/// # Errors
/// [`Undecided`]: Tabbycat takes no unfinished result, and refuses a score that is not the sum of its speeches.
pub fn ballot_body(
    rules: &Rules,
    bout: &Bout,
    ballots: &[Ballot],
    motion: Option<&str>,
    confirmed: Confirmed,
) -> Result<Value, Undecided> {
    decision(rules, bout, ballots)?;
    let single = bout.ballots(rules) == Ballots::Single;
    let counted = counted(rules, bout, ballots)?;
    let sheets: Result<Vec<Value>, Undecided> = counted
        .into_iter()
        .map(|ballot| sheet(rules, bout, ballot, single))
        .collect();
    let sheets = sheets?;
    let mut body = Map::new();
    if let Some(motion) = motion {
        body.insert("motion".to_owned(), json!(motion));
    }
    body.insert("result".to_owned(), json!({ "sheets": sheets }));
    body.insert("confirmed".to_owned(), json!(confirmed == Confirmed::Yes));
    body.insert("discarded".to_owned(), json!(false));
    body.insert("single_adj".to_owned(), json!(false));
    Ok(Value::Object(body))
}

/// Whether the ballot was confirmed here, so that nobody need confirm it there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Confirmed {
    Yes,
    No,
}

fn sheet(rules: &Rules, bout: &Bout, ballot: &Ballot, single: bool) -> Result<Value, Undecided> {
    // What this ballot says if it stands alone.
    let alone = Bout {
        judges: vec![Judge {
            id: ballot.judge.clone(),
            bench: Bench::Chair,
        }],
        ..bout.clone()
    };
    let said = decision(rules, &alone, std::slice::from_ref(ballot))?;
    let teams: Vec<Value> = (0..bout.sides.len())
        .map(|at| team(rules, bout, ballot, &said, at))
        .collect();
    Ok(if single {
        json!({ "adjudicator": ballot.judge, "teams": teams })
    } else {
        json!({ "teams": teams })
    })
}

fn team(rules: &Rules, bout: &Bout, ballot: &Ballot, said: &Decision, at: usize) -> Value {
    let mut team = Map::new();
    let mut put = |key: &str, value: Value| team.insert(key.to_owned(), value);
    let name = side_names(bout.sides.len()).get(at);
    put("side", name.map_or_else(|| json!(at), |name| json!(name)));
    put("team", json!(bout.sides[at].team));
    let side = &said.sides[at];
    match rules.sheet {
        Sheet::Ranking => {
            put("points", json!(side.points));
        }
        Sheet::NoWinner | Sheet::Audience => {}
        Sheet::HighPoints
        | Sheet::TiedPoints
        | Sheet::LowPoints
        | Sheet::ResultOnly
        | Sheet::Elimination => {
            put("win", json!(side.points > 0));
        }
    }
    let written = &ballot.sides[at];
    if let Some(total) = written.total(rules) {
        put("score", number(total));
        put("speeches", Value::Array(speeches(rules, written)));
    }
    Value::Object(team)
}

fn speeches(rules: &Rules, written: &BallotSide) -> Vec<Value> {
    let mut speeches = Vec::new();
    for (place, speech) in (1..=rules.places()).zip(&written.speeches) {
        let Some(score) = speech
            .points(rules)
            .filter(|_| rules.range_at(place).is_some())
        else {
            continue;
        };
        let mut told = Map::new();
        told.insert("speaker".to_owned(), json!(speech.speaker));
        told.insert("score".to_owned(), number(score));
        if let Some(rank) = speech.rank {
            told.insert("rank".to_owned(), json!(rank));
        }
        if speech.twice {
            told.insert("ghost".to_owned(), json!(true));
        }
        if !speech.criteria.is_empty() {
            let part = |(criterion, score): (&String, &i32)| json!({ "criterion": criterion, "score": number(*score) });
            told.insert(
                "criteria".to_owned(),
                speech.criteria.iter().map(part).collect(),
            );
        }
        speeches.push(Value::Object(told));
    }
    speeches
}

/// Hundredths as the API writes scores: 75, 75.5.
fn number(hundredths: i32) -> Value {
    if hundredths % 100 == 0 {
        json!(hundredths / 100)
    } else {
        json!(f64::from(hundredths) / 100.0)
    }
}
