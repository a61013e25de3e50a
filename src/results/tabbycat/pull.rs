//! Makes a round of what Tabbycat's API gives for its lists. Owns which field is read from where; fields that the API hides from the
//! public (scores, conflicts, learners) may be absent.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::reading::{Reading, Spot, TabError, TabProblem};
use super::{TabJudge, TabMotion, TabPairing, TabRound, TabSpeaker, TabTeam, TabVenue, side_names};
use crate::results::{Bench, Judge, Placed, Stage};

/// Reads one object that holds the API's answers under `teams`, `pairings` (both needed), `adjudicators`, `venues`, `motions`,
/// `speakers`, and `round`. `sides` are our names, in the order of the sheet, two or four of them.
///
/// # Errors
/// Everything that is not as it should be, by path.
pub fn pull(bundle: &Value, sides: &[String]) -> Result<TabRound, Vec<TabError>> {
    let mut reading = Reading::default();
    let whole = Spot {
        value: bundle,
        path: String::new(),
    };
    if !bundle.is_object() {
        reading.say(
            "",
            TabProblem::NotA {
                wanted: "object".to_owned(),
            },
        );
        return Err(reading.errors);
    }
    let mut round = TabRound {
        motions: motions(&mut reading, &whole),
        venues: venues(&mut reading, &whole),
        teams: teams(&mut reading, &whole),
        judges: judges(&mut reading, &whole),
        ..TabRound::default()
    };
    if let Some(spot) = whole.field("round") {
        round.name = reading.text(&spot, "name");
        round.seq = spot
            .field("seq")
            .and_then(|seq| seq.value.as_u64())
            .and_then(|seq| u32::try_from(seq).ok())
            .unwrap_or(0);
        let stage = reading.text(&spot, "stage");
        round.stage = if stage == "E" {
            Stage::Elimination
        } else {
            Stage::Preliminary
        };
    }
    pairings(&mut reading, &whole, sides, &mut round);
    if reading.errors.is_empty() {
        Ok(round)
    } else {
        Err(reading.errors)
    }
}

fn motions(reading: &mut Reading, whole: &Spot<'_>) -> Vec<TabMotion> {
    let mut spots = reading.list(whole, "motions");
    if spots.is_empty()
        && let Some(round) = whole.field("round")
    {
        spots = reading.list(&round, "motions");
    }
    let mut motions = Vec::new();
    for spot in spots {
        motions.extend(reading.link(&spot, "url").map(|url| TabMotion {
            url,
            reference: reading.text(&spot, "reference"),
            text: reading.text(&spot, "text"),
            info_slide: reading.text(&spot, "info_slide"),
        }));
    }
    motions
}

fn venues(reading: &mut Reading, whole: &Spot<'_>) -> Vec<TabVenue> {
    let mut venues = Vec::new();
    for spot in reading.list(whole, "venues") {
        venues.extend(reading.link(&spot, "url").map(|url| TabVenue {
            url,
            name: reading.first_text(&spot, &["display_name", "name"]),
        }));
    }
    venues
}

fn speaker(reading: &mut Reading, spot: &Spot<'_>) -> Option<TabSpeaker> {
    let url = reading.link(spot, "url")?;
    Some(TabSpeaker {
        url,
        name: reading.first_text(spot, &["name", "code_name"]),
    })
}

fn teams(reading: &mut Reading, whole: &Spot<'_>) -> Vec<TabTeam> {
    let mut teams: Vec<TabTeam> = Vec::new();
    for spot in reading.needed(whole, "teams") {
        let Some(url) = reading.link(&spot, "url") else {
            continue;
        };
        if teams.iter().any(|team| team.url == url) {
            reading.say(&spot.path, TabProblem::Twice { url });
            continue;
        }
        let names = ["long_name", "short_name", "reference", "code_name"];
        let speakers = reading.list(&spot, "speakers");
        teams.push(TabTeam {
            url,
            name: reading.first_text(&spot, &names),
            institutions: reading.links(&spot, &["institution", "institution_conflicts"]),
            speakers: speakers
                .iter()
                .filter_map(|spot| speaker(reading, spot))
                .collect(),
        });
    }
    for spot in reading.list(whole, "speakers") {
        let (Some(speaker), Some(url)) = (speaker(reading, &spot), reading.link(&spot, "team"))
        else {
            continue;
        };
        match teams.iter_mut().find(|team| team.url == url) {
            Some(team) if team.speakers.iter().any(|known| known.url == speaker.url) => {}
            Some(team) => team.speakers.push(speaker),
            None => reading.say(&format!("{}.team", spot.path), TabProblem::Unknown { url }),
        }
    }
    teams
}

fn judges(reading: &mut Reading, whole: &Spot<'_>) -> Vec<TabJudge> {
    let mut judges = Vec::new();
    for spot in reading.list(whole, "adjudicators") {
        let Some(url) = reading.link(&spot, "url") else {
            continue;
        };
        let flag = |key: &str| {
            spot.field(key)
                .and_then(|flag| flag.value.as_bool())
                .unwrap_or(false)
        };
        judges.push(TabJudge {
            url,
            name: reading.first_text(&spot, &["name", "code_name"]),
            score: spot
                .field("base_score")
                .map_or(0, |score| hundredths(score.value)),
            institutions: reading.links(&spot, &["institution"]),
            may_not: reading.links(
                &spot,
                &[
                    "institution_conflicts",
                    "team_conflicts",
                    "adjudicator_conflicts",
                ],
            ),
            trainee: flag("trainee"),
        });
    }
    judges
}

