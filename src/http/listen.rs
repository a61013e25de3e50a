//! Our own accept loop: a deep backlog, a time limit for headers, a limit of connections, and a stop that lets
//! answers finish. Knows nothing of what is served.
//!
//! Invariant: a connection that has not yet sent a whole request is *unproven*; one address holds at most
//! [`UNPROVEN`] of them, and a newer one drops the oldest. So a hall behind one address joins at once while somebody in
//! it opens silent connections.

use std::collections::{HashMap, VecDeque};
use std::net::{IpAddr, SocketAddr};
use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::task::{AbortHandle, JoinSet};
use tower::ServiceExt;

use super::headers::ignore_case;

/// How many connections may wait to be accepted.
const BACKLOG: u32 = 4096;
/// How long the head of a request may take.
const HEADER_TIMEOUT: Duration = Duration::from_secs(5);
/// What the kernel may hold for a phone that does not read, in bytes (Linux doubles it).
const SEND_BUFFER: usize = 64 * 1024;
/// Unproven connections of one address. A hall that scans the same code at the same moment has hundreds for an instant,
/// more when the server is busy.
const UNPROVEN: usize = 1_000;
/// How long answers in flight may take when the server stops.
const LAST_ANSWERS: Duration = Duration::from_secs(5);
/// A request's head above this is refused, in bytes.
const LARGEST_HEAD: usize = 16 * 1024;

/// Opens the listening socket.
///
/// # Errors
/// The address is in use, not of this machine, or not permitted.
pub fn bind(address: SocketAddr) -> std::io::Result<TcpListener> {
    let socket = if address.is_ipv4() {
        TcpSocket::new_v4()?
    } else {
        TcpSocket::new_v6()?
    };
    // A restart must not wait for old connections to fade; two servers on one port stay impossible.
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}

/// One connection, as requests see it. Whoever takes the socket over (an upgrade) keeps a clone for as long as it
/// lives, so that the connection still counts.
#[derive(Debug, Clone)]
pub struct Line {
    /// The other end of the TCP connection; a proxy's, where there is one.
    pub peer: IpAddr,
    _place: Arc<OwnedSemaphorePermit>,
}

/// Serves `router` on `listener` until `stop` says so, then lets answers in flight finish.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    most: usize,
    mut stop: watch::Receiver<bool>,
) {
    let places = Arc::new(Semaphore::new(most.min(Semaphore::MAX_PERMITS)));
    let lobby = Lobby::default();
    let mut lines = JoinSet::new();
    loop {
        let accepted = tokio::select! {
            accepted = accept(&listener, &places) => accepted,
            Some(_) = lines.join_next() => continue,
            _ = stop.wait_for(|stop| *stop) => break,
        };
        let (stream, line) = accepted;
        let proven = Arc::new(AtomicBool::new(false));
        let conversation = converse(
            stream,
            line.clone(),
            router.clone(),
            stop.clone(),
            Arc::clone(&proven),
        );
        let task = lines.spawn(conversation);
        lobby.enter(line.peer, task, proven);
    }
    drop(listener);
    let all = async { while lines.join_next().await.is_some() {} };
    if tokio::time::timeout(LAST_ANSWERS, all).await.is_err() {
        tracing::info!("some answers took too long and were cut off");
    }
}

