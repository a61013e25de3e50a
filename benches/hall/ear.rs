//! The lightest phone there can be: it speaks the contract with ready bytes and reads frames without understanding
//! more than it measures, so that the load costs less than the server.

use std::cell::{Cell, RefCell};
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use openfloor::rehearse::figures::Latencies;
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// What all ears write down together.
#[derive(Debug, Default)]
pub struct Board {
    /// Frames that came.
    pub frames: Cell<u64>,
    /// Their bytes.
    pub bytes: Cell<u64>,
    /// By update: how many have seen it, and when the last of them did.
    pub seen: RefCell<Vec<(usize, Option<Instant>)>>,
    /// Answers of the vote storm.
    pub answers: RefCell<Latencies>,
}

/// A phone with a seat.
#[derive(Debug)]
pub struct Ear {
    server: SocketAddr,
    token: String,
    at: String,
    stream: TcpStream,
    buffer: Vec<u8>,
    update: usize,
    n: u64,
    last: String,
}

/// The opcode of a ping.
const PING: u8 = 9;

/// A frame's place in the buffer.
struct Frame {
    opcode: u8,
    start: usize,
    end: usize,
}

/// Everything that joining needs.
#[derive(Debug, Clone)]
pub struct Door {
    pub server: SocketAddr,
    pub meeting: String,
    pub code: String,
}

impl Ear {
    /// Sits down, opens the socket, fetches the snapshot, and says `have`. Gives the size of the snapshot's body too.
    pub async fn join(door: &Door, board: &Board) -> Result<(Self, usize)> {
        let mut line = connect(door.server).await?;
        let body = format!("{{\"code\":\"{}\"}}", door.code);
        let path = format!("/api/meetings/{}/seats", door.meeting);
        let seat: Value =
            serde_json::from_slice(&http(&mut line, "POST", &path, "", &body).await?)?;
        let token = seat["token"].as_str().context("no token")?.to_owned();
        let stream = upgrade(door.server).await?;
        let mut ear = Self {
            server: door.server,
            token,
            at: "null".to_owned(),
            stream,
            buffer: Vec::new(),
            update: 0,
            n: 0,
            last: String::new(),
        };
        ear.hello().await?;
        ear.until(board, |text| text.contains("\"take\"")).await?;
        let bearer = format!("authorization: Bearer {}\r\n", ear.token);
        let path = format!("/api/meetings/{}/views/floor?behind=1", door.meeting);
        let snapshot = http(&mut line, "GET", &path, &bearer, "").await?;
        let text = std::str::from_utf8(&snapshot)?;
        ear.at = text
            .find("\"at\":[")
            .and_then(|start| Some(&text[start + 5..=start + text[start..].find(']')?]))
            .context("no at")?
            .to_owned();
        ear.say(&format!("{{\"have\":{{\"floor\":{}}}}}", ear.at))
            .await?;
        Ok((ear, snapshot.len()))
    }

    /// Cuts the connection without a word.
    pub fn cut(self) -> Cut {
        Cut {
            server: self.server,
            token: self.token,
            at: self.at,
            update: self.update,
            n: self.n,
        }
    }

    /// Reads whatever comes.
    pub async fn listen(&mut self, board: &Board) -> Result<()> {
        loop {
            let frame = self.frame().await?;
            self.note(&frame, board)?;
            self.pong(frame.opcode).await?;
        }
    }

    /// A phone that answers no ping is taken for gone.
    async fn pong(&mut self, opcode: u8) -> Result<()> {
        if opcode == PING {
            self.stream.write_all(&[0x8a, 0x80, 0, 0, 0, 0]).await?;
        }
        Ok(())
    }

