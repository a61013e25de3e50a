//! How fast it is, so that a slow change is seen: run with `--nocapture` for the figures.
//! The limits are far below what a quiet machine does; a busy one must not fail.

use std::time::Instant;

use openfloor::journal::{AppendError, Position, Record};
use tokio::task::JoinSet;

use crate::support::{Home, meeting};

const VOTE: &str = r#"{"facts":[{"voted":{"question":"6d3f2b62-7b0a-4c1e-9a52-3f0e6b1f7c11","seat":"0b7d1f6e-58cf-4a5a-8f6c-2a9d7e3b4c5d","on":true}}]}"#;

fn vote(number: u64) -> Record {
    Record {
        at: 1_790_000_000_000,
        seat: Some(meeting(number.into())),
        device: Some(meeting(number.into())),
        n: Some(number),
        payload: VOTE.into(),
    }
}

/// Ten thousand single appends wait at once; returns how many became durable in a second.
async fn wave(home: &Home, tails: &mut [Position]) -> f64 {
    let started = Instant::now();
    let mut waiting = JoinSet::new();
    for (hall, tail) in tails.iter().copied().enumerate() {
        let journal = home.journal.clone();
        waiting.spawn(async move {
            let end = journal
                .append(meeting(hall as u128), tail, &[vote(hall as u64)])
                .await;
            (hall, end)
        });
    }
    let count = waiting.len();
    while let Some(done) = waiting.join_next().await {
        let (hall, end): (usize, Result<Position, AppendError>) = done.unwrap();
        tails[hall] = end.unwrap();
    }
    count as f64 / started.elapsed().as_secs_f64()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_thousand_waiting_appends_share_their_fsyncs() {
    // On the disk itself: it is the syncs that are shared.
    let home = Home::in_folder(tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap());
    let mut tails = vec![Position::START; 10_000];
    let first = wave(&home, &mut tails).await;
    let mut best = 0.0_f64;
    for _ in 0..3 {
        best = best.max(wave(&home, &mut tails).await);
    }
    println!("single appends in 10 000 meetings: first {first:.0}/s, then {best:.0}/s");

    let batch: Vec<_> = (0..10_000).map(vote).collect();
    let started = Instant::now();
    home.journal
        .append(meeting(1 << 40), Position::START, &batch)
        .await
        .unwrap();
    println!(
        "one batch of 10 000 in one meeting: {:?}",
        started.elapsed()
    );
    let started = Instant::now();
    home.journal
        .append(meeting(1 << 41), Position::START, &[vote(1)])
        .await
        .unwrap();
    println!("one append alone: {:?}", started.elapsed());
    let batch: Vec<_> = (0..20_000).map(vote).collect();
    home.journal
        .append(meeting(1 << 42), Position::START, &batch)
        .await
        .unwrap();
    let started = Instant::now();
    assert_eq!(
        home.journal
            .read(meeting(1 << 42), Position::START)
            .await
            .unwrap()
            .len(),
        20_000
    );
    println!("20 000 entries read and verified: {:?}", started.elapsed());

    assert!(
        best > 5_000.0,
        "an fsync for each would be slower than this: {best:.0}/s"
    );
}
