//! A phone behind a network that delays, stalls and cuts sends a thousand commands: none lost, none doubled, order kept.

use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;

use openfloor::rehearse::chance::Chance;
use openfloor::rehearse::host::Host;
use openfloor::rehearse::{Habits, Phone};
use serde_json::json;
use uuid::Uuid;

use crate::proxy::{Proxy, Weather};
use crate::server::{NO_LIMITS, Server, view};
use crate::{ledger, run, short_or_soak};

const COMMANDS: usize = 1_000;

#[test]
fn a_thousand_commands_over_a_network_that_cuts_arrive_once_and_in_order() {
    run(async {
        let data = tempfile::tempdir().unwrap();
        let mut server = Server::start(data.path(), &NO_LIMITS);
        let host = Host::open(&server.place, "Poor network").await.unwrap();
        let weather = short_or_soak(
            Weather {
                delay: Duration::from_millis(15),
                stall_one_in: 60,
                stall: Duration::from_millis(250),
                cut: Duration::from_millis(700),
            },
            Weather {
                delay: Duration::from_millis(400),
                stall_one_in: 40,
                stall: Duration::from_secs(8),
                cut: Duration::from_secs(20),
            },
        );
        let proxy = Proxy::start(server.place.address, weather).await;
        let habits = Habits {
            patience: short_or_soak(Duration::from_secs(2), Duration::from_secs(25)),
            first_wait: Duration::from_millis(30),
            longest_wait: Duration::from_millis(200),
            window: 12,
            ..Habits::default()
        };
        let chance = Chance::new(3, 3);
        // Sitting down goes the straight way; what is tested is the socket.
        let mut phone = Phone::join(
            &server.place,
            &host.code,
            &host.key(),
            Some("Nigar"),
            chance.clone(),
        )
        .await
        .unwrap()
        .with_habits(habits);
        phone.place = proxy.address.into();
        let mut observer = Phone::join(&server.place, &host.code, &host.key(), None, chance)
            .await
            .unwrap();

        let slate = Uuid::new_v4().to_string();
        phone.send(json!({"ask": {"id": slate, "activity": host.activity, "text": "step 0"}}));
        for step in 1..COMMANDS {
            phone.send(json!({"edit": {"question": slate, "text": format!("step {step}")}}));
        }
        let step_on = |phone: &Phone| step_of(phone.floor()["questions"][&slate]["text"].as_str());
        let mut steps = vec![0];
        let last = COMMANDS - 1;
        let patience = short_or_soak(Duration::from_secs(60), Duration::from_secs(1_800));
        let watching = observer.until(patience, |observer| {
            steps.extend(step_on(observer));
            steps.last() == Some(&last)
        });
        let (sent, watched) = tokio::join!(phone.settled(patience), watching);
        sent.unwrap();
        watched.unwrap();

        assert!(steps.is_sorted(), "an older step came after a newer one");
        assert!(
            phone.answers.iter().all(|answer| answer.refused.is_none()),
            "{:?}",
            phone.answers.iter().find(|a| a.refused.is_some())
        );
        let numbers: Vec<_> = phone.answers.iter().map(|answer| answer.n).collect();
        assert_eq!(numbers.len(), COMMANDS);
        assert!(numbers.is_sorted_by(|a, b| a < b), "answered out of order");
        let floor = view(&host, "floor").await;
        assert_eq!(
            step_of(floor["questions"][&slate]["text"].as_str()),
            Some(last)
        );
        assert_eq!(
            (
                &floor["asked"],
                phone.counts.misfits + observer.counts.misfits
            ),
            (&json!(1), 0)
        );
        eprintln!(
            "{} cuts, {} welcomes, {} snapshots",
            proxy.cuts.load(Relaxed),
            phone.counts.welcomes,
            phone.counts.takes
        );
        assert!(phone.counts.welcomes > 3, "the network was not poor at all");
        assert!(server.stop());
        let ledger = ledger::read(data.path(), &host.meeting).await;
        assert!(
            ledger.values().any(|taken| *taken == numbers),
            "the journal took other numbers, or in another order"
        );
    });
}

fn step_of(text: Option<&str>) -> Option<usize> {
    text?.strip_prefix("step ")?.parse().ok()
}
