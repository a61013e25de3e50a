//! The command as a script meets it.

use std::io::Write;

use serde_json::Value;

use super::*;

fn wanted(people: u32, groups: u32, rounds: u32) -> Groups {
    Groups {
        people: Some(people),
        groups: Some(groups),
        rounds,
        seed: 1,
        quick: true,
        json: true,
        ..Groups::default()
    }
}

fn from_list(text: &str, wanted: Groups) -> Result<Value, GroupsError> {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(text.as_bytes()).unwrap();
    let wanted = Groups {
        people: None,
        csv: Some(file.path().to_owned()),
        ..wanted
    };
    groups(&wanted).map(|said| serde_json::from_str(&said).unwrap())
}

fn table_of(plan: &Value, round: usize, person: &str) -> usize {
    let tables = plan["rounds"][round].as_array().unwrap();
    tables
        .iter()
        .position(|table| table.as_array().unwrap().iter().any(|name| name == person))
        .unwrap()
}

#[test]
fn numbers_become_a_plan_in_json() {
    let plan: Value = serde_json::from_str(&groups(&wanted(16, 4, 5)).unwrap()).unwrap();
    assert_eq!(plan["repeats"], 0);
    assert_eq!(plan["rounds"].as_array().unwrap().len(), 5);
    let mut first: Vec<u64> = plan["rounds"][0]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|table| table.as_array().unwrap())
        .map(|person| person.as_u64().unwrap())
        .collect();
    first.sort_unstable();
    assert_eq!(first, (1..=16).collect::<Vec<_>>());
    assert!(plan["ms"].is_u64() && plan["balance"].is_object());
    assert_eq!(
        plan["account"][1]["nobody_meets_twice"],
        serde_json::json!({})
    );
}

#[test]
fn a_size_says_how_many_tables() {
    let sized = Groups {
        groups: None,
        size: Some(5),
        json: false,
        ..wanted(23, 1, 1)
    };
    let text = groups(&sized).unwrap();
    assert!(
        text.contains("Table 5:") && !text.contains("Table 6:"),
        "{text}"
    );
    assert!(text.contains("Tables have 4–5 people."), "{text}");
}

#[test]
fn a_list_keeps_its_rules_and_spreads_its_columns() {
    let list = "\
name,role,tags,language,together,apart,host,table,step_free
Aygün,teacher,new;loud,az,,x,,,
Ботир,teacher,,ru,,x,,,
Გია,teacher,,ka;ru,,,,2,
Դավիթ,parent,,hy;ru,a,,,,
Elçin,parent,,az,a,,,,yes
Farid,parent,,az,,,1,,
Günel,pupil,,az,,,,,
Hana,pupil,,ru,,,,,
Igor,pupil,,ru,,,,,
";
    let plan = from_list(
        list,
        Groups {
            groups: Some(3),
            rounds: 2,
            ..wanted(0, 3, 2)
        },
    )
    .unwrap();
    for round in 0..2 {
        assert_eq!(
            table_of(&plan, round, "Դավիթ"),
            table_of(&plan, round, "Elçin")
        );
        assert_ne!(
            table_of(&plan, round, "Aygün"),
            table_of(&plan, round, "Ботир")
        );
        assert_eq!(table_of(&plan, round, "Farid"), 0);
    }
    assert_eq!(table_of(&plan, 0, "Გია"), 1);
    assert!(plan["balance"]["role: teacher"]["most"].as_u64() <= Some(2));
}

#[test]
fn a_wrong_line_is_named() {
    for (list, line, why) in [
        ("id,step_free\na,yes\nb,perhaps\n", 3, "perhaps"),
        ("id,host\na,first\n", 2, "number of a table"),
        ("id,tags\na,x\nb\n", 3, "1 columns"),
        ("id\na\n\na\n", 4, "twice"),
        ("id,id\na,b\n", 1, "two columns"),
        ("id,tags\n", 2, "nobody"),
        ("", 1, "missing"),
    ] {
        let error = from_list(list, wanted(0, 2, 1)).unwrap_err();
        assert_eq!(error.exit(), 1);
        let said = error.to_string();
        assert!(
            said.contains(&format!("line {line}:")) && said.contains(why),
            "{list:?} → {said}"
        );
    }
}

#[test]
fn what_cannot_be_is_said_by_name() {
    let error = from_list(
        "id,together,apart\nanna,a,b\nben,a,b\ncem,,\n",
        wanted(0, 2, 1),
    )
    .unwrap_err();
    assert_eq!(error.exit(), 3);
    let said = error.to_string();
    assert!(
        said.starts_with("impossible: Person 1 and person 2 are to sit together and also apart."),
        "{said}"
    );
    assert!(
        said.ends_with("Person 1 is anna. Person 2 is ben."),
        "{said}"
    );
}

#[test]
fn a_list_and_a_number_must_agree() {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(b"id\na\nb\n").unwrap();
    let both = Groups {
        csv: Some(file.path().to_owned()),
        ..wanted(3, 1, 1)
    };
    assert_eq!(groups(&both).unwrap_err().exit(), 2);
}
