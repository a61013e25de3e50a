//! The state of discussions, as `apply` leaves it. No rule stands here.

use std::collections::BTreeMap;

use super::command::{HandKind, LineOrder, Stance};
use crate::meeting::ids::{ActivityId, QuestionId, SeatId, Timestamp};
use crate::meeting::state::Meeting;
use crate::meeting::watch::Watch;

/// Length of a speech unless said otherwise, in seconds.
pub const SPEECH_S: u16 = 120;

/// How far a hand has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Course {
    Waiting,
    Speaking,
    /// By the chair, or interrupted by a reply.
    Paused,
    Finished,
    /// Taken down before it was called. Kept until its person raises another, so that views know whose it was.
    Lowered,
}

/// A hand, and the speech it became.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hand {
    pub seat: SeatId,
    pub kind: HandKind,
    pub about: String,
    pub stance: Option<Stance>,
    pub raised_at: Timestamp,
    pub course: Course,
    /// What was spoken; runs exactly while `course` is `Speaking`.
    pub watch: Watch,
    /// Without the person's own factor; 0: no limit.
    pub length_ms: i64,
    pub called_at: Option<Timestamp>,
    /// When it was last paused or ended.
    pub stopped_at: Option<Timestamp>,
}

/// One discussion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Discussion {
    pub order: LineOrder,
    /// 0: no limit.
    pub speech_s: u16,
    /// Empty: all that the meeting asks for.
    pub tags: Vec<String>,
    pub stances: bool,
    /// 0: no budget.
    pub budget_s: u16,
    pub one_queue: bool,
    pub order_when_closed: bool,
    pub closed: bool,
    /// By number.
    pub hands: BTreeMap<u32, Hand>,
    /// Highest number that was ever given.
    pub numbered: u32,
    /// Hands that the chair put where they are, first to last. Only such as wait.
    pub placed: Vec<u32>,
    /// The written question that has its turn in this line.
    pub question: Option<QuestionId>,
    /// A question had the last turn, so a hand is next.
    pub hands_turn: bool,
}

/// A discussion of which nothing was ever said.
static UNTOUCHED: Discussion = Discussion::new();

impl Discussion {
    #[must_use]
    pub const fn new() -> Self {
        Self {
            order: LineOrder::FirstCome,
            speech_s: SPEECH_S,
            tags: Vec::new(),
            stances: false,
            budget_s: 0,
            one_queue: false,
            order_when_closed: true,
            closed: false,
            hands: BTreeMap::new(),
            numbered: 0,
            placed: Vec::new(),
            question: None,
            hands_turn: false,
        }
    }

    /// Speeches that have begun and not ended: whoever has the floor first, then the interrupted, the latest first.
    #[must_use]
    pub fn active(&self) -> Vec<(u32, &Hand)> {
        let active = self.hands.iter().filter(|(_, hand)| hand.is_active());
        let mut found: Vec<_> = active.map(|(number, hand)| (*number, hand)).collect();
        found.sort_by_key(|(number, hand)| {
            let speaks = hand.course == Course::Speaking;
            std::cmp::Reverse((speaks, hand.stopped_at, hand.called_at, *number))
        });
        found
    }

    /// Hands of a seat that have not been taken down.
    pub fn hands_of(&self, seat: SeatId) -> impl Iterator<Item = (u32, &Hand)> {
        let hands = self.hands.iter();
        hands
            .filter(move |(_, hand)| hand.seat == seat && hand.course != Course::Lowered)
            .map(|(number, hand)| (*number, hand))
    }
}

impl Default for Discussion {
    fn default() -> Self {
        Self::new()
    }
}

impl Hand {
    #[must_use]
    pub fn waits(&self) -> bool {
        self.course == Course::Waiting
    }

    /// Speaks, or is interrupted.
    #[must_use]
    pub fn is_active(&self) -> bool {
        matches!(self.course, Course::Speaking | Course::Paused)
    }

    /// Whether it ever had the floor.
    #[must_use]
    pub fn was_called(&self) -> bool {
        self.is_active() || self.course == Course::Finished
    }
}

impl Meeting {
    /// The discussion of an activity; its defaults while nothing was said of it.
    #[must_use]
    pub fn discussion(&self, activity: ActivityId) -> &Discussion {
        self.discussions.get(&activity).unwrap_or(&UNTOUCHED)
    }

    /// Tags that take turns in a discussion and are added up.
    #[must_use]
    pub fn counted_tags<'a>(&'a self, discussion: &'a Discussion) -> &'a [String] {
        if discussion.tags.is_empty() {
            &self.ask
        } else {
            &discussion.tags
        }
    }

    /// A person's time factor in percent.
    #[must_use]
    pub fn factor(&self, seat: SeatId) -> u16 {
        self.factors.get(&seat).copied().unwrap_or(100)
    }
}
