//! Schema 2.x, in the order of the app's habits.

use super::*;
use crate::format::debatekeeper::write;

#[test]
fn built_in_periods_are_there_and_cannot_be_described_again() {
    let periods = "<period-types>\n<period-type ref=\"warning\" pois-allowed=\"true\"><name>Mine</name></period-type>\n</period-types>";
    let types = "<speech-type ref=\"all\" length=\"60\"><bell time=\"30\" next-period=\"warning\"/></speech-type>";
    let (format, problems) = read(&file(
        periods,
        types,
        "<speech type=\"all\"><name>Pro</name></speech>",
    ));
    says(&problems, 6, "\"warning\" is built in");
    assert!(!format.phases["warning"].points);
    assert!(format.phases["pois-allowed"].points);
    for id in ["normal", "pois-allowed", "warning", "overtime"] {
        assert!(format.phases.contains_key(id), "{id}");
    }
}

#[test]
fn a_period_that_is_absent_or_stays_changes_nothing() {
    let (segment, problems) = bells(
        "<bell time=\"1:00\" next-period=\"pois-allowed\"/>\n<bell time=\"2:00\"/>\n<bell time=\"3:00\" next-period=\"#stay\"/>\n\
         <bell time=\"finish\" next-period=\"overtime\"/>",
    );
    assert_eq!(errors(&problems), Vec::<&Problem>::new());
    let format = Format {
        phases: crate::format::phases::built_in(),
        ..Format::default()
    };
    assert_eq!(
        timeline(&format, &segment),
        "0:00 normal, 1:00×1 pois-allowed +points, 2:00×1 pois-allowed +points, 3:00×1 pois-allowed +points, 7:00×1 overtime"
    );
}

#[test]
fn a_period_changes_what_it_says_but_always_whether_points_are_allowed() {
    let periods = "<period-types>\
        <period-type ref=\"named\" pois-allowed=\"true\"><name>Named</name><display>Ask now</display><default-bgcolor>#123456</default-bgcolor></period-type>\
        <period-type ref=\"quiet\"><name>Quiet</name></period-type></period-types>";
    let types = "<speech-type ref=\"a\" length=\"5:00\" first-period=\"named\"><bell time=\"1:00\" next-period=\"quiet\"/></speech-type>\
        <speech-type ref=\"b\" length=\"5:00\" first-period=\"warning\"><bell time=\"1:00\" next-period=\"quiet\"/></speech-type>";
    let speeches = "<speech type=\"a\"><name>Pro 1</name></speech><speech type=\"b\"><name>Contra 1</name></speech>";
    let (format, problems) = read(&file(periods, types, speeches));
    assert_eq!(problems, []);
    // After `named` its words and colour stay, and points close.
    let first = &format.phases[&format.segments[0].bells[0].phase];
    assert_eq!(
        (first.name.as_str(), first.colour.as_str(), first.points),
        ("Ask now", "#123456", false)
    );
    // After `warning` the words and the colour of the warning stay: another phase.
    let second = &format.phases[&format.segments[1].bells[0].phase];
    assert_eq!(second.name, format.phases["warning"].name);
    assert_eq!(second.colour, "#A14E21");
    assert_eq!(format.segments[1].bells[0].phase, "quiet-2");
}

#[test]
fn an_empty_display_shows_nothing_and_a_missing_one_leaves_what_was_there() {
    let periods = "<period-types><period-type ref=\"blank\"><name>Blank</name><display></display></period-type></period-types>";
    let types = "<speech-type ref=\"a\" length=\"5:00\" first-period=\"warning\"><bell time=\"1:00\" next-period=\"blank\"/></speech-type>";
    let (format, _) = read(&file(
        periods,
        types,
        "<speech type=\"a\"><name>Pro 1</name></speech>",
    ));
    assert_eq!(format.phases["blank"].name, "");
}

