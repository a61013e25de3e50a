//! From a hello to a place in the meeting: whose tokens they are, and what is to be followed.

use std::collections::BTreeMap;

use tokio_util::task::task_tracker::TaskTrackerToken;
use uuid::Uuid;

use crate::identity::Credential;
use crate::live::{Bearer, Connection, Join, JoinError, Post, Welcome};
use crate::meeting::ids::{DeviceId, MeetingId};
use crate::view::Audience;
use crate::wire::{At, Hello};

use super::super::access::bearer;
use super::super::shared::Shared;
use super::end::End;

/// Views one socket may follow.
pub(super) const FOLLOWS: usize = 64;
/// Further holders on one socket.
const ALSO: usize = 16;

/// A holder on this socket.
#[derive(Debug, Clone, Copy)]
pub(super) struct Voice {
    pub bearer: Bearer,
    pub device: Option<DeviceId>,
}

/// A socket that has its place.
pub(super) struct Entered {
    pub connection: Connection,
    /// The hello's own holder first.
    pub voices: Vec<Voice>,
    pub welcome: Welcome,
    /// Where the client stands in what it follows.
    pub at: BTreeMap<String, Option<At>>,
    /// Names of no audience.
    pub unknown: Vec<String>,
}

/// Opens the tokens and takes the place.
pub(super) async fn enter(
    shared: &Shared,
    hello: Hello,
    going: TaskTrackerToken,
) -> Result<Entered, End> {
    let main = Credential::open(&shared.key, &hello.token).ok_or(End::BadToken)?;
    let handle = shared.live.meeting(MeetingId(main.meeting)).await;
    let handle = handle.map_err(|failure| End::from(JoinError::Failure(failure)))?;
    let mut also = others(shared, &hello, main.meeting);
    also.truncate(ALSO);
    let at = hello
        .at
        .unwrap_or_else(|| [("floor".to_owned(), None)].into());
    let (audiences, unknown) = audiences(at.keys());
    let own = Voice {
        bearer: bearer(&main),
        device: hello.device,
    };
    let join = Join {
        bearer: own.bearer,
        device: own.device,
        also: also
            .iter()
            .map(|voice| (voice.bearer, voice.device))
            .collect(),
        audiences,
        post: Post::new(),
    };
    let (connection, welcome) = handle.join(join, going).await?;
    let known: Vec<Bearer> = welcome.also.iter().map(|one| one.bearer).collect();
    also.retain(|voice| known.contains(&voice.bearer));
    Ok(Entered {
        connection,
        voices: [own].into_iter().chain(also).collect(),
        welcome,
        at,
        unknown,
    })
}

/// The alias and the other seats of a hello. A token that does not open, or is of another meeting, is left out; the welcome
/// says who is in.
fn others(shared: &Shared, hello: &Hello, meeting: Uuid) -> Vec<Voice> {
    let alias = hello.alias.iter().map(|token| {
        // An outbox under the seat's own name would join the two in the journal.
        let device = hello
            .alias_device
            .filter(|device| Some(*device) != hello.device);
        (token.as_str(), device)
    });
    let also = hello.also.iter().map(|one| (one.token(), one.device()));
    alias
        .chain(also)
        .filter_map(|(token, device)| {
            let credential = Credential::open(&shared.key, token)?;
            (credential.meeting == meeting).then(|| Voice {
                bearer: bearer(&credential),
                device,
            })
        })
        .collect()
}

/// The audiences of these names, and the names of none.
pub(super) fn audiences<'a>(
    names: impl IntoIterator<Item = &'a String>,
) -> (Vec<Audience>, Vec<String>) {
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    for name in names {
        match name.parse() {
            Ok(audience) if known.len() < FOLLOWS => known.push(audience),
            _ => unknown.push(name.clone()),
        }
    }
    (known, unknown)
}
