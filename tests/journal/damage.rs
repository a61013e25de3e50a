//! Flipped bits: found when read, told apart by meeting, never passed on as truth.

use std::fs;
use std::path::{Path, PathBuf};

use openfloor::journal::{AppendError, Journal, Position, ReadError, RedactError, Rewrite};
use tempfile::TempDir;

use crate::support::{Home, as_texts, meeting, said, say, scratch, texts};

/// Closes the journal and gives the folder and its file.
fn closed(home: Home) -> (TempDir, PathBuf) {
    drop(home.journal);
    let folder = home.folder.unwrap();
    let file = folder.path().join("openfloor.sqlite");
    (folder, file)
}

fn flip(file: &Path, needle: &str) {
    let mut bytes = fs::read(file).unwrap();
    let place = bytes
        .windows(needle.len())
        .position(|part| part == needle.as_bytes())
        .unwrap();
    bytes[place] ^= 1;
    fs::write(file, bytes).unwrap();
}

#[tokio::test]
async fn a_flipped_bit_makes_one_meeting_read_only_and_the_others_go_on() {
    let home = Home::on_disk();
    for text in ["one", "two", "three"] {
        say(&home.journal, meeting(1), text).await;
        say(&home.journal, meeting(2), text).await;
    }
    say(&home.journal, meeting(1), "a rare word").await;
    let end = say(&home.journal, meeting(1), "last").await;
    let (folder, file) = closed(home);
    flip(&file, "a rare word");
    let journal = Journal::open(folder.path()).unwrap();
    let error = journal.read(meeting(1), Position::START).await.unwrap_err();
    let ReadError::Corrupt { position, intact } = error else {
        panic!("{error}")
    };
    assert_eq!(
        as_texts(&intact),
        ["one", "two", "three"],
        "what is whole can still be shown"
    );
    assert!(intact.last().unwrap().position < position);
    let refused = journal.append(meeting(1), end, &[said("on")]).await;
    assert_eq!(refused, Err(AppendError::ReadOnly { position }));
    let rewrites = vec![Rewrite {
        position,
        payload: "".into(),
    }];
    let refused = journal.redact(meeting(1), end, said("r"), rewrites).await;
    assert_eq!(
        refused,
        Err(RedactError::Append(AppendError::ReadOnly { position }))
    );
    say(&journal, meeting(2), "four").await;
    assert_eq!(
        texts(&journal, meeting(2)).await,
        ["one", "two", "three", "four"]
    );
    journal.delete(meeting(1)).await.unwrap();
    say(&journal, meeting(1), "anew").await;
    assert_eq!(texts(&journal, meeting(1)).await, ["anew"]);
}

#[tokio::test]
async fn a_damaged_meeting_that_was_restored_takes_appends_again() {
    let home = Home::on_disk();
    let end = say(&home.journal, meeting(1), "a rare word").await;
    let (folder, file) = closed(home);
    flip(&file, "a rare word");
    let journal = Journal::open(folder.path()).unwrap();
    journal.verify(meeting(1)).await.unwrap_err();
    let operator = rusqlite::Connection::open(&file).unwrap();
    operator
        .execute(
            "UPDATE entries SET payload = CAST('a rare word' AS BLOB)",
            [],
        )
        .unwrap();
    assert_eq!(journal.verify(meeting(1)).await, Ok(end));
    journal
        .append(meeting(1), end, &[said("on")])
        .await
        .unwrap();
}

#[tokio::test]
async fn rewriting_a_row_by_hand_is_found() {
    let changes = [
        "UPDATE entries SET payload = CAST('they never said so' AS BLOB) WHERE position = 2",
        "UPDATE entries SET at = at + 1 WHERE position = 2",
        "UPDATE entries SET seat = NULL WHERE position = 2",
        "UPDATE entries SET n = 4 WHERE position = 2",
        "UPDATE entries SET position = 9 WHERE position = 3",
        "UPDATE entries SET salt = NULL, digest = randomblob(32) WHERE position = 2",
        "UPDATE entries SET salt = zeroblob(3) WHERE position = 2",
        "DELETE FROM entries WHERE position = 2",
        "DELETE FROM entries WHERE position = 3",
        "UPDATE entries SET meeting = NULL WHERE position = 3",
        "UPDATE meetings SET tail = 2",
        "UPDATE meetings SET link = randomblob(32)",
    ];
    for change in changes {
        let home = Home::on_disk();
        for text in ["one", "two", "three"] {
            say(&home.journal, meeting(1), text).await;
        }
        let (folder, file) = closed(home);
        let hand = rusqlite::Connection::open(&file).unwrap();
        assert_eq!(hand.execute(change, []).unwrap(), 1);
        drop(hand);
        let journal = Journal::open(folder.path()).unwrap();
        let found = journal.read(meeting(1), Position::START).await;
        assert!(
            matches!(found, Err(ReadError::Corrupt { .. })),
            "{change}: {found:?}"
        );
    }
}