#[test]
fn a_bell_after_the_end_is_an_error_and_dropped() {
    let (segment, problems) = bells("<bell time=\"7:01\"/>\n<bell time=\"finish\" number=\"2\"/>");
    says(&problems, 8, "after the end at 7:00");
    assert_eq!(segment.bells.len(), 1);
    // What rings in overtime is no part of the file: after 15 s and every 15 s, three rings.
    let rings: Vec<_> = segment
        .bells_until(&Format::default().overtime, 450)
        .iter()
        .map(|bell| (bell.at_s, bell.rings))
        .collect();
    assert_eq!(rings, [(420, 2), (435, 3), (450, 3)]);
}

#[test]
fn of_two_bells_at_one_second_the_later_in_the_file_stands() {
    let (segment, problems) = bells(
        "<bell time=\"7:00\" number=\"1\" next-period=\"warning\"/>\n<bell time=\"finish\" number=\"2\" next-period=\"overtime\"/>",
    );
    says(&problems, 9, "instead of the first");
    assert!(
        errors(&problems).is_empty(),
        "the file is good, only surprising"
    );
    assert_eq!(segment.bells.len(), 1);
    assert_eq!(
        (segment.bells[0].rings, segment.bells[0].phase.as_str()),
        (2, "overtime")
    );
}

#[test]
fn no_rings_is_a_silent_change_and_sixty_a_continuous_bell() {
    let (segment, problems) = bells(
        "<bell time=\"1:00\" number=\"0\" next-period=\"pois-allowed\"/>\n<bell time=\"6:00\" number=\"60\"/>\n\
         <bell time=\"6:30\"/>\n<bell time=\"6:40\" number=\"61\"/>\n<bell time=\"6:50\" number=\"many\"/>\n<bell time=\"6:55\" number=\"-1\"/>",
    );
    let rings: Vec<_> = segment.bells.iter().map(|bell| bell.rings).collect();
    assert_eq!(rings, [0, 60, 1, 60, 1, 0]);
    says(&problems, 11, "taken as 60");
    says(&problems, 12, "taken as 1");
    says(&problems, 13, "taken as 0");
}

#[test]
fn a_bell_at_zero_never_rings() {
    let (segment, problems) = bells(
        "<bell time=\"0:00\" next-period=\"warning\"/>\n<bell time=\"0\"/>\n<bell time=\"1\"/>",
    );
    says(&problems, 8, "never rings");
    says(&problems, 9, "never rings");
    assert_eq!(segment.bells.len(), 1);
    assert_eq!(segment.bells[0].at_s, 1);
}

#[test]
fn a_bell_may_stop_the_clock() {
    let (segment, problems) = bells(
        "<bell time=\"1:00\" pause-on-bell=\"true\"/>\n<bell time=\"2:00\" pause-on-bell=\"false\"/>\n<bell time=\"3:00\" pause-on-bell=\"perhaps\"/>",
    );
    let pauses: Vec<_> = segment.bells.iter().map(|bell| bell.pause).collect();
    assert_eq!(pauses, [true, false, false]);
    says(&problems, 10, "taken as false");
}

#[test]
fn what_cannot_be_is_dropped_with_an_error_and_reading_goes_on() {
    let types = "<speech-type ref=\"all\" length=\"7:00\"/>\n\
        <speech-type ref=\"all\" length=\"9:00\"/>\n\
        <speech-type length=\"9:00\"/>\n\
        <speech-type ref=\"none\"/>\n\
        <speech-type ref=\"odd\" length=\"7:77\"/>";
    let speeches = "<speech type=\"all\"><name>Pro 1</name></speech>\n\
        <speech type=\"what\"><name>Contra 1</name></speech>\n\
        <speech type=\"all\"><name></name></speech>\n\
        <speech type=\"all\"/>\n\
        <speech><name>Pro 2</name></speech>\n\
        <speech type=\"all\"><name>Contra 2</name></speech>";
    let (format, problems) = read(&file("", types, speeches));
    for (line, part) in [
        (8, "second speech type \"all\""),
        (9, "has no ref"),
        (10, "has no length"),
        (11, "\"7:77\", which is no time"),
        (15, "speech type \"what\", which there is not"),
        (16, "has no name"),
        (17, "has no name"),
        (18, "has no type"),
    ] {
        says(&problems, line, part);
    }
    let names: Vec<_> = format
        .segments
        .iter()
        .map(|segment| segment.name.as_str())
        .collect();
    assert_eq!(names, ["Pro 1", "Contra 2"]);
    assert_eq!(format.segments[0].length_s, 420);
}

