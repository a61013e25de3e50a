//! Who may send which command over HTTP: every command, every role. What a role may do is decided by the core;
//! here it is held that the token that is sent is the one that counts.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::TestServer;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Least {
    Anyone,
    Moderator,
    Facilitator,
    Contact,
}

/// One of each; ids that do not exist give `not_found` to those who may.
fn commands() -> Vec<(Least, Value)> {
    let id = Uuid::new_v4();
    use Least::{Anyone, Contact, Facilitator, Moderator};
    vec![
        (
            Facilitator,
            json!({ "add_activity": { "id": id, "kind": "questions", "title": "" } }),
        ),
        (
            Facilitator,
            json!({ "change_activity": { "activity": id } }),
        ),
        (Facilitator, json!({ "move_activity": { "activity": id } })),
        (
            Facilitator,
            json!({ "remove_activity": { "activity": id } }),
        ),
        (Facilitator, json!({ "open": { "activity": id } })),
        (Facilitator, json!({ "close": { "activity": id } })),
        (Facilitator, json!({ "stage": { "activity": id } })),
        (Facilitator, json!({ "share_delay": {} })),
        (
            Moderator,
            json!({ "set_questions": { "activity": id, "review": true } }),
        ),
        (Facilitator, json!({ "change_meeting": { "title": "x" } })),
        (Facilitator, json!({ "end": { "in_s": 600 } })),
        (Facilitator, json!({ "reopen": {} })),
        (Facilitator, json!({ "take_back": {} })),
        (Facilitator, json!({ "hide_stage": { "on": true } })),
        (Moderator, json!({ "take_down": {} })),
        (Facilitator, json!({ "show_joining": { "on": true } })),
        (Facilitator, json!({ "call_back": { "on": true } })),
        (Facilitator, json!({ "count_heads": { "people": 3 } })),
        (Anyone, json!({ "introduce": { "name": "x" } })),
        (Moderator, json!({ "add_proxy": { "seat": id } })),
        (
            Facilitator,
            json!({ "give_role": { "seat": id, "role": "moderator" } }),
        ),
        (
            Facilitator,
            json!({ "take_role": { "seat": id, "role": "moderator" } }),
        ),
        (Facilitator, json!({ "revoke_link": { "link": id } })),
        (
            Moderator,
            json!({ "mute": { "seat": Uuid::new_v4(), "on": true } }),
        ),
        (Facilitator, json!({ "admit": { "seat": Uuid::new_v4() } })),
        (
            Facilitator,
            json!({ "turn_away": { "seat": Uuid::new_v4() } }),
        ),
        (
            Contact,
            json!({ "note_concern": { "concern": id, "done": "x" } }),
        ),
        (Anyone, json!({ "vote": { "question": id, "on": true } })),
        (Anyone, json!({ "withdraw": { "question": id } })),
        (Moderator, json!({ "list": { "question": id } })),
        (
            Moderator,
            json!({ "dismiss": { "question": id, "reason": "x" } }),
        ),
        (Moderator, json!({ "park": { "question": id } })),
        (Moderator, json!({ "feature": { "question": id } })),
        (Moderator, json!({ "answer": { "question": id } })),
        (Moderator, json!({ "merge": { "from": id, "into": id } })),
        (Moderator, json!({ "unmerge": { "question": id } })),
        (
            Moderator,
            json!({ "keep_apart": { "from": id, "into": id } }),
        ),
        (Moderator, json!({ "tag": { "question": id, "tags": [] } })),
        (
            Moderator,
            json!({ "label": { "question": id, "language": "az" } }),
        ),
        (Moderator, json!({ "care": { "question": id, "on": true } })),
        (Moderator, json!({ "rank": { "question": id } })),
        (
            Moderator,
            json!({ "count_hands": { "question": id, "hands": 3 } }),
        ),
    ]
}

#[tokio::test]
async fn every_command_knows_who_may_send_it() {
    let server = TestServer::with(
        &["--limits", "seat=999/999,facilitator=999/999"],
        openfloor::app::Memory::Forgotten,
    )
    .await;
    let meeting = server.meeting().await;
    let seat = meeting.join().await.token;
    let moderator = meeting.with_role("moderator").await.token;
    let contact = meeting.with_role("contact").await.token;
    let people = [
        ("participant", &seat, &[Least::Anyone][..]),
        ("moderator", &moderator, &[Least::Anyone, Least::Moderator]),
        ("contact", &contact, &[Least::Anyone, Least::Contact]),
        (
            "facilitator",
            &meeting.token,
            &[Least::Anyone, Least::Moderator, Least::Facilitator],
        ),
    ];
    for (who, token, may) in people {
        for (n, (least, wish)) in commands().into_iter().enumerate() {
            let answer = meeting.command(token, n as u64 + 1, wish.clone()).await;
            let refused = answer.code() == "not_allowed";
            assert_eq!(
                refused,
                !may.contains(&least),
                "{who} {wish} {}",
                answer.text()
            );
            assert!(
                matches!(answer.status, 200 | 409),
                "{who} {wish} {answer:?}"
            );
        }
    }
}
