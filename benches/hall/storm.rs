//! The course of a measurement, the same for every server: join, ask, listen, vote, come back.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use openfloor::rehearse::figures::{Latencies, ms};
use openfloor::rehearse::host::Host;
use serde_json::json;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::{MissedTickBehavior, interval, sleep};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::child::Child;
use crate::ear::{self, Board, Door, Ear};

/// What is done.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    pub phones: usize,
    pub updates: usize,
    pub every: Duration,
    pub questions: usize,
    pub votes: usize,
    pub door: usize,
}

/// What came out.
#[derive(Debug, Default)]
pub struct Figures {
    /// Until the last phone had its snapshot.
    pub joining: Duration,
    pub joining_busy: Duration,
    /// Until the last question was acknowledged.
    pub asking: Duration,
    /// For each update, until the slowest phone had it; sorted.
    pub slowest: Vec<Duration>,
    /// Processor time for each million frames to phones.
    pub cpu_per_million: Duration,
    /// Until the last vote was acknowledged.
    pub voting: Duration,
    pub voting_busy: Duration,
    pub vote_p50: Duration,
    pub vote_p99: Duration,
    /// Until the last phone was welcomed again.
    pub coming_back: Duration,
    pub coming_back_busy: Duration,
    /// Bytes for each phone.
    pub idle_rss: u64,
    pub storm_rss: u64,
    pub frame_bytes: u64,
    pub snapshot_bytes: usize,
    pub wrong_tallies: usize,
}

type Hall = Vec<Ear>;

/// Measures one server.
pub async fn run(
    child: &Child,
    host: &mut Host,
    plan: &Plan,
    say: impl Fn(&str),
) -> Result<Figures> {
    let mut figures = Figures::default();
    let board = Rc::new(Board::default());
    let empty = child.resident();
    let per_phone =
        |child: &Child| child.resident().saturating_sub(empty) * 1024 / plan.phones as u64;

    let busy = child.busy();
    let hall = join(host, plan, &board, &mut figures).await?;
    figures.joining_busy = child.busy().saturating_sub(busy);
    figures.idle_rss = per_phone(child);
    say(&format!("all joined in {}", ms(figures.joining)));

    let (hall, topics) = ask(hall, host, plan, &board, &mut figures).await?;
    say(&format!(
        "{} questions in {}",
        topics.len(),
        ms(figures.asking)
    ));

    let slate = Uuid::new_v4().to_string();
    host.order(&json!({"ask": {"id": slate, "activity": host.activity, "text": text(0)}}))
        .await?;
    let hall = listen(hall, child, host, plan, &slate, &board, &mut figures).await?;
    say(&format!(
        "{} updates, each at the slowest phone after {} (median)",
        plan.updates,
        ms(at(&figures.slowest, 0.5))
    ));

    let busy = child.busy();
    let (hall, planned) = vote(hall, plan, &topics, &board, &mut figures).await?;
    figures.voting_busy = child.busy().saturating_sub(busy);
    figures.wrong_tallies = wrong_tallies(host, &planned).await?;
    say(&format!(
        "{} votes in {}, {} tallies wrong",
        plan.votes,
        ms(figures.voting),
        figures.wrong_tallies
    ));

    let hall = come_back(hall, child, host, plan, &slate, &board, &mut figures).await?;
    figures.storm_rss = per_phone(child);
    say(&format!("all back in {}", ms(figures.coming_back)));
    drop(hall);
    Ok(figures)
}

/// The share (0–1) of sorted times that stay under the answer.
pub fn at(sorted: &[Duration], share: f64) -> Duration {
    let rank = (sorted.len() as f64 * share).ceil() as usize;
    sorted
        .get(rank.saturating_sub(1))
        .copied()
        .unwrap_or_default()
}

fn text(update: usize) -> String {
    format!(
        "~u{update}~ {}",
        "How will we know that it works for everybody? ".repeat(2)
    )
}