#[test]
fn bells_and_periods_that_lead_nowhere_are_said() {
    let (segment, problems) =
        bells("<bell/>\n<bell time=\"soon\"/>\n<bell time=\"1:00\" next-period=\"gone\"/>");
    says(&problems, 8, "has no time");
    says(&problems, 9, "neither a time nor \"finish\"");
    says(&problems, 10, "no period \"gone\"");
    assert_eq!(segment.bells.len(), 1);
    assert_eq!(segment.bells[0].phase, "");
}

#[test]
fn the_name_of_a_speech_type_is_ignored() {
    let types =
        "<speech-type ref=\"all\" length=\"7:00\"><name xml:lang=\"en\">All</name></speech-type>";
    let (format, _) = read(&file(
        "",
        types,
        "<speech type=\"all\"><name>Pro 1</name></speech>",
    ));
    assert_eq!(format.segments[0].name, "Pro 1");
}

#[test]
fn both_kinds_of_preparation_exclude_each_other() {
    let simple = "<prep-time length=\"15:00\"/>";
    let controlled = "<prep-time-controlled length=\"7:00\" first-period=\"normal\">\
        <bell time=\"1:00\" number=\"1\" pause-on-bell=\"true\"/><bell time=\"2:00\" pause-on-bell=\"true\"/></prep-time-controlled>";
    let types = "<speech-type ref=\"all\" length=\"7:00\"/>";
    let speech = "<speech type=\"all\"><name>Pro 1</name></speech>";
    let (format, _) = read(&file(simple, types, speech));
    assert_eq!(format.preparation.unwrap().length_s, 900);
    let (format, _) = read(&file(controlled, types, speech));
    let bells = format.preparation.unwrap().bells;
    assert_eq!(
        bells
            .iter()
            .map(|bell| (bell.at_s, bell.pause))
            .collect::<Vec<_>>(),
        [(60, true), (120, true)]
    );
    let (format, problems) = read(&file(&format!("{simple}\n{controlled}"), types, speech));
    assert_eq!(format.preparation, None);
    says(&problems, 6, "exclude each other");
}

const LANGUAGES: &str = r#"<debate-format schema-version="2.2">
<name xml:lang="de">Debatte</name>
<name xml:lang="en">Debate</name>
<name>Disputatio</name>
<name xml:lang="fr">Débat</name>
<version>1</version>
<languages><language>de</language><language>en</language></languages>
<info><description>Languages</description></info>
<speech-types><speech-type ref="all" length="60"/></speech-types>
<speeches>
<speech type="all"><name xml:lang="de">Rede</name><name xml:lang="en">Pro speech</name></speech>
<speech type="all"><name xml:lang="de">Gegenrede</name></speech>
<speech type="all"><name>Sermo</name></speech>
<speech type="all"><name xml:lang="fr">Discours</name></speech>
</speeches>
</debate-format>"#;

#[test]
fn only_declared_languages_count_and_a_text_without_one_helps_out() {
    let (format, problems) = read(LANGUAGES);
    assert_eq!(format.name, "Debate");
    assert_eq!(
        format.names.iter().collect::<Vec<_>>(),
        [(&"de".to_owned(), &"Debatte".to_owned())]
    );
    let names: Vec<_> = format
        .segments
        .iter()
        .map(|segment| segment.name.as_str())
        .collect();
    assert_eq!(names, ["Pro speech", "Gegenrede", "Sermo"]);
    assert_eq!(format.segments[0].names["de"], "Rede");
    says(&problems, 5, "xml:lang=\"fr\"");
    says(&problems, 14, "has no name");
}

