//! The promise "nothing that we store says who asked", read from the bytes of the data folder

use std::path::Path;

use openfloor::journal::{Journal, Position};
use serde_json::json;
use uuid::Uuid;

use crate::support::{TestServer, question};

/// Every file of a folder, as bytes.
pub fn everything_in(dir: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            bytes.extend(everything_in(&path));
        } else {
            bytes.extend(std::fs::read(path).unwrap());
        }
    }
    bytes
}

pub fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// All ways in which an id may be written.
fn forms(id: &str) -> [Vec<u8>; 3] {
    let id = Uuid::parse_str(id).unwrap();
    [
        id.to_string().into_bytes(),
        id.simple().to_string().into_bytes(),
        id.as_bytes().to_vec(),
    ]
}

fn names(bytes: &[u8], id: &str) -> bool {
    forms(id).iter().any(|form| contains(bytes, form))
}

/// The id inside a token, as a client could read it too.
fn id_of(token: &str) -> String {
    use base64::Engine;
    let bytes = base64::engine::general_purpose::URL_SAFE_NO_PAD
        .decode(token)
        .unwrap();
    Uuid::from_slice(&bytes[17..33]).unwrap().to_string()
}

#[tokio::test]
async fn nothing_that_is_stored_joins_an_anonymous_question_to_a_seat() {
    let mut server = TestServer::kept().await;
    let data = server.data();
    let (meeting, seat, alias, tries, devices, questions) = {
        let meeting = server.meeting().await;
        let activity = meeting.activity().await;
        let attempt = "kX2m9QpL7vT4wZ8sB1nC5g";
        let body = json!({ "code": meeting.code, "name": "Leyla", "try": attempt });
        let seat = meeting.join_with(body).await;
        // Others come, ask and vote between.
        for n in 0..8 {
            let other = meeting.join().await;
            let (_, wish) = question(&activity, &format!("Of another {n}"));
            let token = if n % 2 == 0 {
                other.token
            } else {
                other.alias.unwrap()
            };
            assert_eq!(meeting.command(&token, 1, wish).await.status, 200);
        }
        let alias = seat.alias.clone().unwrap();
        let devices = [Uuid::new_v4(), Uuid::new_v4()].map(|id| id.to_string());
        let send = async |token: &str, device: &str, n: u64, wish| {
            let body = json!({ "n": n, "device": device, "do": wish });
            assert_eq!(meeting.post(token, "/commands", body).await.status, 200);
        };
        let (named, wish) = question(&activity, "With my name");
        send(&seat.token, &devices[0], 11, wish).await;
        let (by_alias, wish) = question(&activity, "Under the alias");
        send(&alias, &devices[1], 4_294_967_301, wish).await;
        let edit = json!({ "edit": { "question": by_alias, "text": "Under the alias, edited" } });
        send(&alias, &devices[1], 4_294_967_302, edit).await;
        let (by_seat, mut wish) = question(&activity, "Anonymous under the seat");
        wish["ask"]["anonymous"] = true.into();
        send(&seat.token, &devices[0], 12, wish).await;
        let vote = json!({ "vote": { "question": named, "on": true } });
        send(&seat.token, &devices[0], 13, vote).await;
        let id = Uuid::parse_str(&meeting.id).unwrap();
        (
            id,
            seat.seat,
            id_of(&alias),
            attempt,
            devices,
            [named, by_alias, by_seat],
        )
    };
    server.stop().await;

    // The folder as a whole: what would join the two by derivation is not in it.
    let files = everything_in(&data);
    assert!(
        names(&files, &seat) && names(&files, &alias),
        "the test looks in the right place"
    );
    assert!(!contains(&files, tries.as_bytes()));
    for device in &devices {
        assert!(
            !names(&files, device),
            "a device is stored only mixed with its holder"
        );
    }

    // Entry by entry: an entry that names one of the two never names the other, nor its questions.
    let journal = Journal::open(&data).unwrap();
    let entries = journal.read(meeting, Position::START).await.unwrap();
    let [named, by_alias, by_seat] = &questions;
    let mut outboxes = (Vec::new(), Vec::new());
    let mut seen = 0;
    for entry in &entries {
        let record = &entry.record;
        let columns = [record.seat, record.device];
        let mut bytes = record.payload.to_vec();
        for id in columns.into_iter().flatten() {
            bytes.extend_from_slice(id.as_bytes());
        }
        let of_seat = names(&bytes, &seat);
        let of_alias = names(&bytes, &alias);
        assert!(!(of_seat && of_alias), "one entry names both");
        if of_seat {
            assert!(!names(&bytes, by_alias) && !names(&bytes, by_seat));
            outboxes.0.extend(record.device.zip(record.n));
        }
        if of_alias {
            assert!(!names(&bytes, named) && !names(&bytes, by_seat));
            outboxes.1.extend(record.device.zip(record.n));
        }
        if names(&bytes, by_seat) {
            seen += 1;
            assert_eq!((record.seat, record.device, record.n), (None, None, None));
        }
    }
    assert_eq!(seen, 1);
    assert!(outboxes.0.len() >= 2 && outboxes.1.len() == 2);
    assert!(outboxes.0.iter().all(|(device, n)| {
        outboxes
            .1
            .iter()
            .all(|(other, m)| device != other && n != m)
    }));

    // An alias first appears with what it says, never when its seat sits down.
    let first = |id: &str| {
        let is_named = |entry: &_| names_entry(entry, id);
        entries.iter().position(is_named).unwrap()
    };
    let payload = String::from_utf8_lossy(&entries[first(&alias)].record.payload).into_owned();
    assert!(payload.contains("question_asked"), "{payload}");
    assert!(first(&alias) > first(&seat) + 8);
}

fn names_entry(entry: &openfloor::journal::Entry, id: &str) -> bool {
    names(&entry.record.payload, id) || entry.record.seat.is_some_and(|seat| seat.to_string() == id)
}

#[tokio::test]
async fn no_view_of_anybody_holds_an_alias_or_who_asked() {
    let server = TestServer::new().await;
    let meeting = server.meeting().await;
    let activity = meeting.activity().await;
    let seat = meeting
        .join_with(json!({ "code": meeting.code, "name": "Leyla" }))
        .await;
    let alias = seat.alias.clone().unwrap();
    let (_, wish) = question(&activity, "Under the alias");
    assert_eq!(meeting.command(&alias, 1, wish).await.status, 200);
    let other = meeting.join().await;
    let contact = meeting.with_role("contact").await;
    let mut seen = String::new();
    for (token, audiences) in [
        (&other.token, &["floor"][..]),
        (&seat.token, &["floor"]),
        (&contact.token, &["floor", "concerns"]),
        (&meeting.token, &["floor", "desk", "care"]),
    ] {
        for audience in audiences {
            seen += &meeting.view(token, audience).await.to_string();
        }
        seen += &meeting.get(token, "/mine").await.text();
    }
    assert!(!seen.contains(&id_of(&alias)));
    let mine = meeting.get(&seat.token, "/mine").await.text();
    assert!(!mine.contains("Under the alias"));
    assert!(
        meeting
            .get(&alias, "/mine")
            .await
            .text()
            .contains("Under the alias")
    );
    assert!(!meeting.floor().await.to_string().contains(&seat.seat));
}
