//! Questions: `waiting → listed → on stage → answered`, with `parked`, `dismissed`, `withdrawn` and `merged`.
//! One file per theme, each with its rules, what applies them, and its tests.

pub mod answering;
pub mod asking;
pub mod describing;
pub mod editing;
pub mod featuring;
pub mod holding;
pub mod likeness;
pub mod merging;
pub mod moderating;
pub mod ordering;
pub mod setting;
pub mod voting;

use super::Decision;
use super::command::Command;
use super::fact::{Author, Fact};
use super::ids::{QuestionId, Timestamp};
use super::refusal::{Code, Refusal};
use super::role::Actor;
use super::state::{Meeting, Question, QuestionState};
use super::wish::Context;

pub(crate) fn decide(meeting: &Meeting, command: &Command, ctx: &Context) -> Option<Decision> {
    use Command as C;
    let actor = ctx.actor;
    Some(match command {
        C::SetQuestions { .. } => setting::set(meeting, command),
        C::Ask { .. } => asking::ask(meeting, command, actor),
        C::Edit { question, text } => editing::edit(meeting, *question, text, actor),
        C::Withdraw { question } => editing::withdraw(meeting, *question, actor),
        C::List { question } => moderating::list(meeting, *question),
        C::Dismiss { question, reason } => moderating::dismiss(meeting, *question, reason),
        C::Park { question } => moderating::park(meeting, *question),
        C::Care { question, on } => moderating::keep_private(meeting, *question, *on),
        C::Vote { question, on } => voting::vote(meeting, *question, *on, actor),
        C::CountHands { question, hands } => voting::count_hands(meeting, *question, *hands),
        C::Feature { question } => featuring::feature(meeting, *question, ctx),
        C::Answer { question, text, by } => {
            answering::answer(meeting, *question, text.as_deref(), by.as_deref())
        }
        C::Reply { question, answered } => answering::reply(meeting, *question, *answered, actor),
        C::Merge { from, into } => merging::merge(meeting, *from, *into),
        C::Unmerge { question } => merging::unmerge(meeting, *question),
        C::KeepApart { from, into } => merging::keep_apart(meeting, *from, *into),
        C::Tag { question, tags } => describing::tag(meeting, *question, tags),
        C::Label { question, language } => describing::label(meeting, *question, language),
        C::Translate {
            question,
            language,
            text,
        } => describing::translate(meeting, *question, language, text),
        C::Rank { question, before } => ordering::rank(meeting, *question, *before),
        _ => return None,
    })
}

pub(crate) fn apply(meeting: &mut Meeting, at: Timestamp, fact: &Fact) {
    use Fact as F;
    match fact {
        F::QuestionsSet { .. } => setting::was_set(meeting, fact),
        F::QuestionAsked { .. } => asking::asked(meeting, at, fact),
        F::QuestionEdited {
            question,
            text,
            held,
        } => editing::edited(meeting, *question, text, *held),
        F::QuestionWithdrawn { question } => settle(meeting, *question, QuestionState::Withdrawn),
        F::QuestionListed { question } => moderating::listed(meeting, *question),
        F::QuestionDismissed { question, reason } => {
            moderating::dismissed(meeting, *question, reason)
        }
        F::QuestionParked { question } => moderating::parked(meeting, *question),
        F::QuestionKeptPrivate { question, on } => {
            moderating::kept_private(meeting, *question, *on)
        }
        F::QuestionVoted { question, seat, on } => voting::voted(meeting, *question, *seat, *on),
        F::HandsCounted { question, hands } => {
            change(meeting, *question, |question| question.hands = *hands)
        }
        F::QuestionFeatured { question } => featuring::featured(meeting, *question),
        F::QuestionUnfeatured { question } => featuring::unfeatured(meeting, *question),
        F::QuestionAnswered { question, text, by } => {
            answering::answered(meeting, *question, text, by, at)
        }
        F::QuestionReplied { question, answered } => change(meeting, *question, |question| {
            question.reply = Some(*answered)
        }),
        F::QuestionMerged { from, into } => merging::merged(meeting, *from, *into),
        F::QuestionUnmerged { question } => merging::unmerged(meeting, *question),
        F::QuestionsKeptApart { from, into } => {
            meeting.apart.insert(merging::pair(*from, *into));
        }
        F::QuestionTagged { question, tags } => {
            change(meeting, *question, |question| {
                question.tags = tags.iter().cloned().collect()
            });
        }
        F::QuestionLabelled { question, language } => {
            change(meeting, *question, |question| {
                question.language = Some(language.clone()).filter(|language| !language.is_empty())
            });
        }
        F::QuestionTranslated {
            question,
            language,
            text,
        } => describing::translated(meeting, *question, language, text),
        F::QuestionRanked { question, rank } => {
            change(meeting, *question, |question| question.rank = Some(*rank))
        }
        _ => {}
    }
}

/// The question, or `not_found`.
pub(crate) fn find(meeting: &Meeting, id: QuestionId) -> Result<&Question, Refusal> {
    meeting
        .questions
        .get(&id)
        .ok_or_else(|| Code::NotFound.into())
}

pub(crate) fn wrong_state(detail: &str) -> Refusal {
    Refusal::because(Code::WrongState, detail)
}

/// Whether the actor wrote it. Nobody can be recognised as the author of what was asked anonymously under a seat.
pub(crate) fn is_author(question: &Question, actor: Actor) -> bool {
    match (question.author, actor) {
        (Author::Seat(author), Actor::Seat(seat)) => author == seat,
        (Author::Alias(author), Actor::Alias(alias)) => author == alias,
        _ => false,
    }
}

fn change(meeting: &mut Meeting, id: QuestionId, change: impl FnOnce(&mut Question)) {
    if let Some(question) = meeting.questions.get_mut(&id) {
        change(question);
    }
}

/// Brings a question into a state: it leaves the floor and whatever it was merged into. Not for merging itself.
fn settle(meeting: &mut Meeting, id: QuestionId, state: QuestionState) {
    let Some(question) = meeting.questions.get_mut(&id) else {
        return;
    };
    let before = std::mem::replace(&mut question.state, state);
    question.before_merge = None;
    question.held = question.held.filter(|_| state == QuestionState::Waiting);
    if let QuestionState::Merged(into) = before {
        change(meeting, into, |into| {
            into.merged.remove(&id);
        });
    }
    if meeting.stage.featured == Some(id) {
        meeting.stage.featured = None;
    }
}
