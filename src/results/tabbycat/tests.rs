//! Rounds in and ballots out, in the API's shape.

use serde_json::{Value, json};

use super::ballots::Confirmed;
use super::*;
use crate::results::{Ballot, Bench, Rules, Sheet, Undecided, preset};

const API: &str = "https://tab.example/api/v1/tournaments/cup";

fn link(kind: &str, number: u32) -> String {
    format!("{API}/{kind}/{number}")
}

fn sides() -> Vec<String> {
    ["proposition", "opposition"].map(str::to_owned).to_vec()
}

/// Two teams of two, two judges, one debate; a third team sits out.
fn bundle() -> Value {
    let speaker = |number: u32| json!({ "id": number, "url": link("speakers", number), "name": format!("Speaker {number}") });
    let team = |number: u32, speakers: [u32; 2]| {
        json!({
            "url": link("teams", number),
            "reference": format!("Team {number}"),
            "long_name": format!("School {number}"),
            "institution": format!("https://tab.example/api/v1/institutions/{number}"),
            "institution_conflicts": [format!("https://tab.example/api/v1/institutions/{number}")],
            "speakers": speakers.map(speaker),
        })
    };
    json!({
        "round": { "seq": 3, "name": "Round 3", "stage": "P" },
        "motions": [{ "url": link("motions", 1), "reference": "Bees", "text": "This house would keep bees", "info_slide": "" }],
        "venues": [{ "url": link("venues", 1), "name": "12", "display_name": "Room 12" }],
        "teams": [team(1, [11, 12]), team(2, [21, 22]), team(3, [31, 32])],
        "adjudicators": [
            {
                "url": link("adjudicators", 1),
                "name": "Ana",
                "institution": null,
                "base_score": 4.5,
                "trainee": false,
                "team_conflicts": [link("teams", 3)],
                "adjudicator_conflicts": [],
                "institution_conflicts": ["https://tab.example/api/v1/institutions/9"],
            },
            { "url": link("adjudicators", 2), "name": "Ben" },
        ],
        "pairings": [
            {
                "url": link("rounds/3/pairings", 7),
                "venue": link("venues", 1),
                "teams": [
                    { "team": link("teams", 2), "side": "neg" },
                    { "team": link("teams", 1), "side": "aff" },
                ],
                "adjudicators": { "chair": link("adjudicators", 1), "panellists": [], "trainees": [link("adjudicators", 2)] },
                "sides_confirmed": true,
            },
            {
                "url": link("rounds/3/pairings", 8),
                "venue": null,
                "teams": [{ "team": link("teams", 3), "side": "bye" }],
                "adjudicators": null,
            },
        ],
    })
}

#[test]
fn a_round_is_read() {
    let round = pull(&bundle(), &sides()).unwrap();
    assert_eq!(
        (round.name.as_str(), round.seq, round.stage),
        ("Round 3", 3, Stage::Preliminary)
    );
    assert_eq!(round.teams[0].name, "School 1");
    assert_eq!(round.teams[0].institutions.len(), 1);
    assert_eq!(round.teams[1].speakers[1].name, "Speaker 22");
    assert_eq!((round.judges[0].score, round.judges[1].score), (450, 0));
    assert_eq!(round.judges[0].may_not.len(), 2);
    assert_eq!(round.venues[0].name, "Room 12");
    assert_eq!(round.byes, [link("teams", 3)]);
    assert_eq!(round.pairings.len(), 1);
    let bout = round.bout(&round.pairings[0]);
    // In our order, whatever theirs was.
    assert_eq!(
        (bout.sides[0].side.as_str(), &bout.sides[0].team),
        ("proposition", &link("teams", 1))
    );
    assert_eq!(
        bout.sides[0].speakers,
        [link("speakers", 11), link("speakers", 12)]
    );
    let benches: Vec<Bench> = bout.judges.iter().map(|judge| judge.bench).collect();
    assert_eq!(benches, [Bench::Chair, Bench::Trainee]);
    assert!(!bout.sides_to_confirm);
}

#[test]
fn sides_may_be_numbers_and_speakers_a_list_of_their_own() {
    let mut bundle = bundle();
    bundle["pairings"][0]["teams"] = json!([
        { "team": link("teams", 1), "side": 1 },
        { "team": link("teams", 2), "side": 0 },
    ]);
    bundle["pairings"][1]["teams"][0]["side"] = json!(-1);
    bundle["teams"][0]["speakers"] = json!([]);
    bundle["speakers"] =
        json!([{ "url": link("speakers", 19), "name": "Zoe", "team": link("teams", 1) }]);
    let round = pull(&bundle, &sides()).unwrap();
    assert_eq!(round.pairings[0].places[0].team, link("teams", 2));
    assert_eq!(round.teams[0].speakers[0].name, "Zoe");
    assert_eq!(round.byes.len(), 1);
}

