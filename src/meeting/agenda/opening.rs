//! Opening and closing an item. The first one opened makes the meeting live.

use super::find;
use crate::meeting::Decision;
use crate::meeting::debate;
use crate::meeting::discussion;
use crate::meeting::fact::Fact;
use crate::meeting::groups;
use crate::meeting::ids::{ActivityId, Timestamp};
use crate::meeting::refusal::{Code, Refusal};
use crate::meeting::state::{Meeting, Openness, Phase};
use crate::meeting::wish::Context;

/// Opens an item, or opens it again. Refusal: `not_found`.
pub fn open(meeting: &Meeting, id: ActivityId) -> Decision {
    if find(meeting, id)?.openness == Openness::Open {
        return Ok(vec![]);
    }
    let mut facts = Vec::new();
    if meeting.phase == Phase::Prepared {
        facts.push(Fact::MeetingStarted {});
    }
    facts.push(Fact::ActivityOpened { activity: id });
    Ok(facts)
}

/// Closes an item; a question of it that has the floor goes back to the list. It stays on the stage, to show what came of it.
///
/// Refusals: `not_found`, `wrong_state` (never opened).
pub fn close(meeting: &Meeting, id: ActivityId, ctx: &Context) -> Decision {
    match find(meeting, id)?.openness {
        Openness::Closed => return Ok(vec![]),
        Openness::Planned => return Err(Refusal::because(Code::WrongState, "it was never opened")),
        Openness::Open => {}
    }
    let featured = meeting.stage.featured.filter(|question| {
        meeting
            .questions
            .get(question)
            .is_some_and(|question| question.activity == id)
    });
    let mut facts: Vec<Fact> = featured
        .map(|question| Fact::QuestionUnfeatured { question })
        .into_iter()
        .collect();
    facts.extend(groups::wrapped(groups::timing::closing(meeting, id)));
    facts.extend(discussion::closing(meeting, id));
    facts.extend(debate::wrapped(debate::closing(meeting, id, ctx.now)));
    facts.push(Fact::ActivityClosed { activity: id });
    Ok(facts)
}

pub fn opened(meeting: &mut Meeting, id: ActivityId, at: Timestamp) {
    if let Some(activity) = meeting.agenda.get_mut(&id) {
        activity.openness = Openness::Open;
        activity.opened_at.get_or_insert(at);
        activity.closed_at = None;
    }
}

pub fn closed(meeting: &mut Meeting, id: ActivityId, at: Timestamp) {
    if let Some(activity) = meeting.agenda.get_mut(&id) {
        activity.openness = Openness::Closed;
        activity.closed_at = Some(at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meeting::command::{ActivityKind, Command};
    use crate::meeting::hall::{DESK_LINK, created_with};

    #[test]
    fn the_first_item_opened_makes_the_meeting_live_and_items_open_and_close_again() {
        let mut hall = created_with(None);
        hall.sit(1, Some(DESK_LINK));
        let id = ActivityId(uuid::Uuid::from_u128(1));
        let (open, close) = (
            Command::Open { activity: id },
            Command::Close { activity: id },
        );
        assert_eq!(
            hall.send(hall.facilitator, open.clone()),
            Err(Code::NotFound)
        );
        hall.lead(Command::AddActivity {
            id,
            kind: ActivityKind::Poll,
            title: "P".to_owned(),
            minutes: None,
            before: None,
        });
        assert_eq!(
            hall.send(hall.facilitator, close.clone()),
            Err(Code::WrongState)
        );
        assert_eq!(hall.meeting.phase, Phase::Prepared);
        hall.lead(open.clone());
        assert_eq!(
            (hall.meeting.phase, hall.meeting.started_at),
            (Phase::Live, Some(hall.now))
        );
        assert_eq!(hall.lead(open.clone()), vec![]);
        hall.pass(1_000);
        hall.lead(close.clone());
        assert_eq!(hall.lead(close), vec![]);
        assert_eq!(hall.meeting.agenda[&id].closed_at, Some(hall.now));
        hall.lead(open);
        assert_eq!(hall.meeting.agenda[&id].closed_at, None);
    }
}
