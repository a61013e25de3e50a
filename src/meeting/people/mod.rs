//! The people of a meeting: their seats, what they say of themselves, roles and links, whose messages are held,
//! and calls for help. Knows no secret: links and moves are known by hash.

pub mod concerns;
pub mod introducing;
pub mod links;
pub mod moving;
pub mod muting;
pub mod roles;
pub mod sitting;

use super::Decision;
use super::command::Command;
use super::fact::Fact;
use super::ids::Timestamp;
use super::state::Meeting;
use super::wish::Context;

pub(crate) fn decide(meeting: &Meeting, command: &Command, ctx: &Context) -> Option<Decision> {
    Some(match command {
        Command::Introduce {
            name,
            language,
            tags,
            needs,
        } => {
            let words = introducing::Words {
                name: name.as_deref(),
                language: language.as_deref(),
                tags: tags.as_deref(),
                needs: needs.as_deref(),
            };
            introducing::introduce(meeting, ctx.actor, &words)
        }
        Command::AddProxy { seat, name, tags } => {
            let words = introducing::Words {
                name: name.as_deref(),
                tags: tags.as_deref(),
                ..Default::default()
            };
            sitting::add_proxy(meeting, *seat, &words)
        }
        Command::GiveRole { seat, role } => roles::give(meeting, *seat, *role),
        Command::TakeRole { seat, role } => roles::take(meeting, *seat, *role),
        Command::RevokeLink { link } => links::revoke(meeting, *link, ctx.actor),
        Command::Mute { seat, question, on } => muting::mute(meeting, *seat, *question, *on),
        Command::Admit { seat } => sitting::admit(meeting, *seat),
        Command::TurnAway { seat } => sitting::turn_away(meeting, *seat),
        Command::Concern { id, text, place } => {
            concerns::raise(meeting, *id, ctx.actor, text.as_deref(), place.as_deref())
        }
        Command::NoteConcern { concern, done } => concerns::note(meeting, *concern, done),
        _ => return None,
    })
}

pub(crate) fn apply(meeting: &mut Meeting, at: Timestamp, fact: &Fact) {
    match fact {
        Fact::SeatTaken {
            seat,
            link,
            waiting,
            proxy,
        } => sitting::taken(meeting, *seat, *link, *waiting, *proxy),
        Fact::SeatIntroduced { .. } => introducing::introduced(meeting, fact),
        Fact::SeatAdmitted { seat } => sitting::admitted(meeting, *seat),
        Fact::SeatTurnedAway { seat } => sitting::turned_away(meeting, *seat),
        Fact::RoleGiven { seat, role, link } => roles::given(meeting, *seat, *role, *link),
        Fact::RoleTaken { seat, role } => roles::taken(meeting, *seat, *role),
        Fact::LinkAdded {
            link,
            role,
            hash,
            label,
        } => links::added(meeting, *link, *role, hash, label),
        Fact::LinkRevoked { link } => links::revoked(meeting, *link),
        Fact::MoveOffered { seat, hash, until } => moving::offered(meeting, *seat, hash, *until),
        Fact::SeatMoved { seat, generation } => moving::moved(meeting, *seat, *generation),
        Fact::AuthorMuted { author, on } => muting::muted(meeting, *author, *on),
        Fact::ConcernRaised {
            concern,
            seat,
            text,
            place,
        } => concerns::raised(meeting, *concern, *seat, text, place, at),
        Fact::ConcernNoted { concern, done } => concerns::noted(meeting, *concern, done),
        _ => {}
    }
}
