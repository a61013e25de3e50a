//! A rehearsal: so many people join over some seconds, live for some minutes, and the swarm tells calmly how it goes.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::time::{Duration, Instant};

use tokio::task::JoinSet;
use tokio::time::{MissedTickBehavior, interval_at, sleep, sleep_until};
use tokio_util::sync::CancellationToken;

use super::Trouble;
use super::address::{Invitation, Reach};
use super::chance::Chance;
use super::figures::ms;
use super::hands;
use super::people::{Hall, Pace, Person};
use super::phone::{Habits, Phone};
use super::phrases;
use super::socket::Reading;

/// Phones that read every patch; the others of a big swarm only count them.
const READERS: usize = 200;

/// `openfloor rehearse`: simulated phones that join a meeting and behave like people.
#[derive(Debug, Clone, clap::Args)]
pub struct Arguments {
    /// The meeting's join link, as in its QR: http://host:port/473096#secret (or without the secret)
    #[arg(long)]
    pub meeting: String,
    /// How many phones
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..=50_000))]
    pub phones: u32,
    /// For how many minutes
    #[arg(long, default_value_t = 5.0)]
    pub minutes: f64,
    /// The same seed gives the same hall
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// How lively the hall is
    #[arg(long, value_enum, default_value_t)]
    pub pace: Pace,
    /// A timekeeper's or the desk's link: somebody leads the discussion that is open
    #[arg(long)]
    pub chair: Option<String>,
    /// Also against a server outside of your own network (yours, please)
    #[arg(long)]
    pub anywhere: bool,
}

/// What is rehearsed.
#[derive(Debug, Clone)]
pub struct Rehearsal {
    /// Where.
    pub invitation: Invitation,
    /// How many phones.
    pub phones: usize,
    /// How long, from the first join.
    pub time: Duration,
    /// Which hall.
    pub seed: u64,
    /// How lively.
    pub pace: Pace,
    /// How somebody comes in who leads discussions.
    pub chair: Option<Invitation>,
}

impl Rehearsal {
    /// Reads the arguments of the command line.
    ///
    /// # Errors
    /// If the link is no join link, or leads out of the own network without `--anywhere`.
    pub async fn read(arguments: &Arguments) -> Result<Self, Trouble> {
        let reach = if arguments.anywhere {
            Reach::Anywhere
        } else {
            Reach::OwnNetwork
        };
        let chair = match &arguments.chair {
            Some(link) => Some(Invitation::read(link, reach).await?),
            None => None,
        };
        Ok(Self {
            chair,
            invitation: Invitation::read(&arguments.meeting, reach).await?,
            phones: arguments.phones as usize,
            time: Duration::from_secs_f64(arguments.minutes.clamp(0.0, 24.0 * 60.0) * 60.0),
            seed: arguments.seed,
            pace: arguments.pace,
        })
    }
}

/// How it went.
#[derive(Debug)]
pub struct Summary {
    /// What the hall counted.
    pub hall: Arc<Hall>,
    /// How long it took.
    pub took: Duration,
}

/// Runs a rehearsal until its time is over or it is stopped. `say` gets one line now and then.
///
/// # Errors
/// If the meeting cannot be found at all.
pub async fn run(
    rehearsal: Rehearsal,
    stop: CancellationToken,
    mut say: impl FnMut(String),
) -> Result<Summary, Trouble> {
    let Invitation { place, code, .. } = &rehearsal.invitation;
    super::line::Line::open(place).await?.meeting(code).await?;
    let hall = Arc::new(Hall::default());
    let begun = Instant::now();
    let end = (begun + rehearsal.time).into();
    let mut people = JoinSet::new();
    for place in 0..rehearsal.phones {
        people.spawn(attend(rehearsal.clone(), place, Arc::clone(&hall)));
    }
    if let Some(chair) = rehearsal.chair.clone() {
        let chance = Chance::new(rehearsal.seed, u64::MAX);
        people.spawn(preside(chair, chance, Arc::clone(&hall)));
    }
    let first = tokio::time::Instant::now() + Duration::from_secs(2);
    let mut tick = interval_at(first, Duration::from_secs(5));
    tick.set_missed_tick_behavior(MissedTickBehavior::Skip);
    loop {
        tokio::select! {
            () = stop.cancelled() => break,
            () = sleep_until(end) => break,
            _ = tick.tick() => say(line_of(&hall, rehearsal.phones, begun)),
            left = people.join_next() => if left.is_none() { break },
        }
    }
    people.shutdown().await;
    Ok(Summary {
        hall,
        took: begun.elapsed(),
    })
}

