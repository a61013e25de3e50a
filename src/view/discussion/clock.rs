//! The clock of a speech: in milliseconds for whoever may know its length, and as a bar for a hall where somebody has a time
//! factor, so that nobody's clock says more than another's.

use crate::meeting::discussion::state::{Course, Hand};
use crate::meeting::discussion::time::{length_ms, scaled};
use crate::meeting::state::Meeting;
use crate::view::debate::{Clock, ClockBell, ClockState};

/// One ring so long before the end, in milliseconds …
const WARNING_MS: i64 = 30_000;
/// … of a speech that is at least so long.
const WARNED_MS: i64 = 60_000;
/// The whole of a bar.
const WHOLE: i64 = 1_000;

/// Whether the hall sees bars instead of digits. It does as soon as anybody in the meeting has a time factor, whether they
/// raised a hand or not: a bar that came with a hand would tell whose it is.
pub fn hides_digits(meeting: &Meeting) -> bool {
    let mut seats = meeting.factors.keys();
    seats.any(|seat| meeting.seats.get(seat).is_some_and(|seat| !seat.void))
}

/// With its person's own length, in milliseconds.
pub fn digits(meeting: &Meeting, hand: &Hand) -> Clock {
    let factor = meeting.factor(hand.seat);
    Clock {
        state: state(hand),
        spent: hand.watch.spent_ms,
        since: hand.watch.since,
        length: length_ms(meeting, hand),
        bells: bells(hand.length_ms, |ms| scaled(ms, factor)),
        ..Clock::default()
    }
}

/// As the hall sees it.
pub fn shown(meeting: &Meeting, hand: &Hand) -> Clock {
    let length = length_ms(meeting, hand);
    if length <= 0 || !hides_digits(meeting) {
        return digits(meeting, hand);
    }
    let spent = hand.watch.spent_ms.saturating_mul(WHOLE) / length;
    // What is less than a thousandth goes into the beginning, so that bells stay where they are.
    let rest = hand.watch.spent_ms - spent.saturating_mul(length) / WHOLE;
    let whole = hand.length_ms;
    Clock {
        state: state(hand),
        spent,
        since: hand.watch.since.map(|since| since.plus_ms(-rest)),
        length: WHOLE,
        rate: Some((WHOLE * 1_000_000_000 + length / 2) / length),
        bar: Some(true),
        bells: bells(whole, |ms| (ms.saturating_mul(WHOLE) + whole / 2) / whole),
        ..Clock::default()
    }
}

fn state(hand: &Hand) -> ClockState {
    match hand.course {
        Course::Waiting | Course::Lowered => ClockState::Ready,
        Course::Speaking => ClockState::Running,
        Course::Paused => ClockState::Paused,
        Course::Finished => ClockState::Done,
    }
}

fn bells(length_ms: i64, units: impl Fn(i64) -> i64) -> Vec<ClockBell> {
    let bell = |at_ms: i64, rings: u8, phase: &str| ClockBell {
        at: units(at_ms),
        rings,
        pause: None,
        phase: Some(phase.to_owned()),
        points: None,
    };
    let warning = (length_ms >= WARNED_MS).then(|| bell(length_ms - WARNING_MS, 1, "warning"));
    let end = (length_ms > 0).then(|| bell(length_ms, 2, "overtime"));
    warning.into_iter().chain(end).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meeting::command::HandKind;
    use crate::meeting::ids::{SeatId, Timestamp};
    use crate::meeting::watch::Watch;
    use crate::view::sample;

    fn speech(seat: SeatId, length_ms: i64, spent_ms: i64) -> Hand {
        Hand {
            seat,
            kind: HandKind::Ordinary,
            about: String::new(),
            stance: None,
            raised_at: Timestamp(1),
            course: Course::Speaking,
            watch: Watch {
                spent_ms,
                since: Some(Timestamp(1_000_000)),
            },
            length_ms,
            called_at: None,
            stopped_at: None,
        }
    }

    /// What a device shows at a time.
    fn at(clock: &Clock, now: i64) -> i64 {
        let running = clock.since.map_or(0, |since| now - since.0);
        clock.spent + running * clock.rate.unwrap_or(1_000_000_000) / 1_000_000_000
    }

    fn rings(clock: &Clock) -> Vec<(i64, u8)> {
        let bells = clock.bells.iter();
        bells.map(|bell| (bell.at, bell.rings)).collect()
    }

    #[test]
    fn a_speech_rings_half_a_minute_before_its_end_if_it_is_long_enough() {
        let mut meeting = sample::meeting();
        let seat = sample::sit(&mut meeting, 1, "Aynur", &[]);
        let of = |length| rings(&digits(&meeting, &speech(seat, length, 0)));
        assert_eq!(of(120_000), [(90_000, 1), (120_000, 2)]);
        assert_eq!(of(60_000), [(30_000, 1), (60_000, 2)]);
        assert_eq!(of(59_000), [(59_000, 2)]);
        assert_eq!(of(0), []);
    }

    #[test]
    fn who_has_more_time_has_it_in_digits_and_the_hall_sees_bars_for_all() {
        let mut meeting = sample::meeting();
        let slow = sample::sit(&mut meeting, 1, "Aynur", &[]);
        let other = sample::sit(&mut meeting, 2, "Levan", &[]);
        assert_eq!(shown(&meeting, &speech(other, 120_000, 0)).bar, None);
        meeting.factors.insert(slow, 150);
        let own = digits(&meeting, &speech(slow, 120_000, 0));
        assert_eq!((own.length, own.bar), (180_000, None));
        assert_eq!(rings(&own), [(135_000, 1), (180_000, 2)]);
        for seat in [slow, other] {
            let bar = shown(&meeting, &speech(seat, 120_000, 0));
            assert_eq!((bar.bar, bar.length), (Some(true), 1_000));
            assert_eq!(rings(&bar), [(750, 1), (1_000, 2)]);
        }
        let unlimited = shown(&meeting, &speech(slow, 0, 0));
        assert_eq!((unlimited.bar, unlimited.length), (None, 0));
    }

    #[test]
    fn a_bar_is_full_when_the_time_is_up_to_a_hundredth_of_a_second() {
        let mut meeting = sample::meeting();
        let seat = sample::sit(&mut meeting, 1, "Aynur", &[]);
        meeting.factors.insert(seat, 125);
        for (length, spent) in [
            (120_000, 0),
            (120_000, 33_333),
            (600_000, 599),
            (10_000, 9_999),
        ] {
            let clock = shown(&meeting, &speech(seat, length, spent));
            let end = 1_000_000 + length * 5 / 4 - spent;
            assert!(at(&clock, end - 10) < 1_000, "{length} {spent}");
            assert!(at(&clock, end + 10) >= 1_000, "{length} {spent}");
        }
    }
}
