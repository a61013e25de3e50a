//! The state of discussions, as `apply` leaves it.

/// One discussion.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Discussion {
    pub closed: bool,
}
