//! The roll call: everybody joins, asks and votes by a plan, and every tally has to come out exactly.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::sync::{Barrier, Semaphore};
use tokio::task::JoinSet;
use uuid::Uuid;

use super::Trouble;
use super::address::{Key, Place};
use super::chance::Chance;
use super::figures::ms;
use super::host::Host;
use super::phone::{Figures, Habits, Phone};
use super::phrases;
use super::socket::Reading;

/// Phones that may be in the middle of joining at the same time.
const AT_THE_DOOR: usize = 128;
/// How long the count of who is here may take to follow.
const COUNTING: Duration = Duration::from_secs(10);

/// The plan.
#[derive(Debug, Clone, Copy)]
pub struct Roll {
    /// Phones.
    pub phones: usize,
    /// Questions, asked by the first phones, one each.
    pub questions: usize,
    /// Votes in all, shared evenly; one phone in ten also takes one back and gives it again.
    pub votes: usize,
    /// Which hall.
    pub seed: u64,
    /// Time for each of the three parts.
    pub patience: Duration,
}

/// What came out.
#[derive(Debug)]
pub struct Tally {
    /// Votes planned, by question.
    pub planned: BTreeMap<String, u64>,
    /// Votes shown on the floor, by question.
    pub shown: BTreeMap<String, u64>,
    /// `here` on the floor while everybody was connected.
    pub here: u64,
    /// Until the last phone had the floor.
    pub joining: Duration,
    /// Until the last question was acknowledged.
    pub asking: Duration,
    /// Until the last vote was acknowledged.
    pub voting: Duration,
    /// Commands acknowledged.
    pub done: usize,
    /// Codes of refusals.
    pub refused: BTreeMap<String, usize>,
    /// Patches that did not fit.
    pub misfits: u64,
    /// Latencies.
    pub figures: Arc<Figures>,
}

impl Tally {
    /// Questions whose tally is not as planned: (question, planned, shown).
    #[must_use]
    pub fn wrong(&self) -> Vec<(String, u64, Option<u64>)> {
        let shown = |id: &String| self.shown.get(id).copied();
        let differs = self
            .planned
            .iter()
            .filter(|(id, votes)| shown(id) != Some(**votes));
        differs
            .map(|(id, votes)| (id.clone(), *votes, shown(id)))
            .collect()
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let votes: u64 = self.planned.values().sum();
        write!(
            f,
            "joined in {}, {} questions in {}, {votes} votes in {}; answers {}; {} tallies wrong",
            ms(self.joining),
            self.planned.len(),
            ms(self.asking),
            ms(self.voting),
            self.figures.answers,
            self.wrong().len()
        )
    }
}

/// The steps that all phones take together.
struct Steps {
    barrier: Barrier,
    door: Semaphore,
    questions: Vec<String>,
    activity: String,
    figures: Arc<Figures>,
}

struct Part {
    done: usize,
    refused: Vec<String>,
    misfits: u64,
    planned: Vec<usize>,
}

/// Calls the roll in the host's meeting.
///
/// # Errors
/// If a phone cannot join, or something takes longer than the plan's patience.
pub async fn call(host: &mut Host, roll: Roll) -> Result<Tally, Trouble> {
    let mut chance = Chance::new(roll.seed, u64::MAX);
    let steps = Arc::new(Steps {
        barrier: Barrier::new(roll.phones + 1),
        door: Semaphore::new(AT_THE_DOOR),
        questions: (0..roll.questions)
            .map(|_| Uuid::from_u64_pair(chance.bits(), chance.bits()))
            .map(version_4)
            .collect(),
        activity: host.activity.clone(),
        figures: Arc::default(),
    });
    let mut phones = JoinSet::new();
    for place in 0..roll.phones {
        phones.spawn(answer(
            host.place.clone(),
            host.code.clone(),
            roll,
            place,
            Arc::clone(&steps),
        ));
    }
    let joining = together(&steps, &mut phones, roll.patience).await?;
    let asking = together(&steps, &mut phones, roll.patience).await?;
    let voting = together(&steps, &mut phones, roll.patience).await?;
    let floor = counted(host, roll).await?;
    steps.barrier.wait().await;
    let mut tally = Tally {
        planned: steps.questions.iter().map(|id| (id.clone(), 0)).collect(),
        shown: BTreeMap::new(),
        here: floor["here"].as_u64().unwrap_or(0),
        joining,
        asking,
        voting,
        done: 0,
        refused: BTreeMap::new(),
        misfits: 0,
        figures: Arc::clone(&steps.figures),
    };
    for (id, question) in floor["questions"].as_object().into_iter().flatten() {
        tally
            .shown
            .insert(id.clone(), question["votes"].as_u64().unwrap_or(0));
    }
    while let Some(part) = phones.join_next().await {
        let part = part.map_err(|error| Trouble::Contract(error.to_string()))??;
        tally.done += part.done;
        tally.misfits += part.misfits;
        part.refused
            .into_iter()
            .for_each(|code| *tally.refused.entry(code).or_default() += 1);
        for index in part.planned {
            *tally
                .planned
                .entry(steps.questions[index].clone())
                .or_default() += 1;
        }
    }
    Ok(tally)
}

