//! The shared notes of a table: updates of a text that several write at once. Whoever sends one must sit there (or lead);
//! who it was is not kept.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::{Facts, change, writing_at};
use crate::meeting::fact::GroupFact;
use crate::meeting::ids::{GroupId, Timestamp};
use crate::meeting::refusal::{Code, Refusal};
use crate::meeting::state::Meeting;
use crate::meeting::wish::Context;
use crate::notes::{Limits, Refused};

/// Takes an update in. One that says nothing new makes no fact.
///
/// Refusals: `not_found`, `not_allowed`, `closed`, `not_understood` (malformed), `wrong_state` (it rests on updates that are
/// not here: send the whole difference), `too_long`.
pub fn write(meeting: &Meeting, id: GroupId, update: &[u8], ctx: &Context) -> Facts {
    let (group, _) = writing_at(meeting, id, ctx)?;
    match group.notes.check(update, &Limits::default()) {
        Ok(weighed) => Ok(vec![GroupFact::Noted {
            group: id,
            update: STANDARD.encode(weighed.update),
        }]),
        Err(Refused::NothingNew) => Ok(vec![]),
        Err(Refused::Malformed) => Err(Refusal::because(
            Code::NotUnderstood,
            "this is no update of the notes",
        )),
        Err(Refused::Unknown) => Err(Refusal::because(
            Code::WrongState,
            "it rests on updates that are not here: send the whole difference",
        )),
        Err(Refused::TooBig) => Err(Refusal::because(Code::TooLong, "the notes are full")),
    }
}

pub fn noted(meeting: &mut Meeting, at: Timestamp, group: GroupId, update: &str) {
    if let Ok(update) = STANDARD.decode(update) {
        change(meeting, group, |group| {
            group.notes.merge(&update);
            group.wrote_at = Some(at);
        });
    }
}
