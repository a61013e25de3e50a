//! What a file says about its format, found again in the lines that reading it left in the source.

use std::collections::BTreeMap;

/// What the source says in the words reading gave it; anything else is the description.
pub(super) struct About {
    pub short_name: Option<String>,
    pub version: u32,
    /// For each language its elements.
    pub info: Vec<(String, Vec<(&'static str, String)>)>,
}

impl About {
    pub fn of(source: &str, name: &str) -> Self {
        let mut about = Self {
            short_name: None,
            version: 1,
            info: Vec::new(),
        };
        let mut described: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for line in source.lines().filter(|line| !line.trim().is_empty()) {
            let (label, text) = line.split_once(": ").unwrap_or(("", line));
            let (label, language) = match label.split_once(" [") {
                Some((label, language)) => (label, language.trim_end_matches(']')),
                None => (label, "en"),
            };
            let tag = match label {
                "Region" => "region",
                "Level" => "level",
                "Used at" => "used-at",
                "Short name" => {
                    about.short_name = Some(text.to_owned());
                    continue;
                }
                "Version" => {
                    about.version = text.parse().unwrap_or(1);
                    continue;
                }
                "Description" => {
                    described
                        .entry(language.to_owned())
                        .or_default()
                        .push(text.to_owned());
                    about.language(language);
                    continue;
                }
                _ => {
                    described
                        .entry("en".to_owned())
                        .or_default()
                        .push(line.to_owned());
                    about.language("en");
                    continue;
                }
            };
            about.language(language).push((tag, text.to_owned()));
        }
        if about.info.is_empty() {
            about.language("en");
        }
        for (language, lines) in &mut about.info {
            let text = described
                .remove(language)
                .map_or_else(|| name.to_owned(), |text| text.join(" "));
            lines.push(("description", text));
        }
        about
    }

    fn language(&mut self, language: &str) -> &mut Vec<(&'static str, String)> {
        let at = match self.info.iter().position(|(known, _)| known == language) {
            Some(at) => at,
            None => {
                self.info.push((language.to_owned(), Vec::new()));
                self.info.len() - 1
            }
        };
        &mut self.info[at].1
    }
}
