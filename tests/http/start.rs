//! Starting and stopping: what goes wrong is said in one sentence with a stable code, and nothing is lost

use std::process::{Command, Output};

use openfloor::app::{App, Memory, StartError};
use serde_json::json;

use crate::support::{TestServer, fragment, settings};

async fn refuses(data: std::path::PathBuf, more: &[&str]) -> StartError {
    App::start(settings(data, more))
        .await
        .expect_err("it should not start")
}

#[tokio::test]
async fn a_port_in_use_is_said_so() {
    let server = TestServer::new().await;
    let dir = tempfile::tempdir().unwrap();
    let listen = server.address.to_string();
    let error = refuses(dir.path().join("data"), &["--listen", &listen]).await;
    assert!(matches!(error, StartError::PortInUse(_)), "{error}");
    assert!(error.to_string().starts_with("port_in_use: ") && error.to_string().contains(&listen));
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_is_said_so() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("file");
    std::fs::write(&file, "").unwrap();
    for data in [file.join("data"), "/proc/openfloor".into()] {
        let error = refuses(data.clone(), &[]).await.to_string();
        assert!(error.starts_with("unwritable: "), "{error}");
        assert!(
            error.contains(data.to_str().unwrap()) && error.contains("--data"),
            "{error}"
        );
    }
}

#[tokio::test]
async fn a_folder_with_anothers_key_is_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("server.key"), "not a key").unwrap();
    let error = refuses(dir.path().to_owned(), &[]).await.to_string();
    assert!(error.starts_with("corrupt: "), "{error}");
    assert_eq!(
        std::fs::read(dir.path().join("server.key")).unwrap(),
        b"not a key"
    );
}

#[tokio::test]
async fn limits_that_are_none_are_said_so() {
    let dir = tempfile::tempdir().unwrap();
    let error = refuses(dir.path().to_owned(), &["--limits", "sofa=3"])
        .await
        .to_string();
    assert!(error.starts_with("bad_limits: "), "{error}");
}

#[tokio::test]
async fn everything_is_there_again_after_a_restart() {
    let mut server = TestServer::kept().await;
    let (floor, token, id, code) = {
        let meeting = server.meeting().await;
        let (_, wish) = crate::support::question(&meeting.activity().await, "Why?");
        meeting.lead(wish).await;
        (
            meeting.floor().await,
            meeting.token.clone(),
            meeting.id.clone(),
            meeting.code.clone(),
        )
    };
    server.restart().await;
    let path = format!("/api/meetings/{id}/views/floor");
    let ask = crate::support::Ask::get(&path).token(&token);
    let mut again = server.ask(ask).await.body["view"].clone();
    again["here"] = floor["here"].clone();
    assert_eq!(again, floor);
    assert_eq!(
        server.get(&format!("/api/codes/{code}")).await.body["meeting"],
        id.as_str()
    );
}

#[tokio::test]
async fn a_stopped_server_says_goodbye_at_once() {
    let mut server = TestServer::new().await;
    let _idle = tokio::net::TcpStream::connect(server.address)
        .await
        .unwrap();
    let began = std::time::Instant::now();
    server.stop().await;
    assert!(began.elapsed() < std::time::Duration::from_secs(5));
    assert!(
        tokio::net::TcpStream::connect(server.address)
            .await
            .is_err()
    );
}

fn openfloor(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_openfloor"))
        .args(arguments)
        .output()
        .unwrap()
}

#[test]
fn a_failed_start_ends_with_one_sentence_and_an_exit_code() {
    let output = openfloor(&[
        "serve",
        "--listen",
        "127.0.0.1:0",
        "--data",
        "/proc/openfloor",
    ]);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        said.starts_with("openfloor: unwritable: ") && said.lines().count() == 1,
        "{said}"
    );
    assert!(output.stdout.is_empty());
}

#[test]
fn help_names_every_act() {
    let output = openfloor(&["--help"]);
    let said = String::from_utf8(output.stdout).unwrap();
    for act in ["serve", "links", "rehearse", "verify"] {
        assert!(said.contains(act), "{said}");
    }
}

#[tokio::test]
async fn a_lost_desk_gets_a_new_link_beside_the_running_server() {
    let server = TestServer::kept().await;
    let meeting = server.meeting().await;
    let code = format!("{} {}", &meeting.code[..3], &meeting.code[3..]);
    let data = server.data();
    let output = tokio::task::spawn_blocking(move || {
        openfloor(&["links", &code, "--data", data.to_str().unwrap()])
    })
    .await
    .unwrap();
    assert!(output.status.success(), "{output:?}");
    let url = String::from_utf8(output.stdout).unwrap();
    assert!(
        url.starts_with(&format!("http://127.0.0.1:8080/desk/{}#", meeting.id)),
        "{url}"
    );

    let secret = json!({ "secret": fragment(url.trim()) });
    let desk = meeting.join_with(secret).await;
    assert_eq!(meeting.get(&desk.token, "/views/desk").await.status, 200);
    // The old desk goes on as well: its next command is not lost to the other writer.
    meeting
        .lead(json!({ "show_joining": { "on": true } }))
        .await;
}

#[tokio::test]
async fn a_link_for_no_meeting_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let server = App::start_with(settings(dir.path().join("data"), &[]), Memory::Kept)
        .await
        .unwrap();
    let data = dir.path().join("data");
    for code in ["000000", "desk"] {
        let data = data.clone();
        let output = tokio::task::spawn_blocking(move || {
            openfloor(&["links", code, "--data", data.to_str().unwrap()])
        });
        let output = output.await.unwrap();
        assert_eq!(output.status.code(), Some(1));
        assert!(
            String::from_utf8(output.stderr)
                .unwrap()
                .starts_with("openfloor: no_code: ")
        );
    }
    server.stop().await;
}
