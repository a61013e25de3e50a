//! `openfloor links`: a new facilitator link for a meeting whose desk was lost. Works beside a running server: the journal's
//! fence makes that server read on when the link is used, and makes this writer decide again when the other was first.

use crate::config::Links;
use crate::http::address;
use crate::identity::{Secret, code};
use crate::journal::{AppendError, Journal, Position, Record};
use crate::meeting::decide;
use crate::meeting::fact::{Entry, Stamp};
use crate::meeting::ids::{DeviceId, LinkId, MeetingId, Timestamp};
use crate::meeting::refusal::Refusal;
use crate::meeting::role::{Actor, Role};
use crate::meeting::state::Meeting;
use crate::meeting::wish::{Context, Wish};

use super::StartError;

/// How often another writer may be first.
const TRIES: u32 = 8;

/// Why there is no link.
#[derive(Debug, thiserror::Error)]
pub enum LinkError {
    #[error(transparent)]
    Start(#[from] StartError),
    #[error("no_code: this is not a code; it is the six or eight digits on the stage")]
    NotACode,
    #[error("no_code: no meeting in this folder has the code {0}")]
    NoMeeting(String),
    #[error("unreadable: the journal cannot be read ({0})")]
    Unreadable(String),
    #[error("corrupt: {0}")]
    Damaged(String),
    #[error("refused: {}", .0.detail)]
    Refused(Refusal),
    #[error("not_written: the link could not be kept ({0})")]
    NotWritten(String),
}

/// A new desk link for the meeting with that code.
///
/// # Errors
/// There is no such meeting, or its journal cannot be written.
pub async fn new_desk_link(links: &Links) -> Result<String, LinkError> {
    let code = code::normalise(&links.code).ok_or(LinkError::NotACode)?;
    let journal = super::open_beside(&links.data)?;
    let meeting = find(&journal, &code)
        .await?
        .ok_or(LinkError::NoMeeting(code))?;
    let secret = Secret::fresh().map_err(|error| LinkError::NotWritten(error.to_string()))?;
    for _ in 0..TRIES {
        let (state, position) = read(&journal, meeting).await?;
        let now = super::now().max(state.last);
        let wish = Wish::AddLink {
            link: LinkId(uuid::Uuid::new_v4()),
            role: Role::Facilitator,
            hash: secret.hash(),
            label: String::new(),
        };
        let context = Context {
            now,
            actor: Actor::Server,
            entropy: 0,
        };
        let facts = decide(&state, &wish, &context).map_err(LinkError::Refused)?;
        let entry = Entry { hash: None, facts };
        let record = Record {
            at: now.0,
            seat: None,
            device: None,
            n: None,
            payload: entry.encode().into(),
        };
        match journal.append(meeting.0, position, &[record]).await {
            Ok(_) => {
                let base = &links.public_url;
                return Ok(address(
                    base,
                    meeting,
                    &state.code,
                    Role::Facilitator,
                    &secret,
                ));
            }
            Err(AppendError::Stale { .. }) => {}
            Err(error) => return Err(LinkError::NotWritten(error.to_string())),
        }
    }
    Err(LinkError::NotWritten(
        "the meeting is very busy: try again".to_owned(),
    ))
}

/// The meeting with that code; the newest one when an old code was given out again.
async fn find(journal: &Journal, code: &str) -> Result<Option<MeetingId>, LinkError> {
    let unreadable = |error: &dyn std::fmt::Display| LinkError::Unreadable(error.to_string());
    let mut meetings = journal.list().await.map_err(|error| unreadable(&error))?;
    meetings.sort_unstable();
    for meeting in meetings.into_iter().rev().map(MeetingId) {
        // A damaged meeting is no reason not to find another.
        if let Ok((state, _)) = read(journal, meeting).await
            && state.code == code
        {
            return Ok(Some(meeting));
        }
    }
    Ok(None)
}

async fn read(journal: &Journal, id: MeetingId) -> Result<(Meeting, Position), LinkError> {
    let entries = journal
        .read(id.0, Position::START)
        .await
        .map_err(|error| LinkError::Unreadable(error.to_string()))?;
    let mut meeting = Meeting::new(id);
    let mut last = Position::START;
    for entry in entries {
        let record = &entry.record;
        let decoded = Entry::decode(&record.payload)
            .map_err(|error| LinkError::Unreadable(error.to_string()))?;
        let stamp = Stamp {
            at: Timestamp(record.at),
            number: record.device.map(DeviceId).zip(record.n),
        };
        meeting.apply(&stamp, &decoded);
        last = entry.position;
    }
    Ok((meeting, last))
}
