//! Every command and every fact of a discussion on the dice.

use super::Dice;
use crate::meeting::command::{DiscussionCommand as C, HandKind, LineOrder, Stance};
use crate::meeting::fact::DiscussionFact as F;
use crate::meeting::hall::DISCUSSION;
use crate::meeting::ids::ActivityId;

/// How many commands there are.
pub const COMMANDS: u8 = 16;

impl Dice<'_> {
    /// One discussion, mostly.
    fn discussed(&mut self) -> ActivityId {
        if self.below(8) == 0 {
            self.activity()
        } else {
            DISCUSSION
        }
    }

    fn hand(&mut self) -> u32 {
        self.one(&[1, 2, 3, 4, 5, 6, 0, u32::MAX])
    }

    fn some_hands(&mut self) -> Vec<u32> {
        (0..self.below(4)).map(|_| self.hand()).collect()
    }

    fn hand_kind(&mut self) -> HandKind {
        self.one(&[
            HandKind::Ordinary,
            HandKind::Ordinary,
            HandKind::PointOfOrder,
            HandKind::Reply,
        ])
    }

    fn stance(&mut self) -> Stance {
        self.one(&[Stance::For, Stance::Against])
    }

    fn line_order(&mut self) -> LineOrder {
        self.one(&[
            LineOrder::FirstCome,
            LineOrder::FirstTimers,
            LineOrder::Alternate,
            LineOrder::LeastTime,
        ])
    }

    fn length(&mut self) -> i64 {
        self.one(&[0, 1_000, 120_000, -1, i64::MIN, i64::MAX])
    }

    fn factor(&mut self) -> u16 {
        self.one(&[100, 125, 150, 200, 0, u16::MAX])
    }

    /// The command of this number, below [`COMMANDS`].
    pub fn discussion_command(&mut self, which: u8) -> C {
        let activity = self.discussed();
        match which {
            0 => C::SetDiscussion {
                activity,
                order: self.maybe(Self::line_order),
                speech_s: self.maybe(Self::small),
                tags: self.maybe(Self::texts),
                stances: self.maybe(Self::yes),
                budget_s: self.maybe(Self::small),
                one_queue: self.maybe(Self::yes),
                order_when_closed: self.maybe(Self::yes),
            },
            1 => C::Raise {
                activity,
                kind: self.maybe(Self::hand_kind),
                about: self.maybe(Self::text),
                stance: self.maybe(Self::stance),
            },
            2 => C::Lower {
                activity,
                kind: self.maybe(Self::hand_kind),
            },
            3 => C::AddHand {
                activity,
                seat: self.seat(),
                kind: self.maybe(Self::hand_kind),
                about: self.maybe(Self::text),
                stance: self.maybe(Self::stance),
            },
            4 => C::RemoveHand {
                activity,
                hand: self.hand(),
            },
            5 => C::Call {
                activity,
                hand: self.maybe(Self::hand),
                seat: self.maybe(Self::seat),
                question: self.maybe(Self::question),
            },
            6 => C::PauseSpeech { activity },
            7 => C::ResumeSpeech { activity },
            8 => C::EndSpeech { activity },
            9 => C::ReopenSpeech { activity },
            10 => C::AddSpeechTime {
                activity,
                seconds: self.more(),
            },
            11 => C::OrderHands {
                activity,
                hands: self.some_hands(),
            },
            12 => C::CloseList {
                activity,
                on: self.yes(),
            },
            13 => C::ReAddLast { activity },
            14 => C::ClearHands { activity },
            _ => C::ExtraTime {
                seat: self.seat(),
                percent: self.factor(),
            },
        }
    }

    pub fn discussion_fact(&mut self) -> F {
        let (activity, hand) = (self.discussed(), self.hand());
        match self.below(14) {
            0 => F::Set {
                activity,
                order: self.maybe(Self::line_order),
                speech_s: self.maybe(Self::small),
                tags: self.maybe(Self::texts),
                stances: self.maybe(Self::yes),
                budget_s: self.maybe(Self::small),
                one_queue: self.maybe(Self::yes),
                order_when_closed: self.maybe(Self::yes),
            },
            1 => F::ListClosed {
                activity,
                on: self.yes(),
            },
            2 | 3 => F::Raised {
                activity,
                hand,
                seat: self.seat(),
                kind: self.hand_kind(),
                about: self.text(),
                stance: self.maybe(Self::stance),
            },
            4 => F::Restated {
                activity,
                hand,
                about: self.text(),
                stance: self.maybe(Self::stance),
            },
            5 => F::Lowered {
                activity,
                hands: self.some_hands(),
            },
            6 => F::Called {
                activity,
                hand,
                length_ms: self.length(),
            },
            7 => F::QuestionCalled {
                activity,
                question: self.question(),
            },
            8 => F::Paused { activity, hand },
            9 => F::Resumed { activity, hand },
            10 => F::Ended { activity, hand },
            11 => F::Reopened { activity, hand },
            12 => F::Timed {
                activity,
                hand,
                length_ms: self.length(),
            },
            _ if self.yes() => F::Ordered {
                activity,
                hands: self.some_hands(),
            },
            _ => F::ExtraTime {
                seat: self.seat(),
                percent: self.factor(),
            },
        }
    }
}
