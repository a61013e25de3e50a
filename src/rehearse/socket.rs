//! The socket as a phone sees it: objects out, objects in. Knows the names on the wire, keeps no state.

use std::collections::BTreeMap;
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Value;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::{Error, Message};

use super::Trouble;
use super::address::Place;

/// An open socket.
#[derive(Debug)]
pub struct Socket {
    stream: WebSocketStream<TcpStream>,
    reading: Reading,
}

/// How much of a patch is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// All of it: the phone folds its documents.
    Whole,
    /// Only its revision: thousands of phones on one core.
    Revisions,
}

/// One object of the server, in the order in which its keys are read.
#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "P: DeserializeOwned + Default"))]
pub struct Heard<P = Option<Value>> {
    /// First answer.
    pub welcome: Option<Welcome>,
    /// Audiences whose snapshot has to be fetched.
    pub take: Vec<String>,
    /// Patches by audience.
    pub views: BTreeMap<String, (u64, P)>,
    /// Audiences that are followed no more.
    pub gone: Vec<String>,
    /// Numbers done.
    pub ok: Vec<u64>,
    /// Numbers refused.
    pub no: Vec<(u64, No)>,
    /// Notes of a group are durable; what the server has of them (a state vector, base64).
    pub noted: Option<(String, String)>,
    /// Notes of a group were refused.
    pub unnoted: Option<(String, No)>,
    /// Own time, server's time.
    pub pong: Option<(f64, u64)>,
    /// The server goes down.
    pub away: Option<Away>,
}

/// `welcome`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Welcome {
    /// The seat of the token.
    pub seat: Option<String>,
    /// The server's time.
    pub now: u64,
    /// The highest number known from this device.
    pub n: u64,
    /// The seat's own document.
    pub mine: Option<Value>,
    /// The alias, and other seats on this socket.
    pub also: BTreeMap<String, Also>,
}

/// One of `welcome.also`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Also {
    /// The highest number known from its device.
    pub n: u64,
    /// Its own document.
    pub mine: Option<Value>,
}

/// A refusal on the socket.
#[derive(Debug, Deserialize)]
pub struct No {
    /// The stable code.
    pub code: String,
    /// Milliseconds, on codes that are not final.
    #[serde(default)]
    pub retry: Option<u64>,
}

/// `away`.
#[derive(Debug, Deserialize)]
pub struct Away {
    /// Milliseconds.
    pub retry: u64,
}

/// What came.
#[derive(Debug)]
pub enum Came {
    /// An object, and the bytes of its frame.
    Object(Box<Heard>, usize),
    /// A close code of the contract, 1005 without one.
    Closed(u16),
    /// The connection broke.
    Broken,
}

impl Socket {
    /// Connects and offers `openfloor.1`.
    ///
    /// # Errors
    /// If there is no socket in time.
    pub async fn open(
        place: &Place,
        reading: Reading,
        patience: Duration,
    ) -> Result<Self, Trouble> {
        timeout(patience, Self::open_now(place, reading))
            .await
            .map_err(|_| Trouble::Late("socket"))?
    }

    async fn open_now(place: &Place, reading: Reading) -> Result<Self, Trouble> {
        let stream = TcpStream::connect(place.address).await?;
        stream.set_nodelay(true)?;
        let mut request = format!("ws://{}/ws", place.host)
            .into_client_request()
            .map_err(contract)?;
        request.headers_mut().insert(
            "sec-websocket-protocol",
            HeaderValue::from_static("openfloor.1"),
        );
        let config = WebSocketConfig::default()
            .read_buffer_size(4096)
            .max_message_size(Some(8 << 20));
        let (stream, _) =
            tokio_tungstenite::client_async_with_config(request, stream, Some(config))
                .await
                .map_err(|error| match error {
                    Error::Io(error) => Trouble::Unreachable(error),
                    Error::Http(answer) => Trouble::Answered {
                        status: answer.status().as_u16(),
                        code: String::new(),
                    },
                    other => Trouble::Unreachable(std::io::Error::other(other)),
                })?;
        Ok(Self { stream, reading })
    }

    /// Queues an object. Dropped half-way, either nothing or all of it is queued.
    ///
    /// # Errors
    /// If the connection broke.
    pub async fn feed(&mut self, object: &Value) -> Result<(), Trouble> {
        self.stream
            .feed(Message::text(object.to_string()))
            .await
            .map_err(|error| Trouble::Unreachable(std::io::Error::other(error)))
    }

    /// Writes what is queued.
    ///
    /// # Errors
    /// If the connection broke.
    pub async fn flush(&mut self) -> Result<(), Trouble> {
        self.stream
            .flush()
            .await
            .map_err(|error| Trouble::Unreachable(std::io::Error::other(error)))
    }

    /// The next thing that comes.
    ///
    /// # Errors
    /// [`Trouble::Contract`] if it is no object of the contract.
    pub async fn next(&mut self) -> Result<Came, Trouble> {
        loop {
            return match self.stream.next().await {
                Some(Ok(Message::Text(text))) => {
                    Ok(Came::Object(Box::new(self.understand(&text)?), text.len()))
                }
                Some(Ok(Message::Close(frame))) => {
                    Ok(Came::Closed(frame.map_or(1005, |frame| frame.code.into())))
                }
                Some(Ok(_)) => continue,
                Some(Err(_)) | None => Ok(Came::Broken),
            };
        }
    }

    fn understand(&self, text: &str) -> Result<Heard, Trouble> {
        match self.reading {
            Reading::Whole => serde_json::from_str(text).map_err(contract),
            Reading::Revisions => serde_json::from_str::<Heard<IgnoredAny>>(text)
                .map(Heard::without_patches)
                .map_err(contract),
        }
    }
}

impl Heard<IgnoredAny> {
    fn without_patches(self) -> Heard {
        Heard {
            welcome: self.welcome,
            take: self.take,
            views: self
                .views
                .into_iter()
                .map(|(audience, (revision, _))| (audience, (revision, None)))
                .collect(),
            gone: self.gone,
            ok: self.ok,
            no: self.no,
            noted: self.noted,
            unnoted: self.unnoted,
            pong: self.pong,
            away: self.away,
        }
    }
}

fn contract(error: impl std::fmt::Display) -> Trouble {
    Trouble::Contract(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_with_several_keys_is_understood_and_unknown_ones_are_ignored() {
        let text = r#"{"welcome":{"seat":"s","roles":{},"now":5,"n":3,"mine":{},"also":{"a":{"n":9}}},"take":["floor"],
            "views":{"floor":[7,{"here":1}]},"ok":[1,2],"no":[[3,{"code":"slow_down","detail":"x","retry":200}]],"new_thing":1}"#;
        let heard: Heard = serde_json::from_str(text).unwrap();
        assert_eq!(heard.take, ["floor"]);
        assert_eq!(heard.views["floor"].0, 7);
        assert_eq!(
            (heard.ok, heard.no[0].0, heard.no[0].1.retry),
            (vec![1, 2], 3, Some(200))
        );
        assert_eq!(heard.welcome.unwrap().also["a"].n, 9);
        let brief: Heard<IgnoredAny> = serde_json::from_str(text).unwrap();
        assert_eq!(brief.without_patches().views["floor"], (7, None));
    }
}
