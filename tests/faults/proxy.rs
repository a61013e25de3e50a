//! A poor network between a phone and the server: delays, stalls and cuts.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::Duration;

use openfloor::rehearse::chance::Chance;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

/// How poor.
#[derive(Clone, Copy)]
pub struct Weather {
    /// The longest delay of a piece.
    pub delay: Duration,
    /// One piece in so many is held for `stall`.
    pub stall_one_in: usize,
    pub stall: Duration,
    /// Every connection is cut after about this time.
    pub cut: Duration,
}

pub struct Proxy {
    pub address: SocketAddr,
    pub cuts: Arc<AtomicUsize>,
    task: JoinHandle<()>,
}

impl Proxy {
    pub async fn start(server: SocketAddr, weather: Weather) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let cuts = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&cuts);
        let task = tokio::spawn(async move {
            let mut count = 0;
            while let Ok((phone, _)) = listener.accept().await {
                count += 1;
                tokio::spawn(carry(
                    phone,
                    server,
                    weather,
                    Chance::new(7, count),
                    Arc::clone(&counted),
                ));
            }
        });
        Self {
            address,
            cuts,
            task,
        }
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn carry(
    phone: TcpStream,
    server: SocketAddr,
    weather: Weather,
    mut chance: Chance,
    cuts: Arc<AtomicUsize>,
) {
    let Ok(server) = TcpStream::connect(server).await else {
        return;
    };
    let (phone_reads, phone_writes) = phone.into_split();
    let (server_reads, server_writes) = server.into_split();
    let up = pump(
        phone_reads,
        server_writes,
        weather,
        Chance::new(chance.bits(), 1),
    );
    let down = pump(
        server_reads,
        phone_writes,
        weather,
        Chance::new(chance.bits(), 2),
    );
    let life = weather.cut.mul_f64(0.5 + chance.share());
    // Either direction ending ends the other: nothing is closed politely here.
    let both = async {
        tokio::select! { () = up => {}, () = down => {} }
    };
    if timeout(life, both).await.is_err() {
        cuts.fetch_add(1, Relaxed);
    }
}

async fn pump(
    mut from: OwnedReadHalf,
    mut to: OwnedWriteHalf,
    weather: Weather,
    mut chance: Chance,
) {
    // Small pieces, so that cuts fall inside frames too.
    let mut piece = [0; 700];
    while let Ok(length @ 1..) = from.read(&mut piece).await {
        sleep(chance.up_to(weather.delay)).await;
        if chance.below(weather.stall_one_in) == 0 {
            sleep(weather.stall).await;
        }
        if to.write_all(&piece[..length]).await.is_err() {
            return;
        }
    }
}
