//! Rounds drawn by hand.

use super::*;

pub(super) fn team(name: &str, points: i64, rank: u32) -> DrawTeam {
    DrawTeam {
        team: name.to_owned(),
        points,
        rank,
        ..DrawTeam::default()
    }
}

/// Teams `a`, `b`, `c`, … in their standing, with these points.
pub(super) fn ranked(points: &[i64]) -> Vec<DrawTeam> {
    let name = |at: usize| char::from(b'a' + u8::try_from(at).unwrap()).to_string();
    points
        .iter()
        .enumerate()
        .map(|(at, points)| team(&name(at), *points, u32::try_from(at + 1).unwrap()))
        .collect()
}

pub(super) fn debated(first: &str, second: &str) -> PastDebate {
    let on = |side: &str, team: &str| Placed {
        side: side.to_owned(),
        team: team.to_owned(),
    };
    PastDebate {
        places: vec![on("proposition", first), on("opposition", second)],
        ..PastDebate::default()
    }
}

fn sat_out(team: &str) -> PastDebate {
    PastDebate {
        places: vec![Placed {
            side: String::new(),
            team: team.to_owned(),
        }],
        ..PastDebate::default()
    }
}

fn power(odd: OddBracket, pairing: Pairing) -> DrawRules {
    DrawRules {
        method: DrawMethod::Power,
        odd,
        pairing,
        ..DrawRules::default()
    }
}

/// The debates as sorted pairs of names.
fn told(draw: &Draw) -> Vec<String> {
    let pair = |debate: &DrawnDebate| {
        let mut names: Vec<&str> = debate
            .places
            .iter()
            .map(|placed| placed.team.as_str())
            .collect();
        names.sort_unstable();
        names.concat()
    };
    draw.debates.iter().map(pair).collect()
}

fn pairs_of(rules: &DrawRules, points: &[i64], past: &[PastDebate]) -> Vec<String> {
    told(&draw(rules, &ranked(points), past, 7).unwrap())
}

#[test]
fn within_a_bracket_teams_fold_slide_or_stand_beside_each_other() {
    let pairs = |pairing| pairs_of(&power(OddBracket::PullUpTop, pairing), &[1; 8], &[]);
    assert_eq!(pairs(Pairing::Fold), ["ah", "bg", "cf", "de"]);
    assert_eq!(pairs(Pairing::Slide), ["ae", "bf", "cg", "dh"]);
    assert_eq!(pairs(Pairing::Adjacent), ["ab", "cd", "ef", "gh"]);
}

#[test]
fn odd_brackets_are_filled_from_below() {
    // Three of 2 points (a b c), three of 1 (d e f), two of 0 (g h).
    let pairs = |odd| pairs_of(&power(odd, Pairing::Fold), &[2, 2, 2, 1, 1, 1, 0, 0], &[]);
    // a b c d | e f | g h
    assert_eq!(pairs(OddBracket::PullUpTop), ["ad", "bc", "ef", "gh"]);
    // a b c f | d e | g h
    assert_eq!(pairs(OddBracket::PullUpBottom), ["af", "bc", "de", "gh"]);
    // a b | c d | e f | g h
    assert_eq!(pairs(OddBracket::Intermediate), ["ab", "cd", "ef", "gh"]);
    let random = draw(
        &power(OddBracket::PullUpRandom, Pairing::Fold),
        &ranked(&[2, 2, 2, 1, 1, 1, 0, 0]),
        &[],
        3,
    )
    .unwrap();
    assert!(["d", "e", "f"].contains(&random.debates[0].pulled_up[0].as_str()));
    assert_eq!(random.account.mixed_brackets, 1);
}

#[test]
fn whoever_was_pulled_up_least_comes_up() {
    let rules = DrawRules {
        fewest_pull_ups: true,
        ..power(OddBracket::PullUpTop, Pairing::Fold)
    };
    let mut earlier = debated("d", "g");
    earlier.pulled_up.push("d".to_owned());
    // d was up before: e comes up to a b c; d meets f.
    assert_eq!(
        pairs_of(&rules, &[2, 2, 2, 1, 1, 1, 0, 0], &[earlier]),
        ["ae", "bc", "df", "gh"]
    );
}

#[test]
fn who_met_does_not_meet_again_and_neighbours_step_in() {
    let rules = power(OddBracket::PullUpTop, Pairing::Fold);
    // a met h: the fold moves by one, a–g and b–h, with one step each; no other way is as near.
    let pairs = pairs_of(&rules, &[1; 8], &[debated("a", "h")]);
    assert_eq!(pairs, ["ag", "bh", "cf", "de"]);
}

#[test]
fn a_bracket_is_left_before_anybody_meets_again() {
    let rules = power(OddBracket::PullUpTop, Pairing::Fold);
    // Two brackets of two, and both pairs met.
    let draw = draw(
        &rules,
        &ranked(&[1, 1, 0, 0]),
        &[debated("a", "b"), debated("c", "d")],
        7,
    )
    .unwrap();
    assert_eq!(
        (draw.account.rematches, draw.account.mixed_brackets),
        (0, 2)
    );
}

