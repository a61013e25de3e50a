//! Links that carry a role or move a seat. The secret stands in the fragment of the address and nowhere else:
//! the meeting keeps its hash.

use axum::Json as Answer;
use axum::extract::{Path, State};
use http::StatusCode;
use uuid::Uuid;

use crate::identity::{Secret, ServerKey};
use crate::live::{Failure, Handle};
use crate::meeting::ids::{LinkId, MeetingId, SeatId};
use crate::meeting::role::Role;
use crate::meeting::wish::Wish;

use crate::wire::body::{LinkMade, MoveOffered, NewLink};

use super::access::{Asker, Visitor};
use super::body::Json;
use super::error::{Error, ErrorCode};
use super::shared::{Shared, id};

/// How long a moving seat's QR is good for, in milliseconds.
const MOVE_FOR_MS: i64 = 600_000;

/// `POST /api/meetings/{meeting}/links`
///
/// # Errors
/// `not_allowed`: not a facilitator; refusals of the core.
pub async fn add(
    State(shared): State<Shared>,
    visitor: Visitor,
    asker: Asker,
    Json(new): Json<NewLink>,
) -> Result<(StatusCode, Answer<LinkMade>), Error> {
    visitor.must_be(&[Role::Facilitator])?;
    let link = LinkId(Uuid::new_v4());
    let secret = match new.role {
        Role::Participant => join_secret(&shared.key, visitor.meeting, link),
        _ => Secret::fresh().map_err(|_| ErrorCode::Internal)?,
    };
    let wish = Wish::AddLink {
        link,
        role: new.role,
        hash: secret.hash(),
        label: new.label.unwrap_or_default(),
    };
    visitor.handle.wish(visitor.actor()?, wish).await?;
    let code = visitor.handle.ask(|meeting| meeting.code.clone()).await?;
    let url = address(
        &asker.base_for_others,
        visitor.meeting,
        &code,
        new.role,
        &secret,
    );
    let role = new.role;
    Ok((StatusCode::CREATED, Answer(LinkMade { link, url, role })))
}

/// `POST /api/meetings/{meeting}/seats/{seat}/move`
///
/// # Errors
/// `not_allowed`: not a facilitator; `not_found` refused: no such seat.
pub async fn offer_move(
    visitor: Visitor,
    asker: Asker,
    Path((_, seat)): Path<(String, String)>,
) -> Result<(StatusCode, Answer<MoveOffered>), Error> {
    visitor.must_be(&[Role::Facilitator])?;
    let secret = Secret::fresh().map_err(|_| ErrorCode::Internal)?;
    let until = visitor.handle.now().plus_ms(MOVE_FOR_MS);
    let wish = Wish::OfferMove {
        seat: SeatId(id(&seat)?),
        hash: secret.hash(),
        until,
    };
    visitor.handle.wish(visitor.actor()?, wish).await?;
    let code = visitor.handle.ask(|meeting| meeting.code.clone()).await?;
    let url = format!("{}/{code}#{}", asker.base_for_others, secret.reveal());
    Ok((StatusCode::CREATED, Answer(MoveOffered { url, until })))
}

/// The address of a link: the phone's page for people in the hall, the desk for those who lead and for the contact,
/// whose page is there.
#[must_use]
pub fn address(base: &str, meeting: MeetingId, code: &str, role: Role, secret: &Secret) -> String {
    let secret = secret.reveal();
    match role {
        Role::Facilitator | Role::Moderator | Role::Timekeeper | Role::Contact => {
            format!("{base}/desk/{meeting}#{secret}")
        }
        Role::Stage => format!("{base}/stage/{meeting}#{secret}"),
        Role::Participant | Role::Judge | Role::Captioner => {
            format!("{base}/{code}#{secret}")
        }
    }
}

/// The secret of a join link. It can be found again by the server's key, so that the stage can show its QR;
/// the meeting keeps only its hash, like that of any other.
#[must_use]
pub fn join_secret(key: &ServerKey, meeting: MeetingId, link: LinkId) -> Secret {
    let parts: [&[u8]; 2] = [meeting.0.as_bytes(), link.0.as_bytes()];
    Secret::derive(key, "join secret", &parts)
}

/// What the join QR holds: a join link that is still good; with none, the address with the code alone.
pub async fn join_address(
    key: &ServerKey,
    handle: &Handle,
    meeting: MeetingId,
    base: &str,
) -> Result<String, Failure> {
    let (code, links) = handle
        .ask(|meeting| {
            let good = meeting
                .links
                .iter()
                .filter(|(_, link)| link.role == Role::Participant && !link.revoked)
                .map(|(id, link)| (*id, link.hash.clone()));
            (meeting.code.clone(), good.collect::<Vec<_>>())
        })
        .await?;
    for (link, hash) in links {
        let secret = join_secret(key, meeting, link);
        if secret.hash() == hash {
            return Ok(address(base, meeting, &code, Role::Participant, &secret));
        }
    }
    Ok(format!("{base}/{code}"))
}