async fn join(host: &Host, plan: &Plan, board: &Rc<Board>, figures: &mut Figures) -> Result<Hall> {
    let door = Rc::new(Door {
        server: host.place.address,
        meeting: host.meeting.clone(),
        code: host.code.clone(),
    });
    let places = Rc::new(Semaphore::new(plan.door));
    let snapshot = Rc::new(Cell::new(0));
    let phones = plan.phones;
    let (joined, stop) = (Rc::new(Cell::new(0)), CancellationToken::new());
    let took = Rc::new(Cell::new(Duration::ZERO));
    let begun = Instant::now();
    let hall = all(0..plan.phones, |_| {
        let (door, places, board) = (Rc::clone(&door), Rc::clone(&places), Rc::clone(board));
        let (snapshot, joined, took, stop) = (
            Rc::clone(&snapshot),
            Rc::clone(&joined),
            Rc::clone(&took),
            stop.clone(),
        );
        async move {
            let place = places.acquire().await?;
            let (mut ear, size) = Ear::join(&door, &board).await?;
            drop(place);
            snapshot.set(size);
            joined.set(joined.get() + 1);
            if joined.get() == phones {
                took.set(begun.elapsed());
                stop.cancel();
            }
            // Who is in listens until all are.
            tokio::select! {
                heard = ear.listen(&board) => heard?,
                () = stop.cancelled() => {}
            }
            Ok(ear)
        }
    })
    .await?;
    figures.joining = took.get();
    figures.snapshot_bytes = snapshot.get();
    Ok(hall)
}

async fn ask(
    mut hall: Hall,
    host: &Host,
    plan: &Plan,
    board: &Rc<Board>,
    figures: &mut Figures,
) -> Result<(Hall, Vec<String>)> {
    let topics: Vec<String> = (0..plan.questions.min(plan.phones))
        .map(|_| Uuid::new_v4().to_string())
        .collect();
    let rest = hall.split_off(topics.len());
    let activity = host.activity.clone();
    let begun = Instant::now();
    let mut asked = all(hall.into_iter().zip(topics.clone()).enumerate(), |(place, (mut ear, id))| {
        let command = json!({"ask": {"id": id, "activity": activity, "text": format!("What about number {place}?")}}).to_string();
        let board = Rc::clone(board);
        async move {
            ear.command(&[command], &board).await?;
            Ok(ear)
        }
    })
    .await?;
    figures.asking = begun.elapsed();
    asked.extend(rest);
    Ok((asked, topics))
}

async fn listen(
    hall: Hall,
    child: &Child,
    host: &mut Host,
    plan: &Plan,
    slate: &str,
    board: &Rc<Board>,
    figures: &mut Figures,
) -> Result<Hall> {
    board.seen.replace(vec![(0, None); plan.updates + 1]);
    let (listening, stop) = spread(hall, board);
    // What the storm of joining left on the way is no part of the measurement.
    sleep(Duration::from_secs(1)).await;
    let (frames, bytes, busy) = (board.frames.get(), board.bytes.get(), child.busy());
    let mut sent = Vec::new();
    let mut clock = interval(plan.every);
    clock.set_missed_tick_behavior(MissedTickBehavior::Delay);
    for update in 1..=plan.updates {
        clock.tick().await;
        sent.push(Instant::now());
        host.order(&json!({"edit": {"question": slate, "text": text(update)}}))
            .await?;
    }
    all_have_seen(board, plan.updates, plan.phones).await?;
    let frames = board.frames.get() - frames;
    let busy = child.busy().saturating_sub(busy);
    figures.cpu_per_million = busy.mul_f64(1e6 / frames.max(1) as f64);
    figures.frame_bytes = (board.bytes.get() - bytes) / frames.max(1);
    let (slowest, missing) = ear::slowest(board, &sent, plan.phones);
    ensure!(missing == 0, "{missing} sights of an update are missing");
    figures.slowest = slowest;
    gather(listening, &stop).await
}

