//! What a fact may have changed in a discussion, and whose place in line it may have moved.

use crate::meeting::fact::{DiscussionFact, Fact};
use crate::meeting::state::Meeting;
use crate::view::dirty::Dirty;

impl Dirty {
    /// Marks what a fact of a discussion may have changed.
    pub(in crate::view) fn note_discussion(&mut self, meeting: &Meeting, _fact: &DiscussionFact) {
        self.note_everything(meeting);
    }

    /// Marks the lines that a fact from elsewhere may have moved.
    pub(in crate::view) fn note_lines(&mut self, _meeting: &Meeting, _fact: &Fact) {}
}
