//! What may happen in a discussion, drawn at random: one activity, few people, so that hands meet.

use crate::meeting::ids::ActivityId;

/// The activity that is discussed.
pub fn discussed() -> ActivityId {
    super::steps::activity(3)
}
