//! Where the meeting's rules come in: the core's `decide`, or what a test puts in its place.

use crate::meeting::fact::Fact;
use crate::meeting::refusal::Refusal;
use crate::meeting::state::Meeting;
use crate::meeting::wish::{Context, Wish};

/// Decides a wish on a state.
pub(super) type Decide = fn(&Meeting, &Wish, &Context) -> Result<Vec<Fact>, Refusal>;

/// The rules a meeting is run by.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rules {
    pub decide: Decide,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            decide: crate::meeting::decide,
        }
    }
}