#[test]
fn when_all_have_met_the_account_says_so() {
    let past = [
        ("a", "b"),
        ("c", "d"),
        ("a", "c"),
        ("b", "d"),
        ("a", "d"),
        ("b", "c"),
    ];
    let past = past.map(|(one, other)| debated(one, other));
    let draw = draw(&DrawRules::default(), &ranked(&[0; 4]), &past, 1).unwrap();
    assert_eq!((draw.debates.len(), draw.account.rematches), (2, 2));
}

#[test]
fn the_last_without_a_bye_sits_out() {
    let rules = power(OddBracket::PullUpTop, Pairing::Fold);
    let byes = |past: &[PastDebate]| {
        draw(&rules, &ranked(&[2, 1, 1, 0, 0]), past, 7)
            .unwrap()
            .byes
    };
    assert_eq!(byes(&[]), ["e"]);
    assert_eq!(byes(&[sat_out("e")]), ["d"]);
    // All but a sat out once: a does.
    let all: Vec<PastDebate> = ["b", "c", "d", "e"].map(sat_out).to_vec();
    assert_eq!(byes(&all), ["a"]);
}

#[test]
fn a_bye_goes_where_it_avoids_a_rematch() {
    // Three teams; a and b met. With c out they would meet again: b sits out, as the last but c.
    let rules = power(OddBracket::PullUpTop, Pairing::Fold);
    let draw = draw(&rules, &ranked(&[1, 1, 0]), &[debated("a", "b")], 7).unwrap();
    assert_eq!(
        (draw.byes, draw.account.rematches),
        (vec!["b".to_owned()], 0)
    );
}

#[test]
fn a_side_goes_to_who_had_fewer_turns_on_it() {
    // a stood on the proposition twice, b once and once on the other.
    let past = [
        debated("a", "c"),
        debated("a", "d"),
        debated("b", "d"),
        debated("c", "b"),
    ];
    let draw = draw(&DrawRules::default(), &ranked(&[0, 0]), &past, 5).unwrap();
    let on: Vec<&str> = draw.debates[0]
        .places
        .iter()
        .map(|placed| placed.team.as_str())
        .collect();
    assert_eq!(on, ["b", "a"]);
    assert_eq!(draw.debates[0].places[0].side, "proposition");
}

#[test]
fn sides_given_beforehand_are_kept() {
    let rules = DrawRules {
        side_rule: SideRule::Preallocated,
        ..power(OddBracket::PullUpTop, Pairing::Adjacent)
    };
    let mut teams = ranked(&[1; 6]);
    for (at, team) in teams.iter_mut().enumerate() {
        // a b c stand for, d e f against.
        team.side = Some(if at < 3 { "proposition" } else { "opposition" }.to_owned());
    }
    let drawn = draw(&rules, &teams, &[], 7).unwrap();
    assert_eq!(drawn.account.sides_not_kept, 0);
    assert!(
        drawn
            .debates
            .iter()
            .all(|debate| "abc".contains(&debate.places[0].team))
    );
    teams[5].side = None;
    assert_eq!(
        draw(&rules, &teams, &[], 7),
        Err(Undrawable::SideMissing {
            team: "f".to_owned()
        })
    );
    teams[5].side = Some("proposition".to_owned());
    // Four for and two against: one debate cannot keep them.
    assert_eq!(
        draw(&rules, &teams, &[], 7).unwrap().account.sides_not_kept,
        1
    );
}

#[test]
fn schools_are_kept_apart() {
    let mut teams = ranked(&[1, 1, 0, 0]);
    for team in &mut teams {
        team.institutions = vec![
            if "ab".contains(&team.team) {
                "north"
            } else {
                "south"
            }
            .to_owned(),
        ];
    }
    let account = |institutions| {
        let rules = DrawRules {
            institutions,
            ..power(OddBracket::PullUpTop, Pairing::Fold)
        };
        let account = draw(&rules, &teams, &[], 7).unwrap().account;
        (account.same_institution, account.mixed_brackets)
    };
    // Only leaving the brackets keeps them apart.
    assert_eq!(account(Institutions::Always), (0, 2));
    assert_eq!(account(Institutions::WithinBracket), (2, 0));
    assert_eq!(account(Institutions::Ignore), (2, 0));
}

#[test]
fn what_cannot_be_drawn_is_refused() {
    let rules = DrawRules::default();
    assert_eq!(
        draw(&rules, &ranked(&[0]), &[], 1),
        Err(Undrawable::TooFew { needed: 2 })
    );
    let twice = [team("a", 0, 1), team("a", 0, 2)];
    assert_eq!(
        draw(&rules, &twice, &[], 1),
        Err(Undrawable::TeamTwice {
            team: "a".to_owned()
        })
    );
    let three = DrawRules {
        sides: ["x", "y", "z"].map(str::to_owned).to_vec(),
        ..rules
    };
    assert_eq!(
        draw(&three, &ranked(&[0; 6]), &[], 1),
        Err(Undrawable::SidesWrong {})
    );
}
