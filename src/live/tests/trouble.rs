//! What happens when the journal fails, is slow, is written by others or is damaged, and when a command panics.

use std::time::Duration;

use super::hall::{
    DESK_LINK, Hall, MEETING, answers, code, create, person, question, seat, sent, settings, vote,
};
use crate::journal::Record;
use crate::live::faults::Fault;
use crate::live::ledger::Trouble;
use crate::live::rules::Rules;
use crate::live::{Failure, Settings};
use crate::meeting::command::Command;
use crate::meeting::fact::{Entry, Fact};
use crate::meeting::ids::{LinkId, MeetingId};
use crate::meeting::refusal::Code;
use crate::meeting::role::Role;
use crate::view::Audience;
use uuid::Uuid;

#[tokio::test(start_paused = true)]
async fn an_append_of_unknown_outcome_is_looked_up_and_nothing_is_lost_or_doubled() {
    for fault in [
        Fault::After(Trouble::Unknown),
        Fault::Before(Trouble::Unknown),
        Fault::Before(Trouble::Stale),
    ] {
        let hall = Hall::open().await;
        hall.sit(3, None).await;
        hall.faults.plan([fault]);
        assert_eq!(
            hall.send(person(3), 1, hall.ask(1, "Why?")).await,
            Ok(1),
            "{fault:?}"
        );
        assert_eq!(hall.look(|meeting| meeting.asked).await, 1, "{fault:?}");
        assert!(hall.faults.are_spent());
    }
}

#[tokio::test(start_paused = true)]
async fn an_append_that_hangs_is_given_up_and_looked_up() {
    let hall = Hall::open().await;
    hall.sit(3, None).await;
    hall.faults.plan([Fault::Slow(Duration::from_secs(3600))]);
    assert_eq!(hall.send(person(3), 1, hall.ask(1, "Why?")).await, Ok(1));
    assert_eq!(hall.questions().await, 1);
}

#[tokio::test(start_paused = true)]
async fn a_full_disk_refuses_writers_for_now_and_lets_readers_go_on() {
    let hall = Hall::open().await;
    hall.sit(3, None).await;
    let (connection, _) = hall.join(3, &[Audience::Floor]).await;
    hall.faults.plan([Fault::Before(Trouble::Full)]);
    connection
        .command(sent(person(3), 1, hall.ask(1, "Why?")))
        .await
        .unwrap();
    assert_eq!(answers(&connection, 1).await, [(1, Some(Code::ReadOnly))]);
    assert_eq!(hall.meeting.trouble(), Some(Failure::DiskFull));
    // Held until the first comes again.
    connection
        .command(sent(person(3), 2, hall.ask(2, "And?")))
        .await
        .unwrap();
    assert_eq!(answers(&connection, 1).await, [(2, Some(Code::ReadOnly))]);
    assert_eq!(hall.questions().await, 0);
    assert!(hall.meeting.snapshot(&Audience::Floor, true).await.is_ok());
    tokio::time::advance(Duration::from_secs(3)).await;
    connection
        .command(sent(person(3), 1, hall.ask(1, "Why?")))
        .await
        .unwrap();
    connection
        .command(sent(person(3), 2, hall.ask(2, "And?")))
        .await
        .unwrap();
    assert_eq!(answers(&connection, 2).await, [(1, None), (2, None)]);
    assert_eq!(hall.meeting.trouble(), None);
}

#[tokio::test(start_paused = true)]
async fn a_view_never_shows_what_did_not_become_durable() {
    let hall = Hall::open().await;
    hall.sit(3, None).await;
    hall.faults.plan([
        Fault::Slow(Duration::from_secs(1)),
        Fault::Before(Trouble::Unwritable),
    ]);
    let meeting = hall.meeting.clone();
    let command = hall.ask(1, "Why?");
    let asked = tokio::spawn(async move { meeting.command(sent(person(3), 1, command)).await });
    tokio::time::sleep(Duration::from_millis(300)).await;
    let meeting = hall.meeting.clone();
    let early = tokio::spawn(async move { meeting.snapshot(&Audience::Floor, true).await });
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert!(!early.is_finished(), "the state is ahead of the journal");
    assert_eq!(asked.await.unwrap(), Ok(1));
    let text = early.await.unwrap().unwrap().plain.clone();
    assert!(String::from_utf8_lossy(&text).contains("Why?"));
    let refused = hall.send(person(3), 2, hall.ask(2, "Lost?")).await;
    assert_eq!(code(&refused), Some(Code::ReadOnly));
    let snapshot = hall.meeting.snapshot(&Audience::Floor, true).await.unwrap();
    assert!(!String::from_utf8_lossy(&snapshot.plain).contains("Lost?"));
}