/// The floor once it counts everybody who is here, or as it is when patience ends: a roll can be over before the next count.
async fn counted(host: &mut Host, roll: Roll) -> Result<Value, Trouble> {
    let begun = Instant::now();
    loop {
        let floor = host.view("floor").await?;
        let all = floor["here"].as_u64() == u64::try_from(roll.phones).ok();
        if all || begun.elapsed() > roll.patience.min(COUNTING) {
            return Ok(floor);
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// Waits until all phones have taken the step, or one has failed.
async fn together(
    steps: &Steps,
    phones: &mut JoinSet<Result<Part, Trouble>>,
    patience: Duration,
) -> Result<Duration, Trouble> {
    let begun = Instant::now();
    tokio::select! {
        _ = steps.barrier.wait() => Ok(begun.elapsed()),
        Some(left) = phones.join_next() => match left {
            Ok(Err(trouble)) => Err(trouble),
            Ok(Ok(_)) => Err(Trouble::Contract("a phone left early".to_owned())),
            Err(error) => Err(Trouble::Contract(error.to_string())),
        },
        () = tokio::time::sleep(patience) => Err(Trouble::Late("the slowest phone of the roll call")),
    }
}

async fn answer(
    server: Place,
    code: String,
    roll: Roll,
    place: usize,
    steps: Arc<Steps>,
) -> Result<Part, Trouble> {
    let mut chance = Chance::new(roll.seed, place as u64);
    let reading = if place < 8 {
        Reading::Whole
    } else {
        Reading::Revisions
    };
    let mut phone = {
        let _turn = steps.door.acquire().await;
        let mut phone = Phone::join(
            &server,
            &code,
            &Key::Code(code.clone()),
            None,
            chance.clone(),
        )
        .await?
        .with_habits(Habits {
            reading,
            ..Habits::default()
        })
        .counting_into(Arc::clone(&steps.figures));
        phone.until(roll.patience, Phone::is_current).await?;
        phone
    };
    step(&steps, &mut phone).await?;
    if let Some(id) = steps.questions.get(place) {
        let phrase = phrases::ask(&mut chance);
        phone.send(json!({"ask": {"id": id, "activity": steps.activity, "text": phrase.text, "language": phrase.language}}));
    }
    phone.settled(roll.patience).await?;
    step(&steps, &mut phone).await?;
    let planned = plan(&roll, place, &mut chance);
    for (turn, index) in planned.iter().enumerate() {
        let vote = |on: bool| json!({"vote": {"question": steps.questions[*index], "on": on}});
        phone.send(vote(true));
        if turn == 0 && place.is_multiple_of(10) {
            phone.send(vote(false));
            phone.send(vote(true));
        }
    }
    phone.settled(roll.patience).await?;
    step(&steps, &mut phone).await?;
    step(&steps, &mut phone).await?;
    let refused: Vec<_> = phone
        .answers
        .iter()
        .filter_map(|answer| answer.refused.clone())
        .collect();
    Ok(Part {
        done: phone.answers.len() - refused.len(),
        refused,
        misfits: phone.counts.misfits,
        planned,
    })
}

/// The phone goes on living while it waits for the others.
async fn step(steps: &Steps, phone: &mut Phone) -> Result<(), Trouble> {
    tokio::select! {
        _ = steps.barrier.wait() => Ok(()),
        lived = phone.rest(Duration::from_secs(600)) => lived,
    }
}

/// Which questions the phone at this place votes for: different ones, the total exact.
fn plan(roll: &Roll, place: usize, chance: &mut Chance) -> Vec<usize> {
    let share = roll.votes / roll.phones + usize::from(place < roll.votes % roll.phones);
    let first = chance.below(roll.questions);
    (0..share.min(roll.questions))
        .map(|turn| (first + turn) % roll.questions)
        .collect()
}

fn version_4(id: Uuid) -> String {
    uuid::Builder::from_bytes(id.into_bytes())
        .with_version(uuid::Version::Random)
        .into_uuid()
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_plan_gives_exactly_the_votes_it_promises() {
        let roll = Roll {
            phones: 7,
            questions: 5,
            votes: 23,
            seed: 1,
            patience: Duration::ZERO,
        };
        let votes: usize = (0..7)
            .map(|place| plan(&roll, place, &mut Chance::new(1, place as u64)).len())
            .sum();
        assert_eq!(votes, 23);
    }
}
