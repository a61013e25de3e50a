//! Moving a seat to another phone by a one-time secret, known here by its hash.

use crate::meeting::Decision;
use crate::meeting::fact::Fact;
use crate::meeting::ids::{SeatId, Timestamp};
use crate::meeting::refusal::{Code, Refusal};
use crate::meeting::state::Meeting;

/// Offers a move; an older offer for the seat is void. Refusals: `not_found`, `wrong_state` (a proxy has no phone).
pub fn offer(meeting: &Meeting, id: SeatId, hash: &str, until: Timestamp) -> Decision {
    let seat = meeting.seated(id)?;
    if seat.proxy {
        return Err(Refusal::because(Code::WrongState, "this seat has no phone"));
    }
    if seat
        .offered
        .as_ref()
        .is_some_and(|(offered, at)| offered == hash && *at == until)
    {
        return Ok(vec![]);
    }
    Ok(vec![Fact::MoveOffered {
        seat: id,
        hash: hash.to_owned(),
        until,
    }])
}

/// The secret was scanned: the seat's older tokens are void. It works once.
///
/// Refusals: `not_found`, `too_late`.
pub fn redeem(meeting: &Meeting, hash: &str, now: Timestamp) -> Decision {
    let offered = meeting
        .seats
        .iter()
        .find_map(|(id, seat)| match &seat.offered {
            Some((offered, until)) if offered == hash && !seat.void => {
                Some((*id, seat.generation, *until))
            }
            _ => None,
        });
    let (seat, generation, until) = offered.ok_or(Refusal::new(Code::NotFound))?;
    if now >= until {
        return Err(Code::TooLate.into());
    }
    Ok(vec![Fact::SeatMoved {
        seat,
        generation: generation.saturating_add(1),
    }])
}

pub fn offered(meeting: &mut Meeting, id: SeatId, hash: &str, until: Timestamp) {
    if let Some(seat) = meeting.seats.get_mut(&id) {
        seat.offered = Some((hash.to_owned(), until));
    }
}

pub fn moved(meeting: &mut Meeting, id: SeatId, generation: u32) {
    if let Some(seat) = meeting.seats.get_mut(&id) {
        seat.generation = seat.generation.max(generation);
        seat.offered = None;
    }
}