#[tokio::test(start_paused = true)]
async fn another_writer_is_read_up_to_and_the_command_goes_through() {
    let hall = Hall::open().await;
    hall.sit(3, None).await;
    let link = LinkId(Uuid::from_u128(0xE1));
    let tail = hall.journal.tail(MEETING.0).await.unwrap();
    let entry = Entry {
        hash: None,
        facts: vec![Fact::LinkAdded {
            link,
            role: Role::Facilitator,
            hash: "x".into(),
            label: String::new(),
        }],
    };
    hall.journal
        .append(
            MEETING.0,
            tail,
            &[Record::new(super::hall::START.0, entry.encode())],
        )
        .await
        .unwrap();
    assert!(
        !hall
            .look(move |meeting| meeting.links.contains_key(&link))
            .await
    );
    hall.meeting.catch_up().await.unwrap();
    assert!(
        hall.look(move |meeting| meeting.links.contains_key(&link))
            .await
    );
    assert_eq!(hall.send(person(3), 1, hall.ask(1, "Why?")).await, Ok(1));

    let tail = hall.journal.tail(MEETING.0).await.unwrap();
    let entry = Entry {
        hash: None,
        facts: vec![Fact::LinkRevoked { link }],
    };
    hall.journal
        .append(
            MEETING.0,
            tail,
            &[Record::new(super::hall::START.0, entry.encode())],
        )
        .await
        .unwrap();
    assert_eq!(hall.send(person(3), 2, vote(1)).await, Ok(2));
    assert!(hall.look(move |meeting| meeting.links[&link].revoked).await);
}

#[tokio::test(start_paused = true)]
async fn a_damaged_meeting_can_be_read_and_not_written() {
    let hall = Hall::open().await;
    hall.sit(3, None).await;
    hall.faults.plan([Fault::Before(Trouble::Corrupt)]);
    assert_eq!(
        code(&hall.send(person(3), 1, hall.ask(1, "Why?")).await),
        Some(Code::ReadOnly)
    );
    tokio::time::advance(Duration::from_secs(3600)).await;
    assert_eq!(
        code(&hall.send(person(3), 1, hall.ask(1, "Why?")).await),
        Some(Code::ReadOnly)
    );
    assert!(hall.meeting.snapshot(&Audience::Floor, true).await.is_ok());
    assert_eq!(hall.meeting.trouble(), Some(Failure::Corrupt));
}

#[tokio::test(start_paused = true)]
async fn a_meeting_that_cannot_be_created_is_not_there() {
    let hall = Hall::open().await;
    hall.faults.plan([Fault::Before(Trouble::Full)]);
    let id = MeetingId(Uuid::from_u128(2));
    assert_eq!(
        hall.live.create(id, create(id)).await.unwrap_err(),
        Failure::DiskFull.into()
    );
    assert_eq!(hall.live.meeting(id).await.unwrap_err(), Failure::NotFound);
    hall.live.create(id, create(id)).await.unwrap();
    assert!(hall.live.meeting(id).await.is_ok());
    let nobody = MeetingId(Uuid::from_u128(3));
    assert_eq!(
        hall.live.meeting(nobody).await.unwrap_err(),
        Failure::NotFound
    );
}

fn trips(
    meeting: &crate::meeting::state::Meeting,
    wish: &crate::meeting::wish::Wish,
    context: &crate::meeting::wish::Context,
) -> Result<Vec<Fact>, crate::meeting::refusal::Refusal> {
    if let crate::meeting::wish::Wish::Command(Command::Ask { text, .. }) = wish {
        assert_ne!(text, "poison", "a test of ours: this command panics");
    }
    crate::meeting::decide(meeting, wish, context)
}

#[tokio::test(start_paused = true)]
async fn a_command_that_panics_is_set_aside_and_takes_nothing_with_it() {
    let hall = Hall::with(settings(), Rules { decide: trips }).await;
    hall.sit(3, None).await;
    let (connection, welcome) = hall.join(3, &[Audience::Floor]).await;
    for (n, text) in [(1, "Why?"), (2, "poison"), (3, "And?")] {
        let command = hall.ask(u128::from(n), text);
        connection
            .command(sent(person(3), n, command))
            .await
            .unwrap();
    }
    assert_eq!(
        answers(&connection, 3).await,
        [(1, None), (2, Some(Code::Quarantined)), (3, None)]
    );
    assert_eq!(hall.questions().await, 2);
    assert_eq!(
        code(&hall.send(person(3), 4, hall.ask(2, "poison")).await),
        Some(Code::Quarantined)
    );
    // The feed outlived two deaths of the state.
    let feed = &welcome.followed.feeds[0];
    let snapshot = hall.meeting.snapshot(&Audience::Floor, true).await.unwrap();
    assert_eq!(
        (snapshot.epoch, snapshot.revision),
        (feed.epoch(), feed.revision())
    );
    assert!(String::from_utf8_lossy(&snapshot.plain).contains("And?"));
}

