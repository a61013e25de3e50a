//! Phones that mean harm: malformed and giant frames, floods, half a request. The others notice nothing.

use std::cell::Cell;
use std::time::{Duration, Instant};

use openfloor::rehearse::chance::Chance;
use openfloor::rehearse::host::Host;
use openfloor::rehearse::line::{Behind, Line};
use openfloor::rehearse::{Phone, Place};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;
use uuid::Uuid;

use crate::run;
use crate::server::{Server, view};

const PATIENCE: Duration = Duration::from_secs(20);

/// A frame as a phone masks it; the mask is zero, so the payload stands there as it is.
pub fn frame(opcode: u8, payload: &[u8]) -> Vec<u8> {
    let mut frame = vec![0x80 | opcode];
    match payload.len() {
        length @ ..126 => frame.push(0x80 | length as u8),
        length @ 126..65_536 => {
            frame.push(0x80 | 126);
            frame.extend((length as u16).to_be_bytes());
        }
        length => {
            frame.push(0x80 | 127);
            frame.extend((length as u64).to_be_bytes());
        }
    }
    frame.extend([0; 4]);
    frame.extend(payload);
    frame
}

/// A bare socket after its hello.
async fn greeted(place: &Place, host: &Host) -> TcpStream {
    let mut line = Line::open(place).await.unwrap();
    let seat = line
        .sit(
            &host.meeting,
            &host.key(),
            None,
            &Uuid::new_v4().simple().to_string(),
        )
        .await
        .unwrap();
    let mut stream = upgraded(place).await;
    stream
        .write_all(&frame(
            1,
            json!({"hello": {"token": seat.token}})
                .to_string()
                .as_bytes(),
        ))
        .await
        .unwrap();
    stream
}

