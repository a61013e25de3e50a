//! Which units a document has and which of them are deleted: enough to say what an update would add, without touching the document.
//! Knows no text.

use std::collections::BTreeMap;

use super::Refused;
use super::wire::{self, Content, Id, Range, Run, Update};

/// Per client: how many units it has typed, and which of them are deleted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    clocks: BTreeMap<u64, u32>,
    /// Sorted, neither touching nor overlapping.
    deleted: BTreeMap<u64, Vec<Range>>,
}

/// The part of an update that is new.
#[derive(Debug)]
pub struct News {
    pub update: Update,
    /// Visible UTF-16 units added and taken away.
    pub added: u64,
    pub removed: u64,
}

impl News {
    pub fn runs(&self) -> usize {
        wire::runs(&self.update)
    }
}

impl Known {
    pub fn clock(&self, client: u64) -> u32 {
        self.clocks.get(&client).copied().unwrap_or(0)
    }

    pub fn clocks(&self) -> impl ExactSizeIterator<Item = (u64, u32)> {
        self.clocks.iter().map(|(client, clock)| (*client, *clock))
    }

    /// What of the update is new. Refused when it leans on what is not known; [`Known::places`] says whether it also leans on itself.
    pub fn news(&self, update: &Update) -> Result<News, Refused> {
        let mut news = Update::default();
        for (client, runs) in &update.runs {
            if runs
                .first()
                .is_some_and(|run| run.clock > self.clock(*client))
            {
                return Err(Refused::Unknown);
            }
            let new = unknown_runs(*client, self.clock(*client), runs);
            if !new.is_empty() {
                news.runs.push((*client, new));
            }
        }
        if !self.reaches(&news.runs) {
            return Err(Refused::Unknown);
        }

        let mut after = self.clone_of_touched(update);
        let mut added = 0;
        for (client, run) in each(&news.runs) {
            after.clocks.insert(client, run.end());
            match run.content {
                Content::Text(_) => added += u64::from(run.len),
                Content::Gone(_) => {
                    after.delete(client, (run.clock, run.end()));
                }
            }
        }
        let mut deleted = Self::default();
        let mut removed = 0;
        for (client, ranges) in &update.deleted {
            for range in ranges {
                if range.1 > after.clock(*client) {
                    return Err(Refused::Unknown);
                }
                for (from, to) in after.delete(*client, *range) {
                    removed += u64::from(to - from);
                    deleted.delete(*client, (from, to));
                }
            }
        }
        news.deleted = deleted.deleted.into_iter().collect();
        if news.runs.is_empty() && news.deleted.is_empty() {
            return Err(Refused::NothingNew);
        }
        Ok(News {
            update: news,
            added,
            removed,
        })
    }

    /// Takes note of what was merged.
    pub fn learn(&mut self, news: &Update) {
        for (client, run) in each(&news.runs) {
            self.clocks.insert(client, run.end());
            if let Content::Gone(_) = run.content {
                self.delete(client, (run.clock, run.end()));
            }
        }
        for (client, ranges) in &news.deleted {
            for range in ranges {
                self.delete(*client, *range);
            }
        }
    }

    /// Only what the update speaks of, so that a look costs what the update weighs.
    fn clone_of_touched(&self, update: &Update) -> Self {
        let mut touched = Self::default();
        let runs = update.runs.iter().map(|(client, _)| *client);
        for client in runs.chain(update.deleted.iter().map(|(client, _)| *client)) {
            touched.clocks.insert(client, self.clock(client));
            if let Some(deleted) = self.deleted.get(&client) {
                touched.deleted.insert(client, deleted.clone());
            }
        }
        touched
    }

    /// Deletes a range and tells which parts of it were not deleted before.
    fn delete(&mut self, client: u64, (from, to): Range) -> Vec<Range> {
        let deleted = self.deleted.entry(client).or_default();
        let first = deleted.partition_point(|range| range.1 < from);
        let last = deleted.partition_point(|range| range.0 <= to);
        let mut new = Vec::new();
        let mut open = from;
        for range in &deleted[first..last] {
            if range.0 > open {
                new.push((open, range.0));
            }
            open = open.max(range.1);
        }
        if open < to {
            new.push((open, to));
        }
        let touching = &deleted[first..last];
        let joined = (
            touching.first().map_or(from, |range| range.0.min(from)),
            touching.last().map_or(to, |range| range.1.max(to)),
        );
        deleted.splice(first..last, [joined]);
        new
    }

    /// Whether all neighbours of the runs are known or among the runs.
    fn reaches(&self, runs: &[(u64, Vec<Run>)]) -> bool {
        let ends = ends(runs);
        each(runs)
            .flat_map(|(_, run)| [run.left, run.right])
            .flatten()
            .all(|id: Id| {
                let end = ends.get(&id.client).copied().unwrap_or(0);
                id.clock < self.clock(id.client).max(end)
            })
    }

    /// Whether there is an order in which each run finds its neighbours: known, or placed before it. Takes time with the square of the
    /// runs in the worst case.
    pub fn places(&self, news: &News) -> bool {
        let runs = &news.update.runs;
        let mut placed: BTreeMap<u64, u32> = BTreeMap::new();
        let mut next: Vec<usize> = vec![0; runs.len()];
        loop {
            let mut moved = false;
            for ((client, runs), next) in runs.iter().zip(&mut next) {
                while let Some(run) = runs.get(*next) {
                    let here = |id: Id| {
                        id.clock
                            < placed
                                .get(&id.client)
                                .copied()
                                .unwrap_or_else(|| self.clock(id.client))
                    };
                    if !run.left.is_none_or(here) || !run.right.is_none_or(here) {
                        break;
                    }
                    placed.insert(*client, run.end());
                    *next += 1;
                    moved = true;
                }
            }
            if !moved {
                break;
            }
        }
        runs.iter()
            .zip(&next)
            .all(|((_, runs), next)| *next == runs.len())
    }
}

fn each(runs: &[(u64, Vec<Run>)]) -> impl Iterator<Item = (u64, &Run)> {
    runs.iter()
        .flat_map(|(client, runs)| runs.iter().map(move |run| (*client, run)))
}

/// How far each client's runs go.
fn ends(runs: &[(u64, Vec<Run>)]) -> BTreeMap<u64, u32> {
    runs.iter()
        .filter_map(|(client, runs)| Some((*client, runs.last()?.end())))
        .collect()
}

fn unknown_runs(client: u64, clock: u32, runs: &[Run]) -> Vec<Run> {
    runs.iter()
        .filter(|run| run.end() > clock)
        .map(|run| {
            if run.clock < clock {
                run.without_first(client, clock - run.clock)
            } else {
                run.clone()
            }
        })
        .collect()
}
