//! The phone's connection: it opens it, sends what waits, fetches what it was told to take, and comes back after a loss.

use std::collections::BTreeSet;
use std::time::Instant;

use serde_json::{Value, json};
use tokio::time::sleep_until;

use super::{Link, Phone};
use crate::rehearse::Trouble;
use crate::rehearse::line::{Behind, Line};
use crate::rehearse::socket::{Reading, Socket};

impl Phone {
    /// One step: connects, sends what is due, or hears one thing.
    pub(super) async fn turn(&mut self) -> Result<(), Trouble> {
        match self.step().await {
            Ok(()) => Ok(()),
            Err(Trouble::Closed(code)) => {
                self.lose();
                if matches!(code, 1008 | 1009 | 4000..=4999) {
                    Err(Trouble::Closed(code))
                } else {
                    Ok(())
                }
            }
            Err(Trouble::Contract(what)) => Err(Trouble::Contract(what)),
            Err(Trouble::Answered {
                status: status @ 400..=404,
                code,
            }) => Err(Trouble::Answered { status, code }),
            Err(_) => {
                self.lose();
                Ok(())
            }
        }
    }

    async fn step(&mut self) -> Result<(), Trouble> {
        if self.link.is_none() {
            self.connect().await?;
        }
        if self.fetch_snapshots().await? {
            // Whoever waits for them looks before anything else is waited for.
            return Ok(());
        }
        self.send_waiting().await?;
        let Some(link) = self.link.as_mut() else {
            return Ok(());
        };
        let ping_at = link.pinged.max(link.heard) + self.habits.patience / 2;
        let dead_at = link.heard + self.habits.patience;
        let held = [self.own.held_until(), self.unnamed.held_until()]
            .into_iter()
            .flatten();
        let wake_at = held
            .filter(|time| *time > Instant::now())
            .chain([ping_at, dead_at])
            .min()
            .unwrap_or(dead_at);
        tokio::select! {
            came = link.socket.next() => self.hear(came?),
            () = sleep_until(wake_at.into()) => self.on_time().await,
        }
    }

    async fn connect(&mut self) -> Result<(), Trouble> {
        if let Some(time) = self.not_before {
            sleep_until(time.into()).await;
        }
        let now = Instant::now();
        let mut socket =
            Socket::open(&self.place, self.habits.reading, self.habits.patience).await?;
        let at: serde_json::Map<String, Value> = self
            .documents
            .iter()
            .map(|(audience, document)| (audience.clone(), json!(document.at)))
            .collect();
        let mut hello = json!({"token": self.seat.token, "device": self.device, "at": at});
        if let Some(alias) = &self.seat.alias {
            hello["alias"] = json!(alias);
            hello["alias_device"] = json!(self.alias_device);
        }
        socket.feed(&json!({"hello": hello})).await?;
        socket.flush().await?;
        self.link = Some(Link {
            socket,
            opened: now,
            welcomed: false,
            heard: now,
            pinged: now,
            takes: BTreeSet::new(),
        });
        Ok(())
    }

    pub(super) fn lose(&mut self) {
        self.link = None;
        self.said.clear();
        let most = self
            .habits
            .first_wait
            .saturating_mul(1 << self.failures.min(10))
            .min(self.habits.longest_wait);
        self.not_before = Some(Instant::now() + self.chance.up_to(most));
        self.failures += 1;
    }

    /// Whether there was anything to fetch.
    async fn fetch_snapshots(&mut self) -> Result<bool, Trouble> {
        let Some(link) = self.link.as_mut() else {
            return Ok(false);
        };
        if link.takes.is_empty() {
            return Ok(false);
        }
        let mut line = Line::open(&self.place).await?;
        while let Some(audience) = link.takes.first().cloned() {
            let (at, view) = line
                .snapshot(
                    &self.seat.meeting,
                    &audience,
                    &self.seat.token,
                    Behind::MayBe,
                )
                .await?;
            if self.habits.reading == Reading::Whole {
                self.documents
                    .entry(audience.clone())
                    .or_default()
                    .take(at, view);
            } else {
                self.documents
                    .entry(audience.clone())
                    .or_default()
                    .take(at, Value::Null);
            }
            link.socket.feed(&json!({"have": {&audience: at}})).await?;
            link.takes.remove(&audience);
            self.counts.takes += 1;
        }
        link.socket.flush().await?;
        Ok(true)
    }

    async fn send_waiting(&mut self) -> Result<(), Trouble> {
        let Some(link) = self.link.as_mut().filter(|link| link.welcomed) else {
            return Ok(());
        };
        let now = Instant::now();
        while let Some(letter) = self.own.to_send(now) {
            link.socket
                .feed(&json!({"n": letter.n, "do": letter.command}))
                .await?;
            self.own.sent();
        }
        while let Some(frame) = self.said.pop_front() {
            link.socket.feed(&frame).await?;
        }
        while let (Some(alias), Some(letter)) = (&self.alias, self.unnamed.to_send(now)) {
            link.socket
                .feed(&json!({"n": letter.n, "do": letter.command, "as": alias}))
                .await?;
            self.unnamed.sent();
        }
        link.socket.flush().await
    }

    async fn on_time(&mut self) -> Result<(), Trouble> {
        let Some(link) = self.link.as_mut() else {
            return Ok(());
        };
        let now = Instant::now();
        if now >= link.heard + self.habits.patience {
            return Err(Trouble::Late("anything on the socket"));
        }
        if now >= link.pinged.max(link.heard) + self.habits.patience / 2 {
            link.pinged = now;
            link.socket.feed(&json!({"ping": 1})).await?;
        }
        Ok(())
    }
}
