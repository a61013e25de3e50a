//! A swarm of simulated phones: practice for facilitators, load and faults for the tests and the bench.
//!
//! Knows the server only through its public contract, as any outside client would.

pub mod address;
pub mod chance;
pub mod document;
pub mod figures;
pub mod hands;
pub mod host;
pub mod line;
pub mod outbox;
pub mod people;
pub mod phone;
pub mod phrases;
pub mod roll;
pub mod socket;
pub mod swarm;
pub mod table;

pub use address::{Invitation, Place};
pub use phone::{Habits, Phone};
pub use swarm::{Rehearsal, Summary, run};

/// What went wrong between a phone and the server.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// The link cannot be understood.
    #[error("this is not the link of a meeting: {0}")]
    Link(String),
    /// The server does not stand on this machine or in this network.
    #[error(
        "{0} is a public address: rehearse only against a server of your own network, or say --anywhere"
    )]
    Public(std::net::IpAddr),
    /// No connection, or it broke.
    #[error("the server cannot be reached: {0}")]
    Unreachable(#[from] std::io::Error),
    /// Nothing came in time.
    #[error("no answer in time: {0}")]
    Late(&'static str),
    /// The server said no over HTTP.
    #[error("the server answered {status} {code}")]
    Answered {
        /// The HTTP status.
        status: u16,
        /// The stable code of the answer, empty if there was none.
        code: String,
    },
    /// The socket was closed for good (4001, 4003, 4009, 1008, 1009).
    #[error("the socket was closed with {0}")]
    Closed(u16),
    /// Something that the contract does not foresee.
    #[error("not as the contract says: {0}")]
    Contract(String),
}
