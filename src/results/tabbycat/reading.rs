//! Reads JSON and says by path what is not as it should be, going on with what is sound. Owns the wording of errors.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

/// Something in a file that is not as the API says.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize, TS)]
#[error("{path}: {problem}")]
pub struct TabError {
    /// Where, as `pairings[2].teams[0].team`.
    pub path: String,
    pub problem: TabProblem,
}

/// What is wrong there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TabProblem {
    #[error("is missing")]
    Missing {},
    /// `text`, `list`, `object`, `link`.
    #[error("is no {wanted}")]
    NotA { wanted: String },
    #[error("{url} is in none of the lists")]
    Unknown { url: String },
    #[error("{url} stands here twice")]
    Twice { url: String },
    #[error("{side} is no side of this debate")]
    NoSide { side: String },
    #[error("{found} teams, and {wanted} are needed")]
    TeamCount { found: u16, wanted: u16 },
}

/// A value and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Spot<'a> {
    pub value: &'a Value,
    pub path: String,
}

/// Gathers errors while reading.
#[derive(Debug, Default)]
pub(super) struct Reading {
    pub errors: Vec<TabError>,
}

impl<'a> Spot<'a> {
    /// A field; absent and null are alike.
    pub fn field(&self, key: &str) -> Option<Self> {
        let value = self.value.get(key).filter(|value| !value.is_null())?;
        let path = if self.path.is_empty() {
            key.to_owned()
        } else {
            format!("{}.{key}", self.path)
        };
        Some(Self { value, path })
    }

    fn path_of(&self, key: &str) -> String {
        if self.path.is_empty() {
            key.to_owned()
        } else {
            format!("{}.{key}", self.path)
        }
    }
}

impl Reading {
    pub fn say(&mut self, path: &str, problem: TabProblem) {
        self.errors.push(TabError {
            path: path.to_owned(),
            problem,
        });
    }

    fn not_a(&mut self, path: &str, wanted: &str) {
        self.say(
            path,
            TabProblem::NotA {
                wanted: wanted.to_owned(),
            },
        );
    }

    /// A text; an empty one where the field is absent.
    pub fn text(&mut self, spot: &Spot<'_>, key: &str) -> String {
        match spot.field(key) {
            None => String::new(),
            Some(field) => match field.value.as_str() {
                Some(text) => text.to_owned(),
                None => {
                    self.not_a(&field.path, "text");
                    String::new()
                }
            },
        }
    }

    /// The first of several fields that holds a text.
    pub fn first_text(&mut self, spot: &Spot<'_>, keys: &[&str]) -> String {
        let texts = keys.iter().map(|key| self.text(spot, key));
        texts
            .into_iter()
            .find(|text| !text.is_empty())
            .unwrap_or_default()
    }

    /// A hyperlink that must be there.
    pub fn link(&mut self, spot: &Spot<'_>, key: &str) -> Option<String> {
        let Some(field) = spot.field(key) else {
            self.say(&spot.path_of(key), TabProblem::Missing {});
            return None;
        };
        self.link_itself(&field)
    }

    /// A hyperlink.
    pub fn link_itself(&mut self, spot: &Spot<'_>) -> Option<String> {
        let link = spot
            .value
            .as_str()
            .filter(|link| !link.is_empty())
            .map(str::to_owned);
        if link.is_none() {
            self.not_a(&spot.path, "link");
        }
        link
    }

    /// All links of several fields, each a link or a list of links.
    pub fn links(&mut self, spot: &Spot<'_>, keys: &[&str]) -> Vec<String> {
        let mut links = Vec::new();
        for field in keys.iter().filter_map(|key| spot.field(key)) {
            let found = if field.value.is_array() {
                self.items(&field)
            } else {
                vec![field]
            };
            links.extend(found.iter().filter_map(|item| self.link_itself(item)));
        }
        links.sort_unstable();
        links.dedup();
        links
    }

    /// The objects or links of a list; none where the field is absent.
    pub fn list<'a>(&mut self, spot: &Spot<'a>, key: &str) -> Vec<Spot<'a>> {
        spot.field(key)
            .map(|field| self.items(&field))
            .unwrap_or_default()
    }

    /// As [`Self::list`], of a field that must be there.
    pub fn needed<'a>(&mut self, spot: &Spot<'a>, key: &str) -> Vec<Spot<'a>> {
        if spot.field(key).is_none() {
            self.say(&spot.path_of(key), TabProblem::Missing {});
        }
        self.list(spot, key)
    }

    fn items<'a>(&mut self, field: &Spot<'a>) -> Vec<Spot<'a>> {
        let Some(items) = field.value.as_array() else {
            self.not_a(&field.path, "list");
            return Vec::new();
        };
        let item = |(at, value): (usize, &'a Value)| Spot {
            value,
            path: format!("{}[{at}]", field.path),
        };
        items.iter().enumerate().map(item).collect()
    }
}
