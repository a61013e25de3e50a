//! Editing and withdrawing: the author's own hand on a question.

use super::{change, find, holding, is_author, settle, wrong_state};
use crate::meeting::Decision;
use crate::meeting::fact::{Fact, Held};
use crate::meeting::fitting;
use crate::meeting::ids::QuestionId;
use crate::meeting::refusal::{Code, Refusal};
use crate::meeting::role::Actor;
use crate::meeting::state::{LONGEST, Meeting, Question, QuestionState};
use crate::text::fold::words;
use crate::text::likeness::Imprint;

/// Changes the text, while it waits or has no votes. What an author changes is checked again: where questions are
/// reviewed, a listed one waits again.
///
/// Refusals: `not_found`, `not_allowed`, `wrong_state`, `has_votes`, `empty`, `too_long`.
pub fn edit(meeting: &Meeting, id: QuestionId, text: &str, actor: Actor) -> Decision {
    let question = find(meeting, id)?;
    let by_author = is_author(question, actor);
    if !by_author && !meeting.is_moderator(actor) {
        return Err(Code::NotAllowed.into());
    }
    refuse_settled(meeting, id, question)?;
    let longest = meeting
        .agenda
        .get(&question.activity)
        .map_or(LONGEST, |activity| activity.questions.longest);
    let text = fitting::lines(text, usize::from(longest))?;
    if text == question.text {
        return Ok(vec![]);
    }
    let held = if by_author {
        holding::held(meeting, question.activity, question.author, &text)
    } else {
        None
    };
    Ok(vec![Fact::QuestionEdited {
        question: id,
        text,
        held: held.or(question.held),
    }])
}

fn refuse_settled(meeting: &Meeting, id: QuestionId, question: &Question) -> Result<(), Refusal> {
    match question.state {
        QuestionState::Waiting => Ok(()),
        QuestionState::Listed if meeting.votes(id) == 0 => Ok(()),
        QuestionState::Listed => Err(Code::HasVotes.into()),
        _ => Err(wrong_state("only a waiting or listed question is edited")),
    }
}

/// Takes the question back, any time. What was merged into it stands by itself again: others asked it too.
///
/// Refusals: `not_found`, `not_allowed`.
pub fn withdraw(meeting: &Meeting, id: QuestionId, actor: Actor) -> Decision {
    let question = find(meeting, id)?;
    if !is_author(question, actor) {
        return Err(Code::NotAllowed.into());
    }
    if question.state == QuestionState::Withdrawn {
        return Ok(vec![]);
    }
    let mut facts: Vec<Fact> = question
        .merged
        .iter()
        .map(|question| Fact::QuestionUnmerged {
            question: *question,
        })
        .collect();
    facts.push(Fact::QuestionWithdrawn { question: id });
    Ok(facts)
}

pub fn edited(meeting: &mut Meeting, id: QuestionId, text: &str, held: Option<Held>) {
    if held.is_some()
        && meeting
            .questions
            .get(&id)
            .is_some_and(|question| question.state == QuestionState::Listed)
    {
        settle(meeting, id, QuestionState::Waiting);
    }
    change(meeting, id, |question| {
        text.clone_into(&mut question.text);
        question.folded = words(text);
        question.imprint = Imprint::of_words(&question.folded);
        if question.state == QuestionState::Waiting {
            question.held = held;
        }
    });
}
