//! A whole server on a free port, and a small client that speaks to it as any outside one would.
#![expect(dead_code, reason = "each test file uses its own part of this")]

use std::net::SocketAddr;
use std::path::PathBuf;

use openfloor::app::{App, Memory};
use openfloor::config::{Act, Cli, Serve};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use uuid::Uuid;

/// A server on 127.0.0.1, alone in its data folder.
pub struct TestServer {
    pub address: SocketAddr,
    app: Option<App>,
    settings: Serve,
    memory: Memory,
    folder: tempfile::TempDir,
}

impl TestServer {
    /// With a journal in memory.
    pub async fn new() -> Self {
        Self::with(&[], Memory::Forgotten).await
    }

    /// With SQLite in a folder of its own; survives [`Self::restart`].
    pub async fn kept() -> Self {
        Self::with(&[], Memory::Kept).await
    }

    /// With more settings, as on the command line.
    pub async fn with(more: &[&str], memory: Memory) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let settings = settings(folder.path().join("data"), more);
        let app = App::start_with(settings.clone(), memory).await.unwrap();
        Self {
            address: app.address,
            app: Some(app),
            settings,
            memory,
            folder,
        }
    }

    /// Stops the server and starts it again on the same folder and port.
    pub async fn restart(&mut self) {
        if let Some(app) = self.app.take() {
            app.stop().await;
        }
        self.settings.listen = self.address;
        let app = App::start_with(self.settings.clone(), self.memory)
            .await
            .unwrap();
        self.app = Some(app);
    }

    /// Stops it for good; the data folder stays until this is dropped.
    pub async fn stop(&mut self) {
        if let Some(app) = self.app.take() {
            app.stop().await;
        }
    }

    pub fn data(&self) -> PathBuf {
        self.settings.data.clone()
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.ask(Ask::get(path)).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.ask(Ask::post(path, body)).await
    }

    pub async fn ask(&self, ask: Ask) -> Answer {
        ask.send(self.address).await
    }

    /// A meeting with a questions activity that is open and on the stage.
    pub async fn meeting(&self) -> Meeting<'_> {
        self.meeting_with(json!({ "title": "Inclusive schools", "template": "questions" }))
            .await
    }

    pub async fn meeting_with(&self, body: Value) -> Meeting<'_> {
        let made = self.post("/api/meetings", body).await;
        assert_eq!(made.status, 201, "{made:?}");
        Meeting {
            server: self,
            id: made.body["meeting"].as_str().unwrap().to_owned(),
            code: made.body["code"].as_str().unwrap().to_owned(),
            token: made.body["token"].as_str().unwrap().to_owned(),
            links: made.body["links"].clone(),
        }
    }
}

/// The settings of a server on a free port.
pub fn settings(data: PathBuf, more: &[&str]) -> Serve {
    use clap::Parser;
    let data = data.into_os_string().into_string().unwrap();
    let mut line = vec!["openfloor", "serve", "--may-sleep", "--data", &data];
    if !more.contains(&"--listen") {
        line.extend(["--listen", "127.0.0.1:0"]);
    }
    line.extend(more);
    match Cli::parse_from(line).act {
        Act::Serve(settings) => settings,
        other => panic!("{other:?}"),
    }
}

/// A meeting, and the token of the one who made it.
pub struct Meeting<'a> {
    pub server: &'a TestServer,
    pub id: String,
    pub code: String,
    pub token: String,
    pub links: Value,
}

impl Meeting<'_> {
    pub fn path(&self, rest: &str) -> String {
        format!("/api/meetings/{}{rest}", self.id)
    }

    /// What stands behind `#` in one of the links of the answer.
    pub fn secret(&self, link: &str) -> String {
        fragment(self.links[link].as_str().unwrap())
    }

    pub async fn get(&self, token: &str, rest: &str) -> Answer {
        self.server
            .ask(Ask::get(&self.path(rest)).token(token))
            .await
    }

    pub async fn post(&self, token: &str, rest: &str, body: Value) -> Answer {
        self.server
            .ask(Ask::post(&self.path(rest), body).token(token))
            .await
    }

    /// Sits down by the code.
    pub async fn join(&self) -> Seat {
        self.join_with(json!({ "code": self.code })).await
    }

    pub async fn join_with(&self, body: Value) -> Seat {
        let joined = self.server.post(&self.path("/seats"), body).await;
        assert_eq!(joined.status, 201, "{joined:?}");
        Seat::of(&joined.body)
    }

    /// Sits down by a new link with that role.
    pub async fn with_role(&self, role: &str) -> Seat {
        let link = self
            .post(&self.token, "/links", json!({ "role": role }))
            .await;
        assert_eq!(link.status, 201, "{link:?}");
        let secret = fragment(link.body["url"].as_str().unwrap());
        self.join_with(json!({ "secret": secret })).await
    }

    pub async fn command(&self, token: &str, n: u64, wish: Value) -> Answer {
        self.post(token, "/commands", json!({ "n": n, "do": wish }))
            .await
    }

    /// As the facilitator; must be granted. Each call takes a device of its own, so numbers need no counting.
    pub async fn lead(&self, wish: Value) {
        let body = json!({ "n": 1, "device": Uuid::new_v4(), "do": wish });
        let answer = self.post(&self.token, "/commands", body).await;
        assert_eq!(answer.status, 200, "{answer:?}");
    }

    pub async fn view(&self, token: &str, audience: &str) -> Value {
        let answer = self.get(token, &format!("/views/{audience}")).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        answer.body["view"].clone()
    }

    pub async fn floor(&self) -> Value {
        self.view(&self.token, "floor").await
    }

    /// The only activity of the agenda.
    pub async fn activity(&self) -> String {
        let floor = self.floor().await;
        let agenda = floor["agenda"].as_object().unwrap();
        agenda.keys().next().unwrap().clone()
    }
}

