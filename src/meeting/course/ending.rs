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
