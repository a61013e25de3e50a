//! An outside client: written from docs/WIRE.md alone, with plain HTTP and a plain websocket library.
//! It runs a whole meeting and imports nothing of ours.

#![expect(clippy::unwrap_used, reason = "a test fails where it stands")]

mod client;

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use client::{Http, Socket};
use serde_json::{Value, json};
use uuid::Uuid;

struct Server(Child, String);

impl Drop for Server {
    fn drop(&mut self) {
        _ = self.0.kill();
        _ = self.0.wait();
    }
}

fn serve(data: &std::path::Path) -> Server {
    let mut child = Command::new(
        std::env::var_os("OPENFLOOR_BIN").unwrap_or_else(|| env!("CARGO_BIN_EXE_openfloor").into()),
    )
    .args([
        "serve",
        "--log",
        "warn",
        "--may-sleep",
        "--listen",
        "127.0.0.1:0",
        "--data",
    ])
    .arg(data)
    .stdout(Stdio::piped())
    .spawn()
    .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap())
        .lines()
        .map_while(Result::ok);
    let address = lines.find_map(|line| {
        let at = line.find("127.0.0.1:")?;
        Some(
            line[at..]
                .chars()
                .take_while(|c| c.is_ascii_digit() || ".:".contains(*c))
                .collect(),
        )
    });
    std::thread::spawn(move || lines.for_each(drop));
    Server(child, address.expect("the server said no address"))
}

fn id() -> String {
    Uuid::new_v4().to_string()
}

/// One person: a seat, its token, and the numbers of what it said over HTTP.
struct Person {
    http: Http,
    meeting: String,
    seat: String,
    token: String,
    alias: String,
    n: u64,
}

impl Person {
    async fn sit(http: &Http, meeting: &str, way_in: Value) -> Self {
        let seats = format!("/api/meetings/{meeting}/seats");
        let given = http.post(&seats, None, &way_in).await;
        assert_eq!(given.status, 201, "{}", given.body);
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        Self {
            http: http.clone(),
            meeting: meeting.to_owned(),
            seat: text(&given.body["seat"]),
            token: text(&given.body["token"]),
            alias: text(&given.body["alias"]["token"]),
            n: 0,
        }
    }

    async fn say(&mut self, command: Value) -> client::Answer {
        self.n += 1;
        let path = format!("/api/meetings/{}/commands", self.meeting);
        self.http
            .post(
                &path,
                Some(&self.token),
                &json!({"n": self.n, "do": command}),
            )
            .await
    }

    async fn done(&mut self, command: Value) {
        let answer = self.say(command.clone()).await;
        assert_eq!(
            (answer.status, &answer.body),
            (200, &json!({"ok": self.n})),
            "{command}"
        );
    }

    async fn view(&self, audience: &str) -> client::Answer {
        self.http
            .get(
                &format!("/api/meetings/{}/views/{audience}", self.meeting),
                Some(&self.token),
            )
            .await
    }

    async fn floor(&self) -> Value {
        self.view("floor").await.body["view"].clone()
    }
}

