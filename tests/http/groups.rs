//! Group work over HTTP and socket: planned, published, written, reported; and who may not read or write what.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message;
use uuid::Uuid;
use yrs::updates::decoder::Decode;
use yrs::updates::encoder::Encode;
use yrs::{GetString, ReadTxn, StateVector, Text, Transact, Update};

use crate::support::{Meeting, Seat, TestServer};

/// A meeting with a groups activity, tables of three, and so many people; what they are called by place.
async fn hall(server: &TestServer, people: usize) -> (Meeting<'_>, String, Vec<Seat>) {
    let meeting = server.meeting_with(json!({ "title": "Tables" })).await;
    let activity = Uuid::now_v7().to_string();
    let add = json!({ "add_activity": { "id": activity, "kind": "groups", "title": "Tables" } });
    meeting.lead(add).await;
    let mut seats = Vec::new();
    meeting
        .lead(json!({ "change_meeting": { "ask": ["teacher"] } }))
        .await;
    for n in 0..people {
        let tags: &[&str] = if n % 3 == 0 { &["teacher"] } else { &[] };
        let name = format!("Person {n}");
        let body = json!({ "code": meeting.code, "name": name, "tags": tags });
        seats.push(meeting.join_with(body).await);
    }
    let set = json!({ "set_groups": { "activity": activity, "size": 3, "rounds": 2, "lines": ["Barrier 1"] } });
    meeting.lead(set).await;
    (meeting, activity, seats)
}

async fn plan(meeting: &Meeting<'_>, activity: &str, body: Value) -> crate::support::Answer {
    let path = format!("/activities/{activity}/plan");
    meeting.post(&meeting.token, &path, body).await
}

async fn publish(meeting: &Meeting<'_>, activity: &str) {
    let made = plan(meeting, activity, json!({ "seed": 7 })).await;
    assert_eq!(made.status, 200, "{made:?}");
    meeting
        .lead(json!({ "publish_groups": { "activity": activity } }))
        .await;
}

async fn group_of(meeting: &Meeting<'_>, activity: &str, seat: &Seat) -> String {
    let mine = meeting.get(&seat.token, "/mine").await.body;
    let group = &mine["mine"]["groups"][activity]["group"];
    group.as_str().expect("a table").to_owned()
}

/// A document of notes as a phone has it.
struct Page(yrs::Doc);

impl Page {
    fn new() -> Self {
        let options = yrs::Options {
            offset_kind: yrs::OffsetKind::Utf16,
            ..yrs::Options::default()
        };
        Self(yrs::Doc::with_options(options))
    }

    /// Types at the beginning; the y-sync message of everything this page knows.
    fn type_in(&self, text: &str) -> String {
        let notes = self.0.get_or_insert_text("notes");
        notes.insert(&mut self.0.transact_mut(), 0, text);
        let update = self.0.transact().encode_diff_v1(&StateVector::default());
        envelope(2, &update)
    }

    fn take(&self, update: &[u8]) {
        let update = Update::decode_v1(update).unwrap();
        self.0.transact_mut().apply_update(update).unwrap();
    }

    fn text(&self) -> String {
        let notes = self.0.get_or_insert_text("notes");
        notes.get_string(&self.0.transact())
    }
}

fn envelope(kind: u8, inside: &[u8]) -> String {
    assert!(inside.len() < 128);
    let mut bytes = vec![kind, u8::try_from(inside.len()).unwrap()];
    bytes.extend_from_slice(inside);
    STANDARD.encode(bytes)
}

/// The notes as the view of a group shows them.
fn read(view: &Value) -> String {
    let page = Page::new();
    for piece in view["notes"].as_object().unwrap().values() {
        page.take(&STANDARD.decode(piece.as_str().unwrap()).unwrap());
    }
    page.text()
}