#[test]
fn what_is_wrong_is_named_by_its_path() {
    let mut bundle = bundle();
    bundle["teams"][1].as_object_mut().unwrap().remove("url");
    bundle["motions"][0]["text"] = json!(7);
    bundle["pairings"][0]["venue"] = json!(link("venues", 5));
    bundle["pairings"][0]["adjudicators"]["panellists"] = json!([link("adjudicators", 8)]);
    bundle["pairings"][1]["teams"][0]["side"] = json!("middle");
    let errors = pull(&bundle, &sides()).unwrap_err();
    let told: Vec<String> = errors.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "motions[0].text: is no text".to_owned(),
            "teams[1].url: is missing".to_owned(),
            format!(
                "pairings[0].teams[0].team: {} is in none of the lists",
                link("teams", 2)
            ),
            "pairings[1].teams[0].side: \"middle\" is no side of this debate".to_owned(),
        ]
    );
    let mut other = self::bundle();
    other["pairings"][0]["venue"] = json!(link("venues", 5));
    other["pairings"][0]["adjudicators"]["panellists"] = json!([link("adjudicators", 8), 4]);
    other["pairings"][1] = other["pairings"][0].clone();
    let errors = pull(&other, &sides()).unwrap_err();
    let paths: Vec<&str> = errors.iter().map(|error| error.path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "pairings[0].venue",
            "pairings[0].adjudicators.panellists[1]",
            "pairings[0].adjudicators.panellists",
            "pairings[1].teams[0].team",
            "pairings[1].teams[1].team",
        ]
    );
    let empty = pull(&json!({}), &sides()).unwrap_err();
    let paths: Vec<&str> = empty.iter().map(|error| error.path.as_str()).collect();
    assert_eq!(paths, ["teams", "pairings"]);
    assert!(pull(&json!([]), &sides()).is_err());
}

fn rules() -> Rules {
    Rules {
        speeches: 2,
        sheet: Sheet::TiedPoints,
        ..preset("wsdc").unwrap()
    }
}

/// 70 + 71.5 + 35 = 176.5 to 70 + 70 + 36.5 = 176.5; the proposition is named. The first speaker replies.
fn ballot(bout: &Bout, rules: &Rules, judge: &str) -> Ballot {
    let mut ballot = bout.blank(rules, judge);
    let scores = [[7_000, 7_150, 3_500], [7_000, 7_000, 3_650]];
    for ((said, scores), side) in ballot.sides.iter_mut().zip(scores).zip(&bout.sides) {
        for (at, (speech, score)) in said.speeches.iter_mut().zip(scores).enumerate() {
            speech.speaker = Some(side.speakers[at % 2].clone());
            speech.score = Some(score);
        }
    }
    ballot.winner = Some("proposition".to_owned());
    ballot
}

#[test]
fn a_ballot_goes_out_as_the_api_takes_it() {
    let round = pull(&bundle(), &sides()).unwrap();
    let (rules, bout) = (rules(), round.bout(&round.pairings[0]));
    let ballots = [ballot(&bout, &rules, &link("adjudicators", 1))];
    let body = ballot_body(
        &rules,
        &bout,
        &ballots,
        Some(&link("motions", 1)),
        Confirmed::Yes,
    )
    .unwrap();
    let speech =
        |number: u32, score: Value| json!({ "speaker": link("speakers", number), "score": score });
    let expected = json!({
        "motion": link("motions", 1),
        "result": { "sheets": [{
            "adjudicator": link("adjudicators", 1),
            "teams": [
                {
                    "side": "aff", "team": link("teams", 1), "win": true, "score": 176.5,
                    "speeches": [speech(11, json!(70)), speech(12, json!(71.5)), speech(11, json!(35))],
                },
                {
                    "side": "neg", "team": link("teams", 2), "win": false, "score": 176.5,
                    "speeches": [speech(21, json!(70)), speech(22, json!(70)), speech(21, json!(36.5))],
                },
            ],
        }] },
        "confirmed": true,
        "discarded": false,
        "single_adj": false,
    });
    assert_eq!(body, expected);
}

#[test]
fn a_panel_that_agrees_sends_one_sheet_with_points() {
    let names = ["og", "oo", "cg", "co"];
    let side = |name: &str| BoutSide {
        side: name.to_owned(),
        team: format!("team {name}"),
        speakers: vec![format!("{name} 1"), format!("{name} 2")],
    };
    let judge = |id: &str, bench| Judge {
        id: id.to_owned(),
        bench,
    };
    let bout = Bout {
        sides: names.iter().map(|name| side(name)).collect(),
        judges: vec![
            judge("chair", Bench::Chair),
            judge("wing", Bench::Panellist),
        ],
        ..Bout::default()
    };
    let rules = preset("bp").unwrap();
    let mut ballot = bout.blank(&rules, "chair");
    for (number, said) in (0..).zip(&mut ballot.sides) {
        for (place, speech) in (1..).zip(&mut said.speeches) {
            speech.speaker = Some(format!("{} {place}", said.side));
            speech.score = Some(7_000 + number * 100);
        }
    }
    ballot.sides[0].speeches[1].speaker = Some("og 1".to_owned());
    ballot.sides[0].speeches[1].twice = true;
    let body = ballot_body(&rules, &bout, &[ballot], None, Confirmed::No).unwrap();
    let sheets = body["result"]["sheets"].as_array().unwrap();
    assert_eq!(sheets.len(), 1);
    assert!(sheets[0].get("adjudicator").is_none());
    let points: Vec<_> = sheets[0]["teams"]
        .as_array()
        .unwrap()
        .iter()
        .map(|team| team["points"].as_u64().unwrap())
        .collect();
    // 140, 142, 144, 146
    assert_eq!(points, [0, 1, 2, 3]);
    assert_eq!(sheets[0]["teams"][0]["speeches"][1]["ghost"], json!(true));
    assert_eq!(body["confirmed"], json!(false));
}

#[test]
fn an_unfinished_ballot_does_not_go_out() {
    let round = pull(&bundle(), &sides()).unwrap();
    let (rules, bout) = (rules(), round.bout(&round.pairings[0]));
    let mut unfinished = ballot(&bout, &rules, &link("adjudicators", 1));
    unfinished.sides[1].speeches[0].score = None;
    let refused = ballot_body(&rules, &bout, &[unfinished], None, Confirmed::No);
    assert!(matches!(refused, Err(Undecided::Flawed { .. })));
}
