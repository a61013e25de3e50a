//! The first entry of a meeting: its code, title and links, and what a template brings.

use uuid::Uuid;

use crate::meeting::command::ActivityKind;
use crate::meeting::fact::Fact;
use crate::meeting::fitting;
use crate::meeting::ids::{ActivityId, Timestamp};
use crate::meeting::refusal::{Code, Refusal};
use crate::meeting::role::Actor;
use crate::meeting::state::Meeting;
use crate::meeting::wish::{Context, Wish};
use crate::meeting::{Decision, agenda};

/// Creates the meeting. The same meeting with the same code once more: no fact.
///
/// Refusals: `exists`, `empty` or `too_long` (title), `not_found` (template), `not_allowed` (not the server).
pub fn create(meeting: &Meeting, wish: &Wish, ctx: &Context) -> Decision {
    let Wish::Create {
        meeting: id,
        code,
        title,
        language,
        links,
        template,
    } = wish
    else {
        return Err(Code::NotUnderstood.into());
    };
    if ctx.actor != Actor::Server {
        return Err(Code::NotAllowed.into());
    }
    if meeting.is_created() {
        return if meeting.id == *id && meeting.code == *code {
            Ok(vec![])
        } else {
            Err(Code::Exists.into())
        };
    }
    if code.is_empty() {
        return Err(Code::Empty.into());
    }
    let mut facts = vec![Fact::MeetingCreated {
        meeting: *id,
        code: code.clone(),
        title: fitting::line(title, fitting::TITLE)?,
        language: fitting::language(language)?,
    }];
    facts.extend(links.iter().map(|(link, role, hash)| Fact::LinkAdded {
        link: *link,
        role: *role,
        hash: hash.clone(),
        label: String::new(),
    }));
    if let Some(template) = template {
        facts.extend(from_template(template, language, ctx)?);
    }
    Ok(facts)
}

/// What a template fills the agenda with.
fn from_template(name: &str, language: &str, ctx: &Context) -> Result<Vec<Fact>, Refusal> {
    match name {
        "" => Ok(vec![]),
        "questions" => {
            let activity = ActivityId(new_id(ctx));
            Ok(vec![
                Fact::ActivityAdded {
                    activity,
                    kind: ActivityKind::Questions,
                    title: questions_title(language).to_owned(),
                    minutes: 0,
                    rank: agenda::FIRST_RANK,
                },
                Fact::MeetingStarted {},
                Fact::ActivityOpened { activity },
                Fact::StageSet {
                    activity: Some(activity),
                },
                // The hall joins first; the first question that gets the floor takes the stage.
                Fact::JoiningShown { on: true },
            ])
        }
        _ => Err(Refusal::because(
            Code::NotFound,
            "there is no such template",
        )),
    }
}

/// The first words a hall reads; the facilitator can change them.
fn questions_title(language: &str) -> &'static str {
    match language.split('-').next().unwrap_or_default() {
        "az" => "Suallar",
        "ru" => "Вопросы",
        "ka" => "კითხვები",
        "hy" => "Հարցեր",
        "tr" => "Sorular",
        _ => "Questions",
    }
}

/// A UUID v7 of the context's time and entropy.
fn new_id(ctx: &Context) -> Uuid {
    let mut random = [0; 10];
    random[..8].copy_from_slice(&ctx.entropy.to_le_bytes());
    random[8..].copy_from_slice(&ctx.entropy.to_be_bytes()[..2]);
    uuid::Builder::from_unix_timestamp_millis(u64::try_from(ctx.now.0).unwrap_or_default(), &random)
        .into_uuid()
}

pub fn created(meeting: &mut Meeting, at: Timestamp, fact: &Fact) {
    let Fact::MeetingCreated {
        meeting: id,
        code,
        title,
        language,
    } = fact
    else {
        return;
    };
    meeting.id = *id;
    meeting.code.clone_from(code);
    meeting.title.clone_from(title);
    meeting.language.clone_from(language);
    meeting.created_at = at;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meeting::decide;
    use crate::meeting::hall::{Hall, created_with};
    use crate::meeting::state::{Openness, Phase};

    #[test]
    fn the_questions_template_is_open_and_on_the_stage() {
        let hall = created_with(Some("questions"));
        let (id, activity) = hall.meeting.agenda.first_key_value().unwrap();
        assert_eq!(activity.openness, Openness::Open);
        assert_eq!(activity.title, "Questions");
        assert_eq!(hall.meeting.stage.activity, Some(*id));
        assert!(hall.meeting.stage.joining);
        assert_eq!(hall.meeting.phase, Phase::Live);
    }

    #[test]
    fn without_a_template_the_agenda_is_empty_and_nothing_has_begun() {
        let hall = created_with(None);
        assert!(hall.meeting.agenda.is_empty());
        assert_eq!(hall.meeting.phase, Phase::Prepared);
    }

    #[test]
    fn nobody_but_the_server_creates_and_nothing_happens_before() {
        let hall = Hall::new();
        let empty = Meeting::new(hall.meeting.id);
        let wish = Wish::Create {
            meeting: empty.id,
            code: "123456".to_owned(),
            title: "T".to_owned(),
            language: String::new(),
            links: vec![],
            template: None,
        };
        let refused = decide(&empty, &wish, &hall.context(hall.facilitator)).unwrap_err();
        assert_eq!(refused.code, Code::NotAllowed);
        let refused = decide(
            &empty,
            &Wish::Move {
                hash: String::new(),
            },
            &hall.context(Actor::Server),
        )
        .unwrap_err();
        assert_eq!(refused.code, Code::NotFound);
    }
}