#[tokio::test]
async fn an_original_cannot_be_passed_off_as_redacted() {
    let home = Home::on_disk();
    let first = say(&home.journal, meeting(1), "one").await;
    let second = say(&home.journal, meeting(1), "two").await;
    let rewrites = vec![Rewrite {
        position: first,
        payload: "emptied".into(),
    }];
    home.journal
        .redact(meeting(1), second, said("r"), rewrites)
        .await
        .unwrap();
    let (folder, file) = closed(home);
    flip(&file, "emptied");
    let journal = Journal::open(folder.path()).unwrap();
    let found = journal.read(meeting(1), Position::START).await;
    assert_eq!(
        found,
        Err(ReadError::Corrupt {
            position: first,
            intact: Vec::new()
        })
    );
}

/// Wherever a bit flips in the file: a meeting is read as it was, or said to be damaged; it is never another story.
#[tokio::test]
async fn a_bit_flipped_anywhere_never_tells_another_story() {
    let home = Home::on_disk();
    for number in 0..40 {
        for hall in 0..4 {
            say(
                &home.journal,
                meeting(hall),
                &format!("hall {hall} says {number}"),
            )
            .await;
        }
    }
    let mut truth = Vec::new();
    for hall in 0..4 {
        truth.push(
            home.journal
                .read(meeting(hall), Position::START)
                .await
                .unwrap(),
        );
    }
    let (_folder, file) = closed(home);
    let whole = fs::read(&file).unwrap();
    let (mut damaged, mut isolated) = (0, 0);
    let step = whole.len() / 300;
    for round in 0..300 {
        let place = round * step + round % step;
        let folder = scratch();
        let mut bytes = whole.clone();
        bytes[place] ^= 1 << (round % 8);
        fs::write(folder.path().join("openfloor.sqlite"), bytes).unwrap();
        let Ok(journal) = Journal::open(folder.path()) else {
            continue;
        };
        let mut hurt = 0;
        for (hall, entries) in (0..4).zip(&truth) {
            match journal.read(meeting(hall), Position::START).await {
                Ok(read) if read.is_empty() => hurt += 1,
                Ok(read) => assert_eq!(&read, entries, "bit {place} of {}", whole.len()),
                Err(ReadError::Corrupt { intact, .. }) => {
                    assert_eq!(intact, entries[..intact.len()], "bit {place}");
                    hurt += 1;
                }
                Err(_) => hurt += 1,
            }
        }
        damaged += usize::from(hurt > 0);
        isolated += usize::from(hurt == 1);
    }
    assert!(damaged > 50, "the rounds do damage: {damaged}");
    assert!(
        isolated > damaged / 3,
        "and mostly to one meeting: {isolated} of {damaged}"
    );
}

#[tokio::test]
async fn a_damaged_blob_is_not_handed_out() {
    let home = Home::on_disk();
    let blob = home
        .journal
        .put_blob(meeting(1), "a slide".into())
        .await
        .unwrap();
    let file = home
        .path()
        .join("blobs")
        .join(meeting(1).to_string())
        .join(blob.to_string());
    fs::write(file, "another").unwrap();
    let error = home.journal.blob(meeting(1), blob).await.unwrap_err();
    assert_eq!(error.code(), "journal_damaged");
    home.journal
        .put_blob(meeting(1), "a slide".into())
        .await
        .unwrap();
    assert_eq!(
        home.journal.blob(meeting(1), blob).await,
        Ok(Some("a slide".into())),
        "putting it again heals it"
    );
}
