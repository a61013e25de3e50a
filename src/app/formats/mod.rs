//! `openfloor format`: checks, shows and converts debate formats. Opens files and chooses words; every rule is in `format`.

mod show;
#[cfg(test)]
mod tests;

use std::path::Path;

use crate::config::Formats;
use crate::format::{self, Format, Problem, debatekeeper, file};

/// What an act of `openfloor format` has to say.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// For stdout.
    pub out: String,
    /// For stderr, a line each.
    pub problems: Vec<String>,
}

/// Why it fails. What was sound has been said before.
#[derive(Debug, thiserror::Error)]
pub enum FormatsError {
    /// Neither a file that can be read nor a built-in format.
    #[error("unreadable: {0} is no file that can be read ({1}) and no built-in format")]
    Unreadable(String, std::io::Error),
    /// At least one file has errors.
    #[error("bad_format: {0}")]
    Bad(String),
}

/// Carries it out. Problems of a file that still has something sound in it are no failure, except for `check`.
///
/// # Errors
/// A file cannot be read, has nothing sound in it, or, for `check`, has errors; what is to be said beside that comes with it.
pub fn formats(wanted: &Formats) -> Result<Said, (Said, FormatsError)> {
    match wanted {
        Formats::Check { files } => check(files),
        Formats::List => Ok(Said {
            out: show::list(format::built_in()),
            problems: Vec::new(),
        }),
        Formats::Show { file, json } => {
            let json = *json;
            told(file, |format, _| {
                if json {
                    show::json(format)
                } else {
                    show::table(format)
                }
            })
        }
        Formats::Import { file } => {
            told(&file.display().to_string(), |format, _| file::write(format))
        }
        Formats::Export { file } => told(file, |format, said| {
            let (xml, lost) = debatekeeper::write(format);
            said.problems.extend(lost.iter().map(ToString::to_string));
            xml
        }),
    }
}

/// Reads one format and says something of it.
fn told(
    name: &str,
    tell: impl FnOnce(&Format, &mut Said) -> String,
) -> Result<Said, (Said, FormatsError)> {
    let (format, problems) = read(name).map_err(|error| (Said::default(), error))?;
    let mut said = Said {
        problems: problems.iter().map(|problem| line(name, problem)).collect(),
        ..Said::default()
    };
    if format.segments.is_empty() {
        let why = format!("{name} has no segment that can be read");
        return Err((said, FormatsError::Bad(why)));
    }
    said.out = tell(&format, &mut said).trim_end().to_owned();
    Ok(said)
}

fn check(files: &[String]) -> Result<Said, (Said, FormatsError)> {
    let mut said = Vec::new();
    let mut errors = 0;
    let mut bad = 0;
    for name in files {
        let wrong = match read(name) {
            Ok((_, problems)) => {
                said.extend(problems.iter().map(|problem| line(name, problem)));
                problems.iter().filter(|problem| problem.is_error()).count()
            }
            Err(error) => {
                said.push(format!("{name}:1: {error}"));
                1
            }
        };
        errors += wrong;
        bad += usize::from(wrong > 0);
    }
    let said = Said {
        out: said.join("\n"),
        problems: Vec::new(),
    };
    if errors == 0 {
        return Ok(said);
    }
    let why = format!("errors: {errors}, in {bad} of {} files", files.len());
    Err((said, FormatsError::Bad(why)))
}

/// `file:line: sentence`; what belongs to no line stands at the first.
fn line(name: &str, problem: &Problem) -> String {
    format!("{name}:{}: {problem}", problem.line.max(1))
}

/// A file by its content, TOML or XML, or else a built-in format by its id.
fn read(name: &str) -> Result<(Format, Vec<Problem>), FormatsError> {
    let text = match std::fs::read_to_string(Path::new(name)) {
        Ok(text) => text,
        Err(error) => {
            return match format::built_in_by_id(name) {
                Some(format) => Ok((format.clone(), Vec::new())),
                None => Err(FormatsError::Unreadable(name.to_owned(), error)),
            };
        }
    };
    Ok(format::read(&text))
}
