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
    /// A timekeeper or facilitator.
    Timekeeper,
    /// An alias and nobody else: nothing may say who it was.
    Alias,
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
        C::Group(command) => super::groups::need(command),
        C::Discussion(command) => super::discussion::need(command),
        C::Debate(command) => super::debate::need(command),
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
        Need::Timekeeper => any(&[Role::Facilitator, Role::Timekeeper]),
        Need::Alias => false,
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
        (
            Actor::Server,
            Need::Facilitator | Need::Moderator | Need::Timekeeper | Need::Captioner,
        ) => Ok(()),
        (Actor::Alias(_), Need::Person | Need::Alias) => Ok(()),
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

/// For wishes of any seat that was let in.
pub(crate) fn require_seat(meeting: &Meeting, actor: Actor) -> Result<(), Refusal> {
    let standing = meeting.standing(actor);
    match actor {
        Actor::Seat(_) if standing.void => Err(Code::NotAllowed.into()),
        Actor::Seat(_) if standing.waiting => Err(Code::NotAdmitted.into()),
        Actor::Seat(_) => Ok(()),
        Actor::Server | Actor::Alias(_) => Err(Code::NotAllowed.into()),
    }
}

/// Whether a seat leads: a facilitator or moderator.
pub(crate) fn leads(meeting: &Meeting, seat: SeatId) -> bool {
    meeting.is_moderator(Actor::Seat(seat))
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::meeting::dice::Dice;
    use crate::meeting::hall::{Hall, alias, person, seat};
    use crate::meeting::ids::SeatId;

    /// One of every command, by its name on the wire.
    fn every_command() -> BTreeMap<String, Command> {
        let mut found = BTreeMap::new();
        let mut bytes = [0; 32];
        for variant in 0..=255 {
            for choice in [0, 1] {
                bytes.fill(choice);
                bytes[0] = variant;
                let command = Dice::of(&bytes).command();
                let value = serde_json::to_value(&command).unwrap();
                let name = value.as_object().unwrap().keys().next().unwrap().clone();
                found.insert(name, command);
            }
        }
        found
    }

    /// A hall where everyone's place is known by name.
    fn everyone() -> (Hall, Vec<(&'static str, Actor)>) {
        let mut hall = Hall::new();
        let roles = [
            (11, "timekeeper", Role::Timekeeper),
            (12, "judge", Role::Judge),
            (13, "captioner", Role::Captioner),
            (14, "contact", Role::Contact),
        ];
        for (n, _, role) in roles {
            hall.sit(n, None);
            hall.lead(Command::GiveRole {
                seat: seat(n),
                role,
            });
        }
        hall.meeting.ask_first = true;
        hall.sit(15, None);
        hall.sit(16, None);
        hall.lead(Command::TurnAway { seat: seat(16) });
        hall.moderate(Command::AddProxy {
            seat: seat(17),
            name: None,
            tags: None,
        });
        let mut actors = vec![("facilitator", person(1)), ("moderator", person(2))];
        actors.extend(roles.map(|(n, name, _)| (name, person(n))));
        actors.extend([
            ("participant", person(3)),
            ("proxy", person(17)),
            ("alias", alias(1)),
            ("waiting", person(15)),
            ("void", person(16)),
            ("stranger", Actor::Seat(SeatId(uuid::Uuid::nil()))),
            ("server", Actor::Server),
        ]);
        (hall, actors)
    }

    #[test]
    fn the_dice_know_every_command() {
        let variants = |source: &str, name: &str| {
            let source = source.split(name).nth(1).unwrap().to_owned();
            let lines = source.lines().filter(|line| {
                line.strip_prefix("    ")
                    .is_some_and(|rest| rest.starts_with(char::is_uppercase))
            });
            lines.count()
        };
        let plain = variants(include_str!("command.rs"), "pub enum Command {");
        let group = variants(include_str!("groups/command.rs"), "pub enum GroupCommand {");
        let discussion = variants(
            include_str!("discussion/command.rs"),
            "pub enum DiscussionCommand {",
        );
        let debate = variants(
            include_str!("debate/command.rs"),
            "pub enum DebateCommand {",
        );
        // `Group`, `Discussion` and `Debate` stand for all of theirs.
        assert_eq!(
            every_command().len(),
            plain - 3 + group + discussion + debate
        );
    }

    /// The whole table, every command by every role. Whoever changes it changes the snapshot too.
    #[test]
    fn every_command_by_every_role() {
        let (hall, actors) = everyone();
        let mut table = String::new();
        for (name, command) in every_command() {
            let may: Vec<&str> = actors
                .iter()
                .filter(|(_, actor)| super::may(&hall.meeting, &command, *actor))
                .map(|(who, _)| *who)
                .collect();
            table += &format!("{name}: {}\n", may.join(" "));
        }
        insta::assert_snapshot!(table);
    }

    /// What the table refuses, `decide` refuses with the same code, whatever else stands in the way.
    #[test]
    fn deciding_keeps_to_the_table() {
        let (hall, actors) = everyone();
        for (name, command) in every_command() {
            for (who, actor) in &actors {
                let Err(refusal) = require(&hall.meeting, &command, *actor) else {
                    continue;
                };
                let wish = crate::meeting::wish::Wish::Command(command.clone());
                let decided = crate::meeting::decide(&hall.meeting, &wish, &hall.context(*actor));
                assert_eq!(decided, Err(refusal), "{name} by {who}");
            }
        }
    }
}
