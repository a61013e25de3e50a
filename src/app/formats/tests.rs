//! The command as a script meets it.

use std::io::Write;
use std::path::PathBuf;

use serde_json::{Value, json};

use super::*;

fn written(text: &str) -> tempfile::NamedTempFile {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(text.as_bytes()).unwrap();
    file
}

fn name(file: &tempfile::NamedTempFile) -> String {
    file.path().display().to_string()
}

const XML: &str = "<debate-format schema-version=\"2.2\">
<name>Two</name>
<version>1</version>
<info><description>Two speeches</description></info>
<prep-time length=\"15:00\"/>
<speech-types><speech-type ref=\"all\" length=\"2:00\">
<bell time=\"0:30\" next-period=\"pois-allowed\"/>
<bell time=\"finish\" number=\"2\" next-period=\"overtime\" pause-on-bell=\"true\"/>
</speech-type></speech-types>
<speeches><speech type=\"all\"><name>1st Affirmative</name></speech>
<speech type=\"all\"><name>1st Negative</name></speech></speeches>
</debate-format>";

#[test]
fn a_format_is_shown_as_the_json_that_scripts_read() {
    let file = written(XML);
    let said = formats(&Formats::Show {
        file: name(&file),
        json: true,
    })
    .unwrap();
    assert_eq!(said.problems, Vec::<String>::new());
    let bells = json!([
        { "at_s": 30, "rings": 1, "pause": false, "phase": "pois-allowed", "points": true },
        { "at_s": 120, "rings": 2, "pause": true, "phase": "overtime", "points": false },
    ]);
    let segment = |name: &str, owner: &str| json!({ "name": name, "owner": owner, "length_s": 120, "bells": bells, "first_phase": "normal" });
    assert_eq!(
        serde_json::from_str::<Value>(&said.out).unwrap(),
        json!({
            "name": "Two",
            "preparation": { "name": "Preparation", "owner": "both", "length_s": 900, "bells": [], "first_phase": "normal" },
            "segments": [segment("1st Affirmative", "affirmative"), segment("1st Negative", "negative")],
        })
    );
}

#[test]
fn a_built_in_format_is_shown_by_its_id_with_its_total() {
    let show = |json| {
        formats(&Formats::Show {
            file: "world-schools".to_owned(),
            json,
        })
        .unwrap()
        .out
    };
    let table = show(false);
    assert!(
        table.ends_with("Total 56:00, with the preparation 116:00"),
        "{table}"
    );
    assert!(
        table.contains("1:00×1 pois-allowed, 7:00×1 warning, 8:00×2 overtime"),
        "{table}"
    );
    let shown: Value = serde_json::from_str(&show(true)).unwrap();
    assert_eq!(shown["segments"].as_array().unwrap().len(), 8);
    assert_eq!(shown["segments"][6]["owner"], "opposition");
}

#[test]
fn toml_and_xml_lead_to_each_other() {
    let file = written(XML);
    let toml = formats(&Formats::Import {
        file: PathBuf::from(name(&file)),
    })
    .unwrap();
    let toml = written(&toml.out);
    let xml = formats(&Formats::Export { file: name(&toml) }).unwrap();
    let again = written(&xml.out);
    let show = |file: &tempfile::NamedTempFile| {
        formats(&Formats::Show {
            file: name(file),
            json: true,
        })
        .unwrap()
    };
    assert_eq!(show(&again), show(&file));
    assert_eq!(show(&toml), show(&file));
}

#[test]
fn what_export_cannot_say_goes_beside_the_file() {
    let said = formats(&Formats::Export {
        file: "policy".to_owned(),
    })
    .unwrap();
    assert!(said.out.starts_with("<?xml"));
    assert!(
        said.problems
            .iter()
            .any(|line| line.contains("bank of 8:00")),
        "{:?}",
        said.problems
    );
}

#[test]
fn check_names_file_and_line_and_fails_on_errors_alone() {
    let good = written(XML);
    let surprising = written(&XML.replace("\"0:30\"", "\"2:00\""));
    let bad = written(
        &XML.replace("\"0:30\"", "\"3:00\"")
            .replace("\"all\"><name>1st N", "\"none\"><name>1st N"),
    );
    let check = |files: &[&tempfile::NamedTempFile]| {
        formats(&Formats::Check {
            files: files.iter().map(|file| name(file)).collect(),
        })
    };
    assert_eq!(check(&[&good]).unwrap(), Said::default());
    let said = check(&[&good, &surprising]).unwrap();
    assert!(
        said.out
            .starts_with(&format!("{}:8: note: a second bell", name(&surprising))),
        "{}",
        said.out
    );
    let (said, error) = check(&[&good, &bad]).unwrap_err();
    let lines: Vec<_> = said.out.lines().collect();
    assert!(
        lines[0].starts_with(&format!("{}:7: this bell at 3:00", name(&bad))),
        "{lines:?}"
    );
    assert!(
        lines[1].contains(":11: \"1st Negative\" is of the speech type"),
        "{lines:?}"
    );
    assert_eq!(error.to_string(), "bad_format: errors: 2, in 1 of 2 files");
}

#[test]
fn a_file_with_errors_still_shows_what_is_sound() {
    let bad = written(&XML.replace("\"0:30\"", "\"3:00\""));
    let said = formats(&Formats::Show {
        file: name(&bad),
        json: true,
    })
    .unwrap();
    assert!(
        said.problems[0].contains(":7: this bell at 3:00"),
        "{:?}",
        said.problems
    );
    let shown: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(shown["segments"].as_array().unwrap().len(), 2);
}

#[test]
fn what_is_no_format_fails_with_a_sentence() {
    let (_, error) = formats(&Formats::Show {
        file: "nowhere".to_owned(),
        json: true,
    })
    .unwrap_err();
    assert!(
        error.to_string().starts_with("unreadable: nowhere"),
        "{error}"
    );
    let empty = written("name = \"Empty\"\n");
    let (said, error) = formats(&Formats::Import {
        file: empty.path().to_owned(),
    })
    .unwrap_err();
    assert!(error.to_string().contains("no segment"), "{error}");
    assert!(!said.problems.is_empty());
    let (said, _) = formats(&Formats::Check {
        files: vec!["nowhere".to_owned()],
    })
    .unwrap_err();
    assert!(
        said.out.starts_with("nowhere:1: unreadable"),
        "{}",
        said.out
    );
}

#[test]
fn the_list_names_every_built_in_format() {
    let list = formats(&Formats::List).unwrap().out;
    assert_eq!(list.lines().count(), format::built_in().len());
    assert!(list.contains("lincoln-douglas"), "{list}");
}
