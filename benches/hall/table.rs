//! The table at the end: absolute figures, and the ratio to the bare server.

use std::time::Duration;

use openfloor::rehearse::figures::ms;

use crate::storm::{Figures, Plan, at};

/// One line a measure; a ratio of 1.00 is as good as bare.
pub fn of(plan: &Plan, ours: &Figures, bare: &Figures) -> String {
    let mut lines = vec![line("", "Openfloor", "bare", "ratio")];
    let mut time = |name: &str, of: fn(&Figures) -> Duration| {
        let (ours, bare) = (of(ours), of(bare));
        lines.push(line(
            name,
            &ms(ours),
            &ms(bare),
            &ratio(bare.as_secs_f64(), ours.as_secs_f64()),
        ));
    };
    time("join storm, until the last has the floor", |f| f.joining);
    time(
        "reconnect storm with resume, until the last is welcomed",
        |f| f.coming_back,
    );
    time("an update at the slowest phone, p50", |f| {
        at(&f.slowest, 0.5)
    });
    time("an update at the slowest phone, p99", |f| {
        at(&f.slowest, 0.99)
    });
    time("processor time for a million frames", |f| f.cpu_per_million);
    time("all votes acknowledged after fsync", |f| f.voting);
    time("a vote's acknowledgement, p50", |f| f.vote_p50);
    time("a vote's acknowledgement, p99", |f| f.vote_p99);
    time("processor time of the join storm", |f| f.joining_busy);
    time("processor time of the reconnect storm", |f| {
        f.coming_back_busy
    });
    time("processor time of the vote storm", |f| f.voting_busy);
    let mut rate = |name: &str, count: usize, of: fn(&Figures) -> Duration| {
        let per_s = |f: &Figures| count as f64 / of(f).as_secs_f64().max(1e-9);
        lines.push(line(
            name,
            &format!("{:.0}/s", per_s(ours)),
            &format!("{:.0}/s", per_s(bare)),
            &ratio(per_s(ours), per_s(bare)),
        ));
    };
    rate("joins", plan.phones, |f| f.joining);
    rate("reconnects", plan.phones, |f| f.coming_back);
    rate("votes", plan.votes, |f| f.voting);
    rate("frames one core could write", 1_000_000, |f| {
        f.cpu_per_million
    });
    let mut memory = |name: &str, of: fn(&Figures) -> u64| {
        let kib = |bytes: u64| format!("{:.1} KB", bytes as f64 / 1e3);
        lines.push(line(name, &kib(of(ours)), &kib(of(bare)), ""));
    };
    memory("memory for each phone, idle", |f| f.idle_rss);
    memory("memory for each phone, after the storm", |f| f.storm_rss);
    memory("a frame", |f| f.frame_bytes);
    memory("the snapshot", |f| f.snapshot_bytes as u64);
    lines.push(format!(
        "{} tallies wrong of {}",
        ours.wrong_tallies, plan.questions
    ));
    lines.join("\n")
}

fn line(name: &str, ours: &str, bare: &str, ratio: &str) -> String {
    format!("{name:<58}{ours:>12}{bare:>12}{ratio:>8}")
}

fn ratio(good: f64, of: f64) -> String {
    if of > 0.0 {
        format!("{:.2}", good / of)
    } else {
        "–".to_owned()
    }
}
