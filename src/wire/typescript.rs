//! Writes the TypeScript of everything on the wire, and holds `web/src/wire/` to it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use ts_rs::{Config, TS};

use crate::meeting::command::{
    ActivityKind, Ballot, Call, Command, Contact, DebateCommand, DiscussionCommand, DrawHow, Duty,
    GroupCommand, HandKind, How, LineOrder, Mark, Order, Reaction, Rings, Stance, Verb, VoteRound,
    Wifi,
};
use crate::meeting::ids::{
    ActivityId, AliasId, CardId, ConcernId, DeviceId, GroupId, LetterId, LinkId, MeetingId,
    MotionId, QuestionId, SeatId, TeamId, Timestamp,
};
use crate::meeting::refusal::{Code, Refusal};
use crate::meeting::role::Role;
use crate::view;

use super::{body, error, said, says};

/// A generated file: its name, what it is, and its types.
struct File {
    name: &'static str,
    about: &'static str,
    types: Vec<(String, String)>,
}

fn one<T: TS>() -> (String, String) {
    let config = Config::new().with_large_int("number");
    (T::ident(&config), T::decl(&config))
}

fn files() -> Vec<File> {
    vec![
        File {
            name: "ids.ts",
            about: "The names of things: UUIDs; and times in milliseconds since 1970.",
            types: vec![
                one::<MeetingId>(),
                one::<ActivityId>(),
                one::<SeatId>(),
                one::<AliasId>(),
                one::<DeviceId>(),
                one::<QuestionId>(),
                one::<LinkId>(),
                one::<ConcernId>(),
                one::<GroupId>(),
                one::<CardId>(),
                one::<LetterId>(),
                one::<TeamId>(),
                one::<MotionId>(),
                one::<Timestamp>(),
            ],
        },
        File {
            name: "command.ts",
            about: "What a person may wish, and why a rule says no.",
            types: vec![
                one::<Command>(),
                one::<GroupCommand>(),
                one::<How>(),
                one::<Duty>(),
                one::<Call>(),
                one::<DiscussionCommand>(),
                one::<LineOrder>(),
                one::<HandKind>(),
                one::<Stance>(),
                one::<DebateCommand>(),
                one::<Verb>(),
                one::<VoteRound>(),
                one::<Rings>(),
                one::<Reaction>(),
                one::<DrawHow>(),
                one::<Ballot>(),
                one::<Mark>(),
                one::<ActivityKind>(),
                one::<Order>(),
                one::<Wifi>(),
                one::<Contact>(),
                one::<Role>(),
                one::<Code>(),
                one::<Refusal>(),
            ],
        },
        File {
            name: "view.ts",
            about: "What each audience sees.",
            types: vec![
                one::<view::Floor>(),
                one::<view::FloorMeeting>(),
                one::<view::OpenState>(),
                one::<view::Planned>(),
                one::<view::Act>(),
                one::<view::Contact>(),
                one::<view::AgendaItem>(),
                one::<view::AgendaState>(),
                one::<view::FloorQuestion>(),
                one::<view::FloorState>(),
                one::<view::Desk>(),
                one::<view::WaitingQuestion>(),
                one::<view::Held>(),
                one::<view::DismissedQuestion>(),
                one::<view::PrivateQuestion>(),
                one::<view::PrivateState>(),
                one::<view::MergedQuestion>(),
                one::<view::AuthorHeld>(),
                one::<view::Suggestion>(),
                one::<view::DeskSeat>(),
                one::<view::DeskLink>(),
                one::<view::DeskCounts>(),
                one::<view::TakeBack>(),
                one::<view::Care>(),
                one::<view::Needs>(),
                one::<view::Concern>(),
                one::<view::Mine>(),
                one::<view::MySeat>(),
                one::<view::MyQuestion>(),
                one::<view::MyState>(),
                one::<view::FloorWork>(),
                one::<view::WorkState>(),
                one::<view::FloorGroup>(),
                one::<view::FloorReport>(),
                one::<view::FloorLine>(),
                one::<view::FloorCard>(),
                one::<view::DeskWork>(),
                one::<view::DeskPlan>(),
                one::<view::DeskMember>(),
                one::<view::DeskGroup>(),
                one::<view::DeskLetter>(),
                one::<view::GroupView>(),
                one::<view::GroupTable>(),
                one::<view::Help>(),
                one::<view::GroupMember>(),
                one::<view::GroupLine>(),
                one::<view::GroupCard>(),
                one::<view::GroupLetter>(),
                one::<view::MyGroup>(),
                one::<crate::planning::Reached>(),
                one::<view::Clock>(),
                one::<view::ClockState>(),
                one::<view::ClockBell>(),
                one::<view::FloorDebate>(),
                one::<view::Place>(),
                one::<view::ShownFormat>(),
                one::<view::ShownSegment>(),
                one::<view::ShownSide>(),
                one::<view::ShownTurn>(),
                one::<view::ShownPoint>(),
                one::<view::PointCount>(),
                one::<view::ShownSwing>(),
                one::<view::ShownResult>(),
                one::<view::ChairDebate>(),
                one::<view::ChairSide>(),
                one::<view::ChairPlace>(),
                one::<view::ChairJudge>(),
                one::<view::BallotState>(),
                one::<view::ShownMotion>(),
                one::<view::MyDebate>(),
                one::<view::MyJudging>(),
                one::<view::Flaw>(),
                one::<view::BoardDebate>(),
                one::<view::DeskTeam>(),
                one::<view::FloorDiscussion>(),
                one::<view::ShownSpeaker>(),
                one::<view::ShownHand>(),
                one::<view::ChairDiscussion>(),
                one::<view::ChairHand>(),
                one::<view::Spoken>(),
                one::<view::MyDiscussion>(),
                one::<view::MyHand>(),
                one::<view::Why>(),
                one::<view::Chair>(),
            ],
        },
        File {
            name: "format.ts",
            about: "How a debate runs.",
            types: vec![
                one::<crate::format::model::Format>(),
                one::<crate::format::model::Side>(),
                one::<crate::format::model::Counts>(),
                one::<crate::format::model::Points>(),
                one::<crate::format::model::Overtime>(),
                one::<crate::format::model::Phase>(),
                one::<crate::format::model::Segment>(),
                one::<crate::format::model::Kind>(),
                one::<crate::format::model::Bell>(),
            ],
        },
        File {
            name: "frame.ts",
            about: "What the socket carries.",
            types: vec![
                one::<said::Hello>(),
                one::<said::Extra>(),
                one::<says::Heard>(),
                one::<says::Welcome>(),
                one::<says::Also>(),
                one::<says::Away>(),
            ],
        },
        File {
            name: "body.ts",
            about: "What HTTP carries.",
            types: vec![
                one::<error::Refused>(),
                one::<error::ErrorBody>(),
                one::<error::OneError>(),
                one::<error::ErrorCode>(),
                one::<body::FormatText>(),
                one::<body::FormatRead>(),
                one::<body::FormatProblem>(),
                one::<body::FormatWritten>(),
                one::<body::FormatKind>(),
                one::<body::NotesSent>(),
                one::<body::PlanWished>(),
                one::<body::PlanMade>(),
                one::<body::NotesSaid>(),
                one::<body::NewMeeting>(),
                one::<body::MeetingMade>(),
                one::<body::MeetingLinks>(),
                one::<body::CodeFound>(),
                one::<body::NewSeat>(),
                one::<body::SeatMade>(),
                one::<body::AliasMade>(),
                one::<body::ViewTaken>(),
                one::<body::MineTaken>(),
                one::<body::SeatsListed>(),
                one::<body::SeatListed>(),
                one::<body::Numbered>(),
                one::<body::Done>(),
                one::<body::Typed>(),
                one::<body::SimilarFound>(),
                one::<body::NewLink>(),
                one::<body::LinkMade>(),
                one::<body::MoveOffered>(),
                one::<body::ScreenMade>(),
                one::<body::ScreenPaired>(),
                one::<body::Pair>(),
                one::<body::Paired>(),
                one::<body::HallChecked>(),
                one::<body::Battery>(),
                one::<body::NewPractice>(),
                one::<body::PracticeMade>(),
                one::<body::Hall>(),
            ],
        },
    ]
}

