//! A server under measurement: a child process on a core of its own, its memory and its time.

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use anyhow::{Context, Result};
use openfloor::rehearse::Place;

/// Where it runs.
#[derive(Debug, Clone, Copy)]
pub enum Core {
    /// The first core, if `taskset` is there; the script keeps the load off it.
    First,
}

/// The process; ended when dropped.
#[derive(Debug)]
pub struct Child {
    process: std::process::Child,
    /// Where it listens.
    pub place: Place,
}

impl Child {
    /// Starts a server and waits until it has said its address.
    pub fn start(program: &str, arguments: &[&str], core: Core) -> Result<Self> {
        let pinned = Command::new("taskset")
            .arg("--version")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .is_ok();
        let mut command = match core {
            Core::First if pinned => {
                let mut command = Command::new("taskset");
                command.args(["-c", "0", program]);
                command
            }
            Core::First => Command::new(program),
        };
        let mut process = command
            .args(arguments)
            .stdout(Stdio::piped())
            .spawn()
            .context("the server does not start")?;
        let mut lines = BufReader::new(process.stdout.take().context("stdout")?)
            .lines()
            .map_while(Result::ok);
        let (found, address) = mpsc::channel();
        std::thread::spawn(move || {
            if let Some(address) = lines.find_map(|line| address_in(&line)) {
                _ = found.send(address);
            }
            lines.for_each(drop);
        });
        let address = address
            .recv_timeout(Duration::from_secs(20))
            .context("the server did not say its address")?;
        Ok(Self {
            process,
            place: address.into(),
        })
    }

    /// Resident memory in KiB.
    pub fn resident(&self) -> u64 {
        let status =
            fs::read_to_string(format!("/proc/{}/status", self.process.id())).unwrap_or_default();
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("VmRSS:"))
            .unwrap_or_default();
        line.trim().trim_end_matches(" kB").parse().unwrap_or(0)
    }

    /// Processor time used so far (the kernel counts in hundredths of a second).
    pub fn busy(&self) -> Duration {
        let stat =
            fs::read_to_string(format!("/proc/{}/stat", self.process.id())).unwrap_or_default();
        let after_name = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
        let ticks: u64 = after_name
            .split_whitespace()
            .skip(11)
            .take(2)
            .filter_map(|field| field.parse::<u64>().ok())
            .sum();
        Duration::from_millis(ticks * 10)
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        _ = self.process.kill();
        _ = self.process.wait();
    }
}

fn address_in(line: &str) -> Option<SocketAddr> {
    let rest = &line[line.find("http://127.0.0.1:")? + "http://".len()..];
    let end = rest
        .find(|c: char| !c.is_ascii_digit() && c != '.' && c != ':')
        .unwrap_or(rest.len());
    rest[..end].parse().ok()
}
