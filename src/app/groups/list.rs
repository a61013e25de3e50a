//! The list of people as CSV: which columns mean what, and where a line is wrong. Knows no plan.

use std::collections::{BTreeMap, BTreeSet};

use csv::{ReaderBuilder, StringRecord, Trim};
use serde::Serialize;

use crate::planning::Person;

/// What a person is called in the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Named {
    Number(u32),
    Word(String),
}

/// A list of people, read.
#[derive(Debug, Clone, Default)]
pub struct List {
    pub names: Vec<Named>,
    pub people: Vec<Person>,
    /// The words of the tags, by number.
    pub tags: Vec<String>,
    /// The words of the languages, by number.
    pub languages: Vec<String>,
    pub together: Vec<Vec<u32>>,
    pub apart: Vec<Vec<u32>>,
}

/// What is wrong with a list, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    pub line: u64,
    pub why: String,
}

/// What a column means.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Column {
    Name,
    Tags,
    Languages,
    StepFree,
    Together,
    Apart,
    Host,
    Table,
    /// Its values are spread.
    Attribute(String),
    /// A name beside the id.
    Nothing,
}

impl List {
    /// Reads a list; comma, semicolon or tab between the columns, as the first line has it.
    ///
    /// # Errors
    /// The first line that is wrong.
    pub fn read(bytes: &[u8]) -> Result<Self, Wrong> {
        let mut reader = ReaderBuilder::new()
            .delimiter(delimiter(bytes))
            .trim(Trim::All)
            .from_reader(bytes);
        let header = reader
            .headers()
            .map_err(|error| wrong(&error, bytes))?
            .clone();
        let columns = columns(&header)?;
        let mut reading = Reading::default();
        for record in reader.records() {
            let record = record.map_err(|error| wrong(&error, bytes))?;
            let line = line_of(record.position(), bytes);
            reading
                .person(&columns, &record)
                .map_err(|why| Wrong { line, why })?;
        }
        if reading.list.people.is_empty() {
            return Err(Wrong {
                line: 2,
                why: "nobody is in the list".to_owned(),
            });
        }
        Ok(reading.done())
    }
}

fn delimiter(bytes: &[u8]) -> u8 {
    let header = bytes
        .split(|byte| *byte == b'\n')
        .next()
        .unwrap_or_default();
    [b'\t', b',', b';']
        .into_iter()
        .find(|sign| header.contains(sign))
        .unwrap_or(b',')
}

/// The line on which a record begins; the reader itself counts from the end of the one before, empty lines aside.
fn line_of(position: Option<&csv::Position>, bytes: &[u8]) -> u64 {
    let from = position
        .map_or(0, |position| position.byte() as usize)
        .min(bytes.len());
    let empty = bytes[from..]
        .iter()
        .take_while(|byte| matches!(byte, b'\r' | b'\n'))
        .count();
    let before = &bytes[..from + empty];
    1 + before.iter().filter(|byte| **byte == b'\n').count() as u64
}

fn wrong(error: &csv::Error, bytes: &[u8]) -> Wrong {
    let line = line_of(error.position(), bytes);
    let why = match error.kind() {
        csv::ErrorKind::UnequalLengths {
            expected_len, len, ..
        } => {
            format!("{len} columns where the first line has {expected_len}")
        }
        csv::ErrorKind::Utf8 { .. } => "not UTF-8".to_owned(),
        _ => error.to_string(),
    };
    Wrong { line, why }
}

fn columns(header: &StringRecord) -> Result<Vec<Column>, Wrong> {
    let named: Vec<String> = header
        .iter()
        .map(|name| name.trim_start_matches('\u{feff}').to_lowercase())
        .collect();
    let at_first = |why: String| Err(Wrong { line: 1, why });
    if named.iter().all(String::is_empty) {
        return at_first("the names of the columns are missing".to_owned());
    }
    let mut seen = BTreeSet::new();
    if let Some(twice) = named.iter().find(|name| !seen.insert(*name)) {
        return at_first(format!("two columns are named `{twice}`"));
    }
    let has_id = named.iter().any(|name| name == "id");
    let column = |(name, said): (&String, &str)| match name.as_str() {
        "id" => Column::Name,
        "name" if has_id => Column::Nothing,
        "name" => Column::Name,
        "tags" | "tag" => Column::Tags,
        "languages" | "language" => Column::Languages,
        "step_free" | "step-free" | "step free" => Column::StepFree,
        "together" => Column::Together,
        "apart" => Column::Apart,
        "host" => Column::Host,
        "table" => Column::Table,
        "" => Column::Nothing,
        _ => Column::Attribute(said.to_owned()),
    };
    Ok(named.iter().zip(header).map(column).collect())
}