#[tokio::test]
async fn a_hall_is_planned_published_moved_and_heard() {
    let server = TestServer::new().await;
    let (meeting, activity, seats) = hall(&server, 9).await;
    let made = plan(&meeting, &activity, json!({ "seed": 3 })).await;
    assert_eq!(
        (made.status, &made.body["repeats"]),
        (200, &json!(0)),
        "{made:?}"
    );
    let desk = meeting.view(&meeting.token, "desk").await;
    let draft = &desk["works"][&activity]["draft"];
    assert_eq!(draft["rounds"].as_array().unwrap().len(), 2);
    let account = draft["account"].as_array().unwrap();
    let spread = account.iter().find_map(|one| one.get("spread"));
    assert_eq!(spread.unwrap()["tag"], "teacher", "{account:?}");
    let floor = meeting.view(&seats[0].token, "floor").await;
    assert_eq!(floor["works"][&activity]["state"], "planning");
    assert!(
        meeting.get(&seats[0].token, "/mine").await.body["mine"]["groups"]
            .as_object()
            .unwrap()
            .is_empty()
    );

    meeting
        .lead(json!({ "publish_groups": { "activity": activity } }))
        .await;
    let floor = meeting.view(&seats[0].token, "floor").await;
    assert_eq!(floor["works"][&activity]["state"], "working");
    assert_eq!(floor["groups"].as_object().unwrap().len(), 3);
    let group = group_of(&meeting, &activity, &seats[0]).await;
    let view = meeting
        .view(&seats[0].token, &format!("group/{group}"))
        .await;
    assert_eq!(view["members"].as_object().unwrap().len(), 3);
    assert!(
        !view.to_string().contains(&seats[0].seat),
        "a table knows no seat"
    );

    let late = meeting.join().await;
    assert_ne!(group_of(&meeting, &activity, &late).await, "");
    meeting
        .lead(json!({ "next_round": { "activity": activity } }))
        .await;
    assert_ne!(group_of(&meeting, &activity, &late).await, "");

    let group = group_of(&meeting, &activity, &seats[0]).await;
    let line = json!({ "write_line": { "group": group, "line": 1, "text": "Stairs" } });
    assert_eq!(meeting.command(&seats[0].token, 1, line).await.status, 200);
    meeting
        .lead(json!({ "report": { "activity": activity, "group": group } }))
        .await;
    let floor = meeting.view(&late.token, "floor").await;
    assert_eq!(floor["reports"][&group]["lines"]["1"]["text"], "Stairs");
    assert_eq!(floor["meeting"]["stage"], json!(activity));
}

#[tokio::test]
async fn another_table_is_neither_read_nor_written_and_only_a_facilitator_plans() {
    let server = TestServer::new().await;
    let (meeting, activity, seats) = hall(&server, 6).await;
    publish(&meeting, &activity).await;
    let own = group_of(&meeting, &activity, &seats[0]).await;
    let mut stranger = None;
    for seat in &seats {
        if group_of(&meeting, &activity, seat).await != own {
            stranger = Some(seat.clone());
        }
    }
    let stranger = stranger.unwrap();
    let view = meeting
        .get(&stranger.token, &format!("/views/group/{own}"))
        .await;
    assert_eq!(view.said(), (403, "not_allowed"));
    let card = json!({ "post_card": { "id": Uuid::new_v4(), "group": own, "text": "x" } });
    assert_eq!(
        meeting.command(&stranger.token, 1, card).await.said(),
        (409, "not_allowed")
    );
    let notes = format!("/groups/{own}/notes");
    let body = json!({ "notes": Page::new().type_in("x") });
    assert_eq!(
        meeting.post(&stranger.token, &notes, body).await.said(),
        (409, "not_allowed")
    );
    let body = json!({ "notes": "AAAA" });
    assert_eq!(
        meeting.post(&seats[0].token, &notes, body).await.said(),
        (400, "bad_request")
    );
    let body = json!({ "notes": envelope(2, b"\xff\xff\xff") });
    assert_eq!(
        meeting.post(&seats[0].token, &notes, body).await.said(),
        (422, "not_understood")
    );
    let path = format!("/activities/{activity}/plan");
    assert_eq!(
        meeting.post(&stranger.token, &path, json!({})).await.said(),
        (403, "not_allowed")
    );
    let nowhere = format!("/activities/{}/plan", Uuid::new_v4());
    assert_eq!(
        meeting
            .post(&meeting.token, &nowhere, json!({}))
            .await
            .said(),
        (409, "not_found")
    );
}

#[tokio::test]
async fn a_constraint_that_cannot_be_met_is_named() {
    let server = TestServer::new().await;
    let (meeting, activity, seats) = hall(&server, 6).await;
    let apart: Vec<&str> = seats
        .iter()
        .take(3)
        .map(|seat| seat.seat.as_str())
        .collect();
    meeting
        .lead(json!({ "constrain": { "activity": activity, "apart": [apart] } }))
        .await;
    let made = plan(&meeting, &activity, json!({})).await;
    assert_eq!(made.said(), (422, "impossible"), "{made:?}");
    assert!(
        made.body["impossible"].is_object()
            && made.body["errors"][0]["detail"].as_str().unwrap().len() > 20
    );
    meeting
        .lead(json!({ "constrain": { "activity": activity, "apart": [] } }))
        .await;
    assert_eq!(plan(&meeting, &activity, json!({})).await.status, 200);
}

