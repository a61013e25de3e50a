//! *Something is wrong*: goes to the safeguarding contact alone and stays until the contact notes what was done.

use crate::meeting::Decision;
use crate::meeting::fact::Fact;
use crate::meeting::fitting;
use crate::meeting::ids::{ConcernId, SeatId, Timestamp};
use crate::meeting::refusal::{Code, Refusal};
use crate::meeting::role::Actor;
use crate::meeting::state::{Concern, Meeting};

/// Calls for help; words and place are optional. Kept only while somebody is on duty to read it.
///
/// Refusals: `wrong_state` (nobody on duty: the phone shows numbers only), `exists`, `too_long`, `too_many`.
pub fn raise(
    meeting: &Meeting,
    id: ConcernId,
    actor: Actor,
    text: Option<&str>,
    place: Option<&str>,
) -> Decision {
    let Actor::Seat(seat) = actor else {
        return Err(Code::NotAllowed.into());
    };
    if let Some(there) = meeting.concerns.get(&id) {
        return if there.seat == seat {
            Ok(vec![])
        } else {
            Err(Code::Exists.into())
        };
    }
    if !meeting.contact.on_duty {
        return Err(Refusal::because(Code::WrongState, "nobody is on duty"));
    }
    fitting::room(meeting.concerns.len(), fitting::CONCERNS)?;
    Ok(vec![Fact::ConcernRaised {
        concern: id,
        seat,
        text: fitting::lines_or_nothing(text.unwrap_or_default(), fitting::CONCERN)?,
        place: fitting::line_or_nothing(place.unwrap_or_default(), fitting::REASON)?,
    }])
}

/// What was done about it. Refusals: `not_found`, `empty`, `too_long`.
pub fn note(meeting: &Meeting, id: ConcernId, done: &str) -> Decision {
    let concern = meeting
        .concerns
        .get(&id)
        .ok_or(Refusal::new(Code::NotFound))?;
    let done = fitting::lines(done, fitting::CONCERN)?;
    if concern.done == done {
        return Ok(vec![]);
    }
    Ok(vec![Fact::ConcernNoted { concern: id, done }])
}

pub fn raised(
    meeting: &mut Meeting,
    id: ConcernId,
    seat: SeatId,
    text: &str,
    place: &str,
    at: Timestamp,
) {
    let concern = Concern {
        seat,
        text: text.to_owned(),
        place: place.to_owned(),
        at,
        done: String::new(),
    };
    meeting.concerns.entry(id).or_insert(concern);
}

pub fn noted(meeting: &mut Meeting, id: ConcernId, done: &str) {
    if let Some(concern) = meeting.concerns.get_mut(&id) {
        done.clone_into(&mut concern.done);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meeting::command::{Command, Contact};
    use crate::meeting::hall::{Hall, alias, person, seat};
    use crate::meeting::role::Role;

    fn concern(n: u128) -> ConcernId {
        ConcernId(uuid::Uuid::from_u128(n))
    }

    fn call(n: u128, text: Option<&str>) -> Command {
        Command::Concern {
            id: concern(n),
            text: text.map(str::to_owned),
            place: None,
        }
    }

    fn hall() -> Hall {
        let mut hall = Hall::new();
        hall.meeting.contact = Contact {
            name: "Nigar".to_owned(),
            numbers: String::new(),
            on_duty: true,
        };
        hall.lead(Command::GiveRole {
            seat: seat(5),
            role: Role::Contact,
        });
        hall
    }

    #[test]
    fn a_call_for_help_needs_no_words_and_stays_until_something_was_done() {
        let mut hall = hall();
        hall.send(person(3), call(1, None)).unwrap();
        assert_eq!(hall.send(person(3), call(1, None)), Ok(vec![]));
        assert_eq!(hall.send(person(4), call(1, None)), Err(Code::Exists));
        let note = |done: &str| Command::NoteConcern {
            concern: concern(1),
            done: done.to_owned(),
        };
        assert_eq!(
            hall.send(hall.facilitator, note("x")),
            Err(Code::NotAllowed),
            "the contact alone"
        );
        assert_eq!(hall.send(person(5), note("")), Err(Code::Empty));
        hall.send(person(5), note("We spoke.")).unwrap();
        assert_eq!(hall.send(person(5), note("We spoke.")), Ok(vec![]));
        assert_eq!(hall.meeting.concerns[&concern(1)].done, "We spoke.");
    }

    #[test]
    fn nobody_on_duty_is_said_and_nothing_is_kept() {
        let mut hall = hall();
        hall.meeting.contact.on_duty = false;
        assert_eq!(
            hall.send(person(3), call(1, Some("Help"))),
            Err(Code::WrongState)
        );
    }

    #[test]
    fn one_who_waits_at_the_door_may_call_and_so_may_anyone_after_the_end() {
        let mut hall = hall();
        hall.meeting.ask_first = true;
        hall.sit(10, None);
        hall.send(person(10), call(1, None)).unwrap();
        hall.lead(Command::End { in_s: None });
        hall.send(person(3), call(2, None)).unwrap();
        assert_eq!(
            hall.send(alias(1), call(3, None)),
            Err(Code::NotAllowed),
            "an alias could not be found to be helped"
        );
    }
}