async fn upgraded(place: &Place) -> TcpStream {
    let mut stream = TcpStream::connect(place.address).await.unwrap();
    let upgrade = format!(
        "GET /ws HTTP/1.1\r\nhost: {}\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\n\
         sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-protocol: openfloor.1\r\n\r\n",
        place.host
    );
    stream.write_all(upgrade.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    while !answer.ends_with(b"\r\n\r\n") {
        answer.push(stream.read_u8().await.unwrap());
    }
    assert!(
        answer.starts_with(b"HTTP/1.1 101"),
        "{}",
        String::from_utf8_lossy(&answer)
    );
    stream
}

/// Reads frames until the server closes; its close code. `None`: it only cut the connection.
async fn close_code(stream: &mut TcpStream) -> Option<u16> {
    loop {
        let opcode = stream.read_u8().await.ok()? & 15;
        let length = match stream.read_u8().await.ok()? & 127 {
            126 => stream.read_u16().await.ok()? as usize,
            127 => stream.read_u64().await.ok()? as usize,
            short => short as usize,
        };
        let mut payload = vec![0; length];
        stream.read_exact(&mut payload).await.ok()?;
        if opcode == 8 {
            return payload.first_chunk().map(|code| u16::from_be_bytes(*code));
        }
    }
}

/// An honest phone whose votes are answered while others do harm; the slowest answer.
async fn honest(
    place: &Place,
    host: &Host,
    question: &str,
    harm: impl Future<Output = ()>,
) -> Duration {
    let mut phone = Phone::join(place, &host.code, &host.key(), None, Chance::new(9, 9))
        .await
        .unwrap();
    phone.until(PATIENCE, Phone::is_current).await.unwrap();
    let slowest = Cell::new(Duration::ZERO);
    let votes = async {
        for turn in 0_u32.. {
            let begun = Instant::now();
            phone.send(json!({"vote": {"question": question, "on": turn.is_multiple_of(2)}}));
            phone.settled(PATIENCE).await.unwrap();
            assert!(
                phone
                    .answers
                    .drain(..)
                    .all(|answer| answer.refused.is_none())
            );
            slowest.set(slowest.get().max(begun.elapsed()));
            phone.rest(Duration::from_millis(220)).await.unwrap();
        }
    };
    tokio::select! { () = votes => {}, () = harm => {} }
    slowest.get()
}

#[test]
fn malformed_giant_and_flooding_frames_harm_only_their_sender() {
    run(async {
        let data = tempfile::tempdir().unwrap();
        let mut server = Server::start(data.path(), &[]);
        let mut host = Host::open(&server.place, "Hostile").await.unwrap();
        let question = Uuid::new_v4().to_string();
        host.order(&json!({"ask": {"id": question, "activity": host.activity, "text": "Is this still alive?"}})).await.unwrap();
        let place = server.place.clone();
        let (before, memory) = (Instant::now(), server.resident());
        let harm = async {
            ten_malformed_messages(&place, &host).await;
            giant_frame(&place, &host).await;
            wrong_hello(&place).await;
            flood(&place, &host, &question).await;
        };
        let slowest = honest(&place, &host, &question, harm).await;
        let grown = server.resident().saturating_sub(memory);
        eprintln!(
            "slowest honest answer {slowest:?} in {:?}; {grown} KiB more",
            before.elapsed()
        );
        assert!(slowest < Duration::from_secs(1), "{slowest:?}");
        assert!(grown < 32 << 10, "{grown} KiB");
        let floor = view(&host, "floor").await;
        assert_eq!(floor["questions"].as_object().unwrap().len(), 1);
        assert!(server.is_alive() && server.stop());
    });
}

async fn ten_malformed_messages(place: &Place, host: &Host) {
    let mut stream = greeted(place, host).await;
    for text in [
        "{",
        "[]",
        "1",
        "{}",
        "{\"n\":-1}",
        "{\"n\":1,\"do\":[]}",
        "{\"hello\":7}",
        "\"\"",
        "null",
        "{\"have\":3}",
        "{{",
        "}",
    ] {
        if stream.write_all(&frame(1, text.as_bytes())).await.is_err() {
            break;
        }
    }
    let code = timeout(PATIENCE, close_code(&mut stream))
        .await
        .expect("malformed messages were borne for ever");
    assert!(matches!(code, Some(1008) | None), "{code:?}");
}

async fn giant_frame(place: &Place, host: &Host) {
    let mut stream = greeted(place, host).await;
    let giant = frame(1, &vec![b'x'; 1 << 20]);
    // The server may close before it has read it all.
    _ = stream.write_all(&giant).await;
    let code = timeout(PATIENCE, close_code(&mut stream))
        .await
        .expect("a giant frame was borne");
    assert!(matches!(code, Some(1009) | None), "{code:?}");
}

async fn wrong_hello(place: &Place) {
    let mut stream = upgraded(place).await;
    stream
        .write_all(&frame(
            1,
            json!({"hello": {"token": "nonsense"}})
                .to_string()
                .as_bytes(),
        ))
        .await
        .unwrap();
    let code = timeout(PATIENCE, close_code(&mut stream))
        .await
        .expect("a wrong token was borne");
    assert_eq!(code, Some(4001));
}

/// Some thousands of commands a second from one seat, without reading an answer.
async fn flood(place: &Place, host: &Host, question: &str) {
    let mut stream = greeted(place, host).await;
    let mut batch = Vec::new();
    for n in 1..=5_000 {
        let vote = json!({"n": n, "do": {"vote": {"question": question, "on": n % 2 == 0}}});
        batch.extend(frame(1, vote.to_string().as_bytes()));
    }
    let end = Instant::now() + Duration::from_secs(2);
    while Instant::now() < end {
        match timeout(Duration::from_millis(500), stream.write_all(&batch)).await {
            Ok(Ok(())) | Err(_) => {}
            Ok(Err(_)) => return,
        }
    }
}

#[test]
fn half_requests_are_cut_and_nobody_waits_for_them() {
    run(async {
        let data = tempfile::tempdir().unwrap();
        let mut server = Server::start(data.path(), &[]);
        let host = Host::open(&server.place, "Slow").await.unwrap();
        let mut slow = Vec::new();
        for _ in 0..300 {
            let mut stream = TcpStream::connect(server.place.address).await.unwrap();
            stream
                .write_all(b"GET /api/codes/123456 HTTP/1.1\r\nhost: x\r\nx-slow: ")
                .await
                .unwrap();
            slow.push(stream);
        }
        let begun = Instant::now();
        let mut line = Line::open(&server.place).await.unwrap();
        line.snapshot(&host.meeting, "floor", &host.token, Behind::Never)
            .await
            .unwrap();
        assert!(
            begun.elapsed() < Duration::from_secs(1),
            "{:?}",
            begun.elapsed()
        );
        for stream in &mut slow {
            let mut rest = Vec::new();
            let ended = timeout(Duration::from_secs(10), stream.read_to_end(&mut rest)).await;
            assert!(ended.is_ok(), "half a request was borne for ever");
        }
        assert!(server.is_alive() && server.stop());
    });
}
