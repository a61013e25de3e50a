//! Numbers and retries, as WIRE.md says.

use std::time::Duration;

use uuid::Uuid;

use super::hall::{
    Hall, START, alias, answers, code, person, question, seat, sent, settings, vote,
};
use crate::journal::Position;
use crate::live::faults::Fault;
use crate::live::rules::Rules;
use crate::live::{Limits, Rate};
use crate::meeting::command::Command;
use crate::meeting::ids::DeviceId;
use crate::meeting::refusal::Code;
use crate::view::Audience;

#[tokio::test(start_paused = true)]
async fn a_repeat_is_ok_and_happens_once() {
    let hall = Hall::open().await;
    hall.sit(3, None).await;
    assert_eq!(hall.send(person(3), 1, hall.ask(1, "Why?")).await, Ok(1));
    assert_eq!(hall.send(person(3), 1, hall.ask(1, "Why?")).await, Ok(1));
    assert_eq!(hall.look(|meeting| meeting.asked).await, 1);
    let other = hall.send(person(3), 1, hall.ask(2, "Another")).await;
    assert_eq!(code(&other), Some(Code::NumberReused));
    assert_eq!(hall.send(person(3), 9, hall.ask(3, "Later")).await, Ok(9));
    let lower = hall.send(person(3), 5, hall.ask(4, "Too late")).await;
    assert_eq!(code(&lower), Some(Code::Superseded));
}

#[tokio::test(start_paused = true)]
async fn a_repeat_is_ok_after_a_restart() {
    let hall = Hall::open().await;
    hall.sit(3, None).await;
    hall.send(person(3), 1, hall.ask(1, "Why?")).await.unwrap();
    let hall = hall.restarted(settings()).await;
    assert_eq!(hall.send(person(3), 1, hall.ask(1, "Why?")).await, Ok(1));
    assert_eq!(hall.look(|meeting| meeting.asked).await, 1);
    assert_eq!(hall.meeting.mine(person(3), None).await.unwrap().n, 1);
}

#[tokio::test(start_paused = true)]
async fn a_repeat_of_what_is_not_durable_yet_waits_for_it() {
    let hall = Hall::open().await;
    hall.sit(3, None).await;
    hall.faults.plan([Fault::Slow(Duration::from_secs(2))]);
    let meeting = hall.meeting.clone();
    let command = hall.ask(1, "Why?");
    let first = tokio::spawn({
        let (meeting, command) = (meeting.clone(), command.clone());
        async move { meeting.command(sent(person(3), 1, command)).await }
    });
    tokio::time::sleep(Duration::from_millis(500)).await;
    let second = tokio::spawn(async move { meeting.command(sent(person(3), 1, command)).await });
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert!(!first.is_finished() && !second.is_finished());
    assert_eq!(
        (first.await.unwrap(), second.await.unwrap()),
        (Ok(1), Ok(1))
    );
    assert_eq!(hall.questions().await, 1);
}

#[tokio::test(start_paused = true)]
async fn what_changes_nothing_is_ok_and_stays_ok() {
    let hall = Hall::open().await;
    hall.sit(3, None).await;
    hall.send(person(3), 1, hall.ask(1, "Why?")).await.unwrap();
    let off = Command::Vote {
        question: question(1),
        on: false,
    };
    assert_eq!(hall.send(person(3), 2, off.clone()).await, Ok(2));
    assert_eq!(hall.send(person(3), 3, vote(1)).await, Ok(3));
    assert_eq!(hall.send(person(3), 2, off).await, Ok(2));
    let votes = hall
        .look(|meeting| meeting.questions[&question(1)].voters.len())
        .await;
    assert_eq!(votes, 1, "the repeat of `off` took nothing back");
}

#[tokio::test(start_paused = true)]
async fn a_refused_command_whose_answer_was_lost_is_never_ok() {
    let hall = Hall::open().await;
    hall.sit(3, None).await;
    let close = Command::Close {
        activity: hall.activity,
    };
    hall.send(person(1), 1, close).await.unwrap();
    let refused = hall.send(person(3), 1, hall.ask(1, "Why?")).await;
    assert_eq!(code(&refused), Some(Code::Closed));
    let open = Command::Open {
        activity: hall.activity,
    };
    hall.send(person(1), 2, open).await.unwrap();
    hall.send(person(3), 2, hall.ask(2, "And then?"))
        .await
        .unwrap();
    let again = hall.send(person(3), 1, hall.ask(1, "Why?")).await;
    assert_eq!(code(&again), Some(Code::Superseded));
    assert_eq!(hall.questions().await, 1);
}

