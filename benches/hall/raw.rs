//! The bare server: the same dialogue with ready answers of the same size, a plain `write` to each phone, a plain
//! `write` and `fsync` for each batch of commands. No rules, no state: this machine's limit.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{ErrorKind, Write};
use std::path::Path;
use std::rc::Rc;

use anyhow::{Context, Result};
use tokio::net::{TcpSocket, TcpStream};
use tokio::sync::Notify;

/// Bytes kept for each command, about what an entry of the journal takes.
const RECORD: usize = 220;

struct Bare {
    frame: usize,
    snapshot: usize,
    followers: RefCell<BTreeMap<usize, Rc<TcpStream>>>,
    waiting: RefCell<Vec<(usize, Rc<TcpStream>, u64)>>,
    journal: RefCell<File>,
    wake: Notify,
}

/// Serves until it is ended. `sizes`: `frame,snapshot` in bytes.
pub async fn serve(sizes: &str, data: &Path) -> Result<()> {
    let (frame, snapshot) = sizes.split_once(',').context("frame,snapshot")?;
    let bare = Rc::new(Bare {
        frame: frame.parse()?,
        snapshot: snapshot.parse()?,
        followers: RefCell::default(),
        waiting: RefCell::default(),
        journal: RefCell::new(File::create(data.join("bare"))?),
        wake: Notify::new(),
    });
    let socket = TcpSocket::new_v4()?;
    socket.bind("127.0.0.1:0".parse()?)?;
    let listener = socket.listen(4096)?;
    println!("http://{}", listener.local_addr()?);
    tokio::task::spawn_local(keep(Rc::clone(&bare)));
    for number in 0.. {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        tokio::task::spawn_local(converse(Rc::new(stream), Rc::clone(&bare), number));
    }
    Ok(())
}

/// What everything that waits is written with: one write, one fsync, then the answers.
async fn keep(bare: Rc<Bare>) {
    loop {
        bare.wake.notified().await;
        let batch = bare.waiting.take();
        let mut journal = bare.journal.borrow_mut();
        let record = vec![b'x'; RECORD * batch.len()];
        if journal
            .write_all(&record)
            .and_then(|()| journal.sync_data())
            .is_err()
        {
            return;
        }
        let mut answers: BTreeMap<usize, (Rc<TcpStream>, Vec<u64>)> = BTreeMap::new();
        for (number, stream, n) in batch {
            answers
                .entry(number)
                .or_insert_with(|| (stream, Vec::new()))
                .1
                .push(n);
        }
        for (stream, numbers) in answers.into_values() {
            let text = format!("{{\"ok\":{numbers:?}}}").replace(' ', "");
            _ = stream.try_write(&framed(&text));
        }
    }
}

async fn converse(stream: Rc<TcpStream>, bare: Rc<Bare>, number: usize) {
    let mut buffer = Vec::new();
    let mut upgraded = false;
    while stream.readable().await.is_ok() {
        let mut piece = [0; 2_048];
        match stream.try_read(&mut piece) {
            Ok(0) => break,
            Ok(length) => buffer.extend_from_slice(&piece[..length]),
            Err(error) if error.kind() == ErrorKind::WouldBlock => continue,
            Err(_) => break,
        }
        if upgraded {
            while let Some(text) = take_frame(&mut buffer) {
                hear(&bare, &stream, number, &text);
            }
        } else {
            while let Some((head, body)) = take_request(&mut buffer) {
                upgraded = head.starts_with("GET /ws");
                answer(&bare, &stream, &head, &body).await;
            }
        }
    }
    bare.followers.borrow_mut().remove(&number);
}

