//! The layering rule of ARCHITECTURE.md: which of our modules may use which, and which outside crates the pure ones may use.
//! Reads the sources as text, so that a forbidden `use` fails here and not in a review.

#![expect(clippy::unwrap_used, reason = "a test fails where it stands")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// module → the modules (or `module::part`) it may use.
const ALLOWED: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("format", &[]),
    ("results", &[]),
    ("notes", &[]),
    ("planning", &[]),
    ("meeting", &["text", "format", "notes", "results"]),
    ("view", &["meeting", "format", "results"]),
    ("journal", &[]),
    (
        "wire",
        &[
            "view",
            "meeting::command",
            "meeting::refusal",
            "meeting::ids",
            "meeting::role",
            "planning",
            "format",
            "results",
        ],
    ),
    ("office", &["text"]),
    ("identity", &["meeting::ids", "meeting::role"]),
    (
        "live",
        &["meeting", "view", "office", "journal", "wire", "planning"],
    ),
    ("report", &["meeting", "view", "office"]),
    (
        "http",
        &[
            "live", "wire", "identity", "report", "office", "config", "journal", "meeting", "view",
            "rehearse", "planning", "notes", "format", "results",
        ],
    ),
    (
        "rehearse",
        &[
            "wire",
            "meeting::command",
            "meeting::ids",
            "meeting::role",
            "meeting::refusal",
        ],
    ),
    ("config", &["rehearse"]),
];

/// Modules that may use everything.
const FREE: &[&str] = &["main", "lib", "app", "bench"];

const PURE: &[&str] = &[
    "text", "format", "results", "notes", "planning", "meeting", "view", "office",
];

/// Outside crates a pure module may name.
const PURE_CRATES: &[&str] = &[
    "std",
    "core",
    "crate",
    "super",
    "self",
    "serde",
    "serde_json",
    "uuid",
    "ts_rs",
    "thiserror",
    "unicode_segmentation",
    "unicode_normalization",
    "yrs",
    "toml",
    "quick_xml",
    "roxmltree",
    "proptest",
    "insta",
    "sha2",
    "base64",
];

/// What no pure module may contain at all.
const PURE_NEVER: &[&str] = &[
    "SystemTime::now",
    "Instant::now",
    "thread_rng",
    "getrandom",
    "new_v4()",
    "now_v7()",
    "tokio::",
    "std::fs",
    "std::net",
    "std::env",
];

fn sources(dir: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> = fs::read_dir(dir)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

fn module_of(path: &Path) -> String {
    let inside = path.strip_prefix("src").unwrap();
    let first = inside
        .components()
        .next()
        .unwrap()
        .as_os_str()
        .to_string_lossy()
        .into_owned();
    first.trim_end_matches(".rs").to_owned()
}

/// Every `crate::a::b` named in the text, as (`a`, `a::b`).
fn named(text: &str) -> BTreeSet<(String, String)> {
    let mut found = BTreeSet::new();
    for line in text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
    {
        for part in line.split("crate::").skip(1) {
            let path: String = part
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_' || *c == ':')
                .collect();
            let mut words = path.split("::").filter(|word| !word.is_empty());
            let Some(first) = words.next() else { continue };
            let second = words.next().unwrap_or("");
            found.insert((first.to_owned(), format!("{first}::{second}")));
        }
    }
    found
}

#[test]
fn modules_use_only_what_the_layering_allows() {
    let allowed: BTreeMap<_, _> = ALLOWED.iter().copied().collect();
    let mut files = Vec::new();
    sources(Path::new("src"), &mut files);
    let mut wrong = Vec::new();
    for path in &files {
        let module = module_of(path);
        if FREE.contains(&module.as_str()) {
            continue;
        }
        let Some(may) = allowed.get(module.as_str()) else {
            wrong.push(format!("{} has no place in the house", path.display()));
            continue;
        };
        for (first, both) in named(&fs::read_to_string(path).unwrap()) {
            let own = first == module;
            if !own && !may.contains(&first.as_str()) && !may.contains(&both.as_str()) {
                wrong.push(format!("{} uses crate::{both}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "layering:\n{}", wrong.join("\n"));
}

#[test]
fn pure_modules_know_no_clock_no_chance_and_no_outside() {
    let mut files = Vec::new();
    sources(Path::new("src"), &mut files);
    let mut wrong = Vec::new();
    for path in files
        .iter()
        .filter(|path| PURE.contains(&module_of(path).as_str()))
    {
        let text = fs::read_to_string(path).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for line in code
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"))
        {
            if let Some(never) = PURE_NEVER.iter().find(|never| line.contains(**never)) {
                wrong.push(format!("{}: {never}", path.display()));
            }
            let Some(used) = line.trim_start().strip_prefix("use ") else {
                continue;
            };
            let first: String = used
                .trim_start_matches("::")
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect();
            let local =
                line.starts_with("    ") || first.chars().next().is_some_and(char::is_uppercase);
            if !local
                && !PURE_CRATES.contains(&first.as_str())
                && !code.contains(&format!("mod {first}"))
            {
                wrong.push(format!("{} uses {first}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "pure modules:\n{}", wrong.join("\n"));
}
