//! A journal in a folder: opening, closing, sharing, backing up, and every reason not to open.

use std::fs;
use std::path::Path;

use openfloor::journal::{AppendError, Journal, OpenError, Position, Rewrite, StoreError};

use crate::support::{Home, meeting, said, say, scratch, texts};

fn refusal(folder: &Path) -> OpenError {
    Journal::open(folder).expect_err("it must not open")
}

#[tokio::test]
async fn what_was_acknowledged_is_there_after_a_restart() {
    let home = Home::on_disk();
    let first = say(&home.journal, meeting(1), "a").await;
    let rewrites = vec![Rewrite {
        position: first,
        payload: "b".into(),
    }];
    let end = home
        .journal
        .redact(meeting(1), first, said("r"), rewrites)
        .await
        .unwrap();
    let blob = home
        .journal
        .put_blob(meeting(1), "slide".into())
        .await
        .unwrap();
    let home = home.reopened();
    assert_eq!(texts(&home.journal, meeting(1)).await, ["b", "r"]);
    assert_eq!(home.journal.verify(meeting(1)).await, Ok(end));
    assert_eq!(
        home.journal.blob(meeting(1), blob).await,
        Ok(Some("slide".into()))
    );
    home.journal
        .append(meeting(1), end, &[said("on")])
        .await
        .unwrap();
}

#[tokio::test]
async fn the_folder_is_made_and_is_closed_to_others() {
    let home = scratch();
    let folder = home.path().join("a/b");
    drop(Journal::open(&folder).unwrap());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(
            fs::metadata(&folder).unwrap().permissions().mode() & 0o777,
            0o700
        );
    }
}

#[tokio::test]
async fn a_second_server_is_refused_until_the_first_has_stopped() {
    let home = Home::on_disk();
    let error = refusal(home.path());
    assert_eq!(error.code(), "data_in_use");
    assert!(
        error.to_string().contains("--data"),
        "it says what to do: {error}"
    );
    say(&home.journal, meeting(1), "a").await;
    let home = home.reopened();
    assert_eq!(texts(&home.journal, meeting(1)).await, ["a"]);
}

#[tokio::test]
async fn the_command_line_appends_beside_a_running_server() {
    let home = Home::on_disk();
    let server = &home.journal;
    let first = say(server, meeting(1), "server").await;
    let beside = Journal::open_shared(home.path()).unwrap();
    assert_eq!(texts(&beside, meeting(1)).await, ["server"]);
    let second = beside
        .append(meeting(1), first, &[said("beside")])
        .await
        .unwrap();
    let stale = server.append(meeting(1), first, &[said("unaware")]).await;
    assert_eq!(stale, Err(AppendError::Stale { actual: second }));
    let third = server
        .append(meeting(1), second, &[said("aware")])
        .await
        .unwrap();
    let stale = beside.append(meeting(1), second, &[said("unaware")]).await;
    assert_eq!(stale, Err(AppendError::Stale { actual: third }));
    drop(beside);
    assert_eq!(
        texts(server, meeting(1)).await,
        ["server", "beside", "aware"]
    );
    server.verify(meeting(1)).await.unwrap();
}

#[tokio::test]
async fn the_command_line_makes_nothing_where_nothing_is() {
    let home = scratch();
    let error = Journal::open_shared(home.path()).unwrap_err();
    assert_eq!(error.code(), "data_missing");
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0);
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_is_named() {
    let home = scratch();
    let file = home.path().join("file");
    fs::write(&file, "").unwrap();
    for folder in [
        file.clone(),
        file.join("below"),
        Path::new("/proc/openfloor").to_owned(),
    ] {
        let error = refusal(&folder);
        assert_eq!(error.code(), "data_not_writable", "{error}");
        assert!(
            error.to_string().contains(folder.to_str().unwrap()),
            "{error}"
        );
    }
}