/// People come through the door over some seconds; who is turned away tries again.
async fn attend(rehearsal: Rehearsal, place: usize, hall: Arc<Hall>) {
    let mut chance = Chance::new(rehearsal.seed, place as u64);
    let door = Duration::from_millis((rehearsal.phones as u64 * 20).clamp(1_000, 15_000));
    sleep(chance.up_to(door)).await;
    let reading = if place < READERS {
        Reading::Whole
    } else {
        Reading::Revisions
    };
    let Invitation {
        place: server,
        code,
        key,
    } = &rehearsal.invitation;
    let name = phrases::name(&mut chance);
    for attempt in 1..=8 {
        match Phone::join(server, code, key, name, chance.clone()).await {
            Ok(phone) => {
                hall.joined.fetch_add(1, Relaxed);
                let phone = phone
                    .with_habits(Habits {
                        reading,
                        ..Habits::default()
                    })
                    .counting_into(Arc::clone(&hall.figures));
                if let Err(trouble) = Person::new(phone, rehearsal.pace, chance).live(&hall).await {
                    hall.note_trouble(&trouble);
                }
                return;
            }
            Err(trouble) => {
                hall.note_trouble(&trouble);
                sleep(chance.up_to(Duration::from_millis(500 << attempt))).await;
            }
        }
    }
}

/// Somebody leads the discussion.
async fn preside(chair: Invitation, mut chance: Chance, hall: Arc<Hall>) {
    let name = phrases::name(&mut chance);
    let phone = Phone::join(&chair.place, &chair.code, &chair.key, name, chance.clone()).await;
    let led = match phone {
        Ok(phone) => hands::lead(phone, chance).await,
        Err(trouble) => Err(trouble),
    };
    if let Err(trouble) = led {
        hall.note_trouble(&trouble);
    }
}

fn line_of(hall: &Hall, phones: usize, begun: Instant) -> String {
    let figures = &hall.figures;
    format!(
        "{:>4} s  {}/{phones} joined, {} here · {} asked, {} votes, {} returns · answers {} · seen by others {}",
        begun.elapsed().as_secs(),
        hall.joined.load(Relaxed),
        hall.here.load(Relaxed),
        hall.asked.load(Relaxed),
        hall.voted.load(Relaxed),
        hall.returns.load(Relaxed),
        figures.answers,
        figures.sights,
    )
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hall = &self.hall;
        let figures = &hall.figures;
        writeln!(
            f,
            "{} phones joined; it took {} s",
            hall.joined.load(Relaxed),
            self.took.as_secs()
        )?;
        writeln!(
            f,
            "{} questions, {} votes and retractions, {} edits and withdrawals, {} returns; {} patches came",
            hall.asked.load(Relaxed),
            hall.voted.load(Relaxed),
            hall.changed.load(Relaxed),
            hall.returns.load(Relaxed),
            hall.patches.load(Relaxed),
        )?;
        let raised = hall.raised.load(Relaxed);
        if raised > 0 {
            writeln!(
                f,
                "in discussion: {raised} hands raised, lowered, and speeches ended"
            )?;
        }
        let (worked, noted) = (hall.worked.load(Relaxed), hall.noted.load(Relaxed));
        if worked + noted > 0 {
            writeln!(
                f,
                "at tables: {worked} cards, dots, answers and calls, {noted} changes of notes ({} refused)",
                hall.unnoted.load(Relaxed),
            )?;
        }
        for (what, latencies) in [
            ("answers", &figures.answers),
            ("seen by others", &figures.sights),
            ("welcomed", &figures.welcomes),
        ] {
            if latencies.count() == 0 {
                continue;
            }
            let (p50, p99, most) = (
                ms(latencies.at(0.5)),
                ms(latencies.at(0.99)),
                ms(latencies.at(1.0)),
            );
            writeln!(f, "{what}: p50 {p50}, p99 {p99}, slowest {most}")?;
        }
        for (title, counts) in [("refused", &hall.refused), ("went wrong", &hall.troubles)] {
            for (what, times) in counts.lock().iter().flat_map(|counts| counts.iter()) {
                writeln!(f, "{title}: {what} ({times}×)")?;
            }
        }
        match hall.misfits.load(Relaxed) {
            0 => Ok(()),
            misfits => writeln!(f, "{misfits} patches did not fit: please report this"),
        }
    }
}
