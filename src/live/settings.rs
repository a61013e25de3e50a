//! What can be set about live meetings: how fast people may write, how often views go out, how long we wait.
//! Owns numbers only; knows no meeting.

use std::str::FromStr;
use std::time::Duration;

use super::clock::Clock;
use super::limits::Rate;

/// Everything a live meeting is run with.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The server's time.
    pub clock: Clock,
    /// How fast people may write.
    pub limits: Limits,
    /// How often views go out.
    pub pace: Pace,
    /// How long things may take.
    pub patience: Patience,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            clock: Clock::wall(),
            limits: Limits::default(),
            pace: Pace::default(),
            patience: Patience::default(),
        }
    }
}

/// How fast people may write. Limits belong to seats and meetings, never to addresses: a hall shares one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// A seat or an alias.
    pub seat: Rate,
    /// A facilitator or moderator.
    pub facilitator: Rate,
    /// All of one meeting together, so that it cannot starve another.
    pub meeting: Rate,
    /// What an `ask` costs; everything else costs 1.
    pub ask: f64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            seat: Rate::new(30.0, 5.0),
            facilitator: Rate::new(200.0, 50.0),
            meeting: Rate::new(60_000.0, 20_000.0),
            ask: 5.0,
        }
    }
}

/// Why `--limits` was not understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("limits look like `seat=30/5,facilitator=200/50,meeting=60000/20000,ask=5`, not `{0}`")]
pub struct LimitsError(String);

impl FromStr for Limits {
    type Err = LimitsError;

    /// `seat=30/5,facilitator=200/50,meeting=60000/20000,ask=5`: at once / a second; what is not named keeps its default.
    fn from_str(text: &str) -> Result<Self, LimitsError> {
        let wrong = || LimitsError(text.to_owned());
        let mut limits = Self::default();
        for part in text
            .split(',')
            .map(str::trim)
            .filter(|part| !part.is_empty())
        {
            let (name, value) = part.split_once('=').ok_or_else(wrong)?;
            if name == "ask" {
                limits.ask = value.parse().map_err(|_| wrong())?;
                continue;
            }
            let (burst, per_s) = value.split_once('/').ok_or_else(wrong)?;
            let rate = Rate::new(
                burst.parse().map_err(|_| wrong())?,
                per_s.parse().map_err(|_| wrong())?,
            );
            match name {
                "seat" => limits.seat = rate,
                "facilitator" => limits.facilitator = rate,
                "meeting" => limits.meeting = rate,
                _ => return Err(wrong()),
            }
        }
        Ok(limits)
    }
}

/// How often views go out.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// Shortest time between two revisions of a view.
    pub tick: Duration,
    /// The same while only counts changed.
    pub counts: Duration,
    /// Added per follower, so that a hall of ten thousand gets a few revisions a second and the server stays free:
    /// one write costs 6–8 µs, and a view may take about a third of a core.
    pub per_follower: Duration,
    /// How long a seat without a socket or request still counts as here.
    pub here: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            tick: Duration::from_millis(50),
            counts: Duration::from_millis(250),
            per_follower: Duration::from_micros(25),
            here: Duration::from_secs(40),
        }
    }
}

/// How long things may take.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// After this long an append counts as of unknown outcome and the state is read again.
    pub append: Duration,
    /// While the journal cannot be written, commands are answered at once for this long before it is tried again.
    pub unwritable: Duration,
    /// How long a command may wait for its place in a busy meeting.
    pub inbox: Duration,
    /// A meeting without sockets and requests is put to sleep after this long.
    pub idle: Duration,
    /// How long `stop` waits for sockets to be told.
    pub stop: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            append: Duration::from_secs(10),
            unwritable: Duration::from_secs(2),
            inbox: Duration::from_secs(5),
            idle: Duration::from_secs(600),
            stop: Duration::from_secs(5),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_read_from_one_line() {
        let limits: Limits = "seat=10/2, ask=3".parse().unwrap();
        assert_eq!(limits.seat, Rate::new(10.0, 2.0));
        assert_eq!(limits.facilitator, Limits::default().facilitator);
        assert!((limits.ask - 3.0).abs() < f64::EPSILON);
        assert!("seat=10".parse::<Limits>().is_err());
        assert!("sofa=1/2".parse::<Limits>().is_err());
    }
}
