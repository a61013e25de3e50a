//! Every command and every fact of debates on the dice.

use uuid::Uuid;

use super::Dice;
use crate::format;
use crate::meeting::command::{
    Ballot, DebateCommand as C, DrawHow, Mark, Reaction, Rings, Verb, VoteRound,
};
use crate::meeting::debate::clock::{DebateClock, Kept, Position, Running};
use crate::meeting::fact::DebateFact as F;
use crate::meeting::ids::{ActivityId, AliasId, MotionId, SeatId, TeamId};
use crate::meeting::watch::Watch;

/// How many commands there are.
pub const COMMANDS: u8 = 41;

const VERBS: [Verb; 12] = [
    Verb::Start,
    Verb::Pause,
    Verb::Interpret,
    Verb::Resume,
    Verb::Adjust,
    Verb::Reset,
    Verb::Finish,
    Verb::Next,
    Verb::Back,
    Verb::Jump,
    Verb::Bank,
    Verb::HandOver,
];

impl Dice<'_> {
    fn team(&mut self) -> TeamId {
        TeamId(Uuid::from_u128(0x7EA0 + u128::from(self.below(4))))
    }

    fn motion(&mut self) -> MotionId {
        MotionId(Uuid::from_u128(0x3000 + u128::from(self.below(4))))
    }

    fn side(&mut self) -> String {
        self.one(&["proposition", "opposition", "both", "nobody", "moon"])
            .to_owned()
    }

    /// One debate, mostly.
    fn debate(&mut self) -> ActivityId {
        if self.below(6) == 0 {
            self.activity()
        } else {
            ActivityId(Uuid::from_u128(0xA5))
        }
    }

    fn place(&mut self) -> u8 {
        self.one(&[0, 1, 2, 3, 9])
    }

    fn judges(&mut self) -> Vec<SeatId> {
        (0..self.below(4)).map(|_| self.seat()).collect()
    }

    fn motions(&mut self) -> Vec<MotionId> {
        (0..self.below(4)).map(|_| self.motion()).collect()
    }

    fn round(&mut self) -> VoteRound {
        self.one(&[VoteRound::Before, VoteRound::After])
    }

    fn reaction(&mut self) -> Reaction {
        self.one(&[Reaction::Applause, Reaction::Agree, Reaction::Laugh])
    }

    fn rings(&mut self) -> Rings {
        self.one(&[Rings::Stage, Rings::Chair, Rings::Nobody])
    }

    fn segment(&mut self) -> u8 {
        self.one(&[0, 1, 2, 7, 255])
    }

    fn voter(&mut self) -> AliasId {
        AliasId(Uuid::from_u128(0x7000 + u128::from(self.below(3))))
    }

    fn verb(&mut self) -> Verb {
        self.one(&VERBS)
    }

    fn ballot(&mut self) -> Box<Ballot> {
        let mut ballot = Ballot {
            winner: self.maybe(Self::side),
            remark: self.maybe(Self::text),
            ..Ballot::default()
        };
        for segment in 0..self.below(9) {
            let mark = Mark {
                place: self.place(),
                score: self.maybe(|dice| dice.one(&[7_000, 7_050, 3_500, 1, u32::MAX])),
                twice: self.maybe(Self::yes),
                remark: None,
            };
            ballot.marks.insert(segment, mark);
        }
        Box::new(ballot)
    }

    pub fn debate_command(&mut self, which: u8) -> C {
        let (activity, team) = (self.debate(), self.team());
        match which {
            0 => C::SetDebate {
                activity,
                format: Some(
                    self.one(&[
                        "world-schools",
                        "school-mini",
                        "oxford",
                        "british-parliamentary",
                        "none",
                    ])
                    .to_owned(),
                ),
                own_format: None,
                motion: Some("This house would".to_owned()),
                slide: self.maybe(Self::text),
                rings: self.maybe(Self::rings),
                silent: self.maybe(Self::yes),
                together: self.maybe(Self::yes),
                scored_by: None,
                reactions: self.maybe(Self::yes),
            },
            1 => C::AddTeam {
                id: team,
                name: self.text(),
                from: self.maybe(Self::text),
                activity: Some(activity),
                side: Some(self.side()),
            },
            2 => C::ChangeTeam {
                team,
                name: self.maybe(Self::text),
                from: self.maybe(Self::text),
            },
            3 => C::RemoveTeam { team },
            4 => C::PlaceTeam {
                activity,
                side: self.side(),
                team: self.maybe(Self::team),
            },
            5 => C::DrawSides { activity },
            6 => C::SetSpeaker {
                team,
                place: self.place(),
                name: self.maybe(Self::text),
                seat: self.maybe(Self::seat),
            },
            7 => C::ClaimPlace {
                team,
                place: self.place(),
                name: self.maybe(Self::text),
            },
            8 => C::LeavePlace {
                team,
                place: self.place(),
            },
            9 => C::ConfirmPlace {
                team,
                place: self.place(),
                seat: self.seat(),
                on: self.yes(),
            },
            10 => C::SendSpeaker {
                activity,
                segment: self.segment(),
                place: self.place(),
                twice: self.maybe(Self::yes),
            },
            11 => C::DecideOwner {
                activity,
                segment: self.segment(),
                side: self.side(),
            },
            12 => C::SetChairs {
                activity,
                seats: self.judges(),
            },
            13 => C::SetJudges {
                activity,
                seats: self.judges(),
            },
            14 => C::DeclareConflict {
                team,
                on: self.yes(),
            },
            15 => C::SetFactor {
                team,
                place: self.place(),
                percent: self.one(&[100, 125, 150, 200, 300]),
            },
            16 => C::ProposeMotion {
                id: self.motion(),
                activity,
                text: self.text(),
                slide: self.maybe(Self::text),
                question: self.maybe(Self::question),
            },
            17 => C::RemoveMotion {
                motion: self.motion(),
            },
            18 => C::OfferMotions {
                activity,
                on: self.yes(),
            },
            19 => C::RankMotions {
                activity,
                motions: self.motions(),
            },
            20 => C::VetoMotion {
                activity,
                motion: self.maybe(Self::motion),
            },
            21 => C::ChooseMotion {
                activity,
                motion: self.maybe(Self::motion),
            },
            22 => C::ReleaseMotion { activity },
            23 => C::CallHost {
                activity,
                on: self.yes(),
            },
            24 => C::EndMySpeech { activity },
            25 => C::OfferPoint { activity },
            26 => C::AnswerPoint {
                activity,
                take: self.yes(),
            },
            27 => C::CountPoint {
                activity,
                side: self.side(),
                taken: self.yes(),
            },
            28 => C::EndPoint { activity },
            29 => C::OpenVote {
                activity,
                round: self.round(),
                on: self.yes(),
            },
            30 => C::VoteMotion {
                activity,
                round: self.round(),
                side: self.maybe(Self::side),
            },
            31 => C::ShowSwing {
                activity,
                on: self.yes(),
            },
            32 => C::React {
                activity,
                kind: self.reaction(),
            },
            33 => C::SaveBallot {
                activity,
                ballot: self.ballot(),
            },
            34 => C::HandInBallot {
                activity,
                ballot: self.ballot(),
            },
            35 => C::ConfirmBallot {
                activity,
                judge: self.seat(),
            },
            36 => C::ReturnBallot {
                activity,
                judge: self.seat(),
            },
            37 => C::ReleaseResult {
                activity,
                on: self.yes(),
            },
            38 => C::DrawRound {
                activities: vec![activity],
                how: self.one(&[DrawHow::Random, DrawHow::Power]),
            },
            _ => C::Clock {
                activity,
                verb: self.verb(),
                from: None,
                at: self.maybe(Self::time),
                seconds: self.maybe(|dice| dice.one(&[30, -30, 90_000, i32::MIN])),
                segment: self.maybe(Self::segment),
                side: self.maybe(Self::side),
            },
        }
    }

    fn clock(&mut self) -> DebateClock {
        let at = self.one(&[
            Position::Setup,
            Position::Preparation,
            Position::Segment(0),
            Position::Segment(3),
            Position::Segment(200),
            Position::Over,
        ]);
        let watch = Watch {
            spent_ms: self.one(&[0, 1, 60_000, i64::MIN, i64::MAX]),
            since: self.maybe(Self::time),
        };
        DebateClock {
            at,
            running: self.one(&[
                Running::Ready,
                Running::Running,
                Running::Paused,
                Running::Interpreting,
                Running::Done,
            ]),
            watch,
            added_ms: self.one(&[0, 30_000, -30_000]),
            kept: [(0, Kept::default())].into(),
            banks: [(self.side(), watch)].into(),
            free: [(self.side(), watch)].into(),
            turn: self.maybe(Self::side),
        }
    }

    pub fn debate_fact(&mut self) -> F {
        let (activity, team) = (self.debate(), self.team());
        match self.below(31) {
            0..3 => F::Set {
                activity,
                format: format::built_in_by_id(self.one(&[
                    "world-schools",
                    "oxford",
                    "british-parliamentary",
                ]))
                .cloned()
                .map(Box::new),
                motion: self.maybe(Self::text),
                slide: self.maybe(Self::text),
                rings: self.maybe(Self::rings),
                silent: self.maybe(Self::yes),
                together: self.maybe(Self::yes),
                rules: crate::results::preset("wsdc").map(Box::new),
                reactions: self.maybe(Self::yes),
            },
            3 => F::TeamAdded {
                team,
                name: self.text(),
                from: self.text(),
            },
            4 => F::TeamChanged {
                team,
                name: self.maybe(Self::text),
                from: self.maybe(Self::text),
            },
            5 => F::TeamRemoved { team },
            6 => F::TeamPlaced {
                activity,
                side: self.side(),
                team: self.maybe(Self::team),
            },
            7 => F::SpeakerSet {
                team,
                place: self.place(),
                name: self.text(),
                seat: self.maybe(Self::seat),
            },
            8 => F::PlaceClaimed {
                team,
                place: self.place(),
                seat: self.seat(),
                name: self.text(),
            },
            9 => F::ClaimDropped {
                team,
                place: self.place(),
                seat: self.seat(),
            },
            10 => F::SpeakerSent {
                activity,
                segment: self.segment(),
                place: self.place(),
                twice: self.yes(),
            },
            11 => F::OwnerDecided {
                activity,
                segment: self.segment(),
                side: self.side(),
            },
            12 => F::ChairsSet {
                activity,
                seats: self.judges(),
            },
            13 => F::JudgesSet {
                activity,
                seats: self.judges(),
            },
            14 => F::ConflictDeclared {
                team,
                seat: self.seat(),
                on: self.yes(),
            },
            15 => F::FactorSet {
                team,
                place: self.place(),
                percent: self.one(&[0, 100, 150, u16::MAX]),
            },
            16 => F::MotionProposed {
                motion: self.motion(),
                activity,
                text: self.text(),
                slide: self.text(),
                question: None,
            },
            17 => F::MotionRemoved {
                activity,
                motion: self.motion(),
            },
            18 => match self.below(4) {
                0 => F::MotionsOffered {
                    activity,
                    on: self.yes(),
                },
                1 => F::MotionsRanked {
                    activity,
                    side: self.side(),
                    motions: self.motions(),
                },
                2 => F::MotionVetoed {
                    activity,
                    side: self.side(),
                    motion: self.maybe(Self::motion),
                },
                _ => F::MotionReleased { activity },
            },
            19 | 20 => F::Clocked {
                activity,
                verb: self.maybe(Self::verb),
                clock: self.clock(),
            },
            21 => F::HostCalled {
                activity,
                on: self.yes(),
            },
            22 => F::PointOffered {
                activity,
                side: self.side(),
                place: self.place(),
                seat: self.seat(),
            },
            23 => F::PointAnswered {
                activity,
                side: self.side(),
                taken: self.yes(),
            },
            24 => F::PointBegun {
                activity,
                side: self.side(),
                place: self.place(),
                ends: self.time(),
            },
            25 => match self.below(3) {
                0 => F::PointOver { activity },
                1 => F::PointCounted {
                    activity,
                    side: self.side(),
                    taken: self.yes(),
                },
                _ => F::Reacted {
                    activity,
                    kind: self.reaction(),
                },
            },
            26 => F::VoteOpened {
                activity,
                round: self.round(),
                on: self.yes(),
            },
            27 => F::Voted {
                activity,
                round: self.round(),
                alias: self.voter(),
                side: self.maybe(Self::side),
            },
            28 => F::SwingShown {
                activity,
                on: self.yes(),
            },
            29 => F::BallotSaved {
                activity,
                judge: self.seat(),
                ballot: self.ballot(),
                handed_in: self.yes(),
            },
            _ => match self.below(3) {
                0 => F::BallotConfirmed {
                    activity,
                    judge: self.seat(),
                },
                1 => F::BallotReturned {
                    activity,
                    judge: self.seat(),
                },
                _ => F::ResultReleased {
                    activity,
                    on: self.yes(),
                },
            },
        }
    }
}
