//! What every kind of journal promises. A further kind is one more line at the end.

use bytes::Bytes;
use openfloor::journal::{AppendError, BlobHash, ReadError, RedactError, Rewrite};
use openfloor::journal::{Position, Record};
use tokio::task::JoinSet;
use uuid::Uuid;

use crate::support::{Home, as_texts, meeting, said, say, texts};

async fn entries_come_back_in_order_with_all_they_held(home: Home) {
    let journal = &home.journal;
    let records = [
        said("first"),
        Record::new(-1, "by nobody"),
        Record::new(i64::MAX, Bytes::new()),
        Record {
            n: Some(u64::MAX),
            ..said("last")
        },
    ];
    let end = journal
        .append(meeting(1), Position::START, &records)
        .await
        .unwrap();
    let entries = journal.read(meeting(1), Position::START).await.unwrap();
    let held: Vec<_> = entries.iter().map(|entry| entry.record.clone()).collect();
    assert_eq!(held, records);
    assert!(entries.is_sorted_by(|one, next| one.position < next.position));
    assert_eq!(entries.last().unwrap().position, end);
}

async fn an_append_needs_the_last_position(home: Home) {
    let journal = &home.journal;
    let first = journal
        .append(meeting(1), Position::START, &[said("a")])
        .await
        .unwrap();
    let second = journal
        .append(meeting(1), first, &[said("b")])
        .await
        .unwrap();
    for stale in [Position::START, first] {
        let refused = journal.append(meeting(1), stale, &[said("c")]).await;
        assert_eq!(refused, Err(AppendError::Stale { actual: second }));
    }
    let ahead = journal.append(meeting(2), second, &[said("c")]).await;
    assert_eq!(
        ahead,
        Err(AppendError::Stale {
            actual: Position::START
        })
    );
    assert_eq!(texts(journal, meeting(1)).await, ["a", "b"]);
    assert_eq!(
        journal.list().await.unwrap(),
        [meeting(1)],
        "a refused append begins no meeting"
    );
}

async fn a_batch_is_there_whole_or_not_at_all(home: Home) {
    let journal = &home.journal;
    let first = say(journal, meeting(1), "a").await;
    let batch: Vec<_> = (0..100).map(|number| said(&format!("b{number}"))).collect();
    let refused = journal.append(meeting(1), Position::START, &batch).await;
    assert_eq!(refused, Err(AppendError::Stale { actual: first }));
    assert_eq!(texts(journal, meeting(1)).await, ["a"]);
    let end = journal.append(meeting(1), first, &batch).await.unwrap();
    assert_eq!(journal.read(meeting(1), first).await.unwrap().len(), 100);
    assert_eq!(journal.tail(meeting(1)).await.unwrap(), end);
}

async fn an_empty_batch_only_checks_the_fence(home: Home) {
    let journal = &home.journal;
    assert_eq!(
        journal.append(meeting(1), Position::START, &[]).await,
        Ok(Position::START)
    );
    assert!(journal.list().await.unwrap().is_empty());
    let first = say(journal, meeting(1), "a").await;
    assert_eq!(journal.append(meeting(1), first, &[]).await, Ok(first));
    let refused = journal.append(meeting(1), Position::START, &[]).await;
    assert_eq!(refused, Err(AppendError::Stale { actual: first }));
}

async fn a_meeting_that_never_was_is_empty(home: Home) {
    let journal = &home.journal;
    let elsewhere = say(journal, meeting(1), "a").await;
    assert_eq!(
        journal.read(meeting(2), Position::START).await,
        Ok(Vec::new())
    );
    assert_eq!(journal.tail(meeting(2)).await, Ok(Position::START));
    assert_eq!(journal.verify(meeting(2)).await, Ok(Position::START));
    assert_eq!(journal.delete(meeting(2)).await, Ok(()));
    let nothing = journal.read(meeting(2), elsewhere).await;
    assert_eq!(
        nothing,
        Err(ReadError::NoSuchEntry {
            position: elsewhere
        })
    );
}

async fn reading_goes_on_after_a_position(home: Home) {
    let journal = &home.journal;
    let first = say(journal, meeting(1), "a").await;
    let second = say(journal, meeting(1), "b").await;
    let third = say(journal, meeting(1), "c").await;
    assert_eq!(
        as_texts(&journal.read(meeting(1), first).await.unwrap()),
        ["b", "c"]
    );
    assert_eq!(
        as_texts(&journal.read(meeting(1), second).await.unwrap()),
        ["c"]
    );
    assert_eq!(journal.read(meeting(1), third).await, Ok(Vec::new()));
}

