//! A server that cannot start says why, with a stable code, and touches nothing.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use crate::alone;
use crate::server::{Server, program};

fn serve(listen: &str, data: &Path) -> Output {
    let mut child = Command::new(program())
        .args([
            "serve",
            "--log",
            "warn",
            "--may-sleep",
            "--listen",
            listen,
            "--data",
        ])
        .arg(data)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let end = Instant::now() + Duration::from_secs(20);
    while child.try_wait().unwrap().is_none() {
        if Instant::now() > end {
            child.kill().unwrap();
            panic!("it started, or waits for ever");
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    child.wait_with_output().unwrap()
}

fn assert_says(output: &Output, code: &str) {
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success(), "it started");
    assert!(said.contains(code), "{code} is not in: {said}");
    assert!(!said.contains("panicked"), "{said}");
}

#[test]
fn a_port_in_use_is_said_so() {
    let _alone = alone();
    let data = tempfile::tempdir().unwrap();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    assert_says(&serve(&address, &data.path().join("new")), "port_in_use");
}

#[test]
fn a_data_folder_that_cannot_be_written_is_said_so() {
    let _alone = alone();
    let data = tempfile::tempdir().unwrap();
    let file = data.path().join("a-file");
    fs::write(&file, "not a folder").unwrap();
    assert_says(&serve("127.0.0.1:0", &file.join("below")), "unwritable");
    assert_eq!(fs::read_to_string(&file).unwrap(), "not a folder");
}

#[test]
fn a_data_folder_of_a_running_server_is_left_alone() {
    let _alone = alone();
    let data = tempfile::tempdir().unwrap();
    let mut first = Server::start(data.path(), &[]);
    assert_says(&serve("127.0.0.1:0", data.path()), "using the data folder");
    assert!(first.is_alive() && first.stop());
}

#[test]
fn something_else_in_the_data_folder_is_not_taken_for_a_journal() {
    let _alone = alone();
    let data = tempfile::tempdir().unwrap();
    drop(Server::start(data.path(), &[]));
    for entry in fs::read_dir(data.path()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if name.ends_with("-wal") || name.ends_with("-shm") {
            fs::remove_file(&path).unwrap();
        } else if fs::read(&path).unwrap().starts_with(b"SQLite format 3") {
            fs::write(&path, "this was never a journal, whatever its name says").unwrap();
        }
    }
    assert_says(&serve("127.0.0.1:0", data.path()), "not a journal");
}