/// A number of the API in hundredths, exactly as written: 4.5 is 450.
fn hundredths(value: &Value) -> i64 {
    let text = value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned);
    let (sign, text) = text
        .strip_prefix('-')
        .map_or((1, text.as_str()), |rest| (-1, rest));
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let part: String = part.chars().chain("00".chars()).take(2).collect();
    let read = |digits: &str| digits.parse::<i64>().unwrap_or(0);
    sign * read(whole).saturating_mul(100).saturating_add(read(&part))
}

fn pairings(reading: &mut Reading, whole: &Spot<'_>, sides: &[String], round: &mut TabRound) {
    let mut seen = BTreeSet::new();
    for spot in reading.needed(whole, "pairings") {
        let Some(url) = reading.link(&spot, "url") else {
            continue;
        };
        let places = places(reading, &spot, sides, round, &mut seen);
        let Some(places) = places else {
            continue;
        };
        let venue = spot
            .field("venue")
            .and_then(|venue| reading.link_itself(&venue));
        if let Some(venue) = venue.as_ref().filter(|venue| {
            !round.venues.is_empty() && round.venues.iter().all(|known| known.url != **venue)
        }) {
            reading.say(
                &format!("{}.venue", spot.path),
                TabProblem::Unknown { url: venue.clone() },
            );
        }
        let judges = panel(reading, &spot, round);
        let sides_confirmed = spot
            .field("sides_confirmed")
            .and_then(|flag| flag.value.as_bool())
            .unwrap_or(true);
        round.pairings.push(TabPairing {
            url,
            venue,
            places,
            judges,
            sides_confirmed,
        });
    }
}

/// The teams of a debate in the order of the sides; `None` for a bye, and where something is wrong.
fn places(
    reading: &mut Reading,
    pairing: &Spot<'_>,
    sides: &[String],
    round: &mut TabRound,
    seen: &mut BTreeSet<String>,
) -> Option<Vec<Placed>> {
    let mut on: BTreeMap<usize, String> = BTreeMap::new();
    let mut sound = true;
    for spot in reading.needed(pairing, "teams") {
        let Some(team) = reading.link(&spot, "team") else {
            sound = false;
            continue;
        };
        let wrong = if round.teams.iter().all(|known| known.url != team) {
            Some(TabProblem::Unknown { url: team.clone() })
        } else if seen.contains(&team) {
            Some(TabProblem::Twice { url: team.clone() })
        } else {
            None
        };
        if let Some(problem) = wrong {
            reading.say(&format!("{}.team", spot.path), problem);
            sound = false;
        }
        seen.insert(team.clone());
        match side(&spot, sides.len()) {
            Ok(None) => {
                round.byes.push(team);
                return None;
            }
            Ok(Some(side)) if !on.contains_key(&side) => {
                on.insert(side, team);
            }
            Ok(Some(_)) | Err(_) => {
                let side = spot
                    .field("side")
                    .map(|side| side.value.to_string())
                    .unwrap_or_default();
                reading.say(&format!("{}.side", spot.path), TabProblem::NoSide { side });
                sound = false;
            }
        }
    }
    if sound && on.len() != sides.len() {
        let count = |many: usize| u16::try_from(many).unwrap_or(u16::MAX);
        let problem = TabProblem::TeamCount {
            found: count(on.len()),
            wanted: count(sides.len()),
        };
        reading.say(&format!("{}.teams", pairing.path), problem);
        sound = false;
    }
    let place = |(side, team)| Placed {
        side: sides.get(side).cloned().unwrap_or_default(),
        team,
    };
    sound.then(|| on.into_iter().map(place).collect())
}

/// Not a side of a debate with so many.
struct NoSide;

/// The number of a side that the API writes as `aff`, `neg`, `og`, … or counts from 0; none for a bye.
fn side(spot: &Spot<'_>, sides: usize) -> Result<Option<usize>, NoSide> {
    let field = spot.field("side").ok_or(NoSide)?;
    if let Some(number) = field.value.as_i64() {
        return match usize::try_from(number) {
            Ok(side) if side < sides => Ok(Some(side)),
            Err(_) if number == -1 => Ok(None),
            _ => Err(NoSide),
        };
    }
    match field.value.as_str().map(str::to_ascii_lowercase).as_deref() {
        Some("bye") => Ok(None),
        Some(name) => side_names(sides)
            .iter()
            .position(|known| *known == name)
            .map(Some)
            .ok_or(NoSide),
        None => Err(NoSide),
    }
}

fn panel(reading: &mut Reading, pairing: &Spot<'_>, round: &TabRound) -> Vec<Judge> {
    let Some(spot) = pairing.field("adjudicators") else {
        return Vec::new();
    };
    let mut judges: Vec<Judge> = Vec::new();
    for (key, bench) in [
        ("chair", Bench::Chair),
        ("panellists", Bench::Panellist),
        ("trainees", Bench::Trainee),
    ] {
        let path = format!("{}.{key}", spot.path);
        for url in reading.links(&spot, &[key]) {
            if !round.judges.is_empty() && round.judges.iter().all(|known| known.url != url) {
                reading.say(&path, TabProblem::Unknown { url });
            } else if judges.iter().any(|known| known.id == url) {
                reading.say(&path, TabProblem::Twice { url });
            } else {
                judges.push(Judge { id: url, bench });
            }
        }
    }
    judges
}