/// Somebody who sits.
#[derive(Debug, Clone)]
pub struct Seat {
    pub seat: String,
    pub token: String,
    pub alias: Option<String>,
}

impl Seat {
    pub fn of(body: &Value) -> Self {
        let text = |value: &Value| value.as_str().map(str::to_owned);
        Self {
            seat: text(&body["seat"]).unwrap_or_default(),
            token: text(&body["token"]).unwrap(),
            alias: text(&body["alias"]["token"]),
        }
    }
}

/// What stands behind `#`.
pub fn fragment(url: &str) -> String {
    url.split_once('#').unwrap().1.to_owned()
}

/// A question to be asked by a command.
pub fn question(activity: &str, text: &str) -> (String, Value) {
    let id = Uuid::new_v4().to_string();
    let wish = json!({ "ask": { "id": id, "activity": activity, "text": text } });
    (id, wish)
}

/// A request.
#[derive(Debug, Clone)]
pub struct Ask {
    method: &'static str,
    path: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Ask {
    pub fn get(path: &str) -> Self {
        Self::new("GET", path)
    }

    pub fn new(method: &'static str, path: &str) -> Self {
        Self {
            method,
            path: path.to_owned(),
            headers: Vec::new(),
            body: Vec::new(),
        }
    }

    pub fn post(path: &str, body: Value) -> Self {
        Self::new("POST", path).body(body.to_string())
    }

    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn token(self, token: &str) -> Self {
        self.header("authorization", &format!("Bearer {token}"))
    }

    pub async fn send(self, address: SocketAddr) -> Answer {
        let mut stream = TcpStream::connect(address).await.unwrap();
        let mut head = format!(
            "{} {} HTTP/1.1\r\nconnection: close\r\n",
            self.method, self.path
        );
        if !self.headers.iter().any(|(name, _)| name == "host") {
            head += &format!("host: {address}\r\n");
        }
        for (name, value) in &self.headers {
            head += &format!("{name}: {value}\r\n");
        }
        head += &format!("content-length: {}\r\n\r\n", self.body.len());
        stream.write_all(head.as_bytes()).await.unwrap();
        // A server that refuses a giant body closes before it has read it all.
        let _ = stream.write_all(&self.body).await;
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes).await;
        Answer::read(&bytes)
    }
}

/// What came back.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub bytes: Vec<u8>,
    /// `null` when it is not JSON.
    pub body: Value,
}

impl Answer {
    fn read(bytes: &[u8]) -> Self {
        let end = bytes
            .windows(4)
            .position(|four| four == b"\r\n\r\n")
            .expect("an answer");
        let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
        let mut lines = head.split("\r\n");
        let status = lines
            .next()
            .unwrap()
            .split(' ')
            .nth(1)
            .unwrap()
            .parse()
            .unwrap();
        let headers: Vec<_> = lines
            .filter_map(|line| line.split_once(": "))
            .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
            .collect();
        let mut bytes = bytes[end + 4..].to_vec();
        if headers
            .iter()
            .any(|(name, value)| name == "transfer-encoding" && value == "chunked")
        {
            bytes = unchunk(&bytes);
        }
        Self {
            status,
            body: serde_json::from_slice(&bytes).unwrap_or(Value::Null),
            headers,
            bytes,
        }
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// The code of a refusal or error, whichever it is.
    pub fn code(&self) -> &str {
        let refused = self.body["refused"]["code"].as_str();
        refused
            .or(self.body["errors"][0]["code"].as_str())
            .unwrap_or("")
    }

    /// Both at once, for assertions.
    pub fn said(&self) -> (u16, &str) {
        (self.status, self.code())
    }
}

fn unchunk(mut bytes: &[u8]) -> Vec<u8> {
    let mut whole = Vec::new();
    while let Some(end) = bytes.windows(2).position(|two| two == b"\r\n") {
        let size = std::str::from_utf8(&bytes[..end]).unwrap();
        let size = usize::from_str_radix(size, 16).unwrap();
        if size == 0 {
            break;
        }
        whole.extend_from_slice(&bytes[end + 2..end + 2 + size]);
        bytes = &bytes[end + 2 + size + 2..];
    }
    whole
}
