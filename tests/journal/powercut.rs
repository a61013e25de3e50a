//! The power goes at any moment: nothing that was acknowledged is lost, nothing that was erased comes back.
//!
//! A process of its own works on a journal while `shim.c` writes down what it does to its files; `drive.rs` then cuts the
//! power at hundreds of places, and each time the journal is opened from what is left. That the simulation has teeth is shown
//! on plain SQLite: with `synchronous=NORMAL` it loses what was acknowledged, with `FULL` it does not.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;

use openfloor::journal::{Journal, Position, Rewrite};
use tokio::task::JoinSet;

use crate::drive::{Drive, Step, steps};
use crate::shim::{Stage, watched};
use crate::support::{Chance, holding, meeting, said, scratch, texts};

const HALLS: u128 = 6;
const ROUNDS: usize = 24;

/// An entry's text: who, which, and some length, so that rows and pages differ.
fn text(hall: u128, number: usize) -> String {
    let padding = [10, 200, 700, 2_500, 60, 5_000][(number + usize::try_from(hall).unwrap()) % 6];
    format!("hall {hall} entry {number} {}", "x".repeat(padding))
}

fn acknowledge(data: &Path, line: &str) {
    let mut file = File::options()
        .create(true)
        .append(true)
        .open(data.join("acknowledged"))
        .unwrap();
    file.write_all(line.as_bytes()).unwrap();
}

/// One hall's appends, in batches of one to three, each acknowledged once it is durable.
async fn hall(
    journal: Journal,
    data: std::path::PathBuf,
    hall: u128,
    mut tail: Position,
    from: usize,
) -> (Position, usize) {
    let mut number = from;
    for round in 0..ROUNDS {
        let batch: Vec<_> = (0..round % 3 + 1)
            .map(|next| said(&text(hall, number + next)))
            .collect();
        tail = journal.append(meeting(hall), tail, &batch).await.unwrap();
        number += batch.len();
        acknowledge(&data, &format!("entries {hall} {number}"));
    }
    (tail, number)
}

async fn all_halls(journal: &Journal, data: &Path, ends: &mut HashMap<u128, (Position, usize)>) {
    let mut halls = JoinSet::new();
    for number in 0..HALLS {
        let (tail, from) = ends.get(&number).copied().unwrap_or((Position::START, 0));
        let work = hall(journal.clone(), data.to_owned(), number, tail, from);
        halls.spawn(async move { (number, work.await) });
    }
    ends.extend(halls.join_all().await);
}

/// A meeting is said, redacted, another one is deleted, a blob comes and a blob goes.
async fn erasures(journal: &Journal, data: &Path, number: u128) {
    let (secret, told, gone) = (format!("secret {number}"), 100 + number, 200 + number);
    let first = journal
        .append(meeting(told), Position::START, &[said(&secret)])
        .await
        .unwrap();
    let rewrites = vec![Rewrite {
        position: first,
        payload: "emptied".into(),
    }];
    journal
        .redact(meeting(told), first, said("redacted"), rewrites)
        .await
        .unwrap();
    acknowledge(data, &format!("erased {secret}"));
    let secret = format!("slide {number}");
    journal
        .append(meeting(gone), Position::START, &[said(&secret)])
        .await
        .unwrap();
    journal
        .put_blob(meeting(gone), format!("blob with {secret}").into())
        .await
        .unwrap();
    journal.delete(meeting(gone)).await.unwrap();
    acknowledge(data, &format!("erased {secret}"));
    let slide = format!("kept {number}");
    journal
        .put_blob(meeting(told), slide.clone().into())
        .await
        .unwrap();
    acknowledge(data, &format!("blob {told} {slide}"));
}

/// Not a story by itself: what the watched process does.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_process_whose_power_is_cut() {
    let Some(data) = watched() else { return };
    let mut ends = HashMap::new();
    for number in 0..2 {
        let journal = Journal::open(&data).unwrap();
        all_halls(&journal, &data, &mut ends).await;
        erasures(&journal, &data, number).await;
        all_halls(&journal, &data, &mut ends).await;
        // The first is closed in good order, the second is still at work when the process ends.
        if number == 1 {
            std::mem::forget(journal);
        }
    }
}

/// What had been acknowledged when the power went.
#[derive(Default)]
struct Acknowledged {
    entries: HashMap<u128, usize>,
    erased: Vec<String>,
    blobs: Vec<(u128, String)>,
}

impl Acknowledged {
    fn take(&mut self, line: &str) {
        let (kind, rest) = line.split_once(' ').unwrap();
        match (kind, rest.split_once(' ').unwrap()) {
            ("entries", (hall, number)) => {
                self.entries
                    .insert(hall.parse().unwrap(), number.parse().unwrap());
            }
            ("blob", (hall, slide)) => self.blobs.push((hall.parse().unwrap(), slide.to_owned())),
            _ => self.erased.push(rest.to_owned()),
        }
    }

