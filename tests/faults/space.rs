//! The disk is full: what cannot be kept is not acknowledged, what is kept can be read, and with space it goes on.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use openfloor::rehearse::host::Host;
use openfloor::rehearse::line::Line;
use serde_json::json;
use uuid::Uuid;

use crate::run;
use crate::server::{Server, view};

/// A small file system of its own, as root; `None` where that is not allowed.
struct Small(PathBuf);

impl Small {
    fn mount(at: &Path, kib: usize) -> Option<Self> {
        let size = format!("size={kib}k");
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &size, "tmpfs"])
            .arg(at)
            .output()
            .ok()?;
        mounted.status.success().then(|| Self(at.to_owned()))
    }
}

impl Drop for Small {
    fn drop(&mut self) {
        _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

#[test]
fn a_full_disk_loses_nothing_acknowledged_and_the_server_goes_on_when_there_is_space() {
    run(async {
        let folder = tempfile::tempdir().unwrap();
        let Some(_small) = Small::mount(folder.path(), 6 << 10) else {
            eprintln!("no file system of its own here: the limit of file sizes stands in");
            return limited(folder.path()).await;
        };
        let ballast = folder.path().join("ballast");
        let data = folder.path().join("data");
        let mut server = Server::start(&data, &["--limits", "facilitator=100000/100000"]);
        let mut host = Host::open(&server.place, "Full").await.unwrap();
        std::fs::write(&ballast, vec![1; 3 << 20]).unwrap();
        let (mut kept, code) = ask_until_refused(&mut host).await;
        eprintln!("{} questions, then {code}", kept.len());
        assert!(
            matches!(code.as_str(), "read_only" | "busy" | "disk_full"),
            "{code}"
        );
        readable(&host, &kept).await;
        assert!(server.is_alive());

        std::fs::remove_file(&ballast).unwrap();
        kept.push(ask_until_done(&mut host).await);
        readable(&host, &kept).await;
        server.kill();
        server.again();
        readable(&host, &kept).await;
        assert!(server.stop());
    });
}

/// Where nothing can be mounted: files may not grow beyond a limit.
async fn limited(folder: &Path) {
    let mut server = Server::start_in_shell(folder, "trap '' XFSZ; ulimit -f 1200; exec \"$@\"");
    let mut host = Host::open(&server.place, "Full").await.unwrap();
    let (kept, code) = ask_until_refused(&mut host).await;
    assert!(
        matches!(code.as_str(), "read_only" | "busy" | "disk_full"),
        "{code}"
    );
    readable(&host, &kept).await;
    server.kill();
    server.again();
    readable(&host, &kept).await;
}

/// Questions that were acknowledged, and the code with which that ended.
async fn ask_until_refused(host: &mut Host) -> (Vec<String>, String) {
    let mut kept = Vec::new();
    let text: String = "ა".repeat(490);
    for _ in 0..20_000 {
        let id = Uuid::new_v4().to_string();
        let reply = host
            .send(&json!({"ask": {"id": id, "activity": host.activity, "text": text}}))
            .await
            .unwrap();
        match reply.status {
            200 => kept.push(id),
            _ => {
                let code = reply.body["refused"]["code"]
                    .as_str()
                    .or(reply.body["errors"][0]["code"].as_str());
                return (kept, code.unwrap_or_default().to_owned());
            }
        }
    }
    panic!("the disk was never full");
}

async fn ask_until_done(host: &mut Host) -> String {
    let id = Uuid::new_v4().to_string();
    for _ in 0..100 {
        let reply = host
            .send(&json!({"ask": {"id": id, "activity": host.activity, "text": "And now?"}}))
            .await
            .unwrap();
        if reply.status == 200 {
            return id;
        }
        let retry = reply.body["refused"]["retry"].as_u64().unwrap_or(200);
        tokio::time::sleep(Duration::from_millis(retry.min(500))).await;
    }
    panic!("space came back and still nothing can be written");
}

async fn readable(host: &Host, kept: &[String]) {
    let floor = view(host, "floor").await;
    for id in kept {
        assert!(
            floor["questions"][id].is_object(),
            "an acknowledged question is not there"
        );
    }
    let mut line = Line::open(&host.place).await.unwrap();
    assert_eq!(
        line.call("GET", "/healthz", None, None)
            .await
            .unwrap()
            .status,
        200
    );
}
