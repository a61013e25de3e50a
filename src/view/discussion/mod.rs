//! A discussion as each audience sees it: the floor (who speaks, who is next), its chair (everyone, with reasons and times),
//! and whoever raised a hand. Only the chair sees a seat's id.

mod marks;
mod shown;

pub use shown::{
    ChairDiscussion, ChairHand, FloorDiscussion, MyDiscussion, MyHand, ShownHand, ShownSpeaker,
    Spoken, Why,
};

use crate::meeting::ids::{ActivityId, SeatId};
use crate::meeting::state::Meeting;
use crate::view::dirty::Dirty;
use crate::view::document::Pen;

pub fn build_floor(pen: &mut Pen<'_>, _meeting: &Meeting) {
    pen.begin("discussions");
}

pub fn refresh_floor(_pen: &mut Pen<'_>, _meeting: &Meeting, _dirty: &Dirty) {}

pub fn build_chair(_pen: &mut Pen<'_>, _meeting: &Meeting, _activity: ActivityId) {}

pub fn refresh_chair(
    _pen: &mut Pen<'_>,
    _meeting: &Meeting,
    _activity: ActivityId,
    _dirty: &Dirty,
) {
}

pub fn write_mine(_pen: &mut Pen<'_>, _meeting: &Meeting, _seat: SeatId) {}
