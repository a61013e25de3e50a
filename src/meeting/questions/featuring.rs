//! "Being answered now": the one question that has the floor.

use super::{change, find, settle, wrong_state};
use crate::meeting::Decision;
use crate::meeting::agenda;
use crate::meeting::fact::{Act, Fact};
use crate::meeting::ids::QuestionId;
use crate::meeting::refusal::Code;
use crate::meeting::stage::acts;
use crate::meeting::state::{Meeting, Openness, QuestionState};
use crate::meeting::wish::Context;

/// Gives the floor to a listed or parked question; whichever had it goes back to the list. Can be taken back for ten seconds.
///
/// Refusals: `not_found`, `wrong_state`, `closed`.
pub fn feature(meeting: &Meeting, id: QuestionId, ctx: &Context) -> Decision {
    find(meeting, id)?;
    acts::act(meeting, Act::Feature { question: Some(id) }, None, ctx)
}

/// What gives it the floor. An empty stage shows its activity; joining gives way to it.
pub fn featured_facts(meeting: &Meeting, id: QuestionId) -> Decision {
    let question = find(meeting, id)?;
    if question.care
        || !matches!(
            question.state,
            QuestionState::Listed | QuestionState::Parked
        )
    {
        return Err(wrong_state(
            "only a listed or parked question gets the floor",
        ));
    }
    if agenda::find(meeting, question.activity)?.openness != Openness::Open {
        return Err(Code::Closed.into());
    }
    let mut facts = vec![Fact::QuestionFeatured { question: id }];
    if meeting.stage.activity.is_none() {
        facts.push(Fact::StageSet {
            activity: Some(question.activity),
        });
    }
    if meeting.stage.joining {
        facts.push(Fact::JoiningShown { on: false });
    }
    Ok(facts)
}

pub fn featured(meeting: &mut Meeting, id: QuestionId) {
    if !meeting.questions.contains_key(&id) {
        return;
    }
    if let Some(before) = meeting.stage.featured.filter(|before| *before != id) {
        unfeatured(meeting, before);
    }
    settle(meeting, id, QuestionState::OnStage);
    meeting.stage.featured = Some(id);
    change(meeting, id, |question| question.reason.clear());
}

pub fn unfeatured(meeting: &mut Meeting, id: QuestionId) {
    if meeting
        .questions
        .get(&id)
        .is_some_and(|question| question.state == QuestionState::OnStage)
    {
        settle(meeting, id, QuestionState::Listed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meeting::command::Command;
    use crate::meeting::hall::{Hall, QUESTIONS, person, q};

    #[test]
    fn one_question_has_the_floor_and_the_one_before_goes_back_to_the_list() {
        let mut hall = Hall::new();
        hall.ask(person(3), 1, "Why?").unwrap();
        hall.ask(person(3), 2, "When?").unwrap();
        hall.moderate(Command::Feature { question: q(1) });
        assert_eq!(hall.moderate(Command::Feature { question: q(1) }), vec![]);
        hall.moderate(Command::Feature { question: q(2) });
        assert_eq!(
            (hall.state(1), hall.state(2)),
            (QuestionState::Listed, QuestionState::OnStage)
        );
        assert_eq!(hall.meeting.stage.featured, Some(q(2)));
    }

    #[test]
    fn an_empty_stage_shows_its_activity_and_joining_gives_way() {
        let mut hall = Hall::new();
        hall.ask(person(3), 1, "Why?").unwrap();
        hall.lead(Command::ShowJoining { on: true });
        hall.moderate(Command::Feature { question: q(1) });
        assert_eq!(hall.meeting.stage.activity, Some(QUESTIONS));
        assert!(!hall.meeting.stage.joining);
    }

    #[test]
    fn what_everyone_does_not_see_gets_no_floor() {
        let mut hall = Hall::new();
        hall.meeting
            .agenda
            .get_mut(&QUESTIONS)
            .unwrap()
            .questions
            .review = true;
        hall.ask(person(3), 1, "Why?").unwrap();
        let feature = Command::Feature { question: q(1) };
        assert_eq!(
            hall.send(hall.moderator, feature.clone()),
            Err(Code::WrongState)
        );
        hall.moderate(Command::List { question: q(1) });
        hall.lead(Command::Close {
            activity: QUESTIONS,
        });
        assert_eq!(hall.send(hall.moderator, feature), Err(Code::Closed));
    }

    #[test]
    fn closing_the_activity_frees_the_floor() {
        let mut hall = Hall::new();
        hall.ask(person(3), 1, "Why?").unwrap();
        hall.moderate(Command::Feature { question: q(1) });
        hall.lead(Command::Close {
            activity: QUESTIONS,
        });
        assert_eq!(
            (hall.state(1), hall.meeting.stage.featured),
            (QuestionState::Listed, None)
        );
    }
}
