//! Acts that reach everyone: now or planned, and taken back within ten seconds. Each act knows what makes it so and what
//! undoes it; nothing else here depends on which act it is.

use crate::meeting::Decision;
use crate::meeting::agenda;
use crate::meeting::fact::{Act, Fact};
use crate::meeting::fitting;
use crate::meeting::ids::{ActivityId, QuestionId, Timestamp};
use crate::meeting::questions::featuring;
use crate::meeting::refusal::{Code, Refusal};
use crate::meeting::state::{Meeting, Phase, QuestionState};
use crate::meeting::wish::Context;

/// How long an act can be taken back.
pub const TAKE_BACK_MS: i64 = 10_000;

/// Farthest that an act can be planned, in seconds.
pub const PLANNED_S: u16 = 600;

/// Does the act, or plans it when `in_s` is given and not 0. What is so already changes nothing.
///
/// Refusals: `out_of_range`, and those of the act itself.
pub fn act(meeting: &Meeting, act: Act, in_s: Option<u16>, ctx: &Context) -> Decision {
    let in_s = fitting::within(in_s.unwrap_or(0), 0, PLANNED_S)?;
    let facts = made_so(meeting, &act)?;
    if facts.is_empty() {
        return Ok(facts);
    }
    if in_s == 0 {
        return Ok(done(meeting, act, facts, ctx.now));
    }
    let at = ctx.now.plus_ms(i64::from(in_s) * 1_000);
    if meeting.planned.as_ref() == Some(&(act.clone(), at)) {
        return Ok(vec![]);
    }
    Ok(vec![Fact::ActPlanned { act, at }])
}

/// The planned act's time has come. What has become impossible meanwhile is called off.
pub fn deadline(meeting: &Meeting, now: Timestamp) -> Decision {
    let Some((act, at)) = &meeting.planned else {
        return Ok(vec![]);
    };
    if *at > now {
        return Ok(vec![]);
    }
    match made_so(meeting, act) {
        Ok(facts) if !facts.is_empty() => Ok(done(meeting, act.clone(), facts, now)),
        _ => Ok(vec![Fact::ActCalledOff {}]),
    }
}

/// Takes back the last act, within ten seconds and if nothing came after it; else calls off a planned one.
///
/// Refusal: `too_late`.
pub fn take_back(meeting: &Meeting, now: Timestamp) -> Decision {
    if let Some((act, undo, until)) = &meeting.take_back
        && now < *until
        && stands(meeting, act)
    {
        let mut facts = undone(meeting, act, undo);
        facts.push(Fact::TakenBack {});
        return Ok(facts);
    }
    if meeting.planned.is_some() {
        return Ok(vec![Fact::ActCalledOff {}]);
    }
    Err(Code::TooLate.into())
}

/// The facts of an act that is done now, with its offer to take it back.
fn done(meeting: &Meeting, act: Act, mut facts: Vec<Fact>, now: Timestamp) -> Vec<Fact> {
    if let Some((planned, _)) = &meeting.planned
        && *planned != act
        && (kind(planned) == kind(&act) || act == Act::End {})
    {
        facts.push(Fact::ActCalledOff {});
    }
    let undo = opposite(meeting, &act);
    facts.push(Fact::TakeBackOffered {
        act,
        undo,
        until: now.plus_ms(TAKE_BACK_MS),
    });
    facts
}

fn kind(act: &Act) -> std::mem::Discriminant<Act> {
    std::mem::discriminant(act)
}

impl Meeting {
    /// The act that can be taken back, and until when; none when what followed has already changed what it made so.
    #[must_use]
    pub fn to_take_back(&self) -> Option<(&Act, Timestamp)> {
        let (act, _, until) = self.take_back.as_ref()?;
        stands(self, act).then_some((act, *until))
    }
}

/// What makes the act so; nothing if it is so already.
fn made_so(meeting: &Meeting, act: &Act) -> Decision {
    if stands(meeting, act) {
        return Ok(vec![]);
    }
    match act {
        Act::Stage { activity } => staged(meeting, *activity),
        Act::End {} if meeting.phase == Phase::Prepared => {
            Err(Refusal::because(Code::WrongState, "it has not begun"))
        }
        Act::End {} => Ok(vec![Fact::MeetingEnded {}]),
        Act::CallBack { on } => Ok(vec![Fact::CalledBack { on: *on }]),
        Act::HideStage { on } => Ok(vec![Fact::StageHidden { on: *on }]),
        Act::Feature {
            question: Some(question),
        } => featuring::featured_facts(meeting, *question),
        Act::Feature { question: None } => Ok(unfeatured(meeting)),
    }
}

fn staged(meeting: &Meeting, activity: Option<ActivityId>) -> Decision {
    if let Some(activity) = activity {
        agenda::find(meeting, activity)?;
    }
    let mut facts = vec![Fact::StageSet { activity }];
    if activity.is_some() && meeting.stage.joining {
        facts.push(Fact::JoiningShown { on: false });
    }
    Ok(facts)
}

