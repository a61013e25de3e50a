//! A full hall by the plan: every tally exact.

use std::time::Duration;

use openfloor::rehearse::host::Host;
use openfloor::rehearse::roll::{self, Roll};

use crate::server::Server;
use crate::{run, short_or_soak};

#[test]
fn a_hall_joins_asks_and_votes_and_every_tally_is_exact() {
    run(async {
        let data = tempfile::tempdir().unwrap();
        let mut server = Server::start(data.path(), &[]);
        let mut host = Host::open(&server.place, "Roll call").await.unwrap();
        let roll = short_or_soak(
            Roll {
                phones: 500,
                questions: 20,
                votes: 2_000,
                seed: 5,
                patience: Duration::from_secs(60),
            },
            Roll {
                phones: 5_000,
                questions: 100,
                votes: 20_000,
                seed: 5,
                patience: Duration::from_secs(120),
            },
        );
        let tally = roll::call(&mut host, roll).await.unwrap();
        eprintln!("{tally}");
        assert_eq!(tally.planned.values().sum::<u64>(), roll.votes as u64);
        assert_eq!(tally.wrong(), Vec::new());
        assert_eq!(tally.here, roll.phones as u64);
        assert!(tally.refused.is_empty(), "{:?}", tally.refused);
        assert_eq!(tally.misfits, 0);
        assert!(server.stop());
    });
}