/// The words of a text that could name a type.
fn words(text: &str) -> BTreeSet<&str> {
    text.split(|sign: char| !sign.is_alphanumeric() && sign != '_')
        .collect()
}

/// Without its comments, whose words name no type.
fn uncommented(body: &str) -> String {
    let mut parts = body.split("/*");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |code, part| {
        code + part.split_once("*/").map_or("", |(_, rest)| rest)
    })
}

fn text_of(file: &File, all: &[File]) -> String {
    let body: Vec<String> = file
        .types
        .iter()
        .map(|(_, decl)| format!("export {}\n", tidy(decl)))
        .collect();
    let body = body.join("\n");
    let code = uncommented(&body);
    let named = words(&code);
    let mut text = format!(
        "// {} Written by `cargo test wire` from Rust; do not edit.\n\n",
        file.about
    );
    let before = text.len();
    for other in all.iter().filter(|other| other.name != file.name) {
        let wanted: Vec<&str> = other
            .types
            .iter()
            .map(|(name, _)| name.as_str())
            .filter(|name| named.contains(name))
            .collect();
        if !wanted.is_empty() {
            text += &format!(
                "import type {{ {} }} from './{}'\n",
                wanted.join(", "),
                other.name
            );
        }
    }
    if text.len() > before {
        text.push('\n');
    }
    text + &body
}