fn hear(bare: &Bare, stream: &Rc<TcpStream>, number: usize, text: &str) {
    if let Some(rest) = text.strip_prefix("{\"n\":") {
        let n = rest[..rest.find(',').unwrap_or(0)].parse().unwrap_or(0);
        bare.waiting
            .borrow_mut()
            .push((number, Rc::clone(stream), n));
        bare.wake.notify_one();
    } else if text.starts_with("{\"hello\"") {
        let welcome = format!(
            "\"welcome\":{{\"seat\":\"{0}\",\"roles\":{{}},\"now\":1,\"n\":0,\"mine\":{{}}}}",
            "s".repeat(36)
        );
        let text = if text.contains("\"floor\":[") {
            bare.followers
                .borrow_mut()
                .insert(number, Rc::clone(stream));
            format!("{{{welcome}}}")
        } else {
            format!("{{{welcome},\"take\":[\"floor\"]}}")
        };
        _ = stream.try_write(&framed(&text));
    } else {
        bare.followers
            .borrow_mut()
            .insert(number, Rc::clone(stream));
    }
}

async fn answer(bare: &Bare, stream: &TcpStream, head: &str, body: &str) {
    let text = if head.starts_with("GET /ws") {
        let switch = "HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\
                      sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";
        _ = stream.try_write(switch.as_bytes());
        return;
    } else if head.starts_with("GET /api") {
        let view = "{\"at\":[1,1],\"view\":{\"agenda\":{\"a\":{\"kind\":\"questions\",\"state\":\"open\"}},\"pad\":\"";
        format!(
            "{view}{}\"}}}}",
            "x".repeat(bare.snapshot.saturating_sub(view.len() + 4))
        )
    } else if head.contains("/seats ") {
        format!(
            "{{\"seat\":\"{}\",\"token\":\"{}\",\"alias\":{{\"token\":\"{}\"}}}}",
            "s".repeat(36),
            "t".repeat(80),
            "a".repeat(80)
        )
    } else if head.contains("/commands ") {
        if let Some(update) = body
            .split("~u")
            .nth(1)
            .and_then(|rest| rest.split('~').next())
        {
            broadcast(bare, update);
        }
        "{\"ok\":1}".to_owned()
    } else {
        "{\"meeting\":\"m\",\"code\":\"473096\",\"token\":\"t\",\"links\":{}}".to_owned()
    };
    let whole = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{text}",
        text.len()
    );
    let mut rest = whole.as_bytes();
    while !rest.is_empty() && stream.writable().await.is_ok() {
        match stream.try_write(rest) {
            Ok(length) => rest = &rest[length..],
            Err(error) if error.kind() == ErrorKind::WouldBlock => {}
            Err(_) => return,
        }
    }
}

/// One encoding, one write for each phone.
fn broadcast(bare: &Bare, update: &str) {
    let start = format!("{{\"views\":{{\"floor\":[1,{{\"text\":\"~u{update}~");
    let text = format!(
        "{start}{}\"}}]}}}}",
        "x".repeat(bare.frame.saturating_sub(start.len() + 5))
    );
    let frame = framed(&text);
    for stream in bare.followers.borrow().values() {
        _ = stream.try_write(&frame);
    }
}

fn framed(text: &str) -> Vec<u8> {
    let mut frame = vec![0x81];
    match text.len() {
        length @ ..126 => frame.push(length as u8),
        length => {
            frame.push(126);
            frame.extend((length as u16).to_be_bytes());
        }
    }
    frame.extend(text.as_bytes());
    frame
}

/// A client's frame with a zero mask.
fn take_frame(buffer: &mut Vec<u8>) -> Option<String> {
    let (start, length) = match buffer.get(1)? & 127 {
        126 => (
            8,
            u16::from_be_bytes(buffer.get(2..4)?.try_into().ok()?) as usize,
        ),
        short => (6, short as usize),
    };
    let text = String::from_utf8_lossy(buffer.get(start..start + length)?).into_owned();
    buffer.drain(..start + length);
    Some(text)
}

fn take_request(buffer: &mut Vec<u8>) -> Option<(String, String)> {
    let end = buffer.windows(4).position(|four| four == b"\r\n\r\n")? + 4;
    let head = String::from_utf8_lossy(&buffer[..end]).into_owned();
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "))
        .map_or(0, |length| length.parse().unwrap_or(0));
    let body = String::from_utf8_lossy(buffer.get(end..end + length)?).into_owned();
    buffer.drain(..end + length);
    Some((head, body))
}
