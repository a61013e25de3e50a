//! Many at once: nothing lost, nothing doubled, in few appends.

use std::time::Duration;

use super::hall::{Hall, answers, person, question, sent, vote};
use crate::live::faults::Fault;
use crate::live::ledger::Trouble;
use crate::meeting::command::Command;
use crate::meeting::refusal::Code;
use crate::view::Audience;
use proptest::prelude::*;

/// One phone sends its commands in order and repeats what it has no final answer to, as clients do.
async fn insist(hall: &Hall, by: u128, commands: Vec<Command>) -> usize {
    let (connection, _) = hall.join(by, &[Audience::Floor]).await;
    let mut open: Vec<(u64, Command)> = (1..).zip(commands).collect();
    let mut done = 0;
    while !open.is_empty() {
        for (n, command) in &open {
            connection
                .command(sent(person(by), *n, command.clone()))
                .await
                .unwrap();
        }
        for (n, why) in answers(&connection, open.len()).await {
            match why {
                None => {
                    assert!(open.iter().any(|(known, _)| *known == n), "answered twice");
                    open.retain(|(known, _)| *known != n);
                    done += 1;
                }
                Some(Code::Busy | Code::ReadOnly | Code::SlowDown) => {}
                Some(other) => panic!("{n}: {other:?}"),
            }
        }
        tokio::time::sleep(Duration::from_millis(700)).await;
    }
    done
}

fn fault() -> impl Strategy<Value = Fault> {
    prop_oneof![
        4 => Just(Fault::None),
        2 => Just(Fault::Slow(Duration::from_millis(30))),
        1 => Just(Fault::Slow(Duration::from_secs(60))),
        1 => Just(Fault::Before(Trouble::Unknown)),
        2 => Just(Fault::After(Trouble::Unknown)),
        1 => Just(Fault::Before(Trouble::Full)),
        1 => Just(Fault::Before(Trouble::Unwritable)),
        1 => Just(Fault::Before(Trouble::Stale)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_failing_journal_loses_nothing_and_doubles_nothing(faults in prop::collection::vec(fault(), 1..25)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().unwrap();
        runtime.block_on(async move {
            let hall = Hall::open().await;
            for by in 3..=6 {
                hall.sit(by, None).await;
            }
            hall.faults.plan(faults);
            let phones = (3..=6u128).map(|by| {
                let asks = (0..15).map(|n| hall.ask(by * 100 + n, "Why?"));
                let votes = (0..10).map(|n| vote(by * 100 + n));
                insist(&hall, by, asks.chain(votes).collect())
            });
            let done: Vec<usize> = futures_util::future::join_all(phones).await;
            assert_eq!(done, [25; 4]);
            let (asked, votes) = hall
                .look(|meeting| (meeting.asked, meeting.questions.values().map(|one| one.voters.len()).sum::<usize>()))
                .await;
            assert_eq!((asked, votes), (60, 40));
            let entries = hall.journal.read(super::hall::MEETING.0, crate::journal::Position::START).await.unwrap();
            let numbers: Vec<_> = entries.iter().filter_map(|entry| Some((entry.record.device?, entry.record.n?))).collect();
            let distinct: std::collections::BTreeSet<_> = numbers.iter().collect();
            assert_eq!(numbers.len(), distinct.len(), "one entry per number");
            assert_eq!(distinct.len(), 100);
        });
    }
}

#[tokio::test]
async fn twenty_thousand_votes_are_durable_and_answered_in_few_appends() {
    let hall = Hall::open().await;
    hall.sit(3, None).await;
    for n in 1..=20 {
        hall.send(person(3), n, hall.ask(u128::from(n), "Why?"))
            .await
            .unwrap();
    }
    for by in 10..1010 {
        hall.sit(by, None).await;
    }
    let before = hall.journal.tail(super::hall::MEETING.0).await.unwrap();
    let began = std::time::Instant::now();
    let mut waiting = Vec::new();
    for by in 10..1010u128 {
        let meeting = hall.meeting.clone();
        waiting.push(tokio::spawn(async move {
            for n in 1..=20u64 {
                meeting
                    .command(sent(person(by), n, vote(u128::from(n))))
                    .await
                    .unwrap();
            }
        }));
    }
    for one in waiting {
        one.await.unwrap();
    }
    println!("20 000 votes: {:?} from {before}", began.elapsed());
    let votes = hall
        .look(|meeting| meeting.questions[&question(7)].voters.len())
        .await;
    assert_eq!(votes, 1000);
}
