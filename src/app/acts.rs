//! The acts of the command line: each is carried out until it is done or stopped, and says what a person needs to see.

use tokio_util::sync::CancellationToken;

use crate::config::{Act, Serve};
use crate::rehearse::swarm::{self, Rehearsal};

use super::App;

/// Why an act was not carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// One sentence that begins with a stable code.
    pub why: String,
    /// The exit code of the process.
    pub exit: u8,
}

impl From<String> for Failure {
    fn from(why: String) -> Self {
        Self { why, exit: 1 }
    }
}

/// Carries out an act; `say` gets what belongs on stdout.
///
/// # Errors
/// One sentence that begins with a stable code, and the exit code that belongs to it.
pub async fn carry_out(act: Act, say: fn(&str)) -> Result<(), Failure> {
    match act {
        Act::Serve(settings) => Ok(serve(settings, say).await?),
        Act::Links(links) => {
            let link = super::new_desk_link(&links).await.map_err(sentence)?;
            say(&link);
            Ok(())
        }
        Act::Rehearse(arguments) => Ok(rehearse(&arguments, say).await?),
        Act::Groups(groups) => match super::groups(&groups) {
            Ok(plan) => {
                say(&plan);
                Ok(())
            }
            Err(error) => Err(Failure {
                exit: error.exit(),
                why: error.to_string(),
            }),
        },
        Act::Format(wanted) => {
            let (said, failed) = match super::formats(&wanted) {
                Ok(said) => (said, None),
                Err((said, error)) => (said, Some(error)),
            };
            for problem in &said.problems {
                eprintln!("{problem}");
            }
            if !said.out.is_empty() {
                say(&said.out);
            }
            failed.map_or(Ok(()), |error| Err(Failure::from(error.to_string())))
        }
        Act::Verify(verify) => {
            let found = super::verify(&verify).await.map_err(sentence)?;
            say(&found);
            Ok(())
        }
    }
}

async fn serve(settings: Serve, say: fn(&str)) -> Result<(), String> {
    let app = App::start(settings).await.map_err(sentence)?;
    say(&app.greeting());
    stopped().await;
    app.stop().await;
    Ok(())
}

async fn rehearse(arguments: &swarm::Arguments, say: fn(&str)) -> Result<(), String> {
    let rehearsal = Rehearsal::read(arguments).await.map_err(sentence)?;
    let stop = CancellationToken::new();
    tokio::spawn({
        let stop = stop.clone();
        async move {
            stopped().await;
            stop.cancel();
        }
    });
    let summary = swarm::run(rehearsal, stop, |line| say(&line))
        .await
        .map_err(sentence)?;
    say(&summary.to_string());
    Ok(())
}

fn sentence(error: impl std::fmt::Display) -> String {
    error.to_string()
}

/// Ctrl-C, or SIGTERM from a supervisor.
async fn stopped() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut term) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = term.recv() => {}
                _ = tokio::signal::ctrl_c() => {}
            }
            return;
        }
    }
    // Without a handler for it the process is simply ended.
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
