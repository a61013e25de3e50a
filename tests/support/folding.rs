//! A client written from docs/WIRE.md alone: a plain websocket that folds patches into documents, so that tests assert on
//! what somebody sees and not on frames.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use crate::support::{Ask, Meeting};

/// How long a test waits for what must come.
const PATIENCE: Duration = Duration::from_secs(20);

/// One followed view.
#[derive(Debug, Clone, Default)]
pub struct Fold {
    /// Epoch and revision; a document without epoch (`mine`) has 0.
    pub at: (u64, u64),
    pub view: Value,
    /// Patches so far.
    pub patches: usize,
}

/// A phone, a desk or a stage.
pub struct FoldingClient {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    address: SocketAddr,
    meeting: String,
    token: String,
    pub welcome: Value,
    pub views: BTreeMap<String, Fold>,
    /// Snapshots that were asked for and not fetched yet.
    pub takes: Vec<String>,
    /// Whether snapshots are fetched as soon as they are asked for.
    pub fetches: bool,
    pub gone: Vec<String>,
    /// By number: null when done, else why not.
    pub answers: BTreeMap<u64, Value>,
    pub pong: Option<Value>,
    pub away: Option<u64>,
    /// The close code, once it is closed; 1006 without one.
    pub closed: Option<u16>,
    /// Text frames so far.
    pub frames: usize,
}

impl FoldingClient {
    /// Opens a socket and says nothing.
    pub async fn open(meeting: &Meeting<'_>, token: &str) -> Self {
        let mut request = format!("ws://{}/ws", meeting.server.address)
            .into_client_request()
            .unwrap();
        request
            .headers_mut()
            .insert("sec-websocket-protocol", "openfloor.1".parse().unwrap());
        let (socket, answer) = connect_async(request).await.unwrap();
        assert_eq!(answer.headers()["sec-websocket-protocol"], "openfloor.1");
        Self {
            socket,
            address: meeting.server.address,
            meeting: meeting.id.clone(),
            token: token.to_owned(),
            welcome: Value::Null,
            views: BTreeMap::new(),
            takes: Vec::new(),
            fetches: true,
            gone: Vec::new(),
            answers: BTreeMap::new(),
            pong: None,
            away: None,
            closed: None,
            frames: 0,
        }
    }

    /// Follows the floor, from nothing.
    pub async fn join(meeting: &Meeting<'_>, token: &str) -> Self {
        Self::join_with(meeting, token, json!({})).await
    }

    /// With more in its hello.
    pub async fn join_with(meeting: &Meeting<'_>, token: &str, more: Value) -> Self {
        let mut client = Self::open(meeting, token).await;
        client.hello(more).await;
        client
            .until(|client| !client.welcome.is_null() && client.takes.is_empty())
            .await;
        client
    }

    pub async fn hello(&mut self, more: Value) {
        let mut hello = more;
        hello["token"] = json!(self.token);
        if let Some(at) = hello["at"].as_object() {
            for (name, at) in at {
                if let (Some(epoch), Some(revision)) = (at[0].as_u64(), at[1].as_u64()) {
                    self.views.entry(name.clone()).or_default().at = (epoch, revision);
                }
            }
        }
        self.say(json!({ "hello": hello })).await;
    }

    /// Says anything; a connection that is gone already hears nothing.
    pub async fn say(&mut self, said: Value) {
        self.say_text(&said.to_string()).await;
    }

    pub async fn say_text(&mut self, text: &str) {
        let _gone = self.socket.send(Message::text(text.to_owned())).await;
    }

    pub async fn command(&mut self, n: u64, wish: Value) {
        self.say(json!({ "n": n, "do": wish })).await;
    }

    /// Sends and waits for the answer: null when done.
    pub async fn ask(&mut self, n: u64, wish: Value) -> Value {
        self.command(n, wish).await;
        self.answer(n).await
    }

    pub async fn answer(&mut self, n: u64) -> Value {
        self.until(|client| client.answers.contains_key(&n)).await;
        self.answers[&n].clone()
    }

    pub fn view(&self, name: &str) -> &Value {
        &self.views[name].view
    }

    pub fn floor(&self) -> &Value {
        self.view("floor")
    }

    /// Reads until `done`, or panics when it does not come.
    pub async fn until(&mut self, done: impl Fn(&Self) -> bool) {
        let waited = tokio::time::timeout(PATIENCE, async {
            while !done(self) {
                assert!(
                    self.closed.is_none(),
                    "closed with {:?} before it came",
                    self.closed
                );
                self.hear().await;
            }
        });
        if waited.await.is_err() {
            panic!("it never came; the views: {:?}", self.views);
        }
    }

