//! Plain HTTP over a TCP stream, and a websocket with the floor folded by RFC 7396.

use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

const PATIENCE: Duration = Duration::from_secs(10);

#[derive(Clone)]
pub struct Http {
    server: String,
}

pub struct Answer {
    pub status: u16,
    pub body: Value,
    pub etag: Option<String>,
}

impl Http {
    pub fn new(server: &str) -> Self {
        Self {
            server: server.to_owned(),
        }
    }

    pub async fn get(&self, path: &str, token: Option<&str>) -> Answer {
        self.ask("GET", path, token, "", None).await
    }

    pub async fn post(&self, path: &str, token: Option<&str>, body: &Value) -> Answer {
        self.ask(
            "POST",
            path,
            token,
            "content-type: application/json\r\n",
            Some(body),
        )
        .await
    }

    /// A conditional GET; the status.
    pub async fn get_unless(&self, path: &str, token: &str, etag: &str) -> u16 {
        self.ask(
            "GET",
            path,
            Some(token),
            &format!("if-none-match: {etag}\r\n"),
            None,
        )
        .await
        .status
    }

    async fn ask(
        &self,
        method: &str,
        path: &str,
        token: Option<&str>,
        more: &str,
        body: Option<&Value>,
    ) -> Answer {
        let body = body.map(Value::to_string).unwrap_or_default();
        let bearer = token
            .map(|token| format!("authorization: Bearer {token}\r\n"))
            .unwrap_or_default();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\ncontent-length: {}\r\n{bearer}{more}\r\n{body}",
            self.server,
            body.len()
        );
        let exchange = async {
            let mut stream = TcpStream::connect(&self.server).await.unwrap();
            stream.write_all(request.as_bytes()).await.unwrap();
            let mut answer = Vec::new();
            stream.read_to_end(&mut answer).await.unwrap();
            String::from_utf8(answer).unwrap()
        };
        let answer = tokio::time::timeout(PATIENCE, exchange)
            .await
            .expect("no answer");
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let etag = head.lines().find_map(|line| {
            line.to_ascii_lowercase()
                .strip_prefix("etag:")
                .map(|_| line[5..].trim().to_owned())
        });
        Answer {
            status: head[9..12].parse().unwrap(),
            body: serde_json::from_str(body).unwrap_or(Value::Null),
            etag,
        }
    }
}

pub struct Socket {
    stream: WebSocketStream<MaybeTlsStream<TcpStream>>,
    pub at: (u64, u64),
    floor: Value,
    /// Heard and not asked for yet.
    heard: Vec<(String, Value)>,
}

impl Socket {
    pub async fn open(server: &str) -> Self {
        let (stream, _) = tokio_tungstenite::connect_async(format!("ws://{server}/ws"))
            .await
            .unwrap();
        Self {
            stream,
            at: (0, 0),
            floor: Value::Null,
            heard: Vec::new(),
        }
    }

    pub async fn send(&mut self, object: &Value) {
        self.stream
            .send(Message::text(object.to_string()))
            .await
            .unwrap();
    }

    /// Fetches the snapshot after `take` and says so.
    pub async fn follow_floor(&mut self, http: &Http, meeting: &str, token: &str) {
        assert_eq!(self.hear("take").await, json!(["floor"]));
        let snapshot = http
            .get(
                &format!("/api/meetings/{meeting}/views/floor?behind=1"),
                Some(token),
            )
            .await;
        self.floor = snapshot.body["view"].clone();
        self.at = (
            snapshot.body["at"][0].as_u64().unwrap(),
            snapshot.body["at"][1].as_u64().unwrap(),
        );
        self.send(&json!({"have": {"floor": snapshot.body["at"]}}))
            .await;
    }

    /// The value of the next such key; others are kept for later.
    pub async fn hear(&mut self, key: &str) -> Value {
        loop {
            if let Some(place) = self.heard.iter().position(|(name, _)| name == key) {
                return self.heard.remove(place).1;
            }
            self.read().await;
        }
    }

    /// Until all these numbers were answered with ok.
    pub async fn hear_ok(&mut self, numbers: &[u64]) {
        let mut open = numbers.to_vec();
        while !open.is_empty() {
            let done = self.hear("ok").await;
            open.retain(|n| !done.as_array().unwrap().contains(&json!(n)));
        }
    }

    /// The refusal of a number.
    pub async fn hear_no(&mut self, n: u64) -> Value {
        let no = self.hear("no").await;
        assert_eq!(no[0][0], json!(n));
        no[0][1].clone()
    }

    pub async fn until_floor(&mut self, shows: impl Fn(&Value) -> bool) {
        while !shows(&self.floor) {
            let views = self.hear("views").await;
            if let Some(patch) = views.get("floor") {
                self.at.1 = patch[0].as_u64().unwrap();
                merge(&mut self.floor, &patch[1]);
            }
        }
    }

    pub async fn close_code(&mut self) -> Option<u16> {
        loop {
            match tokio::time::timeout(PATIENCE, self.stream.next())
                .await
                .expect("not closed")
            {
                Some(Ok(Message::Close(frame))) => return frame.map(|frame| frame.code.into()),
                Some(Ok(_)) => {}
                _ => return None,
            }
        }
    }

    async fn read(&mut self) {
        let heard = tokio::time::timeout(PATIENCE, self.stream.next())
            .await
            .expect("nothing came");
        match heard.expect("closed").expect("broken") {
            Message::Text(text) => {
                let Value::Object(keys) = serde_json::from_str(&text).unwrap() else {
                    panic!("no object: {text}")
                };
                self.heard.extend(keys);
            }
            Message::Close(frame) => panic!("closed: {frame:?}"),
            _ => {}
        }
    }
}

/// RFC 7396.
fn merge(into: &mut Value, patch: &Value) {
    match patch {
        Value::Object(changes) => {
            if !into.is_object() {
                *into = json!({});
            }
            for (name, change) in changes {
                if change.is_null() {
                    into.as_object_mut().unwrap().remove(name);
                } else {
                    merge(&mut into[name.as_str()], change);
                }
            }
        }
        other => *into = other.clone(),
    }
}
