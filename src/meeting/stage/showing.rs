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
