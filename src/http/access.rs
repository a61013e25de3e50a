//! Who asks: the bearer of a token, checked against the meeting of the path and the meeting's own word on it.
//! Knows no rule beyond that; what a role may do is decided by the meeting or named by the endpoint.

use std::net::IpAddr;

use axum::extract::{FromRequestParts, RawPathParams};
use http::header;
use http::request::Parts;

use crate::identity::{Credential, Holder};
use crate::live::{self, Denied, Failure, Handle, JoinError, NotCreated};
use crate::meeting::Standing;
use crate::meeting::ids::{AliasId, LinkId, MeetingId, SeatId};
use crate::meeting::role::{Actor, Role};
use crate::view::Audience;

use super::error::{Error, ErrorCode};
use super::listen::Line;
use super::shared::{Shared, id};

/// Where a request came from and which host it asked for.
#[derive(Debug, Clone)]
pub struct Asker {
    /// Used for one thing alone: to count wrong codes.
    pub address: IpAddr,
    /// What a link begins with that the asker opens.
    pub base: String,
    /// What a link begins with that others open.
    pub base_for_others: String,
}

impl FromRequestParts<Shared> for Asker {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(
        parts: &mut Parts,
        shared: &Shared,
    ) -> Result<Self, Self::Rejection> {
        let line = parts.extensions.get::<Line>();
        let peer = line.map_or(IpAddr::from([127, 0, 0, 1]), |line| line.peer);
        let place = &shared.place;
        Ok(Self {
            address: place.client(&parts.headers, peer),
            base: place.as_asked(&parts.headers, peer),
            base_for_others: place.for_others(&parts.headers, peer),
        })
    }
}

/// The bearer of a token that this server sealed for the meeting of the path. Whether it is still good must be asked.
#[derive(Debug)]
pub struct Guest {
    pub meeting: MeetingId,
    pub handle: Handle,
    pub bearer: live::Bearer,
}

/// The bearer of a good token in the meeting of the path.
#[derive(Debug)]
pub struct Visitor {
    pub guest: Guest,
    /// Its roles, and whether it waits to be let in; a stage has none and does not wait.
    pub standing: Standing,
}

impl std::ops::Deref for Visitor {
    type Target = Guest;

    fn deref(&self) -> &Guest {
        &self.guest
    }
}

impl FromRequestParts<Shared> for Guest {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, shared: &Shared) -> Result<Self, Error> {
        let params = RawPathParams::from_request_parts(parts, shared)
            .await
            .map_err(|_| ErrorCode::NotFound)?;
        let meeting = params.iter().find(|(name, _)| *name == "meeting");
        let meeting = id(meeting.map_or("", |(_, text)| text))?;
        let credential = token(parts)
            .and_then(|token| Credential::open(&shared.key, token))
            .ok_or(ErrorCode::BadToken)?;
        if credential.meeting != meeting {
            return Err(Error::because(
                ErrorCode::NotAllowed,
                "this token is of another meeting",
            ));
        }
        let handle = shared.live.meeting(MeetingId(meeting)).await?;
        Ok(Self {
            meeting: MeetingId(meeting),
            handle,
            bearer: bearer(&credential),
        })
    }
}

impl FromRequestParts<Shared> for Visitor {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, shared: &Shared) -> Result<Self, Error> {
        let guest = Guest::from_request_parts(parts, shared).await?;
        let standing = standing(&guest.handle, guest.bearer).await?;
        guest.is_heard_of();
        Ok(Self { guest, standing })
    }
}

impl Guest {
    /// Whether it may read `audience` now; who waits to be let in reads none.
    ///
    /// # Errors
    /// The token is no longer good, or the meeting cannot be reached.
    pub async fn reads(&self, audience: &Audience) -> Result<bool, Error> {
        let may = self.handle.may_read(self.bearer, audience).await?;
        self.is_heard_of();
        Ok(may)
    }

    /// A seat that asks for anything is here.
    fn is_heard_of(&self) {
        if let live::Holder::Seat(seat) = self.bearer.holder {
            self.handle.touch(seat);
        }
    }

    /// Who stands behind its commands.
    ///
    /// # Errors
    /// `not_allowed`: a stage sends none.
    pub fn actor(&self) -> Result<Actor, Error> {
        let none = || Error::because(ErrorCode::NotAllowed, "a stage only reads");
        self.bearer.holder.actor().ok_or_else(none)
    }
}

impl Visitor {
    /// Lets only holders of one of `roles` on.
    ///
    /// # Errors
    /// `not_allowed`.
    pub fn must_be(&self, roles: &[Role]) -> Result<(), Error> {
        if roles.iter().any(|role| self.standing.roles.contains(role)) {
            Ok(())
        } else {
            Err(ErrorCode::NotAllowed.into())
        }
    }

    /// Lets only those on who were let into the meeting.
    ///
    /// # Errors
    /// `not_allowed`.
    pub fn must_be_admitted(&self) -> Result<(), Error> {
        if self.standing.waiting {
            return Err(Error::because(
                ErrorCode::NotAllowed,
                "the facilitator has not let you in yet",
            ));
        }
        Ok(())
    }
}

/// An opened token, in the words of the live meeting.
#[must_use]
pub fn bearer(credential: &Credential) -> live::Bearer {
    live::Bearer {
        holder: match credential.holder {
            Holder::Seat(id) => live::Holder::Seat(SeatId(id)),
            Holder::Alias(id) => live::Holder::Alias(AliasId(id)),
            Holder::Stage(id) => live::Holder::Stage(LinkId(id)),
        },
        generation: credential.generation,
    }
}

async fn standing(handle: &Handle, bearer: live::Bearer) -> Result<Standing, Error> {
    match bearer.holder.actor() {
        Some(actor) => Ok(handle.standing(actor, bearer.generation).await?),
        // Every stage reads the floor, so whether this one may says whether its link is still good.
        None if handle.may_read(bearer, &Audience::Floor).await? => Ok(Standing::default()),
        None => Err(ErrorCode::NotAllowed.into()),
    }
}

fn token(parts: &Parts) -> Option<&str> {
    let value = parts.headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

impl From<Denied> for Error {
    fn from(denied: Denied) -> Self {
        match denied {
            Denied::BadToken => ErrorCode::BadToken.into(),
            Denied::Revoked => ErrorCode::Revoked.into(),
        }
    }
}

impl From<JoinError> for Error {
    fn from(error: JoinError) -> Self {
        match error {
            JoinError::Denied(denied) => denied.into(),
            JoinError::Failure(failure) => failure.into(),
        }
    }
}

impl From<NotCreated> for Error {
    fn from(why: NotCreated) -> Self {
        match why {
            NotCreated::Refused(refusal) => refusal.into(),
            NotCreated::Failed(failure) => failure.into(),
        }
    }
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::NotFound => ErrorCode::NotFound.into(),
            Failure::GoingDown => Self::later(ErrorCode::GoingDown, 1500),
            Failure::Busy | Failure::Exists => Self::later(ErrorCode::Busy, 1000),
            Failure::DiskFull => Self::later(ErrorCode::DiskFull, 5000),
            Failure::Unwritable => Self::later(ErrorCode::Unwritable, 5000),
            Failure::Corrupt => ErrorCode::Corrupt.into(),
        }
    }
}