#[test]
fn what_the_official_checks_refuse_about_languages_is_said() {
    let undeclared = LANGUAGES.replace(
        "<languages><language>de</language><language>en</language></languages>",
        "",
    );
    let (format, problems) = read(&undeclared);
    says(
        &problems,
        2,
        "add <languages><language>de</language><language>en</language><language>fr</language></languages>",
    );
    assert_eq!(format.names.len(), 2);
    let apart = "<debate-format schema-version=\"2.2\">\n<name>One</name>\n<version>1</version>\n<name xml:lang=\"en\">Two</name>\n</debate-format>";
    let (_, problems) = read(apart);
    says(&problems, 4, "stands apart from the one in line 2");
}

#[test]
fn a_newer_schema_is_tried_and_an_odd_one_said() {
    let newer = file(
        "",
        "<speech-type ref=\"all\" length=\"60\"/>",
        "<speech type=\"all\"><name>Pro 1</name></speech>",
    )
    .replace("\"2.2\"", "\"2.10\"");
    let (format, problems) = read(&newer);
    assert_eq!(format.segments.len(), 1);
    says(&problems, 1, "newer than 2.2");
    assert!(errors(&problems).is_empty());
    for odd in ["\"two\"", "\"1.1\"", "\"\""] {
        let (_, problems) = read(&newer.replace("\"2.10\"", odd));
        assert!(!errors(&problems).is_empty(), "{odd}");
    }
    let (_, problems) = read(&newer.replace(" schema-version=\"2.10\"", ""));
    says(&problems, 1, "is missing");
    for good in ["\"2.0\"", "\"2.1\"", "\"2\""] {
        let (_, problems) = read(&newer.replace("\"2.10\"", good));
        assert!(errors(&problems).is_empty(), "{good}");
    }
}

#[test]
fn what_is_no_format_at_all_is_said_in_one_sentence() {
    for (text, line, part) in [
        ("<debate-format>\n<name>\n</debate-format>", 3, "not XML"),
        ("{}", 1, "not XML"),
        ("", 1, "not XML"),
        ("<html/>", 1, "no debate format"),
        (
            "<!DOCTYPE a [<!ENTITY b \"c\">]>\n<debate-format/>",
            1,
            "not XML",
        ),
    ] {
        let (_, problems) = read(text);
        says(&problems, line, part);
    }
}

#[test]
fn a_misspelt_element_is_pointed_at() {
    let types = "<speech-type ref=\"all\" length=\"60\"><bel time=\"30\"/></speech-type>";
    let (_, problems) = read(&file(
        "",
        types,
        "<speech type=\"all\"><name>Pro 1</name></speech>",
    ));
    says(&problems, 7, "<bel> means nothing");
}

#[test]
fn what_a_file_says_about_itself_comes_back_out() {
    let text = file("", "<speech-type ref=\"all\" length=\"60\"/>", "<speech type=\"all\"><name>Pro 1</name></speech>").replace(
        "<version>1</version>\n<info><description>A trap</description></info>",
        "<short-name>Tr</short-name>\n<version>7</version>\n<info><region>Here &amp; there</region><level>School</level><used-at>A cup</used-at>\
         <description>A trap</description></info>",
    );
    let (format, problems) = read(&text);
    assert_eq!(
        problems.len(),
        1,
        "only that it tells no sides: {problems:?}"
    );
    let (again, _) = write(&format);
    for part in [
        "<short-name>Tr</short-name>",
        "<version>7</version>",
        "<region>Here &amp; there</region>",
        "<level>School</level>",
        "<used-at>A cup</used-at>",
        "<description>A trap</description>",
    ] {
        assert!(again.contains(part), "{part} in {again}");
    }
    assert_eq!(format.id, "tr");
}

#[test]
fn a_file_is_known_by_its_content_whatever_stands_before_it() {
    let text = file(
        "",
        "<speech-type ref=\"all\" length=\"60\"/>",
        "<speech type=\"all\"><name>Pro 1</name></speech>",
    );
    let (format, _) = crate::format::read(&format!("{}{text}", '\u{feff}'));
    assert_eq!(format.name, "Trap");
    let (format, _) = crate::format::read(
        "\u{feff}name = \"Mine\"\r\n[[segments]]\r\nside = \"nobody\"\r\nlength = 60\r\n",
    );
    assert_eq!((format.name.as_str(), format.segments.len()), ("Mine", 1));
}
