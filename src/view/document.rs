//! A view as it is held in memory: parts of entries, each entry shared between the documents it stands in,
//! so that a copy costs a few pointers and a difference looks only at what is not shared. Knows nothing of meetings.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Map, Value};

use super::patch;
use super::scope::Aids;

type Entries = BTreeMap<Arc<str>, Arc<Value>>;

/// One member of a document.
#[derive(Debug, Clone)]
enum Part {
    /// A value that changes as one (`here`, `meeting`).
    One(Arc<Value>),
    /// A map of things by id (`questions`).
    Many(Arc<Entries>),
}

/// What one audience sees. Cheap to clone; serialises as the JSON object that travels.
#[derive(Debug, Clone, Default)]
pub struct Document {
    parts: BTreeMap<Arc<str>, Part>,
    /// What the next refresh wants to know of this one. Not part of the view.
    pub(super) aids: Aids,
}

impl Document {
    /// The document as plain JSON.
    #[must_use]
    pub fn to_value(&self) -> Value {
        let whole = self
            .parts
            .iter()
            .map(|(key, part)| (key.to_string(), part.to_value()));
        Value::Object(whole.collect())
    }
}

impl PartialEq for Document {
    /// Whether both look the same.
    fn eq(&self, other: &Self) -> bool {
        self.parts == other.parts
    }
}

impl PartialEq for Part {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::One(a), Self::One(b)) => Arc::ptr_eq(a, b) || a == b,
            (Self::Many(a), Self::Many(b)) => Arc::ptr_eq(a, b) || a == b,
            _ => false,
        }
    }
}

impl Part {
    fn to_value(&self) -> Value {
        match self {
            Self::One(value) => Value::clone(value),
            Self::Many(entries) => Value::Object(
                entries
                    .iter()
                    .map(|(key, value)| (key.to_string(), Value::clone(value)))
                    .collect(),
            ),
        }
    }
}

impl Serialize for Document {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.parts.len()))?;
        for (key, part) in &self.parts {
            match part {
                Part::One(value) => map.serialize_entry(&**key, &**value)?,
                Part::Many(entries) => map.serialize_entry(&**key, &Shared(entries))?,
            }
        }
        map.end()
    }
}

struct Shared<'a>(&'a Entries);

impl Serialize for Shared<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (&**key, &**value)))
    }
}

/// The exact merge patch from one document to another; `None` when they look the same.
#[must_use]
pub fn difference(from: &Document, to: &Document) -> Option<Value> {
    let mut patch = Map::new();
    for (key, old, new) in side_by_side(&from.parts, &to.parts) {
        let change = match (old, new) {
            (Some(Part::Many(a)), Some(Part::Many(b))) => entries_difference(a, b),
            (Some(Part::One(a)), Some(Part::One(b))) if Arc::ptr_eq(a, b) => None,
            (Some(a), Some(b)) => patch::diff(&a.to_value(), &b.to_value()),
            (None, Some(b)) => Some(b.to_value()),
            (_, None) => Some(Value::Null),
        };
        if let Some(change) = change {
            patch.insert(key.to_string(), change);
        }
    }
    (!patch.is_empty()).then_some(Value::Object(patch))
}

fn entries_difference(from: &Arc<Entries>, to: &Arc<Entries>) -> Option<Value> {
    if Arc::ptr_eq(from, to) {
        return None;
    }
    let mut patch = Map::new();
    for (key, old, new) in side_by_side(from, to) {
        let change = match (old, new) {
            (Some(a), Some(b)) if Arc::ptr_eq(a, b) => None,
            (Some(a), Some(b)) => patch::diff(a, b),
            (None, Some(b)) => Some(Value::clone(b)),
            (_, None) => Some(Value::Null),
        };
        if let Some(change) = change {
            patch.insert(key.to_string(), change);
        }
    }
    (!patch.is_empty()).then_some(Value::Object(patch))
}

