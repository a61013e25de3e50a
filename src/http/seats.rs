//! Sitting down, with a code or a secret, and the list of who sits. Ids of a repeated `try` come again from the server's
//! key; seat and alias are derived apart and the `try` is stored nowhere, so nothing joins the two.

use std::collections::BTreeMap;

use axum::Json as Answer;
use axum::extract::{Path, Query, State};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::StatusCode;
use serde::Deserialize;
use uuid::Uuid;

use crate::identity::{Credential, Holder, Secret, ServerKey};
use crate::live::{Failure, Handle};
use crate::meeting::Standing;
use crate::meeting::fact::Author;
use crate::meeting::ids::{LinkId, MeetingId, SeatId};
use crate::meeting::role::{Actor, Role};
use crate::meeting::state::Seat;
use crate::meeting::wish::Wish;

use crate::wire::body::{AliasMade, NewSeat, SeatListed, SeatMade, SeatsListed};

use super::access::{Asker, Visitor};
use super::body::Json;
use super::error::{Error, ErrorCode};
use super::meetings::{Attempt, find, wrong};
use super::moves::Moved;
use super::shared::{Shared, id};

type Seated = Result<(StatusCode, Answer<SeatMade>), Error>;

/// What a secret opens.
#[derive(Debug, Clone, Copy)]
enum Door {
    Revoked,
    Stage(LinkId),
    Seat(LinkId),
    Move(SeatId),
}

/// `POST /api/meetings/{meeting}/seats`
///
/// # Errors
/// `no_code`, `too_many`: the code; `bad_token`, `revoked`: the secret; refusals of the core.
pub async fn join(
    State(shared): State<Shared>,
    asker: Asker,
    Path(meeting): Path<String>,
    Json(join): Json<NewSeat>,
) -> Seated {
    let table = Table {
        attempt: Attempt::of(join.attempt.clone())?,
        meeting: MeetingId(id(&meeting)?),
        shared,
    };
    match (&join.secret, &join.code) {
        (Some(secret), _) => {
            let secret = Secret::parse(secret).ok_or(ErrorCode::BadToken)?;
            let handle = table.shared.live.meeting(table.meeting).await?;
            if let Some(seat) = table.moved_before(&secret) {
                return table.welcome_again(&handle, seat).await;
            }
            match door(&handle, &secret).await? {
                Door::Revoked => Err(ErrorCode::Revoked.into()),
                Door::Stage(link) => table.stage(link),
                Door::Seat(link) => table.sit(&handle, Some(link), join).await,
                Door::Move(seat) => table.move_here(&handle, seat, &secret).await,
            }
        }
        (None, Some(code)) => {
            if find(&table.shared, code).await? != Some(table.meeting) {
                return Err(wrong(&table.shared, &asker, ErrorCode::NoCode).await);
            }
            let handle = table.shared.live.meeting(table.meeting).await?;
            table.sit(&handle, None, join).await
        }
        (None, None) => Err(Error::because(
            ErrorCode::BadRequest,
            "a code or a secret is missing",
        )),
    }
}

/// What `secret` opens in this meeting. A link that `openfloor links` made beside this server is looked for too.
async fn door(handle: &Handle, secret: &Secret) -> Result<Door, Error> {
    if let Some(door) = look(handle, secret.hash()).await? {
        return Ok(door);
    }
    handle.catch_up().await?;
    look(handle, secret.hash())
        .await?
        .ok_or(ErrorCode::BadToken.into())
}

/// Secrets are compared by their hash, which tells nothing of the secret.
async fn look(handle: &Handle, hash: String) -> Result<Option<Door>, Failure> {
    handle
        .ask(move |meeting| {
            let link = meeting.links.iter().find(|(_, link)| link.hash == hash);
            if let Some((id, link)) = link {
                return Some(match link.role {
                    _ if link.revoked => Door::Revoked,
                    Role::Stage => Door::Stage(*id),
                    _ => Door::Seat(*id),
                });
            }
            let offered =
                |offer: &Option<(String, _)>| offer.as_ref().is_some_and(|(of, _)| *of == hash);
            let moving = meeting
                .seats
                .iter()
                .find(|(_, seat)| offered(&seat.offered));
            moving.map(|(seat, _)| Door::Move(*seat))
        })
        .await
}

/// Where somebody is about to sit.
struct Table {
    shared: Shared,
    meeting: MeetingId,
    attempt: Attempt,
}

impl Table {
    fn key(&self) -> &ServerKey {
        &self.shared.key
    }

    /// An id that this `try` finds again, another for each link it is used with.
    fn derive(&self, what: &str, link: Option<LinkId>) -> Uuid {
        let link = link.map_or(Uuid::nil(), |link| link.0);
        let parts: [&[u8]; 3] = [
            self.meeting.0.as_bytes(),
            link.as_bytes(),
            self.attempt.bytes(),
        ];
        self.key().derive_id(what, &parts)
    }

    fn token(&self, holder: Holder, generation: u32) -> String {
        let credential = Credential {
            meeting: self.meeting.0,
            holder,
            generation,
        };
        credential.seal(self.key())
    }

    fn stage(&self, link: LinkId) -> Seated {
        let made = SeatMade {
            seat: None,
            token: self.token(Holder::Stage(link.0), 0),
            alias: None,
            roles: None,
            waiting: None,
        };
        Ok((StatusCode::CREATED, Answer(made)))
    }