#[tokio::test]
async fn a_newer_journal_is_left_alone() {
    let home = Home::on_disk();
    say(&home.journal, meeting(1), "a").await;
    drop(home.journal);
    let folder = home.folder.unwrap();
    let file = folder.path().join("openfloor.sqlite");
    let version = |number: i64| {
        let connection = rusqlite::Connection::open(&file).unwrap();
        connection
            .pragma_update(None, "user_version", number)
            .unwrap();
    };
    version(1_000);
    let before = fs::read(&file).unwrap();
    let error = refusal(folder.path());
    assert_eq!(error.code(), "data_newer");
    assert!(error.to_string().contains("1000"), "{error}");
    assert!(Journal::open_shared(folder.path()).is_err());
    assert_eq!(fs::read(&file).unwrap(), before, "not a byte is changed");
    version(1);
    let journal = Journal::open(folder.path()).unwrap();
    assert_eq!(texts(&journal, meeting(1)).await, ["a"]);
}

#[tokio::test]
async fn a_file_of_another_program_is_left_alone() {
    let home = scratch();
    let file = home.path().join("openfloor.sqlite");
    fs::write(&file, vec![b'x'; 8_192]).unwrap();
    assert_eq!(refusal(home.path()).code(), "data_not_a_journal");
    assert_eq!(fs::read(&file).unwrap(), vec![b'x'; 8_192]);
    fs::remove_file(&file).unwrap();
    let connection = rusqlite::Connection::open(&file).unwrap();
    connection
        .execute_batch("CREATE TABLE recipes (name TEXT)")
        .unwrap();
    drop(connection);
    assert_eq!(refusal(home.path()).code(), "data_not_a_journal");
}

#[tokio::test]
async fn a_backup_of_a_running_journal_opens_as_one() {
    let home = Home::on_disk();
    let journal = &home.journal;
    for hall in 0..20 {
        say(journal, meeting(hall), "before").await;
    }
    let blob = journal.put_blob(meeting(1), "slide".into()).await.unwrap();
    journal.delete(meeting(19)).await.unwrap();
    let to = scratch();
    let copy = to.path().join("copy");
    let writing = async {
        for hall in 0..19 {
            say(journal, meeting(hall), "meanwhile").await;
        }
    };
    let (copied, ()) = tokio::join!(journal.backup(&copy), writing);
    copied.unwrap();
    let again = journal.backup(&copy).await.unwrap_err();
    assert!(
        matches!(again, StoreError::Unwritable(_)),
        "a copy is never overwritten: {again}"
    );
    let restored = Journal::open(&copy).unwrap();
    assert_eq!(restored.list().await.unwrap().len(), 19);
    for hall in 0..19 {
        assert_eq!(texts(&restored, meeting(hall)).await[0], "before");
        restored.verify(meeting(hall)).await.unwrap();
    }
    assert_eq!(
        restored.blob(meeting(1), blob).await,
        Ok(Some("slide".into()))
    );
    say(&restored, meeting(1), "on").await;
    assert_eq!(
        Journal::memory().backup(&copy).await,
        Err(StoreError::NotKept)
    );
}

#[tokio::test]
async fn half_a_blob_is_swept_away() {
    let home = Home::on_disk();
    let blob = home
        .journal
        .put_blob(meeting(1), "slide".into())
        .await
        .unwrap();
    let half = home
        .path()
        .join("blobs")
        .join(meeting(1).to_string())
        .join("x.part");
    fs::write(&half, "sli").unwrap();
    let home = home.reopened();
    assert!(!half.exists());
    assert_eq!(
        home.journal.blob(meeting(1), blob).await,
        Ok(Some("slide".into()))
    );
}

#[tokio::test]
async fn a_position_travels_as_a_number() {
    let home = Home::in_memory();
    let first = say(&home.journal, meeting(1), "a").await;
    let text = serde_json::to_string(&(Position::START, first)).unwrap();
    assert_eq!(text, "[0,1]");
    assert_eq!(
        serde_json::from_str::<(Position, Position)>(&text).unwrap(),
        (Position::START, first)
    );
}