/// Both maps in one walk: each key of either, with what stands under it on each side.
fn side_by_side<'a, V>(
    from: &'a BTreeMap<Arc<str>, V>,
    to: &'a BTreeMap<Arc<str>, V>,
) -> impl Iterator<Item = (&'a str, Option<&'a V>, Option<&'a V>)> {
    let mut from = from.iter().peekable();
    let mut to = to.iter().peekable();
    std::iter::from_fn(move || {
        let order = match (from.peek(), to.peek()) {
            (None, None) => return None,
            (Some(_), None) => std::cmp::Ordering::Less,
            (None, Some(_)) => std::cmp::Ordering::Greater,
            (Some((a, _)), Some((b, _))) => a.cmp(b),
        };
        let old = if order.is_le() { from.next() } else { None };
        let new = if order.is_ge() { to.next() } else { None };
        let key = old.or(new).map(|(key, _)| &**key)?;
        Some((
            key,
            old.map(|(_, value)| value),
            new.map(|(_, value)| value),
        ))
    })
}

/// Writes into a document and gathers the patch of what it changed.
///
/// Invariant: each key is written at most once by one pen, for patches of the same key do not add up.
pub(super) struct Pen<'a> {
    document: &'a mut Document,
    /// `None` while a document is built: nobody had the one before.
    patch: Option<Map<String, Value>>,
}

impl<'a> Pen<'a> {
    /// For a document that nobody has seen.
    pub fn building(document: &'a mut Document) -> Self {
        Self {
            document,
            patch: None,
        }
    }

    /// For a document that others follow.
    pub fn following(document: &'a mut Document) -> Self {
        Self {
            document,
            patch: Some(Map::new()),
        }
    }

    /// The patch of everything written; `None` when nothing changed.
    pub fn done(self) -> Option<Value> {
        self.patch
            .filter(|patch| !patch.is_empty())
            .map(Value::Object)
    }

    /// What the document's last writer left for this one.
    pub fn aids(&mut self) -> &mut Aids {
        &mut self.document.aids
    }

    /// Makes sure that a part of entries is there, if only as an empty one.
    pub fn begin(&mut self, part: &str) {
        if !self.document.parts.contains_key(part) {
            self.document
                .parts
                .insert(part.into(), Part::Many(Arc::default()));
            if let Some(patch) = &mut self.patch {
                patch.insert(part.to_owned(), Value::Object(Map::new()));
            }
        }
    }

    /// Writes a value of its own, or takes it away.
    pub fn one(&mut self, key: &str, value: Option<Value>) {
        let before = match self.document.parts.get(key) {
            Some(Part::One(value)) => Some(value),
            _ => None,
        };
        let Some(change) = change(before, value.as_ref()) else {
            return;
        };
        match value {
            Some(value) => self
                .document
                .parts
                .insert(key.into(), Part::One(Arc::new(value))),
            None => self.document.parts.remove(key),
        };
        if let Some(patch) = &mut self.patch {
            patch.insert(key.to_owned(), change);
        }
    }

    /// Writes one entry of a part, or takes it away.
    pub fn entry(&mut self, part: &str, key: &str, value: Option<Value>) {
        let Some(Part::Many(entries)) = self.document.parts.get_mut(part) else {
            if value.is_some() {
                self.begin(part);
                self.entry(part, key, value);
            }
            return;
        };
        let Some(change) = change(entries.get(key), value.as_ref()) else {
            return;
        };
        let entries = Arc::make_mut(entries);
        match value {
            Some(value) => entries.insert(key.into(), Arc::new(value)),
            None => entries.remove(key),
        };
        if let Some(patch) = &mut self.patch {
            let inside = patch
                .entry(part)
                .or_insert_with(|| Value::Object(Map::new()));
            if let Value::Object(inside) = inside {
                inside.insert(key.to_owned(), change);
            }
        }
    }

    /// Writes a part anew: what is not among `entries` is taken away.
    pub fn whole(&mut self, part: &str, entries: BTreeMap<String, Value>) {
        self.begin(part);
        let gone: Vec<Arc<str>> = match self.document.parts.get(part) {
            Some(Part::Many(old)) => old
                .keys()
                .filter(|key| !entries.contains_key(&***key))
                .cloned()
                .collect(),
            _ => Vec::new(),
        };
        for key in gone {
            self.entry(part, &key, None);
        }
        for (key, value) in entries {
            self.entry(part, &key, Some(value));
        }
    }
}

/// The patch of one value; `None` when it stays as it is.
fn change(before: Option<&Arc<Value>>, after: Option<&Value>) -> Option<Value> {
    match (before, after) {
        (None, None) => None,
        (Some(_), None) => Some(Value::Null),
        (None, Some(value)) => Some(value.clone()),
        (Some(before), Some(value)) => patch::diff(before, value),
    }
}