#[tokio::test(start_paused = true)]
async fn the_same_device_name_of_two_seats_is_two_outboxes() {
    let hall = Hall::open().await;
    for n in [3, 4] {
        hall.sit(n, None).await;
        let mut one = sent(person(n), 1, hall.ask(n, "Why?"));
        one.device = Some(DeviceId(Uuid::from_u128(77)));
        assert_eq!(hall.meeting.command(one).await, Ok(1));
    }
    assert_eq!(hall.questions().await, 2);
}

#[tokio::test(start_paused = true)]
async fn who_is_too_fast_is_slowed_and_nothing_later_overtakes() {
    let settings = crate::live::Settings {
        limits: Limits {
            seat: Rate::new(6.0, 1.0),
            ..settings().limits
        },
        ..settings()
    };
    let hall = Hall::with(settings, Rules::default()).await;
    hall.sit(3, None).await;
    let (connection, _) = hall.join(3, &[Audience::Floor]).await;
    for n in 1..=3 {
        let command = hall.ask(u128::from(n), "Why?");
        connection
            .command(sent(person(3), n, command))
            .await
            .unwrap();
    }
    connection
        .command(sent(person(3), 4, vote(1)))
        .await
        .unwrap();
    let slow = Some(Code::SlowDown);
    assert_eq!(
        answers(&connection, 4).await,
        [(1, None), (2, slow), (3, slow), (4, slow)]
    );
    tokio::time::advance(Duration::from_secs(5)).await;
    // The vote could be paid for, but the question before it comes first.
    connection
        .command(sent(person(3), 4, vote(1)))
        .await
        .unwrap();
    connection
        .command(sent(person(3), 2, hall.ask(2, "Why?")))
        .await
        .unwrap();
    connection
        .command(sent(person(3), 4, vote(1)))
        .await
        .unwrap();
    assert_eq!(
        answers(&connection, 3).await,
        [(4, slow), (2, None), (4, None)]
    );
}

#[tokio::test(start_paused = true)]
async fn the_journal_joins_no_anonymous_question_to_its_seat() {
    let hall = Hall::open().await;
    hall.sit(3, None).await;
    let mut command = hall.ask(1, "Who pays?");
    if let Command::Ask { anonymous, .. } = &mut command {
        *anonymous = Some(true);
    }
    assert_eq!(hall.send(person(3), 1, command.clone()).await, Ok(1));
    assert_eq!(
        hall.send(person(3), 1, command).await,
        Ok(1),
        "known by the question's id"
    );
    let mut named = sent(alias(3), 1, hall.ask(2, "Really?"));
    named.device = Some(DeviceId(Uuid::from_u128(88)));
    hall.meeting.command(named).await.unwrap();
    assert_eq!(hall.look(|meeting| meeting.asked).await, 2);
    let entries = hall
        .journal
        .read(super::hall::MEETING.0, Position::START)
        .await
        .unwrap();
    let asked: Vec<_> = entries
        .iter()
        .filter(|entry| String::from_utf8_lossy(&entry.record.payload).contains("question_asked"))
        .collect();
    assert_eq!(asked.len(), 2);
    let seat = seat(3).0;
    let trace = asked.iter().any(|entry| {
        let text = String::from_utf8_lossy(&entry.record.payload).into_owned();
        entry.record.seat == Some(seat)
            || entry.record.device == Some(seat)
            || text.contains(&seat.to_string())
    });
    assert!(!trace);
    assert_eq!(
        (
            asked[0].record.seat,
            asked[0].record.device,
            asked[0].record.n
        ),
        (None, None, None)
    );
    assert!(!String::from_utf8_lossy(&asked[0].record.payload).contains("hash"));
    assert_ne!(asked[1].record.device, Some(Uuid::from_u128(88)));
    assert!(entries.iter().all(|entry| entry.record.at >= START.0));
}

#[tokio::test(start_paused = true)]
async fn the_desk_acts_for_a_proxy_under_its_own_numbers() {
    let hall = Hall::open().await;
    hall.sit(3, None).await;
    let proxy = seat(9);
    let add = Command::AddProxy {
        seat: proxy,
        name: Some("Card".to_owned()),
        tags: None,
    };
    hall.send(person(1), 1, add).await.unwrap();
    let mut card = sent(person(1), 2, hall.ask(1, "From a card"));
    card.as_ = Some(proxy.0);
    assert_eq!(hall.meeting.command(card.clone()).await, Ok(2));
    assert_eq!(hall.meeting.command(card).await, Ok(2));
    let mut stranger = sent(person(3), 1, hall.ask(2, "Not mine"));
    stranger.as_ = Some(proxy.0);
    assert_eq!(
        code(&hall.meeting.command(stranger).await),
        Some(Code::NotAllowed)
    );
    let mut other = sent(person(1), 3, hall.ask(3, "No proxy"));
    other.as_ = Some(seat(3).0);
    assert_eq!(
        code(&hall.meeting.command(other).await),
        Some(Code::NotAllowed)
    );
}
