//! Screens that ask to be paired: each shows four digits until a desk types them or ten minutes have passed.
//! Lives in memory alone: after a restart a screen simply asks again. What a screen is given is opaque here.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use subtle::ConstantTimeEq;
use tokio::sync::watch;
use uuid::Uuid;

use super::Secret;

/// How long four digits are good for.
pub const GOOD_FOR: Duration = Duration::from_secs(600);
/// How many screens may wait at once.
pub const MOST: usize = 1000;

/// What a waiting screen is told.
#[derive(Debug)]
pub struct Ticket {
    pub screen: Uuid,
    /// Shown large.
    pub digits: String,
    /// Proves that it is the same screen that asks again.
    pub key: String,
}

struct Waiting<T> {
    digits: String,
    key: Secret,
    until: Instant,
    given: watch::Sender<Option<T>>,
}

/// All screens that wait for their desk.
pub struct Screens<T> {
    waiting: Mutex<HashMap<Uuid, Waiting<T>>>,
}

impl<T> std::fmt::Debug for Screens<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Screens")
    }
}

impl<T> Default for Screens<T> {
    fn default() -> Self {
        Self {
            waiting: Mutex::default(),
        }
    }
}

impl<T: Clone> Screens<T> {
    /// A screen asks. `None`: too many wait already, or the system gives no random bits.
    pub fn ask(&self, now: Instant) -> Option<Ticket> {
        let key = Secret::fresh().ok()?;
        let mut waiting = self.lock();
        waiting.retain(|_, screen| screen.until > now);
        if waiting.len() >= MOST {
            return None;
        }
        let digits = free_digits(&waiting)?;
        let screen = Uuid::new_v4();
        let ticket = Ticket {
            screen,
            digits: digits.clone(),
            key: key.reveal(),
        };
        waiting.insert(
            screen,
            Waiting {
                digits,
                key,
                until: now + GOOD_FOR,
                given: watch::Sender::new(None),
            },
        );
        Some(ticket)
    }

    /// The screen that shows `digits` and was given nothing yet.
    pub fn showing(&self, digits: &str, now: Instant) -> Option<Uuid> {
        let waiting = self.lock();
        let (screen, _) = waiting.iter().find(|(_, screen)| {
            screen.until > now && screen.digits == digits && screen.given.borrow().is_none()
        })?;
        Some(*screen)
    }

    /// Gives a screen what it waits for; `false`: it waits no more.
    pub fn give(&self, screen: Uuid, gift: T) -> bool {
        let waiting = self.lock();
        let Some(screen) = waiting.get(&screen) else {
            return false;
        };
        screen.given.send_if_modified(|given| {
            let first = given.is_none();
            if first {
                *given = Some(gift);
            }
            first
        })
    }

    /// Where a screen learns what it is given; `None`: unknown, run out, or the key is another's.
    pub fn watch(
        &self,
        screen: Uuid,
        key: &str,
        now: Instant,
    ) -> Option<watch::Receiver<Option<T>>> {
        let waiting = self.lock();
        let screen = waiting.get(&screen)?;
        let same = screen.key.reveal().as_bytes().ct_eq(key.as_bytes());
        (bool::from(same) && screen.until > now).then(|| screen.given.subscribe())
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<Uuid, Waiting<T>>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Four digits that no other waiting screen shows.
fn free_digits<T>(waiting: &HashMap<Uuid, Waiting<T>>) -> Option<String> {
    for _ in 0..64 {
        let digits = format!("{:04}", getrandom::u32().ok()? % 10_000);
        if waiting.values().all(|screen| screen.digits != digits) {
            return Some(digits);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_screen_is_given_what_the_desk_that_typed_its_digits_gives() {
        let (screens, now) = (Screens::default(), Instant::now());
        let ticket = screens.ask(now).unwrap();
        let watch = screens.watch(ticket.screen, &ticket.key, now).unwrap();
        assert_eq!(*watch.borrow(), None);

        let screen = screens.showing(&ticket.digits, now).unwrap();
        assert!(screens.give(screen, "meeting"));

        assert_eq!(*watch.borrow(), Some("meeting"));
        assert_eq!(screens.showing(&ticket.digits, now), None);
        assert!(!screens.give(screen, "another"));
    }

    #[test]
    fn another_key_learns_nothing_and_digits_run_out() {
        let (screens, now) = (Screens::<()>::default(), Instant::now());
        let ticket = screens.ask(now).unwrap();
        assert!(screens.watch(ticket.screen, "", now).is_none());
        let late = now + GOOD_FOR;
        assert!(screens.watch(ticket.screen, &ticket.key, late).is_none());
        assert_eq!(screens.showing(&ticket.digits, late), None);
    }

    #[test]
    fn no_two_waiting_screens_show_the_same_digits() {
        let (screens, now) = (Screens::<()>::default(), Instant::now());
        let shown: std::collections::HashSet<_> = (0..200)
            .filter_map(|_| screens.ask(now))
            .map(|ticket| ticket.digits)
            .collect();
        assert_eq!(shown.len(), 200);
    }
}
