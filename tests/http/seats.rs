//! POST and GET /api/meetings/{meeting}/seats

use serde_json::{Value, json};
use uuid::Uuid;

use crate::codes::other_code;
use crate::support::{Meeting, Seat, TestServer, fragment};

const TRY: &str = "kX2m9QpL7vT4wZ8sB1nC5g";

#[tokio::test]
async fn a_code_gives_a_seat_and_an_alias() {
    let server = TestServer::new().await;
    let meeting = server.meeting().await;
    let seat = meeting.join().await;
    assert!(Uuid::parse_str(&seat.seat).is_ok());
    assert_ne!(seat.alias.unwrap(), seat.token);
    let mine = meeting.get(&seat.token, "/mine").await;
    assert_eq!(mine.status, 200);
    assert_eq!(mine.body["n"], 0);
}

#[tokio::test]
async fn what_people_say_of_themselves_is_known_at_once() {
    let server = TestServer::new().await;
    let meeting = server.meeting().await;
    meeting
        .lead(json!({ "change_meeting": { "ask": ["teacher"] } }))
        .await;
    let body =
        json!({ "code": meeting.code, "name": "Leyla", "language": "az", "tags": ["teacher"] });
    let seat = meeting.join_with(body).await;
    let mine = meeting.get(&seat.token, "/mine").await;
    assert_eq!(
        mine.body["mine"]["seat"],
        json!({ "name": "Leyla", "language": "az", "tags": { "teacher": true } })
    );
}

#[tokio::test]
async fn a_repeated_try_is_the_same_seat_also_after_a_restart() {
    let mut server = TestServer::kept().await;
    let meeting = server.meeting().await;
    let (path, code) = (meeting.path("/seats"), meeting.code.clone());
    let body = json!({ "code": code, "try": TRY });
    let first = server.post(&path, body.clone()).await;
    assert_eq!(first.status, 201);
    let again = server.post(&path, body.clone()).await;
    assert_eq!((again.status, &again.body), (200, &first.body));
    server.restart().await;
    let after = server.post(&path, body).await;
    assert_eq!((after.status, &after.body), (200, &first.body));
    let other = server.post(&path, json!({ "code": code })).await;
    assert_eq!(other.status, 201);
    assert_ne!(other.body["seat"], first.body["seat"]);
}

#[tokio::test]
async fn each_link_gives_what_it_promises() {
    let server = TestServer::new().await;
    let meeting = server.meeting().await;
    let redeem = async |secret: &str| {
        let body = json!({ "secret": secret });
        server.post(&meeting.path("/seats"), body).await
    };
    let desk = redeem(&meeting.secret("desk")).await;
    assert_eq!(
        (desk.status, &desk.body["roles"]),
        (201, &json!(["facilitator"]))
    );
    let join = redeem(&meeting.secret("join")).await;
    assert_eq!((join.status, join.body.get("roles")), (201, None));
    let stage = redeem(&meeting.secret("stage")).await;
    assert_eq!(stage.status, 201);
    let keys: Vec<_> = stage.body.as_object().unwrap().keys().cloned().collect();
    assert_eq!(keys, ["token"]);
}

#[tokio::test]
async fn wrong_codes_and_secrets_have_their_own_codes() {
    let server = TestServer::new().await;
    let meeting = server.meeting().await;
    let other = server.meeting().await;
    let join = async |body: Value| server.post(&meeting.path("/seats"), body).await;
    let wrong = join(json!({ "code": other_code(&meeting.code) })).await;
    assert_eq!(wrong.said(), (404, "no_code"));
    assert_eq!(
        join(json!({ "code": other.code })).await.said(),
        (404, "no_code")
    );
    let secret = json!({ "secret": "AAAAAAAAAAAAAAAAAAAAAA" });
    assert_eq!(join(secret).await.said(), (401, "bad_token"));
    assert_eq!(
        join(json!({ "secret": "x" })).await.said(),
        (401, "bad_token")
    );
    let theirs = json!({ "secret": other.secret("desk") });
    assert_eq!(join(theirs).await.said(), (401, "bad_token"));
    assert_eq!(join(json!({})).await.said(), (400, "bad_request"));
    let nowhere = format!("/api/meetings/{}/seats", Uuid::now_v7());
    let nowhere = server
        .post(&nowhere, json!({ "secret": meeting.secret("join") }))
        .await;
    assert_eq!(nowhere.said(), (404, "not_found"));
    let no_id = server
        .post("/api/meetings/x/seats", json!({ "code": meeting.code }))
        .await;
    assert_eq!(no_id.said(), (404, "not_found"));
}

