//! Looks after the house every few seconds: tells the office how far each meeting has come, and keeps the computer awake
//! while one is live. Decides nothing.

use std::time::Duration;

use tokio::time::MissedTickBehavior;

use crate::live::Handle;
use crate::meeting::state;
use crate::office::{Phase, Wish};

use super::register::phase;
use super::shared::Shared;

/// How often.
const ROUND: Duration = Duration::from_secs(3);

/// Goes round until the future is dropped.
pub async fn look_after(shared: Shared) {
    let mut round = tokio::time::interval(ROUND);
    round.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        round.tick().await;
        let mut is_live = false;
        for handle in shared.live.awake() {
            is_live |= look_at(&shared, &handle).await;
        }
        if is_live {
            shared.awake.keep();
        } else {
            shared.awake.release();
        }
    }
}

/// Tells the office what changed; whether the meeting is live.
async fn look_at(shared: &Shared, handle: &Handle) -> bool {
    let found = handle
        .ask(|meeting| (meeting.phase, meeting.title.clone()))
        .await;
    let Ok((now, title)) = found else {
        return false;
    };
    if let Some((before, old_title)) = shared.register.listed(handle.id()) {
        let meeting = handle.id().0;
        let wish = match (before, phase(now)) {
            _ if old_title != title => Some(Wish::Rename { meeting, title }),
            (Phase::Prepared, Phase::Live) => Some(Wish::Start { meeting }),
            (Phase::Prepared | Phase::Live, Phase::Ended) => Some(Wish::End { meeting }),
            (Phase::Ended, Phase::Live | Phase::Prepared) => Some(Wish::Reopen { meeting }),
            _ => None,
        };
        if let Some(wish) = wish {
            // What does not succeed now is tried again in the next round.
            let _ = shared
                .register
                .writing()
                .await
                .grant(&wish, shared.live.now())
                .await;
        }
    }
    now == state::Phase::Live
}
