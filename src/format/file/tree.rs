//! The TOML as a small tree whose every node knows its line. The only file that knows the TOML library.

use std::collections::BTreeMap;

use toml::de::{DeTable, DeValue};

use crate::format::problem::{Lines, Problem};

#[derive(Debug, Clone)]
pub(super) struct Node {
    pub line: u32,
    pub is: Is,
}

#[derive(Debug, Clone)]
pub(super) enum Is {
    Text(String),
    Whole(i64),
    Flag(bool),
    List(Vec<Node>),
    Table(Table),
    /// A date or a number with a fraction: nothing here is either.
    Other,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Table {
    pub line: u32,
    pub entries: BTreeMap<String, Node>,
}

/// Parses as much as can be parsed.
pub(super) fn parse(text: &str) -> (Table, Vec<Problem>) {
    let lines = Lines::of(text);
    let (table, errors) = DeTable::parse_recoverable(text);
    let problems = errors
        .iter()
        .map(|error| {
            let line = error.span().map_or(0, |span| lines.at(span.start));
            Problem::error(line, format!("this is not TOML: {}", error.message()))
        })
        .collect();
    (entries(table.get_ref(), 1, &lines), problems)
}

fn entries(table: &DeTable<'_>, line: u32, lines: &Lines) -> Table {
    let entries = table
        .iter()
        .map(|(key, value)| {
            let line = lines.at(key.span().start);
            let node = node(value.get_ref(), line, lines);
            (key.get_ref().to_string(), node)
        })
        .collect();
    Table { line, entries }
}

fn node(value: &DeValue<'_>, line: u32, lines: &Lines) -> Node {
    let is = match value {
        DeValue::String(text) => Is::Text(text.to_string()),
        DeValue::Integer(whole) => {
            i64::from_str_radix(whole.as_str(), whole.radix()).map_or(Is::Other, Is::Whole)
        }
        DeValue::Boolean(flag) => Is::Flag(*flag),
        DeValue::Array(list) => Is::List(
            list.iter()
                .map(|item| node(item.get_ref(), lines.at(item.span().start), lines))
                .collect(),
        ),
        DeValue::Table(table) => Is::Table(entries(table, line, lines)),
        DeValue::Float(_) | DeValue::Datetime(_) => Is::Other,
    };
    Node { line, is }
}