#[tokio::test]
async fn an_outside_client_runs_a_whole_meeting() {
    let data = tempfile::tempdir().unwrap();
    let server = serve(data.path());
    let http = Http::new(&server.1);
    assert_eq!(http.get("/healthz", None).await.status, 200);
    assert_eq!(http.get("/readyz", None).await.status, 200);

    // A meeting; the same wish again is the same meeting.
    let wish = json!({"title": "Inclusive schools", "language": "en", "try": Uuid::new_v4().simple().to_string()});
    let made = http.post("/api/meetings", None, &wish).await;
    assert_eq!(made.status, 201, "{}", made.body);
    let again = http.post("/api/meetings", None, &wish).await;
    assert_eq!(
        (again.status, &again.body["meeting"]),
        (200, &made.body["meeting"])
    );
    let meeting = made.body["meeting"].as_str().unwrap();
    let code = made.body["code"].as_str().unwrap();
    let found = http.get(&format!("/api/codes/{code}"), None).await;
    assert_eq!(
        (found.status, &found.body["title"]),
        (200, &json!("Inclusive schools"))
    );
    let nothing = http.get("/api/codes/000000", None).await;
    assert_eq!(
        (nothing.status, &nothing.body["errors"][0]["code"]),
        (404, &json!("no_code"))
    );

    // The desk adds a questions activity and opens it.
    let desk_token = made.body["token"].as_str().unwrap().to_owned();
    let mut desk = Person {
        http: http.clone(),
        meeting: meeting.to_owned(),
        seat: String::new(),
        token: desk_token,
        alias: String::new(),
        n: 0,
    };
    let activity = Uuid::now_v7().to_string();
    desk.done(
        json!({"add_activity": {"id": activity, "kind": "questions", "title": "Your questions"}}),
    )
    .await;
    desk.done(json!({"open": {"activity": activity}})).await;
    desk.done(json!({"stage": {"activity": activity}})).await;

    // Two people: one by the code, one by the QR's secret.
    let anna = Person::sit(&http, meeting, json!({"code": code, "name": "Anna"})).await;
    let join = made.body["links"]["join"].as_str().unwrap();
    let secret = join
        .split_once('#')
        .expect("the secret stands in the fragment")
        .1;
    let mut rauf = Person::sit(
        &http,
        meeting,
        json!({"secret": secret, "try": Uuid::new_v4().simple().to_string()}),
    )
    .await;
    assert_ne!(anna.seat, rauf.seat);

    // Who may read what.
    assert_eq!(anna.view("floor").await.status, 200);
    let refused = anna.view("desk").await;
    assert_eq!(
        (refused.status, &refused.body["errors"][0]["code"]),
        (403, &json!("not_allowed"))
    );
    assert_eq!(
        http.get(
            &format!("/api/meetings/{meeting}/views/floor"),
            Some("nonsense")
        )
        .await
        .status,
        401
    );
    assert_eq!(
        http.get(
            &format!("/api/meetings/{}/views/floor", Uuid::now_v7()),
            Some(&anna.token)
        )
        .await
        .status,
        403
    );

    // Anna's socket: hello, take, snapshot, have; then patches.
    let mut socket = Socket::open(&server.1).await;
    let device = id();
    socket
        .send(&json!({"hello": {"token": anna.token, "alias": anna.alias, "device": device}}))
        .await;
    let welcome = socket.hear("welcome").await;
    assert_eq!(
        (&welcome["seat"], &welcome["n"]),
        (&json!(anna.seat), &json!(0))
    );
    let alias = welcome["also"]
        .as_object()
        .unwrap()
        .keys()
        .next()
        .unwrap()
        .clone();
    socket.follow_floor(&anna.http, meeting, &anna.token).await;

    // A question under her name, and one without.
    let (named, unnamed) = (id(), id());
    socket.send(&json!({"n": 1, "do": {"ask": {"id": named, "activity": activity, "text": "Who trains the teachers?"}}})).await;
    let base = (1_u64 << 32) + 5;
    socket.send(&json!({"n": base, "as": alias, "do": {"ask": {"id": unnamed, "activity": activity, "text": "And who pays for it?", "anonymous": true}}})).await;
    socket.hear_ok(&[1, base]).await;
    socket
        .until_floor(|floor| {
            floor["questions"][&unnamed].is_object() && floor["questions"][&named].is_object()
        })
        .await;
    let floor = rauf.floor().await;
    assert_eq!(floor["questions"][&named]["author"], json!("Anna"));
    assert!(floor["questions"][&unnamed].get("author").is_none());
    assert!(
        !floor.to_string().contains(&anna.seat),
        "an id of a seat is on the floor"
    );

    // Said again under the same number: done once. Another command under it: refused.
    socket.send(&json!({"n": 1, "do": {"ask": {"id": named, "activity": activity, "text": "Who trains the teachers?"}}})).await;
    socket.hear_ok(&[1]).await;
    socket
        .send(&json!({"n": 1, "do": {"withdraw": {"question": named}}}))
        .await;
    assert_eq!(socket.hear_no(1).await["code"], json!("number_reused"));

    // Rauf votes over HTTP, twice the same, and sees it; the entity tag spares him an unchanged view.
    rauf.done(json!({"vote": {"question": named, "on": true}}))
        .await;
    rauf.done(json!({"vote": {"question": named, "on": true}}))
        .await;
    let seen = rauf.view("floor").await;
    assert_eq!(seen.body["view"]["questions"][&named]["votes"], json!(1));
    let same = http
        .get_unless(
            &format!("/api/meetings/{meeting}/views/floor"),
            &rauf.token,
            seen.etag.as_deref().unwrap(),
        )
        .await;
    assert_eq!(same, 304);
    let mine = http
        .get(&format!("/api/meetings/{meeting}/mine"), Some(&rauf.token))
        .await;
    assert_eq!(
        (&mine.body["mine"]["votes"][&named], &mine.body["n"]),
        (&json!(true), &json!(2))
    );
    let wrong = rauf.say(json!({"feature": {"question": named}})).await;
    assert_eq!(
        (wrong.status, &wrong.body["refused"]["code"]),
        (409, &json!("not_allowed"))
    );
    let unknown = rauf.say(json!({"dance": {}})).await;
    assert_eq!(
        (unknown.status, &unknown.body["refused"]["code"]),
        (422, &json!("not_understood"))
    );

    // With review a question waits; the desk sees it, the floor does not.
    desk.done(json!({"set_questions": {"activity": activity, "review": true}}))
        .await;
    let waiting = id();
    rauf.done(json!({"ask": {"id": waiting, "activity": activity, "text": "Who will train the teachers?"}})).await;
    assert!(desk.view("desk").await.body["view"]["waiting"][&waiting].is_object());
    assert!(rauf.floor().await["questions"].get(&waiting).is_none());
    desk.done(json!({"list": {"question": waiting}})).await;
    socket
        .until_floor(|floor| floor["questions"][&waiting].is_object())
        .await;

    // The same question: merged, distinct people counted; then the floor, then the answer.
    desk.done(json!({"merge": {"from": waiting, "into": named}}))
        .await;
    socket
        .until_floor(|floor| {
            floor["questions"].get(&waiting).is_none() && floor["questions"][&named]["merged"] == 1
        })
        .await;
    desk.done(json!({"feature": {"question": named}})).await;
    socket
        .until_floor(|floor| floor["meeting"]["featured"] == json!(named))
        .await;
    desk.done(json!({"answer": {"question": named, "text": "The teachers' college, from March."}}))
        .await;
    socket
        .until_floor(|floor| floor["questions"][&named]["state"] == "answered")
        .await;

    // Her phone sleeps and comes back with what it had; patches go on from there.
    let at = socket.at;
    drop(socket);
    desk.done(json!({"park": {"question": unnamed}})).await;
    let mut back = Socket::open(&server.1).await;
    back.at = at;
    back.send(&json!({"hello": {"token": anna.token, "alias": anna.alias, "device": device, "at": {"floor": [at.0, at.1]}}})).await;
    assert_eq!(back.hear("welcome").await["n"], json!(1));
    let patch = back.hear("views").await;
    assert_eq!(
        patch["floor"][1]["questions"][&unnamed]["state"],
        json!("parked")
    );
    back.send(&json!({"ping": 7})).await;
    assert_eq!(back.hear("pong").await[0], json!(7));

    // The stage reads the floor and nothing else; a revoked link closes its socket.
    let stage = made.body["links"]["stage"]
        .as_str()
        .unwrap()
        .split_once('#')
        .unwrap()
        .1
        .to_owned();
    let token = http
        .post(
            &format!("/api/meetings/{meeting}/seats"),
            None,
            &json!({"secret": stage}),
        )
        .await;
    let token = token.body["token"]
        .as_str()
        .expect("a stage has a token and no seat")
        .to_owned();
    let mut screen = Socket::open(&server.1).await;
    screen.send(&json!({"hello": {"token": token}})).await;
    screen.follow_floor(&http, meeting, &token).await;
    let desk_view = desk.view("desk").await.body["view"].clone();
    let links = desk_view["links"]
        .as_object()
        .expect("the desk lists its links");
    let link = links
        .iter()
        .find(|(_, link)| link["role"] == "stage")
        .unwrap()
        .0;
    desk.done(json!({"revoke_link": {"link": link}})).await;
    assert_eq!(screen.close_code().await, Some(4003));

    // The end: nothing more can be asked, everything can be read.
    desk.done(json!({"end": {}})).await;
    let late = rauf
        .say(json!({"ask": {"id": id(), "activity": activity, "text": "One more?"}}))
        .await;
    assert_eq!(late.status, 409, "{}", late.body);
    assert_eq!(rauf.floor().await["meeting"]["state"], json!("ended"));
}
