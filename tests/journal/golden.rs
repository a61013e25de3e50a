//! A journal that each format leaves behind in `golden/`: every later build must open it and find the same entries.
//! With `OPENFLOOR_MAKE_GOLDEN` set, a format that has none yet leaves its own.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use openfloor::journal::{Journal, Position, Record, Rewrite};

use crate::support::{meeting, said, say, scratch, texts};

fn golden(format: u32) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/journal/golden/{format}"))
}

/// What a golden journal holds.
async fn fill(journal: &Journal) {
    let first = say(journal, meeting(1), "Nə vaxt başlayırıq?").await;
    let anonymous = [Record::new(-5, "by nobody"), said("as a teacher")];
    let tail = journal.append(meeting(1), first, &anonymous).await.unwrap();
    let rewrites = vec![Rewrite {
        position: first,
        payload: "emptied".into(),
    }];
    journal
        .redact(meeting(1), tail, said("redacted"), rewrites)
        .await
        .unwrap();
    say(journal, meeting(2), "another hall").await;
    say(journal, meeting(3), "to be forgotten").await;
    journal.delete(meeting(3)).await.unwrap();
}

#[tokio::test]
async fn the_first_format_is_still_read_and_written() {
    let kept = golden(1).join("openfloor.sqlite");
    let folder = scratch();
    if env::var_os("OPENFLOOR_MAKE_GOLDEN").is_some() && !kept.exists() {
        fill(&Journal::open(folder.path()).unwrap()).await;
        fs::create_dir_all(golden(1)).unwrap();
        fs::copy(folder.path().join("openfloor.sqlite"), &kept).unwrap();
    }
    fs::copy(kept, folder.path().join("openfloor.sqlite")).unwrap();
    let journal = Journal::open(folder.path()).unwrap();
    assert_eq!(journal.list().await.unwrap(), [meeting(1), meeting(2)]);
    let there = ["emptied", "by nobody", "as a teacher", "redacted"];
    assert_eq!(texts(&journal, meeting(1)).await, there);
    let entries = journal.read(meeting(1), Position::START).await.unwrap();
    assert_eq!(entries[1].record, Record::new(-5, "by nobody"));
    assert_eq!(entries[2].record, said("as a teacher"));
    let end = journal.verify(meeting(1)).await.unwrap();
    journal
        .append(meeting(1), end, &[said("on it goes")])
        .await
        .unwrap();
    journal.verify(meeting(1)).await.unwrap();
}