/// A list while it is read: words get numbers in the order in which they appear.
#[derive(Debug, Default)]
struct Reading {
    list: List,
    seen: BTreeSet<String>,
    tags: BTreeMap<String, u16>,
    languages: BTreeMap<String, u16>,
    together: BTreeMap<String, Vec<u32>>,
    apart: BTreeMap<String, Vec<u32>>,
}

impl Reading {
    fn person(&mut self, columns: &[Column], record: &StringRecord) -> Result<(), String> {
        let number = self.list.people.len() as u32;
        let mut person = Person::default();
        let mut name = Named::Number(number + 1);
        for (column, value) in columns.iter().zip(record) {
            match column {
                Column::Name if value.is_empty() => {
                    return Err("somebody without id or name".to_owned());
                }
                Column::Name if !self.seen.insert(value.to_owned()) => {
                    return Err(format!("`{value}` is in the list twice"));
                }
                Column::Name => name = Named::Word(value.to_owned()),
                Column::Tags => {
                    for tag in words(value) {
                        person
                            .tags
                            .push(numbered(&mut self.tags, &mut self.list.tags, tag)?);
                    }
                }
                Column::Attribute(_) if value.is_empty() => {}
                Column::Attribute(column) => {
                    let tag = format!("{column}: {value}");
                    person
                        .tags
                        .push(numbered(&mut self.tags, &mut self.list.tags, &tag)?);
                }
                Column::Languages => {
                    for language in words(value) {
                        let language =
                            numbered(&mut self.languages, &mut self.list.languages, language)?;
                        person.languages.push(language);
                    }
                }
                Column::StepFree => person.step_free = yes(value)?,
                Column::Together => gather(&mut self.together, value, number),
                Column::Apart => gather(&mut self.apart, value, number),
                Column::Host => person.host = table(value)?,
                Column::Table => person.at = table(value)?,
                Column::Nothing => {}
            }
        }
        self.list.names.push(name);
        self.list.people.push(person);
        Ok(())
    }

    fn done(mut self) -> List {
        self.list.together = self.together.into_values().collect();
        self.list.apart = self.apart.into_values().collect();
        self.list
    }
}

fn words(value: &str) -> impl Iterator<Item = &str> {
    value
        .split([';', '|', ','])
        .map(str::trim)
        .filter(|word| !word.is_empty())
}

fn gather(sets: &mut BTreeMap<String, Vec<u32>>, value: &str, person: u32) {
    for label in words(value) {
        let set = sets.entry(label.to_owned()).or_default();
        if set.last() != Some(&person) {
            set.push(person);
        }
    }
}

fn numbered(
    numbers: &mut BTreeMap<String, u16>,
    names: &mut Vec<String>,
    word: &str,
) -> Result<u16, String> {
    if let Some(number) = numbers.get(word) {
        return Ok(*number);
    }
    let number = u16::try_from(names.len()).map_err(|_| "too many different words".to_owned())?;
    numbers.insert(word.to_owned(), number);
    names.push(word.to_owned());
    Ok(number)
}

fn yes(value: &str) -> Result<bool, String> {
    match value.to_lowercase().as_str() {
        "yes" | "y" | "true" | "1" | "x" => Ok(true),
        "" | "no" | "n" | "false" | "0" => Ok(false),
        _ => Err(format!("`{value}` should be yes or no")),
    }
}

fn table(value: &str) -> Result<Option<u32>, String> {
    if value.is_empty() {
        return Ok(None);
    }
    match value.parse::<u32>() {
        Ok(table) if table > 0 => Ok(Some(table - 1)),
        _ => Err(format!("`{value}` should be the number of a table, from 1")),
    }
}
