//! Commands and facts for the property tests, thrown from a run of bytes so that proptest can shrink them.
//! Few ids and few texts, so that things meet; every variant of both enums is on the dice.

mod commands;
mod debate;
mod discussion;
mod facts;
mod groups;

use uuid::Uuid;

use crate::meeting::command::{ActivityKind, Contact, Order, Wifi};
use crate::meeting::fact::Author;
use crate::meeting::hall::{DESK_LINK, JOIN_LINK, MODERATOR_LINK, QUESTIONS, q, seat};
use crate::meeting::ids::{ActivityId, AliasId, ConcernId, LinkId, QuestionId, SeatId, Timestamp};
use crate::meeting::role::{Actor, Role};
use crate::meeting::wish::Wish;

const TEXTS: &[&str] = &[
    "Why?",
    "When does the new school open?",
    "when will the new school open",
    "Məktəb nə vaxt açılır?",
    "",
    "  \u{202E} ",
    "see www.example.org",
    "fuck",
    "teacher",
    "az",
    "a\nb\n\n\nc",
    "👩‍👩‍👧‍👦",
];

pub struct Dice<'a> {
    bytes: std::slice::Iter<'a, u8>,
}

impl<'a> Dice<'a> {
    pub fn of(bytes: &'a [u8]) -> Self {
        Self {
            bytes: bytes.iter(),
        }
    }

    fn throw(&mut self) -> u8 {
        self.bytes.next().copied().unwrap_or_default()
    }

    fn below(&mut self, sides: u8) -> u8 {
        self.throw() % sides
    }

    pub fn yes(&mut self) -> bool {
        self.below(2) == 1
    }

    fn maybe<T>(&mut self, some: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if self.yes() { Some(some(self)) } else { None }
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[usize::from(self.throw()) % of.len()]
    }

    fn text(&mut self) -> String {
        if self.below(24) == 0 {
            "long ".repeat(usize::from(self.throw()) * 4)
        } else {
            self.one(TEXTS).to_owned()
        }
    }

    fn texts(&mut self) -> Vec<String> {
        (0..self.below(4)).map(|_| self.text()).collect()
    }

    fn small(&mut self) -> u16 {
        self.one(&[0, 1, 5, 20, 30, 60, 500, 600, 601, u16::MAX])
    }

    fn number(&mut self) -> u32 {
        self.one(&[0, 1, 2, 1_024, 10_000, 100_001, u32::MAX])
    }

    fn time(&mut self) -> Timestamp {
        Timestamp(self.one(&[
            i64::MIN,
            -1,
            0,
            1,
            1_760_000_000_000,
            1_760_003_600_000,
            i64::MAX,
        ]))
    }

    fn question(&mut self) -> QuestionId {
        q(u128::from(self.below(6)))
    }

    fn seat(&mut self) -> SeatId {
        seat(u128::from(self.below(8)))
    }

    fn activity(&mut self) -> ActivityId {
        if self.yes() {
            QUESTIONS
        } else {
            ActivityId(Uuid::from_u128(0xA1 + u128::from(self.below(4))))
        }
    }

    fn link(&mut self) -> LinkId {
        self.one(&[DESK_LINK, MODERATOR_LINK, JOIN_LINK, LinkId(Uuid::nil())])
    }

    fn concern(&mut self) -> ConcernId {
        ConcernId(Uuid::from_u128(u128::from(self.below(3))))
    }

    fn kind(&mut self) -> ActivityKind {
        self.one(&[
            ActivityKind::Questions,
            ActivityKind::Groups,
            ActivityKind::Groups,
            ActivityKind::Poll,
            ActivityKind::Discussion,
            ActivityKind::Debate,
        ])
    }

    fn role(&mut self) -> Role {
        self.one(&[
            Role::Facilitator,
            Role::Moderator,
            Role::Timekeeper,
            Role::Judge,
            Role::Captioner,
            Role::Contact,
            Role::Stage,
            Role::Participant,
        ])
    }

    fn order(&mut self) -> Order {
        self.one(&[Order::Top, Order::New, Order::Fair, Order::Own])
    }

    fn wifi(&mut self) -> Wifi {
        Wifi {
            name: self.text(),
            password: self.text(),
        }
    }

    fn contact(&mut self) -> Contact {
        Contact {
            name: self.text(),
            numbers: self.text(),
            on_duty: self.yes(),
        }
    }

    fn alias(&mut self) -> AliasId {
        AliasId(Uuid::from_u128(0x7000 + u128::from(self.below(3))))
    }

    fn author(&mut self) -> Author {
        match self.below(3) {
            0 => Author::Nobody,
            1 => Author::Alias(self.alias()),
            _ => Author::Seat(self.seat()),
        }
    }

    /// Facilitators and moderators often, so that much is granted.
    pub fn actor(&mut self) -> Actor {
        match self.below(6) {
            0 | 1 => Actor::Seat(seat(1)),
            2 => Actor::Seat(seat(2)),
            3 => Actor::Alias(self.alias()),
            _ => Actor::Seat(self.seat()),
        }
    }

    pub fn pause(&mut self) -> i64 {
        self.one(&[0, 1, 9_999, 10_000, 61_000])
    }

    /// Now and then something that only the server may wish for, as it would.
    pub fn wish(&mut self, now: Timestamp) -> Option<(Actor, Wish)> {
        let hash = |dice: &mut Self| format!("hash {}", dice.below(3));
        match self.below(13) {
            12 => Some((self.actor(), self.group_wish())),
            0 => {
                let wish = Wish::Sit {
                    seat: self.seat(),
                    link: self.maybe(Self::link),
                    name: self.maybe(Self::text),
                    language: None,
                    tags: self.maybe(Self::texts),
                };
                Some((Actor::Server, wish))
            }
            1 => {
                let (link, role) = (self.link(), self.role());
                let wish = Wish::AddLink {
                    link,
                    role,
                    hash: hash(self),
                    label: self.text(),
                };
                Some((self.actor(), wish))
            }
            2 => {
                let (seat, hash) = (self.seat(), hash(self));
                let wish = Wish::OfferMove {
                    seat,
                    hash,
                    until: now.plus_ms(60_000),
                };
                Some((self.actor(), wish))
            }
            3 => Some((Actor::Server, Wish::Move { hash: hash(self) })),
            _ => None,
        }
    }
}