fn unfeatured(meeting: &Meeting) -> Vec<Fact> {
    meeting
        .stage
        .featured
        .map(|question| Fact::QuestionUnfeatured { question })
        .into_iter()
        .collect()
}

/// Whether all is as the act leaves it.
fn stands(meeting: &Meeting, act: &Act) -> bool {
    let stage = &meeting.stage;
    match act {
        Act::Stage { activity } => stage.activity == *activity,
        Act::End {} => meeting.phase == Phase::Ended,
        Act::CallBack { on } => stage.called_back == *on,
        Act::HideStage { on } => stage.hidden == *on,
        Act::Feature { question } => stage.featured == *question,
    }
}

/// What undoes an act, as things stand before it. The end is undone by opening again, which has no act of its own.
fn opposite(meeting: &Meeting, act: &Act) -> Act {
    let stage = &meeting.stage;
    match act {
        Act::Stage { .. } => Act::Stage {
            activity: stage.activity,
        },
        Act::End {} => Act::End {},
        Act::CallBack { .. } => Act::CallBack {
            on: stage.called_back,
        },
        Act::HideStage { .. } => Act::HideStage { on: stage.hidden },
        Act::Feature { .. } => Act::Feature {
            question: stage.featured,
        },
    }
}

fn undone(meeting: &Meeting, act: &Act, undo: &Act) -> Vec<Fact> {
    match (act, undo) {
        (Act::End {}, _) => vec![Fact::MeetingReopened {}],
        (_, Act::Stage { activity }) => {
            vec![Fact::StageSet {
                activity: activity.filter(|activity| meeting.agenda.contains_key(activity)),
            }]
        }
        (
            _,
            Act::Feature {
                question: Some(question),
            },
        ) if is_listed(meeting, *question) => {
            vec![Fact::QuestionFeatured {
                question: *question,
            }]
        }
        (_, Act::Feature { .. }) => unfeatured(meeting),
        (_, undo) => made_so(meeting, undo).unwrap_or_default(),
    }
}

fn is_listed(meeting: &Meeting, question: QuestionId) -> bool {
    meeting
        .questions
        .get(&question)
        .is_some_and(|question| question.state == QuestionState::Listed && !question.care)
}

