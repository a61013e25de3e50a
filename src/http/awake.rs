//! Keeps the computer awake while a meeting is live, where the system has a program for it. Knows no meeting: it is told.

use std::process::Stdio;
use std::sync::{Mutex, PoisonError};

use tokio::process::{Child, Command};

/// Keeps the computer awake, or lets it sleep.
#[derive(Debug)]
pub struct Awake {
    wished: bool,
    keeper: Mutex<Option<Child>>,
}

impl Awake {
    /// `wished: false` (`--may-sleep`) never keeps it awake.
    #[must_use]
    pub fn new(wished: bool) -> Self {
        Self {
            wished,
            keeper: Mutex::default(),
        }
    }

    /// Whether it is kept awake now.
    #[must_use]
    pub fn is_kept(&self) -> bool {
        let mut keeper = self.keeper.lock().unwrap_or_else(PoisonError::into_inner);
        keeper.as_mut().is_some_and(is_running)
    }

    /// Keeps it awake; does nothing when it is kept already or the system has no way.
    pub fn keep(&self) {
        let mut keeper = self.keeper.lock().unwrap_or_else(PoisonError::into_inner);
        if self.wished && !keeper.as_mut().is_some_and(is_running) {
            *keeper = start();
        }
    }

    /// Lets it sleep again.
    pub fn release(&self) {
        let mut keeper = self.keeper.lock().unwrap_or_else(PoisonError::into_inner);
        // Dropping the child ends it.
        *keeper = None;
    }
}

fn is_running(child: &mut Child) -> bool {
    matches!(child.try_wait(), Ok(None))
}

/// Both programs end by themselves when this process does: one's `cat` reads from our pipe, the other watches our id.
fn start() -> Option<Child> {
    let own = std::process::id().to_string();
    let ways: [(&str, Vec<&str>); 2] = [
        (
            "systemd-inhibit",
            vec![
                "--what=sleep:idle:handle-lid-switch",
                "--who=Openfloor",
                "--why=A meeting is live",
                "--mode=block",
                "cat",
            ],
        ),
        ("caffeinate", vec!["-ims", "-w", &own]),
    ];
    ways.into_iter().find_map(|(program, arguments)| {
        Command::new(program)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .ok()
    })
}
