//! Arguments → tracing → the act → exit code. Everything else is behind [`openfloor::app`].

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use openfloor::app;
use openfloor::config::Cli;
use tracing_subscriber::EnvFilter;

fn main() -> ExitCode {
    let cli = Cli::parse();
    tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new(&cli.log))
        .with_writer(std::io::stderr)
        .init();
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&format!("internal: no threads can be started ({error})"), 1),
    };
    match runtime.block_on(app::carry_out(cli.act, say)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => fail(&failure.why, failure.exit),
    }
}

/// What the person who started it asked for. Somebody who closes that pipe must not stop a meeting by it.
fn say(text: &str) {
    let _nobody_reads = writeln!(std::io::stdout(), "{text}");
}

fn fail(why: &str, exit: u8) -> ExitCode {
    eprintln!("openfloor: {why}");
    ExitCode::from(exit)
}
