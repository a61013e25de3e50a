//! A full disk and a disk that fails: each has its own error, nothing acknowledged is lost, and it goes on afterwards.

use openfloor::journal::{AppendError, Journal, OpenError, Position, StoreError};

use crate::shim::{Stage, switch, watched};
use crate::support::{meeting, said, say, texts};

#[test]
fn a_full_disk_refuses_and_goes_on_when_there_is_space() {
    Stage::new().run("fault::the_process_whose_disk_is_full");
}

/// Not a story by itself.
#[tokio::test]
async fn the_process_whose_disk_is_full() {
    let Some(data) = watched() else { return };
    let journal = Journal::open(&data).unwrap();
    let mut tail = Position::START;
    for round in 0..5 {
        tail = journal
            .append(meeting(1), tail, &[said(&format!("before {round}"))])
            .await
            .unwrap();
        switch(&data, "full", true);
        for _ in 0..3 {
            assert_eq!(
                journal.append(meeting(1), tail, &[said("refused")]).await,
                Err(AppendError::Full)
            );
            assert_eq!(
                journal
                    .append(meeting(2), Position::START, &[said("x")])
                    .await,
                Err(AppendError::Full)
            );
        }
        assert_eq!(AppendError::Full.code(), "disk_full");
        assert_eq!(
            journal.put_blob(meeting(1), "slide".into()).await,
            Err(StoreError::Full)
        );
        assert_eq!(
            texts(&journal, meeting(1)).await.len(),
            2 * round + 1,
            "it can still be read"
        );
        switch(&data, "full", false);
        tail = journal
            .append(meeting(1), tail, &[said(&format!("after {round}"))])
            .await
            .unwrap();
        journal.verify(meeting(1)).await.unwrap();
    }
    assert_eq!(journal.list().await.unwrap(), [meeting(1)]);
    drop(journal);
    switch(&data, "full", true);
    let other = data.join("other");
    let error = Journal::open(&other).unwrap_err();
    assert!(matches!(error, OpenError::Full { .. }), "{error}");
    switch(&data, "full", false);
    drop(Journal::open(&other).unwrap());
    let journal = Journal::open(&data).unwrap();
    assert_eq!(texts(&journal, meeting(1)).await.len(), 10);
}

#[test]
fn a_commit_whose_sync_fails_is_never_called_durable_nor_failed() {
    Stage::new().run("fault::the_process_whose_disk_fails");
}

/// Not a story by itself.
#[tokio::test]
async fn the_process_whose_disk_fails() {
    let Some(data) = watched() else { return };
    let journal = Journal::open(&data).unwrap();
    let first = say(&journal, meeting(1), "before").await;
    switch(&data, "broken", true);
    let error = journal
        .append(meeting(1), first, &[said("perhaps")])
        .await
        .unwrap_err();
    assert!(matches!(error, AppendError::Unknown(_)), "{error}");
    assert_eq!(error.code(), "journal_unknown");
    switch(&data, "broken", false);
    // As whoever appends must after that: read, and go on from there.
    let there = texts(&journal, meeting(1)).await;
    assert!(
        there == ["before"] || there == ["before", "perhaps"],
        "{there:?}"
    );
    say(&journal, meeting(1), "after").await;
    drop(journal);
    let journal = Journal::open(&data).unwrap();
    let mut expected = there;
    expected.push("after".to_owned());
    assert_eq!(
        texts(&journal, meeting(1)).await,
        expected,
        "what was read then stays true"
    );
    journal.verify(meeting(1)).await.unwrap();
}
