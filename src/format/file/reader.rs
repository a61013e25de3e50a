//! Taking values out of the tree: each that is not what it should be becomes a sentence, and reading goes on.

use std::collections::BTreeMap;

use crate::format::problem::Problem;
use crate::format::times::{clock, seconds};

use super::tree::{Is, Node, Table};

#[derive(Debug, Default)]
pub(super) struct Reader {
    pub problems: Vec<Problem>,
}

impl Reader {
    pub fn wrong(&mut self, line: u32, says: impl Into<String>) {
        self.problems.push(Problem::error(line, says));
    }

    pub fn text(&mut self, table: &mut Table, key: &str) -> Option<String> {
        let node = table.entries.remove(key)?;
        match node.is {
            Is::Text(text) => Some(text),
            _ => self.expected(node.line, key, "text in quotes"),
        }
    }

    /// A text beside the line it stands in.
    pub fn text_at(&mut self, table: &mut Table, key: &str) -> Option<(u32, String)> {
        let line = table.entries.get(key)?.line;
        Some((line, self.text(table, key)?))
    }

    pub fn flag(&mut self, table: &mut Table, key: &str) -> Option<bool> {
        let node = table.entries.remove(key)?;
        match node.is {
            Is::Flag(flag) => Some(flag),
            _ => self.expected(node.line, key, "true or false"),
        }
    }

    /// A whole number from 0 to `most`.
    pub fn whole(&mut self, table: &mut Table, key: &str, most: u8) -> Option<u8> {
        let node = table.entries.remove(key)?;
        match node.is {
            Is::Whole(whole) if (0..=i64::from(most)).contains(&whole) => u8::try_from(whole).ok(),
            _ => self.expected(node.line, key, &format!("a whole number from 0 to {most}")),
        }
    }

    /// A length of time, from `least` to `most` seconds.
    pub fn time(&mut self, table: &mut Table, key: &str, least: u32, most: u32) -> Option<u32> {
        let node = table.entries.remove(key)?;
        let time = match &node.is {
            Is::Text(text) => seconds(text),
            Is::Whole(whole) => u32::try_from(*whole).ok(),
            _ => None,
        };
        match time {
            Some(time) if (least..=most).contains(&time) => Some(time),
            Some(_) => {
                let says = format!("`{key}` is from {} to {}", clock(least), clock(most));
                self.wrong(node.line, says);
                None
            }
            None => self.expected(
                node.line,
                key,
                "a time such as \"7:00\", or a number of seconds",
            ),
        }
    }

    pub fn names(&mut self, table: &mut Table) -> Option<BTreeMap<String, String>> {
        let mut names = self.table(table, "names")?;
        let languages: Vec<_> = names.entries.keys().cloned().collect();
        Some(
            languages
                .into_iter()
                .filter_map(|language| Some((language.clone(), self.text(&mut names, &language)?)))
                .collect(),
        )
    }

    pub fn table(&mut self, table: &mut Table, key: &str) -> Option<Table> {
        let node = table.entries.remove(key)?;
        match node.is {
            Is::Table(inner) => Some(inner),
            _ => self.expected(node.line, key, &format!("a table: write [{key}]")),
        }
    }

    pub fn list(&mut self, table: &mut Table, key: &str) -> Option<Vec<Node>> {
        let node = table.entries.remove(key)?;
        match node.is {
            Is::List(list) => Some(list),
            _ => self.expected(node.line, key, "a list in brackets"),
        }
    }

    /// The tables of a table, by name: `[phases.normal]`, `[kinds.speech]`.
    pub fn tables(&mut self, table: &mut Table, key: &str) -> Vec<(String, Table)> {
        let Some(mut all) = self.table(table, key) else {
            return Vec::new();
        };
        let names: Vec<_> = all.entries.keys().cloned().collect();
        names
            .into_iter()
            .filter_map(|name| Some((name.clone(), self.table(&mut all, &name)?)))
            .collect()
    }

    /// Says which keys nobody asked for.
    pub fn finish(&mut self, table: Table, known: &str) {
        for (key, node) in table.entries {
            self.wrong(
                node.line,
                format!("`{key}` means nothing here; known are {known}"),
            );
        }
    }

    fn expected<T>(&mut self, line: u32, key: &str, what: &str) -> Option<T> {
        self.wrong(line, format!("`{key}` must be {what}"));
        None
    }
}
