//! Whose right to read or write a batch may have changed, gathered while it is decided and looked at when it is durable.

use std::collections::BTreeSet;

use crate::meeting::fact::{DebateFact, Fact, GroupFact};
use crate::meeting::ids::SeatId;

/// Whose right to read or write may have changed.
#[derive(Debug, Default)]
pub(super) struct Recheck {
    pub everybody: bool,
    pub seats: BTreeSet<SeatId>,
}

impl Recheck {
    /// Marks whom `fact` concerns.
    pub fn note(&mut self, fact: &Fact) {
        match fact {
            Fact::SeatAdmitted { seat }
            | Fact::SeatTurnedAway { seat }
            | Fact::RoleGiven { seat, .. }
            | Fact::RoleTaken { seat, .. }
            | Fact::SeatMoved { seat, .. } => {
                self.seats.insert(*seat);
            }
            Fact::Group(GroupFact::Seated { moves, .. }) => {
                self.seats.extend(moves.iter().map(|moved| moved.seat));
            }
            Fact::Debate(fact) => {
                self.everybody |= matches!(**fact, DebateFact::ChairsSet { .. });
            }
            // Desks that looked at it lose it too.
            Fact::LinkRevoked { .. } | Fact::Group(GroupFact::Removed { .. }) => {
                self.everybody = true;
            }
            _ => {}
        }
    }
}
