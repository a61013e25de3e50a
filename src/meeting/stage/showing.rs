//! Taking down what is shown, and joining on the whole stage. These never wait and need no take-back.

use crate::meeting::fact::Fact;
use crate::meeting::state::Meeting;

/// Takes down whatever is shown: the featured question goes back to the list, else joining, else the activity.
pub fn take_down(meeting: &Meeting) -> Vec<Fact> {
    let stage = &meeting.stage;
    if let Some(question) = stage.featured {
        vec![Fact::QuestionUnfeatured { question }]
    } else if stage.joining {
        vec![Fact::JoiningShown { on: false }]
    } else if stage.activity.is_some() {
        vec![Fact::StageSet { activity: None }]
    } else {
        vec![]
    }
}

/// Joining has the whole stage, or gives it back.
pub fn show_joining(meeting: &Meeting, on: bool) -> Vec<Fact> {
    if meeting.stage.joining == on {
        vec![]
    } else {
        vec![Fact::JoiningShown { on }]
    }
}

#[cfg(test)]
mod tests {
    use crate::meeting::command::Command;
    use crate::meeting::hall::{Hall, QUESTIONS, person, q};
    use crate::meeting::state::QuestionState;

    #[test]
    fn taking_down_takes_one_thing_after_another() {
        let mut hall = Hall::new();
        hall.ask(person(3), 1, "Why?").unwrap();
        hall.lead(Command::Stage {
            activity: Some(QUESTIONS),
            in_s: None,
        });
        hall.moderate(Command::Feature { question: q(1) });
        hall.lead(Command::ShowJoining { on: true });
        hall.moderate(Command::TakeDown {});
        assert_eq!(hall.state(1), QuestionState::Listed);
        hall.moderate(Command::TakeDown {});
        assert!(!hall.meeting.stage.joining);
        hall.moderate(Command::TakeDown {});
        assert_eq!(hall.meeting.stage.activity, None);
        assert_eq!(hall.moderate(Command::TakeDown {}), vec![]);
    }

    #[test]
    fn an_activity_on_the_stage_takes_the_place_of_joining() {
        let mut hall = Hall::new();
        hall.lead(Command::ShowJoining { on: true });
        assert_eq!(hall.lead(Command::ShowJoining { on: true }), vec![]);
        hall.lead(Command::Stage {
            activity: Some(QUESTIONS),
            in_s: None,
        });
        assert!(!hall.meeting.stage.joining);
    }
}