/// The next connection, once there is a place for it.
async fn accept(listener: &TcpListener, places: &Arc<Semaphore>) -> (TcpStream, Line) {
    loop {
        let Ok(place) = Arc::clone(places).acquire_owned().await else {
            // The semaphore is never closed.
            std::future::pending::<()>().await;
            continue;
        };
        match listener.accept().await {
            Ok((stream, peer)) => {
                // Frames are small and each is worth sending at once.
                let _ = stream.set_nodelay(true);
                // Otherwise the kernel keeps megabytes for each phone that stopped reading.
                let _ = socket2::SockRef::from(&stream).set_send_buffer_size(SEND_BUFFER);
                let line = Line {
                    peer: peer.ip().to_canonical(),
                    _place: Arc::new(place),
                };
                return (stream, line);
            }
            Err(error) => {
                // The connection was gone already, or no file is free: the next one may do.
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
    }
}

async fn converse(
    stream: TcpStream,
    line: Line,
    router: Router,
    mut stop: watch::Receiver<bool>,
    proven: Arc<AtomicBool>,
) {
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        proven.store(true, Ordering::Relaxed);
        let mut request = ignore_case(request).map(Body::new);
        request.extensions_mut().insert(line.clone());
        router.clone().oneshot(request)
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADER_TIMEOUT)
        .max_buf_size(LARGEST_HEAD)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    let mut connection = pin!(connection);
    tokio::select! {
        // A connection that breaks off is ordinary; nothing is said about it.
        _ = connection.as_mut() => return,
        _ = stop.wait_for(|stop| *stop) => connection.as_mut().graceful_shutdown(),
    }
    let _ = connection.await;
}

/// The unproven connections of each address, oldest first.
#[derive(Debug, Default)]
struct Lobby(Mutex<HashMap<IpAddr, VecDeque<Guest>>>);

#[derive(Debug)]
struct Guest {
    task: AbortHandle,
    proven: Arc<AtomicBool>,
}

impl Guest {
    fn is_unproven(&self) -> bool {
        !self.proven.load(Ordering::Relaxed) && !self.task.is_finished()
    }
}

impl Lobby {
    fn enter(&self, peer: IpAddr, task: AbortHandle, proven: Arc<AtomicBool>) {
        let mut addresses = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if addresses.len() > 1024 {
            addresses.retain(|_, guests| guests.iter().any(Guest::is_unproven));
        }
        let guests = addresses.entry(peer).or_default();
        guests.push_back(Guest { task, proven });
        if guests.len() > UNPROVEN {
            guests.retain(Guest::is_unproven);
        }
        if guests.len() > UNPROVEN
            && let Some(oldest) = guests.pop_front()
        {
            oldest.task.abort();
        }
    }
}

/// How many connections the system's limit of open files allows, after raising it as far as it may be raised.
/// Some files are kept for the journal and for what the server reads.
#[must_use]
pub fn room_for_connections() -> usize {
    const KEPT: u64 = 64;
    const UNLIMITED: u64 = 1_000_000;
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
        let limit = getrlimit(Resource::Nofile);
        let raised = Rlimit {
            current: limit.maximum,
            maximum: limit.maximum,
        };
        let now = match setrlimit(Resource::Nofile, raised) {
            Ok(()) => limit.maximum,
            Err(_) => limit.current,
        };
        let files = now.unwrap_or(UNLIMITED).min(UNLIMITED);
        usize::try_from(files.saturating_sub(KEPT).max(16)).unwrap_or(16)
    }
    #[cfg(not(unix))]
    {
        usize::try_from(UNLIMITED - KEPT).unwrap_or(16)
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;

    async fn start() -> (SocketAddr, watch::Sender<bool>, tokio::task::JoinHandle<()>) {
        let listener = bind("127.0.0.1:0".parse().unwrap()).unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = watch::channel(false);
        let router = Router::new().route("/hello", axum::routing::get(|| async { "hello" }));
        let task = tokio::spawn(serve(listener, router, 1000, stopped));
        (address, stop, task)
    }

    async fn ask(address: SocketAddr) -> String {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream
            .write_all(b"GET /HELLO HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
            .await
            .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        answer
    }

    #[tokio::test]
    async fn silent_connections_of_one_address_do_not_keep_others_of_it_out() {
        let (address, stop, task) = start().await;
        let mut silent = Vec::new();
        for _ in 0..UNPROVEN + 20 {
            silent.push(TcpStream::connect(address).await.unwrap());
        }
        assert!(ask(address).await.ends_with("hello"));
        // The oldest silent one was dropped for it.
        let dropped = silent[0].read(&mut [0; 1]).await;
        assert!(matches!(dropped, Ok(0) | Err(_)));
        stop.send(true).unwrap();
        drop(silent);
        task.await.unwrap();
    }

    #[tokio::test]
    async fn a_stop_ends_idle_connections_and_the_port_is_free_again() {
        let (address, stop, task) = start().await;
        let mut idle = TcpStream::connect(address).await.unwrap();
        idle.write_all(b"GET /hello HTTP/1.1\r\nhost: x\r\n\r\n")
            .await
            .unwrap();
        let mut first = [0; 12];
        idle.read_exact(&mut first).await.unwrap();
        stop.send(true).unwrap();
        task.await.unwrap();
        assert!(bind(address).is_ok());
    }
}
