//! A phone's numbered outbox: what was sent and not answered yet, in order. Pure: time is passed in.
//!
//! Invariant: `waiting` is ordered by number; its first `on_wire` letters went out on the present connection.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use serde_json::Value;

/// A numbered command without an answer.
#[derive(Debug, Clone)]
pub struct Letter {
    /// Its number.
    pub n: u64,
    /// The command, `{"vote":{…}}`.
    pub command: Value,
    /// When it was put in; answers are measured from here.
    pub since: Instant,
}

/// What became of a letter.
#[derive(Debug, Clone)]
pub enum Fate {
    /// Done, or refused for good with this code.
    Final(Letter, Option<String>),
    /// It stays in the outbox, or goes again under a new number.
    Again,
    /// An answer to nothing that waits: to a repeat, or to another's number.
    Unknown,
}

/// The outbox of one device and one seat or alias.
#[derive(Debug)]
pub struct Outbox {
    next: u64,
    waiting: VecDeque<Letter>,
    on_wire: usize,
    not_before: Option<Instant>,
    window: usize,
}

impl Outbox {
    /// Numbers start after `base`.
    #[must_use]
    pub fn new(base: u64, window: usize) -> Self {
        Self {
            next: base + 1,
            waiting: VecDeque::new(),
            on_wire: 0,
            not_before: None,
            window,
        }
    }

    /// Puts a command in; its number.
    pub fn put(&mut self, command: Value, now: Instant) -> u64 {
        let n = self.next;
        self.next += 1;
        self.waiting.push_back(Letter {
            n,
            command,
            since: now,
        });
        n
    }

    /// What should go out next on this connection.
    #[must_use]
    pub fn to_send(&self, now: Instant) -> Option<&Letter> {
        let held = self.on_wire >= self.window || self.not_before.is_some_and(|time| now < time);
        if held {
            None
        } else {
            self.waiting.get(self.on_wire)
        }
    }

    /// The letter of [`Self::to_send`] went out.
    pub fn sent(&mut self) {
        self.on_wire = (self.on_wire + 1).min(self.waiting.len());
    }

    /// Until when nothing goes out because the server asked for patience.
    #[must_use]
    pub fn held_until(&self) -> Option<Instant> {
        self.not_before
    }

    /// A new connection: from the lowest unanswered again. `known`: the highest number the server knows from this device.
    pub fn start_again(&mut self, known: u64) {
        self.on_wire = 0;
        self.not_before = None;
        self.next = self.next.max(known + 1);
    }

    /// The server did it.
    pub fn ok(&mut self, n: u64) -> Fate {
        self.remove(n)
            .map_or(Fate::Unknown, |letter| Fate::Final(letter, None))
    }

    /// The server said no. Codes that are not final hold the outbox for `retry`.
    pub fn no(&mut self, n: u64, code: &str, retry: Option<Duration>, now: Instant) -> Fate {
        let Some(place) = self.waiting.iter().position(|letter| letter.n == n) else {
            return Fate::Unknown;
        };
        match code {
            "slow_down" | "busy" | "read_only" => {
                self.on_wire = self.on_wire.min(place);
                let until = now + retry.unwrap_or(Duration::from_millis(500));
                self.not_before = Some(self.not_before.map_or(until, |before| before.max(until)));
                Fate::Again
            }
            "superseded" => {
                if let Some(mut letter) = self.remove(n) {
                    letter.n = self.next;
                    self.next += 1;
                    self.waiting.push_back(letter);
                }
                Fate::Again
            }
            _ => self.remove(n).map_or(Fate::Unknown, |letter| {
                Fate::Final(letter, Some(code.to_owned()))
            }),
        }
    }

    /// How many have no answer yet.
    #[must_use]
    pub fn len(&self) -> usize {
        self.waiting.len()
    }

    /// Everything has its answer.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    fn remove(&mut self, n: u64) -> Option<Letter> {
        let place = self.waiting.iter().position(|letter| letter.n == n)?;
        if place < self.on_wire {
            self.on_wire -= 1;
        }
        self.waiting.remove(place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn three(now: Instant) -> Outbox {
        let mut outbox = Outbox::new(0, 8);
        (0..3).for_each(|i| {
            outbox.put(json!(i), now);
        });
        outbox
    }

    fn send_all(outbox: &mut Outbox, now: Instant) -> Vec<u64> {
        let mut numbers = Vec::new();
        while let Some(letter) = outbox.to_send(now) {
            numbers.push(letter.n);
            outbox.sent();
        }
        numbers
    }

    #[test]
    fn after_a_cut_the_unanswered_go_again_in_order() {
        let now = Instant::now();
        let mut outbox = three(now);
        assert_eq!(send_all(&mut outbox, now), [1, 2, 3]);
        assert!(matches!(outbox.ok(1), Fate::Final(..)));
        outbox.start_again(1);
        assert_eq!(send_all(&mut outbox, now), [2, 3]);
    }

    #[test]
    fn slow_down_holds_that_number_and_all_after_it() {
        let now = Instant::now();
        let mut outbox = three(now);
        send_all(&mut outbox, now);
        outbox.ok(1);
        assert!(matches!(
            outbox.no(2, "slow_down", Some(Duration::from_millis(200)), now),
            Fate::Again
        ));
        assert!(matches!(
            outbox.no(3, "slow_down", Some(Duration::from_millis(200)), now),
            Fate::Again
        ));
        assert_eq!(send_all(&mut outbox, now), Vec::<u64>::new());
        assert_eq!(
            send_all(&mut outbox, now + Duration::from_millis(201)),
            [2, 3]
        );
    }

    #[test]
    fn a_superseded_letter_goes_under_a_new_number_above_what_the_server_knows() {
        let now = Instant::now();
        let mut outbox = three(now);
        outbox.start_again(9);
        assert_eq!(send_all(&mut outbox, now), [1, 2, 3]);
        assert!(matches!(outbox.no(1, "superseded", None, now), Fate::Again));
        assert_eq!(send_all(&mut outbox, now), [10]);
        assert!(matches!(outbox.ok(1), Fate::Unknown));
    }

    #[test]
    fn a_window_keeps_the_wire_short() {
        let now = Instant::now();
        let mut outbox = Outbox::new(0, 2);
        (0..5).for_each(|i| {
            outbox.put(json!(i), now);
        });
        assert_eq!(send_all(&mut outbox, now), [1, 2]);
        outbox.ok(1);
        assert_eq!(send_all(&mut outbox, now), [3]);
    }
}