    /// Reads until the server closes; the code.
    pub async fn until_closed(&mut self) -> u16 {
        let waited = tokio::time::timeout(PATIENCE, async {
            while self.closed.is_none() {
                self.hear().await;
            }
        });
        waited.await.expect("the server closes");
        self.closed.unwrap_or_default()
    }

    /// Reads what comes within `time`.
    pub async fn rest(&mut self, time: Duration) {
        let _time_is_up = tokio::time::timeout(time, async {
            while self.closed.is_none() {
                self.hear().await;
            }
        })
        .await;
    }

    async fn hear(&mut self) {
        match self.socket.next().await {
            Some(Ok(Message::Text(text))) => {
                self.frames += 1;
                let says: Value = serde_json::from_str(&text).unwrap();
                self.fold(says).await;
            }
            Some(Ok(Message::Close(frame))) => {
                self.closed = Some(frame.map_or(1005, |frame| frame.code.into()));
            }
            Some(Ok(_)) => {}
            Some(Err(_)) | None => {
                self.closed.get_or_insert(1006);
            }
        }
    }

    async fn fold(&mut self, says: Value) {
        if let Some(welcome) = says.get("welcome") {
            self.welcome = welcome.clone();
            self.put("mine", welcome.get("mine"));
            for (id, also) in welcome["also"].as_object().into_iter().flatten() {
                self.put(&format!("mine/{id}"), also.get("mine"));
            }
        }
        for name in names(&says["take"]) {
            self.takes.push(name);
        }
        for (name, step) in says["views"].as_object().into_iter().flatten() {
            let fold = self
                .views
                .get_mut(name)
                .unwrap_or_else(|| panic!("a patch of {name}, which nobody has"));
            assert!(!self.takes.contains(name), "no patch between take and have");
            let revision = step[0].as_u64().unwrap();
            assert!(
                revision > fold.at.1,
                "{name}: {revision} after {}",
                fold.at.1
            );
            merge(&mut fold.view, &step[1]);
            fold.at.1 = revision;
            fold.patches += 1;
        }
        self.gone.extend(names(&says["gone"]));
        for n in says["ok"].as_array().into_iter().flatten() {
            self.answers.insert(n.as_u64().unwrap(), Value::Null);
        }
        for no in says["no"].as_array().into_iter().flatten() {
            self.answers.insert(no[0].as_u64().unwrap(), no[1].clone());
        }
        if let Some(pong) = says.get("pong") {
            self.pong = Some(pong.clone());
        }
        if let Some(away) = says.get("away") {
            self.away = away["retry"].as_u64();
        }
        if self.fetches {
            self.fetch_all().await;
        }
    }

    fn put(&mut self, name: &str, view: Option<&Value>) {
        if let Some(view) = view {
            let fold = Fold {
                view: view.clone(),
                ..Fold::default()
            };
            self.views.insert(name.to_owned(), fold);
        }
    }

    /// Fetches every snapshot that was asked for.
    pub async fn fetch_all(&mut self) {
        for name in std::mem::take(&mut self.takes) {
            self.fetch(&name).await;
            let at = self.views[&name].at;
            self.say(json!({ "have": { name: [at.0, at.1] } })).await;
        }
    }

    /// Fetches one snapshot and says nothing of it.
    pub async fn fetch(&mut self, name: &str) {
        let path = format!("/api/meetings/{}/views/{name}?behind=1", self.meeting);
        let answer = Ask::get(&path).token(&self.token).send(self.address).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        let at = &answer.body["at"];
        let fold = Fold {
            at: (at[0].as_u64().unwrap(), at[1].as_u64().unwrap()),
            view: answer.body["view"].clone(),
            patches: 0,
        };
        self.views.insert(name.to_owned(), fold);
    }
}

fn names(list: &Value) -> Vec<String> {
    let names = list.as_array().into_iter().flatten();
    names
        .filter_map(|name| name.as_str().map(str::to_owned))
        .collect()
}

/// RFC 7396.
pub fn merge(into: &mut Value, patch: &Value) {
    let Value::Object(patch) = patch else {
        *into = patch.clone();
        return;
    };
    if !into.is_object() {
        *into = json!({});
    }
    let Value::Object(into) = into else { return };
    for (key, value) in patch {
        if value.is_null() {
            into.remove(key);
        } else {
            merge(into.entry(key.clone()).or_insert(Value::Null), value);
        }
    }
}
