//! What must hold when things go wrong, against the built server over its public contract:
//! killed, cut off, flooded, stuck, out of space. Nothing that was acknowledged is lost, nothing is done twice.
//!
//! `OPENFLOOR_SOAK=1` makes the long runs long (`make soak`).

#![expect(clippy::unwrap_used, reason = "a test fails where it stands")]

mod hostile;
mod kill;
mod ledger;
mod poor_network;
mod proxy;
mod roll_call;
mod server;
mod space;
mod start;
mod stuck;
mod tables;

use std::sync::{Mutex, MutexGuard, PoisonError};

/// One heavy test at a time: they share two cores, and some of them measure.
fn alone() -> MutexGuard<'static, ()> {
    static ONE: Mutex<()> = Mutex::new(());
    ONE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The short run, or the long one of `make soak`.
fn short_or_soak<T>(short: T, soak: T) -> T {
    if std::env::var_os("OPENFLOOR_SOAK").is_some() {
        soak
    } else {
        short
    }
}

fn run<F: Future>(test: F) -> F::Output {
    let _alone = alone();
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap()
        .block_on(test)
}
