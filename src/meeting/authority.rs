//! Who may do what: one exhaustive table from command to need, and one from need to role. What is not allowed here is refused.
//! Whether the thing itself can be done (its state, its author) is decided in the activity's folder.

use std::collections::BTreeSet;

use super::command::Command;
use super::ids::SeatId;
use super::refusal::{Code, Refusal};
use super::role::{Actor, Role};
use super::state::{Meeting, Seat};

/// How an actor stands in the meeting.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Standing {
    pub roles: BTreeSet<Role>,
    /// Waits to be let in (*ask me first*).
    pub waiting: bool,
    /// Its token is void: turned away, its link revoked, or never seated.
    pub void: bool,
    /// Tokens of a lower generation are void.
    pub generation: u32,
}

/// What a command asks of whoever sends it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Need {
    Facilitator,
    /// A moderator or facilitator.
    Moderator,
    /// A captioner, moderator or facilitator.
    Captioner,
    /// The safeguarding contact and nobody else.
    Contact,
    /// Any seat that was let in.
    Seat,
    /// Any seat, also one that still waits to be let in.
    WaitingSeat,
    /// Any seat that was let in, or an alias.
    Person,
}

/// The table. Exhaustive: a new command does not compile before somebody said who may send it.
pub(crate) fn need(command: &Command) -> Need {
    use Command as C;
    match command {
        C::AddActivity { .. }
        | C::ChangeActivity { .. }
        | C::MoveActivity { .. }
        | C::RemoveActivity { .. }
        | C::Open { .. }
        | C::Close { .. }
        | C::Stage { .. }
        | C::ShareDelay {}
        | C::ChangeMeeting { .. }
        | C::End { .. }
        | C::Reopen {}
        | C::TakeBack {}
        | C::HideStage { .. }
        | C::ShowJoining { .. }
        | C::CallBack { .. }
        | C::CountHeads { .. }
        | C::GiveRole { .. }
        | C::TakeRole { .. }
        | C::RevokeLink { .. }
        | C::Admit { .. }
        | C::TurnAway { .. } => Need::Facilitator,
        C::SetQuestions { .. }
        | C::TakeDown {}
        | C::AddProxy { .. }
        | C::Mute { .. }
        | C::List { .. }
        | C::Dismiss { .. }
        | C::Park { .. }
        | C::Feature { .. }
        | C::Answer { .. }
        | C::Merge { .. }
        | C::Unmerge { .. }
        | C::KeepApart { .. }
        | C::Tag { .. }
        | C::Label { .. }
        | C::Care { .. }
        | C::Rank { .. }
        | C::CountHands { .. } => Need::Moderator,
        C::Translate { .. } => Need::Captioner,
        C::NoteConcern { .. } => Need::Contact,
        C::Vote { .. } => Need::Seat,
        C::Introduce { .. } | C::Concern { .. } => Need::WaitingSeat,
        C::Ask { .. } | C::Edit { .. } | C::Withdraw { .. } | C::Reply { .. } => Need::Person,
    }
}

/// Whether one of the roles meets the need.
fn meets(need: Need, roles: &BTreeSet<Role>) -> bool {
    let any = |wanted: &[Role]| wanted.iter().any(|role| roles.contains(role));
    match need {
        Need::Facilitator => any(&[Role::Facilitator]),
        Need::Moderator => any(&[Role::Facilitator, Role::Moderator]),
        Need::Captioner => any(&[Role::Facilitator, Role::Moderator, Role::Captioner]),
        Need::Contact => any(&[Role::Contact]),
        Need::Seat | Need::WaitingSeat | Need::Person => true,
    }
}

/// Whether the actor may send the command, as far as roles go.
///
/// Refusals: `not_allowed`, `not_admitted`.
pub(crate) fn require(meeting: &Meeting, command: &Command, actor: Actor) -> Result<(), Refusal> {
    let need = need(command);
    let standing = meeting.standing(actor);
    if standing.void {
        return Err(Code::NotAllowed.into());
    }
    match (actor, need) {
        // The server acts for the desk (`openfloor links`), never for a person.
        (Actor::Server, Need::Facilitator | Need::Moderator | Need::Captioner) => Ok(()),
        (Actor::Alias(_), Need::Person) => Ok(()),
        (Actor::Server | Actor::Alias(_), _) => Err(Code::NotAllowed.into()),
        (Actor::Seat(_), Need::WaitingSeat) => Ok(()),
        (Actor::Seat(_), _) if standing.waiting => Err(Code::NotAdmitted.into()),
        (Actor::Seat(_), _) if meets(need, &standing.roles) => Ok(()),
        (Actor::Seat(_), _) => Err(Code::NotAllowed.into()),
    }
}

/// Whether the actor may send the command now, as far as roles go; for views that offer it or not.
#[must_use]
pub fn may(meeting: &Meeting, command: &Command, actor: Actor) -> bool {
    require(meeting, command, actor).is_ok()
}

/// For wishes that only a facilitator, or the server itself, may have.
pub(crate) fn require_facilitator(meeting: &Meeting, actor: Actor) -> Result<(), Refusal> {
    match actor {
        Actor::Server => Ok(()),
        Actor::Seat(_) if meeting.is_facilitator(actor) => Ok(()),
        Actor::Seat(_) | Actor::Alias(_) => Err(Code::NotAllowed.into()),
    }
}

impl Meeting {
    /// How the actor stands in this meeting. A seat that is not there is void; an alias has no roles.
    #[must_use]
    pub fn standing(&self, actor: Actor) -> Standing {
        match actor {
            Actor::Seat(seat) => self.seats.get(&seat).map_or_else(
                || Standing {
                    void: true,
                    ..Standing::default()
                },
                |seat| Standing {
                    roles: seat.role_set(),
                    waiting: seat.waiting,
                    void: seat.void,
                    generation: seat.generation,
                },
            ),
            Actor::Alias(_) => Standing::default(),
            Actor::Server => Standing {
                roles: BTreeSet::from([Role::Facilitator]),
                ..Standing::default()
            },
        }
    }

    pub(crate) fn is_facilitator(&self, actor: Actor) -> bool {
        self.has_role(actor, &[Role::Facilitator])
    }

    pub(crate) fn is_moderator(&self, actor: Actor) -> bool {
        self.has_role(actor, &[Role::Facilitator, Role::Moderator])
    }

    fn has_role(&self, actor: Actor, wanted: &[Role]) -> bool {
        let standing = self.standing(actor);
        !standing.void
            && !standing.waiting
            && wanted.iter().any(|role| standing.roles.contains(role))
    }

    /// A seat that is there and not void.
    pub(crate) fn seated(&self, seat: SeatId) -> Result<&Seat, Refusal> {
        self.seats
            .get(&seat)
            .filter(|seat| !seat.void)
            .ok_or_else(|| Code::NotFound.into())
    }
}

impl Seat {
    /// The seat's roles, however they came.
    #[must_use]
    pub fn role_set(&self) -> BTreeSet<Role> {
        self.roles.iter().map(|(role, _)| *role).collect()
    }
}