pub fn apply(meeting: &mut Meeting, fact: &Fact) {
    match fact {
        // A plan comes after whatever could be taken back, so that "take back" means the last thing done.
        Fact::ActPlanned { act, at } => {
            meeting.planned = Some((act.clone(), *at));
            meeting.take_back = None;
        }
        Fact::ActCalledOff {} => meeting.planned = None,
        Fact::TakeBackOffered { act, undo, until } => {
            if meeting
                .planned
                .as_ref()
                .is_some_and(|(planned, _)| planned == act)
            {
                meeting.planned = None;
            }
            meeting.take_back = Some((act.clone(), undo.clone(), *until));
        }
        Fact::TakenBack {} => meeting.take_back = None,
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meeting::command::Command;
    use crate::meeting::hall::{Hall, QUESTIONS, person, q};

    fn stage(activity: Option<ActivityId>, in_s: Option<u16>) -> Command {
        Command::Stage { activity, in_s }
    }

    fn take_back(hall: &mut Hall) -> Result<Vec<Fact>, Code> {
        hall.send(hall.facilitator, Command::TakeBack {})
    }

    #[test]
    fn an_act_is_taken_back_within_ten_seconds_and_no_later() {
        let mut hall = Hall::new();
        hall.lead(stage(Some(QUESTIONS), None));
        hall.pass(TAKE_BACK_MS - 1);
        take_back(&mut hall).unwrap();
        assert_eq!(hall.meeting.stage.activity, None);
        assert_eq!(take_back(&mut hall), Err(Code::TooLate), "once is enough");
        hall.lead(stage(Some(QUESTIONS), None));
        hall.pass(TAKE_BACK_MS);
        assert_eq!(take_back(&mut hall), Err(Code::TooLate));
        assert_eq!(hall.meeting.stage.activity, Some(QUESTIONS));
    }

    #[test]
    fn every_act_that_reaches_everyone_can_be_taken_back() {
        let mut hall = Hall::new();
        hall.ask(person(3), 1, "Why?").unwrap();
        hall.lead(stage(Some(QUESTIONS), None));
        hall.pass(60_000);
        for command in [
            stage(None, None),
            Command::HideStage { on: true },
            Command::CallBack {
                on: true,
                in_s: None,
            },
            Command::Feature { question: q(1) },
            Command::End { in_s: None },
        ] {
            let before = (
                hall.meeting.stage.clone(),
                hall.meeting.phase,
                hall.state(1),
            );
            hall.lead(command.clone());
            assert_ne!(
                (
                    hall.meeting.stage.clone(),
                    hall.meeting.phase,
                    hall.state(1)
                ),
                before,
                "{command:?}"
            );
            take_back(&mut hall).unwrap();
            assert_eq!(
                (
                    hall.meeting.stage.clone(),
                    hall.meeting.phase,
                    hall.state(1)
                ),
                before,
                "{command:?}"
            );
        }
    }

    #[test]
    fn taking_back_a_featured_question_gives_the_floor_to_the_one_before() {
        let mut hall = Hall::new();
        hall.ask(person(3), 1, "Why?").unwrap();
        hall.ask(person(3), 2, "When?").unwrap();
        hall.lead(Command::Feature { question: q(1) });
        hall.lead(Command::Feature { question: q(2) });
        take_back(&mut hall).unwrap();
        assert_eq!(
            (hall.state(1), hall.state(2)),
            (QuestionState::OnStage, QuestionState::Listed)
        );
    }

    #[test]
    fn what_has_moved_on_is_not_taken_back() {
        let mut hall = Hall::new();
        hall.ask(person(3), 1, "Why?").unwrap();
        hall.lead(Command::Feature { question: q(1) });
        hall.moderate(Command::Answer {
            question: q(1),
            text: None,
            by: None,
        });
        assert_eq!(take_back(&mut hall), Err(Code::TooLate));
        assert_eq!(hall.state(1), QuestionState::Answered);
    }

    #[test]
    fn a_planned_act_happens_at_its_time_and_can_then_be_taken_back() {
        let mut hall = Hall::new();
        hall.lead(stage(Some(QUESTIONS), Some(60)));
        assert_eq!(hall.meeting.stage.activity, None);
        assert_eq!(hall.meeting.next_deadline(), Some(hall.now.plus_ms(60_000)));
        hall.pass(59_999);
        assert_eq!(hall.deadline(), vec![], "not yet");
        hall.pass(1);
        hall.deadline();
        assert_eq!(hall.meeting.stage.activity, Some(QUESTIONS));
        assert_eq!(hall.meeting.next_deadline(), None);
        take_back(&mut hall).unwrap();
        assert_eq!(hall.meeting.stage.activity, None);
    }

    #[test]
    fn a_planned_act_is_called_off_by_taking_back() {
        let mut hall = Hall::new();
        hall.lead(Command::HideStage { on: true });
        hall.lead(Command::End { in_s: Some(120) });
        take_back(&mut hall).unwrap();
        assert_eq!(hall.meeting.next_deadline(), None);
        assert!(
            hall.meeting.stage.hidden,
            "the plan came last, so the plan is taken back"
        );
        assert_eq!(take_back(&mut hall), Err(Code::TooLate));
    }

    #[test]
    fn an_act_done_by_hand_is_not_done_again_by_its_plan() {
        let mut hall = Hall::new();
        hall.lead(stage(Some(QUESTIONS), Some(60)));
        hall.lead(stage(Some(QUESTIONS), None));
        assert_eq!(hall.meeting.planned, None);
        hall.lead(Command::CallBack {
            on: true,
            in_s: Some(60),
        });
        hall.lead(Command::End { in_s: None });
        assert_eq!(
            hall.meeting.planned, None,
            "the end calls off whatever was planned"
        );
    }

    #[test]
    fn a_plan_that_became_impossible_is_called_off() {
        let mut hall = Hall::new();
        let other = ActivityId(uuid::Uuid::from_u128(0xB1));
        hall.lead(Command::AddActivity {
            id: other,
            kind: crate::meeting::command::ActivityKind::Poll,
            title: "Poll".to_owned(),
            minutes: None,
            before: None,
        });
        hall.lead(stage(Some(other), Some(60)));
        hall.lead(Command::RemoveActivity { activity: other });
        hall.pass(60_000);
        assert_eq!(hall.deadline(), vec![Fact::ActCalledOff {}]);
        assert_eq!(hall.meeting.next_deadline(), None);
    }

    #[test]
    fn what_is_so_already_is_no_act() {
        let mut hall = Hall::new();
        assert_eq!(hall.lead(stage(None, Some(60))), vec![]);
        assert_eq!(
            hall.lead(Command::CallBack {
                on: false,
                in_s: None
            }),
            vec![]
        );
        hall.lead(stage(Some(QUESTIONS), Some(60)));
        assert_eq!(hall.lead(stage(Some(QUESTIONS), Some(60))), vec![]);
        let far = Command::End { in_s: Some(601) };
        assert_eq!(hall.send(hall.facilitator, far), Err(Code::OutOfRange));
        assert_eq!(
            hall.send(
                hall.facilitator,
                stage(Some(ActivityId(uuid::Uuid::nil())), None)
            ),
            Err(Code::NotFound)
        );
    }

    #[test]
    fn only_the_server_says_that_a_time_has_come() {
        let mut hall = Hall::new();
        assert_eq!(
            hall.wish(hall.facilitator, &crate::meeting::wish::Wish::Deadline),
            Err(Code::NotAllowed)
        );
    }
}