#[tokio::test]
async fn who_must_be_let_in_waits_and_gets_an_alias_only_then() {
    let server = TestServer::new().await;
    let meeting = server.meeting().await;
    meeting
        .lead(json!({ "change_meeting": { "ask_first": true } }))
        .await;
    let body = json!({ "code": meeting.code, "try": TRY });
    let waits = server.post(&meeting.path("/seats"), body.clone()).await;
    assert_eq!((waits.status, &waits.body["waiting"]), (201, &json!(true)));
    let seat = Seat::of(&waits.body);
    assert_eq!(seat.alias, None);

    assert_eq!(
        meeting.get(&seat.token, "/views/floor").await.said(),
        (403, "not_allowed")
    );
    assert_eq!(
        meeting.get(&seat.token, "/qr?of=join").await.said(),
        (403, "not_allowed")
    );
    assert_eq!(meeting.get(&seat.token, "/mine").await.status, 200);
    let vote = json!({ "vote": { "question": Uuid::new_v4(), "on": true } });
    assert_eq!(
        meeting.command(&seat.token, 1, vote).await.said(),
        (409, "not_admitted")
    );
    let introduce = json!({ "introduce": { "name": "Leyla" } });
    assert_eq!(meeting.command(&seat.token, 2, introduce).await.status, 200);

    meeting
        .lead(json!({ "admit": { "seat": seat.seat } }))
        .await;
    let admitted = server.post(&meeting.path("/seats"), body).await;
    assert_eq!(admitted.status, 200);
    assert!(Seat::of(&admitted.body).alias.is_some());
    assert_eq!(admitted.body["seat"], waits.body["seat"]);
    assert_eq!(meeting.get(&seat.token, "/views/floor").await.status, 200);
}

#[tokio::test]
async fn who_is_turned_away_is_told_so() {
    let server = TestServer::new().await;
    let meeting = server.meeting().await;
    meeting
        .lead(json!({ "change_meeting": { "ask_first": true } }))
        .await;
    let body = json!({ "code": meeting.code, "try": TRY });
    let seat = meeting.join_with(body.clone()).await;
    meeting
        .lead(json!({ "turn_away": { "seat": seat.seat } }))
        .await;
    assert_eq!(
        meeting.get(&seat.token, "/mine").await.said(),
        (401, "revoked")
    );
    let again = server.post(&meeting.path("/seats"), body).await;
    assert_eq!(again.said(), (401, "revoked"));
}

#[tokio::test]
async fn a_seat_moves_to_another_phone_once() {
    let server = TestServer::new().await;
    let meeting = server.meeting().await;
    let seat = meeting
        .join_with(json!({ "code": meeting.code, "name": "Leyla", "try": TRY }))
        .await;
    let rest = format!("/seats/{}/move", seat.seat);
    let offer = meeting.post(&meeting.token, &rest, json!({})).await;
    assert_eq!(offer.status, 201, "{offer:?}");
    assert!(offer.body["until"].as_i64().unwrap() > 0);
    let secret = fragment(offer.body["url"].as_str().unwrap());

    let moved = server
        .post(&meeting.path("/seats"), json!({ "secret": secret }))
        .await;
    assert_eq!(
        (moved.status, &moved.body["seat"]),
        (200, &json!(seat.seat))
    );
    let moved = Seat::of(&moved.body);
    let mine = meeting.get(&moved.token, "/mine").await;
    assert_eq!(mine.body["mine"]["seat"]["name"], "Leyla");
    assert_ne!(moved.alias, seat.alias);

    assert_eq!(
        meeting.get(&seat.token, "/mine").await.said(),
        (401, "revoked")
    );
    let back = json!({ "code": meeting.code, "try": TRY });
    assert_eq!(
        server.post(&meeting.path("/seats"), back).await.said(),
        (401, "revoked")
    );
    let twice = server
        .post(&meeting.path("/seats"), json!({ "secret": secret }))
        .await;
    assert_eq!(twice.said(), (401, "bad_token"));
}