async fn vote(
    hall: Hall,
    plan: &Plan,
    topics: &[String],
    board: &Rc<Board>,
    figures: &mut Figures,
) -> Result<(Hall, BTreeMap<String, u64>)> {
    let mut planned: BTreeMap<String, u64> =
        topics.iter().map(|topic| (topic.clone(), 0)).collect();
    let mut work = Vec::new();
    for (place, ear) in hall.into_iter().enumerate() {
        let share = plan.votes / plan.phones + usize::from(place < plan.votes % plan.phones);
        let mut commands = Vec::new();
        for turn in 0..share.min(topics.len()) {
            let topic = &topics[(place * 7 + turn) % topics.len()];
            *planned.entry(topic.clone()).or_default() += 1;
            commands.push(json!({"vote": {"question": topic, "on": true}}).to_string());
        }
        work.push((ear, commands));
    }
    board.answers.replace(Latencies::default());
    let begun = Instant::now();
    let hall = all(work, |(mut ear, commands)| {
        let board = Rc::clone(board);
        async move {
            ear.command(&commands, &board).await?;
            Ok(ear)
        }
    })
    .await?;
    figures.voting = begun.elapsed();
    let answers = board.answers.borrow();
    (figures.vote_p50, figures.vote_p99) = (answers.at(0.5), answers.at(0.99));
    drop(answers);
    Ok((hall, planned))
}

async fn wrong_tallies(host: &mut Host, planned: &BTreeMap<String, u64>) -> Result<usize> {
    let floor = host.view("floor").await?;
    let Some(questions) = floor["questions"].as_object() else {
        return Ok(0);
    };
    Ok(planned
        .iter()
        .filter(|(id, votes)| {
            questions
                .get(*id)
                .and_then(|question| question["votes"].as_u64())
                != Some(**votes)
        })
        .count())
}

async fn come_back(
    hall: Hall,
    child: &Child,
    host: &mut Host,
    plan: &Plan,
    slate: &str,
    board: &Rc<Board>,
    figures: &mut Figures,
) -> Result<Hall> {
    let cut: Vec<_> = hall.into_iter().map(Ear::cut).collect();
    host.order(&json!({"edit": {"question": slate, "text": text(plan.updates + 1)}}))
        .await?;
    let places = Rc::new(Semaphore::new(plan.door));
    let busy = child.busy();
    let begun = Instant::now();
    let hall = all(cut, |cut| {
        let (board, places) = (Rc::clone(board), Rc::clone(&places));
        async move {
            let _place = places.acquire().await?;
            cut.again(&board).await
        }
    })
    .await?;
    figures.coming_back = begun.elapsed();
    figures.coming_back_busy = child.busy().saturating_sub(busy);
    board.seen.replace(vec![(0, None); plan.updates + 3]);
    let (listening, stop) = spread(hall, board);
    host.order(&json!({"edit": {"question": slate, "text": text(plan.updates + 2)}}))
        .await?;
    all_have_seen(board, plan.updates + 2, plan.phones).await?;
    gather(listening, &stop).await
}

/// Everybody reads until stopped.
fn spread(hall: Hall, board: &Rc<Board>) -> (JoinSet<Result<Ear>>, CancellationToken) {
    let stop = CancellationToken::new();
    let mut listening = JoinSet::new();
    for mut ear in hall {
        let (board, stop) = (Rc::clone(board), stop.clone());
        listening.spawn_local(async move {
            tokio::select! {
                heard = ear.listen(&board) => heard?,
                () = stop.cancelled() => {}
            }
            Ok(ear)
        });
    }
    (listening, stop)
}

async fn gather(mut listening: JoinSet<Result<Ear>>, stop: &CancellationToken) -> Result<Hall> {
    stop.cancel();
    let mut hall = Vec::new();
    while let Some(ear) = listening.join_next().await {
        hall.push(ear??);
    }
    Ok(hall)
}

async fn all_have_seen(board: &Board, update: usize, phones: usize) -> Result<()> {
    let seen = async {
        while board
            .seen
            .borrow()
            .get(update)
            .is_none_or(|(times, _)| *times < phones)
        {
            sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), seen)
        .await
        .context("not every phone saw the last update")
}

/// Does the same for all of these at once and waits for the last.
async fn all<I, T, F>(of: I, mut each: impl FnMut(I::Item) -> F) -> Result<Vec<T>>
where
    I: IntoIterator,
    T: 'static,
    F: Future<Output = Result<T>> + 'static,
{
    let mut tasks = JoinSet::new();
    for one in of {
        tasks.spawn_local(each(one));
    }
    let mut results = Vec::with_capacity(tasks.len());
    while let Some(result) = tasks.join_next().await {
        results.push(result??);
    }
    Ok(results)
}
