//! Live meetings: one task per meeting joins the pure core to the journal and to the sockets. Knows no HTTP and no token;
//! decides nothing itself.
//!
//! [`Live`] finds meetings and [`Handle`] is the way into one. A [`Feed`] is what an audience sees over time; a [`Post`] is
//! the letterbox through which the task reaches a socket without ever waiting for it.

mod answer;
mod batch;
mod clock;
mod crowd;
mod dice;
#[cfg(test)]
mod faults;
mod feed;
mod handle;
mod house;
mod input;
mod keeper;
mod lane;
mod ledger;
mod limits;
mod measure;
mod post;
mod readers;
mod recheck;
mod record;
mod registry;
mod rules;
mod settings;
mod snapshot;
mod task;
#[cfg(test)]
mod tests;
mod ticks;

pub use answer::{Answer, Bearer, Denied, Failure, Granted, Holder, Mine, NotCreated, Sent};
pub use clock::Clock;
pub use feed::{Feed, Next};
pub use handle::{Connection, Handle, JoinError};
pub use input::{Also, Followed, Join, Welcome};
pub use limits::{Bucket, Rate};
pub use post::{Audiences, Leave, Notes, Own, Post};
pub use registry::Live;
pub use settings::{Limits, LimitsError, Pace, Patience, Settings};
pub use snapshot::Snapshot;
