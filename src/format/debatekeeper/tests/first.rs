//! Schema 1.0 and 1.1.

use super::*;

const OLD: &str = r##"<?xml version="1.0"?>
<debateformat name="Old style" schemaversion="1.1">
<info><region>Here</region><usedat>A cup</usedat><desc>An old file</desc></info>
<resource ref="#all">
  <period ref="first" desc="First minute" bgcolor="#stay"/>
  <period ref="open" bgcolor="#7700ff00" poisallowed="true"/>
  <period ref="late" bgcolor="#77ffcc00"/>
  <period ref="over" bgcolor="#77ff0000"/>
  <bell time="finish" number="2" nextperiod="over" sound="#default"/>
</resource>
<resource ref="points">
  <bell time="1:00" number="1" nextperiod="open"/>
</resource>
<preptime length="15:00"/>
<speechtype ref="long" length="7:00" firstperiod="first" countdir="up">
  <include resource="points"/>
  <bell time="6:00" number="1" nextperiod="late" pauseonbell="true"/>
</speechtype>
<speechtype ref="short" length="4:00" firstperiod="first">
  <period ref="first" desc="Reply" bgcolor="#ff0C2F6E"/>
  <bell time="3:00" nextperiod="late"/>
  <bell time="finish" number="3" nextperiod="#stay"/>
</speechtype>
<speeches>
  <speech name="1st Affirmative" type="long"/>
  <speech name="1st Negative" type="long"/>
  <speech name="Negative Reply" type="short"/>
</speeches>
</debateformat>"##;

#[test]
fn resources_are_laid_into_the_speeches_and_all_into_every_one() {
    let (format, problems) = read(OLD);
    assert!(errors(&problems).is_empty(), "{problems:?}");
    assert_eq!(
        timeline(&format, &format.segments[0]),
        "0:00 first, 1:00×1 pois-allowed +points, 6:00×1 warning pause, 7:00×2 overtime"
    );
    assert_eq!(format.preparation.as_ref().unwrap().length_s, 900);
    assert_eq!(
        (format.id.as_str(), format.name.as_str()),
        ("old-style", "Old style")
    );
    assert_eq!(
        format.source,
        "Region: Here\nUsed at: A cup\nDescription: An old file"
    );
}

#[test]
fn a_bell_of_the_speech_itself_stands_instead_of_a_resources() {
    let (format, problems) = read(OLD);
    assert_eq!(
        timeline(&format, &format.segments[2]),
        "0:00 first1, 3:00×1 warning, 4:00×3 warning"
    );
    says(&problems, 22, "instead of the first");
}

#[test]
fn local_periods_become_global_and_a_clash_gets_a_number() {
    let (format, _) = read(OLD);
    assert_eq!(format.phases["first"].name, "First minute");
    assert_eq!(format.phases["first"].colour, "");
    assert_eq!(format.phases["first1"].name, "Reply");
    assert_eq!(format.phases["first1"].colour, "#0C2F6E");
}

#[test]
fn a_period_without_a_text_is_the_built_in_one_of_its_colour() {
    for (attributes, phase) in [
        ("", "normal"),
        ("bgcolor=\"#00000000\"", "normal"),
        ("bgcolor=\"#stay\"", "normal"),
        (
            "desc=\"\" bgcolor=\"#7700FF00\" poisallowed=\"true\"",
            "pois-allowed",
        ),
        ("bgcolor=\"#77ffcc00\"", "warning"),
        ("bgcolor=\"#77ff0000\"", "overtime"),
        // Nothing built in looks like these.
        ("bgcolor=\"#7700ff00\"", "open"),
        ("poisallowed=\"true\"", "open"),
        ("desc=\"Late\" bgcolor=\"#77ffcc00\"", "open"),
    ] {
        let text = OLD.replace(
            "ref=\"open\" bgcolor=\"#7700ff00\" poisallowed=\"true\"",
            &format!("ref=\"open\" {attributes}"),
        );
        let (format, _) = read(&text);
        assert_eq!(format.segments[0].bells[0].phase, phase, "{attributes}");
    }
}

#[test]
fn mistakes_are_said_and_the_rest_is_read() {
    let text = OLD
        .replace(
            "<include resource=\"points\"/>",
            "<include resource=\"pints\"/><include/>",
        )
        .replace(
            "nextperiod=\"late\" pauseonbell",
            "nextperiod=\"later\" pauseonbell",
        )
        .replace("bgcolor=\"#ff0C2F6E\"", "bgcolor=\"green\"")
        .replace(
            "<speech name=\"1st Negative\" type=\"long\"/>",
            "<speech name=\"1st Negative\" type=\"middle\"/>",
        );
    let (format, problems) = read(&text);
    says(&problems, 16, "no resource \"pints\"");
    says(&problems, 16, "names no resource");
    says(&problems, 17, "no period \"later\"");
    says(&problems, 20, "\"green\" is no colour");
    says(&problems, 26, "speech type \"middle\"");
    assert_eq!(format.segments.len(), 2);
    assert_eq!(
        timeline(&format, &format.segments[0]),
        "0:00 first, 6:00×1 first pause, 7:00×2 overtime"
    );
}

#[test]
fn the_first_files_had_a_namespace_and_no_version() {
    let text = OLD.replace(
        " schemaversion=\"1.1\"",
        " xmlns=\"http://example.org/timer\"",
    );
    let (format, problems) = read(&text);
    assert_eq!(format.segments.len(), 3);
    assert!(errors(&problems).is_empty());
    says(&problems, 2, "read as 1.0");
}
