//! A discussion over HTTP: hands and calls, who reads the chair's page, and what the hall is told.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{Meeting, TestServer};

/// A meeting with an open discussion.
async fn discussing(server: &TestServer) -> (Meeting<'_>, String) {
    let meeting = server.meeting_with(json!({ "title": "Our park" })).await;
    let activity = Uuid::now_v7().to_string();
    let add =
        json!({ "add_activity": { "id": activity, "kind": "discussion", "title": "Who speaks" } });
    meeting.lead(add).await;
    meeting
        .lead(json!({ "open": { "activity": activity } }))
        .await;
    (meeting, activity)
}

#[tokio::test]
async fn a_hand_is_raised_called_and_ended_by_its_own_speaker() {
    let server = TestServer::new().await;
    let (meeting, activity) = discussing(&server).await;
    let seat = meeting.join().await;
    let say = async |n, wish| {
        let answer = meeting.command(&seat.token, n, wish).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        let answer = meeting.get(&seat.token, "/mine").await;
        let mine = answer.body["mine"]["discussions"][&activity].clone();
        let floor = meeting.floor().await["discussions"][&activity].clone();
        (mine, floor)
    };
    let raise = json!({ "raise": { "activity": activity, "about": "the stairs" } });
    let (mine, floor) = say(1, raise).await;
    let hand = json!({ "hand": 1, "place": 1, "why": "first_come", "about": "the stairs" });
    assert_eq!(mine["hands"]["ordinary"], hand);
    assert_eq!(floor["line"]["1"]["hand"], 1);
    assert!(!floor.to_string().contains("stairs"));
    let call = json!({ "call": { "activity": activity } });
    meeting.lead(call).await;
    let again = json!({ "raise": { "activity": activity } });
    let (mine, floor) = say(2, again).await;
    assert_eq!(mine["hands"]["ordinary"]["speaking"], true);
    assert_eq!(floor["speaking"]["clock"]["state"], "running");
    let end = json!({ "end_speech": { "activity": activity } });
    let (mine, floor) = say(3, end).await;
    assert_eq!(
        (&mine["turns"], &floor["speaking"]),
        (&json!(1), &Value::Null)
    );
    assert_eq!(
        mine["hands"]["ordinary"]["place"], 1,
        "the second hand waits"
    );
}

#[tokio::test]
async fn the_chair_s_page_is_for_facilitators_and_timekeepers() {
    let server = TestServer::new().await;
    let (meeting, activity) = discussing(&server).await;
    let (person, keeper) = (meeting.join().await, meeting.with_role("timekeeper").await);
    let chair = format!("chair/{activity}");
    let raise = json!({ "raise": { "activity": activity, "about": "the stairs" } });
    assert_eq!(meeting.command(&person.token, 1, raise).await.status, 200);
    for token in [&meeting.token, &keeper.token] {
        let view = meeting.view(token, &chair).await;
        let hand = &view["discussion"]["line"]["1"];
        assert_eq!(hand["seat"], json!(person.seat));
        assert_eq!(hand["about"], "the stairs");
    }
    let path = format!("/views/{chair}");
    assert_eq!(meeting.get(&person.token, &path).await.status, 403);
    let call = json!({ "call": { "activity": activity } });
    let refused = meeting.command(&person.token, 2, call.clone()).await;
    assert_eq!(refused.status, 409);
    assert_eq!(meeting.command(&keeper.token, 1, call).await.status, 200);
}
