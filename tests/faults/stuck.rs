//! Some phones stop reading and never hang up: the others see everything in time, and the server does not grow for them.

use std::time::{Duration, Instant};

use openfloor::rehearse::chance::Chance;
use openfloor::rehearse::host::Host;
use openfloor::rehearse::line::{Behind, Line};
use openfloor::rehearse::{Phone, Place};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio::task::JoinSet;
use uuid::Uuid;

use crate::run;
use crate::server::Server;

const READERS: usize = 60;
const STUCK: usize = 20;
const SLATES: usize = 20;
const ROUNDS: usize = 40;
const PATIENCE: Duration = Duration::from_secs(20);

#[test]
fn phones_that_stop_reading_neither_slow_the_others_nor_fill_the_server() {
    run(async {
        let data = tempfile::tempdir().unwrap();
        let mut server = Server::start(data.path(), &["--limits", "facilitator=100000/100000"]);
        let mut host = Host::open(&server.place, "Stuck").await.unwrap();
        let mut stuck = Vec::new();
        for _ in 0..STUCK {
            stuck.push(stop_reading(&server.place, &host).await);
        }
        let before = server.resident();
        let mut readers = JoinSet::new();
        for place in 0..READERS {
            let phone = Phone::join(
                &server.place,
                &host.code,
                &host.key(),
                None,
                Chance::new(1, place as u64),
            )
            .await
            .unwrap();
            readers.spawn(read_all(phone));
        }
        // Long texts that share nothing, a megabyte in all: more than the kernel keeps for a stuck phone.
        let mut desk = Phone::with_seat(server.place.clone(), host.seat(), Chance::new(2, 2));
        let slates: Vec<String> = (0..SLATES).map(|_| Uuid::new_v4().to_string()).collect();
        let mut noise = Noise(Chance::new(2, 3));
        for id in &slates {
            desk.send(json!({"ask": {"id": id, "activity": host.activity, "text": noise.text()}}));
        }
        desk.settled(PATIENCE).await.unwrap();
        for _ in 0..ROUNDS {
            for id in &slates {
                desk.send(json!({"edit": {"question": id, "text": noise.text()}}));
            }
            desk.settled(PATIENCE).await.unwrap();
        }
        assert!(desk.answers.iter().all(|answer| answer.refused.is_none()));
        host.order(&json!({"change_meeting": {"title": "done"}}))
            .await
            .unwrap();
        let sent = Instant::now();
        let mut slowest = Duration::ZERO;
        while let Some(seen) = readers.join_next().await {
            slowest = slowest.max(seen.unwrap().saturating_duration_since(sent));
        }
        let each = server.resident().saturating_sub(before) / (STUCK + READERS) as u64;
        eprintln!("slowest reader {slowest:?} after the last answer; {each} KiB for each phone");
        assert!(slowest < Duration::from_secs(2), "{slowest:?}");
        assert!(each < 192, "{each} KiB for each phone");
        // They wake up: a stuck phone gets what is current, in few frames, or was let go.
        for mut stream in stuck {
            let mut rest = vec![0; 1 << 16];
            let mut got = 0;
            while let Ok(Ok(length @ 1..)) =
                tokio::time::timeout(Duration::from_millis(300), stream.read(&mut rest)).await
            {
                got += length;
            }
            assert!(got < 4 << 20, "{got} bytes were queued for a stuck phone");
        }
        assert!(server.is_alive() && server.stop());
    });
}

/// Texts of 480 Georgian letters.
struct Noise(Chance);

impl Noise {
    fn text(&mut self) -> String {
        let letters: Vec<char> = ('ა'..='ჰ').collect();
        (0..480).filter_map(|_| self.0.pick(&letters)).collect()
    }
}

/// Reads until the meeting is called "done"; when that was.
async fn read_all(mut phone: Phone) -> Instant {
    let done = |phone: &Phone| phone.floor()["meeting"]["title"] == "done";
    phone
        .until(Duration::from_secs(30), done)
        .await
        .expect("a reader did not see the last change");
    assert_eq!(phone.counts.misfits, 0);
    Instant::now()
}

/// A phone with a small receive buffer that follows the floor and then reads nothing more.
async fn stop_reading(place: &Place, host: &Host) -> TcpStream {
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
    let (at, _) = line
        .snapshot(&host.meeting, "floor", &seat.token, Behind::Never)
        .await
        .unwrap();
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4_096).unwrap();
    let mut stream = socket.connect(place.address).await.unwrap();
    let upgrade = format!(
        "GET /ws HTTP/1.1\r\nhost: {}\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\n\
         sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
        place.host
    );
    stream.write_all(upgrade.as_bytes()).await.unwrap();
    let mut answer = [0; 512];
    let length = stream.read(&mut answer).await.unwrap();
    assert!(
        answer[..length].starts_with(b"HTTP/1.1 101"),
        "{}",
        String::from_utf8_lossy(&answer[..length])
    );
    let hello = json!({"hello": {"token": seat.token, "at": {"floor": at}}});
    stream
        .write_all(&crate::hostile::frame(1, hello.to_string().as_bytes()))
        .await
        .unwrap();
    stream
}
