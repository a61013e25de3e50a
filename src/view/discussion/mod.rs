//! A discussion as each audience sees it: the floor (who speaks, who is next), its chair (everyone, with reasons and times),
//! and whoever raised a hand. Only the chair sees a seat's id.

mod shown;

pub use shown::{
    ChairDiscussion, ChairHand, FloorDiscussion, MyDiscussion, MyHand, ShownHand, ShownSpeaker,
    Spoken, Why,
};
