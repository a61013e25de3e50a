//! One plain HTTP connection to the server, kept open between requests. Knows bearer and JSON, nothing of meetings.

use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::Trouble;
use super::address::{Key, Place};
use super::document::At;

const PATIENCE: Duration = Duration::from_secs(20);

/// An answer.
#[derive(Debug, Clone)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The body, `Null` if it was no JSON.
    pub body: Value,
}

impl Reply {
    /// The body of a good answer.
    ///
    /// # Errors
    /// [`Trouble::Answered`] with the code of `refused` or of the first of `errors`.
    pub fn good(self) -> Result<Value, Trouble> {
        if (200..300).contains(&self.status) {
            return Ok(self.body);
        }
        let code = self.body["refused"]["code"]
            .as_str()
            .or_else(|| self.body["errors"][0]["code"].as_str());
        Err(Trouble::Answered {
            status: self.status,
            code: code.unwrap_or_default().to_owned(),
        })
    }
}

/// What `POST seats` gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seat {
    /// The meeting.
    pub meeting: String,
    /// The seat's id.
    pub seat: String,
    /// Its token.
    pub token: String,
    /// The token for what is said without a name.
    pub alias: Option<String>,
}

/// An open connection.
#[derive(Debug)]
pub struct Line {
    sender: SendRequest<Full<Bytes>>,
    host: String,
}

impl Line {
    /// Connects.
    ///
    /// # Errors
    /// If the server cannot be reached.
    pub async fn open(place: &Place) -> Result<Self, Trouble> {
        let stream = timeout(PATIENCE, TcpStream::connect(place.address))
            .await
            .map_err(|_| Trouble::Late("connect"))??;
        stream.set_nodelay(true)?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await.map_err(broken)?;
        tokio::spawn(connection);
        Ok(Self {
            sender,
            host: place.host.clone(),
        })
    }

    /// The server has closed it.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.sender.is_closed()
    }

    /// One request and its answer.
    ///
    /// # Errors
    /// If the connection breaks or 20 s pass. What the server says, good or bad, is a [`Reply`].
    pub async fn call(
        &mut self,
        method: &str,
        path: &str,
        token: Option<&str>,
        body: Option<&Value>,
    ) -> Result<Reply, Trouble> {
        timeout(PATIENCE, self.call_now(method, path, token, body))
            .await
            .map_err(|_| Trouble::Late("HTTP"))?
    }

    async fn call_now(
        &mut self,
        method: &str,
        path: &str,
        token: Option<&str>,
        body: Option<&Value>,
    ) -> Result<Reply, Trouble> {
        let mut request = hyper::Request::builder()
            .method(method)
            .uri(path)
            .header("host", &self.host);
        if let Some(token) = token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        if body.is_some() {
            request = request.header("content-type", "application/json");
        }
        let body = body.map(Value::to_string).unwrap_or_default();
        let request = request
            .body(Full::from(body))
            .map_err(|error| Trouble::Contract(error.to_string()))?;
        self.sender.ready().await.map_err(broken)?;
        let answer = self.sender.send_request(request).await.map_err(broken)?;
        let status = answer.status().as_u16();
        let body = answer
            .into_body()
            .collect()
            .await
            .map_err(broken)?
            .to_bytes();
        Ok(Reply {
            status,
            body: serde_json::from_slice(&body).unwrap_or(Value::Null),
        })
    }

    /// The meeting behind a code.
    ///
    /// # Errors
    /// [`Trouble::Answered`] 404 if there is none.
    pub async fn meeting(&mut self, code: &str) -> Result<String, Trouble> {
        let found = self
            .call("GET", &format!("/api/codes/{code}"), None, None)
            .await?
            .good()?;
        text(&found, "meeting")
    }

    /// Sits down. `once` is the `try` of this wish: repeated, it gives the same seat.
    ///
    /// # Errors
    /// If the server says no.
    pub async fn sit(
        &mut self,
        meeting: &str,
        key: &Key,
        name: Option<&str>,
        once: &str,
    ) -> Result<Seat, Trouble> {
        let mut wish = match key {
            Key::Code(code) => json!({"code": code, "try": once}),
            Key::Secret(secret) => json!({"secret": secret, "try": once}),
        };
        if let Some(name) = name {
            wish["name"] = json!(name);
        }
        let given = self
            .call(
                "POST",
                &format!("/api/meetings/{meeting}/seats"),
                None,
                Some(&wish),
            )
            .await?
            .good()?;
        Ok(Seat {
            meeting: meeting.to_owned(),
            seat: text(&given, "seat")?,
            token: text(&given, "token")?,
            alias: given["alias"]["token"].as_str().map(str::to_owned),
        })
    }

    /// A snapshot; `behind` accepts one that the coming patches complete.
    ///
    /// # Errors
    /// If the server says no.
    pub async fn snapshot(
        &mut self,
        meeting: &str,
        audience: &str,
        token: &str,
        behind: Behind,
    ) -> Result<(At, Value), Trouble> {
        let asked = if behind == Behind::MayBe {
            "?behind=1"
        } else {
            ""
        };
        let path = format!("/api/meetings/{meeting}/views/{audience}{asked}");
        let mut given = self.call("GET", &path, Some(token), None).await?.good()?;
        let at = at(&given["at"])
            .ok_or_else(|| Trouble::Contract("a snapshot without at".to_owned()))?;
        Ok((at, given["view"].take()))
    }

    /// Sends a command over HTTP.
    ///
    /// # Errors
    /// If the connection breaks.
    pub async fn command(
        &mut self,
        meeting: &str,
        token: &str,
        n: u64,
        command: &Value,
    ) -> Result<Reply, Trouble> {
        let body = json!({"n": n, "do": command});
        self.call(
            "POST",
            &format!("/api/meetings/{meeting}/commands"),
            Some(token),
            Some(&body),
        )
        .await
    }
}

/// Whether a snapshot may be older than the last answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Behind {
    /// It shows all that was answered before.
    Never,
    /// The last encoded one will do.
    MayBe,
}

/// `[epoch, revision]`.
#[must_use]
pub fn at(value: &Value) -> Option<At> {
    Some((value.get(0)?.as_u64()?, value.get(1)?.as_u64()?))
}

fn text(of: &Value, member: &str) -> Result<String, Trouble> {
    of[member]
        .as_str()
        .map(str::to_owned)
        .ok_or_else(|| Trouble::Contract(format!("an answer without {member}")))
}

fn broken(error: hyper::Error) -> Trouble {
    Trouble::Unreachable(std::io::Error::other(error))
}
