//! Sides, told from names.

use super::*;
use crate::format::model::Kind;

/// Owner and place of speeches with these names.
fn whose(names: &[&str]) -> (Vec<String>, Vec<String>) {
    let speeches: String = names
        .iter()
        .map(|name| format!("<speech type=\"all\"><name>{name}</name></speech>\n"))
        .collect();
    let (format, _) = read(&file(
        "",
        "<speech-type ref=\"all\" length=\"60\"/>",
        &speeches,
    ));
    let sides = format.sides.iter().map(|side| side.id.clone()).collect();
    let owners = format
        .segments
        .iter()
        .map(|segment| format!("{} {}", segment.owner, segment.place))
        .collect();
    (sides, owners)
}

#[test]
fn affirmative_and_negative_with_their_numbers() {
    let (sides, owners) = whose(&[
        "1st Affirmative",
        "1st Negative",
        "2nd Affirmative",
        "Third Negative",
        "Negative Reply",
    ]);
    assert_eq!(sides, ["affirmative", "negative"]);
    assert_eq!(
        owners,
        [
            "affirmative 1",
            "negative 1",
            "affirmative 2",
            "negative 3",
            "negative 0"
        ]
    );
}

#[test]
fn a_prime_minister_speaks_for_the_government_and_the_leader_for_the_opposition() {
    let (sides, owners) = whose(&[
        "Prime Minister's Constructive",
        "Member of the Opposition",
        "Minister of the Crown",
        "Leader of the Opposition",
        "Prime Minister's Rebuttal",
    ]);
    assert_eq!(sides, ["government", "opposition"]);
    assert_eq!(
        owners,
        [
            "government 1",
            "opposition 2",
            "government 2",
            "opposition 1",
            "government 1"
        ]
    );
}

#[test]
fn a_member_and_a_whip_beside_a_prime_minister_make_four_teams() {
    let (sides, owners) = whose(&[
        "Prime Minister",
        "Leader of the Opposition",
        "Deputy Prime Minister",
        "Deputy Leader of the Opposition",
        "Member for the Government",
        "Member for the Opposition",
        "Government Whip",
        "Opposition Whip",
    ]);
    assert_eq!(
        sides,
        [
            "opening_government",
            "opening_opposition",
            "closing_government",
            "closing_opposition"
        ]
    );
    assert_eq!(owners[3], "opening_opposition 2");
    assert_eq!(owners[4], "closing_government 1");
    assert_eq!(owners[7], "closing_opposition 2");
}

#[test]
fn a_whip_without_a_member_is_the_third_of_two_teams() {
    let (sides, owners) = whose(&[
        "Prime Minister",
        "Leader of the Opposition",
        "Government Whip",
        "Opposition Whip",
    ]);
    assert_eq!(sides, ["government", "opposition"]);
    assert_eq!(owners[2], "government 3");
}

#[test]
fn in_favour_and_against_are_counted_and_not_read_by_their_ordinals() {
    let (sides, owners) = whose(&[
        "In favour - Introduction",
        "Against - Introduction",
        "In favour - First refutation",
        "Against - First refutation",
        "In favour - Second refutation",
        "Against - Conclusion",
        "In favour - Conclusion",
    ]);
    assert_eq!(sides, ["pro", "con"]);
    assert_eq!(
        owners,
        [
            "pro 1", "con 1", "pro 2", "con 2", "pro 3", "con 3", "pro 4"
        ]
    );
}

#[test]
fn what_is_of_both_or_of_nobody_or_decided_live() {
    let names = [
        "Pro 1",
        "Contra 1",
        "Free debate",
        "1st Nonaligned Speaker",
        "1st Reply Speech",
        "Crossfire",
        "Preparation",
        "Closing words",
    ];
    let (sides, owners) = whose(&names);
    assert_eq!(sides, ["pro", "con"]);
    assert_eq!(
        owners,
        [
            "pro 1",
            "con 1",
            "both 0",
            "nobody 0",
            "decided 0",
            "both 0",
            "both 0",
            "decided 0"
        ]
    );
    let speeches: String = names
        .iter()
        .map(|name| format!("<speech type=\"a\"><name>{name}</name></speech>"))
        .collect();
    let (format, problems) = read(&file(
        "",
        "<speech-type ref=\"a\" length=\"60\"/>",
        &speeches,
    ));
    assert_eq!(format.segments[2].kind, Kind::Free);
    assert_eq!(format.segments[3].kind, Kind::Floor);
    assert_eq!(format.segments[4].kind, Kind::Reply);
    says(&problems, 10, "whose \"Closing words\" is");
}

#[test]
fn words_inside_other_words_are_no_sides() {
    let (sides, _) = whose(&["Professor", "Conclusion", "Proceedings", "Context"]);
    assert_eq!(sides, Vec::<String>::new());
    let (_, problems) = read(&file(
        "",
        "<speech-type ref=\"a\" length=\"60\"/>",
        "<speech type=\"a\"><name>Speaker</name></speech>",
    ));
    says(&problems, 0, "tell no sides");
}

#[test]
fn a_side_is_there_even_if_its_only_speech_is_dropped() {
    let speeches = "<speech type=\"a\"><name>Pro 1</name></speech><speech type=\"gone\"><name>Contra 1</name></speech>";
    let (format, _) = read(&file(
        "",
        "<speech-type ref=\"a\" length=\"60\"/>",
        speeches,
    ));
    assert_eq!(format.sides.len(), 2);
    assert_eq!(format.segments[0].owner, "pro");
}