#[tokio::test]
async fn notes_of_three_come_together_and_survive_a_restart_without_a_name() {
    let mut server = TestServer::kept().await;
    let (path, token, group, seat_ids) = {
        let (meeting, activity, seats) = hall(&server, 3).await;
        publish(&meeting, &activity).await;
        let group = group_of(&meeting, &activity, &seats[0]).await;
        let notes = format!("/groups/{group}/notes");
        for (seat, text) in seats.iter().zip(["Pilləkən, ", "კიბე, ", "🧑🏽‍🦽 "])
        {
            let page = Page::new();
            let said = meeting
                .post(&seat.token, &notes, json!({ "notes": page.type_in(text) }))
                .await;
            assert_eq!(said.status, 200, "{said:?}");
            let vector = STANDARD
                .decode(said.body["noted"].as_str().unwrap())
                .unwrap();
            assert!(!StateVector::decode_v1(&vector).unwrap().is_empty());
        }
        let asked =
            json!({ "notes": envelope(0, &Page::new().0.transact().state_vector().encode_v1()) });
        let all = meeting.post(&seats[1].token, &notes, asked).await;
        let bytes = STANDARD
            .decode(all.body["notes"].as_str().unwrap())
            .unwrap();
        assert_eq!(bytes[0], 1, "step two");
        let ids: Vec<String> = seats.iter().map(|seat| seat.seat.clone()).collect();
        (meeting.path(""), seats[0].token.clone(), group, ids)
    };
    server.restart().await;
    let ask = crate::support::Ask::get(&format!("{path}/views/group/{group}")).token(&token);
    let view = server.ask(ask).await.body["view"].clone();
    let text = read(&view);
    for part in ["Pilləkən", "კიბე", "🧑🏽‍🦽"] {
        assert!(text.contains(part), "{text}");
    }
    // No entry with a note names a seat.
    server.stop().await;
    let journal = openfloor::journal::Journal::open(&server.data()).unwrap();
    let meeting = Uuid::parse_str(path.rsplit('/').next().unwrap()).unwrap();
    let entries = journal
        .read(meeting, openfloor::journal::Position::START)
        .await
        .unwrap();
    let noted = entries
        .iter()
        .filter(|entry| String::from_utf8_lossy(&entry.record.payload).contains("\"noted\""));
    let mut seen = 0;
    for entry in noted {
        seen += 1;
        assert_eq!(
            (entry.record.seat, entry.record.device, entry.record.n),
            (None, None, None)
        );
        let text = String::from_utf8_lossy(&entry.record.payload).into_owned();
        assert!(seat_ids.iter().all(|seat| !text.contains(seat)));
    }
    assert_eq!(seen, 3);
}

#[tokio::test]
async fn over_the_socket_a_seat_is_told_of_its_table_and_its_notes_are_answered() {
    let server = TestServer::new().await;
    let (meeting, activity, seats) = hall(&server, 3).await;
    let (mut socket, _) = tokio_tungstenite::connect_async(format!("ws://{}/ws", server.address))
        .await
        .unwrap();
    let hello = json!({ "hello": { "token": seats[0].token } });
    socket.send(Message::text(hello.to_string())).await.unwrap();
    publish(&meeting, &activity).await;
    let group = group_of(&meeting, &activity, &seats[0]).await;
    let mut told = false;
    let mut say = vec![
        json!({ "notes": [group, envelope(2, b"\xff\xff\xff")] }).to_string(),
        json!({ "notes": [group, Page::new().type_in("Hi")] }).to_string(),
    ];
    let (mut noted, mut unnoted) = (false, false);
    let until = tokio::time::timeout(Duration::from_secs(10), async {
        while !(told && noted && unnoted) {
            let Some(Ok(Message::Text(text))) = socket.next().await else {
                panic!("the socket ended");
            };
            let frame: Value = serde_json::from_str(&text).unwrap();
            told |= frame["views"]["mine"][1]["groups"][&activity]["group"] == json!(group);
            noted |= frame["noted"][0] == json!(group);
            unnoted |= frame["unnoted"][1]["code"] == "not_understood";
            if told && let Some(next) = say.pop() {
                socket.send(Message::text(next)).await.unwrap();
            }
        }
    });
    until.await.expect("told of its table, and answered");
    let view = meeting
        .view(&seats[0].token, &format!("group/{group}"))
        .await;
    assert_eq!(read(&view), "Hi");
}
