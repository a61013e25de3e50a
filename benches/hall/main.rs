//! `make bench`: a hall of phones joins, listens, reconnects and votes, first with Openfloor, then with a bare server
//! that answers the same dialogue with ready frames of the same size. Both run on one core, the phones on the other.
//!
//! The bare server is the limit of this machine: no rules, no state, `write` and `fsync` alone.

#![expect(clippy::print_stdout, reason = "a bench prints its table")]

mod child;
mod ear;
mod raw;
mod storm;
mod table;

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result};
use clap::Parser;
use openfloor::rehearse::host::Host;

use child::{Child, Core};
use storm::{Figures, Plan};

/// Measures a hall of phones against this machine's own limit.
#[derive(Debug, Parser)]
struct Arguments {
    /// How many phones
    #[arg(long, default_value_t = 5_000)]
    phones: usize,
    /// Updates to everybody
    #[arg(long, default_value_t = 40)]
    updates: usize,
    /// Milliseconds between them
    #[arg(long, default_value_t = 500)]
    every_ms: u64,
    /// Questions asked by the phones
    #[arg(long, default_value_t = 100)]
    questions: usize,
    /// Votes in all
    #[arg(long, default_value_t = 20_000)]
    votes: usize,
    /// Phones in the middle of joining at the same time
    #[arg(long, default_value_t = 128)]
    door: usize,
    /// Where the journal lies while measuring; its disk decides how fast fsync is
    #[arg(long)]
    data: Option<PathBuf>,
    /// Measures the bare server against itself: how far ratios scatter on this machine
    #[arg(long)]
    noise: bool,
    /// Becomes the bare server: `frame,snapshot,mine` in bytes
    #[arg(long, hide = true)]
    raw: Option<String>,
    /// Given by `cargo bench`
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let local = tokio::task::LocalSet::new();
    match &arguments.raw {
        Some(sizes) => local.block_on(
            &runtime,
            raw::serve(sizes, &arguments.data.clone().context("--data")?),
        ),
        None => local.block_on(&runtime, measure(&arguments)),
    }
}

async fn measure(arguments: &Arguments) -> Result<()> {
    let plan = Plan {
        phones: arguments.phones,
        updates: arguments.updates,
        every: Duration::from_millis(arguments.every_ms),
        questions: arguments.questions.max(1),
        votes: arguments.votes,
        door: arguments.door.max(1),
    };
    let folder = match &arguments.data {
        Some(folder) => tempfile::tempdir_in(folder)?,
        None => tempfile::tempdir_in("target")?,
    };
    println!(
        "{} phones, {} questions, {} votes; the server on one core, the phones on the other",
        plan.phones, plan.questions, plan.votes
    );
    let (first, name) = if arguments.noise {
        (bare(folder.path(), "200,2000")?, "bare")
    } else {
        (openfloor(folder.path())?, "Openfloor")
    };
    let ours = one(first, &plan, name).await?;
    let sizes = format!("{},{}", ours.frame_bytes, ours.snapshot_bytes);
    let limit = one(bare(folder.path(), &sizes)?, &plan, "bare").await?;
    println!("\n{}", table::of(&plan, &ours, &limit));
    anyhow::ensure!(
        ours.wrong_tallies == 0,
        "{} tallies are wrong",
        ours.wrong_tallies
    );
    Ok(())
}

fn openfloor(folder: &Path) -> Result<Child> {
    let data = folder.join("openfloor");
    let serve = [
        "serve",
        "--log",
        "warn",
        "--may-sleep",
        "--listen",
        "127.0.0.1:0",
        "--data",
        &data.to_string_lossy(),
    ];
    Child::start(env!("CARGO_BIN_EXE_openfloor"), &serve, Core::First)
}

fn bare(folder: &Path, sizes: &str) -> Result<Child> {
    let myself = std::env::current_exe()?;
    Child::start(
        &myself.to_string_lossy(),
        &["--raw", sizes, "--data", &folder.to_string_lossy()],
        Core::First,
    )
}

async fn one(child: Child, plan: &Plan, name: &str) -> Result<Figures> {
    let mut host = Host::open(&child.place, "Bench").await?;
    storm::run(&child, &mut host, plan, |what| println!("{name}: {what}")).await
}
