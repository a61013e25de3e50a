//! What is counted, without a person in it: meetings, sockets, commands, refusals, appends, ticks.

use std::time::Duration;

use crate::meeting::refusal::Refusal;

pub(super) fn meeting_woke() {
    metrics::gauge!("openfloor_meetings_awake").increment(1.0);
}

pub(super) fn meeting_slept() {
    metrics::gauge!("openfloor_meetings_awake").decrement(1.0);
}

pub(super) fn joined() {
    metrics::gauge!("openfloor_sockets").increment(1.0);
    metrics::counter!("openfloor_joins_total").increment(1);
}

pub(super) fn left() {
    metrics::gauge!("openfloor_sockets").decrement(1.0);
}

pub(super) fn decided(commands: usize) {
    metrics::counter!("openfloor_commands_total").increment(commands as u64);
}

pub(super) fn refused(refusal: &Refusal) {
    let code = serde_json::to_value(refusal.code)
        .ok()
        .and_then(|code| code.as_str().map(str::to_owned))
        .unwrap_or_default();
    metrics::counter!("openfloor_refusals_total", "code" => code).increment(1);
}

pub(super) fn appended(entries: usize, took: Duration) {
    metrics::counter!("openfloor_entries_total").increment(entries as u64);
    metrics::histogram!("openfloor_append_seconds").record(took.as_secs_f64());
}

pub(super) fn append_failed() {
    metrics::counter!("openfloor_append_failures_total").increment(1);
}

pub(super) fn published(views: usize) {
    metrics::counter!("openfloor_view_revisions_total").increment(views as u64);
}
