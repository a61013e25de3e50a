//! The end of a meeting, now or in a moment, and opening it again.

use crate::meeting::Decision;
use crate::meeting::fact::{Act, Fact};
use crate::meeting::refusal::Code;
use crate::meeting::stage::acts;
use crate::meeting::state::{Meeting, Phase};
use crate::meeting::wish::Context;

/// Ends the meeting, or plans to. Can be taken back for ten seconds.
///
/// Refusals: `wrong_state` (never began), `out_of_range`.
pub fn end(meeting: &Meeting, in_s: Option<u16>, ctx: &Context) -> Decision {
    acts::act(meeting, Act::End {}, in_s, ctx)
}

/// Opens an ended meeting again. Refusal: `wrong_state` (never began).
pub fn reopen(meeting: &Meeting) -> Decision {
    match meeting.phase {
        Phase::Live => Ok(vec![]),
        Phase::Ended => Ok(vec![Fact::MeetingReopened {}]),
        Phase::Prepared => Err(Code::WrongState.into()),
    }
}

#[cfg(test)]
mod tests {
    use crate::meeting::command::Command;
    use crate::meeting::hall::{DESK_LINK, Hall, created_with};
    use crate::meeting::refusal::Code;
    use crate::meeting::state::Phase;

    #[test]
    fn a_meeting_ends_at_once_or_in_a_moment_and_opens_again() {
        let mut hall = Hall::new();
        hall.lead(Command::End { in_s: Some(60) });
        assert_eq!(hall.meeting.phase, Phase::Live);
        hall.pass(60_000);
        hall.deadline();
        assert_eq!(
            (hall.meeting.phase, hall.meeting.ended_at),
            (Phase::Ended, Some(hall.now))
        );
        assert_eq!(hall.lead(Command::End { in_s: None }), vec![]);
        hall.lead(Command::Reopen {});
        assert_eq!(
            (hall.meeting.phase, hall.meeting.ended_at),
            (Phase::Live, None)
        );
        assert_eq!(hall.lead(Command::Reopen {}), vec![]);
    }

    #[test]
    fn what_never_began_does_not_end() {
        let mut hall = created_with(None);
        hall.sit(1, Some(DESK_LINK));
        assert_eq!(
            hall.send(hall.facilitator, Command::End { in_s: None }),
            Err(Code::WrongState)
        );
        assert_eq!(
            hall.send(hall.facilitator, Command::Reopen {}),
            Err(Code::WrongState)
        );
    }

    #[test]
    fn after_the_end_people_are_let_go_but_not_called_back() {
        let mut hall = Hall::new();
        hall.lead(Command::CallBack {
            on: true,
            in_s: None,
        });
        hall.lead(Command::End { in_s: None });
        hall.lead(Command::CallBack {
            on: false,
            in_s: None,
        });
        let again = Command::CallBack {
            on: true,
            in_s: None,
        };
        assert_eq!(hall.send(hall.facilitator, again), Err(Code::Ended));
        hall.lead(Command::CountHeads { people: 80 });
        assert_eq!(hall.meeting.heads, Some(80));
        hall.lead(Command::CountHeads { people: 0 });
        assert_eq!(hall.meeting.heads, None);
    }

    #[test]
    fn a_command_that_was_set_aside_is_refused_for_good() {
        let mut hall = Hall::new();
        let poison = Command::CountHeads { people: 13 };
        let hash = crate::meeting::hash(&poison);
        let wish = crate::meeting::wish::Wish::Quarantine { hash };
        hall.wish(crate::meeting::role::Actor::Server, &wish)
            .unwrap();
        assert_eq!(hall.send(hall.facilitator, poison), Err(Code::Quarantined));
        hall.lead(Command::CountHeads { people: 14 });
    }
}
