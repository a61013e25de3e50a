//! The built server as a child process with a data folder of its own.
//! Ends only the process it started.

use std::ffi::OsString;
use std::fs;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use openfloor::rehearse::Place;
use openfloor::rehearse::host::Host;
use openfloor::rehearse::line::{Behind, Line};
use serde_json::Value;

pub struct Server {
    child: Child,
    pub place: Place,
    pub data: PathBuf,
    extra: Vec<String>,
}

/// Enough for a seat that does nothing but send.
pub const NO_LIMITS: [&str; 2] = [
    "--limits",
    "seat=100000/100000,facilitator=100000/100000,ask=1",
];

impl Server {
    pub fn start(data: &Path, extra: &[&str]) -> Self {
        let extra: Vec<String> = extra.iter().map(|&word| word.to_owned()).collect();
        let (child, address) = spawn(command(data, "127.0.0.1:0", &extra));
        Self {
            child,
            place: address.into(),
            data: data.to_owned(),
            extra,
        }
    }

    /// As [`Self::start`], but behind words of a shell that end with `exec "$@"`.
    pub fn start_in_shell(data: &Path, script: &str) -> Self {
        let inner = command(data, "127.0.0.1:0", &[]);
        let mut shell = Command::new("bash");
        shell
            .arg("-c")
            .arg(script)
            .arg("bash")
            .arg(inner.get_program())
            .args(inner.get_args());
        let (child, address) = spawn(shell);
        Self {
            child,
            place: address.into(),
            data: data.to_owned(),
            extra: Vec::new(),
        }
    }

    /// `kill -9`.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Starts again on the same data and the same address.
    pub fn again(&mut self) {
        let (child, address) = spawn(command(
            &self.data,
            &self.place.address.to_string(),
            &self.extra,
        ));
        assert_eq!(address, self.place.address);
        self.child = child;
    }

    /// SIGTERM; whether it ended well.
    pub fn stop(&mut self) -> bool {
        Command::new("kill")
            .args(["-TERM", &self.child.id().to_string()])
            .status()
            .unwrap();
        self.child.wait().unwrap().success()
    }

    pub fn is_alive(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }

    /// Resident memory in KiB.
    pub fn resident(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("VmRSS:"))
            .unwrap();
        line.trim().trim_end_matches(" kB").parse().unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        _ = self.child.kill();
        _ = self.child.wait();
    }
}

fn command(data: &Path, listen: &str, extra: &[String]) -> Command {
    let mut command = Command::new(program());
    command
        .args([
            "serve",
            "--log",
            "warn",
            "--may-sleep",
            "--listen",
            listen,
            "--data",
        ])
        .arg(data)
        .args(extra);
    command
}

fn spawn(mut command: Command) -> (Child, SocketAddr) {
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let (found, address) = mpsc::channel();
    std::thread::spawn(move || {
        while let Some(Ok(line)) = lines.next() {
            if let Some(address) = address_in(&line) {
                _ = found.send(address);
            }
        }
    });
    match address.recv_timeout(Duration::from_secs(20)) {
        Ok(address) => (child, address),
        Err(_) => {
            _ = child.kill();
            panic!("the server did not say its address");
        }
    }
}

fn address_in(line: &str) -> Option<SocketAddr> {
    let rest = &line[line.find("http://127.0.0.1:")? + "http://".len()..];
    let end = rest
        .find(|c: char| !c.is_ascii_digit() && c != '.' && c != ':')
        .unwrap_or(rest.len());
    rest[..end].parse().ok()
}

/// The server that was built with the tests, or the one that `OPENFLOOR_BIN` names.
pub fn program() -> OsString {
    std::env::var_os("OPENFLOOR_BIN").unwrap_or_else(|| env!("CARGO_BIN_EXE_openfloor").into())
}

/// A view after everything that was answered, over a new connection: the server may have been killed since the last.
pub async fn view(host: &Host, audience: &str) -> Value {
    let mut line = Line::open(&host.place).await.unwrap();
    let read = line
        .snapshot(&host.meeting, audience, &host.token, Behind::Never)
        .await;
    read.unwrap().1
}
