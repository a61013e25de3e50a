//! How one questions activity runs; each setting can be changed live.

use super::wrong_state;
use crate::meeting::Decision;
use crate::meeting::agenda;
use crate::meeting::command::{ActivityKind, Command};
use crate::meeting::fact::Fact;
use crate::meeting::fitting::{self, changed};
use crate::meeting::refusal::Code;
use crate::meeting::state::{LONGEST, Meeting};

/// Shortest limit that may be set, in graphemes.
const SHORTEST: u16 = 20;

/// Changes what is given and differs. What waits when review is switched off goes on waiting for the moderator.
///
/// Refusals: `not_found`, `wrong_state` (not a questions activity), `out_of_range`.
pub fn set(meeting: &Meeting, command: &Command) -> Decision {
    let Command::SetQuestions {
        activity: id,
        review,
        votes,
        counts_hidden,
        order,
        longest,
    } = command
    else {
        return Err(Code::NotUnderstood.into());
    };
    let activity = agenda::find(meeting, *id)?;
    if activity.kind != ActivityKind::Questions {
        return Err(wrong_state("no questions are asked there"));
    }
    let longest = longest
        .map(|longest| fitting::within(longest, SHORTEST, LONGEST))
        .transpose()?;
    let is = &activity.questions;
    let fact = Fact::QuestionsSet {
        activity: *id,
        review: changed(*review, &is.review),
        votes: changed(*votes, &is.votes),
        counts_hidden: changed(*counts_hidden, &is.counts_hidden),
        order: changed(*order, &is.order),
        longest: changed(longest, &is.longest),
    };
    let nothing = Fact::QuestionsSet {
        activity: *id,
        review: None,
        votes: None,
        counts_hidden: None,
        order: None,
        longest: None,
    };
    Ok(if fact == nothing { vec![] } else { vec![fact] })
}

pub fn was_set(meeting: &mut Meeting, fact: &Fact) {
    let Fact::QuestionsSet {
        activity,
        review,
        votes,
        counts_hidden,
        order,
        longest,
    } = fact
    else {
        return;
    };
    let Some(activity) = meeting.agenda.get_mut(activity) else {
        return;
    };
    let is = &mut activity.questions;
    is.review = review.unwrap_or(is.review);
    is.votes = votes.unwrap_or(is.votes);
    is.counts_hidden = counts_hidden.unwrap_or(is.counts_hidden);
    is.order = order.unwrap_or(is.order);
    is.longest = longest.unwrap_or(is.longest);
}