/// Without semicolons and blanks at the ends of lines, as the web part is written.
fn tidy(decl: &str) -> String {
    let lines: Vec<&str> = decl
        .trim_end()
        .trim_end_matches(';')
        .lines()
        .map(str::trim_end)
        .collect();
    lines.join("\n")
}

/// `web/src/wire/` says what the server says. After a change: `OPENFLOOR_WRITE_TYPES=1 cargo test wire`.
#[test]
fn the_typescript_of_the_web_part_is_up_to_date() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("web/src/wire");
    let all = files();
    let mut stale = Vec::new();
    for file in &all {
        let path = folder.join(file.name);
        let text = text_of(file, &all);
        if std::env::var_os("OPENFLOOR_WRITE_TYPES").is_some() {
            fs::create_dir_all(&folder).unwrap();
            fs::write(&path, &text).unwrap();
        } else if fs::read_to_string(&path).unwrap_or_default() != text {
            stale.push(file.name);
        }
    }
    assert!(
        stale.is_empty(),
        "stale in web/src/wire: {stale:?}. Write them with OPENFLOOR_WRITE_TYPES=1 cargo test wire, then look at the difference."
    );
}

#[test]
fn every_type_has_one_name_and_every_name_a_type() {
    let all = files();
    let names: Vec<&str> = all
        .iter()
        .flat_map(|file| file.types.iter().map(|(name, _)| name.as_str()))
        .collect();
    let distinct: BTreeSet<&str> = names.iter().copied().collect();
    assert_eq!(names.len(), distinct.len(), "a name is taken twice");
    let known = ["Record", "Partial", "Array", "string"];
    for file in &all {
        for (name, decl) in &file.types {
            let without_comments: String = decl
                .lines()
                .filter(|line| !line.trim_start().starts_with(['/', '*']))
                .collect::<Vec<_>>()
                .join("\n");
            for word in words(&without_comments) {
                let is_type = word.starts_with(|sign: char| sign.is_ascii_uppercase());
                assert!(
                    !is_type || distinct.contains(word) || known.contains(&word),
                    "{name} names {word}"
                );
            }
        }
    }
}
