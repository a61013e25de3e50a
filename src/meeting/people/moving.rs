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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meeting::hall::{Hall, person, seat};
    use crate::meeting::role::Actor;
    use crate::meeting::wish::Wish;

    fn offer(hall: &Hall, n: u128, hash: &str) -> Wish {
        Wish::OfferMove {
            seat: seat(n),
            hash: hash.to_owned(),
            until: hall.now.plus_ms(600_000),
        }
    }

    fn redeem(hash: &str) -> Wish {
        Wish::Move {
            hash: hash.to_owned(),
        }
    }

    #[test]
    fn a_seat_moves_once_and_its_older_tokens_are_void() {
        let mut hall = Hall::new();
        let wish = offer(&hall, 3, "secret");
        assert_eq!(hall.wish(hall.moderator, &wish), Err(Code::NotAllowed));
        hall.wish(hall.facilitator, &wish).unwrap();
        assert_eq!(hall.wish(hall.facilitator, &wish), Ok(vec![]));
        let facts = hall.wish(Actor::Server, &redeem("secret")).unwrap();
        assert_eq!(
            facts,
            vec![Fact::SeatMoved {
                seat: seat(3),
                generation: 1
            }]
        );
        assert_eq!(hall.meeting.standing(person(3)).generation, 1);
        assert_eq!(
            hall.wish(Actor::Server, &redeem("secret")),
            Err(Code::NotFound)
        );
    }

    #[test]
    fn an_offer_runs_out_and_a_newer_one_replaces_it() {
        let mut hall = Hall::new();
        let wish = offer(&hall, 3, "first");
        hall.wish(hall.facilitator, &wish).unwrap();
        let wish = offer(&hall, 3, "second");
        hall.wish(hall.facilitator, &wish).unwrap();
        assert_eq!(
            hall.wish(Actor::Server, &redeem("first")),
            Err(Code::NotFound)
        );
        hall.pass(600_000);
        assert_eq!(
            hall.wish(Actor::Server, &redeem("second")),
            Err(Code::TooLate)
        );
    }
}
