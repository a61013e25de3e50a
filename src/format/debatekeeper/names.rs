//! Names in several languages: which is the first, which count at all, and what a file says wrongly about them.

use std::collections::BTreeMap;

use super::draft::Draft;
use super::elements::Element;

/// The languages a file declares; without a declaration every language counts.
#[derive(Debug, Default)]
pub(super) struct Languages {
    declared: Vec<String>,
}

/// A name and what it is in other languages.
pub(super) type Named = (String, BTreeMap<String, String>);

impl Languages {
    /// Reads the declaration and says what does not agree with it.
    pub fn read(root: &Element<'_, '_>, draft: &mut Draft) -> Self {
        let declared: Vec<String> = root
            .first("languages")
            .map(|list| {
                list.all("language")
                    .map(|language| language.text())
                    .collect()
            })
            .unwrap_or_default();
        let mut used: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
        for element in root.everything() {
            if let Some(language) = element.language() {
                used.entry(language).or_default().push(element.line());
            }
        }
        if declared.is_empty() {
            if let Some(line) = used.values().flatten().min() {
                let list: String = used
                    .keys()
                    .map(|language| format!("<language>{language}</language>"))
                    .collect();
                draft.wrong(
                    *line,
                    format!("xml:lang is used, but the file does not say which languages it has: add <languages>{list}</languages>"),
                );
            }
        } else {
            for (language, lines) in &used {
                if !declared.iter().any(|known| known == language) {
                    draft.wrong(
                        lines[0],
                        format!(
                            "xml:lang=\"{language}\" is used here and {} more times, but <languages> does not name it: these texts are \
                             left out; add <language>{language}</language>",
                            lines.len() - 1
                        ),
                    );
                }
            }
        }
        apart(root, draft);
        Self { declared }
    }

    /// The texts of the children called `tag`; nothing when there is none that counts.
    pub fn text(&self, parent: &Element<'_, '_>, tag: &'static str) -> Option<Named> {
        let counts = |language: &str| {
            self.declared.is_empty() || self.declared.iter().any(|known| known == language)
        };
        let texts: Vec<_> = parent
            .all(tag)
            .map(|element| (element.language().map(str::to_owned), element.text()))
            .filter(|(language, _)| language.as_deref().is_none_or(counts))
            .collect();
        let spoken = |wanted: &str| {
            texts.iter().position(|(language, _)| {
                language
                    .as_deref()
                    .is_some_and(|language| language.split('-').next() == Some(wanted))
            })
        };
        let first = spoken("en")
            .or_else(|| texts.iter().position(|(language, _)| language.is_none()))
            .or_else(|| self.declared.iter().find_map(|language| spoken(language)))
            .or(if texts.is_empty() { None } else { Some(0) })?;
        let english = spoken("en") == Some(first);
        let names = texts
            .iter()
            .enumerate()
            .filter(|(at, _)| *at != first || !english)
            .filter_map(|(_, (language, text))| Some((language.clone()?, text.clone())))
            .collect();
        Some((texts[first].1.clone(), names))
    }
}

/// The same text in several languages stands together; apart, the official checks refuse the file.
fn apart(root: &Element<'_, '_>, draft: &mut Draft) {
    const TOGETHER: [&str; 4] = ["name", "short-name", "info", "display"];
    for parent in root.everything() {
        let mut last: BTreeMap<&str, (usize, u32)> = BTreeMap::new();
        for (at, child) in parent.children().enumerate() {
            let name = child.name();
            if !TOGETHER.contains(&name) {
                continue;
            }
            if let Some((before, line)) = last.insert(name, (at, child.line()))
                && before + 1 != at
            {
                draft.wrong(
                    child.line(),
                    format!("this <{name}> stands apart from the one in line {line}: put them one after the other"),
                );
            }
        }
    }
}