    /// Sends these commands in one write and waits for all answers.
    pub async fn command(&mut self, commands: &[String], board: &Board) -> Result<()> {
        let begun = Instant::now();
        let mut out = Vec::new();
        for command in commands {
            self.n += 1;
            mask(&mut out, &format!("{{\"n\":{},\"do\":{command}}}", self.n));
        }
        self.stream.write_all(&out).await?;
        let mut open = commands.len();
        while open > 0 {
            let frame = self.frame().await?;
            self.pong(frame.opcode).await?;
            let text = self.note(&frame, board)?;
            let (done, refused) = (count(text, "\"ok\":["), count(text, "\"no\":["));
            ensure!(refused == 0, "refused: {text}");
            for _ in 0..done {
                board.answers.borrow().note(begun.elapsed());
            }
            open = open.saturating_sub(done);
        }
        Ok(())
    }

    async fn hello(&mut self) -> Result<()> {
        let hello = format!(
            "{{\"hello\":{{\"token\":\"{}\",\"at\":{{\"floor\":{}}}}}}}",
            self.token, self.at
        );
        self.say(&hello).await
    }

    async fn say(&mut self, text: &str) -> Result<()> {
        let mut out = Vec::new();
        mask(&mut out, text);
        Ok(self.stream.write_all(&out).await?)
    }

    async fn until(&mut self, board: &Board, wanted: impl Fn(&str) -> bool) -> Result<()> {
        loop {
            let frame = self.frame().await?;
            self.pong(frame.opcode).await?;
            if wanted(self.note(&frame, board)?) {
                return Ok(());
            }
        }
    }

    /// The next whole frame; what was read before it is dropped from the buffer.
    async fn frame(&mut self) -> Result<Frame> {
        loop {
            if let Some(frame) = parse(&self.buffer) {
                return Ok(frame);
            }
            if self.buffer.capacity() - self.buffer.len() < 2_048 {
                self.buffer.reserve(4_096);
            }
            ensure!(
                self.stream.read_buf(&mut self.buffer).await? > 0,
                "the server hung up"
            );
        }
    }

    /// Writes down what a frame tells and takes it out of the buffer; its text.
    fn note(&mut self, frame: &Frame, board: &Board) -> Result<&str> {
        ensure!(frame.opcode != 8, "closed by the server");
        board.frames.set(board.frames.get() + 1);
        board
            .bytes
            .set(board.bytes.get() + (frame.end - frame.start) as u64);
        let payload: Vec<u8> = self.buffer.drain(..frame.end).skip(frame.start).collect();
        let text = if frame.opcode == PING {
            String::new()
        } else {
            String::from_utf8(payload)?
        };
        if let Some(update) = marker(&text) {
            let mut seen = board.seen.borrow_mut();
            for passed in self.update + 1..=update {
                if let Some((times, last)) = seen.get_mut(passed) {
                    *times += 1;
                    *last = Some(Instant::now());
                }
            }
            self.update = self.update.max(update);
        }
        if let Some(revision) = revision(&text) {
            let epoch = self.at.split(',').next().unwrap_or("[0").to_owned();
            self.at = format!("{epoch},{revision}]");
        }
        self.last = text;
        Ok(&self.last)
    }
}

/// A phone without a connection.
#[derive(Debug)]
pub struct Cut {
    server: SocketAddr,
    token: String,
    at: String,
    update: usize,
    n: u64,
}

impl Cut {
    /// Comes back where it was.
    pub async fn again(self, board: &Board) -> Result<Ear> {
        let stream = upgrade(self.server).await?;
        let Self {
            server,
            token,
            at,
            update,
            n,
        } = self;
        let mut ear = Ear {
            server,
            token,
            at,
            stream,
            buffer: Vec::new(),
            update,
            n,
            last: String::new(),
        };
        ear.hello().await?;
        ear.until(board, |text| text.contains("\"welcome\""))
            .await?;
        Ok(ear)
    }
}

async fn connect(server: SocketAddr) -> Result<TcpStream> {
    let stream = TcpStream::connect(server).await?;
    stream.set_nodelay(true)?;
    Ok(stream)
}

