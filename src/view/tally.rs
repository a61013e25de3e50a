//! Small answers about a meeting's questions that several views need: which stand on the floor, how many people
//! want one, whose tag may be shown. Every walk over merges ends, whatever the journal says.

use std::collections::BTreeSet;

use crate::meeting::command::ActivityKind;
use crate::meeting::ids::{ActivityId, QuestionId, SeatId};
use crate::meeting::state::{Meeting, Question, QuestionState, Seat};

/// Fewer holders than this and a tag would point at a person (PRODUCT.md, *People*).
pub const TAG_HOLDERS: usize = 5;

/// Whether everyone sees it.
pub fn on_floor(question: &Question) -> bool {
    !question.care
        && matches!(
            question.state,
            QuestionState::Listed
                | QuestionState::OnStage
                | QuestionState::Answered
                | QuestionState::Parked
        )
}

/// Whether counts are kept from the floor in that activity.
pub fn hidden(meeting: &Meeting, activity: ActivityId) -> bool {
    meeting.agenda.get(&activity).is_some_and(|activity| {
        activity.kind == ActivityKind::Questions && activity.questions.counts_hidden
    })
}

/// The question, what it was merged into, what that was merged into …
pub fn ancestry(meeting: &Meeting, id: QuestionId) -> Vec<QuestionId> {
    let mut found = vec![id];
    let mut at = id;
    while let Some(QuestionState::Merged(into)) =
        meeting.questions.get(&at).map(|question| question.state)
    {
        if found.contains(&into) {
            break;
        }
        found.push(into);
        at = into;
    }
    found
}

/// The seats that want it: its own voters and those of what was merged into it, each once.
pub fn voters(meeting: &Meeting, id: QuestionId) -> BTreeSet<SeatId> {
    let family = meeting.family(id);
    let questions = family.iter().filter_map(|id| meeting.questions.get(id));
    questions
        .flat_map(|question| question.voters.iter().copied())
        .collect()
}

/// How many people want it, as [`Meeting::votes`] counts them; quick while nothing was merged into it.
pub fn votes(meeting: &Meeting, id: QuestionId, question: &Question) -> u64 {
    if question.merged.is_empty() {
        let seats = u64::try_from(question.voters.len()).unwrap_or(u64::MAX);
        return seats.saturating_add(u64::from(question.hands));
    }
    meeting.votes(id)
}

/// How many of them raised a hand.
pub fn hands(meeting: &Meeting, id: QuestionId, question: &Question) -> u32 {
    if question.merged.is_empty() {
        return question.hands;
    }
    let family = meeting.family(id);
    family
        .iter()
        .filter_map(|id| meeting.questions.get(id))
        .map(|question| question.hands)
        .sum()
}

/// Whether somebody sits there: let in and not sent away.
pub fn seated(seat: &Seat) -> bool {
    !seat.void && !seat.waiting
}

/// The tags that enough seats hold to stand beside a question.
pub fn shown_tags(meeting: &Meeting) -> BTreeSet<String> {
    let mut holders = std::collections::BTreeMap::<&str, usize>::new();
    for seat in meeting.seats.values().filter(|seat| seated(seat)) {
        for tag in &seat.tags {
            *holders.entry(tag).or_default() += 1;
        }
    }
    let enough = holders
        .into_iter()
        .filter(|(_, seats)| *seats >= TAG_HOLDERS);
    enough.map(|(tag, _)| tag.to_owned()).collect()
}
