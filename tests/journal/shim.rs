//! Runs a story of this very test program in a process of its own whose files are watched and disturbed by `shim.c`.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::support::scratch;

/// What tells the process that it is the watched one, and where its journal lies.
const WATCHED: &str = "OPENFLOOR_WATCHED";

/// The place of one watched run.
pub struct Stage {
    folder: TempDir,
}

impl Stage {
    pub fn new() -> Self {
        let folder = scratch();
        let stage = Self { folder };
        let made = Command::new("cc")
            .args(["-shared", "-fPIC", "-O1", "-o"])
            .arg(stage.path("shim.so"))
            .args([
                concat!(env!("CARGO_MANIFEST_DIR"), "/tests/journal/shim.c"),
                "-ldl",
                "-lpthread",
            ])
            .status();
        assert!(made.unwrap().success(), "the shim compiles");
        fs::create_dir(stage.data()).unwrap();
        stage
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The folder that is watched.
    pub fn data(&self) -> PathBuf {
        self.path("data")
    }

    /// Runs one story in the watched process and gives what it did to its files.
    pub fn run(&self, story: &str) -> Vec<u8> {
        let log = self.path("log");
        let done = Command::new(env::current_exe().unwrap())
            .args([story, "--exact", "--nocapture", "--test-threads=1"])
            .env(WATCHED, self.data())
            .env("LD_PRELOAD", self.path("shim.so"))
            .env("SHIM_ROOT", self.data())
            .env("SHIM_LOG", &log)
            .env("SHIM_FULL", self.path("full"))
            .env("SHIM_BROKEN", self.path("broken"))
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&done.stdout) + String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success() && said.contains("1 passed"), "{said}");
        fs::read(log).unwrap()
    }
}

/// In the watched process: the folder of its journal. In any other there is nothing to do.
pub fn watched() -> Option<PathBuf> {
    env::var_os(WATCHED).map(PathBuf::from)
}

/// In the watched process: switches `full` or `broken`.
pub fn switch(data: &Path, name: &str, on: bool) {
    let flag = data.with_file_name(name);
    if on {
        fs::write(flag, "").unwrap();
    } else {
        fs::remove_file(flag).unwrap();
    }
}
