//! What is erased leaves no byte in any file of the folder: not in the tables, not in the log, not between rows.

use openfloor::journal::{Journal, Position, Rewrite};
use uuid::Uuid;

use crate::support::{Chance, Home, holding, meeting, said, say, texts};

/// Texts of all lengths: within a page, near its edge, over several.
fn text(hall: u128, number: usize) -> String {
    let length = [40, 300, 900, 1_900, 3_990, 4_100, 9_000][number % 7];
    format!("secret of hall {hall}: ").repeat(length / 18 + 1)
}

/// Halls whose entries lie between each other's.
async fn filled(journal: &Journal, halls: u128, entries: usize) {
    let mut tails = vec![Position::START; usize::try_from(halls).unwrap()];
    for number in 0..entries {
        for (hall, tail) in (0..halls).zip(&mut tails) {
            let batch = [said(&text(hall, number + usize::try_from(hall).unwrap()))];
            *tail = journal.append(meeting(hall), *tail, &batch).await.unwrap();
        }
    }
}

async fn rewrites_of(journal: &Journal, meeting: Uuid) -> (Position, Vec<Rewrite>) {
    let entries = journal.read(meeting, Position::START).await.unwrap();
    let rewrite = |position| Rewrite {
        position,
        payload: "emptied".into(),
    };
    let end = entries
        .last()
        .map_or(Position::START, |entry| entry.position);
    (
        end,
        entries
            .iter()
            .map(|entry| rewrite(entry.position))
            .collect(),
    )
}

#[tokio::test]
async fn a_deleted_meeting_leaves_no_byte_of_its_texts() {
    let home = Home::on_disk();
    let journal = &home.journal;
    filled(journal, 6, 60).await;
    journal
        .put_blob(meeting(3), "secret of hall 3: a slide".into())
        .await
        .unwrap();
    for hall in [3, 0, 5, 1] {
        let needle = format!("secret of hall {hall}");
        assert!(
            !holding(home.path(), &needle).is_empty(),
            "the search finds what is there"
        );
        journal.delete(meeting(hall)).await.unwrap();
        assert_eq!(holding(home.path(), &needle), [""; 0]);
    }
    for hall in [2, 4] {
        assert_eq!(texts(journal, meeting(hall)).await.len(), 60);
        journal.verify(meeting(hall)).await.unwrap();
    }
}

#[tokio::test]
async fn a_redacted_text_leaves_no_byte() {
    let home = Home::on_disk();
    let journal = &home.journal;
    filled(journal, 4, 60).await;
    for hall in [2, 0] {
        let needle = format!("secret of hall {hall}");
        let (end, rewrites) = rewrites_of(journal, meeting(hall)).await;
        journal
            .redact(meeting(hall), end, said("redacted"), rewrites)
            .await
            .unwrap();
        assert_eq!(holding(home.path(), &needle), [""; 0]);
        assert_eq!(texts(journal, meeting(hall)).await[..60], ["emptied"; 60]);
        journal.verify(meeting(hall)).await.unwrap();
    }
    assert_eq!(texts(journal, meeting(1)).await[7], text(1, 8));
    journal.delete(meeting(1)).await.unwrap();
    assert_eq!(holding(home.path(), "secret of hall 1"), [""; 0]);
}

/// Halls that come, talk all at once, and go, so that pages fill, empty and are used again.
#[tokio::test]
async fn however_halls_come_and_go_what_is_erased_leaves_no_byte() {
    let home = Home::on_disk();
    let journal = &home.journal;
    let mut chance = Chance::new(3);
    let mut living: Vec<u128> = Vec::new();
    for round in 0..40 {
        living.push(round);
        for _ in 0..60 {
            let hall = living[chance.below(living.len())];
            let words = format!("secret of hall {hall}: ").repeat(chance.below(12) + 1);
            say(journal, meeting(hall), &words).await;
        }
        if round < 8 {
            continue;
        }
        let hall = living.swap_remove(chance.below(living.len()));
        if chance.percent(50) {
            journal.delete(meeting(hall)).await.unwrap();
        } else {
            let (end, rewrites) = rewrites_of(journal, meeting(hall)).await;
            journal
                .redact(meeting(hall), end, said("redacted"), rewrites)
                .await
                .unwrap();
        }
        let left = holding(home.path(), &format!("secret of hall {hall}: "));
        assert!(left.is_empty(), "round {round}: hall {hall} in {left:?}");
    }
    for hall in living {
        journal.verify(meeting(hall)).await.unwrap();
    }
}

#[tokio::test]
async fn a_reader_in_the_way_delays_a_deletion_but_no_append() {
    let home = Home::on_disk();
    let journal = &home.journal;
    say(journal, meeting(1), "secret of hall 1").await;
    let reader = rusqlite::Connection::open(home.path().join("openfloor.sqlite")).unwrap();
    reader
        .execute_batch("BEGIN; SELECT count(*) FROM entries;")
        .unwrap();
    say(journal, meeting(2), "after the reader's moment").await;
    let deletion = tokio::spawn({
        let journal = journal.clone();
        async move { journal.delete(meeting(1)).await }
    });
    while journal.tail(meeting(1)).await.unwrap() != Position::START {
        tokio::task::yield_now().await;
    }
    say(journal, meeting(2), "appends go on").await;
    assert!(
        !deletion.is_finished(),
        "it is not said to be gone while the log holds it"
    );
    reader.execute_batch("COMMIT").unwrap();
    deletion.await.unwrap().unwrap();
    assert_eq!(holding(home.path(), "secret of hall 1"), [""; 0]);
}

#[tokio::test]
async fn what_erasing_left_empty_is_packed_when_the_journal_opens() {
    let home = Home::on_disk();
    let batch: Vec<_> = (0..5_000)
        .map(|number| said(&format!("secret {number:0>100}")))
        .collect();
    home.journal
        .append(meeting(1), Position::START, &batch)
        .await
        .unwrap();
    say(&home.journal, meeting(2), "stays").await;
    home.journal.delete(meeting(1)).await.unwrap();
    let size = |home: &Home| {
        home.path()
            .join("openfloor.sqlite")
            .metadata()
            .unwrap()
            .len()
    };
    let before = size(&home);
    let home = home.reopened();
    assert!(size(&home) < before / 10, "{} of {before}", size(&home));
    assert_eq!(texts(&home.journal, meeting(2)).await, ["stays"]);
    home.journal.verify(meeting(2)).await.unwrap();
    say(&home.journal, meeting(2), "on").await;
    assert_eq!(holding(home.path(), "secret"), [""; 0]);
}
