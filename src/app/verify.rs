//! `openfloor verify`: reads the whole journal, checks each entry's hash, and says which meetings are damaged.

use crate::config::Verify;
use crate::journal::ReadError;

use super::LinkError;

/// What was found, one line a damaged meeting and one line in all.
///
/// # Errors
/// The folder cannot be read, or a meeting is damaged.
pub async fn verify(verify: &Verify) -> Result<String, LinkError> {
    let journal = super::open_beside(&verify.data)?;
    let unreadable = |error: ReadError| LinkError::Unreadable(error.to_string());
    let meetings = journal.list().await.map_err(unreadable)?;
    let mut damaged = Vec::new();
    for meeting in &meetings {
        if let Err(error) = journal.verify(*meeting).await {
            damaged.push(format!("{meeting}: {error}"));
        }
    }
    if damaged.is_empty() {
        return Ok(format!("{} meetings, all whole", meetings.len()));
    }
    Err(LinkError::Damaged(damaged.join("\n")))
}