    async fn sit(&self, handle: &Handle, link: Option<LinkId>, join: NewSeat) -> Seated {
        let seat = SeatId(self.derive("seat", link));
        let wish = Wish::Sit {
            seat,
            link,
            name: join.name,
            language: join.language,
            tags: join.tags,
        };
        let granted = handle.wish(Actor::Server, wish).await?;
        // A seat that has moved since is another phone's: its first `try` does not bring it back.
        if granted.standing.void || granted.standing.generation > 0 {
            return Err(ErrorCode::Revoked.into());
        }
        let status = if granted.facts.is_empty() {
            StatusCode::OK
        } else {
            StatusCode::CREATED
        };
        let alias = self.derive("alias", link);
        Ok((status, self.seated(seat, &granted.standing, alias)))
    }

    /// The offer is gone with this. Nothing that is stored may lead to the new alias, so without a `try` it is random.
    async fn move_here(&self, handle: &Handle, seat: SeatId, secret: &Secret) -> Seated {
        let wish = Wish::Move {
            hash: secret.hash(),
        };
        let granted = handle.wish(Actor::Server, wish).await?;
        let generation = granted.standing.generation;
        self.shared
            .moves
            .remember(secret, &self.attempt, Moved { seat, generation });
        let alias = self.derive("moved alias", None);
        Ok((StatusCode::OK, self.seated(seat, &granted.standing, alias)))
    }

    /// A one-time QR whose answer was lost on the way.
    fn moved_before(&self, secret: &Secret) -> Option<Moved> {
        self.shared.moves.find(secret, &self.attempt)
    }

    async fn welcome_again(&self, handle: &Handle, moved: Moved) -> Seated {
        let seat = moved.seat;
        let standing = handle.standing(Actor::Seat(seat), moved.generation).await?;
        let alias = self.derive("moved alias", None);
        Ok((StatusCode::OK, self.seated(seat, &standing, alias)))
    }

    /// Nobody speaks under an alias before being let in: a waiting seat's alias comes with the same `try` afterwards.
    fn seated(&self, seat: SeatId, standing: &Standing, alias: Uuid) -> Answer<SeatMade> {
        let alias = AliasMade {
            token: self.token(Holder::Alias(alias), 0),
        };
        let roles: Vec<_> = standing.roles.iter().copied().collect();
        Answer(SeatMade {
            seat: Some(seat),
            token: self.token(Holder::Seat(seat.0), standing.generation),
            alias: (!standing.waiting).then_some(alias),
            roles: (!roles.is_empty()).then_some(roles),
            waiting: standing.waiting.then_some(true),
        })
    }
}

/// Seats on one page.
const PAGE: usize = 50;

/// `?after=…&find=…`
#[derive(Debug, Deserialize)]
pub struct Look {
    #[serde(default)]
    after: Option<String>,
    #[serde(default)]
    find: Option<String>,
}

/// `GET /api/meetings/{meeting}/seats`: by name, then by id; never in the order of joining.
///
/// # Errors
/// `not_allowed`: neither facilitator nor moderator; `bad_request`: `after` is none of ours.
pub async fn list(
    visitor: Visitor,
    Query(look): Query<Look>,
) -> Result<Answer<SeatsListed>, Error> {
    visitor.must_be(&[Role::Facilitator, Role::Moderator])?;
    let after = look.after.as_deref().map(Place::read).transpose()?;
    let find = look.find.unwrap_or_default().trim().to_lowercase();
    let (mut seats, next) = visitor
        .handle
        .ask(move |meeting| {
            let mut places: Vec<_> = meeting
                .seats
                .iter()
                .filter(|(_, seat)| !seat.void)
                .filter(|(_, seat)| find.is_empty() || seat.name.to_lowercase().contains(&find))
                .map(|(id, seat)| Place(seat.name.clone(), id.0))
                .filter(|place| after.as_ref().is_none_or(|after| place > after))
                .collect();
            places.sort();
            let has_more = places.len() > PAGE;
            places.truncate(PAGE);
            let next = places.last().filter(|_| has_more).map(Place::write);
            let seats = places.into_iter().filter_map(|Place(_, id)| {
                let seat = meeting.seats.get(&SeatId(id))?;
                let is_muted = meeting.muted.contains(&Author::Seat(SeatId(id)));
                Some(describe(SeatId(id), seat, is_muted))
            });
            (seats.collect::<Vec<_>>(), next)
        })
        .await?;
    let ids = seats.iter().map(|seat| seat.seat).collect();
    let here = visitor.handle.here(ids).await?;
    for (seat, is_here) in seats.iter_mut().zip(here) {
        seat.here = is_here.then_some(true);
    }
    Ok(Answer(SeatsListed { seats, next }))
}

fn describe(id: SeatId, seat: &Seat, is_muted: bool) -> SeatListed {
    let said = |text: &String| (!text.is_empty()).then(|| text.clone());
    let tags: BTreeMap<_, _> = seat.tags.iter().map(|tag| (tag.clone(), true)).collect();
    SeatListed {
        seat: id,
        name: said(&seat.name),
        language: said(&seat.language),
        tags: (!tags.is_empty()).then_some(tags),
        roles: seat.roles.iter().map(|(role, _)| (*role, true)).collect(),
        proxy: seat.proxy.then_some(true),
        muted: is_muted.then_some(true),
        waiting: seat.waiting.then_some(true),
        here: None,
    }
}

/// Where a seat stands in the list.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Place(String, Uuid);

impl Place {
    fn write(&self) -> String {
        URL_SAFE_NO_PAD.encode([self.1.as_bytes(), self.0.as_bytes()].concat())
    }

    fn read(text: &str) -> Result<Self, Error> {
        let wrong = || Error::because(ErrorCode::BadRequest, "after is not a place in this list");
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| wrong())?;
        let (id, name) = bytes.split_at_checked(16).ok_or_else(wrong)?;
        let id = Uuid::from_slice(id).map_err(|_| wrong())?;
        let name = String::from_utf8(name.to_vec()).map_err(|_| wrong())?;
        Ok(Self(name, id))
    }
}
