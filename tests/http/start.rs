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

/// The program itself, with what it writes to its log.
struct Program {
    child: std::process::Child,
    address: std::net::SocketAddr,
    log: std::path::PathBuf,
}

impl Program {
    fn start(mut command: Command, log: std::path::PathBuf) -> Self {
        use std::io::BufRead;
        let mut child = command
            .stdout(std::process::Stdio::piped())
            .stderr(std::fs::File::create(&log).unwrap())
            .spawn()
            .unwrap();
        let mut first = String::new();
        let mut said = std::io::BufReader::new(child.stdout.take().unwrap());
        said.read_line(&mut first).unwrap();
        let address = first
            .trim()
            .rsplit("http://")
            .next()
            .unwrap()
            .parse()
            .unwrap();
        Self {
            child,
            address,
            log,
        }
    }

    fn log(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[tokio::test]
async fn no_log_line_at_any_level_holds_a_token_a_secret_a_text_or_an_address() {
    let dir = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_openfloor"));
    command.args([
        "--log",
        "trace",
        "serve",
        "--may-sleep",
        "--trust-proxy",
        "127.0.0.0/8",
    ]);
    command.args([
        "--listen",
        "127.0.0.1:0",
        "--data",
        dir.path().to_str().unwrap(),
    ]);
    let program = Program::start(command, dir.path().join("log"));
    let send = async |ask: crate::support::Ask| {
        ask.header("x-forwarded-for", "203.0.113.77")
            .send(program.address)
            .await
    };
    use crate::support::Ask;
    let made = send(Ask::post(
        "/api/meetings",
        json!({ "title": "Gizli", "template": "questions" }),
    ))
    .await;
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let (id, code, token) = (
        text(&made.body["meeting"]),
        text(&made.body["code"]),
        text(&made.body["token"]),
    );
    let secret = fragment(&text(&made.body["links"]["join"]));
    let seats = format!("/api/meetings/{id}/seats");
    let seat = send(Ask::post(
        &seats,
        json!({ "secret": secret, "name": "Leyla" }),
    ))
    .await;
    let seat_token = text(&seat.body["token"]);
    send(Ask::post(&seats, json!({ "code": "000001" }))).await;
    send(
        Ask::post(
            &format!("/api/meetings/{id}/similar"),
            json!({ "text": "Niyə" }),
        )
        .token(&seat_token),
    )
    .await;
    let introduce = json!({ "n": 1, "do": { "introduce": { "needs": "Pandus" } } });
    send(Ask::post(&format!("/api/meetings/{id}/commands"), introduce).token(&seat_token)).await;
    send(Ask::new("POST", "/api/meetings").body("{\"title\":")).await;
    send(Ask::get(&format!("/api/meetings/{id}/views/floor")).token(&token)).await;
    send(Ask::get("/api/screens/x?key=SCHLUESSEL")).await;
    let log = program.log();
    for never in [
        &token,
        &seat_token,
        &secret,
        &code,
        "Gizli",
        "Leyla",
        "Niyə",
        "Pandus",
        "203.0.113.77",
        "SCHLUESSEL",
    ] {
        assert!(!log.contains(never), "{never}\n{log}");
    }
}

#[tokio::test]
async fn a_full_disk_is_said_so_and_loses_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let disk = dir.path().join("disk");
    std::fs::create_dir(&disk).unwrap();
    // A small disk of its own, seen by this one process alone; it goes when the process does.
    let script = "mount -t tmpfs -o size=3m none \"$1\" && exec \"$2\" serve --may-sleep --listen 127.0.0.1:0 --data \"$1/data\"";
    let own_disk = |what: &str| {
        let mut command = Command::new("unshare");
        command
            .args(["--mount", "sh", "-c", what, "sh"])
            .arg(&disk)
            .arg(env!("CARGO_BIN_EXE_openfloor"));
        command
    };
    if !own_disk("mount -t tmpfs -o size=3m none \"$1\"")
        .status()
        .is_ok_and(|status| status.success())
    {
        return; // Not permitted here; the journal's own tests hold the same with faults.
    }
    let program = Program::start(own_disk(script), dir.path().join("log"));
    use crate::support::Ask;
    let made = Ask::post(
        "/api/meetings",
        json!({ "title": "x", "template": "questions" }),
    )
    .send(program.address)
    .await;
    assert_eq!(made.status, 201, "{made:?}");
    let id = made.body["meeting"].as_str().unwrap();
    let token = made.body["token"].as_str().unwrap();
    let commands = format!("/api/meetings/{id}/commands");
    let command = async |n: u64| {
        let wish = json!({ "n": n, "do": { "count_heads": { "people": n } } });
        Ask::post(&commands, wish)
            .token(token)
            .send(program.address)
            .await
    };
    assert_eq!(command(1).await.status, 200);

    let filler = std::path::Path::new("/proc")
        .join(program.child.id().to_string())
        .join("root");
    let filler = filler.join(disk.strip_prefix("/").unwrap()).join("filler");
    while std::fs::write(&filler, vec![0; 3 << 20]).is_ok() {}
    let mut n = 1;
    let refused = loop {
        n += 1;
        let answer = command(n).await;
        if answer.status != 200 {
            break answer;
        }
        assert!(n < 5000, "the disk never filled");
    };
    assert_eq!(refused.said(), (429, "read_only"));
    assert!(refused.body["refused"]["retry"].as_u64() > Some(0));
    let another = Ask::post("/api/meetings", json!({ "title": "y" }))
        .send(program.address)
        .await;
    assert!(matches!(another.said(), (503, "disk_full")), "{another:?}");
    let floor = format!("/api/meetings/{id}/views/floor");
    let floor = Ask::get(&floor).token(token);
    let seen = floor.clone().send(program.address).await;
    assert_eq!(
        seen.body["view"]["heads"],
        n - 1,
        "what was acknowledged is there, and nothing more"
    );

    std::fs::remove_file(&filler).unwrap();
    let mut tries = 0;
    while command(n).await.status != 200 {
        tries += 1;
        assert!(tries < 100, "{}", program.log());
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    assert_eq!(floor.send(program.address).await.body["view"]["heads"], n);
}