#[tokio::test(start_paused = true)]
async fn a_panic_outside_a_command_ends_one_life_and_not_the_meeting() {
    let hall = Hall::open().await;
    hall.sit(3, None).await;
    let (_connection, welcome) = hall.join(3, &[Audience::Floor]).await;
    let lost: Result<(), Failure> = hall.meeting.ask(|_| panic!("a test of ours")).await;
    assert_eq!(lost, Err(Failure::Busy));
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert_eq!(hall.send(person(3), 1, hall.ask(1, "Why?")).await, Ok(1));
    let snapshot = hall.meeting.snapshot(&Audience::Floor, true).await.unwrap();
    assert_eq!(snapshot.epoch, welcome.followed.feeds[0].epoch());
}

#[tokio::test(start_paused = true)]
async fn going_down_finishes_what_is_in_hand() {
    let hall = Hall::open().await;
    hall.sit(3, None).await;
    let (connection, _) = hall.join(3, &[Audience::Floor]).await;
    hall.faults.plan([Fault::Slow(Duration::from_secs(1))]);
    for n in 1..=3 {
        let command = hall.ask(u128::from(n), "Why?");
        connection
            .command(sent(person(3), n, command))
            .await
            .unwrap();
    }
    hall.live.stop().await;
    assert_eq!(
        answers(&connection, 3).await,
        [(1, None), (2, None), (3, None)]
    );
    assert_eq!(
        connection.post().why_leave(),
        Some(crate::live::Leave::Away)
    );
    assert_eq!(
        hall.live.meeting(MEETING).await.unwrap_err(),
        Failure::GoingDown
    );
    let hall = hall.restarted(settings()).await;
    assert_eq!(hall.questions().await, 3);
}

#[tokio::test(start_paused = true)]
async fn deadlines_fire_once_also_when_they_came_while_nobody_was_here() {
    let quick = Settings {
        patience: crate::live::Patience {
            idle: Duration::from_secs(5),
            ..settings().patience
        },
        ..settings()
    };
    let hall = Hall::with(quick, Rules::default()).await;
    hall.send(person(1), 1, Command::End { in_s: Some(60) })
        .await
        .unwrap();
    tokio::time::advance(Duration::from_secs(59)).await;
    assert!(hall.look(|meeting| meeting.ended_at.is_none()).await);
    tokio::time::advance(Duration::from_millis(1_100)).await;
    super::hall::until(|| async { hall.look(|meeting| meeting.ended_at.is_some()).await }).await;
    let ended = hall.look(|meeting| meeting.ended_at).await.unwrap();
    assert!(ended.since(super::hall::START) >= 60_000);

    hall.send(person(1), 2, Command::Reopen {}).await.unwrap();
    hall.send(person(1), 3, Command::End { in_s: Some(600) })
        .await
        .unwrap();
    hall.live.stop().await;
    let later = crate::live::Clock::starting_at(super::hall::START.plus_ms(10_000_000));
    let hall = hall
        .restarted(Settings {
            clock: later,
            ..settings()
        })
        .await;
    super::hall::until(|| async { hall.look(|meeting| meeting.ended_at.is_some()).await }).await;
    let entries = hall
        .journal
        .read(MEETING.0, crate::journal::Position::START)
        .await
        .unwrap();
    let ends = entries
        .iter()
        .filter(|entry| String::from_utf8_lossy(&entry.record.payload).contains("meeting_ended"));
    assert_eq!(ends.count(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_meeting_that_nobody_visits_sleeps_and_wakes_as_it_was() {
    let quick = Settings {
        patience: crate::live::Patience {
            idle: Duration::from_secs(5),
            ..settings().patience
        },
        ..settings()
    };
    let hall = Hall::with(quick, Rules::default()).await;
    hall.sit(3, None).await;
    hall.send(person(3), 1, hall.ask(1, "Why?")).await.unwrap();
    let before = hall.meeting.snapshot(&Audience::Floor, true).await.unwrap();
    tokio::time::sleep(Duration::from_secs(120)).await;
    assert!(hall.meeting.feed(&Audience::Floor).is_none(), "asleep");
    assert_eq!(hall.send(person(3), 1, hall.ask(1, "Why?")).await, Ok(1));
    let after = hall.meeting.snapshot(&Audience::Floor, true).await.unwrap();
    assert_ne!(before.epoch, after.epoch);
    assert!(
        hall.look(|meeting| meeting.questions.contains_key(&question(1)))
            .await
    );
    let _ = (seat(1), DESK_LINK);
}
