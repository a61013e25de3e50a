//! Which questions read alike: offered while one is being typed, and to the moderator for merging.

use std::cmp::Reverse;

use crate::meeting::ids::{ActivityId, QuestionId};
use crate::meeting::state::{Meeting, Question, QuestionState};
use crate::meeting::wish::Similar;
use crate::text::likeness::{ALIKE, Imprint};

/// How many are offered to somebody who types.
const OFFERED: usize = 3;

/// How alike two questions are, 0–100; from [`ALIKE`] on they are probably the same.
#[must_use]
pub fn likeness(one: &Question, other: &Question) -> u8 {
    one.imprint.likeness(&other.imprint)
}

/// Listed questions (of one activity, or of all) like the text being typed, likest first.
#[must_use]
pub fn similar(meeting: &Meeting, activity: Option<ActivityId>, text: &str) -> Similar {
    let typed = Imprint::of(text);
    let mut found: Vec<(Reverse<u8>, QuestionId)> = meeting
        .questions
        .iter()
        .filter(|(_, question)| {
            is_offered(question) && activity.is_none_or(|activity| question.activity == activity)
        })
        .map(|(id, question)| (Reverse(nearness(&typed, question)), *id))
        .filter(|(Reverse(likeness), _)| *likeness >= ALIKE)
        .collect();
    found.sort_unstable();
    found.into_iter().take(OFFERED).map(|(_, id)| id).collect()
}

fn is_offered(question: &Question) -> bool {
    !question.care
        && matches!(
            question.state,
            QuestionState::Listed | QuestionState::OnStage
        )
}

/// Being wholly alike counts most; being the beginning of a longer question nearly as much.
fn nearness(typed: &Imprint, question: &Question) -> u8 {
    let part = u16::from(typed.part_of(&question.imprint)) * 4 / 5;
    typed
        .likeness(&question.imprint)
        .max(u8::try_from(part).unwrap_or(100))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meeting::command::Command;
    use crate::meeting::hall::{Hall, QUESTIONS, person, q};

    #[test]
    fn listed_questions_are_offered_likest_first_and_hidden_ones_never() {
        let mut hall = Hall::new();
        hall.ask(person(3), 1, "Məktəbdə psixoloq nə vaxt olacaq?")
            .unwrap();
        hall.ask(
            person(3),
            2,
            "Məktəbdə psixoloq olacaqmı və neçə saat işləyəcək?",
        )
        .unwrap();
        hall.ask(person(3), 3, "Avtobus nə vaxt gəlir?").unwrap();
        let typed = "mektebde psixoloq olacaq";
        assert_eq!(similar(&hall.meeting, Some(QUESTIONS), typed), [q(1), q(2)]);
        assert_eq!(similar(&hall.meeting, None, typed), [q(1), q(2)]);
        hall.moderate(Command::Care {
            question: q(1),
            on: true,
        });
        hall.moderate(Command::Dismiss {
            question: q(2),
            reason: String::new(),
        });
        assert!(similar(&hall.meeting, None, typed).is_empty());
    }

    #[test]
    fn an_edit_changes_what_it_is_like() {
        let mut hall = Hall::new();
        hall.ask(person(3), 1, "Who pays for the transport?")
            .unwrap();
        hall.ask(person(4), 2, "Who is paying for transport")
            .unwrap();
        assert!(likeness(hall.question(1), hall.question(2)) >= ALIKE);
        hall.send(
            person(4),
            Command::Edit {
                question: q(2),
                text: "Where is the toilet?".to_owned(),
            },
        )
        .unwrap();
        assert!(likeness(hall.question(1), hall.question(2)) < ALIKE);
    }
}