    async fn check(&self, folder: &Path, place: usize) {
        for secret in &self.erased {
            assert!(
                holding(folder, secret).is_empty(),
                "cut {place}: {secret} is back"
            );
        }
        let journal = Journal::open(folder).unwrap();
        for hall in 0..HALLS {
            let there = texts(&journal, meeting(hall)).await;
            let acknowledged = self.entries.get(&hall).copied().unwrap_or_default();
            assert!(
                there.len() >= acknowledged,
                "cut {place}: hall {hall}: {} of {acknowledged}",
                there.len()
            );
            let sent = (0..there.len()).map(|number| text(hall, number));
            assert!(
                sent.eq(there.iter().cloned()),
                "cut {place}: hall {hall} tells another story"
            );
            // Batches hold 1, 2, 3, 1, 2, 3… entries: none is there in part.
            assert!(
                [0, 1, 3].contains(&(there.len() % 6)),
                "cut {place}: hall {hall}: a batch in part"
            );
            journal.verify(meeting(hall)).await.unwrap();
        }
        for (owner, slide) in &self.blobs {
            let hash = openfloor::journal::BlobHash::of(slide.as_bytes());
            let found = journal.blob(meeting(*owner), hash).await.unwrap();
            assert_eq!(
                found.as_deref(),
                Some(slide.as_bytes()),
                "cut {place}: a blob is lost"
            );
        }
        let tail = journal.tail(meeting(0)).await.unwrap();
        journal
            .append(meeting(0), tail, &[said("and on it goes")])
            .await
            .unwrap();
    }
}

/// Where to cut: half anywhere, half right after an acknowledgement.
fn places(steps: &[Step], cuts: usize, chance: &mut Chance) -> Vec<usize> {
    let after: Vec<usize> = (1..=steps.len())
        .filter(|place| matches!(steps[place - 1], Step::Acknowledged { .. }))
        .collect();
    let mut places: Vec<usize> = (0..cuts / 2)
        .map(|_| chance.below(steps.len() + 1))
        .collect();
    places.extend((0..cuts / 2).map(|_| after[chance.below(after.len())]));
    places.push(steps.len());
    places.sort_unstable();
    places
}

#[tokio::test]
async fn no_power_cut_loses_what_was_acknowledged() {
    let stage = Stage::new();
    let steps = steps(&stage.run("powercut::the_process_whose_power_is_cut"));
    let mut chance = Chance::new(20_260_801);
    let mut drive = Drive::default();
    let mut acknowledged = Acknowledged::default();
    let mut done = 0;
    let places = places(&steps, 200, &mut chance);
    for place in &places {
        for step in &steps[done..*place] {
            drive.take(step);
            if let Step::Acknowledged { line } = step {
                acknowledged.take(line);
            }
        }
        done = *place;
        let found = stage.path("found");
        fs::create_dir(&found).unwrap();
        drive.cut(&mut chance, &stage.data(), &found);
        acknowledged.check(&found, *place).await;
        fs::remove_dir_all(&found).unwrap();
    }
    let sum: usize = acknowledged.entries.values().sum();
    println!(
        "{} cuts in {} steps; {sum} entries acknowledged in the end, 0 lost",
        places.len(),
        steps.len()
    );
    assert!(sum > 500 && acknowledged.erased.len() == 4 && acknowledged.blobs.len() == 2);
}

/// Plain SQLite, for comparison: a number at a time, acknowledged after its commit.
fn count_up(data: &Path, synchronous: &str) {
    let connection = rusqlite::Connection::open(data.join("plain.sqlite")).unwrap();
    connection
        .query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))
        .unwrap();
    connection
        .pragma_update(None, "synchronous", synchronous)
        .unwrap();
    connection
        .execute_batch("CREATE TABLE numbers (number INTEGER)")
        .unwrap();
    for number in 1..=300 {
        connection
            .execute("INSERT INTO numbers VALUES (?)", [number])
            .unwrap();
        acknowledge(data, &format!("entries 0 {number}"));
    }
    // Closing would sync; the power goes before.
    std::mem::forget(connection);
}

/// Not a story by itself: plain SQLite as it is often set.
#[test]
fn the_process_that_syncs_now_and_then() {
    if let Some(data) = watched() {
        count_up(&data, "NORMAL");
    }
}

/// Not a story by itself: plain SQLite as the journal sets it.
#[test]
fn the_process_that_syncs_always() {
    if let Some(data) = watched() {
        count_up(&data, "FULL");
    }
}

/// How many acknowledged numbers some power cut lost at most.
fn most_lost(story: &str) -> u32 {
    let stage = Stage::new();
    let steps = steps(&stage.run(story));
    let mut chance = Chance::new(7);
    let (mut drive, mut acknowledged, mut done, mut most) = (Drive::default(), 0_u32, 0, 0);
    for place in places(&steps, 60, &mut chance) {
        for step in &steps[done..place] {
            drive.take(step);
            if let Step::Acknowledged { line } = step {
                acknowledged = line.rsplit(' ').next().unwrap().parse().unwrap();
            }
        }
        done = place;
        let found = scratch();
        drive.cut(&mut chance, &stage.data(), found.path());
        let connection = rusqlite::Connection::open(found.path().join("plain.sqlite")).unwrap();
        let count = connection.query_row("SELECT count(*) FROM numbers", [], |row| {
            row.get::<_, u32>(0)
        });
        most = most.max(acknowledged - count.unwrap_or(0).min(acknowledged));
    }
    most
}

#[test]
fn the_simulation_has_teeth() {
    let lost = most_lost("powercut::the_process_that_syncs_now_and_then");
    println!("plain SQLite, synchronous=NORMAL: up to {lost} of 300 acknowledged commits lost");
    assert!(lost > 100, "only {lost}");
    assert_eq!(most_lost("powercut::the_process_that_syncs_always"), 0);
}