async fn upgrade(server: SocketAddr) -> Result<TcpStream> {
    let mut stream = connect(server).await?;
    let request = format!(
        "GET /ws HTTP/1.1\r\nhost: {server}\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\n\
         sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).await?;
    let mut head = Vec::with_capacity(256);
    while !head.ends_with(b"\r\n\r\n") {
        // The server says nothing before the hello, so nothing of a frame is read here.
        ensure!(stream.read_buf(&mut head).await? > 0, "no upgrade");
    }
    ensure!(
        head.starts_with(b"HTTP/1.1 101"),
        "{}",
        String::from_utf8_lossy(&head)
    );
    Ok(stream)
}

/// One request on a kept connection; the body of a good answer.
async fn http(
    stream: &mut TcpStream,
    method: &str,
    path: &str,
    headers: &str,
    body: &str,
) -> Result<Vec<u8>> {
    let request = format!(
        "{method} {path} HTTP/1.1\r\nhost: bench\r\ncontent-type: application/json\r\ncontent-length: {}\r\n{headers}\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).await?;
    let mut answer = Vec::with_capacity(4_096);
    loop {
        ensure!(stream.read_buf(&mut answer).await? > 0, "no answer");
        let Some(end) = answer.windows(4).position(|four| four == b"\r\n\r\n") else {
            continue;
        };
        let head = std::str::from_utf8(&answer[..end])?.to_ascii_lowercase();
        let length = head
            .lines()
            .find_map(|line| line.strip_prefix("content-length:"))
            .context("no length")?;
        let whole = end + 4 + length.trim().parse::<usize>()?;
        if answer.len() >= whole {
            if !head.starts_with("http/1.1 2") {
                bail!("{}", String::from_utf8_lossy(&answer));
            }
            return Ok(answer.split_off(end + 4));
        }
    }
}

/// A client's frame; the mask is zero.
fn mask(out: &mut Vec<u8>, text: &str) {
    out.push(0x81);
    match u16::try_from(text.len()) {
        Ok(length) if length < 126 => out.push(0x80 | text.len() as u8),
        Ok(length) => {
            out.push(0x80 | 126);
            out.extend(length.to_be_bytes());
        }
        Err(_) => unreachable!("ears say little"),
    }
    out.extend([0; 4]);
    out.extend(text.as_bytes());
}

fn parse(buffer: &[u8]) -> Option<Frame> {
    let opcode = buffer.first()? & 15;
    let (start, length) = match buffer.get(1)? & 127 {
        126 => (
            4,
            u16::from_be_bytes(buffer.get(2..4)?.try_into().ok()?) as usize,
        ),
        127 => (
            10,
            usize::try_from(u64::from_be_bytes(buffer.get(2..10)?.try_into().ok()?)).ok()?,
        ),
        short => (2, short as usize),
    };
    (buffer.len() >= start + length).then_some(Frame {
        opcode,
        start,
        end: start + length,
    })
}

/// The number in `~u12~`.
fn marker(text: &str) -> Option<usize> {
    let rest = &text[text.find("~u")? + 2..];
    rest[..rest.find('~')?].parse().ok()
}

/// The floor's revision in `"floor":[12,`.
fn revision(text: &str) -> Option<&str> {
    let views = &text[text.find("\"views\"")?..];
    let rest = &views[views.find("\"floor\":[")? + 9..];
    Some(&rest[..rest.find(',')?])
}

/// How many numbers stand in the list that begins here.
fn count(text: &str, opening: &str) -> usize {
    let Some(start) = text.find(opening) else {
        return 0;
    };
    let rest = &text[start + opening.len()..];
    1 + rest[..rest.find(']').unwrap_or(0)].matches(',').count()
}

/// Latency of the slowest phone, by update.
pub fn slowest(board: &Board, sent: &[Instant], phones: usize) -> (Vec<Duration>, usize) {
    let seen = board.seen.borrow();
    let mut times: Vec<Duration> = Vec::new();
    let mut missing = 0;
    for (sent, (times_seen, last)) in sent.iter().zip(seen.iter().skip(1)) {
        missing += phones - times_seen;
        times.extend(last.map(|last| last.saturating_duration_since(*sent)));
    }
    times.sort();
    (times, missing)
}
