//! Which languages a format is written in, and so how a file labels its names.

use std::collections::{BTreeMap, BTreeSet};

use crate::format::model::{Format, Phase};

/// The languages a format speaks; none when it has names in one alone and does not say which.
#[derive(Default)]
pub(super) struct Languages {
    pub all: Vec<String>,
    /// What names without a language of their own are in.
    first: String,
}

impl Languages {
    pub fn of(format: &Format, periods: &BTreeMap<String, Phase>) -> Self {
        let named: Vec<_> = std::iter::once((&format.name, &format.names))
            .chain(
                format
                    .segments
                    .iter()
                    .map(|segment| (&segment.name, &segment.names)),
            )
            .collect();
        let all: BTreeSet<&String> = named
            .iter()
            .map(|(_, names)| *names)
            .chain(periods.values().map(|phase| &phase.names))
            .flat_map(BTreeMap::keys)
            .collect();
        // Names that are the same text in some language throughout are in that language; otherwise they are English.
        let first = all
            .iter()
            .find(|language| {
                named
                    .iter()
                    .all(|(name, names)| names.get(**language) == Some(*name))
            })
            .map_or_else(|| "en".to_owned(), |language| (*language).clone());
        let rest = all.iter().filter(|language| ***language != first);
        let rest: Vec<String> = rest.map(|language| (*language).clone()).collect();
        let all = if all.is_empty() {
            Vec::new()
        } else {
            std::iter::once(first.clone()).chain(rest).collect()
        };
        Self { all, first }
    }

    pub fn spoken<'n>(
        &'n self,
        name: &'n str,
        names: &'n BTreeMap<String, String>,
    ) -> impl Iterator<Item = (Option<&'n str>, &'n str)> {
        let first = (!self.all.is_empty()).then_some(self.first.as_str());
        let others = names
            .iter()
            .filter(|(language, _)| **language != self.first)
            .map(|(language, text)| (Some(language.as_str()), text.as_str()));
        std::iter::once((first, name)).chain(others)
    }
}
