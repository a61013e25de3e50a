//! The state of debates, as `apply` leaves it.

/// One debate.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Debate {
    pub needs_help: bool,
}

/// A team.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Team {
    pub name: String,
}