#[tokio::test]
async fn only_a_facilitator_offers_a_move_and_only_of_a_seat_there_is() {
    let server = TestServer::new().await;
    let meeting = server.meeting().await;
    let seat = meeting.join().await;
    let rest = format!("/seats/{}/move", seat.seat);
    let own = meeting.post(&seat.token, &rest, json!({})).await;
    assert_eq!(own.said(), (403, "not_allowed"));
    let nobody = format!("/seats/{}/move", Uuid::new_v4());
    let nobody = meeting.post(&meeting.token, &nobody, json!({})).await;
    assert_eq!(nobody.said(), (409, "not_found"));
}

#[tokio::test]
async fn the_list_is_by_name_and_found_by_name_and_never_by_time() {
    let server = TestServer::new().await;
    let meeting = server.meeting().await;
    for name in ["Rəşad", "Leyla", "Aysel", ""] {
        meeting
            .join_with(json!({ "code": meeting.code, "name": name }))
            .await;
    }
    let all = meeting.get(&meeting.token, "/seats").await;
    let names = names(&all.body);
    // Two have no name: the facilitator's own seat and the last one.
    assert_eq!(names, ["", "", "Aysel", "Leyla", "Rəşad"]);
    for seat in all.body["seats"].as_array().unwrap() {
        let known = [
            "seat", "name", "language", "tags", "roles", "proxy", "muted", "waiting", "here",
        ];
        assert!(
            seat.as_object()
                .unwrap()
                .keys()
                .all(|key| known.contains(&key.as_str()))
        );
    }
    let found = meeting.get(&meeting.token, "/seats?find=ley").await;
    assert_eq!(self::names(&found.body), ["Leyla"]);
    let seat = meeting.join().await;
    assert_eq!(
        meeting.get(&seat.token, "/seats").await.said(),
        (403, "not_allowed")
    );
    let moderator = meeting.with_role("moderator").await;
    assert_eq!(meeting.get(&moderator.token, "/seats").await.status, 200);
}

#[tokio::test]
async fn a_long_list_comes_in_pages_of_fifty() {
    let server = TestServer::new().await;
    let meeting = server.meeting().await;
    for n in 0..110 {
        let name = format!("P{:03}", (n * 37) % 110);
        meeting
            .join_with(json!({ "code": meeting.code, "name": name }))
            .await;
    }
    let mut seen = Vec::new();
    let mut rest = "/seats?find=p".to_owned();
    let mut pages = 0;
    loop {
        let page = meeting.get(&meeting.token, &rest).await;
        seen.extend(names(&page.body));
        pages += 1;
        let Some(next) = page.body["next"].as_str() else {
            break;
        };
        rest = format!("/seats?find=p&after={next}");
    }
    let expected: Vec<_> = (0..110).map(|n| format!("P{n:03}")).collect();
    assert_eq!((pages, seen), (3, expected));
    let wrong = meeting.get(&meeting.token, "/seats?after=x").await;
    assert_eq!(wrong.said(), (400, "bad_request"));
}

#[tokio::test]
async fn an_ended_meeting_takes_nobody_in_by_its_code() {
    let server = TestServer::new().await;
    let meeting: Meeting = server.meeting().await;
    meeting.lead(json!({ "end": {} })).await;
    let late = server
        .post(&meeting.path("/seats"), json!({ "code": meeting.code }))
        .await;
    assert_eq!(late.said(), (404, "no_code"));
}

fn names(body: &Value) -> Vec<String> {
    let seats = body["seats"].as_array().unwrap();
    let name = |seat: &Value| seat["name"].as_str().unwrap_or_default().to_owned();
    seats.iter().map(name).collect()
}

#[tokio::test]
async fn the_phone_a_seat_moved_to_may_ask_again_when_the_answer_was_lost() {
    let server = TestServer::new().await;
    let meeting = server.meeting().await;
    let seat = meeting.join().await;
    let rest = format!("/seats/{}/move", seat.seat);
    let offer = meeting.post(&meeting.token, &rest, json!({})).await;
    let secret = fragment(offer.body["url"].as_str().unwrap());
    let body = json!({ "secret": secret, "try": TRY });
    let first = server.post(&meeting.path("/seats"), body.clone()).await;
    let again = server.post(&meeting.path("/seats"), body).await;
    assert_eq!((first.status, again.status), (200, 200));
    assert_eq!(first.body, again.body);
    let another = json!({ "secret": secret, "try": "another-try-of-22-signs" });
    let another = server.post(&meeting.path("/seats"), another).await;
    assert_eq!(another.said(), (401, "bad_token"));
}
