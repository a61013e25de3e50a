//! What the server may wish of its list of meetings, and when the answer is no.

use uuid::Uuid;

use super::fact::Fact;
use super::meetings::{Office, Phase};

/// A wish of the server; none comes over the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    /// The meeting's own first entry is written; now the list gets it. The same again changes nothing.
    Enter {
        meeting: Uuid,
        code: String,
        title: String,
        tried: Option<String>,
    },
    /// The meeting has a new title.
    Rename { meeting: Uuid, title: String },
    /// The meeting went live.
    Start { meeting: Uuid },
    /// The meeting ended.
    End { meeting: Uuid },
    /// The meeting goes on after its end.
    Reopen { meeting: Uuid },
    /// Its journal is deleted, after retention or by wish.
    Delete { meeting: Uuid },
}

/// Why not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("another meeting has this code")]
    CodeTaken,
    #[error("a code is six or eight digits")]
    NoCode,
    #[error("another meeting has this id")]
    Exists,
    #[error("there is no such meeting")]
    NotFound,
    #[error("its code was given to another meeting")]
    CodeGone,
}

/// What would happen at `now`; nothing, when it is so already.
///
/// # Errors
/// A [`Refusal`] when a rule says no.
pub fn decide(office: &Office, wish: &Wish, now: i64) -> Result<Vec<Fact>, Refusal> {
    match wish {
        Wish::Enter {
            meeting,
            code,
            title,
            tried,
        } => enter(office, *meeting, code, title, tried.clone(), now),
        Wish::Rename { meeting, title } => {
            let changed = *title != listed(office, *meeting)?.title;
            Ok(changed
                .then(|| Fact::MeetingRenamed {
                    meeting: *meeting,
                    title: title.clone(),
                })
                .into_iter()
                .collect())
        }
        Wish::Start { meeting } => {
            let prepared = listed(office, *meeting)?.phase == Phase::Prepared;
            Ok(prepared
                .then_some(Fact::MeetingStarted { meeting: *meeting })
                .into_iter()
                .collect())
        }
        Wish::End { meeting } => {
            let open = listed(office, *meeting)?.phase != Phase::Ended;
            Ok(open
                .then_some(Fact::MeetingEnded { meeting: *meeting })
                .into_iter()
                .collect())
        }
        Wish::Reopen { meeting } => reopen(office, *meeting),
        Wish::Delete { meeting } => {
            let there = office
                .meeting(*meeting)
                .is_some_and(|listed| listed.phase != Phase::Deleted);
            Ok(there
                .then_some(Fact::MeetingDeleted { meeting: *meeting })
                .into_iter()
                .collect())
        }
    }
}

fn enter(
    office: &Office,
    meeting: Uuid,
    code: &str,
    title: &str,
    tried: Option<String>,
    now: i64,
) -> Result<Vec<Fact>, Refusal> {
    if let Some(before) = office.meeting(meeting) {
        let same = before.code == code && before.phase != Phase::Deleted;
        return if same {
            Ok(Vec::new())
        } else {
            Err(Refusal::Exists)
        };
    }
    if super::code::cleaned(code).as_deref() != Some(code) {
        return Err(Refusal::NoCode);
    }
    if !office.is_free(code, now) {
        return Err(Refusal::CodeTaken);
    }
    Ok(vec![Fact::MeetingEntered {
        meeting,
        code: code.to_owned(),
        title: title.to_owned(),
        tried,
    }])
}

fn reopen(office: &Office, meeting: Uuid) -> Result<Vec<Fact>, Refusal> {
    let before = listed(office, meeting)?;
    if before.phase != Phase::Ended {
        return Ok(Vec::new());
    }
    let still_its_own = office
        .by_code(&before.code)
        .is_some_and(|holder| holder.meeting == meeting);
    if still_its_own {
        Ok(vec![Fact::MeetingReopened { meeting }])
    } else {
        Err(Refusal::CodeGone)
    }
}

fn listed(office: &Office, meeting: Uuid) -> Result<&super::Listed, Refusal> {
    office
        .meeting(meeting)
        .filter(|listed| listed.phase != Phase::Deleted)
        .ok_or(Refusal::NotFound)
}