async fn of_many_writers_one_wins_each_place(home: Home) {
    let mut writers = JoinSet::new();
    for writer in 0..16 {
        let journal = home.journal.clone();
        writers.spawn(async move {
            let mut tail = Position::START;
            for number in 0..12 {
                let record = [said(&format!("{writer}:{number}"))];
                tail = loop {
                    match journal.append(meeting(1), tail, &record).await {
                        Ok(tail) => break tail,
                        Err(AppendError::Stale { actual }) => tail = actual,
                        Err(error) => panic!("{error}"),
                    }
                };
            }
        });
    }
    writers.join_all().await;
    let all = texts(&home.journal, meeting(1)).await;
    assert_eq!(all.len(), 16 * 12);
    for writer in 0..16 {
        let own: Vec<_> = all
            .iter()
            .filter(|text| text.starts_with(&format!("{writer}:")))
            .collect();
        let sent: Vec<_> = (0..12).map(|number| format!("{writer}:{number}")).collect();
        assert!(
            own.iter().copied().eq(&sent),
            "each once and in its writer's order: {own:?}"
        );
    }
}

async fn many_meetings_append_at_once(home: Home) {
    let mut halls = JoinSet::new();
    for hall in 0..200 {
        let journal = home.journal.clone();
        halls.spawn(async move {
            let mut tail = Position::START;
            for number in 0..5 {
                let batch = [said(&format!("{hall}:{number}")), said("and more")];
                tail = journal.append(meeting(hall), tail, &batch).await.unwrap();
            }
        });
    }
    halls.join_all().await;
    let listed: Vec<Uuid> = (0..200).map(meeting).collect();
    assert_eq!(home.journal.list().await.unwrap(), listed);
    for hall in 0..200 {
        let all = texts(&home.journal, meeting(hall)).await;
        let firsts: Vec<_> = all.iter().step_by(2).cloned().collect();
        let sent: Vec<_> = (0..5).map(|number| format!("{hall}:{number}")).collect();
        assert_eq!(firsts, sent);
    }
}

async fn a_deleted_meeting_is_gone_and_may_begin_again(home: Home) {
    let journal = &home.journal;
    let end = say(journal, meeting(1), "a").await;
    say(journal, meeting(2), "b").await;
    journal.delete(meeting(1)).await.unwrap();
    journal.delete(meeting(1)).await.unwrap();
    assert_eq!(journal.list().await.unwrap(), [meeting(2)]);
    assert_eq!(texts(journal, meeting(1)).await, [""; 0]);
    let late = journal.append(meeting(1), end, &[said("late")]).await;
    assert_eq!(
        late,
        Err(AppendError::Stale {
            actual: Position::START
        })
    );
    say(journal, meeting(1), "again").await;
    assert_eq!(texts(journal, meeting(1)).await, ["again"]);
    assert_eq!(texts(journal, meeting(2)).await, ["b"]);
}

async fn a_redaction_empties_what_it_names_and_keeps_the_rest(home: Home) {
    let journal = &home.journal;
    let mut places = Vec::new();
    for text in ["a", "my name is Ana", "c", "Ana again"] {
        places.push(say(journal, meeting(1), text).await);
    }
    let before = journal.read(meeting(1), Position::START).await.unwrap();
    let rewrites = [1, 3].map(|which| Rewrite {
        position: places[which],
        payload: "emptied, and a little longer than before".into(),
    });
    let end = journal
        .redact(meeting(1), places[3], said("redacted"), rewrites.to_vec())
        .await
        .unwrap();
    assert!(end > places[3]);
    let after = journal.read(meeting(1), Position::START).await.unwrap();
    let emptied = "emptied, and a little longer than before";
    assert_eq!(as_texts(&after), ["a", emptied, "c", emptied, "redacted"]);
    for (one, other) in before.iter().zip(&after) {
        assert_eq!(one.position, other.position);
        assert_eq!(
            (one.record.at, one.record.seat, one.record.n),
            (other.record.at, other.record.seat, other.record.n)
        );
    }
    assert_eq!(journal.verify(meeting(1)).await, Ok(end));
    assert_eq!(
        as_texts(&journal.read(meeting(1), places[2]).await.unwrap()),
        [emptied, "redacted"]
    );
    let next = journal
        .append(meeting(1), end, &[said("and on")])
        .await
        .unwrap();
    assert_eq!(journal.verify(meeting(1)).await, Ok(next));
}

async fn a_redaction_may_be_redacted(home: Home) {
    let journal = &home.journal;
    let first = say(journal, meeting(1), "a").await;
    let rewrite = |position, payload: &'static str| {
        vec![Rewrite {
            position,
            payload: payload.into(),
        }]
    };
    let second = journal
        .redact(
            meeting(1),
            first,
            said("told too much"),
            rewrite(first, "b"),
        )
        .await
        .unwrap();
    let third = journal
        .redact(meeting(1), second, said("r2"), rewrite(second, "r1"))
        .await
        .unwrap();
    let fourth = journal
        .redact(meeting(1), third, said("r3"), rewrite(first, "c"))
        .await
        .unwrap();
    assert_eq!(texts(journal, meeting(1)).await, ["c", "r1", "r2", "r3"]);
    assert_eq!(journal.verify(meeting(1)).await, Ok(fourth));
}

