//! Practice: pretend people in a copy of the meeting, erased afterwards. The copy is a meeting like any other while it
//! lasts; a file in the data folder marks it, so that what a crash leaves behind is erased at the next start.

use std::collections::HashMap;
use std::path::{Path as File, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use axum::Json as Answer;
use axum::extract::{Path, State};
use http::StatusCode;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::journal::Journal;
use crate::live::Handle;
use crate::meeting::command::Command;
use crate::meeting::ids::{ActivityId, MeetingId};
use crate::meeting::role::{Actor, Role};
use crate::meeting::state::{Activity, Openness};
use crate::meeting::wish::Wish;
use crate::office;
use crate::rehearse::address::{Invitation, Reach};
use crate::rehearse::people::Pace;
use crate::rehearse::swarm::{Rehearsal, run};
use crate::wire::body::{NewMeeting, NewPractice, PracticeMade};

use super::access::{Asker, Visitor};
use super::body::Json;
use super::error::{Error, ErrorCode};
use super::meetings::{Attempt, Opening};
use super::shared::{Shared, id};

/// Pretend people in one practice.
const MOST_PHONES: u32 = 100;
/// How long they stay unless they are sent away.
const TIME: Duration = Duration::from_secs(15 * 60);
/// How long the copy can still be looked at when they have gone.
const AFTERWARDS: Duration = Duration::from_secs(60);

/// The practices that run.
#[derive(Debug, Default)]
pub struct Practices(Mutex<HashMap<Uuid, Practice>>);

#[derive(Debug)]
struct Practice {
    of: MeetingId,
    stop: CancellationToken,
}

impl Practices {
    fn begin(&self, practice: Uuid, of: MeetingId) -> Result<CancellationToken, Error> {
        let mut running = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if running.values().any(|other| other.of == of) {
            return Err(Error::because(
                ErrorCode::Busy,
                "a practice runs already: end it first",
            ));
        }
        let stop = CancellationToken::new();
        let practice_of = Practice {
            of,
            stop: stop.clone(),
        };
        running.insert(practice, practice_of);
        Ok(stop)
    }

    fn end(&self, practice: Uuid, of: MeetingId) -> bool {
        let running = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = running.get(&practice).filter(|known| known.of == of);
        found.is_some_and(|practice| {
            practice.stop.cancel();
            true
        })
    }

    fn forget(&self, practice: Uuid) {
        let mut running = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        running.remove(&practice);
    }
}

/// `POST /api/meetings/{meeting}/practice`
///
/// # Errors
/// `not_allowed`: not a facilitator; `bad_request`: not 1 to 100; `busy`: one runs already.
pub async fn begin(
    State(shared): State<Shared>,
    visitor: Visitor,
    asker: Asker,
    Json(new): Json<NewPractice>,
) -> Result<(StatusCode, Answer<PracticeMade>), Error> {
    visitor.must_be(&[Role::Facilitator])?;
    if !(1..=MOST_PHONES).contains(&new.phones) {
        return Err(Error::because(ErrorCode::BadRequest, "1 to 100 phones"));
    }
    let practice = Uuid::new_v4();
    let stop = shared.practices.begin(practice, visitor.meeting)?;
    let begun = Rehearsing::prepare(&shared, &visitor, &asker, practice, new.phones).await;
    match begun {
        Ok((rehearsing, made)) => {
            tokio::spawn(rehearsing.until(stop));
            Ok((StatusCode::CREATED, Answer(made)))
        }
        Err(error) => {
            shared.practices.forget(practice);
            Err(error)
        }
    }
}

/// `DELETE /api/meetings/{meeting}/practice/{practice}`
///
/// # Errors
/// `not_allowed`: not a facilitator; `not_found`: it is over already.
pub async fn end(
    State(shared): State<Shared>,
    visitor: Visitor,
    Path((_, practice)): Path<(String, String)>,
) -> Result<StatusCode, Error> {
    visitor.must_be(&[Role::Facilitator])?;
    if shared.practices.end(id(&practice)?, visitor.meeting) {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(ErrorCode::NotFound.into())
    }
}

/// A practice that is about to run.
struct Rehearsing {
    shared: Shared,
    practice: Uuid,
    copy: MeetingId,
    rehearsal: Rehearsal,
}

impl Rehearsing {
    async fn prepare(
        shared: &Shared,
        visitor: &Visitor,
        asker: &Asker,
        practice: Uuid,
        phones: u32,
    ) -> Result<(Self, PracticeMade), Error> {
        let attempt = Attempt::of(None)?;
        let opening = Opening::of(&shared.key, Uuid::now_v7(), &attempt);
        mark(shared.data.as_deref(), opening.meeting);
        let original = visitor.handle.ask(|meeting| {
            let agenda = meeting
                .agenda
                .iter()
                .map(|(id, activity)| (*id, activity.clone()));
            (
                meeting.title.clone(),
                meeting.language.clone(),
                agenda.collect::<Vec<_>>(),
            )
        });
        let (title, language, agenda) = original.await?;
        let new = NewMeeting {
            title,
            language: Some(language),
            ..NewMeeting::default()
        };
        let mut writing = shared.register.writing().await;
        let office::Opening::New { code } = writing.opening(None, shared.live.now())? else {
            return Err(ErrorCode::Busy.into());
        };
        opening
            .make(shared, &mut writing, code, new, &attempt)
            .await?;
        drop(writing);
        let made = opening.answer(shared, asker).await?;
        let copy = shared.live.meeting(opening.meeting).await?;
        copy_agenda(&copy, Actor::Seat(opening.seat), agenda).await?;
        let own = format!("{}/{}", shared.place.here(), made.code);
        let invitation = Invitation::read(&own, Reach::OwnNetwork)
            .await
            .map_err(|_| ErrorCode::Internal)?;
        let rehearsing = Self {
            shared: shared.clone(),
            practice,
            copy: opening.meeting,
            rehearsal: Rehearsal {
                invitation,
                phones: phones as usize,
                time: TIME,
                seed: u64::from(phones),
                pace: Pace::Lively,
                chair: None,
            },
        };
        let made = PracticeMade {
            practice: practice.to_string(),
            links: made.links,
        };
        Ok((rehearsing, made))
    }

    /// People come and go until they are sent away or the time is over; then the copy is erased.
    async fn until(self, stop: CancellationToken) {
        let sent_away = stop.clone();
        if let Err(error) = run(self.rehearsal, stop, |_| {}).await {
            tracing::warn!(%error, "a practice ended early");
        }
        if !sent_away.is_cancelled() {
            let _ = tokio::time::timeout(AFTERWARDS, sent_away.cancelled()).await;
        }
        let (shared, meeting) = (&self.shared, self.copy.0);
        let delete = office::Wish::Delete { meeting };
        let mut writing = shared.register.writing().await;
        // Where this does not succeed, the mark brings it back at the next start.
        let _ = writing.grant(&delete, shared.live.now()).await;
        drop(writing);
        erase(&shared.journal, shared.data.as_deref(), self.copy).await;
        self.shared.practices.forget(self.practice);
    }
}

/// The same items with the same settings, open where they are open.
async fn copy_agenda(
    copy: &Handle,
    lead: Actor,
    agenda: Vec<(ActivityId, Activity)>,
) -> Result<(), Error> {
    let mut agenda = agenda;
    agenda.sort_by_key(|(id, activity)| (activity.rank, *id));
    for (_, activity) in agenda {
        let id = ActivityId(Uuid::now_v7());
        let settings = activity.questions;
        let mut wishes = vec![
            Command::AddActivity {
                id,
                kind: activity.kind,
                title: activity.title,
                minutes: Some(activity.minutes),
                before: None,
            },
            Command::SetQuestions {
                activity: id,
                review: Some(settings.review),
                votes: Some(settings.votes),
                counts_hidden: Some(settings.counts_hidden),
                order: Some(settings.order),
                longest: Some(settings.longest),
            },
        ];
        if activity.openness == Openness::Open {
            wishes.push(Command::Open { activity: id });
            wishes.push(Command::Stage {
                activity: Some(id),
                in_s: None,
            });
        }
        for wish in wishes {
            // What cannot be copied (an item that is no questions has no such settings) is left out.
            let _ = copy.wish(lead, Wish::Command(wish)).await;
        }
    }
    Ok(())
}

fn marks(data: &File) -> PathBuf {
    data.join("practice")
}

/// Marks a meeting as a copy, so that it is erased at the next start if not before.
fn mark(data: Option<&File>, copy: MeetingId) {
    if let Some(marks) = data.map(marks) {
        let marked = std::fs::create_dir_all(&marks)
            .and_then(|()| std::fs::write(marks.join(copy.to_string()), b""));
        if let Err(error) = marked {
            tracing::warn!(%error, "a practice is not marked; after a crash it would stay");
        }
    }
}

async fn erase(journal: &Journal, data: Option<&File>, copy: MeetingId) {
    if let Err(error) = journal.delete(copy.0).await {
        tracing::warn!(%error, "a practice is erased at the next start");
        return;
    }
    if let Some(data) = data {
        let _ = std::fs::remove_file(marks(data).join(copy.to_string()));
    }
}

/// Erases what a crash left behind.
pub async fn erase_left(journal: &Journal, data: &File) {
    let Ok(left) = std::fs::read_dir(marks(data)) else {
        return;
    };
    let names = left
        .flatten()
        .filter_map(|file| file.file_name().into_string().ok());
    for copy in names.filter_map(|name| Uuid::parse_str(&name).ok()) {
        erase(journal, Some(data), MeetingId(copy)).await;
    }
}
