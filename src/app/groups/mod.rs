//! `openfloor groups`: numbers or a list of people in, a plan out, as text or as one line of JSON. Plans nothing itself.

mod list;
mod say;
#[cfg(test)]
mod tests;

use std::path::Path;
use std::time::Instant;

use crate::config::Groups;
use crate::planning::{self, Effort, Impossible, Person, Problem, Table};

use list::{List, Named};

/// Why no plan is printed.
#[derive(Debug, thiserror::Error)]
pub enum GroupsError {
    /// The list cannot be opened.
    #[error("unreadable: {0} cannot be read ({1})")]
    Unreadable(String, std::io::Error),
    /// A line of the list is wrong.
    #[error("bad_csv: {file}, line {line}: {why}")]
    BadLine {
        file: String,
        line: u64,
        why: String,
    },
    /// The arguments contradict the list or each other.
    #[error("bad_arguments: {0}")]
    BadArguments(String),
    /// No plan keeps all rules.
    #[error("impossible: {why}{who}")]
    Impossible { why: Impossible, who: String },
}

impl GroupsError {
    /// The exit code of the process.
    #[must_use]
    pub fn exit(&self) -> u8 {
        match self {
            Self::Unreadable(..) | Self::BadLine { .. } => 1,
            Self::BadArguments(_) => 2,
            Self::Impossible { .. } => 3,
        }
    }
}

/// Plans, and says the plan.
///
/// # Errors
/// The list is wrong, or no plan keeps all rules.
pub fn groups(wanted: &Groups) -> Result<String, GroupsError> {
    let list = match &wanted.csv {
        Some(file) => read(file)?,
        None => List::of_numbers(wanted.people.unwrap_or(0)),
    };
    let people = list.names.len() as u32;
    if let Some(said) = wanted.people.filter(|said| *said != people) {
        let why = format!("the list has {people} people, but --people says {said}");
        return Err(GroupsError::BadArguments(why));
    }
    let problem = problem(wanted, &list)?;
    let start = Instant::now();
    let plan = planning::plan(&problem).map_err(|why| list.impossible(why))?;
    let ms = start.elapsed().as_millis() as u64;
    Ok(if wanted.json {
        say::json(&list, &problem, &plan, ms)
    } else {
        say::text(&list, &plan)
    })
}

fn read(file: &Path) -> Result<List, GroupsError> {
    let name = file.display().to_string();
    match std::fs::read(file) {
        Ok(bytes) => List::read(&bytes).map_err(|wrong| GroupsError::BadLine {
            file: name,
            line: wrong.line,
            why: wrong.why,
        }),
        Err(error) => Err(GroupsError::Unreadable(name, error)),
    }
}

fn problem(wanted: &Groups, list: &List) -> Result<Problem, GroupsError> {
    let people = list.names.len() as u32;
    let tables = match (wanted.groups, wanted.size) {
        (Some(groups), _) => groups,
        (None, Some(size)) => people.div_ceil(size.max(1)),
        (None, None) => {
            let why = "say how many tables (--groups) or how many people at a table (--size)";
            return Err(GroupsError::BadArguments(why.to_owned()));
        }
    };
    if tables > planning::MOST_PEOPLE {
        let why = format!("at most {} tables can be planned", planning::MOST_PEOPLE);
        return Err(GroupsError::BadArguments(why));
    }
    if let Some(table) = wanted
        .step_free
        .iter()
        .find(|table| **table == 0 || **table > tables)
    {
        let why = format!("--step-free names table {table}, and there are {tables}");
        return Err(GroupsError::BadArguments(why));
    }
    let free = |table: u32| wanted.step_free.is_empty() || wanted.step_free.contains(&(table + 1));
    Ok(Problem {
        people: list.people.clone(),
        tables: (0..tables)
            .map(|table| Table {
                step_free: free(table),
                most: None,
            })
            .collect(),
        rounds: wanted.rounds,
        together: list.together.clone(),
        apart: list.apart.clone(),
        met: Vec::new(),
        balance: (0..list.tags.len() as u16).collect(),
        seed: wanted.seed,
        effort: if wanted.quick {
            Effort::Quick
        } else {
            Effort::Thorough
        },
        balanced: true,
    })
}

impl List {
    fn of_numbers(people: u32) -> Self {
        Self {
            names: (1..=people).map(Named::Number).collect(),
            people: vec![Person::default(); people as usize],
            ..Self::default()
        }
    }

    /// Says who the people are that the sentence names by number.
    fn impossible(&self, why: Impossible) -> GroupsError {
        let who = why.people().into_iter().filter_map(|person| {
            match self.names.get(person as usize)? {
                Named::Number(_) => None,
                Named::Word(name) => Some(format!(" Person {} is {name}.", person + 1)),
            }
        });
        let who = who.collect();
        GroupsError::Impossible { why, who }
    }
}