async fn a_redaction_keeps_to_the_fence_and_to_what_exists(home: Home) {
    let journal = &home.journal;
    let first = say(journal, meeting(1), "a").await;
    let second = say(journal, meeting(1), "b").await;
    let rewrite = |position| {
        vec![Rewrite {
            position,
            payload: Bytes::new(),
        }]
    };
    let stale = journal
        .redact(meeting(1), first, said("r"), rewrite(first))
        .await;
    assert_eq!(
        stale,
        Err(RedactError::Append(AppendError::Stale { actual: second }))
    );
    let third = say(journal, meeting(2), "c").await;
    let missing = say(journal, meeting(1), "d").await;
    let refused = journal
        .redact(meeting(2), third, said("r"), rewrite(missing))
        .await;
    assert_eq!(refused, Err(RedactError::NoSuchEntry { position: missing }));
    let refused = journal
        .redact(meeting(2), third, said("r"), rewrite(Position::START))
        .await;
    assert_eq!(
        refused,
        Err(RedactError::NoSuchEntry {
            position: Position::START
        })
    );
    assert_eq!(texts(journal, meeting(1)).await, ["a", "b", "d"]);
    assert_eq!(texts(journal, meeting(2)).await, ["c"]);
}

async fn blobs_are_kept_by_their_content_and_by_their_meeting(home: Home) {
    let journal = &home.journal;
    let slide = Bytes::from(vec![7; 100_000]);
    let hash = journal.put_blob(meeting(1), slide.clone()).await.unwrap();
    assert_eq!(hash, BlobHash::of(&slide));
    assert_eq!(
        journal.put_blob(meeting(1), slide.clone()).await,
        Ok(hash),
        "twice is once"
    );
    journal.put_blob(meeting(2), slide.clone()).await.unwrap();
    let empty = journal.put_blob(meeting(1), Bytes::new()).await.unwrap();
    assert_eq!(
        journal.blob(meeting(1), hash).await,
        Ok(Some(slide.clone()))
    );
    assert_eq!(
        journal.blob(meeting(1), empty).await,
        Ok(Some(Bytes::new()))
    );
    assert_eq!(journal.blob(meeting(3), hash).await, Ok(None));
    assert!(
        journal.list().await.unwrap().is_empty(),
        "a blob is no entry"
    );
    journal.delete_blob(meeting(1), hash).await.unwrap();
    journal.delete_blob(meeting(1), hash).await.unwrap();
    assert_eq!(journal.blob(meeting(1), hash).await, Ok(None));
    assert_eq!(journal.blob(meeting(2), hash).await, Ok(Some(slide)));
    journal.delete(meeting(2)).await.unwrap();
    assert_eq!(
        journal.blob(meeting(2), hash).await,
        Ok(None),
        "a meeting takes its blobs along"
    );
    assert_eq!(
        journal.blob(meeting(1), empty).await,
        Ok(Some(Bytes::new()))
    );
}

async fn a_writer_that_no_longer_waits_stops_nobody(home: Home) {
    let journal = &home.journal;
    for number in 0..50 {
        let record = [said("given up")];
        let append = journal.append(meeting(number), Position::START, &record);
        drop(futures_util::FutureExt::now_or_never(append));
    }
    say(journal, meeting(50), "patient").await;
    assert_eq!(texts(journal, meeting(50)).await, ["patient"]);
}

macro_rules! kept_by {
    ($kind:ident, $home:expr, [$($story:ident),* $(,)?]) => {
        mod $kind {
            use crate::support::Home;
            $(#[tokio::test]
            async fn $story() {
                super::$story($home).await;
            })*
        }
    };
}

macro_rules! contract {
    ($($story:ident),* $(,)?) => {
        kept_by!(memory, Home::in_memory(), [$($story),*]);
        kept_by!(sqlite, Home::on_disk(), [$($story),*]);
    };
}

contract!(
    entries_come_back_in_order_with_all_they_held,
    an_append_needs_the_last_position,
    a_batch_is_there_whole_or_not_at_all,
    an_empty_batch_only_checks_the_fence,
    a_meeting_that_never_was_is_empty,
    reading_goes_on_after_a_position,
    of_many_writers_one_wins_each_place,
    many_meetings_append_at_once,
    a_deleted_meeting_is_gone_and_may_begin_again,
    a_redaction_empties_what_it_names_and_keeps_the_rest,
    a_redaction_may_be_redacted,
    a_redaction_keeps_to_the_fence_and_to_what_exists,
    blobs_are_kept_by_their_content_and_by_their_meeting,
    a_writer_that_no_longer_waits_stops_nobody,
);
